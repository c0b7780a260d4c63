import { boundedList } from '../../../common/src/boundedText.ts';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import type { ReadableFolders } from '../../../common/src/files/readableFiles.ts';
import type { ConfiguredFacts } from '../catalogue/catalogueInput.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import { documentContext } from '../join/documentContext.ts';
import type { MetadataModel, ReadingContext } from '../metadata/relationship.ts';
import { checkDocument } from '../rules/check.ts';
import type { Finding } from '../rules/rule.ts';
import { type SeveritySetting, withSeverities } from '../rules/settings.ts';
import { isCodeFile } from '../schema/sdlInCode.ts';
import { parse } from '../syntax/parse.ts';
import { emptyConfiguration, readConfiguration } from './configuration.ts';
import { DiskState } from './diskState.ts';
import { Documents, type ParsedDocument } from './documents.ts';
import { type DocumentKey, directoryOf, type FileSystem, isInside, isPath, joinPath } from './files.ts';
import { projectFinding, syntaxMessage } from './findings.ts';
import { configurableCodes, type SchemaSettings } from './knownSchemas.ts';
import { MigrationReplays, type ReplaySql } from './migrationReplays.ts';
import { type ContentChange, OpenTexts } from './openTexts.ts';
import type { Project, ProjectEnvironment } from './project.ts';
import { Projects } from './projects.ts';
import { SchemaFiles } from './schemaFiles.ts';
import { holdsListed, unlistedFinding, unseenByServer } from './unlistedFile.ts';

export interface WorkspaceOptions {
  /** The disk, as far as it may be read at any moment. */
  disk(readable: ReadableFolders): FileSystem;
  /** What lies around the folders may be read, too: the workspace is trusted, or this is the command line. */
  readonly trusted?: boolean;
  /** What is open in the editor already. */
  readonly openTexts?: OpenTexts;
  /** Nobody tells of all that changes on disk: `lookAtDisk` is called. */
  readonly looksAtDisk?: boolean;
  /** False where another extension already reports YAML syntax errors. */
  readonly reportYamlSyntax?: boolean;
  /** True where no editor reports syntax errors of JSON, and of files that say nothing readable: on the command line. */
  readonly reportAllSyntax?: boolean;
  /** Where variables of the Hasura CLI may stand, as in `.env`; `undefined`: neither is looked at. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** False where memory counts for more than time: what is in closed files is read again when it is asked for. */
  readonly keepsTrees?: boolean;
  /** Severities by code, before those of every configuration. */
  readonly severities?: Readonly<Record<string, SeveritySetting>>;
  /** A configuration file for every project, in place of their own. */
  readonly configurationOverride?: string | undefined;
  /** Reads SQL migrations; they are not looked at where it is left out. */
  readonly replaySql?: ReplaySql;
  /** Told when migrations were read, some time after they were asked for. */
  readonly replayed?: () => void;
  /** What is known of sources and remote schemas in place of what files say: another state of them. */
  readonly replacedFacts?: (facts: ConfiguredFacts) => ConfiguredFacts;
  /** Told of what should not have happened. */
  log(message: string): void;
}

/** What was found in a file. The same object, with the same `id`, as long as nothing it depends on changes. */
export interface FileFindings {
  readonly id: string;
  readonly findings: readonly Finding[];
}

/** Of a file nothing is wrong in. */
export const noFindings: FileFindings = { id: '0', findings: [] };

interface Kept {
  readonly document: ParsedDocument | undefined;
  readonly dependencies: string;
  /** Other documents that its findings lead to. */
  readonly related: readonly ParsedDocument[];
  readonly result: FileFindings;
}

/**
 * All projects of all workspace folders, and the documents open in the editor. What the language server and the
 * command line share: everything below is asked through it.
 */
