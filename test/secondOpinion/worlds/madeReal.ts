import { isList, isObject } from '../../contract/difference.ts';
import { remoteSchema, source, type World } from '../../contract/worlds/world.ts';
import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { objects } from '../facts.ts';
import { impliedSchemas, leftFields } from './impliedSchema.ts';

/** Kinds the endpoint plays; a data connector of another name is played by one of these. */
const kinds = new Set(['postgres', 'citus', 'cockroach', 'mssql']);

/**
 * A metadata document as a world: the tables that have remote relationships or are their targets, with the columns
 * these name, and remote schemas by the SDL that is known (`sdl`), else by how they are used. What else the document
 * says of tables is left out, because nothing is known to check it against.
 */
export function madeReal(metadata: JsonObject, sdl: ReadonlyMap<string, string>): World {
  const tables = new Tables();
  for (const owner of objects(metadata['sources'])) {
    for (const { table, remote_relationships, configuration } of objects(owner['tables'])) {
      for (const { definition } of objects(remote_relationships)) {
        tables.add(table, leftFields(definition), customised(configuration));
        tables.addTarget(definition);
      }
    }
  }
  for (const { remote_relationships } of objects(metadata['remote_schemas'])) {
    for (const { relationships } of objects(remote_relationships)) {
      for (const { definition } of objects(relationships)) tables.addTarget(definition);
    }
  }
  const schemas = new Map([...impliedSchemas(metadata), ...sdl]);
  return {
    sql: tables.sql(),
    sources: objects(metadata['sources']).map(({ name, kind, tables: tracked }) =>
      source(
        String(name),
        objects(tracked)
          .filter(({ table }) => tables.has(table))
          .map(reduced),
        typeof kind === 'string' && !kinds.has(kind) ? 'sqlite' : String(kind ?? 'postgres'),
      ),
    ),
    remoteSchemas: objects(metadata['remote_schemas']).map(({ name, remote_relationships }, index) =>
      remoteSchema(String(name), {
        // Root fields may have the same names in several of them.
        definition: { url: `<url:${name}>`, customization: { root_fields_namespace: `schema_${index}` } },
        ...(isList(remote_relationships) ? { remote_relationships } : {}),
      }),
    ),
    servers: Object.fromEntries([...schemas].map(([name, typeDefs]) => [name, { typeDefs }])),
  };
}

function reduced({ table, remote_relationships, configuration }: JsonObject): JsonObject {
  const { column_config, custom_column_names, custom_name } = isObject(configuration) ? configuration : {};
  return {
    table,
    remote_relationships: remote_relationships ?? [],
    configuration: { column_config, custom_column_names, custom_name },
  };
}

/** Columns to which a configuration gives a name. */
function customised(configuration: Json | undefined): readonly string[] {
  if (!isObject(configuration)) return [];
  return ['column_config', 'custom_column_names'].flatMap((key) => {
    const named = configuration[key];
    return isObject(named) ? Object.keys(named) : [];
  });
}

class Tables {
  readonly #columns = new Map<string, { schema: string; name: string; columns: Set<string> }>();

  has(table: Json | undefined): boolean {
    return this.#columns.has(JSON.stringify(parts(table)));
  }

  add(table: Json | undefined, ...columns: readonly (readonly string[])[]): void {
    const name = parts(table);
    if (!name) return;
    const key = JSON.stringify(name);
    const known = this.#columns.get(key) ?? { schema: name[0], name: name[1], columns: new Set() };
    for (const column of columns.flat()) known.columns.add(column);
    this.#columns.set(key, known);
  }

  addTarget(definition: Json | undefined): void {
    const target = isObject(definition) ? definition['to_source'] : undefined;
    if (!isObject(target)) return;
    const { table, field_mapping: mapping } = target;
    this.add(table, isObject(mapping) ? Object.values(mapping).map(String) : []);
  }

  sql(): string {
    const all = [...this.#columns.values()];
    const schemas = [...new Set(all.map(({ schema }) => schema))].filter((schema) => schema !== 'public');
    return [
      ...schemas.map((schema) => `DROP SCHEMA IF EXISTS "${schema}" CASCADE; CREATE SCHEMA "${schema}";`),
      ...all.map(({ schema, name, columns }) => {
        const list = [...columns].map((column) => `"${column}" text`).join(', ');
        return `CREATE TABLE "${schema}"."${name}" (${list});`;
      }),
    ].join('\n');
  }
}

/** Schema and name, as the endpoint looks for a table of any kind. */
function parts(table: Json | undefined): readonly [schema: string, name: string] | undefined {
  if (typeof table === 'string') return ['public', table];
  if (isList(table)) {
    return [table.length > 1 ? table.slice(0, -1).join('.') : 'public', String(table.at(-1))];
  }
  if (!isObject(table)) return undefined;
  return [String(table['schema'] ?? 'public'), String(table['name'])];
}
