import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  absolutePath,
  directoriesUpTo,
  directoryOf,
  isInside,
  joinPath,
  normalisePath,
  pathOfUri,
  relativePath,
  uriOfPath,
  writtenPath,
} from '../../../server/src/project/files.ts';

describe('paths', () => {
  it.each([
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/a-two/b', '/a', false],
    ['/ab', '/a', false],
    ['/b', '/', true],
    ['/a', '/a/b', false],
    ['c:/a', 'c:/', true],
    ['c:/', 'c:/', true],
    ['d:/a', 'c:/', false],
    ['//server/share/a', '//server/share', true],
    ['//server/share-two', '//server/share', false],
    ['/server/share/a', '//server/share', false],
  ])('%s inside %s: %s', (path, directory, expected) => {
    expect(isInside(path, directory)).toBe(expected);
  });

  it.each([
    ['/a/./b/../c/', '/a/c'],
    ['/../x', '/x'],
    ['/', '/'],
    ['C:\\Users\\me\\x.yaml', 'c:/Users/me/x.yaml'],
    ['C:/x', 'c:/x'],
    ['C:\\', 'c:/'],
    ['C:/..', 'c:/'],
    ['C:/a/../../../x', 'c:/x'],
    ['\\\\server\\share\\x', '//server/share/x'],
    ['\\\\server\\share\\', '//server/share'],
    ['\\\\server\\share\\..\\x', '//server/share/x'],
    ['\\\\wsl.localhost\\Debian\\home', '//wsl.localhost/Debian/home'],
    ['\\\\?\\C:\\a\\b', 'c:/a/b'],
    ['\\\\?\\UNC\\server\\share\\x', '//server/share/x'],
    ['\\\\Server\\Share\\X', '//server/Share/X'],
    ['/a\\b', '/a\\b'],
  ])('%s is %s, and stays it', (path, expected) => {
    expect(normalisePath(path)).toBe(expected);
    expect(normalisePath(expected)).toBe(expected);
  });

  it.each([
    ['/a', 'b/c.yaml', '/a/b/c.yaml'],
    ['/a/b', '../c.yaml', '/a/c.yaml'],
    ['/a', '/c.yaml', '/a/c.yaml'],
    ['/', 'a', '/a'],
    ['c:/', 'a', 'c:/a'],
    ['c:/a', '../../../x', 'c:/x'],
    ['//server/share', 'a', '//server/share/a'],
    ['//server/share/a', '../../../x', '//server/share/x'],
    ['//server/share/a', '..', '//server/share'],
  ])('%s and %s join to %s', (directory, relative, expected) => {
    expect(joinPath(directory, relative)).toBe(expected);
  });

  it.each([
    ['/a/b', '/a'],
    ['/a', '/'],
    ['/', '/'],
    ['c:/a/b', 'c:/a'],
    ['c:/a', 'c:/'],
    ['c:/', 'c:/'],
    ['//server/share/a', '//server/share'],
    ['//server/share', '//server/share'],
  ])('%s is in %s', (path, directory) => {
    expect(directoryOf(path)).toBe(directory);
  });

  it.each([
    ['/a/b', '/', ['/a/b', '/a', '/']],
    ['c:/a/b', '/', ['c:/a/b', 'c:/a', 'c:/']],
    ['//server/share/a', '/', ['//server/share/a', '//server/share']],
    ['/a/b/c', '/a/b', ['/a/b/c', '/a/b']],
  ])('from %s up to %s', (path, top, directories) => {
    expect(directoriesUpTo(path, top)).toEqual(directories);
  });

  it.each([
    ['/a', '/a/b/c', 'b/c'],
    ['/a/b', '/a/c', '../c'],
    ['/', '/a', 'a'],
    ['/a', '/a', '.'],
    ['c:/', 'c:/a', 'a'],
    ['c:/a/b', 'c:/a', '..'],
    ['c:/a', 'd:/a', 'd:/a'],
    ['c:/a', '//server/share/a', '//server/share/a'],
    ['//server/share/a', '//server/share/b', '../b'],
  ])('from %s, %s is %s', (directory, path, expected) => {
    expect(relativePath(directory, path)).toBe(expected);
  });

  it.each([
    ['a', '/app', posix, '/app/a'],
    ['/a', '/app', posix, '/a'],
    ['//a', '/app', posix, '/a'],
    ['C:\\a', '/app', posix, '/app/C:\\a'],
    ['a', 'c:/app', win32, 'c:/app/a'],
    ['..', 'c:/app', win32, 'c:/'],
    ['C:\\', 'c:/app', win32, 'c:/'],
    ['D:\\x', 'c:/app', win32, 'd:/x'],
    ['\\app', 'c:/home', win32, 'c:/app'],
    ['/app', 'c:/home', win32, 'c:/app'],
    ['\\\\server\\share\\a', 'c:/app', win32, '//server/share/a'],
    ['\\\\?\\C:\\a', 'c:/app', win32, 'c:/a'],
    ['a', '//server/share', win32, '//server/share/a'],
    ['/a', '//server/share/b', win32, '//server/share/a'],
  ])('%s, written in %s', (written, directory, rules, expected) => {
    expect(absolutePath(written, directory, rules)).toBe(expected);
  });

  it.each([
    ['schema/a.graphql', '/app', '/app/schema/a.graphql'],
    ['schema\\a.graphql', '/app', '/app/schema/a.graphql'],
    ['/schema', '/app', '/schema'],
    ['//schema', '/app', '/schema'],
    ['C:\\schema', '/app', 'c:/schema'],
    ['/schema', 'c:/app', 'c:/schema'],
    ['D:/schema', 'c:/app', 'd:/schema'],
    ['//server/share/a', 'c:/app', '//server/share/a'],
    ['../a', '//server/share/app', '//server/share/a'],
    ['/a', '//server/share/app', '//server/share/a'],
  ])('%s, said by a file in %s', (written, directory, expected) => {
    expect(writtenPath(written, directory)).toBe(expected);
  });

  it.each([
    ['file:///a/b', posix, '/a/b'],
    ['file:////a/b', posix, '/a/b'],
    ['FILE:////c:/a', posix, 'c:/a'],
    ['file:////server/share/a', win32, '//server/share/a'],
    ['file://///server/share/a', win32, '//server/share/a'],
    ['file:////c%3A/a', win32, 'c:/a'],
    ['file:////C:/a', win32, 'c:/a'],
    ['file://Server/Share/a', win32, '//server/Share/a'],
    ['file://localhost/C$/a', win32, '//localhost/C$/a'],
    ['file://localhost/a/b', posix, '/a/b'],
    ['file://server/share/a', posix, undefined],
    ['file:///c%3A/a', win32, 'c:/a'],
    ['file:///C:/a', win32, 'c:/a'],
    ['file:///d%3A/', win32, 'd:/'],
    ['file://localhost/C:/a', win32, 'c:/a'],
    ['file://server/share/a', win32, '//server/share/a'],
    ['file://wsl.localhost/Debian/a', win32, '//wsl.localhost/Debian/a'],
  ])('%s', (uri, rules, expected) => {
    expect(pathOfUri(uri, rules)).toBe(expected);
  });

  it.each([
    ['//server/share/a b', 'file://server/share/a%20b'],
    ['c:/a', 'file:///c%3A/a'],
    ['c:/', 'file:///c%3A/'],
    ['//wsl$/Debian/a', 'file://wsl%24/Debian/a'],
    ['//localhost/C$/a', 'file://localhost/C%24/a'],
    [normalisePath('\\\\SERVER\\Share\\a'), 'file://server/Share/a'],
  ])('%s has the URI %s', (path, uri) => {
    expect(uriOfPath(path)).toBe(uri);
    expect(pathOfUri(uri, win32)).toBe(path);
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
