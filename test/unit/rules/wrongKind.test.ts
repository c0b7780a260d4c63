import { describe } from 'vitest';
import { definition, inTable, P1 } from './support/definitions.ts';
import { rows } from './support/rows.ts';

const P2 = `${P1}Remote arguments are represented by an object that maps each argument name to its value.`;

const code = 'wrong-kind';

describe('wrong-kind', () => {
  rows([
    [
      'one name in place of a list',
      inTable(definition.replace('lhs_fields: []', 'lhs_fields: ⟦id⟧')),
      {
        code: 'wrong-kind',
        message: '"lhs_fields" must be a list, not a string.',
        serverMessage: /expected Array, but encountered String/,
        fixed: inTable(definition.replace('lhs_fields: []', 'lhs_fields: [id]')),
      },
    ],
    [
      'an item of the list',
      inTable(definition.replace('lhs_fields: []', 'lhs_fields: [⟦3⟧]')),
      { code: 'wrong-kind', message: 'An item of "lhs_fields" must be a string, not a number.' },
    ],
    [
      'a table that is no name',
      inTable('to_source: { relationship_type: array, source: s, table: ⟦5⟧, field_mapping: { id: id } }'),
      { code: 'wrong-kind', message: '"table" must be a string, an object or a list, not a number.' },
    ],
    [
      'a table that is null',
      'type: mssql_delete_remote_relationship\nargs: { table: ⟦null⟧, name: profile }\n',
      { code: 'wrong-kind', serverMessage: 'expecting a string/object for TableName' },
    ],
    [
      'a table entry whose table is null',
      '- { name: shop, kind: postgres, configuration: {}, tables: [{ table: ⟦null⟧ }] }\n',
      { code: 'wrong-kind', serverMessage: 'expecting a string/object for QualifiedObject' },
      { files: {} },
    ],
    [
      'the lists and the configuration of a table',
      'table: customer\nconfiguration: ⟦[]⟧\ncomputed_fields: ⟦{}⟧\nobject_relationships: ⟦{}⟧\nselect_permissions: ⟦{}⟧\nevent_triggers: ⟦x⟧\nremote_relationships: []\n',
      [
        { code, message: '"configuration" must be an object, not an empty list.' },
        {
          code,
          message: '"computed_fields" must be a list, not an object.',
          serverMessage: 'expected Array, but encountered Object',
        },
        { code, message: '"object_relationships" must be a list, not an object.' },
        { code, message: '"select_permissions" must be a list, not an object.' },
        { code, message: '"event_triggers" must be a list, not a string.' },
      ],
    ],
    [
      'the configuration of columns',
      'table: customer\nconfiguration: { column_config: ⟦[]⟧ }\nremote_relationships: []\n',
      { code, message: '"column_config" must be an object, not an empty list.' },
    ],
    [
      'null for the tables and the configuration of a source',
      '- { name: shop, kind: postgres, configuration: ⟦null⟧, tables: ⟦null⟧ }\n',
      [
        { code, message: '"configuration" must be an object, not null.' },
        {
          code,
          message: '"tables" must be a list, not null.',
          serverMessage: 'expected Array, but encountered Null',
        },
      ],
    ],
    [
      'no document in replace_metadata',
      'type: replace_metadata\nversion: 2\nargs: { metadata: ⟦null⟧ }\n',
      { code, message: '"metadata" must be an object, not null.' },
    ],
    [
      'no sources in a document',
      'version: 3\nsources: ⟦null⟧\nremote_schemas: []\n',
      { code, message: '"sources" must be a list, not null.' },
    ],
    [
      'is_enum',
      'table: customer\nis_enum: "⟦true⟧"\nremote_relationships: []\n',
      {
        code: 'wrong-kind',
        message: '"is_enum" must be a boolean, not a string.',
        serverMessage: 'expected Boolean, but encountered String',
      },
    ],
    [
      'null arguments',
      inTable(definition.replace('arguments: {}', 'arguments: ⟦null⟧')),
      {
        code: 'wrong-kind',
        serverMessage: `${P2}parsing RemoteArguments failed, expected Object, but encountered Null`,
      },
    ],
    [
      'relationships that are no list',
      'table: customer\n⟦remote_relationships⟧:\n  profile:\n    x: 1\n',
      { code: 'wrong-kind', message: '"remote_relationships" must be a list, not an object.' },
      { location: { role: 'table' } },
    ],
    [
      'the same before v2.1.0',
      inTable('remote_schema: people\nhasura_fields: []\nremote_field: { me: { arguments: ⟦[]⟧ } }'),
      { code: 'wrong-kind', serverMessage: 'Remote arguments should be an object of keys.' },
      { serverVersion: '1.3.3' },
    ],
    [
      'an object that is a file of its own, where a list belongs',
      '⟦remote_schemas⟧:\n  - { name: people, definition: { url: u } }\n',
      {
        code,
        message:
          '"remote_schemas" must be a list, not an object: the Hasura CLI takes all that the file holds for the list.',
      },
      { location: { role: 'remote-schemas' } },
    ],
    [
      'a text that is a file of its own, where a list belongs',
      '⟦people⟧\n',
      { code, message: '"remote_schemas" must be a list, not a string.', fixed: '[people]\n' },
      { location: { role: 'remote-schemas' } },
    ],
    [
      'a text of several words, which no brackets make a list',
      inTable(definition.replace('lhs_fields: []', 'lhs_fields: ⟦a b⟧')),
      { code, fixes: [] },
    ],
    [
      'a column that is no string',
      inTable('to_source: { relationship_type: array, source: s, table: t, field_mapping: { id: ⟦1⟧ } }'),
      { code: 'wrong-kind', message: '"id" must be a string, not a number.' },
    ],
  ]);
});
