import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import {
  cockroachColumns,
  postgresColumns,
  postgresForeignKeys,
  postgresFunctions,
} from '../../../common/src/metadataApi/pull/catalogueQueries.ts';
import {
  addBigQueryInspection,
  addColumnRows,
  addForeignKeyRows,
  addTableInfo,
  addTableNames,
  formatSnapshot,
  formatSnapshots,
  readRows,
  SnapshotBuilder,
  type SnapshotTable,
} from '../../../common/src/metadataApi/pull/snapshot.ts';
import { readTableSnapshot } from '../../../server/src/schema/tableSnapshot.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

/** What the language server makes of a snapshot. */
function readBack(tables: readonly SnapshotTable[]) {
  const text = formatSnapshot(tables, { origin: 'http://127.0.0.1:8080', takenAt: '2026-05-01T12:00:00Z' });
  return { text, snapshot: readTableSnapshot('file:///s.json', parse(text, 'json')) };
}

function tablesOf(kind: string, fill: (builder: SnapshotBuilder) => void): readonly SnapshotTable[] {
  const builder = new SnapshotBuilder(kind);
  fill(builder);
  return builder.tables();
}

describe('run_sql answers', () => {
  it.each<[string, Json, Json | undefined]>([
    ['rows below a header', { result_type: 'TuplesOk', result: [['a'], ['1'], ['2']] }, [['1'], ['2']]],
    ['a header alone', { result_type: 'TuplesOk', result: [['a']] }, []],
    ['an empty row without header, as BigQuery', { result_type: 'TuplesOk', result: [[]] }, []],
    ['no result, as MSSQL', { result_type: 'CommandOk', result: null }, []],
    ['no result key', { result_type: 'CommandOk' }, []],
    ['something else', { message: 'success' }, undefined],
    ['nothing', null, undefined],
  ])('%s', (_what, answer, rows) => {
    expect(readRows(answer)).toEqual(rows);
  });
});

