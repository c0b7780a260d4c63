import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import {
  ConfigurationTarget,
  commands,
  type Diagnostic,
  languages,
  Position,
  Range,
  Selection,
  window,
  workspace,
} from 'vscode';
import type { Fault } from '../../endpoint/http/faults.ts';
import { Dialogs } from './dialogs.ts';
import { replace, revert } from './editing.ts';
import { eventually, fileUri, open, positionOf, sample, status } from './support.ts';

/** The commands against the embedded endpoint, also when it fails: what is told, and that nothing is lost. */

const {
  PRACTICE_URL: url = '',
  PRACTICE_CONTROL: controlUrl = '',
  PRACTICE_SECRET: secret = '',
} = process.env;
const { host } = new URL(url);
let dialogs: Dialogs;

function run(command: string, argument?: unknown): Thenable<unknown> {
  return commands.executeCommand(`remoteRelationships.${command}`, argument);
}

async function choose(name: string): Promise<void> {
  dialogs.answer = ({ kind, choices }) => (kind === 'pick' ? ` ${name}` : choices[0]);
  await run('chooseEndpoint');
  dialogs.answer = () => undefined;
  dialogs.forget();
}

/** Chooses an endpoint, whatever is said against it; enters no secret. */
function agreeing(name: string): Dialogs['answer'] {
  return ({ kind }) => (kind === 'pick' ? ` ${name}` : kind === 'warning' ? 'Choose Anyway' : undefined);
}

/** Sends something past the extension. */
async function ask(body: unknown): Promise<unknown> {
  const response = await fetch(`${url}/v1/metadata`, {
    method: 'POST',
    headers: { 'X-Hasura-Admin-Secret': secret },
    body: JSON.stringify(body),
  });
  return response.json();
}

async function fault(fault: Fault): Promise<void> {
  await fetch(controlUrl, { method: 'POST', body: JSON.stringify(fault) });
}

async function clearFaults(): Promise<void> {
  await fetch(controlUrl, { method: 'DELETE' });
}

/** The endpoint's metadata, whichever resource version it has. */
async function metadata(): Promise<string> {
  const { metadata: document } = (await ask({ type: 'export_metadata', version: 2, args: {} })) as {
    metadata: unknown;
  };
  return JSON.stringify(document);
}

const settings = () => workspace.getConfiguration('remoteRelationships', fileUri(''));

before(async () => {
  await status((await open(sample.customer)).uri);
  dialogs = new Dialogs();
});

beforeEach(() => {
  dialogs.forget();
  dialogs.answer = () => undefined;
});

afterEach(clearFaults);

it('one that is reached over plain http is chosen only after a warning', async () => {
  dialogs.answer = ({ kind }) => (kind === 'pick' ? ' no such name' : undefined);
  await run('chooseEndpoint');
  const { choices } = await dialogs.appears(/^hasura\.invalid is reached over plain http/);
  deepEqual(choices, ['Choose Anyway']);
});

