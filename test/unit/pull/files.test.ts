import { existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProjectFiles } from '../../../common/src/metadataApi/pull/projectFiles.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

function read(folder: TemporaryFolder, name: string): string {
  return readFileSync(folder.file(name), 'utf8');
}

describe('files of a project', () => {
  it('are written with their folders, and nothing is left beside them', () => {
    const folder = new TemporaryFolder({ 'schema/old.json': 'old\n' });
    const files = new ProjectFiles([folder.path], false);
    expect(files.write(folder.file('schema/old.json'), 'new\n')).toEqual({ outcome: 'written' });
    expect(files.write(folder.file('deep/er/new.json'), 'new\n')).toEqual({ outcome: 'written' });
    expect(read(folder, 'schema/old.json')).toBe('new\n');
    expect(read(folder, 'deep/er/new.json')).toBe('new\n');
    expect(readdirSync(folder.file('schema'))).toEqual(['old.json']);
  });

  it.each([
    ['the same', 'a\nb\n'],
    ['the same with the line ends of Windows', 'a\r\nb\r\n'],
    ['the same with a byte order mark', '\uFEFFa\nb\n'],
  ])('are left alone when they say %s', (_, before) => {
    const folder = new TemporaryFolder({ 'a.json': before });
    utimesSync(folder.file('a.json'), 1000, 1000);
    const inode = statSync(folder.file('a.json')).ino;
    expect(new ProjectFiles([folder.path], false).write(folder.file('a.json'), 'a\nb\n')).toEqual({
      outcome: 'unchanged',
    });
    expect(read(folder, 'a.json')).toBe(before);
    expect(statSync(folder.file('a.json'))).toMatchObject({ ino: inode, mtimeMs: 1_000_000 });
  });

  it('stay as they are in a dry run', () => {
    const folder = new TemporaryFolder({ 'a.json': 'old' });
    const files = new ProjectFiles([folder.path], true);
    expect(files.write(folder.file('a.json'), 'new')).toEqual({ outcome: 'written' });
    expect(files.write(folder.file('schema/b.json'), 'new')).toEqual({ outcome: 'written' });
    expect(read(folder, 'a.json')).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['a.json']);
  });

  it.each([
    ['beside it', 'elsewhere/a.json'],
    ['in a folder whose name begins alike', 'project-two/a.json'],
    ['by dots', 'project/../a.json'],
    ['through a link to a folder', 'project/folder-link/a.json'],
    ['through a link to a file', 'project/file-link.json'],
    ['through a link to nothing', 'project/dangling-link.json'],
    ['below a link to nothing', 'project/dangling-link.json/a.json'],
  ])('are not written outside: %s', (_, name) => {
    const folder = new TemporaryFolder({
      'project/config.yaml': '',
      'elsewhere/kept.json': 'kept',
      'project-two/x': '',
    });
    symlinkSync(folder.file('elsewhere'), folder.file('project/folder-link'));
    symlinkSync(folder.file('elsewhere/kept.json'), folder.file('project/file-link.json'));
    symlinkSync(folder.file('elsewhere/new.json'), folder.file('project/dangling-link.json'));
    const files = new ProjectFiles([folder.file('project')], false);
    expect(files.write(folder.file(name), 'new')).toEqual({
      outcome: 'refused',
      message: 'it lies outside of the project',
    });
    expect(readdirSync(folder.file('elsewhere'))).toEqual(['kept.json']);
    expect(read(folder, 'elsewhere/kept.json')).toBe('kept');
    expect(existsSync(folder.file('a.json'))).toBe(false);
  });

  it('are written through links that stay inside', () => {
    const folder = new TemporaryFolder({ 'real/a.json': 'old' });
    symlinkSync(folder.file('real'), folder.file('schema'));
    symlinkSync(folder.file('real/a.json'), folder.file('a.json'));
    const files = new ProjectFiles([folder.path], false);
    expect(files.write(folder.file('schema/b.json'), 'b')).toEqual({ outcome: 'written' });
    expect(files.write(folder.file('a.json'), 'new')).toEqual({ outcome: 'written' });
    expect(read(folder, 'real/b.json')).toBe('b');
    expect(read(folder, 'real/a.json')).toBe('new');
    expect(lstatSync(folder.file('a.json')).isSymbolicLink()).toBe(true);
  });

  it('say why they can not be written', () => {
    const folder = new TemporaryFolder({ 'a.json/inside': '', file: '' });
    const files = new ProjectFiles([folder.path], false);
    expect(files.write(folder.file('a.json'), 'x')).toEqual({ outcome: 'refused', message: 'it is no file' });
    expect(files.write(folder.file('file/b.json'), 'x')).toMatchObject({ outcome: 'refused' });
  });
});
