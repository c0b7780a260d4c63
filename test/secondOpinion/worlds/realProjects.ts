import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { isObject } from '../../contract/difference.ts';
import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { readProject, readYaml, resolveIncludes } from '../../endpoint/samples/project.ts';
import { objects } from '../facts.ts';
import type { Arena } from './arena.ts';
import { madeReal } from './madeReal.ts';
import { relationshipRequests, requestsOf } from './requestsOf.ts';

interface Pair {
  readonly file: string;
  readonly remoteSchema: string;
  readonly sdl: string;
}

/** Projects as others published them, those that have remote relationships; what is not known of them is made up. */
export async function realArenas(fixtures: string): Promise<readonly Arena[]> {
  const pairs = JSON.parse(readFileSync(path.join(fixtures, 'pairs/pairs.json'), 'utf8')) as readonly Pair[];
  const documents = Object.entries(readers).flatMap(([pattern, read]) =>
    globSync(pattern, { cwd: path.join(fixtures, 'real') }).map((file) => ({ file, read })),
  );
  const arenas = documents
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
    .map(async ({ file, read }): Promise<Arena> => {
      const metadata = await read(path.join(fixtures, 'real', file));
      const project = file.split(path.sep)[0] ?? file;
      const known = pairs.filter((pair) => pair.file.startsWith(`real/${project}/`));
      const sdl = known.map((pair) => {
        return [pair.remoteSchema, readFileSync(path.join(fixtures, pair.sdl), 'utf8')] as const;
      });
      return { name: file, world: madeReal(metadata, new Map(sdl)), requests: requestsOf(metadata) };
    });
  return (await Promise.all(arenas)).filter(({ requests }) => requests.length > 0);
}

/** How the files are read by which the layouts are known. */
const readers: Readonly<Record<string, (file: string) => Promise<JsonObject>>> = {
  '**/databases/databases.yaml': (file) => readProject(path.dirname(path.dirname(file))),
  '**/metadata/sources.yaml': async (file) => withRemoteSchemas(await includedAt(file), file),
  '**/metadata/tables.yaml': async (file) =>
    withRemoteSchemas([{ name: 'default', kind: 'postgres', tables: await includedAt(file) }], file),
  '**/*metadata.{json,yaml}': async (file) => exported(await readYaml(file)),
  '**/migrations/*/up.yaml': async (file) => ofRequests(parse(readFileSync(file, 'utf8')) as Json),
};

async function includedAt(file: string): Promise<Json> {
  return resolveIncludes((await readYaml(file)) ?? [], path.dirname(file));
}

async function withRemoteSchemas(sources: Json, file: string): Promise<JsonObject> {
  const schemas = await includedAt(path.join(path.dirname(file), 'remote_schemas.yaml'));
  return { version: 3, sources, remote_schemas: schemas };
}

/** A single file, also of version 2 or below `metadata`. */
function exported(document: Json | undefined): JsonObject {
  if (!isObject(document)) return {};
  const metadata = isObject(document['metadata']) ? document['metadata'] : document;
  const { tables, ...rest } = metadata;
  return tables === undefined ? rest : { ...rest, version: 3, sources: [{ name: 'default', tables }] };
}

/** A world in which requests find what they are about. */
function ofRequests(body: Json): JsonObject {
  const requests = relationshipRequests(body).map(({ args }) => (isObject(args) ? args : {}));
  const tables = requests.map(({ table, name, ...definition }) => ({
    table,
    remote_relationships: [{ name, definition }],
  }));
  const schemas = new Set(requests.flatMap(({ remote_schema: name }) => name ?? []));
  return {
    version: 3,
    sources: [{ name: 'default', tables }],
    remote_schemas: objects([...schemas].map((name) => ({ name }))),
  };
}
