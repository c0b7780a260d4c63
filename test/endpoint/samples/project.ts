import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, type ScalarTag } from 'yaml';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';

/** `tables: !include file.yaml` reads as the other spelling, `tables: "!include file.yaml"`. */
const includeTag: ScalarTag = { tag: '!include', resolve: (file) => `!include ${file}` };

/** The metadata of a CLI project of version 3 as one document, includes resolved (spec 1.2, 1.3). */
export async function readProject(metadataDirectory: string): Promise<JsonObject> {
  const databases = path.join(metadataDirectory, 'databases');
  const sources = await readYaml(path.join(databases, 'databases.yaml'));
  const resolved = (isList(sources) ? sources : []).map(async (source) => {
    if (!isObject(source)) return source;
    const { tables, functions } = source;
    return {
      ...source,
      tables: await resolveIncludes(tables ?? [], databases),
      ...(functions === undefined ? {} : { functions: await resolveIncludes(functions, databases) }),
    };
  });
  return {
    version: 3,
    sources: await Promise.all(resolved),
    remote_schemas: (await readYaml(path.join(metadataDirectory, 'remote_schemas.yaml'))) ?? [],
  };
}

/** A missing file counts as absent. */
export async function readYaml(file: string): Promise<Json | undefined> {
  try {
    return parse(await readFile(file, 'utf8'), { customTags: [includeTag] }) as Json;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Files are looked for beside the one that includes them. */
export async function resolveIncludes(value: Json, directory: string): Promise<Json> {
  if (isList(value)) return Promise.all(value.map((item) => resolveIncludes(item, directory)));
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      async ([key, item]) => [key, await resolveIncludes(item ?? null, directory)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  if (typeof value !== 'string' || !value.includes('!include')) return value;
  const [, ...rest] = value.split(' ');
  const file = path.join(directory, rest.join(' ').replaceAll(/^"+|"+$/g, ''));
  if (path.extname(file) !== '.yaml') return readFile(file, 'utf8');
  const included = await readYaml(file);
  if (included === undefined) throw new Error(`${file} is included but does not exist`);
  return resolveIncludes(included, path.dirname(file));
}
