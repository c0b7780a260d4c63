import { boundedName } from '../../../common/src/boundedText.ts';
import { isPostgresLike } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { type Knowledge, present, unknown } from '../catalogue/catalogue.ts';
import type { ConfiguredFacts, ConfiguredSource, RemoteSchemaSetting } from '../catalogue/catalogueInput.ts';
import { rules } from '../rules/list.ts';
import { projectCodes } from '../rules/projectCodes.ts';
import type { Finding } from '../rules/rule.ts';
import type { SeveritySetting } from '../rules/settings.ts';
import { lazy } from '../schema/lazy.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { suggest } from '../schema/suggest.ts';
import { tablesOfSource } from '../schema/tableSnapshot.ts';
import { type Configuration, emptyConfiguration, readConfiguration } from './configuration.ts';
import { columnsSign, conventionalFiles, hasuraSchemaNames, schemaFolders } from './conventions.ts';
import type { ProjectLocation } from './discovery.ts';
import type { Documents } from './documents.ts';
import { directoryOf, joinPath } from './files.ts';
import { projectFinding } from './findings.ts';
import type { MigrationReplays, Replay } from './migrationReplays.ts';
import { type MigrationFile, type Migrations, migrationsOf } from './migrations.ts';
import {
  type Found,
  firstOf,
  type Layer,
  NamedFiles,
  namedOneByOne,
  type SchemaOrigin,
} from './namedFiles.ts';
import type { Loaded, SchemaFiles } from './schemaFiles.ts';

/** What the editor's settings say, read like a configuration file. Paths are relative to the workspace folder. */
export interface SchemaSettings {
  readonly configuration: Configuration;
  /** What is wrong with them, in the user's words. */
  readonly problems: readonly string[];
}

/** Where the facts about one source or remote schema come from. */
export interface SchemaUse {
  readonly name: string;
  readonly origin: SchemaOrigin | undefined;
  /** The first of the files. */
  readonly path: string | undefined;
  /** Whether something of it is in use, be it of an earlier content. */
  readonly loaded: boolean;
  readonly readAt: number | undefined;
  readonly problem: string | undefined;
  /** The first file of the schema of Hasura that may know what nothing else does; read or not. */
  readonly hasuraSchema: string | undefined;
  /** It was found by its name: then only its use is said. */
  readonly isHasuraSchemaUnnamed: boolean;
  /** Known by SQL, not by a snapshot; `reading`: not yet. */
  readonly sql: 'reading' | 'read' | undefined;
  /** The SQL files, whether they are there or may come. */
  readonly sqlFiles: readonly string[];
}

export interface KnownSchemas {
  readonly facts: ConfiguredFacts;
  readonly serverVersion: string | undefined;
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** What is wrong with the configuration and the schema files, by path. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Configuration and schema files, whether they could be read or not. */
  readonly files: ReadonlySet<string>;
  /** Folders in which schema files were looked for. */
  readonly folders: ReadonlySet<string>;
  /** Folders to which files may come that count. */
  readonly directories: ReadonlySet<string>;
  readonly sources: readonly SchemaUse[];
  readonly remoteSchemas: readonly SchemaUse[];
  /** The same text as long as nothing that matters is different. */
  readonly revision: string;
}

/** Codes whose severity can be set. */
export const configurableCodes: readonly string[] = [...rules, ...projectCodes].map(({ code }) => code);

interface Environment {
  readonly documents: Documents;
  readonly schemaFiles: SchemaFiles;
  /** `undefined`: migrations are not looked at. */
  readonly migrations: MigrationReplays | undefined;
  settings(folder: string): SchemaSettings;
  /** Takes the files that are named, before any of them is read. */
  nameFiles(paths: ReadonlySet<string>): void;
}

/** Names the metadata declares; `undefined` when there is no metadata: then a convention may name anything. */
export type DeclaredNames =
  | {
      /** With the kind of each; `undefined` when it can't be read. */
      readonly sources: ReadonlyMap<string, string | undefined>;
      readonly remoteSchemas: ReadonlySet<string>;
      /** There are no others. */
      readonly isComplete: boolean;
    }
  | undefined;

/**
 * Brings together what is configured. For each source and each remote schema the first that has an answer counts:
 * the configuration file, the editor's settings, files found by convention.
 */
