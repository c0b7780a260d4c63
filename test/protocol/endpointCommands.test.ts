import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../endpoint/endpoint.ts';
import { selfSigned, selfSignedFile } from '../endpoint/http/selfSigned.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { bareEnvironment } from '../machine.ts';
import { TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { silence, stubServer } from '../unit/pull/stubServer.ts';
import { commandLine } from './serverProcess.ts';

/** Like nothing else that is printed. */
const secret = 'Zq7-admin+secret/&"x';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startSamples({ adminSecret: secret });
}, 60_000);
afterAll(() => endpoint.close());
beforeEach(() => endpoint.clearFaults());

interface Options {
  readonly environment?: Record<string, string>;
  /** Gets a function that does what Ctrl-C does. */
  readonly started?: (interrupt: () => void) => void;
}

/** Runs the built command line; servers in this process can answer meanwhile. */
function run(folder: TemporaryFolder, args: readonly string[], { environment, started }: Options = {}) {
  const child = spawn(process.execPath, [commandLine, ...args], {
    cwd: folder.path,
    env: { ...bareEnvironment(), ...(environment ?? { HASURA_GRAPHQL_ADMIN_SECRET: secret }) },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  started?.(() => child.kill('SIGINT'));
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

function samples(): TemporaryFolder {
  const folder = new TemporaryFolder();
  cpSync(fileURLToPath(new URL('../../samples', import.meta.url)), folder.path, { recursive: true });
  return folder;
}

function filesIn(folder: TemporaryFolder): Map<string, string> {
  const entries = readdirSync(folder.path, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

async function findings(folder: TemporaryFolder): Promise<unknown> {
  const { stdout } = await run(folder, ['lint', '--format', 'json']);
  // In which order the server lists fields is its own affair.
  return JSON.parse(stdout, (key, value) =>
    key === 'serverMessage' ? String(value).replace(/the allowed fields are .*/s, '') : value,
  );
}

describe('pull', () => {
  it.each([
    ['none is set', {}, true],
    ['another one is set', { HASURA_GRAPHQL_ADMIN_SECRET: 'wrong' }, false],
  ])('says how a secret is given where %s', async (_, environment, isTold) => {
    const { status, stderr } = await run(samples(), ['pull', '--endpoint', endpoint.url], { environment });
    expect(status).toBe(2);
    expect(stderr).toContain('admin secret');
    expect(stderr.includes('Set HASURA_GRAPHQL_ADMIN_SECRET. One in config.yaml or .env goes only')).toBe(
      isTold,
    );
  });

  it('brings the project what its checked-in snapshots say, and nothing the second time', async () => {
    const folder = samples();
    const before = await findings(folder);
    const untouched = [...filesIn(folder)].filter(([path]) => !path.startsWith(folder.file('schema')));
    const first = await run(folder, ['pull', '--endpoint', endpoint.url]);
    expect(first).toEqual({
      status: 0,
      stderr: '',
      stdout: [
        'source "delivery": written, schema/delivery.tables.json (2 tables, 7 columns)',
        'source "helpdesk": written, schema/helpdesk.tables.json (2 tables, 6 columns)',
        'source "shop": written, schema/shop.tables.json (4 tables, 14 columns)',
        'remote schema "payments": written, schema/payments.graphql',
        'remote schema "people": written, schema/people.graphql',
        `5 written, 0 unchanged, 0 failed, from ${endpoint.url} (--endpoint), version v2.48.0`,
        '',
      ].join('\n'),
    });
    expect(await findings(folder)).toEqual(before);
    expect([...filesIn(folder)].filter(([path]) => !path.startsWith(folder.file('schema')))).toEqual(
      untouched,
    );

    const times = readdirSync(folder.file('schema')).map(
      (name) => statSync(folder.file(`schema/${name}`)).mtimeMs,
    );
    const second = await run(folder, ['pull', '--endpoint', endpoint.url]);
    expect(second).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\n0 written, 5 unchanged, 0 failed/),
    });
    expect(
      readdirSync(folder.file('schema')).map((name) => statSync(folder.file(`schema/${name}`)).mtimeMs),
    ).toEqual(times);
  });

  it('brings a new column', async () => {
    const folder = samples();
    await run(folder, ['pull', '--endpoint', endpoint.url]);
    const before = readFileSync(folder.file('schema/helpdesk.tables.json'), 'utf8').split('\n');
    await endpoint.sql('helpdesk', 'ALTER TABLE ticket ADD COLUMN closed boolean');
    try {
      const { stdout } = await run(folder, ['pull', '--endpoint', endpoint.url, '--source', 'helpdesk']);
      expect(stdout.split('\n')[0]).toMatch(/^source "helpdesk": written/);
      const after = readFileSync(folder.file('schema/helpdesk.tables.json'), 'utf8').split('\n');
      expect(after.filter((line) => !before.includes(line))).toEqual([
        '        { "name": "closed", "type": "boolean", "nullable": true },',
      ]);
      expect(after).toHaveLength(before.length + 1);
    } finally {
      await endpoint.sql('helpdesk', 'ALTER TABLE ticket DROP COLUMN closed');
    }
  });

  it('takes the endpoint of config.yaml, and the secret of the environment', async () => {
    const folder = samples();
    folder.write('config.yaml', `version: 3\nendpoint: ${endpoint.url}/\nmetadata_directory: metadata\n`);
    const { status, stdout } = await run(folder, ['pull', '--dry-run', '--remote-schema', 'people']);
    expect(status).toBe(0);
    expect(stdout).toBe(
      `remote schema "people": would be written, schema/people.graphql\n1 would be written, 0 unchanged, 0 failed, from ${endpoint.url} (endpoint in config.yaml), version v2.48.0\n`,
    );
  });

  it('keeps what came when a part fails, and exits with 1', async () => {
    const folder = samples();
    const people = folder.file('schema/people.graphql');
    const before = readFileSync(people, 'utf8');
    const { status, stdout } = await run(folder, [
      'pull',
      '--endpoint',
      endpoint.url,
      '--source',
      'shop',
      '--remote-schema',
      'nobody',
    ]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^source "shop": written.*\nremote schema "nobody": failed: .*no remote schema "nobody"/,
    );
    expect(readFileSync(people, 'utf8')).toBe(before);
  });

  it('ends in order at Ctrl-C', async () => {
    const stub = await stubServer({ export_metadata: silence });
    const result = await run(samples(), ['pull', '--endpoint', stub.url], {
      started: (interrupt) => {
        const timer = setInterval(() => {
          if (stub.requests.length === 0) return;
          clearInterval(timer);
          interrupt();
        }, 10);
      },
    });
    expect(result).toEqual({ status: 2, stdout: '', stderr: 'Cancelled.\n' });
  });
});

describe('diff', () => {
  it('exits with 0 when project and server are alike and consistent', async () => {
    const { status, stdout } = await run(samples(), [
      'diff',
      'metadata/databases/shop/tables/public_customer.yaml',
      'metadata/databases/helpdesk',
      '--endpoint',
      endpoint.url,
    ]);
    expect(stdout).toMatch(/\n5 same, 0 changed, 0 only here, 0 only there, 0 inconsistent; /);
    expect(status).toBe(0);
  });

  it('exits with 1 when they differ, and shows every relationship with its state', async () => {
    const folder = samples();
    const table = 'metadata/databases/shop/tables/public_product.yaml';
    folder.write(
      table,
      readFileSync(folder.file(table), 'utf8')
        .replace('name: reviews', 'name: opinions')
        .replace('[sku]', '[sku, title]'),
    );
    const ticket = 'metadata/databases/helpdesk/tables/public_ticket.yaml';
    folder.write(
      ticket,
      readFileSync(folder.file(ticket), 'utf8').replace(
        'relationship_type: object',
        'relationship_type: array',
      ),
    );
    const { status, stdout } = await run(folder, ['diff', '--endpoint', endpoint.url, '--format', 'json']);
    expect(status).toBe(1);
    const { relationships } = JSON.parse(stdout) as {
      relationships: {
        name: string;
        state: string;
        consistency: string | null;
        owner: string;
        differences: unknown;
      }[];
    };
    const state = (name: string, owner: string) =>
      relationships.find((each) => each.name === name && each.owner.includes(owner));
    expect(state('opinions', 'product')).toMatchObject({ state: 'only-here', consistency: null });
    expect(state('reviews', 'product')).toMatchObject({ state: 'only-there', consistency: 'consistent' });
    expect(state('customer', 'ticket')).toMatchObject({
      state: 'changed',
      differences: [{ path: 'to_source.relationship_type', here: 'array', there: 'object' }],
    });
    expect(state('payer', 'invoice')).toMatchObject({ state: 'same', consistency: 'inconsistent' });
    expect(state('profile', 'customer')).toMatchObject({
      ...{ state: 'same', consistency: 'consistent' },
      owner: 'table "customer" of source "shop"',
    });
    expect(state('customer_record', 'Person')?.owner).toBe('type "Person" of remote schema "people"');
  });

  it.each<[string, () => readonly string[], Options, RegExp]>([
    ['nothing listens', () => ['--endpoint', 'http://127.0.0.1:9'], {}, /can't be reached|Nothing listens/],
    [
      'the secret is wrong',
      () => ['--endpoint', endpoint.url],
      { environment: { HASURA_GRAPHQL_ADMIN_SECRET: 'another-secret' } },
      /does not accept the admin secret/,
    ],
    ['the timeout is none', () => ['--endpoint', endpoint.url, '--timeout', 'soon'], {}, /--timeout/],
    ['there is no such option', () => ['--dry-run'], {}, /diff has no option --dry-run/],
  ])('exits with 2 when %s', async (_, args, options, message) => {
    const { status, stdout, stderr } = await run(samples(), ['diff', ...args()], options);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('another-secret');
  });
});

describe('an endpoint with a certificate of its own', () => {
  it.each([
    ['is not asked', {}, [], /not trusted here .*\. Name its certificate in NODE_EXTRA_CA_CERTS\./, 0],
    ['is asked where its authority is trusted', { NODE_EXTRA_CA_CERTS: selfSignedFile }, [], /^$/, 3],
    ['… for this run', {}, ['--certificate-authority', selfSignedFile], /^$/, 3],
    [
      'is not asked with a file that holds no certificate',
      {},
      ['--certificate-authority', 'config.yaml'],
      /names a file without a PEM certificate/,
      0,
    ],
    [
      '… or with none',
      {},
      ['--certificate-authority', 'gone.pem'],
      /--certificate-authority can't be used/,
      0,
    ],
    [
      'is asked without a look at it',
      {},
      ['--insecure-skip-tls-verify'],
      /^Warning: certificates are not verified .*can read the admin secret\.$/m,
      3,
    ],
  ])('%s', async (_, trust, flags, message, asked) => {
    const secure = await startEndpoint({ certificate: selfSigned, adminSecret: secret });
    try {
      const environment = { HASURA_GRAPHQL_ADMIN_SECRET: secret, ...trust };
      const { stderr } = await run(samples(), ['diff', '--endpoint', secure.url, ...flags], { environment });
      expect(stderr).toMatch(message);
      expect(secure.requests).toHaveLength(asked);
    } finally {
      await secure.close();
    }
  });
});

describe('the admin secret', () => {
  it('is not taken from an argument', async () => {
    for (const args of [[`--admin-secret=${secret}`], ['--admin-secret', secret]]) {
      const { status, stdout, stderr } = await run(samples(), ['pull', '--endpoint', endpoint.url, ...args]);
      expect(status).toBe(2);
      expect(stderr).toContain('HASURA_GRAPHQL_ADMIN_SECRET');
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('is in no output and in no file, whatever goes wrong', async () => {
    const folder = samples();
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ];
    const echo = await stubServer(
      Object.fromEntries(
        ['GET /v1/version', 'export_metadata', 'get_inconsistent_metadata'].map((type) => [
          type,
          (response, { headers }) => {
            response.writeHead(400, { 'Content-Type': 'application/json' });
            response.end(JSON.stringify({ path: '$', code: 'x', error: forms.join(' '), internal: headers }));
          },
        ]),
      ),
    );
    let output = '';
    for (const url of [endpoint.url, echo.url, 'http://127.0.0.1:9']) {
      for (const command of ['pull', 'diff']) {
        const { stdout, stderr } = await run(folder, [command, '--endpoint', url]);
        output += stdout + stderr;
      }
    }
    // It was sent, and said back.
    expect(echo.requests.some(({ headers }) => headers['x-hasura-admin-secret'] === secret)).toBe(true);
    expect(output).toContain('[secret]');
    for (const form of forms) {
      expect(output).not.toContain(form);
      for (const text of filesIn(folder).values()) expect(text).not.toContain(form);
    }
  });
});
