import { kindOf } from '../../../common/src/files/fileStatus.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { configurationLimit } from '../../../common/src/files/sizeLimit.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import type { ConfiguredFacts } from '../catalogue/catalogueInput.ts';
import {
  absolutePath,
  directoryOf,
  type FileSystem,
  isInside,
  normalisePath,
  relativePath,
} from '../project/files.ts';
import { nodeFileSystem, spelledOnDisk } from '../project/nodeFiles.ts';
import { Workspace } from '../project/workspace.ts';
import type { SeveritySetting } from '../rules/settings.ts';
import { LazyReplay } from '../schema/migrations/lazyReplay.ts';
import { ReplayCache } from '../schema/migrations/replayCache.ts';
import { TOO_DEEP } from '../syntax/build.ts';
import { languageOf } from '../syntax/parse.ts';
import { CommandError } from './commandError.ts';
import { outermost, rootFor } from './roots.ts';

export interface CheckOptions {
  /** Files and directories, absolute or relative to the working directory. */
  readonly paths: readonly string[];
  /** A directory inside a project stands for all of the project. */
  readonly wholeProjects?: boolean;
  /** A configuration file that counts for everything. */
  readonly configuration: string | undefined;
  readonly workingDirectory: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Severities that count before those of every configuration. */
  readonly severities?: Readonly<Record<string, SeveritySetting>>;
  /** A text that stands for a file, which need not exist: it alone is checked, and `paths` do not count. */
  readonly standardInput?: { readonly path: string; readonly text: string };
  /** Where what was read is kept for the next time; nowhere unless said. */
  readonly cacheFolder?: string | undefined;
  /** See `WorkspaceOptions`. */
  readonly keepsTrees?: boolean;
  /** Another state of the files. */
  readonly disk?: (disk: FileSystem) => FileSystem;
  /** Another state of tables and remote schemas. */
  readonly replacedFacts?: (facts: ConfiguredFacts) => ConfiguredFacts;
  /** Told what is worth knowing but no finding. */
  note(message: string): void;
  /** Told how many files were read, often. */
  read?(files: number): void;
  /** Told of each folder that can't be read: what is below it was not checked. Relative to the working directory. */
  unread?(folder: string): void;
}

/** The files that are to be checked, and what is known of the projects around them. */
export interface CheckedFiles {
  readonly workspace: Workspace;
  /** In order. */
  readonly paths: readonly string[];
  /** Those that were named, or in which the files lie that were. */
  readonly directories: readonly string[];
  /** A path as it is printed: relative to the working directory, with forward slashes. */
  print(path: string): string;
}

/** Files that may hold metadata or requests, whatever they are called. */
const candidatePatterns = ['**/*.{json,yaml,yml,http,rest}'];

/** Words without which a file says nothing of remote relationships, remote schemas, or the types of actions. */
const telling =
  /remote_relationship|to_remote_schema|to_source|hasura_fields|replace_metadata|(?:add|update)_remote_schema|set_custom_types/;

export interface CheckedTargets {
  readonly workingDirectory: string;
  readonly targets: readonly Target[];
  /** In which projects are looked for. */
  readonly folders: readonly string[];
}

/** Where what is to be checked lies. @throws CommandError when something that was named does not exist. */
export function checkedTargets({
  paths,
  standardInput,
  workingDirectory: given,
}: CheckOptions): CheckedTargets {
  const workingDirectory = spelledOnDisk(normalisePath(given));
  const targets: readonly Target[] =
    standardInput === undefined
      ? paths.map((path) => targetAt(path, spelledFrom(workingDirectory, path)))
      : [{ path: spelledFrom(workingDirectory, standardInput.path), kind: 'file' }];
  const roots = targets.map(({ path, kind }) => rootFor(path, kind === 'directory', workingDirectory));
  return { workingDirectory, targets, folders: outermost(roots) };
}

function spelledFrom(workingDirectory: string, path: string): string {
  return spelledOnDisk(absolutePath(path, workingDirectory));
}

/** Paths as they are printed: relative to the working directory, with forward slashes. */
export function printedFrom(workingDirectory: string): CheckedFiles['print'] {
  return (path) => relativePath(workingDirectory, path);
}

