import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { basename } from 'node:path';

/** What the disk is asked; `bytes` with the most that are read. */
export type DiskQuestion = `bytes:${number}` | 'entries' | 'kind' | 'owner' | 'real' | 'stamp';

/** A question and its path, in one text. */
export type DiskAsked = `${DiskQuestion} ${string}`;

const noticing = new AsyncLocalStorage<DiskAnswers>();

/**
 * What the disk answers while something runs, in short. What depends on nothing else comes out the same as long as the disk
 * answers all of it the same: see `answersTheSame`.
 */
export class DiskAnswers {
  readonly all = new Map<DiskAsked, string>();
  /** Where the files really are that may hold a secret. */
  readonly secretPaths = new Set<string>();
  /** False once the disk has answered a question in two ways, or in one that may not tell the next change. */
  isSteady = true;

  during<T>(run: () => T): T {
    return noticing.run(this, run);
  }

  add(asked: DiskAsked, answer: string): void {
    const before = this.all.get(asked);
    if (before !== undefined && before !== answer) this.isSteady = false;
    this.all.set(asked, answer);
  }
}

/** What runs asks the disk for reasons of its own. */
export function unnoticed<T>(run: () => T): T {
  return noticing.exit(run);
}

/** To be called by whatever asks the disk, with what it was answered. */
export function notice(question: DiskQuestion, path: string, answer: () => string): void {
  noticing.getStore()?.add(`${question} ${path}`, answer());
}

/** The same for the bytes of a file; `status`: of the very file. */
export function noticeBytes(question: DiskQuestion, path: string, bytes: Buffer, status: FileTimes): void {
  const answers = noticing.getStore();
  if (answers === undefined) return;
  if (!mayHoldSecret(path, bytes)) {
    answers.add(`${question} ${path}`, digestOf(bytes));
    return;
  }
  // Nothing that is made from a secret is kept, not even its digest.
  answers.secretPaths.add(path);
  const { ctimeMs, mtimeMs, size, ino } = status;
  answers.add(`${question} ${path}`, `${ctimeMs} ${mtimeMs} ${size} ${ino}`);
  if (ctimeMs > Date.now() - coarsest) answers.isSteady = false;
}

interface FileTimes {
  readonly ctimeMs: number;
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

/** The largest step of a file system's clock, in milliseconds: within it a file can change unseen. */
const coarsest = 2000;

/** `.env`, whatever is before and behind it, and what speaks of secrets, has a header with a value, or a URL with a password. */
function mayHoldSecret(path: string, bytes: Buffer): boolean {
  if (/(?:^|\.)env(?:\.|$)/i.test(basename(path))) return true;
  const text = bytes.toString('latin1');
  // In UTF-16 every other byte is zero.
  const plain = bytes.includes(0) ? text.replaceAll('\0', '') : text;
  const hasHeader = /\bauthorization\b/i.test(plain) && /\bvalue\b/i.test(plain);
  return hasHeader || secretive.test(plain);
}

/** The last is a URL with somebody's name and password. */
const secretive = /admin[-_]?secret|access[-_]?key|jwt[-_]?secret|password|bearer |:\/\/[^\s/@]+@/i;

export function noticeEntries(path: string, entries: readonly Dirent[]): void {
  notice('entries', path, () =>
    digestOf(
      entries
        .map((entry) => `${entry.name}\0${entry.isSymbolicLink()} ${entry.isDirectory()} ${entry.isFile()}\0`)
        .sort()
        .join(''),
    ),
  );
}

function digestOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url');
}
