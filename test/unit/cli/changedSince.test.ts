import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { realOf } from '../../../server/src/cli/changedSince.ts';
import { changedSince } from '../../../server/src/cli/git.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

it('files that have changed are known by where they really are, however Git spells them', () => {
  const folder = new TemporaryFolder({ 'kept.yaml': '', 'CHANGED.yaml': '' });
  const author = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.invalid',
    '-c',
    'commit.gpgsign=false',
  ];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'first'],
  ]) {
    execFileSync('git', [...author, ...args], { cwd: folder.path });
  }
  folder.write('CHANGED.yaml', 'text');
  folder.write('ADDED.yaml', '');
  const real = (path: string): string => path.replace(/[A-Z]+\.yaml$/, (name) => name.toLowerCase());
  const { changed } = changedSince('HEAD', folder.path);
  expect(changed.map(({ path }) => realOf(path, { real })).sort()).toEqual([
    folder.file('added.yaml'),
    folder.file('changed.yaml'),
  ]);
});
