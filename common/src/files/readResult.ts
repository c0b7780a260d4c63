import { basename } from 'node:path';
import { localized } from '../localized.ts';
import { megabyte, sizeLimit } from './sizeLimit.ts';

/** `special`: a device, a pipe, a socket. */
export type FileProblem =
  | 'missing'
  | 'directory'
  | 'special'
  | 'unreadable'
  | 'too-large'
  | 'outside-workspace';

/** `other-content`: no text, or surely another than it was meant to be. */
export type ReadProblem = FileProblem | 'other-content';

export interface ReadFailure {
  readonly ok: false;
  readonly problem: ReadProblem;
  /** In the user's words. */
  readonly message: string;
}

export type ReadResult = { readonly ok: true; readonly text: string } | ReadFailure;

export function failure(problem: FileProblem, path: string, limit?: number): ReadFailure {
  return { ok: false, problem, message: describeProblem(problem, path, limit) };
}

/** `limit`: the longest text that is read, in bytes. */
export function describeProblem(problem: FileProblem, path: string, limit = sizeLimit(path)): string {
  const name = basename(path);
  switch (problem) {
    case 'missing':
      return localized`The file "${name}" does not exist.`;
    case 'directory':
      return localized`"${name}" is a directory, but a file is expected here.`;
    case 'special':
      return localized`"${name}" is not a regular file and is not read.`;
    case 'unreadable':
      return localized`The file "${name}" cannot be read.`;
    case 'too-large':
      return localized`The file "${name}" is larger than ${limit / megabyte} MB and is not read.`;
    case 'outside-workspace':
      return localized`"${name}" is outside the workspace and is not read.`;
  }
}