/** Reads the projects that files and directories belong to. @throws CommandError when something that was named does not exist. */
export async function readCheckedFiles(options: CheckOptions): Promise<CheckedFiles> {
  const { workingDirectory, targets, folders } = checkedTargets(options);
  const configuration =
    options.configuration === undefined ? undefined : spelledFrom(workingDirectory, options.configuration);
  if (configuration !== undefined) {
    const result = readRegularFile(configuration, configurationLimit);
    if (!result.ok) throw new CommandError(`The configuration can't be used. ${result.message}`);
  }
  const { standardInput } = options;

  // What is named is read, wherever a link leads.
  const links: string[] = [];
  const unread = new Set<string>();
  const { cacheFolder, disk = (files) => files, replacedFacts } = options;
  const strangers = (): readonly string[] => [workingDirectory, ...workspace.folders];
  const replay = new LazyReplay(
    cacheFolder === undefined ? undefined : new ReplayCache(cacheFolder, strangers),
  );
  const workspace = new Workspace({
    disk: (readable) =>
      disk(
        nodeFileSystem({ ...readable, folders: () => [...readable.folders(), ...links] }, (folder) =>
          unread.add(folder),
        ),
      ),
    trusted: true,
    configurationOverride: configuration,
    reportAllSyntax: true,
    environment: options.environment ?? {},
    replaySql: (files) => replay.replay(files),
    severities: options.severities ?? {},
    keepsTrees: options.keepsTrees ?? true,
    ...(replacedFacts === undefined ? {} : { replacedFacts }),
    log: options.note,
  });
  workspace.setFolders(folders);
  links.push(...targets.map(({ path }) => path).filter((path) => workspace.documents.files.isOutside(path)));
  await workspace.discover();
  let read = 0;
  for (const _ of workspace.load()) options.read?.(++read);
  await workspace.migrationsRead();

  const print = printedFrom(workingDirectory);
  const checked = (paths: readonly string[]): CheckedFiles => {
    for (const folder of [...unread].sort()) options.unread?.(print(folder));
    const directories = targets.map(({ path, kind }) => (kind === 'directory' ? path : directoryOf(path)));
    return { workspace, paths, directories: [...new Set(directories)], print };
  };
  const [first] = targets;
  if (standardInput !== undefined && first !== undefined) {
    const language = languageOf(first.path);
    if (language === undefined) throw new CommandError(noLanguage(standardInput.path));
    workspace.open(workspace.uri(first.path), language, 1, standardInput.text);
    return checked([first.path]);
  }

  const files = new Set<string>();
  /** Files that only say something of remote relationships. */
  const mentioning = new Set<string>();
  for (const { path, kind } of targets) {
    if (kind === 'file') {
      if (languageOf(path) === undefined) options.note(noLanguage(path));
      files.add(path);
    } else {
      const project = options.wholeProjects === true ? workspace.projectAt(path) : undefined;
      const found = await filesIn(workspace, project?.location.root ?? path);
      for (const file of found.own) files.add(file);
      for (const file of found.mentioning) mentioning.add(file);
    }
  }
  for (const project of new Set([...files].map((file) => workspace.projectOf(file)))) {
    for (const file of project.schemas.files) files.add(file);
  }
  for (const file of mentioning) {
    if (workspace.context(file) !== undefined || isTooDeep(workspace, file)) files.add(file);
  }
  return checked([...files].sort());
}

/** Whether nobody can tell what a file is, so deep is it nested. */
function isTooDeep(workspace: Workspace, file: string): boolean {
  return workspace.documents.get(file)?.syntax.problems.some(({ message }) => message === TOO_DEEP) === true;
}

/** That nothing was checked, where no file is metadata or a request; `undefined` otherwise. `named`: what was to be checked. */
export function nothingChecked(
  { workspace, paths }: CheckedFiles,
  named: readonly string[],
): string | undefined {
  if (paths.some((path) => workspace.context(path) !== undefined)) return undefined;
  return `There is no Hasura metadata in ${named.map(quoted).join(', ')}: nothing was checked.`;
}

function noLanguage(path: string): string {
  return `${path}: neither JSON nor YAML nor HTTP requests`;
}

interface FoundFiles {
  readonly own: ReadonlySet<string>;
  /** No file of a project, but with a word of remote relationships: what it is, it says itself. */
  readonly mentioning: readonly string[];
}

/** Files of projects that begin below the directory or lie there, and whatever else there may be metadata or a request. */
async function filesIn(workspace: Workspace, directory: string): Promise<FoundFiles> {
  const own = new Set<string>();
  for (const project of workspace.projects) {
    // The metadata of a project may lie beside it.
    const begins = isInside(project.location.root, directory);
    for (const file of project.allFiles()) if (begins || isInside(file, directory)) own.add(file);
  }
  const mentioning: string[] = [];
  for (const path of await workspace.documents.files.find(directory, candidatePatterns)) {
    if (own.has(path)) continue;
    const result = workspace.documents.read(path);
    if (result.ok && telling.test(result.text)) mentioning.push(path);
  }
  return { own, mentioning };
}

export interface Target {
  readonly path: string;
  readonly kind: 'file' | 'directory';
}

function targetAt(written: string, path: string): Target {
  const kind = kindOf(path);
  if (kind === undefined) throw new CommandError(`"${written}" does not exist.`);
  return { path, kind: kind === 'directory' ? kind : 'file' };
}
