import { describe, expect, it } from 'vitest';
import { contextOf, expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

const code = 'action-relationship';
const known: Surroundings = {
  sources: {
    default: {
      tables: [
        { table: 'users', columns: { id: 'uuid!', name: 'text' } },
        { table: { schema: 'auth', name: 'accounts' }, columns: { id: 'uuid!' } },
      ],
    },
    crm: { tables: [{ table: 'users', columns: { id: 'uuid!' } }] },
    sql: { kind: 'mssql', tables: [{ table: 'users', columns: { id: 'int!' } }] },
  },
  actionTypes: 'type Mutation { confirm: Output } type Output { token: String! userId: uuid ids: [uuid!] }',
};

/** `actions.yaml` with one type. */
const actions = (relationships: string, type = 'Output') => `actions:
  - name: confirm
    definition: { kind: synchronous, handler: "http://x" }
custom_types:
  enums: []
  objects:
    - name: ${type}
      relationships:
${relationships.replaceAll(/^(?=.)/gm, '        ')}`;

const relationship = ({
  name = 'user',
  source = 'source: default, ',
  table = '{ schema: public, name: users }',
  mapping = '{ userId: id }',
} = {}) => `- { name: ${name}, type: object, ${source}remote_table: ${table}, field_mapping: ${mapping} }\n`;

const because = 'validation for the given custom types failed because ';

describe('action-relationship', () => {
  rows([
    [
      'a source that does not exist',
      actions(relationship({ source: 'source: ⟦defualt⟧, ' })),
      {
        code,
        severity: 'error',
        message: 'There is no source "defualt". Did you mean "default"?',
        serverMessage: `${because}the remote table "users" for relationship "user" of object type "Output" does not exist`,
        relationship: 'user',
        fixed: actions(relationship()),
      },
      known,
    ],
    [
      'a table that is not tracked',
      actions(relationship({ source: '', table: '{ schema: public, name: ⟦userss⟧ }' })),
      {
        code,
        message: 'Source "default" tracks no table "userss". Did you mean "users"?',
        serverMessage: `${because}the remote table "userss" for relationship "user" of object type "Output" does not exist`,
        fixed: actions(relationship({ source: '' })),
      },
      known,
    ],
    [
      'a table of another schema, in the words of the server',
      actions(relationship({ table: '{ schema: auth, name: ⟦account⟧ }' })),
      {
        code,
        serverMessage: `${because}the remote table "auth.account" for relationship "user" of object type "Output" does not exist`,
      },
      known,
    ],
    [
      'a source of another kind',
      actions(relationship({ source: 'source: ⟦sql⟧, ', table: 'users', mapping: '{}' })),
      {
        code,
        message: 'Action types can only be joined to Postgres tables; source "sql" is of kind "mssql".',
      },
      known,
    ],
    [
      'a field that does not exist',
      actions(relationship({ mapping: '{ ⟦userIdd⟧: id }' })),
      {
        code,
        message: 'Action type "Output" has no field "userIdd". Did you mean "userId"?',
        serverMessage: `${because}the field "userIdd" for relationship "user" in object type "Output" does not exist`,
        fixed: actions(relationship()),
      },
      known,
    ],
    [
      'a field that is a list',
      actions(relationship({ mapping: '{ ⟦ids⟧: id }' })),
      {
        code,
        serverMessage: `${because}the type of the field "ids" for relationship "user" in object type "Output" is a list type`,
      },
      known,
    ],
    [
      'a column that does not exist',
      actions(relationship({ mapping: '{ userId: ⟦idd⟧ }' })),
      {
        code,
        message: 'Table "users" has no column "idd". Did you mean "id"?',
        serverMessage: `${because}the column "idd" of remote table "users" for relationship "user" of object type "Output" does not exist`,
        fixed: actions(relationship()),
      },
      known,
    ],
    [
      'two sources',
      actions(relationship() + relationship({ name: 'customer', source: 'source: ⟦crm⟧, ' })),
      {
        code,
        serverMessage: `${because}the object "Output" has relationships refers to tables in multiple sources`,
        relationship: 'customer',
      },
      known,
    ],
    [
      'two sources, the second by leaving it out',
      actions(
        relationship({ source: 'source: crm, ' }) +
          relationship({ name: 'customer', source: '' }).replace('{ name:', '{ ⟦name⟧:'),
      ),
      {
        code,
        message:
          'All relationships of an action type must target the same source; those of "Output" target "crm" and "default".',
        relationship: 'customer',
      },
      known,
    ],
    [
      'no source, where none is the default',
      actions(relationship({ source: '' }).replace('{ name:', '{ ⟦name⟧:')),
      {
        code,
        message: 'There is no source "default".',
        serverMessage: `${because}the remote table "users" for relationship "user" of object type "Output" does not exist`,
        fixes: [],
      },
      { ...known, sources: { crm: known.sources?.['crm'] ?? {} } },
    ],
    [
      'no source, where the default is of another kind',
      actions(relationship({ source: '', mapping: '{}' }).replace('{ name:', '{ ⟦name⟧:')),
      { code, message: /source "default" is of kind "mssql"\.$/ },
      { ...known, sources: { default: known.sources?.['sql'] ?? {} } },
    ],
    [
      'a source and a table that do not exist, and no name',
      actions(
        relationship({ source: 'source: ⟦defualt⟧, ', table: '{ schema: public, name: ⟦userss⟧ }' }).replace(
          'name: user, ',
          '',
        ),
      ).replace('- { type', '- { ⟦type⟧'),
      [
        { code: 'missing-key' },
        { code, serverMessage: /relationship "" of object type "Output" does not exist$/ },
        { code, message: /^Source "default" tracks no table "userss"/ },
      ],
      known,
    ],
    [
      'a type without a name',
      actions(
        relationship({ source: 'source: crm, ' }) +
          relationship({ name: 'other' }) +
          relationship({ name: 'third', table: 'userss' }),
      ).replace('- name: Output\n', '- ⟦description⟧: d\n'),
      [
        { code: 'missing-key' },
        {
          code,
          message: /tracks no table/,
          serverMessage: /for relationship "third" of object type "" does/,
        },
      ],
      known,
    ],
    [
      'a source that can’t be read, beside others',
      actions(
        relationship({ source: 'source: ⟦5⟧, ' }) + relationship({ name: 'other', source: 'source: crm, ' }),
      ),
      { code: 'wrong-kind' },
      known,
    ],
    [
      'a source that does not exist, and no table',
      actions(relationship({ source: 'source: defualt, ' }))
        .replace('- { name: user', '- { ⟦name⟧: user')
        .replace('remote_table: { schema: public, name: users }, ', ''),
      [
        { code: 'missing-key', message: '"remote_table" is missing in this relationship of an action type.' },
        { code, text: 'defualt', serverMessage: undefined },
      ],
      { ...known, location: { role: 'actions' } },
    ],
    [
      'a table like none',
      actions(relationship({ table: '⟦zzz⟧' })),
      { code, message: 'Source "default" tracks no table "zzz".', fixes: [] },
      known,
    ],
    [
      'a table that is inconsistent',
      actions(relationship({ table: '⟦users⟧', mapping: '{}' })),
      {
        code,
        message:
          /^Table "users" of source "default" can't be a target\. The server considers it inconsistent: no such table/,
        serverMessage: `${because}the remote table "users" for relationship "user" of object type "Output" does not exist`,
      },
      {
        ...known,
        sources: { default: { tables: [{ table: 'other', columns: { id: 'uuid' } }] } },
        files: {
          'tables.yaml':
            '- { name: default, kind: postgres, configuration: {}, tables: [{ table: users }, { table: other }] }\n',
        },
      },
    ],
    [
      'the name of a field',
      actions(relationship({ name: '⟦token⟧' })),
      { code, serverMessage: `${because}the object "Output" has duplicate fields: "token"` },
      known,
    ],
    [
      'one name twice',
      actions(relationship() + relationship({ name: '⟦user⟧' })),
      {
        code,
        serverMessage: `${because}the object "Output" has duplicate fields: "user"`,
        related: ['user'],
      },
      known,
    ],
    [
      'a name that is not a valid GraphQL name',
      actions(relationship({ name: '⟦my-user⟧' })),
      { code, serverMessage: undefined },
      known,
    ],
    [
      'a type that actions.graphql does not have',
      actions(relationship(), '⟦Outputt⟧'),
      {
        code,
        message: '"actions.graphql" has no type "Outputt": the Hasura CLI stops here. Did you mean "Output"?',
        serverMessage: undefined,
        fixed: actions(relationship()),
      },
      known,
    ],
    [
      'everything at once: each mistake, and the reasons alone',
      actions(
        relationship({
          source: 'source: ⟦defualt⟧, ',
          table: '{ schema: public, name: ⟦userss⟧ }',
          mapping: '{ ⟦userIdd⟧: id }',
        }),
      ),
      [
        {
          code,
          serverMessage:
            'the remote table "userss" for relationship "user" of object type "Output" does not exist',
        },
        { code },
        {
          code,
          serverMessage: 'the field "userIdd" for relationship "user" in object type "Output" does not exist',
        },
      ],
      known,
    ],
  ]);

  const documents = (type: string) => ({
    'a metadata document': `version: 3\nsources: []\ncustom_types:\n  objects:\n    - ${type}\n`,
    'a request': `type: set_custom_types\nargs:\n  objects:\n    - ${type}\n`,
  });
  const type = (mapping: string) =>
    `{ name: Output, fields: [{ name: userId, type: "uuid!" }, { name: all, type: "[uuid]" }, { name: count, type: Int }], relationships: [${relationship({ mapping }).slice(2).trim()}] }`;

  it.each(Object.entries(documents(type('{ userid: id }'))))('fields of %s', (_, text) =>
    expectFindings(text, [{ code, message: /has no field "userid"\. Did you mean "userId"\?$/ }], known),
  );
  it.each(Object.entries(documents(type('{ all: id }'))))('lists of %s', (_, text) =>
    expectFindings(text, [{ code, message: /^Field "all" is a list/ }], known),
  );
  it.each(Object.entries(documents(type('{ count: id }'))))('types of %s', (_, text) =>
    expectFindings(text, [{ code: 'column-type-mismatch' }], known),
  );
  it.each(Object.entries(documents(type('{ userId: id }'))))('nothing wrong in %s', (_, text) =>
    expectNothing(text, known),
  );

  it.each([
    ['what is right', actions(relationship()), known],
    ['the source that is left out', actions(relationship({ source: '' })), known],
    [
      'a table of another schema',
      actions(relationship({ table: '{ schema: auth, name: accounts }' })),
      known,
    ],
    ['a table in short', actions(relationship({ table: 'users' })), known],
    ['what nothing is known of', actions(relationship({ mapping: '{ a: b }' })), { complete: false }],
    [
      'fields that are not known',
      actions(relationship({ mapping: '{ anything: id }' })),
      { sources: known.sources },
    ],
    ['a type that is no object', 'actions: []\ncustom_types: { objects: [5] }\n', known],
    [
      'types and relationships that are filled in later',
      'actions: []\ncustom_types: { objects: ["!include a.yaml", { name: Output, relationships: ["!include b.yaml"] }] }\n',
      known,
    ],
    [
      'a type without relationships',
      actions('[]\n').replace('relationships:\n        []', 'relationships: []'),
      known,
    ],
    [
      'no types',
      'actions: []\ncustom_types: { enums: [], objects: [], scalars: [], input_objects: [] }\n',
      known,
    ],
  ] as [string, string, Surroundings][])('says nothing of %s', (_, text, around) =>
    expectNothing(text, { ...around, location: { role: 'actions' } }),
  );

  it('leaves remote relationships as they are', () => {
    const { model, joins, actionJoins } = contextOf(actions(relationship()), known);
    expect(model.relationships).toEqual([]);
    expect(joins).toEqual([]);
    expect(actionJoins).toHaveLength(1);
  });
});

describe('the shape of relationships of action types', () => {
  it.each([
    ['types', 'actions: []\ncustom_types: { objects: ⟦5⟧ }\n'],
    ['a relationship', 'actions: []\ncustom_types: { objects: [{ name: Output, relationships: [⟦5⟧] }] }\n'],
    ['relationships', 'actions: []\ncustom_types: { objects: [{ name: Output, relationships: ⟦5⟧ }] }\n'],
  ])('%s that is a number', (_, text) =>
    expectFindings(text, [{ code: 'wrong-kind' }], { ...known, location: { role: 'actions' } }),
  );

  it.each([
    ['no table', '- { ⟦name⟧: user, type: object, field_mapping: { userId: id } }\n', 'missing-key'],
    ['no mapping', '- { ⟦name⟧: user, type: object, remote_table: users }\n', 'missing-key'],
    ['another type', relationship().replace('type: object', 'type: ⟦one⟧'), 'relationship-type'],
    ['a mapping that is a list', relationship({ mapping: '⟦[userId]⟧' }), 'wrong-kind'],
    [
      'a key that nobody reads',
      relationship().replace('type: object', 'type: object, ⟦tabel⟧: users'),
      'unknown-key',
    ],
  ])('%s', (_, text, expected) =>
    expectFindings(actions(text), [{ code: expected, relationship: 'user' }], {
      ...known,
      location: { role: 'actions' },
    }),
  );
});
