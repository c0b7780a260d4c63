import { describe, expect, it } from 'vitest';
import { readTableSnapshot, tablesOfSource } from '../../../server/src/schema/tableSnapshot.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

const uri = 'file:///schema/default.tables.json';

function read(value: unknown) {
  return readText(typeof value === 'string' ? value : JSON.stringify(value));
}

function readText(text: string) {
  const snapshot = readTableSnapshot(uri, parse(text, 'json'));
  return {
    ...snapshot,
    said: snapshot.problems.map(({ message, offset, length, severity }) => ({
      message,
      severity,
      text: text.slice(offset, offset + length),
    })),
  };
}

const users = {
  schema: 'public',
  name: 'users',
  columns: [
    { name: 'id', type: 'uuid', nullable: false },
    { name: 'name', type: 'text', nullable: true, description: 'Full name' },
  ],
  computedFields: [{ name: 'full_name', type: 'text', scalar: true, arguments: [] }],
};

describe('readTableSnapshot', () => {
  it('reads tables, columns and computed fields', () => {
    const { tables, problems } = read([users]);
    expect(problems).toEqual([]);
    expect(tables?.complete).toBe(true);
    expect(tables?.tables).toMatchObject([
      {
        name: { form: 'schema', schema: 'public', name: 'users' },
        columns: [
          { name: 'id', type: 'uuid', nullable: false, scalar: true },
          { name: 'name', type: 'text', nullable: true, description: 'Full name' },
        ],
        computedFields: [{ name: 'full_name', type: 'text', scalar: true, arguments: 0 }],
        foreignKeys: undefined,
      },
    ]);
  });

  it('says where names stand', () => {
    const text = JSON.stringify([users]);
    const table = readText(text).tables?.tables[0];
    const at = (location: { offset: number; length: number } | undefined) =>
      location && text.slice(location.offset, location.offset + location.length);
    expect(at(table?.location)).toBe('"users"');
    expect(at(table?.columns?.[1]?.location)).toBe('"name"');
    expect(at(table?.computedFields[0]?.location)).toBe('"full_name"');
  });

  it.each([
    ['a list', [users], ['anything']],
    ['tables with a head', { version: 1, takenAt: '2026-01-01', origin: 'x', tables: [users] }, ['anything']],
    ['lists by source', { shop: [users], helpdesk: [] }, ['shop', 'helpdesk']],
    ['lists by source with a head', { $schema: 'x', version: 1, takenAt: 't', shop: [users] }, ['shop']],
    [
      'lists below sources, whatever these are called',
      { sources: { version: [users], takenAt: [] } },
      ['version', 'takenAt'],
    ],
    ['lists below sources', { version: 1, sources: { shop: { kind: 'mssql', tables: [users] } } }, ['shop']],
  ])('reads %s', (_case, value, sources) => {
    const snapshot = read(value);
    expect(snapshot.said).toEqual([]);
    for (const source of sources) expect(tablesOfSource(snapshot, source)?.complete).toBe(true);
    expect(tablesOfSource(snapshot, sources[0] ?? '')?.tables).toHaveLength(1);
  });

  it('has no tables for a source a keyed snapshot does not name', () => {
    expect(tablesOfSource(read({ shop: [users] }), 'helpdesk')).toBeUndefined();
  });

  it('keeps the time and the origin', () => {
    expect(read({ takenAt: '2026-01-01', origin: 'http://localhost', tables: [] })).toMatchObject({
      takenAt: '2026-01-01',
      origin: 'http://localhost',
    });
  });

  it.each([
    ['bigquery', { dataset: 'shop', name: 'users' }, { form: 'dataset', schema: 'shop', name: 'users' }],
    ['a data connector', { name: ['main', 'Users'] }, { form: 'list', parts: ['main', 'Users'] }],
    ['a name that is a whole table name', { name: { schema: 'a', name: 'b' } }, { schema: 'a', name: 'b' }],
  ])('reads the names of %s', (_case, table, name) => {
    expect(read([table]).tables?.tables[0]?.name).toMatchObject(name);
  });

  it.each<[string, unknown, object]>([
    ['no schema', { schema: null, name: 'users' }, { form: 'schema', schema: undefined, parts: ['users'] }],
    [
      'no schema but a dataset',
      { schema: null, dataset: 'd', name: 'users' },
      { form: 'dataset', schema: 'd' },
    ],
    ['the name alone', { name: 'users' }, { form: 'schema', name: 'users', schema: undefined }],
  ])('reads the names of tables with %s', (_case, table, name) => {
    expect(read([table]).tables?.tables[0]?.name).toMatchObject(name);
  });

  it('has no tables of a source whose tables can’t be read', () => {
    const snapshot = read({ shop: 7, helpdesk: [users] });
    expect(tablesOfSource(snapshot, 'shop')).toBeUndefined();
    expect([...snapshot.bySource.keys()]).toEqual(['helpdesk']);
  });

  it.each([
    ['a schema that is no text', [{ schema: 1, name: 'users' }]],
    ['a name that is no text', [{ schema: 'public', name: 1 }]],
    ['an empty list for a name', [{ name: [] }]],
  ])('reads no table with %s', (_case, tables) => {
    expect(read(tables).tables).toMatchObject({ complete: false, tables: [] });
  });

  it.each([
    ['a list', [{ columns: ['role_id'], table: { schema: 'public', name: 'role' } }]],
    ['a mapping of columns', [{ columns: { role_id: 'id' }, table: 'role' }]],
    [
      'the shape of the server',
      { fk: { foreign_table: { name: 'role' }, column_mapping: { role_id: 'id' } } },
    ],
  ])('reads foreign keys from %s', (_case, foreignKeys) => {
    for (const key of ['foreignKeys', 'foreign_keys']) {
      const { tables, said } = read([{ ...users, [key]: foreignKeys }]);
      expect(said).toEqual([]);
      expect(tables?.tables[0]?.foreignKeys).toMatchObject([
        { columns: ['role_id'], table: { name: 'role' } },
      ]);
    }
  });

  it.each<[string, unknown, string[] | undefined, boolean, string[]]>([
    ['null', null, undefined, true, []],
    ['an object', { id: 'uuid' }, undefined, true, ['"columns" must be a list.']],
    [
      'a list with a word',
      ['id', { name: 'nr' }],
      ['nr'],
      false,
      [expect.stringMatching(/column/) as unknown as string],
    ],
    [
      'a column without a name',
      [{ type: 'uuid' }],
      [],
      false,
      [expect.stringMatching(/column/) as unknown as string],
    ],
    ['a type of two', [{ name: 'tags', type: ['a'] }], ['tags'], true, []],
    [
      'a type that is a number',
      [{ name: 'id', type: 7 }],
      ['id'],
      true,
      [expect.stringMatching(/^The type of a column must be a string/) as unknown as string],
    ],
    ['a type that is null', [{ name: 'id', type: null }], ['id'], true, []],
  ])('takes columns that are %s', (_case, columns, names, complete, messages) => {
    const { tables, said } = read([{ name: 't', columns }]);
    const [table] = tables?.tables ?? [];
    expect(table?.columns?.map(({ name }) => name)).toEqual(names);
    expect(table?.columnsComplete).toBe(complete);
    expect(said.map(({ message }) => message)).toEqual(messages);
  });

  it('says of what is no table that one is expected, and is not complete', () => {
    const { tables, said } = read([users, 'users', 7, { columns: [] }, { name: 5 }]);
    expect(said.map(({ message }) => message)).toEqual([
      'Expected a table: an object with "schema", "name" and "columns".',
      'Expected a table: an object with "schema", "name" and "columns".',
      'This table has no "name".',
      'The name of a table must be a string, or a list of strings for a data connector.',
    ]);
    expect(tables).toMatchObject({ complete: false, tables: [{ name: { name: 'users' } }] });
  });

  it('says where nested values stand that they are no scalars', () => {
    const columns = [
      { name: 'a', type: ['x'] },
      { name: 'b', type: { x: 1 } },
      { name: 'c', type: 'x' },
    ];
    const [table] = read([{ name: 't', columns }]).tables?.tables ?? [];
    expect(table?.columns?.map(({ name, scalar, type }) => [name, scalar, type])).toEqual([
      ['a', false, undefined],
      ['b', false, undefined],
      ['c', true, 'x'],
    ]);
  });

  it('reads what columns and tables may say besides', () => {
    const columns = [
      { name: 'role', type: 'text', enumReference: true, nullable: 'no' },
      { name: 'tags', type: { type: 'array', element_type: 'string' } },
      { name: 'nested', scalar: false },
    ];
    const table = read([{ name: 't', columns, isEnum: true, description: 'd' }]).tables?.tables[0];
    expect(table).toMatchObject({ isEnum: true, description: 'd' });
    expect(table?.columns?.[0]?.nullable).toBeUndefined();
    expect(read([{ name: 't', isEnum: 'yes', description: 7 }]).tables?.tables[0]).toMatchObject({
      isEnum: undefined,
      description: undefined,
    });
    expect(table?.columns?.map((column) => [column.enumReference, column.scalar])).toEqual([
      [true, true],
      [undefined, false],
      [undefined, false],
    ]);
  });

  it('does not know the columns of a table that does not list them', () => {
    expect(read([{ name: 't' }]).tables?.tables[0]?.columns).toBeUndefined();
    expect(read([{ name: 't', columns: null }]).tables?.tables[0]?.columns).toBeUndefined();
    expect(read([{ name: 't', columns: [] }]).tables?.tables[0]?.columns).toEqual([]);
  });

  it.each([
    ['an empty file', '', ''],
    ['a number', '7', '7'],
    ['a string', '"tables"', '"tables"'],
    ['an empty object', '{}', '{}'],
    ['null', 'null', 'null'],
    ['sources that are a list', '{"sources":[[]]}', '{"sources":[[]]}'],
    ['sources that are a text', '{"sources":"shop"}', '{"sources":"shop"}'],
  ])('refuses %s', (_case, text, location) => {
    const { tables, bySource, said } = readText(text);
    expect(tables).toBeUndefined();
    expect(bySource.size).toBe(0);
    expect(said).toMatchObject([
      { severity: 'error', text: location, message: expect.stringMatching(/list of tables/) },
    ]);
  });

  it.each([
    ['tables that are no list', '{"tables": {}}', '"tables"'],
    ['a source that is no list', '{"shop": 1}', '"shop"'],
    ['an introspection result', '{"data": {"__schema": {}}}', '"data"'],
  ])('refuses %s', (_case, text, location) => {
    const { said } = readText(text);
    expect(said).toEqual([{ severity: 'error', text: location, message: 'Expected a list of tables.' }]);
  });

  it.each([
    ['a number', 7, '7'],
    ['no name', { schema: 'public' }, '{"schema":"public"}'],
    ['a name that is none', { name: 3 }, '3'],
    ['a list name with a number', { name: ['a', 1] }, '["a",1]'],
  ])('reports an entry with %s and keeps the others', (_case, entry, location) => {
    const { tables, said } = read([entry, users]);
    expect(said).toMatchObject([{ severity: 'error', text: location }]);
    expect(tables?.tables.map((table) => table.name.name)).toEqual(['users']);
    expect(tables?.complete).toBe(false);
  });

  it.each([
    ['a column that is none', { columns: [{ name: 'id' }, 5] }, '5'],
    ['a column without a name', { columns: [{ name: 'id' }, {}] }, '{}'],
    ['a computed field without a name', { columns: [{ name: 'id' }], computedFields: [{ name: 1 }] }, '1'],
  ])('reports %s and keeps the others', (_case, rest, location) => {
    const { tables, said } = read([{ name: 't', ...rest }]);
    expect(said).toMatchObject([{ severity: 'error', text: location }]);
    expect(tables?.tables[0]).toMatchObject({ columnsComplete: false, columns: [{ name: 'id' }] });
  });

  it.each([
    ['columns', { columns: {} }, '{}', 'error'],
    ['a type', { columns: [{ name: 'a', type: 4 }] }, '4', 'warning'],
    ['foreign keys', { foreignKeys: [3] }, '[3]', 'warning'],
    ['foreign keys', { foreignKeys: 3 }, '3', 'warning'],
    ['a foreign key without columns', { foreignKeys: [{ table: 'a' }] }, '[{"table":"a"}]', 'warning'],
    [
      'a foreign key without a table',
      { foreignKeys: [{ columns: ['a'] }] },
      '[{"columns":["a"]}]',
      'warning',
    ],
    ['an empty name', { columns: [{ name: '' }] }, '""', 'error'],
  ])('reports %s of a wrong kind', (_case, rest, location, severity) => {
    expect(read([{ name: 't', ...rest }]).said).toMatchObject([{ severity, text: location }]);
  });

  it('takes nothing for complete in a file that is cut off', () => {
    const text = JSON.stringify([users, users]);
    for (let length = 0; length < text.length; length += 1) {
      const { tables } = readText(text.slice(0, length));
      expect(tables?.complete ?? false).toBe(false);
    }
  });
});
