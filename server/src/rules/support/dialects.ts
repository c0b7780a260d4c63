/** Backends by the prefix of their commands (spec 6.2). Every other name is a data connector's. */
const kinds: Readonly<Record<string, string>> = {
  '': 'postgres',
  pg: 'postgres',
  postgres: 'postgres',
  citus: 'citus',
  cockroach: 'cockroach',
  mssql: 'mssql',
  bigquery: 'bigquery',
};

export type Backend = 'postgres' | 'citus' | 'cockroach' | 'mssql' | 'bigquery' | 'data-connector';

/** The backend a prefix (`''`: the unprefixed commands of `/v1/query`) or the kind of a source stands for. */
export function backendOf(prefixOrKind: string): Backend {
  return Object.hasOwn(kinds, prefixOrKind) ? (kinds[prefixOrKind] as Backend) : 'data-connector';
}

/** The usual prefix of the commands for sources of a kind. */
export function prefixOf(kind: string): string {
  return kind === 'postgres' ? 'pg' : kind;
}
