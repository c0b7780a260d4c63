import type { Relationship, RemoteSchemaEntry, SourceEntry } from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import type { SchemaFile } from '../schema/loadedRemoteSchema.ts';
import { permittedSchema } from '../schema/permittedSchema.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { type Location, nodeLocation } from '../syntax/location.ts';
import {
  absent,
  type Catalogue,
  type ConfiguredRemoteSchema,
  type Knowledge,
  knownValue,
  present,
  type Source,
  unknown,
} from './catalogue.ts';
import type { CatalogueInput, ConfiguredSource, RemoteSchemaSetting } from './catalogueInput.ts';
import { catalogueSource } from './catalogueSource.ts';
import { typeNamesOf } from './hasuraSchema.ts';
import {
  type RelationshipList,
  relationshipNamed,
  relationshipsOfTable,
  relationshipsOfType,
} from './knownRelationships.ts';
import { remoteSchemaInconsistencies } from './remoteSchemaConsistency.ts';
import { hasCustomization } from './remoteSchemaNames.ts';
import { noRequestFacts, type RequestFacts, readRequestFacts } from './requestFacts.ts';
import type { PlacedTableEntry } from './tableFacts.ts';

/**
 * Brings together what metadata, configuration and requests say. Cheap: entries are only sorted by name here, sources
 * and tables are made when first asked for, so it can be built anew after every change.
 */
export function buildCatalogue(input: CatalogueInput): Catalogue {
  return new ProjectCatalogue(input);
}

