import nodePath from 'node:path';
import { isFile } from './fileStatus.ts';

/** The folder of the Git repository that a folder is in, by what lies there; `undefined`: it is in none. */
export function repositoryAround(folder: string): string | undefined {
  for (let directory = folder; ; directory = nodePath.dirname(directory)) {
    const git = nodePath.join(directory, '.git');
    // A worktree or a submodule has a file.
    if (isFile(git) || isFile(nodePath.join(git, 'HEAD'))) return directory;
    if (directory === nodePath.dirname(directory)) return undefined;
  }
}
