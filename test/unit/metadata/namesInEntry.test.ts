import { describe, expect, it } from 'vitest';
import { namesInEntry } from '../../../server/src/metadata/namesInEntry.ts';
import { covered, readText } from './support.ts';

/** The columns that an entry names, and the tables with theirs: `orders(user_id)`. */
function names(keys: string): [columns: string[], tables: string[]] {
  const { model, tree } = readText(`table: t\n${keys}\n`, 'yaml', { role: 'table' });
  const [entry] = model.tables;
  if (entry === undefined) throw new Error('no table');
  const { columns, tables } = namesInEntry(entry);
  for (const { value, node } of columns) expect(covered(tree, node)).toMatch(new RegExp(`^['"]?${value}`));
  return [
    columns.map(({ value }) => value),
    tables.map(
      ({ table, columns: others }) => `${table.value.name}(${others.map(({ value }) => value).join()})`,
    ),
  ];
}

const permission = (written: string, kind = 'select') =>
  `${kind}_permissions: [{ role: r, permission: ${written} }]`;

describe('the columns that permissions name', () => {
  it.each<[string, string[]]>([
    ...['select', 'insert', 'update', 'delete'].map((kind): [string, string[]] => [
      permission('{ columns: [a] }', kind),
      ['a'],
    ]),
    ['other_permissions: [{ role: r, permission: { columns: [a] } }]', []],
    [permission('{ columns: [a, b] }'), ['a', 'b']],
    [permission('{ columns: "*" }'), []],
    [permission('{ columns: [a, 7, null, "!include b"] }'), ['a']],
    [permission('{ columns: "!include c.yaml" }'), []],
    [permission('{ computed_fields: [full_name] }'), ['full_name']],
    [permission('{ set: { a: 1, b: x-hasura-user-id } }', 'insert'), ['a', 'b']],
    [permission('{ set: "!include s.yaml" }', 'insert'), []],
    [permission('{ filter: { a: { _eq: 1 } } }'), ['a']],
    [permission('{ check: { a: { _eq: 1 } } }', 'insert'), ['a']],
    [permission('{ filter: { a: { _eq: 1 } }, check: { b: { _is_null: true } } }', 'update'), ['a', 'b']],
    [permission('{ other: { a: { _eq: 1 } } }'), []],
    [permission('{ filter: { a: { $eq: 1 } } }'), ['a']],
    [permission('{ filter: { a: 1, b: { _gt: 1, _lt: 5 } } }'), ['a', 'b']],
    [permission('{ filter: {} }'), []],
    [permission('{ filter: "!include f.yaml" }'), []],
    [permission('{ filter: { _and: [{ a: { _eq: 1 } }, { b: { _eq: 1 } }] } }'), ['a', 'b']],
    [permission('{ filter: { $or: [{ a: { _eq: 1 } }] } }'), ['a']],
    [permission('{ filter: { _not: { a: { _eq: 1 } } } }'), ['a']],
    [permission('{ filter: { _not: { _and: [{ _or: [{ a: { _eq: 1 } }] }] } } }'), ['a']],
    // Of another table.
    [permission('{ filter: { user: { name: { _eq: 1 } } } }'), []],
    [permission('{ filter: { user: { first_name: { _eq: 1 } } } }'), []],
    [permission('{ filter: { user: { _and: [{ a: { _eq: 1 } }] } } }'), []],
    [permission('{ filter: { user: { _or: [] } } }'), []],
    [permission('{ filter: { user: { _not: {} } } }'), []],
    [permission('{ filter: { user: { _exists: {} } } }'), []],
    [permission('{ filter: { user: {} } }'), []],
    [permission('{ filter: { user: [] } }'), []],
    [permission('{ filter: { user: { _eq: 1, name: { _eq: 1 } } } }'), []],
    [permission('{ filter: { a: { _existsing: 1 } } }'), ['a']],
    [permission('{ filter: { _exists: { _table: o, _where: { a: { _eq: 1 } } } } }'), []],
    [permission('{ filter: { $exists: { _table: o } } }'), []],
    ['select_permissions: { role: r, permission: { columns: [a] } }', []],
    ['select_permissions: "!include p.yaml"', []],
    [
      'select_permissions: ["!include p.yaml", { role: r, permission: { columns: [a] } }, 7, { role: r }]',
      ['a'],
    ],
  ])('%s', (keys, columns) => expect(names(keys)).toEqual([columns, []]));

  it('looks no deeper than anyone writes', () => {
    const nested = (depth: number) => `${'{ _not: '.repeat(depth)}{ a: { _eq: 1 } }${' }'.repeat(depth)}`;
    expect(names(permission(`{ filter: ${nested(50)} }`))).toEqual([['a'], []]);
    expect(names(permission(`{ filter: ${nested(51)} }`))).toEqual([[], []]);
  });
});

describe('the columns that event triggers name', () => {
  it.each<[string, string[]]>([
    ['{ update: { columns: [a, b], payload: [c] }, insert: { columns: "*" } }', ['a', 'b', 'c']],
    ['{ enable_manual: true }', []],
    ['"!include d.yaml"', []],
    ['null', []],
  ])('%s', (definition, columns) => {
    expect(names(`event_triggers: [{ name: e, definition: ${definition} }]`)).toEqual([columns, []]);
  });
});

describe('the columns and tables that relationships inside the source name', () => {
  it.each<[string, string[], string[]]>([
    ['{ foreign_key_constraint_on: a }', ['a'], []],
    ['{ foreign_key_constraint_on: [a, b] }', ['a', 'b'], []],
    ['{ foreign_key_constraint_on: { table: o, column: x } }', [], ['o(x)']],
    ['{ foreign_key_constraint_on: { table: { schema: s, name: o }, columns: [x, y] } }', [], ['o(x,y)']],
    ['{ foreign_key_constraint_on: { column: x } }', [], []],
    ['{ foreign_key_constraint_on: { table: "!include t.yaml", column: x } }', [], []],
    ['{ foreign_key_constraint_on: "!include k.yaml" }', [], []],
    ['{ manual_configuration: { remote_table: o, column_mapping: { a: x, b: y } } }', ['a', 'b'], ['o(x,y)']],
    ['{ manual_configuration: { remote_table: o, column_mapping: { a: 7 } } }', ['a'], ['o()']],
    ['{ manual_configuration: { remote_table: o } }', [], []],
    ['{ manual_configuration: { column_mapping: { a: x } } }', ['a'], []],
    ['{}', [], []],
    ['null', [], []],
  ])('%s', (using, columns, tables) => {
    for (const kind of ['object', 'array']) {
      expect(names(`${kind}_relationships: [{ name: r, using: ${using} }, { name: s }]`)).toEqual([
        columns,
        tables,
      ]);
    }
  });

  it('are none of other keys', () =>
    expect(names('remote_relationships: [{ name: r, using: { foreign_key_constraint_on: a } }]')).toEqual([
      [],
      [],
    ]));
});
