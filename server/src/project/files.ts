import { URI } from 'vscode-uri';
import { textResult } from '../../../common/src/files/fileText.ts';
import type { ReadResult } from '../../../common/src/files/readResult.ts';

/**
 * Files as the project sees them. A path is absolute, with forward slashes, without a trailing one.
 * Reading is synchronous: a project is read in slices, each short.
 */

export interface DirectoryEntry {
  /** As the disk spells it. */
  readonly name: string;
  readonly kind: 'file' | 'directory';
  /** A symbolic link, to what `kind` says. */
  readonly linked: boolean;
}

export interface FileSystem {
  /** The text of a file without its byte order mark; never throws. Only what may be read is. */
  read(path: string): ReadResult;
  /** Whether a path leads to where nothing may be read, whether there is a file or not. */
  isOutside(path: string): boolean;
  /** Folders in which everything may be read. */
  roots(): readonly string[];
  /** What stands in a directory; `undefined` when there is none, or it may not be read. */
  list(directory: string): readonly DirectoryEntry[] | undefined;
  /** Files below a directory that match any of the glob patterns; absolute paths, sorted. */
  find(directory: string, patterns: readonly string[]): Promise<readonly string[]>;
}

/** Path of a `file:` URI; `undefined` for every other scheme. */
export function pathOfUri(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? normalisePath(parsed.fsPath) : undefined;
}

/** A path, or the URI of a document that is no file. */
export type DocumentKey = string;

export function keyOfUri(uri: string): DocumentKey {
  return pathOfUri(uri) ?? uri;
}

/** Whether a text is one of our paths, rather than a URI. */
export function isPath(text: string): boolean {
  return text.startsWith('/') || /^[a-z]:\//.test(text);
}

/** A path that somebody wrote may hold half of a surrogate pair, which no URI can. */
export function uriOfPath(path: string): string {
  return URI.file(path.toWellFormed()).toString();
}

/** Forward slashes, no trailing slash, lower-case drive letter, `.` and `..` resolved. */
export function normalisePath(path: string): string {
  const windows = /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\');
  const slashed = windows ? path.replaceAll('\\', '/') : path;
  const parts: string[] = [];
  for (const part of slashed.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  if (!windows) return `/${parts.join('/')}`;
  if (slashed.startsWith('//')) return `//${parts.join('/')}`;
  return [(parts[0] ?? '').toLowerCase(), ...parts.slice(1)].join('/');
}

/** Joins a relative path to a directory. A leading slash of `relative` does not make it absolute. */
export function joinPath(directory: string, relative: string): string {
  return normalisePath(`${directory}/${relative}`);
}

/** Whether `path` is `directory` or lies below it: `/app` does not hold `/app-two`. */
export function isInside(path: string, directory: string): boolean {
  if (path === directory || directory === '/') return true;
  return path.startsWith(directory) && path.charAt(directory.length) === '/';
}

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path as seen from `directory`, with forward slashes and `..` where needed. */
export function relativePath(directory: string, path: string): string {
  const from = directory === '/' ? [] : directory.split('/');
  const to = path.split('/');
  if (directory === '/') to.shift();
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  const up = from.slice(same).map(() => '..');
  return [...up, ...to.slice(same)].join('/') || '.';
}

/** Directories from that of `path` upwards to `top`, both included. */
export function directoriesUpTo(path: string, top: string): string[] {
  const found: string[] = [];
  for (let directory = path; ; directory = directoryOf(directory)) {
    if (isInside(directory, top)) found.push(directory);
    if (directory === top || directory === directoryOf(directory)) return found;
  }
}

/** A file system with the texts of open documents in front of the disk. */
export function withOpenDocuments(
  disk: FileSystem,
  openText: (path: string) => string | undefined,
): FileSystem {
  return {
    ...disk,
    read: (path) => {
      const text = openText(path);
      return text === undefined ? disk.read(path) : textResult(text, path);
    },
    isOutside: (path) => openText(path) === undefined && disk.isOutside(path),
  };
}
