import { describe, expect, it } from 'vitest';
import { UseIndex } from '../../../server/src/features/navigation/useIndex.ts';
import { prepareRename, rename } from '../../../server/src/features/refactoring/rename.ts';
import { editsForRenamedFiles } from '../../../server/src/features/refactoring/renamedFiles.ts';
import type { TextReplacement } from '../../../server/src/syntax/textRange.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';
import { applyFix } from '../support/checkText.ts';
import { marker } from './support.ts';

const tables = 'metadata/databases/default/tables/tables.yaml';
const orderTable = 'metadata/databases/default/tables/public_order.yaml';
const databases = 'metadata/databases/databases.yaml';
const remoteSchemas = 'metadata/remote_schemas.yaml';
const configuration = 'remote-relationships.config.json';

const customer = `table: { schema: public, name: customer } # ours
configuration:
  column_config: { person_id: { custom_name: personId } }
computed_fields:
  - { name: full_name, definition: { function: full_name } }
object_relationships:
  - { name: city, using: { foreign_key_constraint_on: person_id } }
select_permissions:
  - { role: user, permission: { columns: [id, 'person_id'], filter: { person_id: { _eq: X-Hasura-User-Id } } } }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: ["person_id"] # the key
        remote_field: { person: { arguments: { id: $person_id } } }
`;
const order = `{ "table": "order", "remote_relationships": [
  { "name": "buyer", "definition": { "to_source": { "relationship_type": "object", "source": "default",
    "table": { "name": "customer", "schema": "public" }, "field_mapping": { "customer": "person_id" } } } } ] }
`;

const project: Readonly<Record<string, string>> = {
  ...smallProject,
  [tables]: '- "!include public_customer.yaml"\n- !include public_order.yaml\n',
  [customerTable]: customer,
  [orderTable]: order,
  'schema/default.tables.json': JSON.stringify([
    {
      schema: 'public',
      name: 'customer',
      columns: ['id', 'person_id', 'email'].map((name) => ({ name, type: 'uuid' })),
    },
    { schema: 'public', name: 'order', columns: [{ name: 'customer', type: 'uuid' }] },
  ]),
  [configuration]:
    '{ "sources": { "default": { "tables": "schema/default.tables.json" } },\n  "remoteSchemas": { "people": { "schema": ["schema/people.graphql", "schema/*.gql"] } } }\n',
};

/** The names of files with what they say afterwards, or why not. `at`: the text before the cursor, and behind it, in a file. */
async function renamed(
  file: string,
  at: string,
  newName: string,
  files: Readonly<Record<string, string>> = project,
): Promise<Record<string, string> | string | undefined> {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const index = new UseIndex(workspace);
  const offset = offsetOf(files[file] ?? '', at);
  const start = prepareRename(workspace, index, folder.uri(file), offset);
  const answer = await rename(workspace, index, { uri: folder.uri(file), offset, newName });
  if (answer === undefined || start === undefined) {
    expect(answer).toEqual(start);
    return undefined;
  }
  if ('refusal' in answer) return answer.refusal;
  if (!('refusal' in start)) {
    const { offset: from, length } = start.range;
    expect((files[file] ?? '').slice(from, from + length)).toBe(start.name);
  }
  expect(answer.title).toMatch(/^Rename \w[\w ]+ ".+" to ".+"$/);
  expect(answer.outside).toMatch(/\.$/);
  return after(folder, files, answer.files);
}

function after(
  folder: TemporaryFolder,
  files: Readonly<Record<string, string>>,
  changed: readonly { readonly uri: string; readonly edits: readonly TextReplacement[] }[],
): Record<string, string> {
  return Object.fromEntries(
    changed.map(({ uri, edits }) => {
      const [name = ''] = Object.keys(files).filter((each) => folder.uri(each) === uri);
      return [name, applyFix(files[name] ?? '', { title: '', preferred: true, edits: [...edits] })];
    }),
  );
}

function offsetOf(text: string, at: string): number {
  const offset = text.indexOf(at.replace(marker, ''));
  if (offset === -1) throw new Error(`no ${at}`);
  return offset + at.indexOf(marker);
}