describe('tables', () => {
  const rows = [
    ['sales', 'invoice', 'id', 'integer', 'false'],
    ['public', 'users', 'name', 'text', 't'],
    ['public', 'users', 'id', 'uuid', 'NO'],
  ];
  const expected = [
    {
      schema: 'public',
      name: 'users',
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'name', type: 'text', nullable: true },
      ],
    },
    { schema: 'sales', name: 'invoice', columns: [{ name: 'id', type: 'integer', nullable: false }] },
  ];

  it('come out sorted, in whatever order they came', () => {
    expect(tablesOf('postgres', (builder) => addColumnRows(builder, rows))).toEqual(expected);
    expect(tablesOf('postgres', (builder) => addColumnRows(builder, [...rows].reverse()))).toEqual(expected);
  });

  it('of MSSQL may have other kinds of values', () => {
    const tables = tablesOf('mssql', (builder) =>
      addColumnRows(builder, [
        ['dbo', 't', 'c', null, 'YES'],
        ['dbo', 't', 'd', 'int', null],
        [null, 1, 'x'],
        [null, 't', 'x'],
        ['dbo', null, 'x'],
        ['dbo', 't', null],
      ]),
    );
    expect(tables).toEqual([
      {
        schema: 'dbo',
        name: 't',
        columns: [
          { name: 'c', nullable: true },
          { name: 'd', type: 'int' },
        ],
      },
    ]);
  });

  it('have the foreign keys with their columns in order', () => {
    const tables = tablesOf('postgres', (builder) => {
      addColumnRows(builder, rows);
      addForeignKeyRows(builder, [
        ['public', 'users', 'b', 'q', 'sales', 'invoice'],
        ['public', 'users', 'b', 'p', 'sales', 'invoice'],
        ['public', 'users', 'a', 'id', 'public', 'role'],
        ['public', 'users', 'cut', 'off'],
      ]);
    });
    expect(tables[0]?.foreignKeys).toEqual([
      { columns: ['id'], table: { schema: 'public', name: 'role' } },
      { columns: ['q', 'p'], table: { schema: 'sales', name: 'invoice' } },
    ]);
  });

  it('of get_table_info', () => {
    const tables = tablesOf('postgres', (builder) => {
      const info = {
        name: { schema: 'public', name: 'users' },
        columns: [
          { name: 'name', type: 'text', nullable: true, insertable: true },
          { name: 'id', type: 'uuid', nullable: false },
          {},
        ],
        foreign_keys: {
          k: { foreign_table: { schema: 'public', name: 'role' }, column_mapping: { role: 'value' } },
          odd: {},
          lost: { column_mapping: { role: 'value' } },
          bare: { foreign_table: { schema: 'public', name: 'role' } },
        },
      };
      expect([info, null, {}, { name: 'x' }].map((each) => addTableInfo(builder, each))).toEqual([
        true,
        false,
        false,
        false,
      ]);
    });
    expect(tables).toEqual([
      { ...expected[0], foreignKeys: [{ columns: ['role'], table: { schema: 'public', name: 'role' } }] },
    ]);
  });

  it('of a data connector, with nested columns and tables that are not tracked', () => {
    const nested = { type: 'object', name: 'address' };
    const tables = tablesOf('mongo', (builder) => {
      addTableInfo(builder, {
        name: ['db', 'users'],
        columns: [{ name: 'a', type: nested }, { name: '_id', type: 'objectId' }, { name: 'b' }],
      });
      addTableInfo(builder, { name: 3, columns: [{ name: 'a', type: 'int' }] });
      expect(addTableNames(builder, [['db', 'users'], ['db', 'other'], 3])).toBe(true);
      expect(addTableNames(builder, {})).toBe(false);
    });
    expect(tables).toEqual([
      { name: ['db', 'other'] },
      {
        name: ['db', 'users'],
        columns: [{ name: '_id', type: 'objectId' }, { name: 'a', type: nested }, { name: 'b' }],
      },
    ]);
    const { snapshot } = readBack(tables);
    expect(snapshot.problems).toEqual([]);
    expect(snapshot.tables?.tables).toMatchObject([
      { name: { form: 'list', parts: ['db', 'other'] }, columns: undefined },
      { columns: [{ scalar: true }, { scalar: false }, { name: 'b' }] },
    ]);
  });

  it('of BigQuery', () => {
    const columns = [
      { column_name: 'id', data_type: 'INT64', is_nullable: 'NO', ordinal_position: '1' },
      { column_name: 'tags', data_type: 'ARRAY<STRING>', is_nullable: 'YES' },
    ];
    const answer: JsonObject = {
      result_type: 'TuplesOk',
      result: [
        ['table_catalog', 'table_schema', 'table_name', 'columns'],
        ['p', 'd', 'users', JSON.stringify(columns)],
        ['p', 'd', 'broken', '[{'],
        ['p', 'd'],
        ['p', null, 'lost', '[]'],
      ],
    };
    const tables = tablesOf('bigquery', (builder) => {
      expect(addBigQueryInspection(builder, answer)).toBe(true);
      for (const header of [
        ['x'],
        ['table_schema', 'table_name'],
        ['table_schema', 'columns'],
        ['columns', 'table_name'],
      ])
        expect(addBigQueryInspection(builder, { result: [header, ['y', 'z']] })).toBe(false);
      expect(addBigQueryInspection(builder, { result: [[]] })).toBe(true);
    });
    expect(tables).toEqual([
      { dataset: 'd', name: 'broken' },
      {
        dataset: 'd',
        name: 'users',
        columns: [
          { name: 'id', type: 'INT64', nullable: false },
          { name: 'tags', type: 'ARRAY<STRING>', nullable: true },
        ],
      },
    ]);
    expect(readBack(tables).snapshot.problems).toEqual([]);
  });

  it('are written a line for each column, and read back by the language server', () => {
    const { text, snapshot } = readBack([
      {
        ...expected[0],
        name: 'users',
        computedFields: [{ name: 'full', type: 'text', scalar: true, arguments: ['sep'] }],
        foreignKeys: [{ columns: ['role', 'site'], table: { schema: 'public', name: 'role' } }],
      },
      { schema: 'public', name: 'empty', columns: [] },
    ]);
    expect(text).toBe(`{
  "origin": "http://127.0.0.1:8080",
  "takenAt": "2026-05-01T12:00:00Z",
  "tables": [
    {
      "schema": "public",
      "name": "users",
      "columns": [
        { "name": "id", "type": "uuid", "nullable": false },
        { "name": "name", "type": "text", "nullable": true }
      ],
      "computedFields": [
        { "name": "full", "type": "text", "scalar": true, "arguments": ["sep"] }
      ],
      "foreignKeys": [
        { "columns": ["role", "site"], "table": { "schema": "public", "name": "role" } }
      ]
    },
    {
      "schema": "public",
      "name": "empty",
      "columns": []
    }
  ]
}
`);
    expect(snapshot).toMatchObject({
      problems: [],
      origin: 'http://127.0.0.1:8080',
      takenAt: '2026-05-01T12:00:00Z',
      tables: {
        complete: true,
        tables: [
          {
            computedFields: [{ name: 'full', arguments: 1 }],
            foreignKeys: [{ columns: ['role', 'site'], table: { name: 'role' } }],
          },
          { columns: [] },
        ],
      },
    });
    expect(
      formatSnapshots(
        new Map([
          ['shop', []],
          ['crm', [{ name: ['main', 'a'] }]],
        ]),
      ),
    ).toBe('{\n  "crm": [\n    {\n      "name": ["main", "a"]\n    }\n  ],\n  "shop": []\n}\n');
    expect(formatSnapshot([])).toBe('{\n  "tables": []\n}\n');
    expect(readBack([]).snapshot.tables).toEqual({ tables: [], complete: true });
  });
});