export function schemasOf(
  location: ProjectLocation,
  configurationFile: string | undefined,
  declared: DeclaredNames,
  environment: Environment,
): KnownSchemas {
  const collector = new Collector(environment);
  const file = collector.configuration(configurationFile);
  // Another file in its place may be for several projects.
  const isOwn = configurationFile === location.configuration && !location.sharesConfiguration;
  if (configurationFile !== undefined && isOwn && declared?.isComplete === true) {
    collector.misspelled(configurationFile, file, declared);
  }
  const settings = environment.settings(location.folder).configuration;
  const conventions = conventionalFiles(location, environment.documents, declared);

  const layers: Layer[] = [
    { origin: 'settings', configuration: settings, base: location.folder, reportIn: undefined },
  ];
  if (configurationFile !== undefined) {
    const base = directoryOf(configurationFile);
    layers.unshift({ origin: 'configuration', configuration: file, base, reportIn: configurationFile });
  }
  const named = namedOneByOne(layers);
  environment.nameFiles(named);
  // Now that they may be read, it can be told how the disk spells them.
  environment.nameFiles(
    new Set([...named].flatMap((path) => [path, environment.documents.keyOfWritten(path)])),
  );
  const names = (of: (configuration: Configuration) => ReadonlyMap<string, unknown>): Iterable<string> =>
    layers.flatMap(({ configuration }) => [...of(configuration).keys()]);

  const sources = new Set([
    ...names((each) => each.sources),
    ...conventions.tables.keys(),
    ...(declared?.sources.keys() ?? []),
  ]);
  const hasuraSchema = lazy(() =>
    declared === undefined ? undefined : collector.hasuraSchemaBeside(location.root, named),
  );
  for (const name of sources) {
    collector.source(name, layers, conventions.tables.get(name), {
      key: JSON.stringify([location.metadata ?? location.root, name]),
      folder: location.migrations,
      kind: declared?.sources.get(name),
      find: () => migrationsOf(environment.documents.files, location, name, sources.size === 1),
      hasuraSchema,
    });
  }
  for (const name of new Set([
    ...names((each) => each.remoteSchemas),
    ...conventions.schemas.keys(),
    ...(declared?.remoteSchemas ?? []),
  ])) {
    collector.remoteSchema(name, layers, conventions.schemas.get(name));
  }
  const actionTypes = collector.actionTypes(location);
  const serverVersion = file.serverVersion ?? settings.serverVersion;
  const remoteSchemaPermissions = file.remoteSchemaPermissions ?? settings.remoteSchemaPermissions;
  const ruleSettings = { ...settings.rules, ...file.rules };
  return {
    facts: {
      sources: collector.sources,
      sourcesDeclared: file.sources.size > 0,
      remoteSchemas: collector.remoteSchemas,
      remoteSchemasDeclared: file.remoteSchemas.size > 0,
      remoteSchemaPermissions,
      actionTypes,
    },
    serverVersion,
    rules: ruleSettings,
    findings: collector.findings,
    files: collector.files,
    folders: new Set([
      ...schemaFolders(location, environment.documents),
      ...collector.search.listed.keys(),
      ...collector.directories,
    ]),
    directories: collector.directories,
    sources: collector.sourceUses,
    remoteSchemas: collector.remoteSchemaUses,
    revision: JSON.stringify([
      serverVersion,
      ruleSettings,
      remoteSchemaPermissions ?? null,
      collector.revisions,
    ]),
  };
}

/** The patterns of placeholders that the configuration file and the settings of a project add. */
export function ownPlaceholders(
  configurationFile: string | undefined,
  documents: Documents,
  settings: SchemaSettings,
): readonly string[] {
  const document = configurationFile === undefined ? undefined : documents.get(configurationFile);
  const written =
    document === undefined
      ? []
      : readConfiguration(document.tree, configurableCodes).configuration.placeholders;
  return [...written, ...settings.configuration.placeholders];
}

class Collector {
  readonly findings = new Map<string, Finding[]>();
  readonly #reported = new Map<string, Set<Finding>>();
  readonly directories = new Set<string>();
  readonly sources: ConfiguredSource[] = [];
  readonly remoteSchemas: RemoteSchemaSetting[] = [];
  readonly sourceUses: SchemaUse[] = [];
  readonly remoteSchemaUses: SchemaUse[] = [];
  readonly revisions: unknown[] = [];
  readonly search: NamedFiles;
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.search = new NamedFiles(environment, (path, finding) => this.#report(path, [finding]));
  }

