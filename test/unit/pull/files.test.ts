import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProjectFiles, type WriteResult } from '../../../common/src/metadataApi/pull/projectFiles.ts';
import { makeLink } from '../../machine.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

const before = 'type Query {\n  a: Int\n}\n';
const after = 'type Query {\n  b: Int\n}\n';

interface Options {
  readonly dryRun?: boolean;
  readonly replaces?: boolean;
}

function write(folder: TemporaryFolder, name: string, text: string, options: Options = {}): WriteResult {
  const files = new ProjectFiles({
    project: folder.path,
    workspace: [folder.path],
    dryRun: options.dryRun ?? false,
    replacesDoubtful: () => options.replaces ?? false,
    howToReplace: 'say so',
  });
  const decision = files.decide(folder.file(name), 'remote-schema');
  return decision.outcome === 'refused' ? decision : files.write(decision, text);
}

function read(folder: TemporaryFolder, name: string): string {
  return readFileSync(folder.file(name), 'utf8');
}

describe('files of a project', () => {
  it('are written with their folders, and nothing is left beside them', () => {
    const folder = new TemporaryFolder({ 'schema/old.graphql': before });
    expect(write(folder, 'schema/old.graphql', after)).toEqual({ outcome: 'written' });
    expect(write(folder, 'deep/er/new.graphql', after)).toEqual({ outcome: 'written' });
    expect(read(folder, 'schema/old.graphql')).toBe(after);
    expect(read(folder, 'deep/er/new.graphql')).toBe(after);
    expect(readdirSync(folder.file('schema'))).toEqual(['old.graphql']);
  });

  it.each([
    ['the same', before],
    ['the same with the line ends of Windows', before.replaceAll('\n', '\r\n')],
    ['the same with a byte order mark', `\uFEFF${before}`],
  ])('are left alone when they say %s', (_, there) => {
    const folder = new TemporaryFolder({ 'a.graphql': there });
    utimesSync(folder.file('a.graphql'), 1000, 1000);
    const inode = statSync(folder.file('a.graphql')).ino;
    expect(write(folder, 'a.graphql', before)).toEqual({ outcome: 'unchanged' });
    expect(read(folder, 'a.graphql')).toBe(there);
    expect(statSync(folder.file('a.graphql'))).toMatchObject({ ino: inode, mtimeMs: 1_000_000 });
  });

  it('stay as they are in a dry run, with what was left there', () => {
    const leftover = `.remote-relationships-${2 ** 30}-01234567-89ab-cdef-0123-456789abcdef.tmp`;
    const folder = new TemporaryFolder({ 'a.graphql': before, [leftover]: '' });
    expect(write(folder, 'a.graphql', after, { dryRun: true })).toEqual({ outcome: 'written' });
    expect(write(folder, 'schema/b.graphql', after, { dryRun: true })).toEqual({ outcome: 'written' });
    expect(read(folder, 'a.graphql')).toBe(before);
    expect(readdirSync(folder.path)).toEqual([leftover, 'a.graphql']);
    write(folder, 'a.graphql', after);
    expect(readdirSync(folder.path)).toEqual(['a.graphql']);
  });

  it('are written through links that stay inside', () => {
    const folder = new TemporaryFolder({ 'real/a.graphql': before });
    makeLink(folder.file('real'), folder.file('schema'));
    makeLink(folder.file('real/a.graphql'), folder.file('a.graphql'));
    expect(write(folder, 'schema/b.graphql', after)).toEqual({ outcome: 'written' });
    expect(write(folder, 'a.graphql', after)).toEqual({ outcome: 'written' });
    expect(read(folder, 'real/b.graphql')).toBe(after);
    expect(read(folder, 'real/a.graphql')).toBe(after);
    expect(lstatSync(folder.file('a.graphql')).isSymbolicLink()).toBe(true);
  });

  it('that can not be read are replaced only when that is wanted', () => {
    const folder = new TemporaryFolder({ 'a.graphql': 'type Query {' });
    expect(write(folder, 'a.graphql', after)).toEqual({
      outcome: 'refused',
      reason: "its content can't be read as a schema or snapshot; say so",
    });
    expect(read(folder, 'a.graphql')).toBe('type Query {');
    expect(write(folder, 'a.graphql', after, { replaces: true })).toEqual({ outcome: 'written' });
    expect(read(folder, 'a.graphql')).toBe(after);
  });

  it('that are something else are never replaced', () => {
    const folder = new TemporaryFolder({ 'a.graphql': '{ a }' });
    expect(write(folder, 'a.graphql', after, { replaces: true })).toMatchObject({ outcome: 'refused' });
    expect(read(folder, 'a.graphql')).toBe('{ a }');
  });

  it('say why they can not be written', () => {
    const folder = new TemporaryFolder({ 'a.graphql': '' });
    const files = new ProjectFiles({
      project: folder.path,
      workspace: [folder.path],
      dryRun: false,
      replacesDoubtful: () => false,
      howToReplace: '',
    });
    const decision = files.decide(folder.file('schema/b.graphql'), 'remote-schema');
    // A file has come in the place of the folder meanwhile.
    writeFileSync(folder.file('schema'), '');
    expect(decision.outcome === 'refused' ? decision : files.write(decision, after)).toEqual({
      outcome: 'refused',
      reason: expect.stringContaining('schema'),
    });
    expect(existsSync(folder.file('schema/b.graphql'))).toBe(false);
  });
});
