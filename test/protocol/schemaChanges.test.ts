import { execFileSync } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { checkBy } from '../../client/src/schemaChanges.ts';
import { smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

vi.mock('vscode', () => ({}));

/** What the editor runs when a schema file is saved, with the built command line in a real repository. */
it('a schema that is saved is compared with the last commit', async () => {
  const folder = new TemporaryFolder(smallProject);
  const check = checkBy(commandLine);
  // Without Git nothing can be said.
  expect(await check(folder.path)).toBeUndefined();
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
    ['add', '-A'],
    ['commit', '-q', '-m', 'all'],
  ]) {
    execFileSync('git', [...author, ...args], { cwd: folder.path });
  }
  const verdicts = async () => {
    const { relationships } = JSON.parse((await check(folder.path)) ?? '') as {
      relationships: { name: string; verdict: string; line: number }[];
    };
    return relationships.map(({ name, verdict, line }) => [name, verdict, line]);
  };
  expect(await verdicts()).toEqual([['profile', 'untouched', 3]]);
  folder.write(
    'schema/people.graphql',
    (smallProject['schema/people.graphql'] ?? '').replace('person(', 'human('),
  );
  expect(await verdicts()).toEqual([['profile', 'breaks', 3]]);
});
