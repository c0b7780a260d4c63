import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ReadableFiles } from '../../../common/src/files/readableFiles.ts';
import { makeLink } from '../../machine.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

interface Circumstances {
  readonly trusted: boolean;
  readonly git?: boolean;
  readonly named?: boolean;
}

const nobody: Circumstances = { trusted: false, git: true, named: true };
const trusted: Circumstances = { trusted: true };
const inRepository: Circumstances = { trusted: true, git: true };
const named: Circumstances = { trusted: true, named: true };

function surroundings(): TemporaryFolder {
  const folder = new TemporaryFolder({
    'repo/hasura/a.yaml': 'a',
    'repo/hasura-evil/a.yaml': 'evil',
    'repo/service/a.yaml': 'service',
    'elsewhere/a.yaml': 'elsewhere',
  });
  makeLink(folder.file('repo/hasura/a.yaml'), folder.file('repo/hasura/inside.yaml'));
  makeLink(folder.file('repo/service/a.yaml'), folder.file('repo/hasura/beside.yaml'));
  makeLink(folder.file('elsewhere/a.yaml'), folder.file('repo/hasura/outside.yaml'));
  makeLink(folder.file('elsewhere'), folder.file('repo/hasura/link'));
  makeLink(folder.file('repo/hasura'), folder.file('alias'));
  return folder;
}

function filesOf(folder: TemporaryFolder, circumstances: Circumstances, opened = 'repo/hasura') {
  if (circumstances.git === true) folder.write('repo/.git/HEAD', 'ref: refs/heads/main\n');
  return new ReadableFiles({
    folders: () => [folder.file(opened)],
    trusted: circumstances.trusted,
    isNamed: () => circumstances.named === true,
  });
}

describe('what is read', () => {
  it.each<[string, Circumstances, string, string | undefined]>([
    ['in the folder', nobody, 'repo/hasura/a.yaml', 'a'],
    ['through a link that stays inside', nobody, 'repo/hasura/inside.yaml', 'a'],
    ['through a link into the repository', nobody, 'repo/hasura/beside.yaml', undefined],
    ['through a link into the repository', trusted, 'repo/hasura/beside.yaml', undefined],
    ['through a link into the repository', inRepository, 'repo/hasura/beside.yaml', 'service'],
    ['in the repository', nobody, 'repo/service/a.yaml', undefined],
    ['in the repository', inRepository, 'repo/service/a.yaml', 'service'],
    ['in what would be one', trusted, 'repo/service/a.yaml', undefined],
    ['beside the folder, by a longer name', nobody, 'repo/hasura-evil/a.yaml', undefined],
    ['by dots', nobody, 'repo/hasura/../service/a.yaml', undefined],
    ['by dots that come back', nobody, 'repo/hasura/../hasura/a.yaml', 'a'],
    ['elsewhere', nobody, 'elsewhere/a.yaml', undefined],
    ['elsewhere', inRepository, 'elsewhere/a.yaml', undefined],
    ['elsewhere', named, 'elsewhere/a.yaml', 'elsewhere'],
    ['through a link to elsewhere', nobody, 'repo/hasura/outside.yaml', undefined],
    ['through a link to elsewhere', inRepository, 'repo/hasura/outside.yaml', undefined],
    ['through a link to elsewhere', named, 'repo/hasura/outside.yaml', 'elsewhere'],
    ['below a link to elsewhere', inRepository, 'repo/hasura/link/a.yaml', undefined],
    ['below a link to elsewhere', named, 'repo/hasura/link/a.yaml', 'elsewhere'],
  ])('%s, %j: %s', (_, circumstances, name, expected) => {
    const folder = surroundings();
    const files = filesOf(folder, circumstances);
    const result = files.read(folder.file(name));
    expect(result).toMatchObject(
      expected === undefined ? { ok: false, problem: 'outside-workspace' } : { ok: true, text: expected },
    );
    expect(files.isOutside(folder.file(name))).toBe(expected === undefined);
  });

  it.each(['alias/a.yaml', 'repo/hasura/a.yaml'])('in a folder that was opened by a link: %s', (name) => {
    const folder = surroundings();
    const files = filesOf(folder, nobody, 'alias');
    expect(files.read(folder.file(name))).toEqual({ ok: true, text: 'a' });
    expect(files.read(folder.file('repo/service/a.yaml'))).toMatchObject({ problem: 'outside-workspace' });
  });

  it('elsewhere, nothing is even looked for where the workspace is not trusted', () => {
    const folder = surroundings();
    for (const name of ['elsewhere/a.yaml', 'elsewhere/none.yaml', 'elsewhere']) {
      expect(filesOf(folder, nobody).read(folder.file(name))).toMatchObject({ problem: 'outside-workspace' });
    }
    expect(filesOf(folder, named).read(folder.file('elsewhere/none.yaml'))).toMatchObject({
      problem: 'missing',
    });
  });

  it.each([
    ['a worktree', (folder: TemporaryFolder) => folder.write('repo/.git', 'gitdir: /x\n'), 'service'],
    ['an empty folder', (folder: TemporaryFolder) => mkdirSync(folder.file('repo/.git')), undefined],
    [
      'a repository of its own in the folder',
      (folder: TemporaryFolder) => {
        folder.write('repo/.git/HEAD', '');
        folder.write('repo/hasura/.git', 'gitdir: ../.git/modules/hasura\n');
      },
      undefined,
    ],
  ])('around the folder: %s', (_, make, expected) => {
    const folder = surroundings();
    make(folder);
    const result = filesOf(folder, trusted).read(folder.file('repo/service/a.yaml'));
    expect(result.ok ? result.text : undefined).toBe(expected);
  });
});