describe('an endpoint that can’t be asked', () => {
  for (const [name, text, button] of [
    [
      'nobody there',
      /^Nothing listens at 127\.0\.0\.1:\d+ \(connection refused\)\. 127\.0\.0\.1 is that of the remote machine, where extensions run\.$/,
      'Choose Endpoint',
    ],
    ['no such name', /^The name of hasura\.invalid can't be resolved/, 'Choose Endpoint'],
    [
      'not trusted',
      /is signed by an authority that is not trusted here .*Add its certificate to the system’s store/,
      'Certificate Settings',
    ],
    [
      'no https',
      /does not speak https .* Is its address http\? 127\.0\.0\.1 is that of the remote machine, where extensions run\.$/,
      'Choose Endpoint',
    ],
    ['with another secret', /^Admin secret of .*: It is checked, then saved/, undefined],
    ['without a secret', /^Admin secret of .*: It is checked, then saved/, undefined],
  ] as const) {
    it(name, async () => {
      await choose(name);
      await run('showInconsistentMetadata');
      const { choices } = await dialogs.appears(text);
      if (button !== undefined) ok(choices.includes(button) && choices.includes('Show Log'), choices.join());
    });
  }
});

describe('a read that fails', () => {
  before(() => choose('practice'));

  const page = '<html><body><h1>Sign in</h1></body></html>';
  const refusal = (code: string, error: string) => JSON.stringify({ path: '$', code, error });
  for (const [name, struck, text, button] of [
    ['timeout', { delay: 1500 }, /did not answer within 1 s\.$/, 'Change Timeout'],
    ['cut', { cut: 'middle' }, /^The connection to .* broke before the answer was complete/, 'Try Again'],
    [
      '429',
      { status: 429, headers: { 'retry-after': '3600' } },
      /busy .*asks to wait 60 minutes/,
      'Try Again',
    ],
    ['503', { status: 503, headers: { 'retry-after': '60' } }, /busy \(status 503\)/, 'Try Again'],
    [
      'HTML',
      { status: 200, body: page },
      /is not a Hasura server, .*\(status 200\): Sign in/,
      'Choose Endpoint',
    ],
    [
      'redirect',
      { status: 302, headers: { location: 'https://elsewhere.invalid/' }, body: '' },
      /redirects to https:\/\/elsewhere\.invalid\/\. Redirects are not followed/,
      'Choose Endpoint',
    ],
    ['100 MB', { padding: 100_000_000 }, /is larger than 64 MB and was not read/, 'Show Log'],
    [
      '400',
      { status: 400, body: refusal('access-denied', 'restricted access : admin only') },
      /allows this for the role admin only: restricted access/,
      'Show Log',
    ],
    [
      '404',
      { status: 404, body: refusal('not-found', 'resource does not exist') },
      /has no metadata API at this address/,
      'Show Log',
    ],
  ] as const satisfies readonly (readonly [string, Fault, RegExp, string])[]) {
    it(name, async () => {
      // Only what never comes is not waited for.
      const seconds = name === 'timeout' ? 1 : undefined;
      await settings().update('requestTimeout', seconds, ConfigurationTarget.Workspace);
      await fault({ path: '/v1/metadata', ...struck });
      await run('showInconsistentMetadata');
      const { kind, choices } = await dialogs.appears(text);
      equal(kind, 'error');
      ok(choices.includes(button), choices.join());
      ok(!JSON.stringify(dialogs.shown).includes(secret), 'the secret is not told');
    });
  }
});

describe('an apply', () => {
  const profile = { source: 'shop', table: { schema: 'public', name: 'customer' }, name: 'profile' };
  const older = {
    to_remote_schema: {
      remote_schema: 'people',
      lhs_fields: ['person_id'],
      remote_field: { personByNumber: { arguments: { number: '$person_id' } } },
    },
  };
  const create = 'pg_create_remote_relationship';
  let text = '';
  let beforehand = '';

  before(() => choose('practice'));

  beforeEach(async () => {
    await ask({ type: create, args: { ...profile, definition: older } });
    const document = await open(sample.customer);
    text = document.getText();
    beforehand = await metadata();
    const editor = window.activeTextEditor;
    ok(editor, 'an editor is active');
    const position = positionOf(document, 'name: profile', 2);
    editor.selection = new Selection(position, position);
    dialogs.answer = ({ kind, choices }) => (kind === 'warning' ? choices[0] : undefined);
  });

  afterEach(async () => equal((await open(sample.customer)).getText(), text, 'the file is as before'));

  for (const [name, struck, expected, applied] of [
    ['without a fault', undefined, /^Applied: .* has "profile"\.$/, true],
    [
      'cut before it was carried out',
      { cut: 'before' },
      /"profile" on .* is unchanged: The connection to .* broke/,
      false,
    ],
    ['cut in the middle of the answer', { cut: 'middle' }, /^Applied: .* has "profile"\.$/, true],
    ['refused', { status: 400, body: refused() }, /refused "profile": no such thing/, false],
    [
      'a page of something in between',
      { status: 502, body: '<p>Bad</p>' },
      /"profile" on .* is unchanged: .*: Bad/,
      false,
    ],
  ] as const satisfies readonly (readonly [string, Fault | undefined, RegExp, boolean])[]) {
    it(`${name} is told as it is`, async () => {
      if (struck !== undefined) await fault({ type: create, times: 1, ...struck });
      await run('applyRelationship');
      await dialogs.appears(expected);
      equal((await metadata()) !== beforehand, applied, 'the endpoint is as was told');
    });
  }

  it('that met someone faster asks again', async () => {
    const conflict = JSON.stringify({ path: '$', code: 'conflict', error: 'metadata resource version …' });
    await fault({ type: create, times: 1, status: 409, body: conflict });
    await run('applyRelationship');
    await dialogs.appears(/^Applied: /);
    equal(dialogs.shown.filter((shown) => shown.text.startsWith('Update ')).length, 2);
  });
});

function refused(): string {
  return JSON.stringify({ path: '$.args', code: 'invalid-configuration', error: 'no such thing' });
}

describe('inconsistent metadata', () => {
  before(() => choose('practice'));
  after(async () => revert(await open(sample.invoice)));

  /** What a server says of a file, in the order of its lines. */
  const said = (): Diagnostic[] =>
    languages
      .getDiagnostics(fileUri(sample.invoice))
      .filter(({ source }) => source?.startsWith('Hasura at ') === true)
      .sort((a, b) => a.range.start.compareTo(b.range.start));

  it('is among the problems of the definitions it is about', async () => {
    const document = await open(sample.invoice);
    await run('showInconsistentMetadata');
    const found = await eventually('the server’s words are shown', () => {
      const all = said();
      return all.length > 0 ? all : undefined;
    });
    ok(found.every(({ source }) => source === `Hasura at ${host}`));
    const shown = found.map(({ code, range }) => `${String(code)} ${document.getText(range)}`);
    ok(shown.includes('remote_relationship receipts'), shown.join());
    match(found.map(({ message }) => message).join('\n'), /reciepts/);
  });

  it('goes where the definition is edited, and moves with the text elsewhere', async () => {
    const document = await open(sample.invoice);
    const [first, ...others] = said();
    ok(first, 'there is one');
    await replace(document, new Range(new Position(0, 0), new Position(0, 0)), '# Ours\n');
    await eventually('it has moved', () => said()[0]?.range.start.line === first.range.start.line + 1);
    const [moved] = said();
    ok(moved);
    await replace(document, moved.range, 'another');
    await eventually('it is gone', () => said().length === others.length);
  });

  it('is told after a reload, with a button that shows it', async () => {
    await run('reloadMetadata');
    const { kind, choices } = await dialogs.appears(/has reloaded the metadata/);
    equal(kind, 'warning');
    ok(choices.includes('Show in Problems'), choices.join());
  });

  it('is told after a remote schema was reloaded by its name', async () => {
    await run('reloadRemoteSchema', 'people');
    await dialogs.appears(/has reloaded remote schema "people"\./);
    await run('reloadRemoteSchema', 'nobody');
    await dialogs.appears(/has no remote schema "nobody"/);
  });

  it('that nobody knows of after a reload was cut is said so', async () => {
    await fault({ type: 'reload_metadata', cut: 'after', times: 1 });
    await run('reloadMetadata');
    const { choices } = await dialogs.appears(/may still be reloading/);
    ok(choices.includes('Try Again'), choices.join());
  });
});

/** Another server, that keeps the secrets it was sent; `undefined` for a request without one. */
async function anotherServer() {
  const received: (string | string[] | undefined)[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers['x-hasura-admin-secret']);
    response.writeHead(request.url === '/v1/version' ? 200 : 401, { 'content-type': 'application/json' });
    response.end('{"version":"v2.48.0"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Another text in a file of the project, on disk, until `restore`. */
async function rewrite(file: string, text: string): Promise<{ restore(): Promise<void> }> {
  const uri = fileUri(file);
  const before = await workspace.fs.readFile(uri);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return { restore: async () => workspace.fs.writeFile(uri, before) };
}

describe('what a repository says', () => {
  let other: Awaited<ReturnType<typeof anotherServer>>;
  let restore: () => Promise<void>;

  const configuration = (entry: object) =>
    rewrite('remote-relationships.config.json', JSON.stringify({ endpoints: { shared: entry } }));

  before(async () => {
    await choose('practice');
    other = await anotherServer();
    ({ restore } = await configuration({ url: other.url, adminSecretVariable: 'PRACTICE_SECRET' }));
  });

  after(async () => {
    await restore();
    other.close();
  });

  const sentThere = (): boolean => other.received.some((header) => header === secret);
  const question = /^The admin secret is read from the environment variable PRACTICE_SECRET and sent to /;

  it('of a variable is asked about before it is read', async () => {
    dialogs.answer = ({ kind }) => (kind === 'pick' ? ' shared' : undefined);
    await run('chooseEndpoint');
    const { text, detail, choices } = await dialogs.appears(question);
    ok(text.includes(new URL(other.url).host), text);
    match(detail, /remote-relationships\.config\.json, admin secret: PRACTICE_SECRET in the environment/);
    deepEqual(choices, ['Choose Anyway']);
    await run('showInconsistentMetadata');
    deepEqual(other.received, [], 'what was not agreed to is not chosen');
  });

  it('of a variable is never read by the view alone', async () => {
    await commands.executeCommand('remoteRelationships.relationships.focus');
    await choose('practice');
    dialogs.answer = agreeing('shared');
    await run('chooseEndpoint');
    await dialogs.appears(question);
    // The view has seen it by now, as it does another one: that one it reads.
    await settings().update('endpoints', { plain: { url: other.url } }, ConfigurationTarget.Workspace);
    deepEqual(other.received, []);
    await run('refreshHasuraView');
    ok(sentThere(), 'it is read when that is asked for');
    const asked = other.received.length;
    await choose('plain');
    await eventually('the view reads what needs no variable', () => other.received.length > asked);
    await settings().update('endpoints', undefined, ConfigurationTarget.Workspace);
    await commands.executeCommand('workbench.view.explorer');
  });

  it('that it says otherwise later is asked about anew, with what has changed', async () => {
    dialogs.answer = agreeing('shared');
    await run('chooseEndpoint');
    await dialogs.appears(question);
    await run('showInconsistentMetadata');
    ok(sentThere(), 'the one that was chosen is asked');

    for (const [entry, change] of [
      [
        { url: other.url, adminSecretVariable: 'PATH' },
        /^admin secret: PRACTICE_SECRET in the environment → PATH in the environment$/m,
      ],
      [{ url: `${other.url}/x`, adminSecretVariable: 'PRACTICE_SECRET' }, /^address: (http:\S+) → \1\/x$/m],
      [
        { url: other.url, adminSecretVariable: 'PRACTICE_SECRET', protected: true },
        /^asks before every change: no → yes$/m,
      ],
    ] as const) {
      await configuration(entry);
      const asked = other.received.length;
      dialogs.forget();
      dialogs.answer = ({ kind }) => (kind === 'pick' ? ' shared' : undefined);
      await run('showInconsistentMetadata');
      const list = await dialogs.appears(/^Hasura endpoint of/);
      ok(list.detail.includes(' → '), list.detail);
      const { detail } = await dialogs.appears(/^The endpoint shared has changed since it was chosen\.$/);
      match(detail, change);
      equal(other.received.length, asked, 'nothing is sent before it is chosen again');
    }
  });

  it('lifts nothing that the user’s own settings forbid', async () => {
    const lifting = {
      guarded: { url, adminSecretVariable: 'PRACTICE_SECRET', readOnly: false, protected: false },
    };
    await settings().update('endpoints', lifting, ConfigurationTarget.Workspace);
    try {
      dialogs.answer = agreeing('guarded');
      await run('chooseEndpoint');
      const document = await open(sample.customer);
      const position = positionOf(document, 'name: profile', 2);
      const editor = window.activeTextEditor;
      ok(editor, 'an editor is active');
      editor.selection = new Selection(position, position);
      await run('applyRelationship');
      await dialogs.appears(/read-only/);
    } finally {
      await settings().update('endpoints', undefined, ConfigurationTarget.Workspace);
    }
  });
});

it('nothing is sent from a project whose config.yaml can’t be read', async () => {
  await choose('practice');
  const { restore } = await rewrite('config.yaml', 'version: 3\nendpoint: [\n');
  try {
    await run('showInconsistentMetadata');
    const { kind, choices } = await dialogs.appears(
      /^config\.yaml can't be read: line 3 is not valid YAML\. Correct it first: nothing is sent until then\.$/,
    );
    equal(kind, 'error');
    deepEqual(choices, ['Open config.yaml']);
    dialogs.forget();
    await run('chooseEndpoint');
    await dialogs.appears(/^config\.yaml can't be read/);
  } finally {
    await restore();
  }
});

describe('the admin secret', () => {
  it('that was entered for an endpoint is not sent to where its name leads next', async () => {
    const other = await anotherServer();
    const { received } = other;
    const name = (address: string) =>
      settings().update('endpoints', { moving: { url: address } }, ConfigurationTarget.Workspace);
    try {
      await name(url);
      await choose('moving');
      dialogs.answer = ({ kind }) => (kind === 'input' ? secret : undefined);
      await run('enterAdminSecret');
      await dialogs.appears(/is correct, and saved by VS Code/);

      await name(other.url);
      dialogs.forget();
      dialogs.answer = () => undefined;
      await run('showInconsistentMetadata');
      await dialogs.appears(/^Hasura endpoint of/);
      deepEqual(received, [], 'nothing is sent before the new address is chosen');

      dialogs.answer = agreeing('moving');
      await run('showInconsistentMetadata');
      await dialogs.appears(/^Admin secret of/);
      ok(received.length > 0, 'the new address was asked');
      ok(
        received.every((header) => header === undefined),
        'without the secret of the old one',
      );
    } finally {
      await settings().update('endpoints', undefined, ConfigurationTarget.Workspace);
      other.close();
    }
  });
});
