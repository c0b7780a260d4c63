import { configurationNames } from '../../../common/src/configurationNames.ts';
import { readDotEnv } from '../../../common/src/endpoint/dotEnv.ts';
import { groupBy } from '../../../common/src/groupBy.ts';
import { documentRole } from '../metadata/documentRole.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { baseName, directoriesUpTo, directoryOf, type FileSystem, isInside, joinPath } from './files.ts';

/**
 * Finds the Hasura projects of a workspace folder by the files that lie in it (spec 1.2, 1.4, 1.5 and 9).
 */

/**
 * `v3`: `databases/databases.yaml` below the metadata directory; `v2`: `tables.yaml`; `other`: a metadata directory
 * of another tool (`sources.yaml`, includes anywhere); `file`: a single-file export; `loose`: only our configuration
 * file, or a `config.yaml` without metadata.
 */
export type ProjectLayout = 'v3' | 'v2' | 'other' | 'file' | 'loose';

export interface ProjectLocation {
  readonly layout: ProjectLayout;
  /** The workspace folder it was found in. */
  readonly folder: string;
  /** Folder of `config.yaml`, else the one the metadata lies in. */
  readonly root: string;
  /** The metadata directory or the metadata file. */
  readonly metadata: string | undefined;
  /** The metadata directory may be one of several that are laid over each other: what it lacks, another may have. */
  readonly layer: boolean;
  /** Where the metadata is named that lies where nothing may be read. */
  readonly unread: MetadataReference | undefined;
  /** Where `config.yaml` names a version of whose layout there is no file, though there is one of another (C6). */
  readonly otherVersion: OtherVersion | undefined;
  /** Where `config.yaml` names metadata that is not there. */
  readonly missing: MetadataReference | undefined;
  /** The directory that `config.yaml` means, without any metadata in it. */
  readonly awaited: string | undefined;
  /** Migrations are history: what they name may be gone. */
  readonly migrations: string;
  /** Our configuration file. */
  readonly configuration: string | undefined;
  /** It is that of other projects, too: it may have names that are theirs. */
  readonly sharesConfiguration: boolean;
  /** Where the CLI's `config.yaml` lies, or would lie. */
  readonly cliConfiguration: string;
}

/** Of metadata that lies where it is looked for, and can be read. */
export const nothingToSay = {
  layer: false,
  sharesConfiguration: false,
  unread: undefined,
  otherVersion: undefined,
  missing: undefined,
  awaited: undefined,
} as const satisfies Partial<ProjectLocation>;

export interface OtherVersion {
  readonly version: 2 | 3;
  readonly offset: number;
  readonly length: number;
}

