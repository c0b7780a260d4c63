import { buildSchema, type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { isList, isObject } from '../contract/difference.ts';
import type { World } from '../contract/worlds/world.ts';
import type { Json, JsonObject } from '../endpoint/endpoint.ts';

/** What there is in a world, to make relationships of: right ones and wrong ones. */
export interface WorldFacts {
  readonly tables: readonly TableFact[];
  readonly remoteSchemas: readonly RemoteSchemaFact[];
}

export interface TableFact {
  readonly source: string;
  readonly kind: string;
  /** As the metadata has it. */
  readonly table: Json;
  readonly columns: readonly string[];
  /** Names of computed fields and local relationships. */
  readonly others: readonly string[];
}

export interface RemoteSchemaFact {
  readonly name: string;
  readonly schema: GraphQLSchema;
}

/** `columnsOf` gives the columns of a table of a source. */
export function factsOf(
  world: World,
  metadata: JsonObject,
  columnsOf: (source: string, table: Json) => readonly string[],
): WorldFacts {
  const tables = objects(metadata['sources']).flatMap((source) =>
    objects(source['tables']).map((entry): TableFact => {
      const table = entry['table'] ?? null;
      const name = String(source['name']);
      return {
        source: name,
        kind: String(source['kind']),
        table,
        columns: columnsOf(name, table),
        others: ['computed_fields', 'object_relationships', 'array_relationships'].flatMap((key) =>
          objects(entry[key]).map((item) => String(item['name'])),
        ),
      };
    }),
  );
  const remoteSchemas = objects(metadata['remote_schemas']).flatMap(({ name }) => {
    const setup = world.servers?.[String(name)];
    return setup ? [{ name: String(name), schema: buildSchema(setup.typeDefs, { assumeValid: true }) }] : [];
  });
  return { tables, remoteSchemas };
}

export function objects(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : [];
}

/** Every name in the world that could stand somewhere in a relationship. */
export function namesIn({ tables, remoteSchemas }: WorldFacts): readonly string[] {
  const own = ['__schema', '__typename'];
  const ofTables = tables.flatMap(({ source, table, columns, others }) => [
    source,
    ...(isObject(table) ? [String(table['name'])] : isList(table) ? table.map(String) : [String(table)]),
    ...columns,
    ...others,
  ]);
  const ofSchemas = remoteSchemas.flatMap(({ name, schema }) => [name, ...namesOfSchema(schema)]);
  return [...new Set([...ofTables, ...ofSchemas, ...own])];
}

function namesOfSchema(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (isInputObjectType(type)) return [type.name, ...Object.keys(type.getFields())];
      if (!isObjectType(type) && !isInterfaceType(type)) return [type.name];
      const fields = Object.values(type.getFields());
      return [type.name, ...fields.flatMap((field) => [field.name, ...field.args.map(({ name }) => name)])];
    });
}
