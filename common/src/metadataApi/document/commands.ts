import { isGraphqlName } from '../../graphqlName.ts';
import { isJsonArray, type Json, type JsonObject, member, textMember } from './json.ts';
import type { RelationshipIdentity } from './relationshipIdentity.ts';
import { commandPrefix, isDataConnector } from './sourceKinds.ts';

/** The places of a server that take requests (spec 6.1). `legacy-query` takes the commands without a prefix. */
export type Api = 'metadata' | 'query' | 'legacy-query' | 'version';

/** One request, ready to be sent. */
export interface Command {
  /** `graphql`: the address of the client itself, which is that of a remote schema. */
  readonly api: Api | 'graphql';
  /** A `write` may change something on the server: it is never sent twice. */
  readonly effect: 'read' | 'write';
  /** `undefined` for those that are a mere `GET`. */
  readonly body: JsonObject | undefined;
  /** What it answers is written into files of the project. */
  readonly isKept?: boolean;
}

function read(body: JsonObject, api: Api = 'metadata'): Command {
  return { api, effect: 'read', body };
}

function readToKeep(body: JsonObject, api?: Api): Command {
  return { ...read(body, api), isKept: true };
}

function write(body: JsonObject): Command {
  return { api: 'metadata', effect: 'write', body };
}

export const versionProbe: Command = { api: 'version', effect: 'read', body: undefined };

export const exportMetadata: Command = read({ type: 'export_metadata', version: 2, args: {} });
/** Also the way to ask whether the secret and the role allow to write at all. */
export const getInconsistentMetadata: Command = read({ type: 'get_inconsistent_metadata', args: {} });

export function introspectRemoteSchema(name: string): Command {
  return readToKeep({ type: 'introspect_remote_schema', args: { name } });
}

// ---- relationships ---------------------------------------------------------------------------------------------

export const relationshipVerbs = ['create', 'update', 'delete'] as const;
export type RelationshipVerb = (typeof relationshipVerbs)[number];

/** The command for relationships of tables; without a prefix that of `/v1/query`. */
export function tableRelationshipCommand(verb: RelationshipVerb, prefix = ''): string {
  return `${prefix === '' ? '' : `${prefix}_`}${verb}_remote_relationship`;
}

/** The command for relationships of types of remote schemas. */
export function typeRelationshipCommand(verb: RelationshipVerb): string {
  return `${verb}_remote_schema_remote_relationship`;
}

/** What the name of a command says of a relationship. */
export interface RelationshipCommand {
  readonly verb: RelationshipVerb;
  readonly owner: RelationshipIdentity['owner'];
  /** Of the owner's backend: empty on `/v1/query`; `undefined` where the owner is a type of a remote schema. */
  readonly prefix: string | undefined;
}

/** `undefined` for every other command. Any GraphQL name is a prefix, since data connectors are named freely. */
export function readRelationshipCommand(type: string): RelationshipCommand | undefined {
  const unprefixed = commandOfName.get(type);
  if (unprefixed !== undefined) return unprefixed;
  const end = type.indexOf('_');
  const prefix = type.slice(0, Math.max(0, end));
  const command = commandOfName.get(type.slice(end + 1));
  return command?.owner === 'table' && isGraphqlName(prefix) ? { ...command, prefix } : undefined;
}

const commandOfName: ReadonlyMap<string, RelationshipCommand> = new Map(
  relationshipVerbs.flatMap((verb): [string, RelationshipCommand][] => [
    [tableRelationshipCommand(verb), { verb, owner: 'table', prefix: '' }],
    [typeRelationshipCommand(verb), { verb, owner: 'remote-schema', prefix: undefined }],
  ]),
);

const bulkCommands: ReadonlySet<string> = new Set([
  'bulk',
  'bulk_keep_going',
  'bulk_atomic',
  'concurrent_bulk',
]);

/** Whether a command holds others, which may be bulks again. */
export function isBulk(type: string): boolean {
  return bulkCommands.has(type);
}

/** Bulks in bulks are read up to here. */
export const deepestBulk = 50;

/**
 * The body of a relationship command, without a resource version: also an item of a `bulk`. `kind` is that of the
 * owner's source; relationships of remote schemas have none. `definition` is `undefined` for `delete`; a legacy one
 * stands in `args` itself, as the server asks (spec 2.7).
 */
export function relationshipRequest(
  verb: RelationshipVerb,
  identity: RelationshipIdentity,
  kind: string | undefined,
  definition?: JsonObject,
): JsonObject {
  const written: JsonObject =
    definition === undefined ? {} : 'remote_schema' in definition ? definition : { definition };
  if (identity.owner === 'remote-schema') {
    const { remoteSchema, typeName, name } = identity;
    return {
      type: typeRelationshipCommand(verb),
      args: { remote_schema: remoteSchema, type_name: typeName, name, ...written },
    };
  }
  const { source, table, name } = identity;
  return {
    type: tableRelationshipCommand(verb, commandPrefix(kind ?? 'postgres')),
    args: { source, table, name, ...written },
  };
}

