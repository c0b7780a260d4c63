import { describeProblem } from '../../../common/src/files/readResult.ts';
import { readServerVersion } from '../../../common/src/serverVersion.ts';
import { buildCatalogue } from '../catalogue/buildCatalogue.ts';
import {
  type Catalogue,
  type HasuraSchemaUse,
  knownValue,
  type MetadataDocument,
  type MigrationCoverage,
} from '../catalogue/catalogue.ts';
import type { ConfiguredFacts, MetadataFacts } from '../catalogue/catalogueInput.ts';
import type { MetadataModel, ReadingContext } from '../metadata/relationship.ts';
import type { Finding } from '../rules/rule.ts';
import type { RuleSettings } from '../rules/settings.ts';
import { cliConfigurationFindings } from './cliConfiguration.ts';
import type { ProjectLocation } from './discovery.ts';
import { isReplacement, openEnded, ownMetadata } from './documentMetadata.ts';
import { type Documents, isWhole } from './documents.ts';
import { baseName, isInside } from './files.ts';
import { projectFinding } from './findings.ts';
import { fingerprintOf, structureOf } from './fingerprint.ts';
import {
  type DeclaredNames,
  type KnownSchemas,
  ownPlaceholders,
  type SchemaSettings,
  schemasOf,
} from './knownSchemas.ts';
import type { MigrationReplays } from './migrationReplays.ts';
import { outOfStepFindings } from './outOfStep.ts';
import type { SchemaFiles } from './schemaFiles.ts';
import { cliShape, holdsEntriesAlone, readStructure, type Structure } from './structure.ts';
import { isMisnamedConfig } from './ymlFiles.ts';

/** What a project needs from the workspace it is in. */
export interface ProjectEnvironment {
  readonly documents: Documents;
  readonly schemaFiles: SchemaFiles;
  /** `undefined`: migrations are not looked at. */
  readonly migrations: MigrationReplays | undefined;
  settings(folder: string): SchemaSettings;
  /** Configuration file that takes the place of the project's own. */
  readonly configurationOverride: string | undefined;
  /** Where variables of the Hasura CLI may stand, as in `.env`. */
  readonly variables: Readonly<Record<string, string | undefined>> | undefined;
  /** What is known of sources and remote schemas in place of what files say. */
  replacedFacts(facts: ConfiguredFacts): ConfiguredFacts;
  /** Takes the project's own placeholders, before its files are read. */
  takePlaceholders(project: Project, patterns: readonly string[]): void;
  /** A number that was not given before: whatever a project knows, no other, before or after it, has the same. */
  nextVersion(): number;
  /** What a project says, or which files it has, may be another when it is asked next. */
  changed(): void;
}

interface MemberState {
  readonly model: MetadataModel;
  /** The same as the catalogue gets it: one of thousands that are not made anew for each keystroke. */
  readonly document: MetadataDocument;
  readonly facts: string;
  readonly structure: string;
  readonly whole: boolean;
}

const none: ReadonlyMap<string, readonly Finding[]> = new Map();

/**
 * One Hasura project. Everything in it is computed when it is asked for and kept until something it was computed
 * from changes; `factsVersion` counts the changes that other files can notice.
 */
export class Project {
  readonly location: ProjectLocation;
  readonly #environment: ProjectEnvironment;
  #structureRead: Structure | undefined;
  #members = new Map<string, MemberState>();
  readonly #changedMembers = new Set<string>();
  /** Documents that changed while the structure is being read, others working in between; `undefined` when it is not. */
  #changedWhileReading: Set<string> | undefined;
  #readSchemas: KnownSchemas | undefined;
  #schemaRevision = '';
  /** What was said of sources that are out of step with their migrations. */
  #step = '[]';
  /** What the whole structure said when it was last read. */
  #meaning = '';
  #currentFactsVersion: number;
  #metadataFacts: MetadataFacts | undefined;
  readonly #catalogues = new Map<string, Catalogue>();
  /** Those that tables were known by when schemas were last read, in whatever language. */
  #migrationFiles: ReadonlySet<string> = new Set();
  /** Files that the configuration or the settings name, by no pattern. */
  #namedFiles: ReadonlySet<string> = new Set();

