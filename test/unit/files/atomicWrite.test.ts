import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it, onTestFinished } from 'vitest';
import { removeLeftovers, writeAtOnce } from '../../../common/src/files/atomicWrite.ts';
import { makeLink, noModes, skipBecause } from '../../machine.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

const uuid = '01234567-89ab-cdef-0123-456789abcdef';
/** No process has a number like this. */
const nobody = 2 ** 30;

/** Has functions of the file system fail until the test is over. */
function failing(names: readonly ('fchmodSync' | 'fsyncSync')[], code: string): void {
  const fail = () => {
    throw Object.assign(new Error(code), { code });
  };
  const before = names.map((name) => [name, fs[name]] as const);
  Object.assign(fs, Object.fromEntries(names.map((name) => [name, fail])));
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(fs, Object.fromEntries(before));
    syncBuiltinESMExports();
  });
}

describe('a file that is written at once', () => {
  it('is there with its folder, and nothing beside it', () => {
    const folder = new TemporaryFolder();
    writeAtOnce(folder.file('deep/er/a.json'), 'new', undefined);
    expect(readFileSync(folder.file('deep/er/a.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder.file('deep/er'))).toEqual(['a.json']);
  });

  it.each([0o600, 0o640, 0o664, 0o666])('keeps its mode %o', (mode) => {
    skipBecause(noModes);
    const folder = new TemporaryFolder({ 'a.json': 'old' });
    chmodSync(folder.file('a.json'), mode);
    writeAtOnce(folder.file('a.json'), 'new', statSync(folder.file('a.json')).mode);
    expect(statSync(folder.file('a.json')).mode & 0o777).toBe(mode);
  });

  it.each(['EISDIR', 'EPERM', 'ENOTSUP'])('needs no modes and nothing kept back: %s', (code) => {
    const folder = new TemporaryFolder({ 'a.json': 'old' });
    failing(['fchmodSync', 'fsyncSync'], code);
    writeAtOnce(folder.file('a.json'), 'new', 0o600);
    expect(readFileSync(folder.file('a.json'), 'utf8')).toBe('new');
  });

  it('is not there where the disk is broken', () => {
    const folder = new TemporaryFolder({ 'a.json': 'old' });
    failing(['fsyncSync'], 'EIO');
    expect(() => writeAtOnce(folder.file('a.json'), 'new', 0o600)).toThrow('EIO');
    expect(readdirSync(folder.path)).toEqual(['a.json']);
    expect(readFileSync(folder.file('a.json'), 'utf8')).toBe('old');
  });

  it('leaves everything as it was where it can not be written', () => {
    const folder = new TemporaryFolder({ 'a.json/inside': 'kept' });
    expect(() => writeAtOnce(folder.file('a.json'), 'new', undefined)).toThrow();
    expect(readdirSync(folder.path)).toEqual(['a.json']);
    expect(readdirSync(folder.file('a.json'))).toEqual(['inside']);
  });

  it('is not written through a folder that has become a link', () => {
    const folder = new TemporaryFolder({ 'elsewhere/x': '' });
    makeLink(folder.file('elsewhere'), folder.file('schema'));
    expect(() => writeAtOnce(folder.file('schema/a.json'), 'new', undefined)).toThrow(/another one/);
    expect(readdirSync(folder.file('elsewhere'))).toEqual(['x']);
  });
});

describe('what writing left', () => {
  it.each<[string, string, { old?: boolean }, boolean]>([
    ['of a process that is gone', `.remote-relationships-${nobody}-${uuid}.tmp`, {}, false],
    ['of one that runs', `.remote-relationships-${process.pid}-${uuid}.tmp`, {}, true],
    ['of one of the same number', `.remote-relationships-${process.pid}-${uuid}.tmp`, { old: true }, false],
    ['that is none: another name', `.remote-relationships-${nobody}.tmp`, {}, true],
    ['that is none: a name around it', `x.remote-relationships-${nobody}-${uuid}.tmp`, {}, true],
    ['that is none: an ending', `.remote-relationships-${nobody}-${uuid}.tmp.json`, {}, true],
  ])('%s', (_, name, { old = false }, stays) => {
    const folder = new TemporaryFolder({ [name]: 'half' });
    if (old) utimesSync(folder.file(name), 1000, 1000);
    removeLeftovers(folder.path);
    expect(existsSync(folder.file(name))).toBe(stays);
  });

  it('is a file: a folder of such a name stays, and a missing folder is no fault', () => {
    const folder = new TemporaryFolder();
    const name = `.remote-relationships-${nobody}-${uuid}.tmp`;
    mkdirSync(folder.file(name));
    removeLeftovers(folder.path);
    removeLeftovers(folder.file('none'));
    expect(readdirSync(folder.path)).toEqual([name]);
  });
});
