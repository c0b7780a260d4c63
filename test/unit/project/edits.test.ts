import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from '../../../server/src/project/workspace.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

const orderTable = 'metadata/databases/default/tables/public_order.yaml';
const files: Readonly<Record<string, string>> = {
  ...smallProject,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n- table: { schema: public, name: item }\n',
  [orderTable]: `table: { schema: public, name: order }
object_relationships:
  - name: customer
    using: { foreign_key_constraint_on: customer_id }
remote_relationships:
  - name: buyer
    definition:
      to_source:
        relationship_type: object
        source: default
        table: { schema: public, name: customer }
        field_mapping: { customer_id: id }
`,
  'metadata/remote_schemas.yaml': `- name: people
  definition: { url: "https://people.example/graphql" }
  remote_relationships:
    - type_name: Person
      relationships:
        - name: orders
          definition:
            to_source:
              relationship_type: array
              source: default
              table: { schema: public, name: order }
              field_mapping: { id: customer_id }
`,
};
const edited = [
  customerTable,
  orderTable,
  'metadata/remote_schemas.yaml',
  'metadata/databases/databases.yaml',
  'metadata/databases/default/tables/tables.yaml',
];

/** Everything that is said, with all places it leads to. */
function everything(workspace: Workspace): unknown {
  return workspace
    .reportableFiles()
    .sort()
    .map((key) => [
      key,
      workspace.findings(key).findings.map(({ code, offset, length, message, related }) => ({
        code,
        offset,
        length,
        message,
        related: related.map(({ location: { uri, offset, length } }) => [uri, offset, length]),
      })),
    ]);
}

const edit = fc.record({
  file: fc.constantFrom(...edited),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: fc.constantFrom(
    '',
    '',
    'x',
    '\n',
    ' ',
    ': ',
    '- ',
    '"',
    '{',
    'customer',
    'order',
    '!include ',
    'people',
    '#',
  ),
});

it('after any edits the same is said as by a workspace that has seen none of them', async () => {
  const folder = new TemporaryFolder(files);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      const workspace = await workspaceOf([folder.path]);
      const texts = new Map(edited.map((name) => [name, files[name] ?? '']));
      for (const [name, text] of texts) workspace.open(folder.uri(name), 'yaml', 1, text);
      everything(workspace);
      for (const [index, { file, at, length, text }] of edits.entries()) {
        const before = texts.get(file) ?? '';
        const offset = Math.floor(at * before.length);
        const after = before.slice(0, offset) + text + before.slice(offset + length);
        texts.set(file, after);
        const document = TextDocument.create('', '', 0, before);
        const range = { start: document.positionAt(offset), end: document.positionAt(offset + length) };
        workspace.change(folder.uri(file), index + 2, [{ range, text }]);
        expect(workspace.documents.read(folder.file(file))).toEqual({ ok: true, text: after });
        everything(workspace);
      }
      const fresh = await workspaceOf([folder.path]);
      for (const [name, text] of texts) fresh.open(folder.uri(name), 'yaml', 1, text);
      expect(everything(workspace)).toEqual(everything(fresh));
    }),
    {
      numRuns: 100,
      examples: [
        [[{ file: 'metadata/remote_schemas.yaml', at: 0, length: 1, text: ' ' }]],
        [[{ file: orderTable, at: 0, length: 0, text: '!include ' }]],
      ],
    },
  );
});

it.each([
  ['before a table', '\n'],
  ['in a name', 'x'],
  ['so that it is no JSON any more', '"'],
])('a snapshot that was edited and is as it was leads to where its tables are: %s', async (_, text) => {
  const folder = new TemporaryFolder({
    ...smallProject,
    // Which tables are tracked is not known, so that a table is declared by the snapshot alone.
    'metadata/databases/default/tables/tables.yaml': '- "!include missing.yaml"\n',
  });
  const request = JSON.stringify({
    type: 'pg_create_remote_relationship',
    args: {
      source: 'default',
      table: 'customer',
      name: 'profile',
      definition: {
        to_remote_schema: {
          remote_schema: 'people',
          lhs_fields: ['personal_id'],
          remote_field: { person: { arguments: { id: '$personal_id' } } },
        },
      },
    },
  });
  const snapshot = 'schema/default.tables.json';
  const [uri, key, before] = [folder.uri(snapshot), folder.file(snapshot), smallProject[snapshot] ?? ''];
  const at = text === 'x' ? before.indexOf('public') : before.indexOf('{');
  const [workspace, untouched] = [await workspaceOf([folder.path]), await workspaceOf([folder.path])];
  for (const each of [workspace, untouched]) each.open(folder.uri('request.json'), 'json', 1, request);
  const wanted = everything(untouched);
  expect(JSON.stringify(wanted)).toContain(folder.uri(snapshot));
  workspace.open(uri, 'json', 1, before);
  expect(everything(workspace)).toEqual(wanted);
  const place = { line: 0, character: at };
  workspace.change(uri, 2, [{ range: { start: place, end: place }, text }]);
  // It is read, but nobody asks what follows from it.
  expect(workspace.documents.get(key)?.tree.text).toHaveLength(before.length + text.length);
  workspace.close(uri);
  expect(everything(workspace)).toEqual(wanted);
});
