import { expect, it } from 'vitest';
import { strippedTypeSuffix } from '../../../server/src/join/strippedTypes.ts';
import type { ReadingContext } from '../../../server/src/metadata/relationship.ts';
import { contextOf } from '../support/checkText.ts';

const sources = { shop: {}, warehouse: { kind: 'mssql' } };
const ofTable = (table: string, name = 'r') =>
  `table: ${table}\nremote_relationships: [{ name: ${name}, definition: {} }]\n`;
const ofType = '{ type_name: Person, relationships: [{ name: r, definition: {} }] }';
const shop = { role: 'table', source: 'shop' } as const;

it.each<[string, string, ReadingContext, string | undefined]>([
  ['a table of the default schema', ofTable('customer'), shop, 'customerr'],
  ['a table of another schema', ofTable('{ schema: sales, name: invoice }'), shop, 'sales_invoicer'],
  ['a table with other characters', ofTable('"2024 sales€"'), shop, '2024_sales_r'],
  [
    'a table of another kind of source',
    ofTable('{ schema: dbo, name: bin }'),
    { role: 'table', source: 'warehouse' },
    'binr',
  ],
  [
    'a table of a source that is not known',
    ofTable('customer'),
    { role: 'table', source: 'nowhere' },
    undefined,
  ],
  ['a table of a source that nobody names', ofTable('customer'), { role: 'table' }, undefined],
  ['a table whose name can’t be read', ofTable('7'), shop, undefined],
  ['a relationship whose name can’t be read', ofTable('customer', '7'), shop, undefined],
  [
    'a type, which has no part in it',
    `name: the-people\ndefinition: { url: u }\nremote_relationships: [${ofType}]\n`,
    { role: 'remote-schemas' },
    'the_peopler',
  ],
  ['a type of a remote schema that nobody names', `[${ofType}]`, { role: 'remote-schema-types' }, undefined],
  [
    'a type of actions, whose relationships strip nothing',
    'custom_types: { objects: [{ name: Output, relationships: [{ name: r, type: object, remote_table: customer, field_mapping: {} }] }] }',
    { role: 'actions' },
    undefined,
  ],
])(
  'stripped input types end with the table or remote schema, and the relationship (R55): %s',
  (_, text, location, expected) => {
    const { model, catalogue } = contextOf(text, { sources, location });
    const relationships = [
      ...model.relationships,
      ...model.actionTypes.flatMap((type) => type.relationships),
    ];
    expect(relationships.map((relationship) => strippedTypeSuffix(catalogue, relationship))).toEqual([
      expected,
    ]);
  },
);
