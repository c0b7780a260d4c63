import { DiskAnswers, type DiskAsked } from './diskAnswers.ts';
import { kindOf, ownerOf, stampOf } from './fileStatus.ts';
import { folderEntries } from './folderEntries.ts';
import { realPath } from './realPath.ts';
import { readRegularBytes } from './regularFile.ts';

/** Whether the disk answers every question as it did then; what comes after the first that it does not is not asked. */
export function answersTheSame(then: Iterable<readonly [asked: DiskAsked, answer: string]>): boolean {
  const now = new DiskAnswers();
  return now.during(() => {
    for (const [asked, answer] of then) {
      if (!now.all.has(asked)) ask(asked);
      if (now.all.get(asked) !== answer) return false;
    }
    return true;
  });
}

function ask(asked: DiskAsked): void {
  const [, question = '', limit, path = ''] = /^([a-z]+)(?::(\d+))? ([\s\S]*)$/.exec(asked) ?? [];
  try {
    asking[question]?.(path, Number(limit));
  } catch {
    // That it can't be told is an answer, too.
  }
}

const asking: Readonly<Record<string, (path: string, limit: number) => unknown>> = {
  bytes: readRegularBytes,
  entries: folderEntries,
  kind: kindOf,
  owner: ownerOf,
  real: (path) => realPath(path),
  stamp: stampOf,
};