describe('rename', () => {
  const column = {
    [customerTable]: customer.replaceAll('person_id', 'account'),
    [orderTable]: order.replace('person_id', 'account'),
  };

  it.each([
    ['a join field', customerTable, `["pers${marker}on_id"]`],
    ['a variable', customerTable, `$${marker}person_id`],
    ['a permission', customerTable, `'person${marker}_id'`],
    ['its configuration', customerTable, `${marker}person_id: { custom`],
    ['the other side of a mapping', orderTable, `"person_id${marker}"`],
  ])(
    'renames a column wherever the metadata names it, quotes and comments kept: from %s',
    async (_, file, at) => {
      expect(await renamed(file, at, 'account')).toEqual(column);
    },
  );

  it('takes a variable for its column', async () => {
    expect(await renamed(customerTable, `$person${marker}_id`, '$account')).toEqual(column);
  });

  it('writes quotes where the new name needs some', async () => {
    expect(await renamed(customerTable, `[${marker}id, `, 'no')).toEqual({
      [customerTable]: customer.replace('[id, ', '["no", '),
    });
    expect(await renamed(orderTable, `"cust${marker}omer": "p`, 'a "b"')).toEqual({
      [orderTable]: order.replace('"customer": "p', String.raw`"a \"b\"": "p`),
    });
  });

  it('renames a table, its own name alone, and the relationships that lead to it', async () => {
    expect(await renamed(orderTable, `"name": "${marker}customer"`, 'client')).toEqual({
      [customerTable]: customer.replace('name: customer', 'name: client'),
      [orderTable]: order.replace('"name": "customer"', '"name": "client"'),
    });
    expect(await renamed(customerTable, `schema: pub${marker}lic`, 'client')).toBe(
      'Only the table’s own name can be renamed, not the schema it is in.',
    );
  });

  it('renames a source, and a remote schema, in the configuration too', async () => {
    expect(await renamed(databases, `name: def${marker}ault`, 'shop')).toEqual({
      [databases]: (project[databases] ?? '').replace('name: default', 'name: shop'),
      [orderTable]: order.replace('"default"', '"shop"'),
      [configuration]: (project[configuration] ?? '').replace('"default":', '"shop":'),
    });
    const schema = {
      [remoteSchemas]: (project[remoteSchemas] ?? '').replace('name: people', 'name: persons'),
      [customerTable]: customer.replace('remote_schema: people', 'remote_schema: persons'),
      [configuration]: (project[configuration] ?? '').replace('"people":', '"persons":'),
    };
    expect(await renamed(customerTable, `remote_schema: ${marker}people`, 'persons')).toEqual(schema);
    expect(await renamed(configuration, `"peo${marker}ple"`, 'persons')).toEqual(schema);
  });

  it('renames a relationship, and not one of another table that has the same name', async () => {
    const twice = { ...project, [orderTable]: order.replace('"buyer"', '"profile"') };
    expect(await renamed(customerTable, `name: pro${marker}file`, 'person', twice)).toEqual({
      [customerTable]: customer.replace('name: profile', 'name: person'),
    });
  });

  it('renames at the anchor what stands behind an alias', async () => {
    const text = customer
      .replace('lhs_fields: ["person_id"]', 'lhs_fields: [*key]')
      .replace("[id, 'person_id']", '[id, &key person_id]');
    expect(
      await renamed(customerTable, `columns: [id, &key per${marker}son_id]`, 'account', {
        ...project,
        [customerTable]: text,
      }),
    ).toMatchObject({
      [customerTable]: text.replaceAll('person_id', 'account'),
    });
  });

  it.each<[string, string, string, string, string]>([
    ['an empty name', customerTable, `name: pro${marker}file`, ' ', 'A name can’t be empty.'],
    [
      'two lines',
      customerTable,
      `name: cust${marker}omer`,
      'a\nb',
      'A name can’t have line breaks or control characters.',
    ],
    [
      'a relationship',
      customerTable,
      `name: pro${marker}file`,
      'a-b',
      '"a-b" can’t be the name of a field: GraphQL names have only letters, digits and "_", and don’t begin with a digit.',
    ],
    [
      'a variable',
      customerTable,
      `["per${marker}son_id"]`,
      'a-b',
      '"a-b" can’t be the name of a variable, as which this column is used: those have only letters, digits and "_", and don’t begin with a digit.',
    ],
    [
      'a computed field of no field’s name',
      customerTable,
      `name: full${marker}_name`,
      'a-b',
      '"a-b" can’t be the name of a field: GraphQL names have only letters, digits and "_", and don’t begin with a digit.',
    ],
    [
      'a column by that name',
      customerTable,
      `["per${marker}son_id"]`,
      'email',
      'The table has a column "email".',
    ],
    [
      'a computed field',
      customerTable,
      `["per${marker}son_id"]`,
      'full_name',
      'The table has a computed field "full_name".',
    ],
    [
      'a column of a relationship’s name',
      customerTable,
      `["per${marker}son_id"]`,
      'profile',
      'There is a remote relationship "profile".',
    ],
    [
      'a relationship by that name',
      customerTable,
      `name: pro${marker}file`,
      'city',
      'The table has an object relationship "city".',
    ],
    [
      'a relationship of a column’s name',
      customerTable,
      `name: pro${marker}file`,
      'id',
      'The table has a column "id".',
    ],
    [
      'a table by that name',
      customerTable,
      `name: cust${marker}omer`,
      'order',
      'The source has a table "order".',
    ],
    [
      'what the remote schema names',
      customerTable,
      `per${marker}son: {`,
      'human',
      '"person" is a name of the remote schema’s own: it can only be renamed there.',
    ],
    [
      'an argument',
      customerTable,
      `i${marker}d: $`,
      'key',
      '"id" is a name of the remote schema’s own: it can only be renamed there.',
    ],
  ])('is refused: %s', async (_, file, at, newName, reason) => {
    expect(await renamed(file, at, newName)).toBe(reason);
  });

  it('is refused for what is written once for several things', async () => {
    const shared = `- table: customer
  remote_relationships:
    - name: one
      definition: &shared
        to_source: { relationship_type: object, source: default, table: order, field_mapping: { key: customer } }
- table: invoice
  remote_relationships: [{ name: two, definition: *shared }]
`;
    const files = { ...project, [tables]: shared };
    const reason =
      '"key" is written once, behind an anchor, for several things: it can’t be renamed for one of them.';
    expect(await renamed(tables, `{ ${marker}key:`, 'other', files)).toBe(reason);
    // What means the same for both is renamed.
    expect(await renamed(tables, `source: de${marker}fault`, 'shop', files)).toMatchObject({
      [tables]: shared.replace('source: default', 'source: shop'),
    });
  });

  it('goes where the new name is known already and the old one is gone', async () => {
    const files = { ...project, [customerTable]: customer.replaceAll('person_id', 'old_id') };
    expect(await renamed(customerTable, `["old${marker}_id"]`, 'person_id', files)).toMatchObject({
      [customerTable]: customer,
    });
  });

  it('changes nothing to the same name, and nothing that is no name', async () => {
    expect(await renamed(customerTable, `name: pro${marker}file`, 'profile')).toEqual({});
    expect(await renamed(customerTable, `lhs${marker}_fields`, 'x')).toBeUndefined();
    expect(await renamed('schema/people.graphql', `per${marker}son`, 'x')).toBeUndefined();
  });
});

