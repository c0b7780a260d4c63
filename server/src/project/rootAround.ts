import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { repositoryAround } from '../../../common/src/files/gitRepository.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { isFile, readRegularFile } from '../../../common/src/files/regularFile.ts';
import { parse } from '../syntax/parse.ts';
import { configurationNames, isCliConfiguration } from './discovery.ts';
import { directoryOf, isInside, joinPath, normalisePath } from './files.ts';

/**
 * The folder of the Hasura project around a file, for editors that work in no folder: the nearest one with our configuration
 * or the CLI's `config.yaml`. It is looked for up to the root of the Git repository, else below the home directory, and not in,
 * nor above, a directory that others may write.
 */
export function rootAround(file: string): string | undefined {
  const home = existing(homedir());
  let directory = existing(directoryOf(file));
  const repository = directory && repositoryAround(directory);
  const top = repository === undefined ? home : normalisePath(repository);
  if (top === undefined) return undefined;
  while (directory !== undefined && isInside(directory, top) && directory !== home && isOwn(directory)) {
    if (holdsProject(directory)) return directory;
    if (directory === top) return undefined;
    directory = directoryOf(directory);
  }
  return undefined;
}

/** Where a path really leads; `undefined` when there is nothing. */
function existing(path: string): string | undefined {
  try {
    return normalisePath(realPath(path));
  } catch {
    return undefined;
  }
}

function holdsProject(directory: string): boolean {
  if (configurationNames.some((name) => isFile(joinPath(directory, name)))) return true;
  const configuration = readRegularFile(joinPath(directory, 'config.yaml'));
  return configuration.ok && isCliConfiguration(parse(configuration.text, 'yaml'));
}

/** Whether nobody else may write what lies in a directory, as far as the system tells. */
function isOwn(directory: string): boolean {
  try {
    const { mode, uid } = statSync(directory);
    const user = process.getuid?.();
    if (user === undefined) return true;
    return (mode & 0o002) === 0 && (uid === user || uid === 0);
  } catch {
    return false;
  }
}
