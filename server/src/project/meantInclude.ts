import { longestName } from '../../../common/src/boundedText.ts';
import { suggest, withBoundedSuggestions } from '../schema/suggest.ts';
import { baseName, directoryOf, isInside, joinPath } from './files.ts';
import { type DirectoryNames, includablePath } from './includes.ts';

/** Where a file that is meant may be. */
export interface IncludeSearch {
  readonly names: DirectoryNames;
  /** The folder of the metadata: looks nowhere else. */
  readonly metadata: string;
  /** Of the file that includes. */
  readonly from: string;
  /** Whether a file is not included already. */
  isFree(path: string): boolean;
}

/**
 * What an include that leads nowhere was most likely meant to say: a file or folder of nearly this name beside where it should be, else a
 * file of exactly this name in the folder of the file that includes it, or in one below. `undefined` where there is none.
 */
export function meantInclude(search: IncludeSearch, written: string): string | undefined {
  if (written.length > longestName) return undefined;
  const own = directoryOf(search.from);
  const name = written.slice(written.lastIndexOf('/') + 1);
  const near = nearPath(search, own, written);
  if (near !== undefined) return near;
  return ['', ...search.names.foldersIn(own).map((folder) => `${folder}/`)]
    .map((folder) => folder + name)
    .find((path) => path !== written && isFile(search, own, path));
}

/** The path with the part spelled otherwise that is not there. */
function nearPath(search: IncludeSearch, own: string, written: string): string | undefined {
  const parts = written.split('/');
  const last = parts.length - 1;
  for (const [index, part] of parts.entries()) {
    const before = parts.slice(0, index).map((each) => `${each}/`);
    const directory = joinPath(own, before.join('') || '.');
    if (!isInside(directory, search.metadata)) continue;
    const listed = index === last ? search.names.filesIn(directory) : search.names.foldersIn(directory);
    if (part === '.' || part === '..' || (index < last && listed.includes(part))) continue;
    const rest = parts.slice(index + 1).map((each) => `/${each}`);
    const paths = new Map(listed.map((each) => [each, [...before, each, ...rest].join('')]));
    const free = [...paths].flatMap(([each, path]) => (isFile(search, own, path) ? [each] : []));
    const meant = withBoundedSuggestions(() => suggest(part, free));
    return meant === undefined ? undefined : paths.get(meant);
  }
  return undefined;
}

/** Whether a path leads to a file of the metadata that can be included. */
function isFile({ names, metadata, from, isFree }: IncludeSearch, own: string, path: string): boolean {
  const target = joinPath(own, path);
  if (!includablePath.test(path) || !isInside(target, metadata) || target === from) return false;
  return names.find(directoryOf(target), baseName(target)) === 'file' && isFree(target);
}
