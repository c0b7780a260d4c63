import nodePath, { type PlatformPath } from 'node:path';
import { isFile } from '../../../common/src/files/fileStatus.ts';

/**
 * What runs Git: by its whole path on Windows, which looks for a name in the folder that is worked in before it looks in
 * `PATH`, and a repository may hold a program of that name. `undefined`: there is none.
 */
export function gitProgram(
  searched: string | undefined,
  {
    sep,
    delimiter,
    isAbsolute,
    join,
  }: Pick<PlatformPath, 'sep' | 'delimiter' | 'isAbsolute' | 'join'> = nodePath,
  exists: (path: string) => boolean = isFile,
): string | undefined {
  if (sep === '/') return 'git';
  return (searched ?? '')
    .split(delimiter)
    .map((folder) => folder.replaceAll('"', ''))
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, 'git.exe'))
    .find((path) => exists(path));
}