export class Workspace {
  readonly documents: Documents;
  readonly #options: WorkspaceOptions;
  readonly #environment: ProjectEnvironment;
  readonly #all: Projects;
  readonly #migrations: MigrationReplays | undefined;
  readonly #disk: DiskState | undefined;
  readonly #versionsOfAll: () => string;
  /** By file the projects that have findings in it. */
  readonly #withFindings: () => ReadonlyMap<string, readonly Project[]>;
  readonly #settings = new Map<string, SchemaSettings>();
  #settingsVersion = 0;
  /** Patterns by the folder of a project. */
  readonly #placeholders = new Map<string, readonly string[]>();
  #versions = 0;
  #findingsCount = 0;
  #diskVersion = 0;
  readonly #runId = Date.now().toString(36);
  readonly #kept = new Map<DocumentKey, Kept>();
  readonly #contexts = new Map<DocumentKey, { readonly context: DocumentContext; readonly of: unknown[] }>();

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    const { configurationOverride } = options;
    const readable = {
      folders: (): readonly string[] =>
        configurationOverride === undefined
          ? this.#all.folders
          : [...this.#all.folders, directoryOf(configurationOverride)],
      trusted: options.trusted ?? false,
      isNamed: (path: string): boolean => this.#all.every().some((project) => project.names(path)),
    };
    const disk = options.disk(readable);
    this.#disk = options.looksAtDisk === true ? new DiskState(disk) : undefined;
    this.documents = new Documents(
      this.#disk?.files ?? disk,
      options.openTexts ?? new OpenTexts(),
      options.keepsTrees,
    );
    const schemaFiles = new SchemaFiles(this.documents);
    const { replaySql } = options;
    const replayed = () => {
      for (const project of this.#all.every()) project.migrationsReplayed();
      options.replayed?.();
    };
    this.#migrations =
      replaySql && new MigrationReplays(this.documents, schemaFiles, replaySql, replayed, options.log);
    this.#environment = {
      documents: this.documents,
      schemaFiles,
      migrations: this.#migrations,
      settings: (folder) => this.settingsOf(folder),
      configurationOverride,
      variables: options.environment,
      replacedFacts: options.replacedFacts ?? ((facts) => facts),
      takePlaceholders: (project, patterns) => this.#takePlaceholders(project, patterns),
      nextVersion: () => ++this.#versions,
      changed: () => this.#all.changed(),
    };
    this.#all = new Projects(this.#environment);
    this.#versionsOfAll = this.#all.fromAll(() =>
      this.#all
        .inUse()
        .map((project) => this.#safely(() => project.factsVersion, 0))
        .join(','),
    );
    this.#withFindings = this.#all.fromAll((found) => {
      const byFile = new Map<string, Project[]>();
      for (const project of found) {
        for (const file of new Set(this.#safely(() => project.filesWithFindings(), []))) {
          const projects = byFile.get(file);
          if (projects === undefined) byFile.set(file, [project]);
          else projects.push(project);
        }
      }
      return byFile;
    });
  }

  // ---- folders and projects ------------------------------------------------------------------------------------

  /** Rises with every change on disk that is told, and with other folders. */
  get diskVersion(): number {
    return this.#diskVersion;
  }

  get projects(): readonly Project[] {
    return this.#all.found;
  }

  get folders(): readonly string[] {
    return this.#all.folders;
  }

  /** Takes these for the workspace folders; projects are found by `discover`. */
  setFolders(paths: readonly string[]): void {
    // Migrations may be read, or no longer.
    for (const folder of new Set([...this.#all.folders, ...paths])) {
      if (paths.includes(folder) !== this.#all.folders.includes(folder)) this.#migrations?.changed(folder);
    }
    for (const folder of this.#all.folders) {
      if (paths.includes(folder)) continue;
      this.documents.forgetFolder(folder);
      this.#environment.schemaFiles.changed(folder);
    }
    this.#diskVersion++;
    // How documents are called is read in the folders.
    this.#all.setFolders(paths);
    this.documents.setFolders(paths);
  }

  /** Whether `discover` may find other projects than there are. */
  get toDiscover(): boolean {
    return this.#safely(() => this.#all.toDiscover, false);
  }

  /**
   * Finds projects where folders are new, a file that decides came or went, or one says something else about it. They
   * count once `load` is through.
   */
  discover(): Promise<void> {
    return this.#all.discover();
  }

  /** Reads the files of new projects; yields after each, so that the caller can let others work in between. */
  load(): Generator<void> {
    return this.#all.load();
  }

  /** Settles when all migrations are read that projects know their tables by. */
  async migrationsRead(): Promise<void> {
    do {
      for (const project of this.#all.inUse()) this.#safely(() => project.schemas, undefined);
    } while (await this.#migrations?.settled());
  }

  /** The project a document belongs to: the one with the longest folder; one of its own where there is none. */
  projectOf(key: DocumentKey): Project {
    return this.#all.of(key);
  }

  /** The project of a file, or the one that begins in a folder; `undefined` where there is none. */
  projectAt(key: DocumentKey): Project | undefined {
    const here = this.#all.found.filter(({ location }) => location.root === key || location.metadata === key);
    const own =
      here.find(({ location }) => location.metadata !== undefined) ?? here[0] ?? this.projectOf(key);
    return this.isFound(own) ? own : undefined;
  }

  /** All files are read with the placeholders of all projects: one more unknown name does no harm. */
  #takePlaceholders(project: Project, patterns: readonly string[]): void {
    this.#placeholders.set(project.location.root, patterns);
    const all = [...new Set([...this.#placeholders.values()].flat())].sort();
    if (!this.documents.setPlaceholders(all)) return;
    for (const other of this.#all.every()) if (other !== project) other.foldersChanged();
  }

  /** Whether the project was found in a folder, rather than made up for a document without one. */
  isFound(project: Project): boolean {
    return this.#all.found.includes(project);
  }

  // ---- changes -------------------------------------------------------------------------------------------------

  open(uri: string, languageId: string, version: number, text: string): void {
    this.#documentChanged(this.documents.open(uri, languageId, version, text));
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    this.#documentChanged(this.documents.change(uri, version, changes));
  }

  close(uri: string): void {
    const key = this.documents.close(uri);
    this.#all.closed(key);
    this.#contexts.delete(key);
    this.#kept.delete(key);
    this.#documentChanged(key);
    const belongs = this.#all.found.some((project) =>
      this.#safely(() => project.allFiles().includes(key), false),
    );
    if (!belongs) this.documents.forget(key);
  }

  /** A file changed on disk; `cameOrWent`: it was created or deleted. A directory stands for all below it. */
  fileChanged(path: string, cameOrWent: boolean): void {
    this.#diskVersion++;
    this.documents.changedOnDisk(path, cameOrWent);
    this.#environment.schemaFiles.changed(path);
    this.#migrations?.changed(path);
    this.#all.fileChanged(path, cameOrWent);
  }

  /** Files that are read and that the client does not watch by itself: outside of the folders, and of code. */
  unwatchedFiles(): readonly DocumentKey[] {
    const { folders } = this.#all;
    return [...this.#knownFiles()].filter(
      (path) => isCodeFile(path) || !folders.some((folder) => isInside(path, folder)),
    );
  }

  /**
   * Takes up what has changed on disk since it was last called, of all that is known, or of what lies outside of the
   * folders alone. `directories`: those in which something known lies.
   */
  lookAtDisk(all: boolean): { readonly isNews: boolean; readonly directories: readonly string[] } {
    const files = all ? this.#knownFiles() : this.unwatchedFiles();
    const directories = new Set(all ? this.#all.folders : []);
    for (const path of files) directories.add(directoryOf(path));
    for (const { location } of all ? this.#all.found : []) {
      for (const path of [location.root, location.metadata]) if (path !== undefined) directories.add(path);
    }
    for (const project of all ? this.#all.found : []) {
      for (const path of this.#safely(() => [...project.schemas.directories], [])) directories.add(path);
    }
    const variables = all ? this.#all.found.map(({ location }) => joinPath(location.root, '.env')) : [];
    const changed =
      this.#disk?.changed([...files, ...variables, ...(all ? directories : [])]) ??
      new Map<string, boolean>();
    for (const [path, cameOrWent] of changed) this.fileChanged(path, cameOrWent || directories.has(path));
    const { files: disk } = this.documents;
    return {
      isNews: changed.size > 0,
      directories: [...directories].filter((path) => disk.stamp(path) !== undefined),
    };
  }

  #knownFiles(): Set<DocumentKey> {
    const paths = new Set(this.documents.openKeys().filter(isPath));
    for (const project of this.#all.inUse()) {
      for (const path of this.#safely(() => project.filesRead(), [])) paths.add(path);
    }
    return paths;
  }

  /** The editor's settings for a folder (`''`: documents outside of every folder): the value of our section. */
  setSettings(folder: string, value: unknown): void {
    const tree = parse(JSON.stringify(value ?? {}) ?? '{}', 'json');
    const { configuration, findings } = readConfiguration(tree, configurableCodes);
    // Settings the server does not read are the client's business.
    const problems = findings.map(({ message }) => message).filter((message) => !/has no key/.test(message));
    this.#settings.set(folder, { configuration, problems });
    this.#settingsVersion++;
    for (const project of this.#all.every()) project.settingsChanged();
  }

  /** What the editor's settings for a folder say of schemas. */
  settingsOf(folder: string): SchemaSettings {
    return this.#settings.get(folder) ?? noSettings;
  }

  /** Rises when what is known has changed for more than the document that was edited. */
  get factsVersion(): string {
    return `${this.#settingsVersion}/${this.#versionsOfAll()}`;
  }

  #documentChanged(key: DocumentKey): void {
    this.#environment.schemaFiles.changed(key);
    this.#migrations?.changed(key);
    this.#all.documentChanged(key);
    for (const project of this.#all.every()) project.documentChanged(key);
  }

  // ---- answers -------------------------------------------------------------------------------------------------

  /** What the place of a file says about it. */
  reading(key: DocumentKey): ReadingContext {
    return this.#safely(() => this.projectOf(key).context(key), {});
  }

  /** What rules and features read of a document; `undefined` when it is none of Hasura's. */
  context(key: DocumentKey): DocumentContext | undefined {
    return this.#safely(() => {
      const document = this.documents.get(key);
      if (document === undefined) return undefined;
      const project = this.projectOf(key);
      const model = document.model(project.context(key));
      if (!isRelevant(model) && !project.files.has(key)) return undefined;
      const catalogue = project.catalogue(key, model);
      const known = this.#contexts.get(key);
      if (known !== undefined && known.of[0] === model && known.of[1] === catalogue) return known.context;
      const context = documentContext(document.uri, document.tree, model, catalogue);
      if (this.documents.isOpen(key)) this.#contexts.set(key, { context, of: [model, catalogue] });
      return context;
    }, undefined);
  }

  /** Everything that is wrong in a file, whether a document of Hasura's, a configuration or a schema. */
  findings(key: DocumentKey): FileFindings {
    const answer = this.#attempt(() => {
      const document = this.documents.get(key);
      const project = this.projectOf(key);
      const dependencies = `${this.#settingsVersion} ${project.location.root} ${project.factsVersion} ${this.#versionsOfAll()}`;
      const known = this.#kept.get(key);
      if (known !== undefined && known.document === document && known.dependencies === dependencies) {
        if (known.related.every((each) => this.documents.get(each.key) === each)) return known.result;
      }
      const findings = this.#compute(key, document, project);
      const result = findings.length === 0 ? noFindings : { id: this.#nextId(), findings };
      this.#kept.set(key, { document, dependencies, related: this.#relatedDocuments(findings), result });
      if (!project.files.has(key)) this.documents.release(key);
      return result;
    });
    return 'value' in answer
      ? answer.value
      : { id: this.#nextId(), findings: this.#notChecked(key, [answer.failure]) };
  }

  /** The documents that places of findings are in, which move with them. */
  #relatedDocuments(findings: readonly Finding[]): readonly ParsedDocument[] {
    const uris = new Set(findings.flatMap(({ related }) => related.map(({ location }) => location.uri)));
    return [...uris]
      .map((uri) => this.documents.get(this.documents.keyOf(uri)))
      .filter((document) => document !== undefined);
  }

  /** Files of the projects that were found, and what is open. */
  reportableFiles(): DocumentKey[] {
    const keys = new Set<DocumentKey>(this.documents.openKeys());
    for (const project of this.#all.found) {
      for (const path of this.#safely(() => project.allFiles(), [])) keys.add(path);
    }
    return [...keys];
  }

  uri(key: DocumentKey): string {
    return this.documents.uri(key);
  }

  key(uri: string): DocumentKey {
    return this.documents.keyOf(uri);
  }

  /** Unlike that of any other findings, also of an earlier run: clients may still hold ids of that. */
  #nextId(): string {
    return `${this.#runId}-${++this.#findingsCount}`;
  }

  #compute(key: DocumentKey, document: ParsedDocument | undefined, project: Project): Finding[] {
    const configured = project.ruleSettings(this.#options.reportYamlSyntax ?? true);
    const severities = { ...configured.severities, ...this.#options.severities };
    const settings = { ...configured, severities };
    const projectFindings = this.#projectFindings(key, project);
    if (this.#options.reportAllSyntax === true && document === undefined && projectFindings.length === 0) {
      for (const finding of this.#unreadable(key)) projectFindings.push(finding);
    }
    // What the Hasura CLI reads is not wrong, though YAML forbids it.
    const reportsSyntax =
      (this.#options.reportAllSyntax === true || document?.syntax.foreign !== undefined) &&
      key !== project.location.cliConfiguration;
    if (reportsSyntax && document !== undefined && projectFindings.length === 0) {
      for (const finding of syntaxFindings(document, this.context(key))) projectFindings.push(finding);
    }
    const context = document === undefined ? undefined : this.context(key);
    const isUnlisted = context !== undefined && holdsListed(context.model) && project.isUnlisted(key);
    if (isUnlisted && !projectFindings.some(({ code }) => code === 'yml-file')) {
      projectFindings.push(unlistedFinding(context.tree));
    }
    const failures = new Set(document?.failures);
    const said =
      context === undefined
        ? withSeverities(projectFindings, settings).sort((a, b) => a.offset - b.offset)
        : checkDocument(context, settings, {
            projectFindings,
            onError: (rule, error) => {
              this.#options.log(`The rule ${rule} failed in ${key}: ${describe(error)}`);
              failures.add(`${rule}: ${errorMessage(error)}`);
            },
          });
    const findings = isUnlisted ? unseenByServer(said) : said;
    if (failures.size === 0 || findings.some(({ code }) => code === 'not-checked')) return findings;
    if (document !== undefined && document.failures.length > 0) {
      this.#options.log(`${key} could not be read: ${document.failures.join('; ')}`);
    }
    return [...withSeverities(this.#notChecked(key, [...failures]), settings), ...findings];
  }

  /** One finding for all that went wrong in a file; none in a file that is none of ours. */
  #notChecked(key: DocumentKey, failures: readonly string[]): Finding[] {
    const isOurs =
      this.#options.reportAllSyntax === true ||
      this.#all.found.some((project) => this.#safely(() => project.allFiles().includes(key), false)) ||
      this.context(key) !== undefined;
    if (!isOurs) return [];
    const message = `This file could not be checked completely, because of an error in this program: ${boundedList(failures, '; ')}.`;
    return [projectFinding('not-checked', message, { offset: 0, length: 0 })];
  }

  /** Why a file in one of our languages can't be read. */
  #unreadable(key: DocumentKey): readonly Finding[] {
    if (this.documents.language(key) === undefined) return [];
    const result = this.documents.read(key);
    if (result.ok || result.problem === 'missing') return [];
    const code = result.problem === 'outside-workspace' ? result.problem : 'unreadable-file';
    return [projectFinding(code, result.message, start)];
  }

  /** A configuration or schema file may serve several projects: each finding once. */
  #projectFindings(key: DocumentKey, project: Project): Finding[] {
    const inFound = this.#withFindings().get(key) ?? [];
    const projects = this.isFound(project) ? inFound : [...inFound, project];
    const all = new Map<string, Finding>();
    for (const each of projects) {
      for (const finding of this.#safely(() => each.findings(key), [])) {
        all.set(`${finding.code} ${finding.offset} ${finding.message}`, finding);
      }
    }
    return [...all.values()];
  }

  /** One bad file never silences the others. */
  #safely<T>(compute: () => T, otherwise: T): T {
    const answer = this.#attempt(compute);
    return 'value' in answer ? answer.value : otherwise;
  }

  #attempt<T>(compute: () => T): { readonly value: T } | { readonly failure: string } {
    try {
      return { value: compute() };
    } catch (error) {
      this.#options.log(describe(error));
      return { failure: errorMessage(error) };
    }
  }
}

const start = { offset: 0, length: 0 };

const noSettings: SchemaSettings = { configuration: emptyConfiguration, problems: [] };

/** Whether a document says anything of Hasura's. */
function isRelevant(model: MetadataModel): boolean {
  return model.roles.some((role) => role !== 'none');
}

/** Syntax errors that no rule reports: of JSON, and of YAML that can't be recognised for them. */
function syntaxFindings({ key, syntax }: ParsedDocument, context: DocumentContext | undefined): Finding[] {
  if (context !== undefined && syntax.language === 'yaml') return [];
  // In JSON one mistake leads to the next.
  const problems = syntax.language === 'json' ? syntax.problems.slice(0, 1) : syntax.problems;
  const [extension] = syntax.extensions ?? [];
  if (problems.length === 0 && context !== undefined && extension !== undefined && !isWithComments(key)) {
    const message = `JSON has no ${extension.kind}s: Hasura refuses this file.`;
    return [projectFinding('unreadable-file', message, extension)];
  }
  return problems.map((problem) => projectFinding('unreadable-file', syntaxMessage(problem), problem));
}

/** Of such a file somebody makes plain JSON before it is sent. */
function isWithComments(key: DocumentKey): boolean {
  return /\.jsonc$/i.test(key);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
