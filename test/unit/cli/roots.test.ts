import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectAt } from '../../../server/src/cli/projectAt.ts';
import { rootFor } from '../../../server/src/cli/roots.ts';
import { relativePath } from '../../../server/src/project/files.ts';
import { noModes, skipBecause } from '../../machine.ts';
import { smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';

const inside = Object.fromEntries(Object.entries(smallProject).map(([name, text]) => [`a/${name}`, text]));

/** The root that is found from a directory, which is the working directory, too. */
function rootFrom(folder: TemporaryFolder, directory: string): string {
  return relativePath(folder.path, rootFor(folder.file(directory), true, folder.file(directory)));
}

describe('the project is looked for upwards, as the Hasura CLI does', () => {
  it.each([
    ['its own folder', 'a'],
    ['its metadata directory', 'a/metadata'],
    ['further down', 'a/metadata/databases/default/tables'],
    ['a folder beside the metadata', 'a/schema'],
  ])('from %s', async (_, directory) => {
    const folder = new TemporaryFolder(inside);
    expect(rootFrom(folder, directory)).toBe('a');
    const { project } = await projectAt(['.'], folder.file(directory), () => {});
    expect(project.location.root).toBe(folder.file('a'));
  });

  it.each<[string, Record<string, string>, string]>([
    ['another program has a config.yaml', { 'config.yaml': 'endpoint: x\nservices: {}\n' }, 'b'],
    [
      'a project has its own',
      { 'config.yaml': 'version: 3\nendpoint: x\n', 'b/config.yaml': 'version: 3\nendpoint: y\n' },
      'b',
    ],
    ['its keys are in another case', { 'config.yaml': 'Version: 3\nEndpoint: x\n' }, '.'],
  ])('where %s', (_, files, root) => {
    expect(rootFrom(new TemporaryFolder({ ...files, 'b/x.yaml': '' }), 'b')).toBe(root);
  });

  it('not beyond the repository', () => {
    const folder = new TemporaryFolder({ ...inside, 'a/metadata/.git/HEAD': 'ref: refs/heads/main\n' });
    expect(rootFrom(folder, 'a/metadata/databases')).toBe('a/metadata/databases');
  });

  it('not where everyone may put a file', () => {
    skipBecause(noModes);
    const folder = new TemporaryFolder({ 'a/config.yaml': 'version: 3\nendpoint: x\n', 'a/b/x.yaml': '' });
    expect(rootFrom(folder, 'a/b')).toBe('a');
    chmodSync(folder.file('a'), 0o777);
    expect(rootFrom(folder, 'a/b')).toBe('a/b');
  });
});
