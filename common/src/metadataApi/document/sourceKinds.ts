import type { Json } from './json.ts';

/** The kinds of sources that the server itself has; every other name is a data connector's (spec 6.2). */
export const nativeKinds = ['postgres', 'citus', 'cockroach', 'mssql', 'bigquery'] as const;

export type Backend = (typeof nativeKinds)[number] | 'data-connector';

/** The kind of a source as it decides over requests: `pg` and no kind at all are `postgres` (spec 1.1). */
export function sourceKind(written: Json | undefined): string {
  return typeof written === 'string' && written !== 'pg' && written !== '' ? written : 'postgres';
}

/** What a kind, or the prefix of a command (`''`: the commands of `/v1/query` without one), stands for. */
export function backendOf(kindOrPrefix: string): Backend {
  const kind = sourceKind(kindOrPrefix);
  return nativeKinds.find((native) => native === kind) ?? 'data-connector';
}

/** The prefix of the commands for a source of this kind: `pg_…`, `mssql_…`, a data connector's own name. */
export function commandPrefix(kind: string): string {
  return kind === 'postgres' ? 'pg' : kind;
}

export function isPostgresLike(kind: string): boolean {
  const backend = backendOf(kind);
  return backend === 'postgres' || backend === 'citus' || backend === 'cockroach';
}

/** Whether sources of this kind are served by an agent: whatever is none of the server's own backends. */
export function isDataConnector(kind: string): boolean {
  return backendOf(kind) === 'data-connector';
}

/** The schema a table name without one is in; `undefined` for kinds without a default, and for an unknown kind. */
export function defaultSchemaOf(kind: string | undefined): string | undefined {
  if (kind === undefined) return undefined;
  if (kind === 'mssql') return 'dbo';
  return isPostgresLike(kind) ? 'public' : undefined;
}

/** From which version there are relationship commands for a backend (spec 10.1). */
export const relationshipCommandsSince: Readonly<
  Record<Backend, readonly [major: number, minor: number, patch: number]>
> = {
  postgres: [2, 0, 0],
  citus: [2, 0, 2],
  bigquery: [2, 1, 0],
  mssql: [2, 6, 0],
  cockroach: [2, 12, 0],
  'data-connector': [2, 21, 0],
};
