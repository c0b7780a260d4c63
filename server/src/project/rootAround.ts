import { configurationNames } from '../../../common/src/configurationNames.ts';
import { isFile } from '../../../common/src/files/fileStatus.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { parse } from '../syntax/parse.ts';
import { isCliConfiguration } from './discovery.ts';
import { directoryOf, joinPath } from './files.ts';
import { realDirectory, searchedDirectories } from './searchedDirectories.ts';

/**
 * The folder of the Hasura project around a file, for editors that work in no folder: the nearest one with our configuration
 * or the CLI's `config.yaml`.
 */
export function rootAround(file: string): string | undefined {
  const directory = realDirectory(directoryOf(file));
  return directory && searchedDirectories(directory, true).find(holdsProject);
}

function holdsProject(directory: string): boolean {
  if (configurationNames.some((name) => isFile(joinPath(directory, name)))) return true;
  const configuration = readRegularFile(joinPath(directory, 'config.yaml'));
  return configuration.ok && isCliConfiguration(parse(configuration.text, 'yaml'));
}
