import { type DirectoryEntry, directoriesUpTo, joinPath } from './files.ts';
import { deepestFolder, ignoredFolders } from './globs.ts';

/** A folder with the names of the files in it. */
export interface FolderContent {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * The folders of a workspace with their files, those nearest to a place first: what lies below it, then below each folder
 * around it, then in the other workspace folders. Links are not followed, folders that are hidden or hold other people's
 * code are not entered, and after `limit` entries it ends.
 */
export function* nearbyFiles(
  list: (directory: string) => readonly DirectoryEntry[] | undefined,
  place: { readonly root: string; readonly folder: string },
  folders: readonly string[],
  limit: number,
): Generator<FolderContent> {
  const visited = new Set<string>();
  let looked = 0;
  for (const top of [...directoriesUpTo(place.root, place.folder), ...folders]) {
    let level = [top];
    for (let depth = 0; depth <= deepestFolder && level.length > 0; depth++) {
      const next: string[] = [];
      for (const folder of level) {
        if (visited.has(folder)) continue;
        visited.add(folder);
        const entries = list(folder) ?? [];
        looked += entries.length;
        if (looked > limit) return;
        const own = entries.filter(({ linked }) => !linked).sort((a, b) => (a.name < b.name ? -1 : 1));
        yield { folder, files: own.filter(({ kind }) => kind === 'file').map(({ name }) => name) };
        for (const { name, kind } of own) {
          if (kind !== 'directory' || name.startsWith('.') || ignoredFolders.has(name)) continue;
          next.push(joinPath(folder, name));
        }
      }
      level = next;
    }
  }
}
