import type { PGlite, Results } from '@electric-sql/pglite';
import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';

/** The last result of some SQL: every value as the database writes it. */
export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What went wrong in the database, with its SQLSTATE. */
export interface SqlFailure {
  readonly message: string;
  readonly code: string;
  readonly hint: string | null;
  readonly detail: string | null;
}

export async function runSql(database: PGlite, sql: string, readOnly: boolean): Promise<SqlResult> {
  const parsers = Object.fromEntries(
    Object.keys(database.parsers).map((id) => [id, (text: string) => text] as const),
  );
  const results: Results[] = await database.transaction(async (transaction) => {
    if (readOnly) await transaction.exec('SET TRANSACTION READ ONLY');
    return transaction.exec(sql, { rowMode: 'array', parsers });
  });
  const last = results.at(-1);
  return {
    columns: (last?.fields ?? []).map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID })),
    rows: (last?.rows ?? []) as unknown as (string | null)[][],
  };
}

export function sqlFailure(error: unknown): SqlFailure {
  const { message, code, hint, detail } = error as {
    message: string;
    code?: string;
    hint?: string;
    detail?: string;
  };
  return { message, code: code ?? '', hint: hint ?? null, detail: detail ?? null };
}

/** `run_sql` of the Postgres kinds: all values are strings, NULL arrives as the text `NULL` (spec 7.1). */
export function postgresAnswer({ columns, rows }: SqlResult): Json {
  if (columns.length === 0) return { result_type: 'CommandOk', result: null };
  const header = columns.map(({ name }) => name);
  return {
    result_type: 'TuplesOk',
    result: [header, ...rows.map((row) => row.map((value) => value ?? 'NULL'))],
  };
}

export function postgresRefusal(error: unknown, sql: string): Refusal {
  const { message, code, hint, detail } = sqlFailure(error);
  return new Refusal('postgres-error', 'query execution failed', {
    internal: {
      statement: sql,
      prepared: false,
      arguments: [],
      error: { exec_status: 'FatalError', hint, message, status_code: code, description: detail },
    },
  });
}

const numberTypes = new Set([20, 21, 23, 26, 700, 701, 1700]);

/** `run_sql` of the other kinds: JSON values, and an answer of its own for no rows. */
export function jsonAnswer({ columns, rows }: SqlResult, empty: Json): Json {
  if (columns.length === 0 || rows.length === 0) return empty;
  const jsonOf = (value: string | null, typeId: number | undefined): Json => {
    if (value === null) return null;
    if (typeId === 16) return value === 't';
    if (typeId === 114 || typeId === 3802) return JSON.parse(value) as Json;
    return numberTypes.has(typeId ?? 0) && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  };
  return {
    result_type: 'TuplesOk',
    result: [
      columns.map(({ name }) => name),
      ...rows.map((row) => row.map((value, index) => jsonOf(value, columns[index]?.typeId))),
    ],
  };
}
