import { describe, expect, it } from 'vitest';
import { codesIn, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

async function found(files: Record<string, string>) {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path], { reportAllSyntax: true });
  const path = folder.file('config.yaml');
  return {
    codes: codesIn(workspace, path),
    reported: workspace.reportableFiles().includes(path),
    projects: workspace.projects.length,
  };
}

describe('config.yaml of a project', () => {
  it.each([
    ['an open list', 'version: 3\nendpoint: [http://localhost', 'unreadable-file 2'],
    ['a list', '- version: 3\n', 'unreadable-file 1'],
  ])(
    'with %s is reported at its place, and the project is read all the same',
    async (_, configYaml, code) => {
      expect(await found({ ...smallProject, 'config.yaml': configYaml })).toEqual({
        codes: [code],
        reported: true,
        projects: 1,
      });
    },
  );

  it.each([
    ['is right', smallProject['config.yaml'] ?? ''],
    ['has a key twice', 'version: 3\nendpoint: http://a\nendpoint: http://b\n'],
    ['has a second document', 'version: 3\nendpoint: http://a\n---\nendpoint: [\n'],
    ['has merge keys and keys in another case', 'Version: 3\nx: &x { a: 1 }\nactions: { <<: *x }\n'],
    ['is empty', ''],
  ])('is not wrong when it %s', async (_, configYaml) => {
    expect(await found({ ...smallProject, 'config.yaml': configYaml })).toMatchObject({
      codes: [],
      reported: false,
    });
  });

  it.each([
    ['beside an export', { 'metadata.json': '{"version":3,"sources":[]}', 'config.yaml': '- a\n- b: [\n' }],
    ['in a folder of something else', { 'config.yaml': 'endpoint: [' }],
    ['below one', { ...smallProject, 'other/config.yaml': '{{ x }}: [' }],
  ])('of another program is not looked at: %s', async (_, files) => {
    const folder = new TemporaryFolder(files);
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.reportableFiles().filter((path) => path.endsWith('/config.yaml'))).toEqual([]);
    expect(codesIn(workspace, folder.file('config.yaml'))).toEqual([]);
    expect(codesIn(workspace, folder.file('other/config.yaml'))).toEqual([]);
  });

  it('is right again as soon as it is mended', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'config.yaml': 'version: 3\nendpoint: [' });
    const workspace = await workspaceOf([folder.path]);
    const path = folder.file('config.yaml');
    expect(codesIn(workspace, path)).toHaveLength(1);
    folder.write('config.yaml', smallProject['config.yaml'] ?? '');
    workspace.fileChanged(path, false);
    expect(codesIn(workspace, path)).toEqual([]);
    expect(workspace.reportableFiles()).not.toContain(path);
  });
});