export interface MetadataReference {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

const patterns = [
  // What ends in `.yml` the CLI does not read, which is to be said.
  '**/config.{yaml,yml}',
  '**/databases/databases.{yaml,yml}',
  '**/{tables,sources,remote_schemas,version}.{yaml,yml}',
  '**/*metadata*.{json,yaml,yml}',
  ...configurationNames.map((name) => `**/${name}`),
];

function isExportName(name: string): boolean {
  return /metadata/i.test(name) && /\.(?:json|ya?ml)$/i.test(name);
}

/** At the end of a path, a name by which the Hasura CLI or this program opens a file. */
const openedName =
  /\/(?:databases\/databases\.ya?ml|(?:config|tables|sources|remote_schemas|version)\.ya?ml|remote-relationships\.config\.(?:json|ya?ml)|\.env)$/i;

/** The path by which a file is opened, where the file system ignores case. */
function openedPath(path: string): string {
  return path.replace(openedName, (name) => name.toLowerCase());
}

/** Whether a file's coming or going can change which projects there are. */
export function decidesProjects(file: string): boolean {
  const name = baseName(openedPath(file));
  return (
    configurationNames.includes(name) ||
    name === '.env' ||
    /^(?:config|databases|tables|sources|remote_schemas|version)\.ya?ml$/.test(name) ||
    isExportName(name)
  );
}

/** Files that make a metadata directory, unless what they say is another program's. */
const layerFiles = ['databases/databases.yaml', 'remote_schemas.yaml'];

/** Whether what a file says can change which projects there are. */
export function decidesByContent(file: string): boolean {
  const path = openedPath(file);
  const name = baseName(path);
  return name === 'config.yaml' || name === '.env' || isExportName(name) || isLayerFile(path);
}

function isLayerFile(path: string): boolean {
  return layerFiles.some((name) => path.endsWith(`/${name}`));
}

/** Whether a file says something that no metadata says, as far as can be told. */
function saysForeign(path: string, recognition: Recognition): boolean {
  const root = recognition.tree(path)?.roots[0];
  return root?.kind === 'object' && documentRole(root) === 'none';
}

/** What a file says about which projects there are: the same text as long as they are the same for all it says. */
export function decisionOf(path: string, files: FileSystem, recognition: Recognition): string {
  const opened = openedPath(path);
  const name = baseName(opened);
  if (name === 'config.yaml' || name === '.env') {
    const { config } = cliConfigurationIn(directoryOf(path), files, recognition);
    return JSON.stringify(config ?? null);
  }
  if (isLayerFile(opened)) return String(saysForeign(path, recognition));
  return String(looksLikeExport(files, path) && recognition.isMetadataDocument(path));
}

export interface Recognition {
  /** The tree of a file; `undefined` when it can't be read. */
  tree(path: string): SyntaxTree | undefined;
  /** Variables of the Hasura CLI's, which come before its `config.yaml`; `undefined`: they don't count here. */
  readonly environment: Readonly<Record<string, string | undefined>> | undefined;
  /** The path of what a file names, as the disk spells it. */
  spelled(path: string): string;
  /** Whether a file says that it is a metadata document (spec 1.1, 1.5). */
  isMetadataDocument(path: string): boolean;
}

export async function discoverProjects(
  files: FileSystem,
  folder: string,
  recognition: Recognition,
): Promise<ProjectLocation[]> {
  const paths = await files.find(folder, patterns);
  return placeProjects(paths, files, folder, recognition);
}

function placeProjects(
  paths: readonly string[],
  files: FileSystem,
  folder: string,
  recognition: Recognition,
): ProjectLocation[] {
  const all = filesByOpenedPath(paths, recognition);
  const named = (name: string): string[] =>
    [...all.keys()].filter((path) => baseName(path) === name).map(directoryOf);
  const projects: ProjectLocation[] = [];
  const metadataPlaces = new Set<string>();

  // A metadata directory that is named may lie beside the folder, in the same repository.
  const exists = (path: string): boolean =>
    isInside(path, folder) ? all.has(path) : listsFile(files, recognition.spelled(path));
  const layoutOf = (directory: string): ProjectLayout | undefined => {
    if (exists(joinPath(directory, 'databases/databases.yaml'))) return 'v3';
    if (exists(joinPath(directory, 'sources.yaml')) && holdsVersion(directory)) return 'other';
    if (exists(joinPath(directory, 'tables.yaml'))) return 'v2';
    if (exists(joinPath(directory, 'remote_schemas.yaml')) && holdsVersion(directory)) return 'v3';
    return exists(joinPath(directory, 'databases/databases.yml')) ||
      (exists(joinPath(directory, 'remote_schemas.yml')) && holdsVersion(directory))
      ? 'v3'
      : undefined;
  };
  // The CLI goes by the version, not by which files there are (C6).
  const layoutByVersion = (version: number | undefined, directory: string): ProjectLayout | undefined => {
    if (version === 3 && exists(joinPath(directory, 'databases/databases.yaml'))) return 'v3';
    return version === 2 && exists(joinPath(directory, 'tables.yaml')) ? 'v2' : undefined;
  };
  const holdsVersion = (directory: string): boolean =>
    exists(joinPath(directory, 'version.yaml')) || exists(joinPath(directory, 'remote_schemas.yaml'));
  const isForeign = (directory: string): boolean => {
    const [first, ...others] = layerFiles.map((name) => joinPath(directory, name)).filter(exists);
    if (first === undefined || others.length > 0 || exists(joinPath(directory, 'version.yaml'))) return false;
    return saysForeign(recognition.spelled(first), recognition);
  };
  const withinMetadata = (path: string): boolean =>
    directoriesUpTo(path, '/').some((place) => metadataPlaces.has(place));
  const add = (
    layout: ProjectLayout,
    root: string,
    metadata: string | undefined,
    migrations = 'migrations',
    more: Partial<ProjectLocation> = {},
  ) => {
    if (metadata !== undefined) metadataPlaces.add(metadata);
    const beside = metadata === undefined ? root : directoryOf(metadata);
    projects.push({
      layout,
      folder,
      root,
      metadata,
      ...nothingToSay,
      migrations: recognition.spelled(joinPath(root, migrations)),
      cliConfiguration: recognition.spelled(joinPath(root, 'config.yaml')),
      configuration: findConfiguration(all, [root, beside, folder]),
      ...more,
    });
  };

  const namedDirectories = new Set<string>();
  const cliRoots: string[] = [];
  // Projects of the CLI, by their config.yaml.
  for (const root of named('config.yaml')) {
    const { file, config } = cliConfigurationIn(root, files, recognition);
    if (config === undefined) continue;
    const { metadataFile, migrationsDirectory } = config;
    const metadata = recognition.spelled(joinPath(root, metadataFile ?? config.metadataDirectory));
    const place = { file, ...config.metadataRange };
    const unread = files.isOutside(metadata) ? place : undefined;
    const isNamed = place.length > 0 && unread === undefined;
    if (metadataFile !== undefined) {
      const isMissing = isNamed && !listsFile(files, metadata);
      add('file', root, metadata, migrationsDirectory, { unread, missing: isMissing ? place : undefined });
    } else {
      const layout = layoutByVersion(config.version, metadata) ?? layoutOf(metadata);
      if (layout === undefined && !config.certain) continue;
      cliRoots.push(root);
      namedDirectories.add(metadata);
      // What can't be read has metadata, too: nothing is absent only because it is not read.
      if (unread !== undefined) add('v3', root, metadata, migrationsDirectory, { unread });
      else if (layout !== undefined) {
        add(layout, root, metadata, migrationsDirectory, { otherVersion: otherVersion(config, layout) });
      } else {
        const missing = isNamed && files.list(metadata) === undefined ? place : undefined;
        add('loose', root, undefined, migrationsDirectory, { missing, awaited: metadata });
      }
    }
  }

  // Metadata directories on their own: outermost first, so that nothing inside one counts again.
  const directories = [
    ...['databases.yaml', 'databases.yml'].flatMap(named).map(directoryOf),
    ...['sources.yaml', 'tables.yaml', 'remote_schemas.yaml', 'remote_schemas.yml'].flatMap(named),
  ].sort((a, b) => a.length - b.length);
  for (const directory of directories) {
    if (withinMetadata(directory)) continue;
    const layout = layoutOf(directory);
    if (layout === undefined) continue;
    // Without anything of Hasura's beside it, a mapping may be anybody's.
    if (layout === 'v3' && isForeign(directory)) continue;
    // A tables.yaml alone may be anybody's.
    if (layout === 'v2' && !holdsVersion(directory) && baseName(directory) !== 'metadata') continue;
    const parent = directoryOf(directory);
    add(layout, isInside(parent, folder) ? parent : directory, directory);
  }

  // Single-file exports.
  for (const path of paths) {
    if (!isExportName(baseName(path)) || withinMetadata(path)) continue;
    if (looksLikeExport(files, path) && recognition.isMetadataDocument(path)) {
      add('file', directoryOf(path), path);
    }
  }

  // What is configured without any metadata.
  for (const [opened, path] of all) {
    if (!configurationNames.includes(baseName(opened))) continue;
    const root = directoryOf(path);
    if (!projects.some((project) => project.root === root || project.configuration === path)) {
      add('loose', root, undefined);
    }
  }
  // Layers are copied over each other before they are applied.
  const besides = groupBy(projects, ({ metadata }) => metadata && directoryOf(metadata));
  const isLayer = ({ metadata, layout }: ProjectLocation): boolean => {
    if (metadata === undefined || layout === 'file') return false;
    if (!namedDirectories.has(metadata) && !exists(joinPath(metadata, 'version.yaml'))) return true;
    return (besides.get(directoryOf(metadata)) ?? []).some(
      (other) =>
        other.metadata !== undefined &&
        other.metadata !== metadata &&
        other.layout !== 'file' &&
        !(namedDirectories.has(metadata) && namedDirectories.has(other.metadata)) &&
        cliRoots.some((root) => isInside(metadata, root)),
    );
  };
  const users = groupBy(projects, ({ configuration }) => configuration);
  return projects.map((project) => ({
    ...project,
    layer: isLayer(project),
    sharesConfiguration: (users.get(project.configuration ?? '')?.length ?? 0) > 1,
  }));
}

function otherVersion(
  { version, versionRange }: CliConfiguration,
  layout: ProjectLayout,
): OtherVersion | undefined {
  const isOther = (version === 2 && layout === 'v3') || (version === 3 && layout === 'v2');
  return isOther ? { version, ...versionRange } : undefined;
}

/** Files by the paths by which they are opened: on a file system that ignores case, they may be spelled otherwise. */
function filesByOpenedPath(paths: readonly string[], { spelled }: Recognition): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((path) => {
      const opened = openedPath(path);
      return opened === path || spelled(opened) === path ? [[opened, path]] : [];
    }),
  );
}