  constructor(location: ProjectLocation, environment: ProjectEnvironment) {
    this.location = location;
    this.#environment = environment;
    this.#currentFactsVersion = environment.nextVersion();
  }

  /** Reads what has not been read yet; yields after each file. */
  *load(): Generator<void> {
    if (this.#structureRead !== undefined) return;
    const { documents } = this.#environment;
    this.#tellPlaceholders();
    const changed = new Set<string>();
    this.#changedWhileReading = changed;
    const structure = yield* readStructure(this.location, documents);
    const isOutdated =
      this.#changedWhileReading !== changed ||
      [...changed].some((key) => structure.members.has(key) || decidesStructure(structure, key));
    this.#changedWhileReading = undefined;
    // Else it is read again when it is asked for, or was.
    if (!isOutdated && this.#structureRead === undefined) this.#setStructure(structure);
  }

  /** Rises when what this project knows has changed for more than one file. */
  get factsVersion(): number {
    this.#refresh();
    this.#knownSchemas();
    const outOfStep = this.#outOfStep();
    const step = JSON.stringify(
      [...outOfStep].map(([path, list]) => [
        path,
        list.flatMap(({ message, related }) => [message, ...related.map((place) => place.message)]),
      ]),
    );
    if (step !== this.#step) this.#currentFactsVersion = this.#environment.nextVersion();
    this.#step = step;
    return this.#currentFactsVersion;
  }

  /** The files of the metadata, in the order the server gets them. */
  get files(): ReadonlyMap<string, ReadingContext> {
    return this.#refresh().members;
  }

  /** Files with functions, each with the name of their source where it is known. */
  get functionFiles(): ReadonlyMap<string, string | undefined> {
    return this.#refresh().functionFiles;
  }

  /** What the place of a file says about it; empty for a file that is no part of the metadata. */
  context(key: string): ReadingContext {
    return this.files.get(key) ?? {};
  }

  /** Whether a file lies among the metadata and nothing leads to it: the Hasura CLI does not read it. */
  isUnlisted(key: string): boolean {
    const { metadata, layout, layer } = this.location;
    const isDirectory = layout === 'v2' || layout === 'v3';
    if (metadata === undefined || !isDirectory || layer || !isInside(key, metadata)) return false;
    const { members, functionFiles, sourcesComplete, tablesComplete } = this.#refresh();
    const isWhole = sourcesComplete && [...tablesComplete.values()].every((complete) => complete);
    return isWhole && !members.has(key) && !functionFiles.has(key);
  }

  /** Whether the file is a migration: what it names may be gone by now. */
  isHistory(key: string): boolean {
    return isInside(key, this.location.migrations) && /^(?:up|down)\.(?:ya?ml|json)$/.test(baseName(key));
  }

  /** Whether the configuration or the settings name this very file. */
  names(path: string): boolean {
    return this.#namedFiles.has(path);
  }

  get configurationFile(): string | undefined {
    return this.#environment.configurationOverride ?? this.location.configuration;
  }

  /** Sources, remote schemas, version and rules as configured, set or found by convention. */
  get schemas(): KnownSchemas {
    this.#refresh();
    return this.#knownSchemas();
  }

  ruleSettings(reportYamlSyntax: boolean): RuleSettings {
    return { severities: this.schemas.rules, reportYamlSyntax };
  }

  /**
   * What is known, as a document of this project sees it: a file that is no part of the metadata adds what it says
   * itself, for itself alone.
   */
  catalogue(key: string, model: MetadataModel): Catalogue {
    this.#refresh();
    const history = this.isHistory(key);
    const member = this.files.has(key);
    const ownFacts = !member && model.sources.length + model.tables.length + model.remoteSchemas.length > 0;
    const requests = member ? [] : model.otherRequests;
    const shared = !ownFacts && requests.length === 0;
    const replacement = isReplacement(model);
    if (shared && !history && !replacement) return this.sharedCatalogue;
    const { schemas } = this;
    const isKept = shared && history;
    const cached = isKept ? this.#catalogues.get('history') : undefined;
    if (cached !== undefined) return cached;
    const uri = this.#environment.documents.uri(key);
    const document = this.#environment.documents.get(key);
    const whole = document !== undefined && isWhole(document);
    let metadata = replacement ? ownMetadata(uri, model, whole) : this.#metadata();
    if (ownFacts && metadata !== undefined && !replacement) {
      metadata = { ...metadata, documents: [...metadata.documents, { uri, model, isApart: true }] };
    }
    const catalogue = buildCatalogue({
      serverVersion: readServerVersion(schemas.serverVersion),
      metadata: history && !replacement && metadata !== undefined ? openEnded(metadata) : metadata,
      configured: schemas.facts,
      extraRequests: requests.length === 0 || replacement ? undefined : [{ uri, requests }],
    });
    if (isKept) this.#catalogues.set('history', catalogue);
    return catalogue;
  }

  /** What is known, as every file of the metadata sees it. */
  get sharedCatalogue(): Catalogue {
    this.#refresh();
    const { schemas } = this;
    const known = this.#catalogues.get('shared');
    if (known !== undefined) return known;
    const catalogue = buildCatalogue({
      serverVersion: readServerVersion(schemas.serverVersion),
      metadata: this.#metadata(),
      configured: schemas.facts,
    });
    this.#catalogues.set('shared', catalogue);
    return catalogue;
  }

  /** How many of the tracked tables of a source its SQL makes; `undefined` where they are not known by SQL. */
  migrationCoverage(source: string): MigrationCoverage | undefined {
    return knownValue(this.sharedCatalogue.source(source))?.migrations;
  }

  /** Of what use the schema of Hasura is that is named for a source; `undefined` where none is. */
  hasuraSchemaUse(source: string): HasuraSchemaUse | undefined {
    return knownValue(this.sharedCatalogue.source(source))?.hasuraSchema;
  }

  #outOfStep(): ReadonlyMap<string, readonly Finding[]> {
    const isBySql = this.schemas.facts.sources.some(({ replayed }) => replayed !== undefined);
    return isBySql
      ? outOfStepFindings(this.sharedCatalogue, this.location, this.#environment.documents)
      : none;
  }

  /** What is wrong with this project's files apart from what rules say, by path. */
  findings(path: string): readonly Finding[] {
    return [
      ...this.#unreadMetadata(path),
      ...(this.#refresh().findings.get(path) ?? []),
      ...(this.schemas.findings.get(path) ?? []),
      ...(this.#outOfStep().get(path) ?? []),
      ...(path === this.location.cliConfiguration ? this.#cliConfigurationFindings() : []),
    ];
  }

  #cliConfigurationFindings(): readonly Finding[] {
    return cliConfigurationFindings(this.location, this.#environment.documents);
  }

  /** Files of which `findings` may tell something. */
  filesWithFindings(): readonly string[] {
    return [
      ...(this.location.unread === undefined ? [] : [this.location.unread.file]),
      ...this.#refresh().findings.keys(),
      ...this.schemas.findings.keys(),
      ...this.#outOfStep().keys(),
      this.location.cliConfiguration,
    ];
  }

  /** Every file that belongs to the project: metadata, configuration, schema files. */
  allFiles(): readonly string[] {
    const { unread } = this.location;
    const isUnreadable = this.#cliConfigurationFindings().length > 0;
    return [
      ...new Set([
        ...(unread === undefined ? [] : [unread.file]),
        ...this.files.keys(),
        ...this.#refresh().findings.keys(),
        ...this.schemas.files,
        ...this.#outOfStep().keys(),
        ...(isUnreadable ? [this.location.cliConfiguration] : []),
      ]),
    ];
  }

  /** Every file that something is known by: those that belong to the project, and its migrations. */
  filesRead(): readonly string[] {
    return [...this.allFiles(), ...this.#migrationFiles];
  }

  /** Metadata that may not be read is reported where it is named. */
  #unreadMetadata(path: string): readonly Finding[] {
    const { metadata, unread } = this.location;
    if (unread?.file !== path || metadata === undefined) return [];
    return [projectFinding('outside-workspace', describeProblem('outside-workspace', metadata), unread)];
  }

  /** A document's text changed. */
  documentChanged(key: string): void {
    const structure = this.#structureRead;
    this.#changedWhileReading?.add(key);
    if (this.#members.has(key)) {
      this.#changedMembers.add(key);
      this.#environment.changed();
    } else if (
      (structure !== undefined && decidesStructure(structure, key)) ||
      isMisnamedConfig(key, this.location)
    ) {
      this.#forgetStructure();
    }
    this.#schemaFileChanged(key);
  }

  /** A file came, went, or changed on disk: may belong to the project from now on. */
  fileEvent(path: string, cameOrWent: boolean): void {
    this.documentChanged(path);
    const { metadata } = this.location;
    const decides =
      (metadata !== undefined && isInside(path, metadata)) || /^config\.ya?ml$/i.test(baseName(path));
    if (cameOrWent && decides) this.#forgetStructure();
    if (cameOrWent && this.#looksFor(path)) this.#forgetSchemas();
  }

  /** The editor's settings changed. */
  settingsChanged(): void {
    this.#forgetStructure();
    this.#forgetSchemas();
  }

  /** Other files may be read, by includes too. */
  foldersChanged(): void {
    this.#forgetStructure();
    this.#forgetSchemas();
  }

  /** More is known by SQL than was. */
  migrationsReplayed(): void {
    this.#forgetSchemas();
  }

  #schemaFileChanged(path: string): void {
    if (path === this.configurationFile) this.#forgetStructure();
    const isRead = this.#readSchemas?.files.has(path) === true || this.#migrationFiles.has(path);
    if (path === this.configurationFile || isRead) this.#forgetSchemas();
  }

  /** Whether a file or folder may be a schema, hold one, or lie where schemas are looked for. */
  #looksFor(path: string): boolean {
    const { files, folders } = this.#readSchemas ?? { files: [], folders: [] };
    for (const folder of folders) if (isInside(path, folder) || isInside(folder, path)) return true;
    for (const file of files) if (isInside(file, path)) return true;
    return false;
  }

  #forgetStructure(): void {
    this.#structureRead = undefined;
    this.#changedWhileReading = undefined;
    this.#environment.changed();
  }

  #forgetSchemas(): void {
    this.#readSchemas = undefined;
    this.#catalogues.clear();
    this.#environment.changed();
  }

  #refresh(): Structure {
    if (this.#structureRead !== undefined && this.#changedMembers.size > 0) this.#readChangedMembers();
    if (this.#structureRead === undefined) {
      this.#tellPlaceholders();
      const reading = readStructure(this.location, this.#environment.documents);
      let step = reading.next();
      while (step.done !== true) step = reading.next();
      this.#setStructure(step.value);
      return step.value;
    }
    return this.#structureRead;
  }

  #tellPlaceholders(): void {
    const { documents, settings, takePlaceholders } = this.#environment;
    takePlaceholders(
      this,
      ownPlaceholders(this.configurationFile, documents, settings(this.location.folder)),
    );
  }

  /** Takes up what changed in single files, and drops the structure where its includes did. */
  #readChangedMembers(): void {
    for (const key of this.#changedMembers) {
      const before = this.#members.get(key);
      const after = this.#memberState(key, before);
      if (before === undefined) continue;
      const same =
        after !== undefined && before.structure === after.structure && before.whole === after.whole;
      if (!same) this.#structureRead = undefined;
      if (after === undefined) continue;
      if (before.facts !== after.facts) this.#factsChanged();
      if (before.document !== after.document) {
        this.#forgetMetadata();
        // What is wrong with its includes stands elsewhere now.
        if (this.#structureRead?.findings.has(key) === true) this.#structureRead = undefined;
      }
      this.#members.set(key, after);
    }
    this.#changedMembers.clear();
  }

  #setStructure(structure: Structure): void {
    const before = this.#members;
    this.#structureRead = structure;
    this.#changedMembers.clear();
    this.#members = new Map();
    const facts: string[] = [];
    for (const key of structure.members.keys()) {
      const state = before.get(key);
      const now = this.#memberState(key, state);
      if (now === undefined) continue;
      this.#members.set(key, now);
      facts.push(key, now.facts);
    }
    const { sourcesComplete, remoteSchemasComplete, tablesComplete, findings } = structure;
    const meaning = JSON.stringify([
      facts,
      sourcesComplete,
      remoteSchemasComplete,
      [...tablesComplete],
      [...findings],
    ]);
    if (meaning !== this.#meaning) this.#factsChanged();
    this.#meaning = meaning;
    this.#forgetMetadata();
  }

  #memberState(key: string, known: MemberState | undefined): MemberState | undefined {
    const document = this.#environment.documents.get(key);
    const context = this.#structureRead?.members.get(key);
    if (document === undefined || context === undefined) return undefined;
    const model = document.outline(context);
    const uri = this.#environment.documents.uri(key);
    if (known?.model === model && known.document.uri === uri) return known;
    return {
      model,
      document: { uri, model },
      facts: fingerprintOf(model),
      structure: structureOf(model) + cliShape(document, context),
      whole: isWhole(document) && holdsEntriesAlone(document, context),
    };
  }

  #factsChanged(): void {
    this.#currentFactsVersion = this.#environment.nextVersion();
    // What the structure said is no longer what was taken up last, though it may say the same again.
    this.#meaning = '';
    // Conventions depend on the names that are declared.
    this.#readSchemas = undefined;
  }

  #forgetMetadata(): void {
    this.#metadataFacts = undefined;
    this.#catalogues.clear();
  }

