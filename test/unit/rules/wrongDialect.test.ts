import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

describe('wrong-dialect', () => {
  const request = (type: string, source: string) =>
    `type: ${type}\nargs: { source: ${source}, table: customer, name: profile }\n`;
  const sources = {
    shop: { kind: 'postgres' },
    crm: { kind: 'mssql' },
    wh: { kind: 'snowflake' },
    odd: { kind: 'citus' },
  };
  rows([
    [
      'pg for mssql',
      request('⟦pg_delete_remote_relationship⟧', 'crm'),
      {
        code: 'wrong-dialect',
        severity: 'error',
        serverMessage: 'table "customer" does not exist in source: crm',
        fixed: request('mssql_delete_remote_relationship', 'crm'),
      },
      { sources },
    ],
    [
      'unprefixed for mssql',
      request('⟦delete_remote_relationship⟧', 'crm'),
      { code: 'wrong-dialect', message: /^A command without a prefix is for postgres; source "crm"/ },
      { sources },
    ],
    [
      'a table that can’t be read',
      'type: ⟦pg_delete_remote_relationship⟧\nargs: { source: crm, table: ⟦5⟧, name: profile }\n',
      [
        {
          code: 'wrong-dialect',
          serverMessage: undefined,
          message: /^"pg_…" commands are for postgres; source "crm"/,
        },
        { code: 'wrong-kind' },
      ],
      { sources },
    ],
    [
      'pg for citus',
      request('⟦pg_delete_remote_relationship⟧', 'odd'),
      { code: 'wrong-dialect' },
      { sources },
    ],
    [
      'a data connector for postgres',
      request('⟦snowflake_delete_remote_relationship⟧', 'shop'),
      { code: 'wrong-dialect', fixed: request('pg_delete_remote_relationship', 'shop') },
      { sources },
    ],
  ]);
  it.each([
    ['pg', 'shop'],
    ['postgres', 'shop'],
    ['mssql', 'crm'],
    ['snowflake', 'wh'],
    ['sqlite', 'wh'],
  ])('is not reported: %s for %s', (prefix, source) =>
    expectNothing(request(`${prefix}_delete_remote_relationship`, source), { sources }),
  );
  it('is not reported for a source nobody knows', () =>
    expectNothing(request('pg_delete_remote_relationship', 'other')));
});
