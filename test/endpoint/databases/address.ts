import { isObject, type Json } from '../json.ts';
import type { Kind } from '../kinds.ts';

/** What a source's configuration says of where its database is. */
export type Address = { readonly database: string } | { readonly failure: string; readonly message?: string };

/**
 * The database a source's configuration names: the last part of `database_url`, `connection_string`, the
 * `project_id` of BigQuery, or the value of a data connector.
 */
export function addressOf(
  configuration: Json,
  kind: Kind,
  environment: Readonly<Record<string, string>>,
): Address {
  const found = find(configuration, kind);
  if (isObject(found)) {
    const { from_env: variable } = found as { from_env?: Json };
    if (typeof variable !== 'string') return { failure: 'connection error' };
    const text = environment[variable];
    return text === undefined
      ? { failure: `environment variable '${variable}' not set` }
      : databaseIn(text, kind);
  }
  return typeof found === 'string' ? databaseIn(found, kind) : { failure: 'connection error' };
}

function find(configuration: Json, { family }: Kind): Json | undefined {
  if (!isObject(configuration)) return undefined;
  const {
    connection_info: connection,
    project_id: project,
    value,
  } = configuration as { connection_info?: Json; project_id?: Json; value?: Json };
  if (family === 'bigquery') return project;
  if (family === 'connector') {
    return isObject(value) ? Object.values(value).find((part) => typeof part === 'string') : undefined;
  }
  if (!isObject(connection)) return undefined;
  const { database_url: url, connection_string: text } = connection as {
    database_url?: Json;
    connection_string?: Json;
  };
  return family === 'mssql' ? text : url;
}

function databaseIn(text: string, { family }: Kind): Address {
  const url = /^(?<scheme>\w+):\/\/(?:.*\/)?(?<name>[^/?]*)(?:\?.*)?$/.exec(text)?.groups;
  if (family === 'postgres' || family === 'citus' || family === 'cockroach') {
    if (url && ['postgres', 'postgresql', 'pglite'].includes(url['scheme'] ?? ''))
      return { database: url['name'] ?? '' };
    return {
      failure: 'connection error',
      message: `missing "=" after "${text}" in connection info string\n`,
    };
  }
  const name = url?.['name'] ?? /Database=([^;]+)/i.exec(text)?.[1] ?? text;
  return { database: name };
}
