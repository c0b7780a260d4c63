import { buildCache } from './consistency/build.ts';
import type { CatalogueFact, Facts, State } from './consistency/state.ts';
import { addressOf } from './databases/address.ts';
import { readCatalogue } from './databases/catalogue.ts';
import type { Databases } from './databases/databases.ts';
import type { Metadata, RemoteSchemaEntry, SourceEntry } from './metadata/metadata.ts';
import { type Introspection, introspect } from './remoteSchemas/introspect.ts';
import type { Settings } from './settings.ts';

export const noFacts: Facts = { catalogues: new Map(), introspections: new Map() };

/** A source is read again when its configuration or the list of its tracked tables changes. */
function catalogueKey({ name, kind, configuration, tables, others }: SourceEntry): string {
  const tracked = tables.map(({ table, computedFields }) => [table.key, computedFields]);
  return JSON.stringify([name, kind, configuration, tracked, others]);
}

/** A remote schema is asked again when its address changes: an unchanged one keeps its introspection. */
function introspectionKey({ name, definition }: RemoteSchemaEntry): string {
  const { url, url_from_env: variable } = definition;
  return JSON.stringify([name, url, variable]);
}

export interface FactsContext {
  readonly settings: Settings;
  readonly databases: Databases;
}

/** The state of some metadata: asks databases and remote servers for what is not known yet, then checks all. */
export async function buildState(metadata: Metadata, known: Facts, context: FactsContext): Promise<State> {
  const { settings } = context;
  const catalogues = await gather(metadata.sources, catalogueKey, known.catalogues, (source) =>
    readSource(source, context),
  );
  const introspections = await gather(
    metadata.remoteSchemas,
    introspectionKey,
    known.introspections,
    ({ definition }) => introspect(definition, settings.environment),
  );
  const cache = buildCache({
    metadata,
    settings,
    catalogueOf: (source) => catalogues.get(catalogueKey(source)),
    introspectionOf: (entry) => introspections.get(introspectionKey(entry)),
  });
  return { metadata, facts: { catalogues, introspections }, cache };
}

async function gather<Entry, Fact>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
  known: ReadonlyMap<string, Fact>,
  ask: (entry: Entry) => Promise<Fact>,
): Promise<ReadonlyMap<string, Fact>> {
  const pairs = entries.map(async (entry) => {
    const key = keyOf(entry);
    return [key, known.get(key) ?? (await ask(entry))] as const;
  });
  return new Map(await Promise.all(pairs));
}

async function readSource(
  { name, kind, configuration }: SourceEntry,
  { settings, databases }: FactsContext,
): Promise<CatalogueFact> {
  if (kind.family === 'connector' && !settings.dataConnectors[kind.name]) {
    return {
      failure: `Data connector named "${kind.name}" was not found in the data connector backend info`,
    };
  }
  const address = addressOf(configuration, kind, settings.environment);
  if ('failure' in address) return address;
  if (!databases.has(address.database)) {
    return {
      failure: 'connection error',
      message: `database "${address.database}" of ${name} does not exist`,
    };
  }
  return readCatalogue(await databases.get(address.database));
}

/** The facts without those of the named sources and remote schemas: they will be asked for again. */
export function forget(
  state: State,
  {
    sources,
    remoteSchemas,
  }: { sources: (name: string) => boolean; remoteSchemas: (name: string) => boolean },
): Facts {
  const { metadata, facts } = state;
  const stale = new Set([
    ...metadata.sources.filter(({ name }) => sources(name)).map(catalogueKey),
    ...metadata.remoteSchemas.filter(({ name }) => remoteSchemas(name)).map(introspectionKey),
  ]);
  const fresh = <T>(all: ReadonlyMap<string, T>) => new Map([...all].filter(([key]) => !stale.has(key)));
  return { catalogues: fresh(facts.catalogues), introspections: fresh(facts.introspections) };
}

/** What is known of one remote schema, whether it could be reached or not. */
export function introspectionIn({ facts }: State, entry: RemoteSchemaEntry): Introspection | undefined {
  return facts.introspections.get(introspectionKey(entry));
}
