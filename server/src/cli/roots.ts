import { configurationNames } from '../../../common/src/configurationNames.ts';
import { isFile } from '../../../common/src/files/fileStatus.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { looksLikeConfigYaml } from '../project/cliConfiguration.ts';
import { directoriesUpTo, directoryOf, isInside, joinPath } from '../project/files.ts';
import { searchedDirectories } from '../project/searchedDirectories.ts';

/** Files and folders that show that a project begins, or is configured, in a directory. */
const signs = [
  ...configurationNames,
  'databases/databases.yaml',
  'metadata/databases/databases.yaml',
  'metadata/tables.yaml',
  'metadata/version.yaml',
];

/**
 * The folder to look for projects in, for a file or directory that is to be checked: upwards from it, the topmost
 * directory with a sign of a project, not past the working directory; outside of that, the nearest such directory. Where
 * there is a project of the Hasura CLI further up, its folder: the CLI looks for it there, too (C4).
 */
export function rootFor(path: string, isDirectory: boolean, workingDirectory: string): string {
  const own = isDirectory ? path : directoryOf(path);
  const found = nearbyRoot(own, isDirectory, workingDirectory);
  return searchedDirectories(found).find(hasCliConfiguration) ?? found;
}

function nearbyRoot(own: string, isDirectory: boolean, workingDirectory: string): string {
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
  return isFile(joinPath(found, 'databases/databases.yaml')) && parent !== undefined ? parent : found;
}

/** The folders without those that lie in another one. */
export function outermost(folders: readonly string[]): string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isInside(folder, other)));
}

function hasSign(directory: string): boolean {
  return signs.some((sign) => isFile(joinPath(directory, sign))) || hasCliConfiguration(directory);
}

function hasCliConfiguration(directory: string): boolean {
  const result = readRegularFile(joinPath(directory, 'config.yaml'));
  return result.ok && (looksLikeConfigYaml(result.text) || namesMetadata.test(result.text));
}

const namesMetadata = /^(?:metadata_directory|metadata_file|admin_secrets?)\s*:/im;
