import { statSync } from 'node:fs';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { directoriesUpTo, directoryOf, isInside, joinPath } from '../project/files.ts';

/** Files and folders that show that a project begins, or is configured, in a directory. */
const signs = [
  'remote-relationships.config.json',
  'remote-relationships.config.yaml',
  'remote-relationships.config.yml',
  'databases/databases.yaml',
  'metadata/databases/databases.yaml',
  'metadata/tables.yaml',
  'metadata/version.yaml',
];

/**
 * The folder to look for projects in, for a file or directory that is to be checked: upwards from it, the topmost
 * directory with a sign of a project, not past the working directory. Outside of that: the nearest such directory.
 */
export function rootFor(path: string, isDirectory: boolean, workingDirectory: string): string {
  const own = isDirectory ? path : directoryOf(path);
  if (isInside(own, workingDirectory)) {
    return directoriesUpTo(own, workingDirectory).findLast(hasSign) ?? own;
  }
  if (isDirectory) return own;
  const directories = directoriesUpTo(own, '/');
  const nearest = directories.findIndex(hasSign);
  const found = directories[nearest];
  if (found === undefined) return own;
  // `databases/databases.yaml` is the sign of a metadata directory: configuration and schemas lie beside it.
  const parent = directories[nearest + 1];
  return exists(joinPath(found, 'databases/databases.yaml')) && parent !== undefined ? parent : found;
}

/** The folders without those that lie in another one. */
export function outermost(folders: readonly string[]): string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isInside(folder, other)));
}

function hasSign(directory: string): boolean {
  return signs.some((sign) => exists(joinPath(directory, sign))) || hasCliConfiguration(directory);
}

/** Many programs have a `config.yaml`. */
function hasCliConfiguration(directory: string): boolean {
  const path = joinPath(directory, 'config.yaml');
  const result = readRegularFile(path);
  return result.ok && /^(?:endpoint|metadata_directory|metadata_file|admin_secrets?)\s*:/m.test(result.text);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