/** One modifying request, which the server carries out only while its metadata has that resource version. */
export function modify(request: JsonObject, resourceVersion: number | undefined): Command {
  return write(withResourceVersion(request, resourceVersion));
}

/** All or nothing (spec 6.4); a single request is sent as it is. */
export function modifyAll(requests: readonly JsonObject[], resourceVersion: number | undefined): Command {
  const [only, ...others] = requests;
  const request = only !== undefined && others.length === 0 ? only : { type: 'bulk', args: requests };
  return modify(request, resourceVersion);
}

function withResourceVersion(request: JsonObject, resourceVersion: number | undefined): JsonObject {
  const { type = 'bulk', args = [], ...others } = request;
  return {
    type,
    ...others,
    ...(resourceVersion === undefined ? {} : { resource_version: resourceVersion }),
    args,
  };
}

/**
 * A request as a person wrote it: sent as it stands; what it does, and where it goes unless that is said, only its type
 * tells.
 */
export function requestAsWritten(body: JsonObject, api: Api = apiOf(body)): Command {
  return { api, effect: isReadOnly(body) ? 'read' : 'write', body };
}

function apiOf(request: Json): Api {
  const type = textMember(request, 'type') ?? '';
  const args = member(request, 'args');
  if (type === 'bulk' && isJsonArray(args)) return apiOf(args[0] ?? null);
  if (/(?:^|_)run_sql$|^concurrent_bulk$|_database_inspection$/.test(type)) return 'query';
  return relationshipVerbs.some((verb) => type === tableRelationshipCommand(verb))
    ? 'legacy-query'
    : 'metadata';
}

const readTypes: ReadonlySet<string> = new Set([
  'export_metadata',
  'get_inconsistent_metadata',
  'introspect_remote_schema',
]);

/** Whether a request changes nothing, as far as its type tells. */
export function isReadOnly(request: Json): boolean {
  const type = textMember(request, 'type') ?? '';
  if (type === 'bulk' || type === 'bulk_keep_going') {
    const items = member(request, 'args');
    return isJsonArray(items) && items.length > 0 && items.every(isReadOnly);
  }
  return readTypes.has(type) || /(?:^|_)get_(?:table_info|source_tables)$/.test(type);
}

// ---- metadata as a whole ---------------------------------------------------------------------------------------

/**
 * Replaces all metadata. Inconsistent objects are let through: those that were there before, but new ones as well, so
 * the lists before and after must be compared.
 */
export function replaceMetadata(metadata: JsonObject, resourceVersion: number): Command {
  return write({
    type: 'replace_metadata',
    version: 2,
    resource_version: resourceVersion,
    args: { allow_inconsistent_metadata: true, metadata },
  });
}

export function reloadMetadata(
  what: { readonly remoteSchemas?: boolean; readonly sources?: boolean } = {},
): Command {
  return write({
    type: 'reload_metadata',
    args: { reload_remote_schemas: what.remoteSchemas ?? true, reload_sources: what.sources ?? true },
  });
}

export function reloadRemoteSchema(name: string): Command {
  return write({ type: 'reload_remote_schema', args: { name } });
}

// ---- sources ---------------------------------------------------------------------------------------------------

/** A query over the catalogue of a source. Only for statements that change nothing. */
export function runSql(kind: string, source: string, sql: string): Command {
  const prefix = kind === 'postgres' ? '' : `${kind}_`;
  const type = `${prefix}run_sql`;
  if (kind === 'bigquery' || isDataConnector(kind))
    return readToKeep({ type, args: { source, sql } }, 'query');
  const args: JsonObject =
    kind === 'mssql'
      ? { source, sql, check_metadata_consistency: false }
      : { source, sql, read_only: true, cascade: false };
  return readToKeep({ type, args }, 'query');
}

/** All tables of a BigQuery source with their columns. The server asks for a statement and ignores it. */
export function inspectBigQuery(source: string): Command {
  return readToKeep({ type: 'bigquery_database_inspection', args: { source, sql: '' } }, 'query');
}

export function getSourceTables(kind: string, source: string): Command {
  return readToKeep({ type: `${commandPrefix(kind)}_get_source_tables`, args: { source } });
}

function tableInfoRequest(kind: string, source: string, table: Json): JsonObject {
  return { type: `${commandPrefix(kind)}_get_table_info`, args: { source, table } };
}

/** One answer for each table, in order; with `keepGoing` an error stands in the place of its table. */
export function getTableInfos(
  kind: string,
  source: string,
  tables: readonly Json[],
  keepGoing: boolean,
): Command {
  return readToKeep({
    type: keepGoing ? 'bulk_keep_going' : 'bulk',
    args: tables.map((table) => tableInfoRequest(kind, source, table)),
  });
}
