import { suggest, withBoundedSuggestions } from '../schema/suggest.ts';
import { baseName, directoryOf, isInside, joinPath } from './files.ts';
import { type DirectoryNames, includablePath } from './includes.ts';

/**
 * What an include that leads nowhere was most likely meant to say: a file or folder of nearly this name beside where it should be, else a
 * file of exactly this name in the folder of the file that includes it, or in one below. `undefined` where there is none, or it is
 * included already.
 * @param metadata the folder of the metadata: looks nowhere else
 */
export function meantInclude(
  names: DirectoryNames,
  metadata: string,
  from: string,
  written: string,
  included: ReadonlySet<string>,
): string | undefined {
  const own = directoryOf(from);
  const name = written.slice(written.lastIndexOf('/') + 1);
  const near = nearPath(names, metadata, own, written, included);
  if (near !== undefined) return near;
  return ['', ...names.foldersIn(own).map((folder) => `${folder}/`)]
    .map((folder) => folder + name)
    .find((path) => path !== written && !included.has(path) && isFile(names, metadata, own, path));
}

/** The path with the part spelled otherwise that is not there. */
function nearPath(
  names: DirectoryNames,
  metadata: string,
  own: string,
  written: string,
  included: ReadonlySet<string>,
): string | undefined {
  const parts = written.split('/');
  const last = parts.length - 1;
  for (const [index, part] of parts.entries()) {
    const before = parts.slice(0, index).map((each) => `${each}/`);
    const directory = joinPath(own, before.join('') || '.');
    if (!isInside(directory, metadata)) continue;
    const listed = index === last ? names.filesIn(directory) : names.foldersIn(directory);
    if (part === '.' || part === '..' || (index < last && listed.includes(part))) continue;
    const rest = parts.slice(index + 1).map((each) => `/${each}`);
    const paths = listed.map((each) => [each, [...before, each, ...rest].join('')] as const);
    const free = paths.filter(([, path]) => !included.has(path) && isFile(names, metadata, own, path));
    const meant = withBoundedSuggestions(() =>
      suggest(
        part,
        free.map(([each]) => each),
      ),
    );
    return free.find(([each]) => each === meant)?.[1];
  }
  return undefined;
}

/** Whether a path leads to a file of the metadata that can be included. */
function isFile(names: DirectoryNames, metadata: string, own: string, path: string): boolean {
  const target = joinPath(own, path);
  if (!includablePath.test(path) || !isInside(target, metadata)) return false;
  return names.filesIn(directoryOf(target)).includes(baseName(target));
}
