import { type Stats, statSync } from 'node:fs';
import { notice } from './diskAnswers.ts';

export type FileKind = 'file' | 'directory' | 'special';

/** What stands at a path, links followed; `undefined` when there is nothing, or it can't be told. Never throws. */
export function kindOf(path: string): FileKind | undefined {
  const kind = told(path, kindIn);
  notice('kind', path, () => `${kind}`);
  return kind;
}

export function kindIn(status: Stats): FileKind {
  return status.isDirectory() ? 'directory' : status.isFile() ? 'file' : 'special';
}

/** Whether a regular file is there, links followed. Never throws. */
export function isFile(path: string): boolean {
  return kindOf(path) === 'file';
}

/** Another text whenever what stands at a path has changed; `undefined` when there is nothing, or it can't be told. Never throws. */
export function stampOf(path: string): string | undefined {
  const stamp = told(path, ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`);
  notice('stamp', path, () => `${stamp}`);
  return stamp;
}

/** What a path allows to whom, where the system has users; `undefined` when there is nothing, or it can't be told. Never throws. */
export function ownerOf(path: string): { readonly mode: number; readonly uid: number } | undefined {
  const owner = told(path, ({ mode, uid }) => ({ mode, uid }));
  notice('owner', path, () => `${owner?.mode} ${owner?.uid}`);
  return owner;
}

function told<T>(path: string, tell: (status: Stats) => T): T | undefined {
  try {
    return tell(statSync(path));
  } catch {
    return undefined;
  }
}
