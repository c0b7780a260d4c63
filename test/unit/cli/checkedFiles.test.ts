import { describe, expect, it } from 'vitest';
import { readCheckedFiles } from '../../../server/src/cli/checkedFiles.ts';
import { customerTable, smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';

const request = '{ "type": "delete_remote_relationship", "args": {} }';
const files = {
  ...Object.fromEntries(Object.entries(smallProject).map(([name, text]) => [`shop/${name}`, text])),
  'shop/requests/delete.json': request,
  'other/config.yaml': 'version: 3\n',
  'other/requests/delete.json': request,
  'README.md': '',
};

async function checked(paths: readonly string[], wholeProjects?: boolean): Promise<readonly string[]> {
  const folder = new TemporaryFolder(files);
  const read = await readCheckedFiles({
    paths,
    ...(wholeProjects === undefined ? {} : { wholeProjects }),
    configuration: undefined,
    workingDirectory: folder.path,
    note: (message) => {
      throw new Error(message);
    },
  });
  return read.paths.map(read.print);
}

describe('a directory', () => {
  it('inside a project is all that is checked', async () => {
    const inside = await checked(['shop/metadata/databases']);
    expect(inside).toContain(`shop/${customerTable}`);
    expect(inside).not.toContain('shop/metadata/remote_schemas.yaml');
    expect(inside).not.toContain('shop/requests/delete.json');
  });

  it.each(['shop', 'shop/metadata', 'shop/metadata/databases/default', 'shop/requests', 'shop/schema'])(
    'stands for its project where that is asked for: %s',
    async (directory) => {
      const all = await checked(['shop']);
      expect(all).toContain('shop/metadata/remote_schemas.yaml');
      expect(all).toContain('shop/requests/delete.json');
      expect(await checked([directory], true)).toEqual(all);
    },
  );

  it('that holds projects stands for what is in it', async () => {
    const all = await checked(['.'], true);
    expect(all).toEqual(await checked(['.']));
    expect(all).toContain('other/requests/delete.json');
  });
});
