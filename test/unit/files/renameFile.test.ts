import { describe, expect, it } from 'vitest';
import { removeFile, renameFile } from '../../../common/src/files/renameFile.ts';

/** A disk that answers so many times with an error. */
function disk(code: string, times: number) {
  const renamed: string[] = [];
  const pauses: number[] = [];
  let left = times;
  return {
    renamed,
    pauses,
    renaming: {
      rename: (from: string, to: string): void => {
        if (left-- > 0) throw Object.assign(new Error(code), { code });
        renamed.push(`${from} ${to}`);
      },
      remove: (path: string): void => {
        if (left-- > 0) throw Object.assign(new Error(code), { code });
        renamed.push(path);
      },
      pause: (milliseconds: number): void => {
        pauses.push(milliseconds);
      },
    },
  };
}

describe('a file that is renamed', () => {
  it.each([
    ['EPERM', 0],
    ['EPERM', 1],
    ['EBUSY', 4],
    ['EACCES', 7],
  ])('waits while another program has it open: %s, %i times', (code, times) => {
    const { renamed, pauses, renaming } = disk(code, times);
    renameFile('/a', '/b', renaming);
    expect(renamed).toEqual(['/a /b']);
    expect(pauses).toHaveLength(times);
  });

  it('waits longer each time, and not for more than a second', () => {
    const { renamed, pauses, renaming } = disk('EBUSY', 1000);
    expect(() => renameFile('/x/a.tmp', '/x/b.json', renaming)).toThrow(
      /^"b\.json" can't be replaced: another program may have it open$/,
    );
    expect(renamed).toEqual([]);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.reduce((sum, each) => sum + each)).toBe(1000);
  });

  it.each(['ENOENT', 'EXDEV', 'ENOSPC'])('does not wait for what will not pass: %s', (code) => {
    const { pauses, renaming } = disk(code, 1);
    expect(() => renameFile('/a', '/b', renaming)).toThrow(code);
    expect(pauses).toEqual([]);
  });
});

describe('a file that is removed', () => {
  it('waits while another program has it open', () => {
    const { renamed, pauses, renaming } = disk('EBUSY', 3);
    removeFile('/a', renaming);
    expect(renamed).toEqual(['/a']);
    expect(pauses).toHaveLength(3);
  });

  it('is named when it stays open', () => {
    const { pauses, renaming } = disk('EPERM', 1000);
    expect(() => removeFile('/x/a.json', renaming)).toThrow(
      /^"a\.json" can't be removed: another program may have it open$/,
    );
    expect(pauses.reduce((sum, each) => sum + each)).toBe(1000);
  });
});
