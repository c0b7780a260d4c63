import { existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { sizeLimit } from '../../../common/src/files/sizeLimit.ts';
import { makeLink, noModes, skipBecause } from '../../machine.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';
import { specialFiles } from './specialFiles.ts';

describe('a regular file', () => {
  it.each(['', 'text', 'ä€😀\r\n', 'x'.repeat(200_000)])('is read whole, text %#', (text) => {
    const folder = new TemporaryFolder({ a: text });
    makeLink(folder.file('a'), folder.file('link'));
    expect(readRegularFile(folder.file('a'))).toEqual({ ok: true, text });
    expect(readRegularFile(folder.file('link'))).toEqual({ ok: true, text });
  });

  it.each([
    [10, true],
    [11, false],
  ])('of %d bytes is read where 10 are: %s', (size, ok) => {
    const folder = new TemporaryFolder({ a: 'x'.repeat(size) });
    expect(readRegularFile(folder.file('a'), 10).ok).toBe(ok);
  });

  it('is not read at all when it is too long: a sparse file costs nothing to make', () => {
    const folder = new TemporaryFolder({ '.env': '', 'a.json': '' });
    truncateSync(folder.file('.env'), 1024 ** 2 + 1);
    truncateSync(folder.file('a.json'), 64 * 1024 ** 2 + 1);
    expect(readRegularFile(folder.file('.env'))).toEqual({
      ok: false,
      problem: 'too-large',
      message: 'The file ".env" is larger than 1 MB and is not read.',
    });
    expect(readRegularFile(folder.file('a.json'))).toMatchObject({
      problem: 'too-large',
      message: 'The file "a.json" is larger than 64 MB and is not read.',
    });
  });

  it('is read to its end where its size says nothing', () => {
    skipBecause(existsSync('/proc/self/maps') ? undefined : 'no files of the kernel');
    expect(readRegularFile('/proc/self/maps')).toMatchObject({ text: expect.stringMatching(/^[\da-f]+-/) });
    expect(readRegularFile('/proc/self/maps', 100)).toMatchObject({ problem: 'too-large' });
  });
});

describe('what is not a regular file', () => {
  beforeEach(() => skipBecause(noModes));

  it.each(Object.entries(specialFiles))('is not read, and nobody waits for it: %s', async (_, make) => {
    const folder = new TemporaryFolder();
    await make(folder.file('a.json'));
    expect(readRegularFile(folder.file('a.json'))).toEqual({
      ok: false,
      problem: 'special',
      message: '"a.json" is not a regular file and is not read.',
    });
  });

  it('a directory, nothing, and what is below a file', () => {
    const folder = new TemporaryFolder();
    mkdirSync(folder.file('a'));
    writeFileSync(folder.file('b'), '');
    expect(readRegularFile(folder.file('a'))).toMatchObject({ problem: 'directory' });
    expect(readRegularFile(folder.file('none'))).toMatchObject({ problem: 'missing' });
    expect(readRegularFile(folder.file('b/c'))).toMatchObject({ problem: 'missing' });
    makeLink(folder.file('loop'), folder.file('loop'));
    expect(readRegularFile(folder.file('loop'))).toMatchObject({ problem: 'unreadable' });
  });
});

it.each([
  ['.env', 1],
  ['config.yaml', 1],
  ['remote-relationships.config.json', 1],
  ['remote-relationships.config.yml', 1],
  ['my.env', 64],
  ['metadata.json', 64],
  ['config.yaml.json', 64],
  ['people.graphql', 64],
])('of %s at most %d MB are read', (name, megabytes) => {
  expect(sizeLimit(path.join('/a', name))).toBe(megabytes * 1024 ** 2);
});
