import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { remoteSchema, source, table } from '../../contract/worlds/world.ts';
import type { Json } from '../../endpoint/endpoint.ts';
import type { Arena } from './arena.ts';
import { relationshipRequests } from './requestsOf.ts';

interface SnapshotEntry {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly computedFields?: readonly {
    readonly name: string;
    readonly type: string;
    readonly arguments: readonly string[];
  }[];
}

/** The requests of the engine's own test suite, with the tables and the remote schema they run against. */
export function engineArena(fixtures: string): Arena {
  const read = (file: string) => readFileSync(path.join(fixtures, 'engine', file), 'utf8');
  const tables = JSON.parse(read('schema/default.tables.json')) as readonly SnapshotEntry[];
  const files = (JSON.parse(read('expected.json')) as readonly { file: string }[]).map(({ file }) => file);
  const name = 'my-remote-schema';
  return {
    name: 'requests of the engine’s test suite',
    world: {
      sql: ['CREATE SCHEMA custom;', ...tables.flatMap(statements)].join('\n'),
      sources: [source('default', tables.map(tracked))],
      remoteSchemas: [remoteSchema(name)],
      servers: { [name]: { typeDefs: read(`schema/${name}.graphql`) } },
    },
    requests: files.flatMap((file) => relationshipRequests(parse(read(file)) as Json)),
  };
}

function statements({ schema, name, columns, computedFields = [] }: SnapshotEntry): readonly string[] {
  const list = columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
  return [
    `CREATE TABLE ${schema}.${name} (${list});`,
    ...computedFields.map((field) => {
      const more = field.arguments.map((argument) => `, "${argument}" integer`).join('');
      return `CREATE FUNCTION ${field.name}(of_row ${schema}.${name}${more}) RETURNS ${field.type} LANGUAGE sql STABLE AS 'SELECT NULL::${field.type}';`;
    }),
  ];
}

function tracked({ schema, name, computedFields = [] }: SnapshotEntry) {
  return table(`${schema}.${name}`, {
    computed_fields: computedFields.map((field) => ({
      name: field.name,
      definition: { function: { schema: 'public', name: field.name } },
    })),
  });
}