class ProjectCatalogue implements Catalogue {
  readonly serverVersion: Catalogue['serverVersion'];
  readonly #input: CatalogueInput;
  readonly #requests: RequestFacts;
  readonly #names = lazy(() => sortByName(this.#input, this.#requests));
  readonly #inheritedRoles = lazy(
    () =>
      new Map(
        this.documents
          .flatMap(({ model }) => model.inheritedRoles)
          .map(({ name, roles }): [string, readonly string[]] => [name, roles]),
      ),
  );
  readonly #hasRemoteSchemaPermissions = lazy(() =>
    this.documents.some(({ model }) => model.remoteSchemas.some(({ permissions }) => permissions.length > 0)),
  );
  readonly #withPermittedSchemas: () => Catalogue = lazy((): Catalogue => {
    const shows = this.remoteSchemas.some(
      ({ schema, permissions }) =>
        schema.state === 'unknown' && permissions.state === 'present' && permissions.value.length > 0,
    );
    return shows ? new ProjectCatalogue({ ...this.#input, usesPermittedSchemas: true }) : this;
  });
  /** Of the tables of each source, in GraphQL. */
  readonly #typeNames = lazy(
    () =>
      new Map(
        [...this.#names().sources].map(([name, { entries, tableEntries }]) => {
          const own = entries.at(-1)?.entry;
          return [
            name,
            typeNamesOf(
              own,
              tableEntries.map(({ entry }) => entry),
            ),
          ] as const;
        }),
      ),
  );
  readonly #sources = new Map<string, Source>();
  readonly #remoteSchemas = new Map<string, ConfiguredRemoteSchema>();

  constructor(input: CatalogueInput) {
    this.serverVersion = input.serverVersion;
    this.#input = input;
    this.#requests =
      input.extraRequests === undefined ? noRequestFacts : readRequestFacts(input.extraRequests);
  }

  source(name: string): Knowledge<Source> {
    const known = this.#sources.get(name);
    if (known !== undefined) return present(known);
    const names = this.#names();
    const named = names.sources.get(name);
    if (named === undefined) return this.#missing(names.sourcesComplete);
    const { metadata } = this.#input;
    const source = catalogueSource({
      name,
      entries: named.entries,
      tableEntries: named.tableEntries,
      configured: named.configured,
      requested: this.#requests.sources.get(name),
      replacesMetadata: this.#requests.replacesMetadata,
      hasMetadata: metadata !== undefined,
      metadataComplete: metadata?.tablesComplete.get(name),
      isSharedType: (typeName) =>
        [...this.#typeNames()].some(([other, types]) => other !== name && types.has(typeName)),
      isOnlyConfigured:
        this.#missing(names.sourcesComplete).state === 'absent' &&
        names.hasSourceEntries &&
        named.entries.length + named.tableEntries.length === 0 &&
        !this.#requests.sources.has(name),
      impliedByVersion2: name === 'default' && metadata?.sourcesComplete === true && !names.hasSourceEntries,
    });
    this.#sources.set(name, source);
    return present(source);
  }

  get sources(): readonly Source[] {
    return presentOnes([...this.#names().sources.keys()].map((name) => this.source(name)));
  }

  remoteSchema(name: string): Knowledge<ConfiguredRemoteSchema> {
    const known = this.#remoteSchemas.get(name);
    if (known !== undefined) return present(known);
    const names = this.#names();
    const named = names.remoteSchemas.get(name);
    if (named === undefined) return this.#missing(names.remoteSchemasComplete);
    const declarations = named.entries.map(({ uri, entry }) =>
      nodeLocation(uri, entry.name.state === 'present' ? entry.name.node : entry.node),
    );
    const last = named.entries.at(-1);
    const changed = this.#requests.changedRemoteSchemas.has(name);
    const own = changed ? unknown : (named.setting?.schema ?? unknown);
    const permitted = lazy(() =>
      own.state === 'unknown' && this.#input.usesPermittedSchemas === true && last !== undefined
        ? knowledgeOf(permittedSchema(filesOfPermissions(last)))
        : own,
    );
    const inconsistencies = lazy(() =>
      last === undefined || changed
        ? []
        : remoteSchemaInconsistencies(last.uri, last.entry, own, this.serverVersion),
    );
    const remoteSchema: ConfiguredRemoteSchema = {
      name,
      get schema() {
        return permitted();
      },
      isOnlyConfigured:
        this.#missing(names.remoteSchemasComplete).state === 'absent' &&
        names.hasRemoteSchemaEntries &&
        named.entries.length === 0 &&
        !this.#requests.remoteSchemas.has(name) &&
        !changed,
      location: declarations.at(-1) ?? named.setting?.location ?? this.#requests.remoteSchemas.get(name),
      declarations,
      origin: named.setting?.origin,
      customization: hasCustomization(this.serverVersion) && !changed ? last?.entry.customization : undefined,
      permissions:
        last?.entry.permissionsKnown !== true || changed ? unknown : present(last.entry.permissions),
      get inconsistencies() {
        return inconsistencies();
      },
    };
    this.#remoteSchemas.set(name, remoteSchema);
    return present(remoteSchema);
  }

  get remoteSchemas(): readonly ConfiguredRemoteSchema[] {
    return presentOnes([...this.#names().remoteSchemas.keys()].map((name) => this.remoteSchema(name)));
  }

  get documents(): Catalogue['documents'] {
    return this.#input.metadata?.documents ?? [];
  }

  get inheritedRoles(): Catalogue['inheritedRoles'] {
    return this.#inheritedRoles();
  }

  get heedsRemoteSchemaPermissions(): boolean | undefined {
    const configured = this.#input.configured?.remoteSchemaPermissions;
    return configured ?? (this.#hasRemoteSchemaPermissions() ? true : undefined);
  }

  get actionTypes(): Knowledge<RemoteSchema> {
    return this.#input.configured?.actionTypes ?? unknown;
  }

  get withPermittedSchemas(): Catalogue {
    return this.#withPermittedSchemas();
  }

  relationship(owner: Relationship['owner'], name: string): Knowledge<Location> {
    const list = this.#relationshipsOf(owner);
    return list === undefined ? unknown : relationshipNamed(list, name);
  }

  relationshipNames(owner: Relationship['owner']): readonly string[] {
    return (this.#relationshipsOf(owner)?.relationships ?? []).flatMap((each) => knownValue(each.name) ?? []);
  }

  #relationshipsOf(owner: Relationship['owner']): RelationshipList | undefined {
    const { metadata } = this.#input;
    if (metadata === undefined || this.#requests.replacesMetadata) return undefined;
    const names = this.#names();
    if (owner.kind === 'table') {
      const source = owner.source?.name;
      const named = source === undefined ? undefined : names.sources.get(source);
      const isComplete = source !== undefined && metadata.tablesComplete.get(source) !== false;
      return isComplete && named !== undefined
        ? relationshipsOfTable(knownValue(this.source(source))?.kind, named.tableEntries, owner.table)
        : undefined;
    }
    if (owner.kind === 'action-type' || owner.remoteSchema === undefined) return undefined;
    const named = names.remoteSchemas.get(owner.remoteSchema.name);
    return names.remoteSchemasComplete && named !== undefined
      ? relationshipsOfType(named.entries.at(-1), owner.typeName)
      : undefined;
  }

  #missing(complete: boolean): Knowledge<never> {
    return complete && !this.#requests.replacesMetadata ? absent : unknown;
  }
}

function presentOnes<T>(known: readonly Knowledge<T>[]): readonly T[] {
  return known.flatMap((one) => (one.state === 'present' ? [one.value] : []));
}

interface NamedSource {
  readonly entries: { readonly uri: string; readonly entry: SourceEntry }[];
  readonly tableEntries: PlacedTableEntry[];
  configured: ConfiguredSource | undefined;
}

interface NamedRemoteSchema {
  readonly entries: { readonly uri: string; readonly entry: RemoteSchemaEntry }[];
  setting: RemoteSchemaSetting | undefined;
}

interface Names {
  readonly sources: ReadonlyMap<string, NamedSource>;
  readonly remoteSchemas: ReadonlyMap<string, NamedRemoteSchema>;
  /** A source that is in none of the places can be called absent. */
  readonly sourcesComplete: boolean;
  readonly remoteSchemasComplete: boolean;
  readonly hasSourceEntries: boolean;
  readonly hasRemoteSchemaEntries: boolean;
}

/** Every name, in the order metadata, configuration, requests. */
function sortByName({ metadata, configured }: CatalogueInput, requests: RequestFacts): Names {
  const sources = new Map<string, NamedSource>();
  const remoteSchemas = new Map<string, NamedRemoteSchema>();
  const sourceNamed = named(sources, () => ({ entries: [], tableEntries: [], configured: undefined }));
  const remoteSchemaNamed = named(remoteSchemas, () => ({ entries: [], setting: undefined }));
  let sourcesComplete = metadata?.sourcesComplete ?? configured?.sourcesDeclared ?? false;
  let remoteSchemasComplete = metadata?.remoteSchemasComplete ?? configured?.remoteSchemasDeclared ?? false;
  let hasSourceEntries = false;
  let hasRemoteSchemaEntries = false;

  for (const { uri, model } of metadata?.documents ?? []) {
    for (const entry of model.sources) {
      hasSourceEntries = true;
      if (entry.name.state === 'present') sourceNamed(entry.name.value).entries.push({ uri, entry });
      else sourcesComplete = false;
    }
    for (const entry of model.tables) {
      if (entry.source !== undefined) sourceNamed(entry.source.name).tableEntries.push({ uri, entry });
    }
    for (const entry of model.remoteSchemas) {
      hasRemoteSchemaEntries = true;
      if (entry.name.state === 'present') remoteSchemaNamed(entry.name.value).entries.push({ uri, entry });
      else remoteSchemasComplete = false;
    }
  }
  for (const source of configured?.sources ?? []) sourceNamed(source.name).configured = source;
  for (const setting of configured?.remoteSchemas ?? []) remoteSchemaNamed(setting.name).setting = setting;
  for (const [name, { added, tables }] of requests.sources) {
    if (added !== undefined || tables.length > 0) sourceNamed(name);
  }
  for (const name of [...requests.remoteSchemas.keys(), ...requests.changedRemoteSchemas]) {
    remoteSchemaNamed(name);
  }
  return {
    sources,
    remoteSchemas,
    sourcesComplete,
    remoteSchemasComplete,
    hasSourceEntries,
    hasRemoteSchemaEntries,
  };
}

function named<T>(map: Map<string, T>, make: () => T): (name: string) => T {
  return (name) => {
    const known = map.get(name);
    if (known !== undefined) return known;
    const made = make();
    map.set(name, made);
    return made;
  };
}

function knowledgeOf<T>(value: T | undefined): Knowledge<T> {
  return value === undefined ? unknown : present(value);
}

function filesOfPermissions({
  uri,
  entry,
}: {
  readonly uri: string;
  readonly entry: RemoteSchemaEntry;
}): readonly SchemaFile[] {
  return entry.permissions.flatMap(({ schema }) =>
    schema.state === 'present' ? [{ uri, text: schema.value, place: nodeLocation(uri, schema.node) }] : [],
  );
}
