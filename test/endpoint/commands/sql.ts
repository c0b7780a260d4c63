import type { At } from '../at.ts';
import type { State } from '../consistency/state.ts';
import { addressOf } from '../databases/address.ts';
import { jsonAnswer, postgresAnswer, postgresRefusal, runSql, sqlFailure } from '../databases/sql.ts';
import { buildState, forget } from '../facts.ts';
import type { Json } from '../json.ts';
import { isPostgresLike, type Kind } from '../kinds.ts';
import { Refusal } from '../refusal.ts';
import type { Context, Prefixed } from './command.ts';
import { consistentSource, sourceEntry } from './lookup.ts';

/** Words that make the server look at its metadata again after the statement. */
const postgresDefinitions = /\b(alter|drop|replace|create function|comment on)\b/i;
const mssqlDefinitions = /\b(alter|drop|sp_rename)\b/i;

/**
 * `run_sql` of every kind (spec 7.1 (c)). Statements that change tables are carried out, the source is read again
 * after them, and what they break shows as inconsistent: the server would ask for `cascade` first.
 */
export const sqlCommands: Readonly<Record<string, Prefixed>> = {
  run_sql: {
    read: (args, kind) => {
      const sql = args.required('sql').string();
      const source = readSource(args, kind);
      const readOnly = args.optional('read_only')?.boolean() ?? false;
      const cascade = args.optional('cascade')?.boolean() ?? false;
      if (kind.family === 'connector' && (readOnly || cascade)) {
        args.fail(`${readOnly ? 'read_only' : 'cascade'} is not supported by data connectors`);
      }
      const check = args.optional('check_metadata_consistency')?.boolean();
      const refreshes = check ?? looksLikeDefinition(sql, kind, readOnly);
      return {
        readOnly: !refreshes,
        run: async (state, context) => {
          const answer = await execute(state, context, { source, sql, kind, readOnly });
          if (!refreshes) return { answer };
          const facts = forget(state, { sources: (name) => name === source, remoteSchemas: () => false });
          return { answer, state: await buildState(state.metadata, facts, context) };
        },
      };
    },
  },
};

function readSource(args: At, { family }: Kind): string {
  if (family === 'bigquery' || family === 'connector') return args.required('source').nonEmptyString();
  return args.optional('source')?.nonEmptyString() ?? 'default';
}

function looksLikeDefinition(sql: string, kind: Kind, readOnly: boolean): boolean {
  if (isPostgresLike(kind)) return !readOnly && postgresDefinitions.test(sql);
  return kind.family === 'mssql' && mssqlDefinitions.test(sql);
}

interface Statement {
  readonly source: string;
  readonly sql: string;
  readonly kind: Kind;
  readonly readOnly: boolean;
}

async function execute(
  state: State,
  { settings, databases }: Context,
  { source, sql, kind, readOnly }: Statement,
): Promise<Json> {
  consistentSource(state, source, kind);
  const address = addressOf(sourceEntry(state, source).configuration, kind, settings.environment);
  if ('failure' in address) throw new Refusal('unexpected', address.failure);
  const database = await databases.get(address.database);
  try {
    const result = await runSql(database, sql, isPostgresLike(kind) && readOnly);
    if (isPostgresLike(kind)) return postgresAnswer(result);
    const nothing: Json = { result_type: 'CommandOk', result: null };
    return jsonAnswer(
      result,
      kind.family === 'bigquery' ? { result_type: 'TuplesOk', result: [[]] } : nothing,
    );
  } catch (error) {
    throw isPostgresLike(kind) ? postgresRefusal(error, sql) : otherRefusal(error, kind);
  }
}

/** The envelopes of other databases around Postgres' text: no such database is here. */
function otherRefusal(error: unknown, { family }: Kind): Refusal {
  const { message } = sqlFailure(error);
  if (family === 'bigquery') {
    return new Refusal('bigquery-error', 'BigQuery HTTP request failed with status 400 "Bad Request"', {
      internal: { rest_request_non_ok: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } } },
    });
  }
  const text = family === 'mssql' ? 'database query error' : message;
  const code = family === 'mssql' ? 'mssql-error' : 'data-connector-error';
  return new Refusal(code, text, { internal: { message } });
}
