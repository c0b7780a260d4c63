import { isInside, type PathRules } from './paths.ts';

/** What the rule of reading looks at. Paths are real: no links in them. */
export interface Reach {
  /** The workspace folders, or what the command line was given. */
  readonly folders: readonly string[];
  /** The workspace is trusted, or this is the command line. */
  readonly trusted: boolean;
  /** The Git repositories around the folders. Not asked for where the workspace is not trusted. */
  repositories(): readonly string[];
}

/**
 * The one rule for whatever is read, by the real path of a file: inside the workspace folders always; where the
 * workspace is trusted, also inside the Git repository around them, and any file that the configuration names.
 * @param named whether the configuration names this very file, by no pattern; asked for only where that counts
 */
export function mayBeRead(file: string, named: () => boolean, reach: Reach, rules: PathRules): boolean {
  const holds = (folder: string): boolean => isInside(file, folder, rules);
  if (reach.folders.some(holds)) return true;
  return reach.trusted && (named() || reach.repositories().some(holds));
}
