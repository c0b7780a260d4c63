import { isLockStart, lockVersion } from '../../changes/lock.ts';
import { foreignLines } from '../../syntax/foreignLines.ts';

export interface UnreadableLock {
  /** `is empty`: why it can't be read. */
  readonly what: string;
  /** `lock` writes it anew. */
  readonly isReplaced: boolean;
}

/** Of a text that can't be read as a lock. */
export function unreadableLock(text: string): UnreadableLock {
  if (text.trim() === '') return { what: 'is empty', isReplaced: true };
  const line = conflictInLock(text);
  if (line !== undefined) return { what: `has conflict markers at line ${line}`, isReplaced: true };
  const version = Number(/^version: (\d{1,9})$/m.exec(text)?.[1]);
  const isOlder = version < lockVersion;
  if (!isLockStart(text) || !(isOlder || version > lockVersion))
    return { what: 'is no lock', isReplaced: false };
  const age = isOlder ? 'an older' : 'a newer';
  return { what: `is of version ${version}, by ${age} version of remote-relationships`, isReplaced: isOlder };
}

/** The line, from 1, of the first conflict marker of Git, where a lock is left with the first side of each conflict. */
function conflictInLock(text: string): number | undefined {
  const lines = foreignLines(text, 'yaml');
  if (lines?.kind !== 'conflict' || lines.conflicts.length === 0) return undefined;
  if (!isLockStart(lines.firstAlternatives)) return undefined;
  return text.slice(0, lines.offset).split('\n').length;
}
