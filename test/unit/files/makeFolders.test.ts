import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFolders } from '../../../common/src/files/makeFolders.ts';
import { makeLink, noModes, skipBecause } from '../../machine.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

describe('folders are made', () => {
  it('with those around them, those that are there left as they are', () => {
    const { path } = new TemporaryFolder();
    makeFolders(`${path}/a/b/c`);
    makeFolders(`${path}/a/b/c`);
    expect(statSync(`${path}/a/b/c`).isDirectory()).toBe(true);
  });

  it('for the user alone, where that is asked', () => {
    skipBecause(noModes);
    const { path } = new TemporaryFolder();
    chmodSync(path, 0o755);
    makeFolders(`${path}/a/b`, 0o700);
    const modes = ['', '/a', '/a/b'].map((name) => statSync(path + name).mode & 0o777);
    expect(modes).toEqual([0o755, 0o700, 0o700]);
  });

  it('behind a link', () => {
    const { path } = new TemporaryFolder();
    makeFolders(`${path}/real`);
    makeLink(`${path}/real`, `${path}/link`);
    makeFolders(`${path}/link/a`);
    expect(statSync(`${path}/real/a`).isDirectory()).toBe(true);
  });

  it('not where a file is in the way', () => {
    const { path } = new TemporaryFolder();
    writeFileSync(`${path}/file`, '');
    expect(() => makeFolders(`${path}/file`)).toThrow(/EEXIST/);
    expect(() => makeFolders(`${path}/file/a`)).toThrow(/EEXIST|ENOTDIR/);
  });

  it('not where the system has no room for any, which ends all the same', () => {
    skipBecause(noModes);
    expect(() => makeFolders('/proc/none/a/b')).toThrow(/ENOENT|EACCES|EPERM|EROFS/);
  });
});
