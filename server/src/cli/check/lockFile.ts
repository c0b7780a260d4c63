import { isLockStart, lockVersion } from '../../changes/lock.ts';

export interface UnreadableLock {
  /** `is empty`: why it can't be read. */
  readonly what: string;
  /** `lock` writes it anew. */
  readonly isReplaced: boolean;
}

/** Of a text that can't be read as a lock. */
export function unreadableLock(text: string): UnreadableLock {
  if (text.trim() === '') return { what: 'is empty', isReplaced: true };
  const line = conflictBetweenLocks(text);
  if (line !== undefined) return { what: `has conflict markers at line ${line}`, isReplaced: true };
  const version = Number(/^version: (\d{1,9})$/m.exec(text)?.[1]);
  const isOlder = version < lockVersion;
  if (!isLockStart(text) || !(isOlder || version > lockVersion))
    return { what: 'is no lock', isReplaced: false };
  const age = isOlder ? 'an older' : 'a newer';
  return { what: `is of version ${version}, by ${age} version of remote-relationships`, isReplaced: isOlder };
}

/** The line, from 1, of the first conflict marker of Git where both sides begin like locks. */
function conflictBetweenLocks(text: string): number | undefined {
  const sides = { ours: '', theirs: '' };
  let part: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  let first: number | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (part === 'both' && /^<{7}(?: |$)/.test(line)) {
      first ??= index + 1;
      part = 'ours';
    } else if (part === 'ours' && /^\|{7}(?: |$)/.test(line)) part = 'base';
    else if ((part === 'ours' || part === 'base') && line === '=======') part = 'theirs';
    else if (part === 'theirs' && /^>{7}(?: |$)/.test(line)) part = 'both';
    else {
      if (part === 'both' || part === 'ours') sides.ours += `${line}\n`;
      if (part === 'both' || part === 'theirs') sides.theirs += `${line}\n`;
    }
  }
  return part === 'both' && isLockStart(sides.ours) && isLockStart(sides.theirs) ? first : undefined;
}