describe('files that are renamed', () => {
  async function moved(from: string, to: string) {
    const folder = new TemporaryFolder(project);
    const workspace = await workspaceOf([folder.path]);
    return after(
      folder,
      project,
      editsForRenamedFiles(workspace, [{ from: folder.file(from), to: folder.file(to) }]),
    );
  }

  it('are followed by the includes that lead to them', async () => {
    expect(await moved(customerTable, customerTable.replace('public_customer', 'client'))).toEqual({
      [tables]: (project[tables] ?? '').replace('public_customer.yaml', 'client.yaml'),
    });
    expect(await moved(orderTable, 'metadata/databases/default/more/order.yaml')).toEqual({
      [tables]: (project[tables] ?? '').replace('public_order.yaml', '../more/order.yaml'),
    });
  });

  it('take their own includes along', async () => {
    expect(await moved(tables, 'metadata/databases/default/tables.yaml')).toEqual({
      [databases]: (project[databases] ?? '').replace('tables/tables.yaml', 'tables.yaml'),
      [tables]: (project[tables] ?? '').replaceAll('public_', 'tables/public_'),
    });
  });

  it('may be folders, in which what leads from one to another stays', async () => {
    expect(await moved('metadata/databases/default', 'metadata/databases/shop')).toEqual({
      [databases]: (project[databases] ?? '').replace('default/tables', 'shop/tables'),
    });
  });

  it('are followed by the configuration, but for patterns', async () => {
    expect(await moved('schema', 'schemas/all')).toEqual({
      [configuration]: (project[configuration] ?? '')
        .replace('schema/default', 'schemas/all/default')
        .replace('schema/people', 'schemas/all/people'),
    });
  });

  it('are left alone where nothing leads to them, and where a path could not be written', async () => {
    expect(await moved('config.yaml', 'other.yaml')).toEqual({});
    expect(await moved(customerTable, customerTable.replace('public_customer', 'a"b'))).toEqual({});
  });
});
