import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { projectList } from '../../../server/src/features/clientRequests/projectList.ts';
import { writeDefinition } from '../../../server/src/features/refactoring/writeDefinition.ts';
import { At } from '../../endpoint/at.ts';
import { documentJson, readDocument } from '../../endpoint/metadata/document.ts';
import { emptyMetadata } from '../../endpoint/metadata/metadata.ts';
import { Release } from '../../endpoint/release.ts';
import { describeOutside } from '../../outside.ts';
import { TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';
import { cliExport } from '../support/cliExport.ts';

interface Item {
  readonly name: string;
  readonly definition: Json;
}

const tableFile = 'metadata/databases/default/tables/public_customer.yaml';
const schemasFile = 'metadata/remote_schemas.yaml';

/** A definition as the server exports it. */
function byServer(definition: Json): Json {
  const { tables } = documentOf([{ name: 'x', definition }], {}, {}).sources[0];
  return tables[0].remote_relationships[0].definition;
}

/** What the server exports. */
function documentOf(
  items: readonly Item[],
  others: object,
  types: Readonly<Record<string, readonly Item[]>>,
) {
  const table = { table: { schema: 'public', name: 'customer' }, remote_relationships: items, ...others };
  const remote_relationships = Object.entries(types).map(([type_name, relationships]) => ({
    type_name,
    relationships,
  }));
  const document = {
    version: 3,
    sources: [{ name: 'default', kind: 'postgres', configuration: {}, tables: [table] }],
    remote_schemas: [{ name: 'people', definition: { url: 'https://x' }, remote_relationships }],
  };
  const release = new Release('2.46.0');
  const read = readDocument(new At(JSON.parse(JSON.stringify(document))), release)(emptyMetadata);
  return JSON.parse(JSON.stringify(documentJson(read)));
}

/** The files of a project that was just exported. */
function exported(items: readonly Item[], others: object, types: Readonly<Record<string, readonly Item[]>>) {
  const json = documentOf(items, others, types);
  return {
    'config.yaml': 'version: 3\n',
    'metadata/version.yaml': 'version: 3\n',
    'metadata/databases/databases.yaml':
      '- name: default\n  kind: postgres\n  configuration: {}\n  tables: "!include default/tables/tables.yaml"\n',
    'metadata/databases/default/tables/tables.yaml': '- "!include public_customer.yaml"\n',
    [tableFile]: cliExport(json.sources[0].tables[0]),
    [schemasFile]: cliExport(json.remote_schemas),
  };
}

async function written(
  files: Readonly<Record<string, string>>,
  identity: RelationshipIdentity,
  definition: Json,
) {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const project = workspace.projectAt(workspace.key(projectList(workspace)[0]?.uri ?? ''));
  if (project === undefined) return expect.fail('there is no project');
  const textOf = (uri: string): TextDocument =>
    TextDocument.create(uri, '', 0, workspace.documents.get(workspace.key(uri))?.tree.text ?? '');
  const result = writeDefinition(workspace, project, identity, definition, (uri, offset) =>
    textOf(uri).positionAt(offset),
  );
  if ('obstacle' in result) return expect.fail(result.obstacle);
  return TextDocument.applyEdits(textOf(result.uri), [...result.edits]);
}

const toPeople = (value: Json): Json => ({
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['id', 'no'],
    remote_field: { person: { field: { name: { arguments: {} } }, arguments: { id: '$id', a: value } } },
  },
});
const toSource: Json = {
  to_source: {
    relationship_type: 'array',
    source: 'helpdesk',
    table: { schema: 'public', name: 'ticket' },
    field_mapping: { yes: 'off', id: 'customer_id' },
  },
};
const permissions = { select_permissions: [{ role: 'user', permission: { columns: '*', filter: {} } }] };
const sample: readonly Item[] = [
  { name: 'a', definition: toPeople('x') },
  { name: 'c', definition: toSource },
  { name: 'e', definition: toPeople(['1_000', 'a: b', '{{X}}', 'first\n  second', 12, true, null, {}]) },
];

describe('a relationship that is added is written as an export has it', () => {
  const identityOf = (name: string): RelationshipIdentity => ({
    owner: 'table',
    source: 'default',
    table: { schema: 'public', name: 'customer' },
    name,
  });
  it.each([
    ['the only one', []],
    ['before the others', ['c', 'e']],
    ['between others', ['a', 'e']],
    ['behind the others', ['a', 'c']],
  ])('to a table: %s', async (_, others) => {
    for (const around of [{}, permissions, { is_enum: true, event_triggers: [] }]) {
      for (const added of sample.filter(({ name }) => !others.includes(name))) {
        const before = sample.filter(({ name }) => others.includes(name));
        const files = exported(before, around, {});
        const after = exported([...before, added], around, {})[tableFile];
        expect(await written(files, identityOf(added.name), byServer(added.definition))).toBe(after);
      }
    }
  });

  it.each([
    ['the only one', {}],
    ['of another type', { A: [sample[0]], Z: [sample[1]] }],
    ['of its type', { A: [sample[0]], Person: [sample[0], sample[2]] }],
  ])('to a type of a remote schema: %s', async (_, types) => {
    const before = types as Readonly<Record<string, readonly Item[]>>;
    const after = { ...before, Person: [...(before['Person'] ?? []), { name: 'c', definition: toSource }] };
    const identity: RelationshipIdentity = {
      owner: 'remote-schema',
      remoteSchema: 'people',
      typeName: 'Person',
      name: 'c',
    };
    expect(await written(exported([], {}, before), identity, byServer(toSource))).toBe(
      exported([], {}, after)[schemasFile],
    );
  });

  it('behind the others where they are in no order', async () => {
    const [a, c, e] = sample as readonly [Item, Item, Item];
    const files = exported([a, e], {}, {});
    const unordered = files[tableFile]?.replace('    name: a', '    name: x') ?? '';
    const text = await written({ ...files, [tableFile]: unordered }, identityOf('c'), byServer(c.definition));
    expect(text.startsWith(unordered)).toBe(true);
  });
});

describeOutside('in files that others exported', 'fixtures/real', (folder) => {
  const files = globSync('**/databases/*/tables/*.yaml', { cwd: folder })
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }))
    .filter(({ text }) => text.includes('remote_relationships:'));

  it('the export is the one of the test', () => {
    const alike = files.filter(({ text }) => cliExport(parse(text)) === text);
    expect(alike.length).toBeGreaterThan(5);
  });

  it.each(files.filter(({ text }) => cliExport(parse(text)) === text))(
    'what is taken away comes back: $file',
    async ({ text }) => {
      const entry = parse(text) as { readonly table: Json; readonly remote_relationships: readonly Item[] };
      for (const item of entry.remote_relationships) {
        const rest = entry.remote_relationships.filter((each) => each !== item);
        const { remote_relationships: _, ...bare } = entry;
        const before = rest.length === 0 ? bare : { ...entry, remote_relationships: rest };
        const project = { ...exported([], {}, {}), [tableFile]: cliExport(before as Json) };
        const identity = { owner: 'table', source: 'default', table: entry.table, name: item.name } as const;
        expect(await written(project, identity, item.definition)).toBe(text);
      }
    },
  );
});
