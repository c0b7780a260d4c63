import type { Json, JsonObject, RemoteSchemaSetup } from '../../endpoint/endpoint.ts';

/** What an exchange finds: made by SQL and one `replace_metadata`, so that any server can be put into it. */
export interface World {
  readonly sql?: string;
  readonly sources?: readonly JsonObject[];
  readonly remoteSchemas?: readonly JsonObject[];
  /** GraphQL servers to be reached under `<url:name>`. */
  readonly servers?: Readonly<Record<string, RemoteSchemaSetup>>;
  /** Set when not every server can have it: a kind of database, an agent. */
  readonly needs?: string;
}

/** A source of any kind on the suite's database. */
export function source(name: string, tables: readonly Json[], kind = 'postgres'): JsonObject {
  const address = '<database>';
  const configurations: Readonly<Record<string, Json>> = {
    mssql: { connection_info: { connection_string: address } },
    bigquery: { service_account: {}, project_id: address, datasets: ['hasura'] },
  };
  const connection = { connection_info: { database_url: address } };
  const builtIn = ['postgres', 'citus', 'cockroach'].includes(kind);
  const configuration = configurations[kind] ?? (builtIn ? connection : { value: { db: address } });
  return { name, kind, tables, configuration };
}

/** A tracked table, `name` or `schema.name`. */
export function table(name: string, more: JsonObject = {}): JsonObject {
  return { table: tableName(name), ...more };
}

export function tableName(name: string): JsonObject {
  const [schema = 'public', own = ''] = name.includes('.') ? name.split('.') : ['public', name];
  return { schema, name: own };
}

/** An entry of `remote_schemas` whose server is the world's own of the same name. */
export function remoteSchema(name: string, more: JsonObject = {}): JsonObject {
  return { name, definition: { url: `<url:${name}>`, timeout_seconds: 60 }, ...more };
}

export function relationship(name: string, definition: JsonObject): JsonObject {
  return { name, definition };
}

export function toSource(
  sourceName: string,
  target: Json,
  mapping: JsonObject,
  type: 'object' | 'array' = 'object',
): JsonObject {
  return {
    to_source: { source: sourceName, table: target, relationship_type: type, field_mapping: mapping },
  };
}

export function toRemoteSchema(name: string, fields: readonly string[], remoteField: Json): JsonObject {
  return { to_remote_schema: { remote_schema: name, lhs_fields: fields, remote_field: remoteField } };
}
