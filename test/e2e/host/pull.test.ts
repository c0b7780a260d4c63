import { deepEqual, equal, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { after, before, beforeEach, describe, it } from 'mocha';
import { commands, workspace } from 'vscode';
import { Dialogs } from './dialogs.ts';
import { eventually, fileUri } from './support.ts';

/** What pulling writes, and what it does not, wherever a configuration says that it should go. */

const configuration = 'remote-relationships.config.json';

let dialogs: Dialogs;

async function read(file: string): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(fileUri(file)));
}

function write(file: string, text: string): Thenable<void> {
  return workspace.fs.writeFile(fileUri(file), new TextEncoder().encode(text));
}

/** Pulls the remote schema `people` alone, as Try Again does. What the list says beside and below it. */
async function pull(): Promise<string> {
  const parts = [{ what: 'remote-schema', name: 'people' }];
  dialogs.forget();
  await commands.executeCommand('remoteRelationships.pullSnapshots', { uri: fileUri('').toString(), parts });
  const list = dialogs.shown.find(({ kind }) => kind === 'pick');
  return [list?.descriptions?.[0], list?.detail].filter(Boolean).join('\n');
}

/** Lets the configuration name a file for it, and waits until the language server says so. */
async function name(schema: string): Promise<void> {
  await write(configuration, JSON.stringify({ remoteSchemas: { people: { schema } } }));
  dialogs.answer = () => undefined;
  // A file outside of the workspace is shown by its whole path.
  const shown = schema.replace('../', '/');
  await eventually(`people goes to ${schema}`, async () => (await pull()).includes(shown) || undefined);
}

describe('pulling a snapshot', () => {
  let configured: string;

  before(async () => {
    dialogs = new Dialogs();
    configured = await read(configuration);
    dialogs.answer = ({ kind, choices }) => (kind === 'pick' ? ' practice' : choices[0]);
    await commands.executeCommand('remoteRelationships.chooseEndpoint');
  });

  beforeEach(() => dialogs.forget());

  after(() => write(configuration, configured));

  it('shows a single part, too, with the file it goes to, and writes nothing when that is closed', async () => {
    await write('schema/people.graphql', 'type Query { old: Int }\n');
    dialogs.answer = () => undefined;
    equal(await pull(), 'schema/people.graphql');
    deepEqual(
      dialogs.shown.filter(({ kind }) => kind !== 'pick'),
      [],
    );
    equal(await read('schema/people.graphql'), 'type Query { old: Int }\n');
  });

  it('writes it when that is accepted', async () => {
    dialogs.answer = ({ kind }) => (kind === 'pick' ? 'people' : undefined);
    await pull();
    await dialogs.appears(/^Snapshots from .*: 1 written/);
    ok(!(await read('schema/people.graphql')).includes('old'), 'it is written');
  });

  for (const [schema, reason] of [
    ['../escaped.graphql', /outside the project/],
    ['.bashrc', /hidden/],
    ['.git/hooks/pre-commit', /hidden/],
    ['build.sh', /ends in none of/],
    ['package.json', /neither a schema nor a snapshot/],
    ['metadata/actions.graphql', /among the metadata/],
  ] as const) {
    it(`is not written to ${schema}, whatever the language server says`, async () => {
      await write(schema, '{"kept":true}');
      try {
        await name(schema);
        dialogs.answer = ({ kind }) => (kind === 'pick' ? 'people' : undefined);
        ok(reason.test(await pull()), 'the list says why');
        const { kind, text } = await dialogs.appears(/^Snapshots from .*: 1 failed/);
        equal(kind, 'error');
        ok(reason.test(text), text);
        equal(await read(schema), '{"kept":true}');
      } finally {
        await workspace.fs.delete(fileUri(schema));
      }
    });
  }

  it('is written over what can not be read only after a question', async () => {
    await write('broken.graphql', 'type Query {');
    await name('broken.graphql');
    dialogs.answer = ({ kind }) => (kind === 'pick' ? 'people' : undefined);
    await pull();
    const { kind, choices } = await dialogs.appears(/^Replace broken\.graphql\?$/);
    deepEqual([kind, choices], ['warning', ['Replace']]);
    equal(await read('broken.graphql'), 'type Query {');
    dialogs.answer = ({ kind }) => (kind === 'pick' ? 'people' : 'Replace');
    await pull();
    await dialogs.appears(/^Snapshots from .*: 1 written/);
    ok((await read('broken.graphql')).includes('type Query'), 'it is written');
    await workspace.fs.delete(fileUri('broken.graphql'));
  });
});

describe('pulling a remote schema from its own server, where no Hasura answers', () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: introspectionFromSchema(buildSchema('type Query { own: Int }')) }));
  });
  let host: string;
  let original: string;
  /** Whether the question is answered with yes. */
  let agrees: boolean;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env['PEOPLE_GRAPHQL_URL'] = `http://${host}/graphql?tenant=7`;
    // The configuration is as it was; the language server may not have said so yet.
    dialogs.answer = () => undefined;
    const file = 'schema/people.graphql';
    await eventually(`people goes to ${file}`, async () => (await pull()).includes(file) || undefined);
    original = await read(file);
    dialogs.answer = ({ kind, choices }) => (kind === 'pick' ? ' nobody there' : choices[0]);
    await commands.executeCommand('remoteRelationships.chooseEndpoint');
    dialogs.answer = ({ kind, text, choices }) => {
      if (kind === 'pick') return 'people';
      if (/^Send the values of /.test(text)) return agrees ? choices[0] : undefined;
      return choices.find((choice) => choice === 'Ask the Remote Schema Itself…');
    };
  });

  after(async () => {
    delete process.env['PEOPLE_GRAPHQL_URL'];
    await write('schema/people.graphql', original);
    server.close();
  });

  it('asks first, by host and variables, and sends nothing when the answer is no', async () => {
    agrees = false;
    await pull();
    const { detail, choices } = await dialogs.appears(
      new RegExp(`^Send the values of PEOPLE_GRAPHQL_URL to ${host}\\?$`),
    );
    deepEqual(choices, [`Ask ${host}`]);
    ok(detail.includes('remote schema "people"'), detail);
    ok(!detail.includes('tenant'), 'the value is not shown');
    deepEqual(requests, []);
  });

  it('writes it when the answer is yes, which counts from then on', async () => {
    agrees = true;
    await pull();
    await dialogs.appears(new RegExp(`^Snapshots from ${host}: 1 written`));
    deepEqual(requests, ['POST /graphql?tenant=7']);
    equal(await read('schema/people.graphql'), 'type Query {\n  own: Int\n}\n');
    await pull();
    await dialogs.appears(new RegExp(`^Snapshots from ${host}: 1 unchanged`));
    ok(!dialogs.shown.some(({ text }) => /^Send the values/.test(text)), 'nothing is asked');
  });
});
