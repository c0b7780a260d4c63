import { describe, expect, it } from 'vitest';
import { snapshotTableKey, tableKey, tableText } from '../../../server/src/catalogue/tableNames.ts';
import { type TableName, tableNameOf } from '../../../server/src/schema/tableName.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

function table(json: unknown): TableName {
  const root = parse(JSON.stringify(json), 'json').roots[0];
  const name = root && tableNameOf(root);
  if (name === undefined) throw new Error('no table name');
  return name;
}

describe('tableText', () => {
  it.each<[string | undefined, unknown, string]>([
    ['postgres', 'customer', 'customer'],
    ['postgres', { schema: 'public', name: 'customer' }, 'customer'],
    ['postgres', { name: 'customer' }, 'customer'],
    ['postgres', { schema: 'sales', name: 'customer' }, 'sales.customer'],
    ['postgres', { schema: 'dbo', name: 'customer' }, 'dbo.customer'],
    ['citus', { schema: 'public', name: 'customer' }, 'customer'],
    ['cockroach', { schema: 'sales', name: 'customer' }, 'sales.customer'],
    ['mssql', { schema: 'dbo', name: 'customer' }, 'customer'],
    ['mssql', { schema: 'public', name: 'customer' }, 'public.customer'],
    ['bigquery', { dataset: 'shop', name: 'customer' }, 'shop.customer'],
    ['bigquery', { dataset: 'public', name: 'customer' }, 'public.customer'],
    ['sqlite', ['main', 'Customer'], 'main.Customer'],
    ['sqlite', 'Customer', 'Customer'],
    [undefined, { schema: 'public', name: 'customer' }, 'customer'],
    [undefined, { dataset: 'public', name: 'customer' }, 'public.customer'],
    [undefined, { schema: 'sales', name: 'customer' }, 'sales.customer'],
  ])('%s %j: %s', (kind, name, text) => {
    expect(tableText(kind, table(name))).toBe(text);
  });
});

describe('tableKey', () => {
  it.each<[string | undefined, unknown, unknown]>([
    ['postgres', 'customer', { schema: 'public', name: 'customer' }],
    ['citus', { name: 'customer' }, { schema: 'public', name: 'customer' }],
    ['mssql', 'customer', { schema: 'dbo', name: 'customer' }],
    ['sqlite', 'Customer', ['Customer']],
    [undefined, 'customer', { schema: 'public', name: 'customer' }],
    [undefined, 'customer', { schema: 'dbo', name: 'customer' }],
    [undefined, ['Customer'], 'Customer'],
    [undefined, ['shop', 'customer'], { dataset: 'shop', name: 'customer' }],
  ])('%s: %j is %j', (kind, left, right) => {
    expect(tableKey(kind, table(left))).toBe(tableKey(kind, table(right)));
    expect(tableKey(kind, table(left))).toBeDefined();
  });

  it.each<[string | undefined, unknown, unknown]>([
    ['postgres', 'customer', 'Customer'],
    ['postgres', 'sales.customer', { schema: 'sales', name: 'customer' }],
    ['postgres', 'customer', { schema: 'dbo', name: 'customer' }],
    ['mssql', 'customer', { schema: 'public', name: 'customer' }],
    ['sqlite', ['main', 'Customer'], ['Customer']],
    [undefined, 'customer', { schema: 'sales', name: 'customer' }],
  ])('%s: %j is not %j', (kind, left, right) => {
    expect(tableKey(kind, table(left))).not.toBe(tableKey(kind, table(right)));
  });

  it.each<[string, unknown]>([
    ['postgres', ['public', 'customer']],
    ['postgres', { dataset: 'shop', name: 'customer' }],
    ['bigquery', 'customer'],
    ['bigquery', { schema: 'shop', name: 'customer' }],
    ['sqlite', { schema: 'main', name: 'Customer' }],
  ])('%s does not take %j', (kind, name) => {
    expect(tableKey(kind, table(name))).toBeUndefined();
  });
});

describe('snapshotTableKey', () => {
  it.each<[string, unknown, unknown]>([
    ['bigquery', { schema: 'shop', name: 'customer' }, { dataset: 'shop', name: 'customer' }],
    ['sqlite', { schema: 'main', name: 'Customer' }, ['main', 'Customer']],
    ['postgres', ['customer'], 'customer'],
    ['mssql', ['dbo', 'customer'], 'customer'],
  ])('%s: %j stands for %j', (kind, snapshot, metadata) => {
    expect(snapshotTableKey(kind, table(snapshot))).toBe(tableKey(kind, table(metadata)));
  });
});

describe('tableNameOf', () => {
  it.each(['7', 'null', '{}', '{"schema":"a"}', '[]', '["a",1]', '{"name":3}', '{"name":[]}'])(
    '%s is no table name',
    (json) => {
      expect(tableNameOf(parse(json, 'json').roots[0] ?? expect.fail())).toBeUndefined();
    },
  );
});

describe('tableNameOf', () => {
  const name = (form: TableName['form'], schema?: string, parts = ['x']): TableName => ({
    form,
    name: parts.at(-1) ?? '',
    schema,
    parts,
  });

  it.each<[string, TableName | 'unknown' | undefined]>([
    ['"x"', name('string')],
    ['{"name": "x"}', name('schema')],
    ['{"name": "x", "schema": null}', name('schema')],
    ['{"name": "x", "schema": "s", "dataset": "d"}', name('schema', 's')],
    ['{"name": "x", "schema": null, "dataset": "d"}', name('dataset', 'd')],
    ['["m", "x"]', name('list', undefined, ['m', 'x'])],
    ['["x", 1]', undefined],
    ['[]', undefined],
    ['{}', undefined],
    ['{"name": 1}', undefined],
    ['{"name": "x", "schema": 1}', undefined],
    ['{"name": "x", "dataset": true}', undefined],
    ['null', undefined],
    ['7', undefined],
    // What says nothing.
    ['["m", ""]', 'unknown'],
    ['["", 1]', 'unknown'],
    ['{"name": "", "schema": "s"}', 'unknown'],
    ['{"name": "x", "schema": ""}', 'unknown'],
    ['{"name": "x", "dataset": ""}', 'unknown'],
    ['{"name": 1, "schema": ""}', 'unknown'],
    ['{"schema": "s"}', undefined],
  ])('%s', (text, expected) => {
    const [root] = parse(text, 'json').roots;
    expect(root && tableNameOf(root, (part) => part.value === '')).toEqual(expected);
    // Nothing says nothing unless it is said what does.
    if (root !== undefined && expected !== 'unknown') expect(tableNameOf(root)).toEqual(expected);
  });

  it('a null that says nothing is no default', () => {
    const [root] = parse('{"name": "x", "schema": null}', 'json').roots;
    expect(root && tableNameOf(root, (part) => part.kind === 'null')).toBe('unknown');
  });
});
