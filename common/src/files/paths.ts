import type { PlatformPath } from 'node:path';

/** How paths are read: `path.posix`, `path.win32`, or `path` for the platform this runs on. */
export type PathRules = Pick<PlatformPath, 'relative' | 'isAbsolute' | 'sep'>;

/** Whether an absolute path is the folder or lies below it: `/a/project` does not hold `/a/project-two`. No file is looked at. */
export function isInside(path: string, folder: string, rules: PathRules): boolean {
  return segmentsBelow(folder, path, rules) !== undefined;
}

/** The names that lead from a folder to a path at or below it; `undefined` for a path anywhere else. */
export function segmentsBelow(
  folder: string,
  path: string,
  { relative, isAbsolute, sep }: PathRules,
): readonly string[] | undefined {
  if (!isAbsolute(folder) || !isAbsolute(path)) return undefined;
  const way = relative(folder, path);
  if (way === '') return [];
  // From one drive or share to another there is no relative path.
  if (isAbsolute(way)) return undefined;
  const segments = way.split(sep);
  return segments[0] === '..' ? undefined : segments;
}
