import { homedir } from 'node:os';
import { ownerOf } from '../../../common/src/files/fileStatus.ts';
import { repositoryAround } from '../../../common/src/files/gitRepository.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { directoriesUpTo, isInside, normalisePath } from './files.ts';

/**
 * The directories in which a project is looked for, from one upwards: up to the root of the Git repository, else to below
 * the home directory and the disk's root; and neither in nor above one in which others may put a file.
 *
 * @param uninvited nobody has said to look there: not in the home directory itself, outside of it only in a repository, and
 * neither in nor above what another user owns
 */
export function searchedDirectories(directory: string, uninvited = false): readonly string[] {
  const home = realDirectory(homedir());
  const repository = repositoryAround(directory);
  const aboveHome = (each: string): boolean => home !== undefined && isInside(home, each);
  if (uninvited && repository === undefined && (home === undefined || !isInside(directory, home))) return [];
  const all = directoriesUpTo(directory, repository === undefined ? '/' : normalisePath(repository));
  const end = all.findIndex(
    (each) =>
      isOthers(each, uninvited) ||
      (repository === undefined && aboveHome(each)) ||
      (uninvited && each === home),
  );
  return end < 0 ? all : all.slice(0, end);
}

/** Where a path really leads; `undefined` when there is nothing. */
export function realDirectory(path: string): string | undefined {
  try {
    return normalisePath(realPath(path));
  } catch {
    return undefined;
  }
}

/** Whether others may put a file there, or own it, as far as the system tells. */
function isOthers(directory: string, byOwner: boolean): boolean {
  const user = process.getuid?.();
  // Without users like that, what a mode says of them means nothing.
  if (user === undefined) return false;
  const owner = ownerOf(directory);
  if (owner === undefined) return true;
  return (owner.mode & 0o002) !== 0 || (byOwner && owner.uid !== user && owner.uid !== 0);
}