  #metadata(): MetadataFacts | undefined {
    const structure = this.#refresh();
    if (this.location.metadata === undefined) return undefined;
    if (this.#metadataFacts === undefined) {
      const documents: MetadataDocument[] = [];
      for (const key of structure.members.keys()) {
        const member = this.#members.get(key);
        if (member !== undefined) documents.push(member.document);
      }
      const { sourcesComplete, remoteSchemasComplete, tablesComplete } = structure;
      this.#metadataFacts = { documents, sourcesComplete, remoteSchemasComplete, tablesComplete };
    }
    return this.#metadataFacts;
  }

  #knownSchemas(): KnownSchemas {
    if (this.#readSchemas === undefined) {
      const read = schemasOf(this.location, this.configurationFile, this.#declaredNames(), {
        ...this.#environment,
        nameFiles: (paths) => {
          this.#namedFiles = paths;
        },
      });
      this.#readSchemas = { ...read, facts: this.#environment.replacedFacts(read.facts) };
      const { revision, sources } = this.#readSchemas;
      this.#migrationFiles = new Set(sources.flatMap(({ sqlFiles }) => sqlFiles));
      if (revision !== this.#schemaRevision) this.#currentFactsVersion = this.#environment.nextVersion();
      this.#schemaRevision = revision;
      this.#catalogues.clear();
    }
    return this.#readSchemas;
  }

  /** Names of sources and remote schemas the metadata declares: the ones a convention can name files for. */
  #declaredNames(): DeclaredNames {
    const metadata = this.#metadata();
    if (metadata === undefined || metadata.documents.length === 0) return undefined;
    const sources = new Map<string, string | undefined>();
    const remoteSchemas = new Set<string>();
    let isComplete = metadata.sourcesComplete && metadata.remoteSchemasComplete;
    for (const { model } of metadata.documents) {
      for (const { name, kind } of model.sources) {
        if (name.state === 'present') sources.set(name.value, kind);
        else isComplete = false;
      }
      for (const { source } of model.tables) {
        // Version 2 has no list of sources.
        if (source !== undefined && !sources.has(source.name)) sources.set(source.name, 'postgres');
      }
      for (const { name } of model.remoteSchemas) {
        if (name.state === 'present') remoteSchemas.add(name.value);
        else isComplete = false;
      }
    }
    return { sources, remoteSchemas, isComplete };
  }
}

/** Whether a file that is no member decides which ones there are, or what is told of them. */
function decidesStructure({ functionFiles, absent }: Structure, key: string): boolean {
  return functionFiles.has(key) || absent.has(key);
}
