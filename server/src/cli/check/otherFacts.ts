import { readRegularFile } from '../../../../common/src/files/regularFile.ts';
import { quoted } from '../../../../common/src/foreignText.ts';
import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import { partText } from '../../../../common/src/metadataApi/pull/partText.ts';
import { type PartResult, type PullPart, pullAll } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import { remoteSchemaAsJson } from '../../../../common/src/metadataApi/pull/remoteSchemaText.ts';
import { formatSnapshot } from '../../../../common/src/metadataApi/pull/snapshot.ts';
import { present, unknown } from '../../catalogue/catalogue.ts';
import type { ConfiguredFacts } from '../../catalogue/catalogueInput.ts';
import { uriOfPath } from '../../project/files.ts';
import type { RemoteSchema } from '../../schema/remoteSchema.ts';
import { loadRemoteSchema } from '../../schema/remoteSchemaCache.ts';
import { readTableSnapshot, type SnapshotTables, tablesOfSource } from '../../schema/tableSnapshot.ts';
import { parse } from '../../syntax/parse.ts';
import { CommandError } from '../commandError.ts';
import { type ConnectOptions, connect, failureText } from '../connect.ts';

/** What is known of tables and remote schemas elsewhere than in the project's files. */
export interface OtherFacts {
  readonly remoteSchemas: ReadonlyMap<string, RemoteSchema>;
  /** By source. */
  readonly tables: ReadonlyMap<string, SnapshotTables>;
  /** Nothing is known of any other. */
  readonly isAll?: boolean;
}

/** The facts of a project with others in their place. */
export function replacedBy({ remoteSchemas, tables, isAll = false }: OtherFacts) {
  return (facts: ConfiguredFacts): ConfiguredFacts => ({
    ...facts,
    remoteSchemas: [
      ...facts.remoteSchemas
        .filter(({ name }) => !remoteSchemas.has(name))
        .map((each) => (isAll ? { ...each, schema: unknown, origin: undefined } : each)),
      ...[...remoteSchemas].map(([name, schema]) => ({
        name,
        schema: present(schema),
        location: facts.remoteSchemas.find((each) => each.name === name)?.location,
        origin: undefined,
      })),
    ],
    sources: [
      ...facts.sources
        .filter(({ name }) => !tables.has(name))
        .map((each) => (isAll ? { ...each, tables: undefined, replayed: undefined } : each)),
      ...[...tables].map(([name, known]) => {
        const own = facts.sources.find((each) => each.name === name);
        return { name, kind: own?.kind, location: own?.location, ...known };
      }),
    ],
  });
}

/** A remote schema as a file has it. @throws CommandError when the file can't be read as one */
export function schemaOfFile(path: string, shown: string): RemoteSchema {
  const result = readRegularFile(path);
  if (!result.ok) throw new CommandError(result.message);
  return schemaOfText(uriOfPath(path), result.text, shown);
}

/** @throws CommandError when it is none */
export function schemaOfText(uri: string, text: string, shown: string): RemoteSchema {
  const { schema, problems } = loadRemoteSchema([{ uri, text: text.replace(/^\uFEFF/, '') }]);
  if (schema !== undefined) return schema;
  const [problem] = problems;
  const line = text.slice(0, problem?.offset ?? 0).split('\n').length;
  throw new CommandError(
    `${quoted(shown)} is no schema, by line ${line}: ${problem?.message ?? 'it is empty.'}`,
  );
}

export interface FactsOfEndpoint extends OtherFacts {
  /** As it was reached. */
  readonly endpoint: string;
  /** False where the endpoint did not say all that was asked. */
  readonly isWhole: boolean;
}

/**
 * What an endpoint says of the sources and remote schemas that relationships use.
 * @throws CommandError when it can't be asked
 */
export async function factsOfEndpoint(
  options: ConnectOptions & { readonly signal: AbortSignal | undefined },
  only: readonly PullPart[],
): Promise<FactsOfEndpoint> {
  const connection = await connect(options);
  const remoteSchemas = new Map<string, RemoteSchema>();
  const tables = new Map<string, SnapshotTables>();
  let isWhole = true;
  const result = await pullAll(connection.client, {
    only,
    signal: options.signal,
    finished: (part, found) => {
      const failed = keep(part, found, { remoteSchemas, tables });
      if (failed === undefined) return;
      isWhole = false;
      options.note(`${partText(part)}: ${failed}`);
    },
  });
  if (result.outcome === 'failed') throw new CommandError(failureText(result.failure, connection));
  return { remoteSchemas, tables, endpoint: connection.address, isWhole };
}

/** Why a part can't be used. */
function keep(
  { name }: PullPart,
  result: PartResult,
  {
    remoteSchemas,
    tables,
  }: { readonly remoteSchemas: Map<string, RemoteSchema>; readonly tables: Map<string, SnapshotTables> },
): string | undefined {
  if (result.outcome === 'failed') return result.message;
  if (result.outcome === 'introspection') {
    const schema = introspected(name, result.introspection);
    if (schema === undefined) return 'the introspection can’t be read';
    remoteSchemas.set(name, schema);
    return undefined;
  }
  if (!result.columnsKnown) return 'the endpoint tells the names of the tables only';
  const text = formatSnapshot(result.tables);
  const known = tablesOfSource(readTableSnapshot('endpoint:/tables.json', parse(text, 'json')), name);
  if (known === undefined) return 'the tables can’t be read';
  tables.set(name, known);
  return undefined;
}

function introspected(name: string, introspection: Json): RemoteSchema | undefined {
  const uri = `endpoint:/${encodeURIComponent(name)}.json`;
  return loadRemoteSchema([{ uri, text: remoteSchemaAsJson(introspection) }]).schema;
}
