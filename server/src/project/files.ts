import nodePath, { type PlatformPath } from 'node:path';
import { URI } from 'vscode-uri';
import { textResult } from '../../../common/src/files/fileText.ts';
import type { ReadResult } from '../../../common/src/files/readResult.ts';

/**
 * Files as the project sees them. A path is absolute, with forward slashes, without a trailing one but that of a root.
 * Reading is synchronous: a project is read in slices, each short.
 */

/** How this system reads paths; each other can be given in its stead. */
type PathRules = Pick<PlatformPath, 'sep' | 'resolve'>;

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
  /** Where a file or directory really is, links followed; `undefined` when there is none, or it may not be read. */
  real(path: string): string | undefined;
  /** Folders in which everything may be read. */
  roots(): readonly string[];
  /** Another text whenever a file or directory has changed; `undefined` when there is none, or it may not be read. */
  stamp(path: string): string | undefined;
  /** What stands in a directory; `undefined` when there is none, or it may not be read. */
  list(directory: string): readonly DirectoryEntry[] | undefined;
  /** Files below a directory that match any of the glob patterns, in whatever case; absolute paths, sorted. */
  find(directory: string, patterns: readonly string[]): Promise<readonly string[]>;
}

/**
 * Path of a `file:` URI; `undefined` for every other scheme, for what is no URI, and for a share of the network on a
 * system whose paths lead to none.
 */
export function pathOfUri(uri: string, rules: PathRules = nodePath): string | undefined {
  const isWindows = rules.sep === '\\';
  const parsed = parsedUri(withUsualSlashes(uri, isWindows));
  if (parsed?.scheme !== 'file') return undefined;
  const { authority, path } = parsed;
  const hasDrive = /^\/[A-Za-z]:/.test(path);
  const isLocal = authority === '' || authority.toLowerCase() === 'localhost';
  if (isLocal && hasDrive) return normalisePath(path.slice(1));
  // This machine has shares, too.
  if (isWindows && authority !== '') return normalisePath(`//${authority}${path}`);
  return isLocal ? normalisePath(path) : undefined;
}

/** Some editors write a share of the network with its two slashes behind those of any URI. */
function withUsualSlashes(uri: string, isWindows: boolean): string {
  const [slashes] = /^file:\/{4,}/i.exec(uri) ?? [];
  if (slashes === undefined) return uri;
  const path = uri.slice(slashes.length);
  const isShare = isWindows && !/^[a-z](?::|%3a)/i.test(path);
  return `file:${isShare ? '//' : '///'}${path}`;
}

function parsedUri(text: string): URI | undefined {
  try {
    return URI.parse(text);
  } catch {
    return undefined;
  }
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

/**
 * What every path begins with, and no `..` leaves: `/`, `c:/`, or `//server/share/`. On paths as they are kept here, by
 * their text alone, whatever system this runs on.
 */
export function rootOf(path: string): string {
  const [share, server = '', folder = ''] = /^\/\/([^/]+)(?:\/+([^/]+))?/.exec(path) ?? [];
  if (share !== undefined) return `//${server.toLowerCase()}/${folder === '' ? '' : `${folder}/`}`;
  return /^[A-Za-z]:/.test(path) ? `${path.slice(0, 2).toLowerCase()}/` : '/';
}

/**
 * Forward slashes, no trailing slash but of a root, lower-case drive letter and server, `.` and `..` resolved. A path of the network
 * begins with two slashes; what makes Windows take a path as it stands (`\\?\`) is left out.
 */
export function normalisePath(path: string): string {
  const windows = /^[A-Za-z]:/.test(path) || path.startsWith('\\\\');
  const slashed = (windows ? path.replaceAll('\\', '/') : path)
    .replace(/^\/\/\?\/UNC\//i, '//')
    .replace(/^\/\/\?\//, '');
  const root = rootOf(slashed);
  const beginning = root.startsWith('//') ? root.length : root === '/' ? 0 : 2;
  return below(root, slashed.slice(beginning));
}

/** `relative` below a root, with `.` and `..` resolved. */
function below(root: string, relative: string): string {
  const parts: string[] = [];
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  if (parts.length > 0) return root + parts.join('/');
  return root.startsWith('//') ? root.slice(0, -1) : root;
}

/** A path that somebody wrote on this system, seen from a directory. */
export function absolutePath(written: string, directory: string, rules: PathRules = nodePath): string {
  return normalisePath(rules.resolve(directory, written));
}

/** Whether a path that somebody wrote, on any system, begins at a root. */
export function isAbsolute(written: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(written);
}

/** A path that a file says, written on any system: `/x` begins at the root that the file's directory has. */
export function writtenPath(written: string, directory: string): string {
  const path = written.replaceAll('\\', '/');
  if (!isAbsolute(path)) return joinPath(directory, path);
  const root = rootOf(directory);
  const ownRoot = path.startsWith('//') ? root !== '/' : !path.startsWith('/');
  return ownRoot ? normalisePath(path) : below(root, path);
}

/** Joins a relative path to a directory. A leading slash of `relative` does not make it absolute. */
export function joinPath(directory: string, relative: string): string {
  const root = rootOf(directory);
  return below(root, `${directory.slice(root.length)}/${relative}`);
}

/** Whether `path` is `directory` or lies below it: `/app` does not hold `/app-two`. `/` holds everything. */
export function isInside(path: string, directory: string): boolean {
  if (path === directory || directory === '/') return true;
  if (!path.startsWith(directory)) return false;
  return directory.endsWith('/') || path.charAt(directory.length) === '/';
}

/** The directory a path is in; of a root the root itself. */
export function directoryOf(path: string): string {
  const root = rootOf(path);
  const slash = path.lastIndexOf('/');
  return slash < root.length ? below(root, '') : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path as seen from `directory`, with forward slashes and `..` where needed; whole where no such way leads to it. */
export function relativePath(directory: string, path: string): string {
  const root = rootOf(path);
  if (rootOf(directory) !== root) return path;
  const [from, to] = [directory, path].map((each) => each.slice(root.length).split('/').filter(Boolean));
  if (from === undefined || to === undefined) return path;
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
