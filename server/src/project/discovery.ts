import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { baseName, directoryOf, type FileSystem, isInside, joinPath } from './files.ts';

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
  /** Migrations are history: what they name may be gone. */
  readonly migrations: string;
  /** Our configuration file. */
  readonly configuration: string | undefined;
}

const configurationNames = [
  'remote-relationships.config.json',
  'remote-relationships.config.yaml',
  'remote-relationships.config.yml',
];

const patterns = [
  '**/config.yaml',
  '**/databases/databases.yaml',
  '**/{tables,sources,remote_schemas,version}.yaml',
  '**/*metadata*.{json,yaml,yml}',
  ...configurationNames.map((name) => `**/${name}`),
];

const exportName = /metadata[^/]*\.(?:json|ya?ml)$/i;

/** Whether a file's coming or going can change which projects there are. */
export function decidesProjects(path: string): boolean {
  const name = baseName(path);
  return (
    configurationNames.includes(name) ||
    /^(?:config|databases|tables|sources|remote_schemas|version)\.yaml$/.test(name) ||
    exportName.test(name)
  );
}

/** Whether what a file says can change which projects there are. */
export function decidesByContent(path: string): boolean {
  const name = baseName(path);
  return name === 'config.yaml' || exportName.test(name);
}

/** What a file says about which projects there are: the same text as long as they are the same for all it says. */
export function decisionOf(path: string, files: FileSystem, recognition: Recognition): string {
  if (baseName(path) === 'config.yaml')
    return JSON.stringify(readCliConfiguration(recognition.tree(path)) ?? null);
  return String(looksLikeExport(files, path) && recognition.isMetadataDocument(path));
}

export interface Recognition {
  /** The tree of a file; `undefined` when it can't be read. */
  tree(path: string): SyntaxTree | undefined;
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
  const all = new Set(paths);
  const named = (name: string): string[] => paths.filter((path) => baseName(path) === name).map(directoryOf);
  const projects: ProjectLocation[] = [];
  const metadataPlaces = new Map<string, ProjectLayout>();

  const layoutOf = (directory: string): ProjectLayout | undefined => {
    if (all.has(joinPath(directory, 'databases/databases.yaml'))) return 'v3';
    if (all.has(joinPath(directory, 'sources.yaml')) && holdsVersion(directory)) return 'other';
    if (all.has(joinPath(directory, 'tables.yaml'))) return 'v2';
    return all.has(joinPath(directory, 'remote_schemas.yaml')) && holdsVersion(directory) ? 'v3' : undefined;
  };
  const holdsVersion = (directory: string): boolean =>
    all.has(joinPath(directory, 'version.yaml')) || all.has(joinPath(directory, 'remote_schemas.yaml'));
  const withinMetadata = (path: string): boolean =>
    [...metadataPlaces.keys()].some((location) => isInside(path, location));
  const add = (
    layout: ProjectLayout,
    root: string,
    metadata: string | undefined,
    migrations = 'migrations',
  ) => {
    if (metadata !== undefined) metadataPlaces.set(metadata, layout);
    const beside = metadata === undefined ? root : directoryOf(metadata);
    projects.push({
      layout,
      folder,
      root,
      metadata,
      migrations: joinPath(root, migrations),
      configuration: findConfiguration(all, [root, beside, folder]),
    });
  };

  // Projects of the CLI, by their config.yaml.
  for (const root of named('config.yaml')) {
    const config = readCliConfiguration(recognition.tree(joinPath(root, 'config.yaml')));
    if (config === undefined) continue;
    const directory = joinPath(root, config.metadataDirectory);
    if (config.metadataFile !== undefined) {
      add('file', root, joinPath(root, config.metadataFile), config.migrationsDirectory);
    } else {
      const layout = layoutOf(directory);
      if (layout === undefined && !config.certain) continue;
      add(layout ?? 'loose', root, layout === undefined ? undefined : directory, config.migrationsDirectory);
    }
  }

  // Metadata directories on their own: outermost first, so that nothing inside one counts again.
  const directories = [
    ...named('databases.yaml').map(directoryOf),
    ...named('sources.yaml'),
    ...named('tables.yaml'),
    ...named('remote_schemas.yaml'),
  ].sort((a, b) => a.length - b.length);
  for (const directory of directories) {
    if (withinMetadata(directory)) continue;
    const layout = layoutOf(directory);
    if (layout === undefined) continue;
    // A tables.yaml alone may be anybody's.
    if (layout === 'v2' && !holdsVersion(directory) && baseName(directory) !== 'metadata') continue;
    const parent = directoryOf(directory);
    add(layout, isInside(parent, folder) ? parent : directory, directory);
  }

  // Single-file exports.
  for (const path of paths) {
    if (!exportName.test(baseName(path)) || withinMetadata(path)) continue;
    if (looksLikeExport(files, path) && recognition.isMetadataDocument(path)) {
      add('file', directoryOf(path), path);
    }
  }

  // What is configured without any metadata.
  for (const path of paths) {
    if (!configurationNames.includes(baseName(path))) continue;
    const root = directoryOf(path);
    if (!projects.some((project) => project.root === root || project.configuration === path)) {
      add('loose', root, undefined);
    }
  }
  return projects;
}

/** Our configuration file in the first of the directories that has one. */
function findConfiguration(all: ReadonlySet<string>, directories: readonly string[]): string | undefined {
  for (const directory of directories) {
    for (const name of configurationNames) {
      const path = joinPath(directory, name);
      if (all.has(path)) return path;
    }
  }
  return undefined;
}

/** A look at the text before anything is parsed: the name alone says little. */
function looksLikeExport(files: FileSystem, path: string): boolean {
  const result = files.read(path);
  return result.ok && /\b(?:sources|tables)\b["']?\s*:/.test(result.text);
}

interface CliConfiguration {
  readonly metadataDirectory: string;
  readonly metadataFile: string | undefined;
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

/** Reads the CLI's `config.yaml`; `undefined` when it is certainly not one. */
function readCliConfiguration(tree: SyntaxTree | undefined): CliConfiguration | undefined {
  const root = tree?.roots[0];
  if (root === undefined || root.kind !== 'object') return undefined;
  const value = (key: string): SyntaxNode['value'] =>
    root.children.find((child) => child.key?.value === key)?.value;
  const text = (key: string): string | undefined => {
    const found = value(key);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const version = Number(value('version') ?? 1);
  if (![1, 2, 3].includes(version)) return undefined;
  const own = cliKeys.some((key) => root.children.some((child) => child.key?.value === key));
  return {
    metadataDirectory: text('metadata_directory') ?? 'metadata',
    metadataFile: text('metadata_file'),
    migrationsDirectory: text('migrations_directory') ?? 'migrations',
    certain: own && value('version') !== undefined,
  };
}