it('the statements say what a Postgres has', async () => {
  const database = await PGlite.create();
  await database.exec(`
    CREATE SCHEMA sales;
    CREATE DOMAIN email AS varchar(50) NOT NULL;
    CREATE TABLE role (value text PRIMARY KEY);
    CREATE TABLE users (id uuid PRIMARY KEY, dropped int, tags int[], mail email, role text REFERENCES role);
    ALTER TABLE users DROP COLUMN dropped;
    CREATE TABLE sales.pair (a int, b int, PRIMARY KEY (a, b));
    CREATE TABLE sales.line (p int, q int, FOREIGN KEY (q, p) REFERENCES sales.pair (a, b));
    CREATE VIEW ids AS SELECT id FROM users;
    CREATE FUNCTION label(u users, session json, sep text) RETURNS text LANGUAGE sql STABLE AS 'SELECT u.role';
    CREATE FUNCTION peers(users) RETURNS SETOF users LANGUAGE sql STABLE AS 'SELECT * FROM users';
  `);
  const rows = async (sql: string) =>
    (await database.query<string[]>(sql, [], { rowMode: 'array' })).rows.map((row) => row.map(String));

  expect((await rows(postgresColumns)).map((row) => row.join(' '))).toEqual([
    'public ids id uuid true',
    'public role value text false',
    'public users id uuid false',
    'public users mail character varying(50) true',
    'public users role text true',
    'public users tags integer[] true',
    'sales line p integer true',
    'sales line q integer true',
    'sales pair a integer false',
    'sales pair b integer false',
  ]);
  expect((await rows(postgresForeignKeys)).map((row) => row.join(' '))).toEqual([
    'public users users_role_fkey role public role',
    'sales line line_q_p_fkey q sales pair',
    'sales line line_q_p_fkey p sales pair',
  ]);
  const functions = ['label', 'peers', "it's"].map((name) => ({ schema: 'public', name }));
  expect(await rows(postgresFunctions(functions))).toEqual([
    ['public', 'label', 'text', 'b', 'false', '3', '["u","session","sep"]'],
    ['public', 'peers', 'users', 'c', 'true', '1', '[]'],
  ]);
  expect((await rows(cockroachColumns)).map((row) => row.slice(0, 3).join(' '))).toContain('sales line q');
  await database.close();
}, 30_000);