  /** Configuration and schema files, whether they could be read or not. */
  get files(): Set<string> {
    return this.search.files;
  }

  /** Names that nothing has in the metadata, where it is plain which one of it is meant. */
  misspelled(
    path: string,
    { sources, remoteSchemas }: Configuration,
    declared: NonNullable<DeclaredNames>,
  ): void {
    for (const [what, written, names] of [
      ['source', sources, new Set(declared.sources.keys())],
      ['remote schema', remoteSchemas, declared.remoteSchemas],
    ] as const) {
      for (const [name, place] of written) {
        if (names.has(name)) continue;
        const meant = suggest(
          name,
          [...names].filter((each) => !written.has(each)),
        );
        if (meant === undefined) continue;
        const message = `The metadata has no ${what} "${boundedName(name)}". Did you mean "${boundedName(meant)}"?`;
        this.#report(path, [projectFinding('configuration', message, place, { severity: 'warning' })]);
      }
    }
  }

  configuration(path: string | undefined): Configuration {
    if (path === undefined) return emptyConfiguration;
    this.files.add(path);
    const { documents } = this.#environment;
    const result = documents.read(path);
    if (!result.ok) {
      const code = result.problem === 'outside-workspace' ? result.problem : 'unreadable-file';
      this.#report(path, [projectFinding(code, result.message, { offset: 0, length: 0 })]);
      return emptyConfiguration;
    }
    const document = documents.get(path);
    if (document === undefined) return emptyConfiguration;
    const { configuration, findings } = readConfiguration(document.tree, configurableCodes);
    this.#report(path, findings);
    return configuration;
  }

