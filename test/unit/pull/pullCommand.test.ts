import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { buildClientSchema, buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { type PullOptions, pull } from '../../../server/src/cli/pull.ts';
import { makeLink } from '../../machine.ts';
import { smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';
import { type Answers, metadata, refusal, respond, rows, silence, stubServer } from './stubServer.ts';

function introspectionOf(sdl: string): Json {
  return { data: introspectionFromSchema(buildSchema(sdl)) as unknown as Json };
}

/** In no order, as servers have it. */
const people = `type Query { person(id: ID!, at: String = "now"): Person another: Int }
type Person { name: String "Who" id: ID! }
directive @b on FIELD directive @a on FIELD`;

const sortedPeople = `directive @a on FIELD

directive @b on FIELD

type Person {
  """Who"""
  id: ID!
  name: String
}

type Query {
  another: Int
  person(at: String = "now", id: ID!): Person
}
`;

const server = {
  'GET /v1/version': { version: 'v2.36.0' },
  export_metadata: metadata({
    sources: [
      { name: 'default', kind: 'postgres', tables: [{ table: { schema: 'public', name: 'customer' } }] },
    ],
    remote_schemas: [{ name: 'people' }],
  }),
  run_sql: (response, request) => {
    const isColumns = !/contype/.test(JSON.stringify(request.body));
    const answer = isColumns
      ? rows(
          ['public', 'customer', 'person_id', 'uuid', 'true'],
          ['public', 'customer', 'id', 'uuid', 'false'],
        )
      : rows();
    respond(answer, response, request);
  },
  introspect_remote_schema: introspectionOf(people),
} satisfies Answers;

const customers = `{
  "tables": [
    {
      "schema": "public",
      "name": "customer",
      "columns": [
        { "name": "id", "type": "uuid", "nullable": false },
        { "name": "person_id", "type": "uuid", "nullable": true }
      ]
    }
  ]
}
`;

/** A project without snapshots. */
function project(files: Record<string, string> = {}): TemporaryFolder {
  const { 'schema/default.tables.json': _tables, 'schema/people.graphql': _people, ...others } = smallProject;
  return new TemporaryFolder({ ...others, ...files });
}

async function run(folder: TemporaryFolder, answers: Answers, options: Partial<PullOptions> = {}) {
  const { url, requests, commands } = await stubServer(answers);
  const lines: string[] = [];
  const notes: string[] = [];
  const code = await pull({
    endpoint: url,
    project: '.',
    sources: [],
    remoteSchemas: [],
    dryRun: false,
    force: false,
    timeout: undefined,
    workingDirectory: folder.path,
    environment: {},
    fetch,
    consent: { of: async () => ({ given: true }) },
    signal: undefined,
    print: (line) => lines.push(line),
    note: (message) => notes.push(message),
    ...options,
  });
  return { code, lines, notes, requests, commands, url };
}

function read(folder: TemporaryFolder, name: string): string {
  return readFileSync(folder.file(name), 'utf8');
}

describe('pull', () => {
  it('writes by convention, sorted, and has nothing to do the second time', async () => {
    const folder = project();
    const first = await run(folder, server);
    expect(first).toMatchObject({ code: 0, notes: [] });
    expect(first.lines).toEqual([
      'source "default": written, schema/default.tables.json (1 tables, 2 columns)',
      'remote schema "people": written, schema/people.graphql',
      `2 written, 0 unchanged, 0 failed, from ${first.url} (--endpoint), version v2.36.0`,
    ]);
    expect(read(folder, 'schema/default.tables.json')).toBe(customers);
    expect(read(folder, 'schema/people.graphql')).toBe(sortedPeople);
    const second = await run(folder, server);
    expect(second.code).toBe(0);
    expect(second.lines.map((line) => line.split(',')[0])).toEqual([
      'source "default": unchanged',
      'remote schema "people": unchanged',
      '0 written',
    ]);
  });

  it('writes what the language server then reads without a complaint', async () => {
    const folder = project({
      'remote-relationships.config.json': '{"remoteSchemas":{"people":{"schema":"p.json"}}}',
    });
    await run(folder, server);
    const workspace = await workspaceOf([folder.path]);
    const [only] = workspace.projects;
    expect(only?.schemas.sources).toMatchObject([{ name: 'default', loaded: true, problem: undefined }]);
    expect(only?.schemas.remoteSchemas).toMatchObject([{ name: 'people', loaded: true, problem: undefined }]);
    expect([...(only?.schemas.findings.values() ?? [])].flat()).toEqual([]);
  });

  it('says only what it would do in a dry run', async () => {
    const folder = project();
    const { code, lines } = await run(folder, server, { dryRun: true });
    expect(code).toBe(0);
    expect(lines[0]).toBe(
      'source "default": would be written, schema/default.tables.json (1 tables, 2 columns)',
    );
    expect(existsSync(folder.file('schema'))).toBe(false);
  });

  it.each<[string, Record<string, string>, string, string, string]>([
    [
      'where the configuration says, although there is no file yet',
      {
        'remote-relationships.config.yaml':
          'sources: { default: { tables: tables/shop.json } }\nremoteSchemas: { people: { schema: sdl/p.gql } }\n',
      },
      'tables/shop.json',
      'sdl/p.gql',
      sortedPeople,
    ],
    [
      'where it was found',
      { 'schema/people.graphqls': '' },
      'schema/default.tables.json',
      'schema/people.graphqls',
      sortedPeople,
    ],
    [
      'beside config.yaml, though metadata lies deeper',
      {
        'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: hasura/metadata\n',
        ...moved('hasura/'),
      },
      'schema/default.tables.json',
      'schema/people.graphql',
      sortedPeople,
    ],
    [
      'where others are',
      {
        'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: hasura/metadata\n',
        ...moved('hasura/'),
        'hasura/schema/people.graphql': 'type Query { old: Int }\n',
      },
      'hasura/schema/default.tables.json',
      'hasura/schema/people.graphql',
      sortedPeople,
    ],
  ])('writes %s', async (_, files, tables, schema, sdl) => {
    const folder = project(files);
    const { code } = await run(folder, server);
    expect(code).toBe(0);
    expect(read(folder, tables)).toBe(customers);
    expect(read(folder, schema)).toBe(sdl);
  });

  it('writes YAML and introspection JSON where the files are such', async () => {
    const folder = project({
      'remote-relationships.config.json': JSON.stringify({
        sources: { default: { tables: 'shop.yaml' } },
        remoteSchemas: { people: { schema: 'people.json' } },
      }),
    });
    expect((await run(folder, server)).code).toBe(0);
    expect(read(folder, 'shop.yaml')).toMatch(/^tables:\n {2}- schema: public\n {4}name: customer\n/);
    const written = JSON.parse(read(folder, 'people.json'));
    expect(buildClientSchema(written).getType('Person')).toBeDefined();
    const names = written.__schema.types.map(({ name }: JsonObject) => name);
    expect(names).toEqual([...names].sort());
    expect((await run(folder, server)).lines.at(-1)).toMatch(/^0 written, 2 unchanged, 0 failed/);
  });

  it('writes into a file that several sources share, and keeps the others', async () => {
    const folder = project({
      'remote-relationships.config.json': JSON.stringify({
        sources: { default: { tables: 'all.json' }, other: { tables: 'all.json' } },
      }),
      'all.json': '{"other":[{"schema":"public","name":"kept"}]}',
    });
    expect((await run(folder, server, { sources: ['default'] })).code).toBe(0);
    expect(JSON.parse(read(folder, 'all.json'))).toEqual({
      default: JSON.parse(customers).tables,
      other: [{ schema: 'public', name: 'kept' }],
    });
  });

  it.each<[string, string, Json]>([
    ['sources', 'a/../../x', { sources: [{ name: 'a/../../x', kind: 'mssql', tables: [] }] }],
    ['remote schemas', '../../evil', { remote_schemas: [{ name: '../../evil' }] }],
    ['hidden files', '.git', { remote_schemas: [{ name: '.git' }] }],
    ['drives', 'c:x', { remote_schemas: [{ name: 'c:x' }] }],
  ])('makes no file of names that lead elsewhere: %s', async (_, name, document) => {
    const folder = project();
    const answers = { ...server, export_metadata: metadata(document as JsonObject), mssql_run_sql: rows() };
    const { code, lines } = await run(folder, answers);
    expect(code).toBe(2);
    expect(lines[0]).toContain(`"${name}": failed: its name can't be a file name`);
    expect(existsSync(folder.file('schema'))).toBe(false);
  });

  it.each([
    ['a path', 'outside/../../escaped.graphql'],
    ['an absolute path', '/nowhere-remote-relationships/escaped.graphql'],
    ['a link', 'link/escaped.graphql'],
  ])('writes nothing outside of the project when the configuration leads there by %s', async (_, schema) => {
    const outer = new TemporaryFolder(
      Object.fromEntries(
        Object.entries({
          ...smallProject,
          'remote-relationships.config.json': JSON.stringify({ remoteSchemas: { people: { schema } } }),
        }).map(([name, text]) => [`project/${name}`, text]),
      ),
    );
    outer.write('elsewhere/kept', '');
    makeLink(outer.file('elsewhere'), outer.file('project/link'));
    const { code, lines } = await run(outer, server, { workingDirectory: outer.file('project') });
    expect(code).toBe(1);
    expect(lines[1]).toMatch(
      /^remote schema "people": failed: .* is not written: it is outside the project$/,
    );
    expect(readdirSync(outer.path).sort()).toEqual(['elsewhere', 'project']);
    expect(readdirSync(outer.file('elsewhere'))).toEqual(['kept']);
  });

  it('does not write over the files of a pattern', async () => {
    const folder = project({
      'remote-relationships.config.json': '{"remoteSchemas":{"people":{"schema":"sdl/*.graphql"}}}',
      'sdl/a.graphql': 'type Query { a: Int }\n',
    });
    const { code, lines } = await run(folder, server);
    expect(code).toBe(1);
    expect(lines[1]).toContain('names the pattern "sdl/*.graphql"');
    expect(readdirSync(folder.file('sdl'))).toEqual(['a.graphql']);
  });

  it('keeps what came when the rest fails', async () => {
    const folder = project();
    const { code, lines } = await run(folder, {
      ...server,
      introspect_remote_schema: refusal('remote schema: "people" not found', 'not-exists'),
    });
    expect(code).toBe(1);
    expect(lines[1]).toBe('remote schema "people": failed: remote schema: "people" not found');
    expect(read(folder, 'schema/default.tables.json')).toBe(customers);
  });

  it('keeps columns that are known when only names come', async () => {
    const names = {
      ...server,
      export_metadata: metadata({ sources: [{ name: 'default', kind: 'mssql', tables: [] }] }),
      mssql_run_sql: refusal('denied', 'unexpected'),
      mssql_get_source_tables: [{ schema: 'public', name: 'customer' }],
    };
    const known = project({ 'schema/default.tables.json': customers });
    const { code, lines } = await run(known, names);
    expect(code).toBe(2);
    expect(lines[0]).toMatch(/keeps the columns it has.*denied/);
    expect(read(known, 'schema/default.tables.json')).toBe(customers);
    const fresh = project();
    expect((await run(fresh, names)).lines[0]).toMatch(/^source "default": incomplete: /);
    expect(JSON.parse(read(fresh, 'schema/default.tables.json'))).toEqual({
      tables: [{ schema: 'public', name: 'customer' }],
    });
  });

  it('leaves everything as it was when it is cancelled, apart from what is whole already', async () => {
    const controller = new AbortController();
    const folder = project({ 'schema/people.graphql': 'old' });
    const { code, lines } = await run(
      folder,
      { ...server, introspect_remote_schema: () => controller.abort() },
      { signal: controller.signal },
    );
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(/1 written, 0 unchanged, 1 failed \(cancelled\)/);
    expect(read(folder, 'schema/people.graphql')).toBe('old');
    expect(readdirSync(folder.file('schema')).sort()).toEqual(['default.tables.json', 'people.graphql']);
  });

  it('says what the project has and the server does not', async () => {
    const { code, notes } = await run(project(), {
      ...server,
      export_metadata: metadata({ sources: [{ name: 'default', kind: 'postgres', tables: [] }] }),
    });
    expect(code).toBe(0);
    expect(notes).toEqual(['remote schema "people": the server does not have it; its file is left as it is']);
  });

  it.each<[string, Partial<PullOptions>, Answers, RegExp]>([
    ['the endpoint is no URL', { endpoint: 'localhost' }, {}, /is not an http or https URL/],
    ['the endpoint is a file', { endpoint: 'file:///etc/passwd' }, {}, /is not an http or https URL/],
    [
      'the endpoint holds a password',
      { endpoint: 'http://a:hunter2@localhost' },
      {},
      /Remove them from the URL/,
    ],
    ['the project does not exist', { project: 'nowhere' }, {}, /"nowhere" does not exist/],
    [
      'the secret is wrong',
      {},
      { export_metadata: refusal('no', 'access-denied', 401) },
      /does not accept the admin secret/,
    ],
    ['there is no answer', { timeout: 100 }, { export_metadata: silence }, /did not answer within 0\.1 s/],
  ])('can not run when %s', async (_, options, answers, message) => {
    const folder = project();
    await expect(run(folder, answers, options)).rejects.toThrow(message);
    await expect(run(folder, answers, options)).rejects.not.toThrow(/hunter2/);
    expect(existsSync(folder.file('schema'))).toBe(false);
  });

  it('can not run when the configuration can not be read', async () => {
    const folder = project({ 'remote-relationships.config.json': '{"sources":' });
    await expect(run(folder, server)).rejects.toThrow(/can't be read/);
  });
});

describe('endpoint and secret', () => {
  const secret = 'the-admin-secret';
  const secretOf = ({ requests }: { requests: readonly { headers: Record<string, unknown> }[] }) => [
    ...new Set(requests.map(({ headers }) => headers['x-hasura-admin-secret'])),
  ];

  it('come from the project', async () => {
    const { url, requests } = await stubServer(server);
    const folder = project({
      '.env': `HASURA_GRAPHQL_ENDPOINT=${url}\nHASURA_GRAPHQL_ADMIN_SECRET=${secret}\n`,
    });
    const { code, lines } = await run(folder, {}, { endpoint: undefined });
    expect(code).toBe(0);
    expect(lines.at(-1)).toContain(`from ${url} (HASURA_GRAPHQL_ENDPOINT in .env)`);
    // The version is public: it is asked for without a secret.
    expect(secretOf({ requests })).toEqual([secret, undefined]);
  });

  it.each<[string, Record<string, string>, Record<string, string>, string | undefined]>([
    [
      'the secret of the files does not go to another origin',
      { '.env': `HASURA_GRAPHQL_ADMIN_SECRET=${secret}` },
      {},
      undefined,
    ],
    [
      'neither that of config.yaml',
      { 'config.yaml': `${smallProject['config.yaml']}admin_secret: ${secret}\n` },
      {},
      undefined,
    ],
    ['the secret of the environment does', {}, { HASURA_GRAPHQL_ADMIN_SECRET: secret }, secret],
  ])('%s', async (_, files, environment, expected) => {
    const result = await run(project(files), server, { environment });
    expect(result.code).toBe(0);
    expect(secretOf(result)[0]).toBe(expected);
  });

  it('the secret of the files goes to their own origin, however it was named', async () => {
    const { url, requests } = await stubServer(server);
    const folder = project({ 'config.yaml': `version: 3\nendpoint: ${url}\nadmin_secret: ${secret}\n` });
    await run(folder, {}, { endpoint: `${url}/` });
    expect(secretOf({ requests })[0]).toBe(secret);
  });

  it.each([
    ['http://hasura.example', 1],
    ['https://hasura.example', 0],
    ['http://127.0.0.1:9', 0],
  ])('plain http warns where others can listen: %s', async (endpoint, warnings) => {
    const notes: string[] = [];
    const unreachable = () => Promise.reject(new TypeError('fetch failed'));
    await expect(
      run(project(), server, { endpoint, fetch: unreachable, note: (message) => notes.push(message) }),
    ).rejects.toThrow();
    expect(notes.filter((note) => /plain http/.test(note))).toHaveLength(warnings);
  });

  it('the secret is in no output and no file, whatever the server says', async () => {
    const folder = project();
    const { lines, notes } = await run(
      folder,
      {
        ...server,
        run_sql: refusal(`wrong secret ${secret}`, 'unexpected'),
        bulk_keep_going: refusal(`bad header: ${Buffer.from(secret).toString('base64')}`, 'unexpected'),
        introspect_remote_schema: (response) => {
          response.writeHead(302, { Location: `http://127.0.0.1:9/?secret=${secret}` });
          response.end();
        },
      },
      { environment: { HASURA_GRAPHQL_ADMIN_SECRET: secret } },
    );
    const output = [...lines, ...notes].join('\n');
    expect(output).toContain('[secret]');
    expect(output).not.toContain(secret);
    expect(output).not.toContain(Buffer.from(secret).toString('base64').slice(0, 10));
  });
});

/** The metadata of the small project in another folder. */
function moved(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(smallProject).flatMap(([name, text]) =>
      name.startsWith('metadata/') ? [[`${folder}${name}`, text]] : [],
    ),
  );
}

describe('pull of remote schemas that are asked themselves', () => {
  /** Beside the server, the remote schema at its own URL. */
  const both = async (url: string, init: RequestInit): Promise<Response> =>
    url === 'https://people.example/graphql' ? Response.json(introspectionOf(people)) : fetch(url, init);
  const introspect = ['people.example'];
  const withoutEndpoint = () => {
    const { 'config.yaml': _, 'schema/people.graphql': _schema, ...files } = smallProject;
    return new TemporaryFolder(files);
  };

  it('does so where the server can not tell', async () => {
    const folder = project();
    const answers = { ...server, introspect_remote_schema: refusal('no such remote schema', 'not-exists') };
    const { code, lines } = await run(folder, answers, { fetch: both, introspect });
    expect(lines[1]).toBe('remote schema "people": written, schema/people.graphql');
    expect(code).toBe(0);
    expect(read(folder, 'schema/people.graphql')).toBe(sortedPeople);
    const without = await run(project(), answers, { fetch: both });
    expect(without.lines[1]).toMatch(/^remote schema "people": failed: /);
  });

  it('does so where the server does not have it', async () => {
    const folder = project();
    const answers = { ...server, export_metadata: metadata({ remote_schemas: [] }) };
    const { code, lines, notes } = await run(folder, answers, { fetch: both, introspect });
    expect(lines[0]).toBe('remote schema "people": written, schema/people.graphql');
    expect({ code, notes }).toEqual({
      code: 0,
      notes: ['source "default": the server does not have it; its file is left as it is'],
    });
  });

  it('does so where there is no server', async () => {
    const folder = withoutEndpoint();
    const none = await run(folder, server, { endpoint: undefined, fetch: both, introspect });
    expect(none).toMatchObject({ code: 0, requests: [] });
    expect(none.lines).toEqual([
      'remote schema "people": written, schema/people.graphql',
      '1 written, 0 unchanged, 0 failed',
    ]);
    const down = await run(project(), server, { endpoint: 'http://127.0.0.1:9', fetch: both, introspect });
    expect(down).toMatchObject({ code: 0, requests: [] });
    expect(down.notes).toHaveLength(1);
    await expect(run(folder, server, { endpoint: undefined, fetch: both })).rejects.toThrow(
      /^There is no endpoint/,
    );
  });

  it('does not where the server tells', async () => {
    const asked: string[] = [];
    const { code } = await run(project(), server, {
      introspect,
      fetch: async (url, init) => {
        asked.push(url);
        return fetch(url, init);
      },
    });
    expect(code).toBe(0);
    expect(asked.filter((url) => url.includes('people.example'))).toEqual([]);
  });

  it('asks for no sources', async () => {
    const folder = withoutEndpoint();
    const { code, lines } = await run(folder, server, {
      ...{ endpoint: undefined, fetch: both, introspect, sources: ['default'] },
    });
    expect({ code, lines }).toEqual({
      code: 2,
      lines: [
        'source "default": failed: No Hasura server could be asked.',
        '0 written, 0 unchanged, 1 failed',
      ],
    });
  });
});
