import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInside, segmentsBelow } from '../../../common/src/files/paths.ts';

describe('a path lies inside a folder', () => {
  it.each<[string, string, boolean]>([
    ['/a/project', '/a/project', true],
    ['/a/project', '/a/project/x.json', true],
    ['/a/project', '/a/project/deep/er/x.json', true],
    ['/a/project/', '/a/project/x.json', true],
    ['/a/project', '/a/project-evil/x.json', false],
    ['/a/project', '/a/projec', false],
    ['/a/project', '/a', false],
    ['/a/project', '/a/project/../x.json', false],
    ['/a/project', '/a/project/x/../../project/x.json', true],
    ['/a/project', '/a/project/..x/y.json', true],
    ['/a/project', '/a/project/...', true],
    ['/a/project', '/a/Project/x.json', false],
    ['/a/project', '/A/project/x.json', false],
    ['/', '/x.json', true],
    ['/a/project', 'x.json', false],
    ['a', 'a/x.json', false],
    ['', '/x.json', false],
    // A backslash is a letter here.
    ['/a/project', '/a/project\\..\\x.json', false],
    ['/a/project', '/a/project/..\\..\\x.json', true],
  ])('posix: %s holds %s: %s', (folder, path, expected) => {
    expect(isInside(path, folder, posix)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['C:\\a\\project', 'C:\\a\\project', true],
    ['C:\\a\\project', 'C:\\a\\project\\x.json', true],
    ['C:\\a\\project', 'c:/a/project/x.json', true],
    ['c:/a/project', 'C:\\A\\Project\\x.json', true],
    ['C:\\a\\project', 'C:\\a\\project-evil\\x.json', false],
    ['C:\\a\\project', 'C:\\a\\project\\..\\x.json', false],
    ['C:\\a\\project', 'C:/a/project/../x.json', false],
    ['C:\\a\\project', 'D:\\a\\project\\x.json', false],
    ['C:\\', 'C:\\x.json', true],
    ['C:\\', 'D:\\x.json', false],
    ['C:\\a', '\\\\server\\share\\a\\x.json', false],
    ['\\\\server\\share\\project', '\\\\server\\share\\project\\x.json', true],
    ['\\\\server\\share\\project', '//SERVER/share/project/x.json', true],
    ['\\\\server\\share\\project', '\\\\server\\share\\project-evil\\x.json', false],
    ['\\\\server\\share', '\\\\server\\share2\\x.json', false],
    ['\\\\server\\share', '\\\\server2\\share\\x.json', false],
    ['\\\\server\\share', 'C:\\share\\x.json', false],
    ['C:\\a\\project', '\\\\?\\C:\\b\\x.json', false],
    ['C:\\a\\project', 'x.json', false],
    ['C:\\a\\project', 'C:x.json', false],
  ])('win32: %s holds %s: %s', (folder, path, expected) => {
    expect(isInside(path, folder, win32)).toBe(expected);
  });
});

it.each<[string, string, readonly string[] | undefined]>([
  ['/a', '/a', []],
  ['/a', '/a/b/c.json', ['b', 'c.json']],
  ['/a', '/b', undefined],
])('from %s to %s lead %j', (folder, path, expected) => {
  expect(segmentsBelow(folder, path, posix)).toEqual(expected);
});
