import { describe, expect, it } from 'vitest';
import { highlights, references } from '../../../server/src/features/navigation/references.ts';
import { UseIndex } from '../../../server/src/features/navigation/useIndex.ts';
import type { Workspace } from '../../../server/src/project/workspace.ts';
import { LazyReplay } from '../../../server/src/schema/migrations/lazyReplay.ts';
import {
  customerTable,
  settle,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from '../project/temporaryFolder.ts';

const orderTable = 'metadata/databases/default/tables/public_order.yaml';

/** Two tables: the second joins to the first, and has the same remote relationship in JSON's style. */
const project: Readonly<Record<string, string>> = {
  ...smallProject,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n',
  [orderTable]: `table: { "schema": "public", "name": "order" }
remote_relationships:
  - name: buyer
    definition:
      to_source:
        relationship_type: object
        source: default
        table: customer
        field_mapping: { "customer_id": 'id', person: person_id }
  - name: profile
    definition:
      { "to_remote_schema": { "remote_schema": "people", "lhs_fields": ["person"],
        "remote_field": { "person": { "arguments": { "id": "$person" } } } } }
`,
  'schema/default.tables.json': JSON.stringify([
    {
      schema: 'public',
      name: 'customer',
      columns: [
        { name: 'id', type: 'uuid' },
        { name: 'person_id', type: 'uuid' },
      ],
    },
    {
      schema: 'public',
      name: 'order',
      columns: [
        { name: 'customer_id', type: 'uuid' },
        { name: 'person', type: 'uuid' },
      ],
    },
  ]),
  'remote-relationships.config.json':
    '{ "remoteSchemas": { "people": { "schema": "schema/people.graphql" } } }\n',
};

async function open(files: Readonly<Record<string, string>> = project) {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const index = new UseIndex(workspace);
  return { folder, workspace, index };
}

/** `file:line text` of each place, a `+` in front of declarations; `at` is the n-th occurrence of a text in a file. */
async function found(
  { folder, workspace, index }: Awaited<ReturnType<typeof open>>,
  file: string,
  at: string,
  count = 1,
): Promise<string[]> {
  const uri = folder.uri(file);
  const offset = offsetOf(textOf(workspace, uri), at, count);
  return (await references(workspace, index, uri, offset)).map((place) => {
    const text = textOf(workspace, place.uri);
    const line = text.slice(0, place.offset).split('\n').length;
    const name = place.uri.slice(place.uri.lastIndexOf('/') + 1);
    return `${place.declares ? '+' : ''}${name}:${line} ${text.slice(place.offset, place.offset + place.length)}`;
  });
}

function textOf(workspace: Workspace, uri: string): string {
  const read = workspace.documents.read(workspace.key(uri));
  return read.ok ? read.text : '';
}

function offsetOf(text: string, at: string, count = 1): number {
  let offset = -1;
  for (let each = 0; each < count; each++) offset = text.indexOf(at, offset + 1);
  if (offset === -1) throw new Error(`no ${at}`);
  return offset + 1;
}

describe('references', () => {
  const personId = [
    'public_customer.yaml:7 person_id',
    'public_customer.yaml:10 person_id',
    'public_order.yaml:9 person_id',
    '+default.tables.json:1 person_id',
  ];

  it.each([
    ['a join field', customerTable, 'person_id]'],
    ['a variable', customerTable, '$person_id'],
    ['the other side of a mapping', orderTable, 'person_id'],
    ['the snapshot', 'schema/default.tables.json', '"person_id"'],
  ])('of a column are found from %s', async (_, file, at) => {
    expect(await found(await open(), file, at)).toEqual(personId);
  });

  const customer = [
    '+public_customer.yaml:1 customer',
    'public_order.yaml:8 customer',
    '+default.tables.json:1 customer',
  ];

  it.each([
    ['its entry', customerTable, 'customer'],
    ['its schema, which is part of its name', customerTable, 'public'],
    ['a relationship', orderTable, 'customer'],
    ['the snapshot', 'schema/default.tables.json', '"customer"'],
  ])('of a table are found from %s, however it is written', async (_, file, at) => {
    expect(await found(await open(), file, at)).toEqual(customer);
  });

  const people = [
    'public_customer.yaml:6 people',
    'public_order.yaml:12 people',
    '+remote_schemas.yaml:1 people',
    'remote-relationships.config.json:1 people',
  ];

  it.each([
    ['a relationship', customerTable, 'people'],
    ['its entry', 'metadata/remote_schemas.yaml', 'people'],
    ['the configuration', 'remote-relationships.config.json', 'people'],
  ])('of a remote schema are found from %s', async (_, file, at) => {
    expect((await found(await open(), file, at)).toSorted()).toEqual(people.toSorted());
  });

  it('of a remote field and its argument are found from a relationship and from SDL', async () => {
    const opened = await open();
    const person = [
      'public_customer.yaml:9 person',
      'public_order.yaml:13 person',
      '+people.graphql:2 person',
    ];
    expect(await found(opened, customerTable, 'person:')).toEqual(person);
    expect(await found(opened, 'schema/people.graphql', 'person(')).toEqual(person);
    const id = ['public_customer.yaml:10 id', 'public_order.yaml:13 id', '+people.graphql:2 id'];
    expect(await found(opened, customerTable, 'id: $')).toEqual(id);
    expect(await found(opened, 'schema/people.graphql', 'id:')).toEqual(id);
  });

  it('of a type are found from where SDL uses it', async () => {
    const opened = await open({
      ...project,
      'metadata/remote_schemas.yaml': `- name: people
  definition: { url: "https://people.example/graphql" }
  remote_relationships:
    - type_name: Person
      relationships: []
`,
    });
    const type = ['remote_schemas.yaml:4 Person', '+people.graphql:4 Person'];
    expect(await found(opened, 'schema/people.graphql', 'Person\n')).toEqual(type);
    expect(await found(opened, 'metadata/remote_schemas.yaml', 'Person')).toEqual(type);
  });

  it('of a source are found from a relationship and from its entry', async () => {
    const opened = await open();
    const source = ['+databases.yaml:1 default', 'public_order.yaml:7 default'];
    expect(await found(opened, orderTable, 'default')).toEqual(source);
    expect(await found(opened, 'metadata/databases/databases.yaml', 'default')).toEqual(source);
  });

  it('of a relationship are its own, not those of another table’s of the same name', async () => {
    expect(await found(await open(), customerTable, 'profile')).toEqual(['+public_customer.yaml:3 profile']);
  });

  it('are in requests that are open', async () => {
    const opened = await open();
    const uri = opened.folder.uri('requests.http');
    const body = JSON.stringify({
      type: 'pg_delete_remote_relationship',
      args: { source: 'default', table: { schema: 'public', name: 'customer' }, name: 'profile' },
    });
    opened.workspace.open(uri, 'http', 1, `POST http://localhost:8080/v1/metadata\n\n${body}\n`);
    expect(await found(opened, 'requests.http', 'profile')).toEqual([
      '+public_customer.yaml:3 profile',
      'requests.http:3 profile',
    ]);
  });

  it('follow what is typed, and a schema that changes', async () => {
    const opened = await open();
    const uri = opened.folder.uri(orderTable);
    opened.workspace.open(uri, 'yaml', 1, (project[orderTable] ?? '').replace(', person: person_id', ''));
    expect(await found(opened, customerTable, '$person_id')).toEqual(
      personId.filter((place) => !place.startsWith('public_order')),
    );
    opened.folder.write(
      'schema/people.graphql',
      'schema { query: Q }\ntype Q { person(id: ID!): P }\ntype P { id: ID! }\n',
    );
    opened.workspace.fileChanged(opened.folder.file('schema/people.graphql'), false);
    await settle(opened.workspace);
    expect(await found(opened, 'schema/people.graphql', 'person(')).toHaveLength(3);
  });

  it('there are none of what is no name, and of files that belong to nothing', async () => {
    const opened = await open();
    expect(await found(opened, customerTable, 'remote_field')).toEqual([]);
    expect(await found(opened, customerTable, 'definition')).toEqual([]);
    opened.folder.write('other.graphql', 'type Person { id: ID! }');
    expect(await found(opened, 'other.graphql', 'Person')).toEqual([]);
    expect(await found(opened, 'config.yaml', 'version')).toEqual([]);
  });

  it('are not computed again for files that did not change', async () => {
    const opened = await open();
    await found(opened, customerTable, '$person_id');
    const [first] = [
      ...opened.index.filesOf(opened.workspace.projectOf(opened.folder.file(customerTable))),
    ].filter(({ uri }) => uri.endsWith(customerTable));
    const uri = opened.folder.uri(orderTable);
    opened.workspace.open(uri, 'yaml', 1, `${project[orderTable]}# more\n`);
    await found(opened, customerTable, '$person_id');
    const [second] = [
      ...opened.index.filesOf(opened.workspace.projectOf(opened.folder.file(customerTable))),
    ].filter(({ uri }) => uri.endsWith(customerTable));
    expect(second?.uses).toBe(first?.uses);
  });
});

describe('references in projects known by migrations', () => {
  it('lead to the SQL that makes a column, and from there', async () => {
    const { 'schema/default.tables.json': _, ...files } = smallProject;
    const migration = 'migrations/default/1_init/up.sql';
    const folder = new TemporaryFolder({
      ...files,
      [migration]: 'create table customer (id uuid primary key, person_id uuid not null);\n',
    });
    const workspace = await workspaceOf([folder.path], {
      replaySql: (sql) => new LazyReplay(undefined).replay(sql),
    });
    await workspace.migrationsRead();
    const opened = { folder, workspace, index: new UseIndex(workspace) };
    const expected = [
      'public_customer.yaml:7 person_id',
      'public_customer.yaml:10 person_id',
      '+up.sql:1 person_id',
    ];
    expect(await found(opened, customerTable, '$person_id')).toEqual(expected);
    expect(await found(opened, migration, 'person_id')).toEqual(expected);
  });
});

it('highlights the places of a name in the document, the declaration apart', async () => {
  const { folder, workspace, index } = await open();
  const key = folder.file(customerTable);
  const context = workspace.context(key);
  if (context === undefined) throw new Error('no context');
  const { text } = context.tree;
  const shown = (at: string) =>
    highlights(index, context, offsetOf(text, at)).map(
      ({ offset, length, declares }) =>
        `${declares ? '+' : ''}${offset} ${text.slice(offset, offset + length)}`,
    );
  expect(shown('$person_id')).toEqual([
    `${text.indexOf('person_id]')} person_id`,
    `${text.indexOf('$person_id') + 1} person_id`,
  ]);
  expect(shown('profile')).toEqual([`+${text.indexOf('profile')} profile`]);
  expect(shown('lhs_fields')).toEqual([]);
});
