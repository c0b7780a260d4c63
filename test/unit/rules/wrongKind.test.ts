import { describe } from 'vitest';
import { definition, inTable, P1 } from './support/definitions.ts';
import { rows } from './support/rows.ts';

const P2 = `${P1}Remote arguments are represented by an object that maps each argument name to its value.`;

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
      'a column that is no string',
      inTable('to_source: { relationship_type: array, source: s, table: t, field_mapping: { id: ⟦1⟧ } }'),
      { code: 'wrong-kind', message: '"id" must be a string, not a number.' },
    ],
  ]);
});
