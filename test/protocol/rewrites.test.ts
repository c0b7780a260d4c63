import { describe, expect, it } from 'vitest';
import type { ClientCapabilities, CodeAction, TextEdit } from 'vscode-languageserver-protocol/node';
import type { NewRelationshipAnswer } from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { poor, pulling } from './capabilities.ts';
import { text } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

const legacyText = text.replace(
  /( +)to_remote_schema:[\s\S]*/,
  (_, indent: string) =>
    `${indent}remote_schema: people # theirs\n${indent}hasura_fields: [person_id]\n${indent}remote_field:\n${indent}  person:\n${indent}    arguments: { id: $person_id }\n`,
);
const unifiedText = text.replace('remote_schema: people', 'remote_schema: people # theirs');

const included = 'metadata/databases/default/tables/public_other.yaml';
const anchored = `table: { schema: public, name: other }
remote_relationships:
  - name: one
    definition: &d
      remote_schema: people
      hasura_fields: []
      remote_field: { people: { arguments: {} } }
  - name: two
    definition: *d
`;

const rich: ClientCapabilities = {
  ...pulling,
  workspace: {
    ...pulling.workspace,
    applyEdit: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
};

async function open(capabilities: ClientCapabilities) {
  const folder = new TemporaryFolder({
    ...smallProject,
    [customerTable]: legacyText,
    [included]: anchored,
    'metadata/databases/default/tables/tables.yaml':
      '- "!include public_customer.yaml"\n- "!include public_other.yaml"\n',
  });
  const uri = folder.uri(customerTable);
  const server = await ServerProcess.start({ folders: [folder], capabilities });
  await server.open(uri, legacyText);
  return { folder, uri, server };
}

function applied(before: string, edits: readonly TextEdit[]): string {
  const lines = before.split('\n');
  const offset = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return edits
    .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (done, { range, newText }) =>
        done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end)),
      before,
    );
}

describe.each([
  ['rich', rich],
  ['poor', poor],
])('a %s client', (_, capabilities) => {
  it('is led to a new relationship step by step, and given the edit that writes it', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    const ask = (target?: object) =>
      server.connection.sendRequest<NewRelationshipAnswer>('remoteRelationships/newRelationship', {
        uri,
        position: { line: 0, character: 3 },
        ...(target === undefined ? {} : { target }),
      });
    expect((await ask()).choices).toMatchObject([
      { kind: 'remote-schema', name: 'people', hasMore: true },
      { kind: 'source', name: 'default' },
    ]);
    const fields = await ask({ remoteSchema: 'people', path: [] });
    expect(fields.choices).toMatchObject([{ name: 'person', detail: '(id: ID!): Person', isTarget: true }]);
    const { owner, name, keys, definition } = await ask({ remoteSchema: 'people', path: ['person'] });
    expect(keys).toMatchObject([
      { id: '0.id', chosen: 'person_id', candidates: [{ field: 'person_id' }, {}] },
    ]);
    const { edits } = await server.connection.sendRequest<{ edits: TextEdit[] }>(
      'remoteRelationships/writeDefinition',
      { uri, identity: { ...owner, name }, definition },
    );
    expect(applied(text, edits)).toBe(
      text.replace(
        'remote_relationships:\n',
        `remote_relationships:
  - name: person
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields:
          - person_id
        remote_field:
          person:
            arguments:
              id: $person_id
`,
      ),
    );
    expect(
      await server.connection.sendRequest('remoteRelationships/newRelationship', {
        uri: folder.uri('metadata/version.yaml'),
        position: { line: 0, character: 0 },
      }),
    ).toBeNull();
  });
});

