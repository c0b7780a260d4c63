import { isLockStart, newestLockVersion } from '../../changes/lock.ts';

/** Why a text can't be read as a lock, where `lock` or another version knows better. */
export type UnreadableLock =
  | { readonly kind: 'empty' }
  | { readonly kind: 'conflict'; readonly line: number }
  | { readonly kind: 'newer'; readonly version: number };

/** `undefined` of what has nothing to do with a lock. */
export function unreadableLock(text: string): UnreadableLock | undefined {
  if (text.trim() === '') return { kind: 'empty' };
  const line = conflictBetweenLocks(text);
  if (line !== undefined) return { kind: 'conflict', line };
  const version = Number(/^version: (\d{1,9})$/m.exec(text)?.[1]);
  return version > newestLockVersion && isLockStart(text) ? { kind: 'newer', version } : undefined;
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
