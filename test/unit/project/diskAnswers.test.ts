import { utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersTheSame } from '../../../common/src/files/askAgain.ts';
import { DiskAnswers, type DiskAsked, unnoticed } from '../../../common/src/files/diskAnswers.ts';
import { isFile, kindOf, stampOf } from '../../../common/src/files/fileStatus.ts';
import { folderEntries } from '../../../common/src/files/folderEntries.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { readRegularBytes } from '../../../common/src/files/regularFile.ts';
import { TemporaryFolder } from './temporaryFolder.ts';

function answersOf(ask: () => unknown): ReadonlyMap<DiskAsked, string> {
  const answers = new DiskAnswers();
  answers.during(() => {
    try {
      ask();
    } catch {
      // What can't be told is an answer, too.
    }
  });
  return answers.all;
}

describe('what the disk has answered', () => {
  it.each<[string, (path: string) => unknown, (folder: TemporaryFolder) => void]>([
    ['the bytes of a file', readRegularBytes, (folder) => folder.write('there/a b', 'other')],
    ['a file that is gone', readRegularBytes, (folder) => folder.remove('there/a b')],
    ['a file too long', (path) => readRegularBytes(path, 2), (folder) => folder.write('there/a b', 'ab')],
    [
      'a file long enough',
      (path) => readRegularBytes(path, 5),
      (folder) => folder.write('there/a b', 'abcdef'),
    ],
    ['that it is a file', kindOf, (folder) => folder.remove('there/a b')],
    ['that it is a file, and nothing else', isFile, (folder) => folder.remove('there')],
    ['where it is', (path) => realPath(path), (folder) => folder.remove('there/a b')],
    ['its times', stampOf, (folder) => utimesSync(folder.file('there/a b'), 1, 1)],
    [
      'what is in its folder',
      (path) => folderEntries(dirname(path)),
      (folder) => folder.write('there/c', ''),
    ],
    ['that its folder is there', (path) => folderEntries(dirname(path)), (folder) => folder.remove('there')],
  ])('tells a change of %s', (_, ask, change) => {
    const folder = new TemporaryFolder({ 'there/a b': 'text' });
    const path = folder.file('there/a b');
    const answers = answersOf(() => ask(path));
    expect(answers.size).toBe(1);
    expect(answersTheSame(answers)).toBe(true);
    folder.write('beside', '');
    expect(answersTheSame(answers)).toBe(true);
    change(folder);
    expect(answersTheSame(answers)).toBe(false);
  });

  it.each<[string, (path: string) => unknown]>([
    ['is missing', readRegularBytes],
    ['has no kind', kindOf],
    ['is nowhere', (path) => realPath(path)],
    ['has no entries', folderEntries],
  ])('tells that what %s came to be', (_, ask) => {
    const folder = new TemporaryFolder();
    const answers = answersOf(() => ask(folder.file('new')));
    expect(answersTheSame(answers)).toBe(true);
    folder.write('new', 'text');
    expect(ask === folderEntries || !answersTheSame(answers)).toBe(true);
    folder.remove('new');
    folder.write('new/file', 'text');
    expect(answersTheSame(answers)).toBe(false);
  });

  it('is not steady once the disk has answered in two ways', () => {
    const folder = new TemporaryFolder({ a: 'text' });
    const answers = new DiskAnswers();
    answers.during(() => readRegularBytes(folder.file('a')));
    answers.during(() => readRegularBytes(folder.file('a')));
    expect(answers.isSteady).toBe(true);
    folder.write('a', 'other');
    answers.during(() => readRegularBytes(folder.file('a')));
    expect(answers.isSteady).toBe(false);
  });

  it('is of what was asked in between alone, also later, and not of what is asked for other reasons', async () => {
    const folder = new TemporaryFolder({ a: 'text', b: 'text', c: 'text' });
    const answers = new DiskAnswers();
    isFile(folder.file('a'));
    await answers.during(async () => {
      unnoticed(() => isFile(folder.file('b')));
      await Promise.resolve();
      isFile(folder.file('c'));
    });
    expect([...answers.all]).toEqual([[`kind ${folder.file('c')}`, 'file']]);
  });

  it('is asked no further than the first change: what follows may lead anywhere by now', () => {
    const folder = new TemporaryFolder({ a: 'text', b: 'text' });
    const kept: [DiskAsked, string][] = [...answersOf(() => isFile(folder.file('a')))];
    const further = new DiskAnswers();
    const asked = function* (): Generator<[DiskAsked, string]> {
      yield* kept;
      yield [`kind ${folder.file('b')}`, 'file'];
      further.isSteady = false;
    };
    expect(answersTheSame(asked())).toBe(true);
    expect(further.isSteady).toBe(false);
    further.isSteady = true;
    folder.remove('a');
    expect(answersTheSame(asked())).toBe(false);
    expect(further.isSteady).toBe(true);
  });

  it('knows no question of another program', () => {
    expect(answersTheSame([['other /' as DiskAsked, 'x']])).toBe(false);
    expect(answersTheSame([['constructor /' as DiskAsked, 'x']])).toBe(false);
  });
});
