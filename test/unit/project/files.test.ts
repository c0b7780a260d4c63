import { describe, expect, it } from 'vitest';
import {
  isInside,
  joinPath,
  normalisePath,
  pathOfUri,
  relativePath,
  uriOfPath,
} from '../../../server/src/project/files.ts';

describe('paths', () => {
  it.each([
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/a-two/b', '/a', false],
    ['/ab', '/a', false],
    ['/b', '/', true],
    ['/a', '/a/b', false],
  ])('%s inside %s: %s', (path, directory, expected) => {
    expect(isInside(path, directory)).toBe(expected);
  });

  it.each([
    ['/a/./b/../c/', '/a/c'],
    ['/../x', '/x'],
    ['C:\\Users\\me\\x.yaml', 'c:/Users/me/x.yaml'],
    ['C:/x', 'c:/x'],
    ['\\\\server\\share\\x', '//server/share/x'],
    ['/a\\b', '/a\\b'],
  ])('%s is %s', (path, expected) => {
    expect(normalisePath(path)).toBe(expected);
  });

  it.each([
    ['/a', 'b/c.yaml', '/a/b/c.yaml'],
    ['/a/b', '../c.yaml', '/a/c.yaml'],
    ['/a', '/c.yaml', '/a/c.yaml'],
  ])('%s and %s join to %s', (directory, relative, expected) => {
    expect(joinPath(directory, relative)).toBe(expected);
  });

  it.each([
    ['/a', '/a/b/c', 'b/c'],
    ['/a/b', '/a/c', '../c'],
    ['/', '/a', 'a'],
    ['/a', '/a', '.'],
  ])('from %s, %s is %s', (directory, path, expected) => {
    expect(relativePath(directory, path)).toBe(expected);
  });

  it.each(['/a b/ä/#x?.yaml', '/x/100%.json'])('%s survives being a URI', (path) => {
    expect(pathOfUri(uriOfPath(path))).toBe(path);
  });

  it('half of a surrogate pair, which no URI holds, is replaced', () => {
    expect(pathOfUri(uriOfPath('/a/\ud9c2.yaml'))).toBe('/a/\ufffd.yaml');
  });

  it.each(['untitled:Untitled-1', 'git:/a/b.yaml?x', 'vscode-vfs://github/a/b.yaml'])(
    '%s is no file',
    (uri) => {
      expect(pathOfUri(uri)).toBeUndefined();
    },
  );
});