function listsFile(files: FileSystem, path: string): boolean {
  const name = baseName(path);
  return (
    files.list(directoryOf(path))?.some((entry) => entry.kind === 'file' && entry.name === name) === true
  );
}

/** The `config.yaml` in a folder, with the variables that come before what it says. */
function cliConfigurationIn(root: string, files: FileSystem, recognition: Recognition) {
  const file = recognition.spelled(joinPath(root, 'config.yaml'));
  const config = readCliConfiguration(recognition.tree(file), variablesOf(root, files, recognition));
  return { file, config };
}

/** Keys of `config.yaml` that decide what a project is. */
const variableKeys = ['version', 'metadata_directory', 'metadata_file', 'migrations_directory'] as const;
type VariableKey = (typeof variableKeys)[number];

function variableOf(key: VariableKey): string {
  return `HASURA_GRAPHQL_${key.toUpperCase()}`;
}

/** The variables of the environment that are looked at; none holds a secret. */
export const cliVariables: readonly string[] = variableKeys.map(variableOf);

/** The value of a variable for a key of `config.yaml`: of the environment, else of `.env` (C10). */
function variablesOf(
  root: string,
  files: FileSystem,
  { environment, spelled }: Recognition,
): (key: VariableKey) => string | undefined {
  if (environment === undefined) return () => undefined;
  const result = files.read(spelled(joinPath(root, '.env')));
  const dotEnv = readDotEnv(result.ok ? result.text : '');
  return (key) => {
    const name = variableOf(key);
    const written = dotEnv.outcome === 'read' ? dotEnv.values.get(name) : undefined;
    const text = environment[name] ?? (written?.missing === undefined ? written?.text : undefined);
    return text === '' ? undefined : text;
  };
}