describe('other ways to write relationships', () => {
  it('are code actions, of one relationship and of the file', async () => {
    const { uri, server } = await open(pulling);
    const ask = (line: number, only?: string[]) =>
      server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line, character: 8 }, end: { line, character: 8 } },
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      });
    const [action, ...others] = await ask(4);
    expect(others).toEqual([]);
    expect(action).toMatchObject({
      title: 'Write "profile" as "to_remote_schema"',
      kind: 'refactor.rewrite',
    });
    expect(applied(legacyText, action?.edit?.changes?.[uri] ?? [])).toBe(unifiedText);
    expect(await ask(0)).toEqual([]);
    expect((await ask(4, ['refactor'])).map(({ title }) => title)).toEqual([action?.title]);
    expect(await ask(4, ['quickfix'])).toEqual([]);
    const [file] = await ask(0, ['source.rewriteRelationships']);
    expect(file).toMatchObject({
      title: 'Write all relationships of this file as "to_remote_schema"',
      kind: 'source.rewriteRelationships.unified',
    });
    expect(file?.edit).toEqual(action?.edit);
    expect(await ask(0, ['source.fixAll'])).toEqual([]);
  });

  it('of a whole project are edits that a rich client shows before they are made', async () => {
    const { folder, uri, server } = await open(rich);
    expect(server.initialized.capabilities.executeCommandProvider).toEqual({
      commands: ['remoteRelationships.rewriteProject'],
    });
    const answer = await server.connection.sendRequest<{ edit: object }>(
      'remoteRelationships/rewriteProject',
      { uri: folder.uri('metadata'), form: 'unified' },
    );
    expect(answer).toEqual({
      edit: {
        documentChanges: [
          {
            textDocument: { uri, version: 1 },
            edits: [{ range: expect.anything(), newText: expect.anything(), annotationId: 'rewrite' }],
          },
        ],
        changeAnnotations: {
          rewrite: { label: 'Write all relationships of the project as "to_remote_schema"' },
        },
      },
      files: 1,
      left: ['one', 'two'].map((name) => ({ uri: folder.uri(included), name, range: expect.anything() })),
    });
    const asked: unknown[] = [];
    server.connection.onRequest('workspace/applyEdit', (params) => {
      asked.push(params);
      return { applied: true };
    });
    const done = await server.connection.sendRequest('workspace/executeCommand', {
      command: 'remoteRelationships.rewriteProject',
      arguments: [{ uri, form: 'unified' }],
    });
    expect(done).toMatchObject({ files: 1, left: [{ name: 'one' }, { name: 'two' }] });
    expect(asked).toMatchObject([{ edit: answer.edit }]);
    for (const wrong of [[], [{}], [{ uri, form: 'other' }], [null]]) {
      expect(
        await server.connection.sendRequest('workspace/executeCommand', {
          command: 'remoteRelationships.rewriteProject',
          arguments: wrong,
        }),
      ).toBeNull();
    }
    expect(asked).toHaveLength(1);
  });

  it('lead from a request into the metadata, and back', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'requests/create.json': '{}' });
    const server = await ServerProcess.start({ folders: [folder], capabilities: pulling });
    const uri = folder.uri('requests/create.json');
    const source = { server, uri: folder.uri(customerTable) };
    await server.open(source.uri, text);
    const back = (form: string, line = 4) =>
      server.connection.sendRequest<{ text: string }>('remoteRelationships/requestText', {
        uri: source.uri,
        position: { line, character: 8 },
        form,
      });
    const { text: body } = await back('json');
    expect(JSON.parse(body)).toMatchObject({
      type: 'pg_create_remote_relationship',
      args: { name: 'profile' },
    });
    expect((await back('curl')).text).toContain('$HASURA_GRAPHQL_ADMIN_SECRET');
    expect(await back('json', 0)).toBeNull();
    await server.open(uri, body.replace('"profile"', '"again"'));
    const actions = await server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 4, character: 8 }, end: { line: 4, character: 8 } },
      context: { diagnostics: [], only: ['refactor'] },
    });
    const action = actions.find(({ title }) => title === 'Write "again" into the metadata');
    const after = applied(text, action?.edit?.changes?.[source.uri] ?? []);
    expect(after).toBe(
      text.replace(
        'remote_relationships:\n',
        `remote_relationships:
  - name: again
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields:
          - person_id
        remote_field:
          person:
            arguments:
              id: $person_id
`,
      ),
    );
    // What the metadata say already is not written again.
    await server.change(uri, 2, { text: body });
    const same = await server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 4, character: 8 }, end: { line: 4, character: 8 } },
      context: { diagnostics: [], only: ['refactor'] },
    });
    expect(same.map(({ title }) => title)).not.toContain('Write "profile" into the metadata');
  });

  it('are plain edits for a poor client, which is told of no command', async () => {
    const { uri, server } = await open(poor);
    expect(server.initialized.capabilities.executeCommandProvider).toBeUndefined();
    expect(server.initialized.capabilities.codeActionProvider).toBeUndefined();
    const answer = await server.connection.sendRequest<{ edit: { changes: Record<string, TextEdit[]> } }>(
      'remoteRelationships/rewriteProject',
      { uri, form: 'unified' },
    );
    expect(Object.keys(answer.edit)).toEqual(['changes']);
    expect(applied(legacyText, answer.edit.changes[uri] ?? [])).toBe(unifiedText);
    expect(
      await server.connection.sendRequest('remoteRelationships/rewriteProject', { uri, form: 'legacy' }),
    ).toEqual({ edit: null, files: 0, left: [] });
  });
});