  source(
    name: string,
    layers: readonly Layer[],
    conventional: readonly string[] | undefined,
    migrations: SourceFiles,
  ): void {
    const kind = firstOf(layers, ({ configuration }) => configuration.sources.get(name)?.kind);
    const written = ({ configuration }: Layer) => configuration.sources.get(name);
    const named = layers.find((layer) => (written(layer)?.tables ?? written(layer)?.sql) !== undefined);
    const isSql = named !== undefined && written(named)?.sql !== undefined;
    const found = this.search.find(
      layers,
      (layer) => written(layer)?.tables ?? written(layer)?.sql,
      conventional,
    );
    const sql = isSql || found === undefined ? this.#sql(found, kind, migrations) : undefined;
    const path = isSql ? undefined : found?.paths[0];
    const loaded = path === undefined ? undefined : this.#environment.schemaFiles.snapshot(path);
    const tables = loaded?.value === undefined ? undefined : tablesOfSource(loaded.value, name);
    const configured = firstOf(layers, ({ configuration, reportIn }) => {
      const entry = configuration.sources.get(name);
      return entry === undefined || reportIn === undefined ? undefined : this.#location(reportIn, entry);
    });
    const replayed = sql?.replay?.known;
    const schemaFound =
      isSql || found === undefined
        ? this.search.find(layers, (layer) => written(layer)?.graphql, undefined)
        : undefined;
    // Parsing it takes longer than it is worth where SQL knows most tables: then it has to be named.
    const isUnknown = found === undefined && schemaFound === undefined && (sql?.files.length ?? 0) === 0;
    const unnamed = isUnknown ? migrations.hasuraSchema() : undefined;
    const schemaLoaded = unnamed?.loaded ?? (schemaFound && this.#loadSchema(schemaFound));
    const hasuraSchema = schemaLoaded?.value;
    const known = [kind, tables, replayed, hasuraSchema, configured];
    if (known.some((each) => each !== undefined)) {
      this.sources.push({
        name,
        kind,
        tables: tables?.tables,
        complete: tables?.complete ?? false,
        // SQL that a configuration names may have run in another order, or be that of another day.
        replayed: replayed && { ...replayed, isHistory: sql?.origin === 'migrations' },
        hasuraSchema,
        location: configured,
      });
    }
    const schemaPath = unnamed?.path ?? schemaFound?.paths[0];
    if (unnamed !== undefined) this.revisions.push([name, unnamed.path, unnamed.loaded.revision]);
    if (sql !== undefined) {
      if (schemaFound !== undefined) this.#note(name, schemaFound, schemaLoaded);
      this.#useSql(name, sql, schemaPath, unnamed !== undefined);
      return;
    }
    if (schemaFound !== undefined) {
      this.#use(this.sourceUses, name, schemaFound, schemaLoaded, noSnapshot, schemaPath);
      return;
    }
    this.#use(this.sourceUses, name, found, loaded, noSnapshot, schemaPath, unnamed !== undefined);
    if (
      loaded?.value !== undefined &&
      tables === undefined &&
      loaded.problem === undefined &&
      path !== undefined
    ) {
      this.#report(path, [
        projectFinding(
          'table-snapshot',
          `This snapshot has no tables of the source "${name}".`,
          { offset: 0, length: 0 },
          { severity: 'warning' },
        ),
      ]);
    }
  }

  remoteSchema(name: string, layers: readonly Layer[], conventional: readonly string[] | undefined): void {
    const found = this.search.find(
      layers,
      ({ configuration }) => configuration.remoteSchemas.get(name)?.schema,
      conventional,
    );
    const loaded = found && this.#loadSchema(found);
    const configured = firstOf(layers, ({ configuration, reportIn }) => {
      const entry = configuration.remoteSchemas.get(name);
      return entry === undefined || reportIn === undefined ? undefined : this.#location(reportIn, entry);
    });
    if (loaded !== undefined || configured !== undefined) {
      this.remoteSchemas.push({
        name,
        schema: loaded?.value === undefined ? unknown : present(loaded.value),
        location: configured,
        origin: found?.paths[0],
      });
    }
    this.#use(this.remoteSchemaUses, name, found, loaded, 'There is no schema file for this remote schema.');
  }

  /** Nobody named it: nothing is said of what is wrong with it. */
  hasuraSchemaBeside(root: string, named: ReadonlySet<string>): FoundSchema | undefined {
    const { documents, schemaFiles } = this.#environment;
    for (const name of hasuraSchemaNames) {
      const path = documents.keyOfWritten(joinPath(root, name));
      if (named.has(path)) continue;
      this.files.add(path);
      const result = schemaFiles.read(path);
      // Parsing a schema of anything else would be in vain.
      if (!result.ok || !result.text.includes(columnsSign)) continue;
      const loaded = schemaFiles.remoteSchema([path]);
      if (loaded.value !== undefined) return { path, loaded };
    }
    return undefined;
  }

  #loadSchema({ paths }: Found): Loaded<RemoteSchema> | undefined {
    return paths.length === 0 ? undefined : this.#environment.schemaFiles.remoteSchema(paths);
  }

  /** The SQL that makes the tables of a source, where there is no snapshot. */
  #sql(found: Found | undefined, ownKind: string | undefined, source: SourceFiles): SqlUse | undefined {
    const replays = this.#environment.migrations;
    if (replays === undefined) return found && { ...found, files: [], replay: undefined };
    if (found === undefined) this.directories.add(source.folder);
    const migrations = found === undefined ? source.find() : undefined;
    if (found === undefined && migrations === undefined) return undefined;
    const origin = found?.origin ?? 'migrations';
    const paths = found?.paths ?? [migrations?.folder ?? ''];
    const kind = source.kind ?? ownKind ?? 'postgres';
    const use = { origin, paths, problem: found?.problem, files: [], replay: undefined };
    if (!isPostgresLike(kind)) {
      return {
        ...use,
        origin: undefined,
        paths: [],
        problem: `SQL is read only for Postgres, but this source is of kind "${kind}". ${noSnapshot}`,
      };
    }
    const files: readonly MigrationFile[] =
      migrations?.files ?? paths.map((path) => ({ path, language: 'sql' as const }));
    for (const { path, language } of files) if (language === 'sql') this.files.add(path);
    for (const directory of migrations?.directories ?? []) this.directories.add(directory);
    return files.length === 0 ? use : { ...use, files, replay: replays.get(source.key, files) };
  }

  #useSql(
    name: string,
    { origin, paths, problem, files, replay }: SqlUse,
    hasuraSchema: string | undefined,
    isUnnamed: boolean,
  ): void {
    for (const found of replay?.known?.database.problems ?? []) {
      const path = this.#environment.documents.keyOf(found.uri);
      this.files.add(path);
      this.#report(path, [projectFinding('sql-syntax', found.message, found)]);
    }
    if (replay?.unreadable !== undefined) {
      const { path, problem: why } = replay.unreadable;
      const code = why === 'outside-workspace' ? why : 'unreadable-file';
      // Other tools may read it all the same, and nothing is wrong with the metadata.
      const severity = { severity: 'information' } as const;
      this.#report(path, [projectFinding(code, replay.problem ?? '', { offset: 0, length: 0 }, severity)]);
    }
    this.revisions.push([name, origin, paths, replay?.revision, problem]);
    this.sourceUses.push({
      name,
      origin,
      path: paths[0],
      loaded: replay?.known !== undefined,
      readAt: replay?.readAt,
      problem: problem ?? replay?.problem,
      hasuraSchema,
      isHasuraSchemaUnnamed: isUnnamed,
      sql: replay?.isReading === true ? 'reading' : 'read',
      sqlFiles: files.map(({ path }) => path),
    });
  }

  /** What `actions.graphql` of a metadata directory says: often nothing. */
  actionTypes({ layout, metadata }: ProjectLocation): Knowledge<RemoteSchema> {
    if (metadata === undefined || layout === 'file') return unknown;
    const path = this.#environment.documents.keyOfWritten(joinPath(metadata, 'actions.graphql'));
    this.files.add(path);
    const result = this.#environment.schemaFiles.read(path);
    if (!result.ok || result.text.replaceAll(/#.*/g, '').trim() === '') return unknown;
    const loaded = this.#environment.schemaFiles.remoteSchema([path]);
    this.revisions.push(loaded.revision);
    // The CLI writes `type Mutation` once for each action.
    const errors = (loaded.findings.get(path) ?? []).filter(({ severity }) => severity === 'error');
    this.#report(path, errors);
    return loaded.value === undefined || errors.length > 0 ? unknown : present(loaded.value);
  }

  #use<T>(
    uses: SchemaUse[],
    name: string,
    found: Found | undefined,
    loaded: Loaded<T> | undefined,
    missing: string,
    hasuraSchema?: string,
    isUnnamed = false,
  ): void {
    this.#note(name, found, loaded);
    uses.push({
      name,
      origin: found?.origin,
      path: found?.paths[0],
      loaded: loaded?.value !== undefined,
      readAt: loaded?.goodSince,
      problem: found?.problem ?? loaded?.problem ?? (found === undefined ? missing : undefined),
      hasuraSchema,
      isHasuraSchemaUnnamed: isUnnamed,
      sql: undefined,
      sqlFiles: [],
    });
  }

  /** Reports what is wrong with files, and lets what depends on them be looked at again. */
  #note(name: string, found: Found | undefined, loaded: Loaded<unknown> | undefined): void {
    for (const [path, findings] of loaded?.findings ?? []) this.#report(path, findings);
    this.revisions.push([name, found?.origin, found?.paths, loaded?.revision]);
  }

  /** Several sources may share a file: each finding once. */
  #report(path: string, findings: readonly Finding[]): void {
    const known = this.#reported.get(path) ?? new Set();
    this.#reported.set(path, known);
    const list = this.findings.get(path) ?? [];
    this.findings.set(path, list);
    for (const finding of findings) {
      if (known.size < known.add(finding).size) list.push(finding);
    }
  }

  #location(path: string, range: { readonly offset: number; readonly length: number }) {
    return { uri: this.#environment.documents.uri(path), offset: range.offset, length: range.length };
  }
}

const noSnapshot = 'There is no table snapshot for this source.';

/** Where the migrations of a source are, whose they are, and what else nobody named. */
interface SourceFiles {
  readonly key: string;
  /** In which all migrations of the project lie. */
  readonly folder: string;
  /** As the metadata says. */
  readonly kind: string | undefined;
  find(): Migrations | undefined;
  hasuraSchema(): FoundSchema | undefined;
}

interface FoundSchema {
  readonly path: string;
  readonly loaded: Loaded<RemoteSchema>;
}

interface SqlUse extends Omit<Found, 'origin'> {
  /** `undefined` where it can't be used. */
  readonly origin: SchemaOrigin | undefined;
  readonly files: readonly MigrationFile[];
  readonly replay: Replay | undefined;
}