/** Our configuration file in the first of the directories that has one. */
function findConfiguration(
  all: ReadonlyMap<string, string>,
  directories: readonly string[],
): string | undefined {
  for (const directory of directories) {
    for (const name of configurationNames) {
      const path = all.get(joinPath(directory, name));
      if (path !== undefined) return path;
    }
  }
  return undefined;
}

/** A look at the text before anything is parsed: the name alone says little. */
function looksLikeExport(files: FileSystem, path: string): boolean {
  const result = files.read(path);
  if (!result.ok) return false;
  const { text } = result;
  if (/\b(?:sources|tables)\b["']?\s*:/.test(text)) return true;
  // Remote schemas alone are a part of metadata.
  return /\bremote_schemas\b["']?\s*:/.test(text) && /\bversion\b["']?\s*:/.test(text);
}

interface CliConfiguration {
  readonly metadataDirectory: string;
  readonly metadataFile: string | undefined;
  /** `undefined`: not written. */
  readonly version: number | undefined;
  readonly versionRange: { readonly offset: number; readonly length: number };
  /** Where either is written; the start of the file where neither is. */
  readonly metadataRange: { readonly offset: number; readonly length: number };
  readonly migrationsDirectory: string;
  /** False when the file could be another program's, unless Hasura's metadata lies beside it. */
  readonly certain: boolean;
}

const cliKeys = [
  'endpoint',
  'admin_secret',
  'admin_secrets',
  'access_key',
  'metadata_directory',
  'metadata_file',
  'migrations_directory',
  'seeds_directory',
];

/** Whether a `config.yaml` is that of the Hasura CLI beyond doubt. */
export function isCliConfiguration(tree: SyntaxTree): boolean {
  return readCliConfiguration(tree)?.certain === true;
}

/** Reads the CLI's `config.yaml`; `undefined` when it is certainly not one. */
function readCliConfiguration(
  tree: SyntaxTree | undefined,
  variable: (key: VariableKey) => string | undefined = () => undefined,
): CliConfiguration | undefined {
  const root = tree?.roots[0];
  if (root === undefined || root.kind !== 'object') return undefined;
  // Keys may be in any case; of those that are there twice the one that is not in lower case counts, else the last.
  const node = (key: string): SyntaxNode | undefined => {
    const same = root.children.filter((child) => String(child.key?.value).toLowerCase() === key);
    return same.findLast((child) => child.key?.value !== key) ?? same.at(-1);
  };
  const value = (key: VariableKey): SyntaxNode['value'] => variable(key) ?? node(key)?.value;
  const text = (key: VariableKey): string | undefined => {
    const found = value(key);
    return found === null || found === undefined || found === '' ? undefined : String(found);
  };
  const version = Number(value('version') ?? 1);
  if (![1, 2, 3].includes(version)) return undefined;
  const own = cliKeys.some((key) => node(key) !== undefined);
  const metadataFile = text('metadata_file');
  const named = node(metadataFile === undefined ? 'metadata_directory' : 'metadata_file');
  return {
    metadataDirectory: text('metadata_directory') ?? 'metadata',
    metadataFile,
    version: value('version') === undefined ? undefined : version,
    versionRange: { offset: node('version')?.offset ?? 0, length: node('version')?.length ?? 0 },
    metadataRange: { offset: named?.offset ?? 0, length: named?.length ?? 0 },
    migrationsDirectory: text('migrations_directory') ?? 'migrations',
    certain: own && value('version') !== undefined,
  };
}
