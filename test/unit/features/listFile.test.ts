import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { listFile } from '../../../server/src/features/refactoring/listFile.ts';
import { smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

const list = 'metadata/databases/default/tables/tables.yaml';
const orphan = 'metadata/databases/default/tables/public_order.yaml';
const order = 'table: { schema: public, name: order }\n';

/** The list of tables after it includes the orphan; `undefined` where that is not offered. */
async function listed(
  files: Readonly<Record<string, string>>,
  file = orphan,
  text = order,
): Promise<string | undefined> {
  const folder = new TemporaryFolder({ ...smallProject, [file]: text, ...files });
  const workspace = await workspaceOf([folder.path]);
  const key = folder.file(file);
  const project = workspace.projectAt(key);
  if (project === undefined) return expect.fail('there is no project');
  const textOf = (uri: string) =>
    TextDocument.create(uri, '', 0, workspace.documents.get(workspace.key(uri))?.tree.text ?? '');
  const listing = listFile(workspace, project, key, (uri, offset) => textOf(uri).positionAt(offset));
  if (listing === undefined) return undefined;
  expect(listing).toMatchObject({ list: 'tables.yaml', edit: { uri: folder.uri(list), exists: true } });
  return TextDocument.applyEdits(textOf(listing.edit.uri), [...listing.edit.edits]);
}

describe('a file that nothing leads to', () => {
  it.each<[string, string, string]>([
    [
      'behind the others',
      '- "!include public_customer.yaml"\n',
      '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n',
    ],
    [
      'as a tag where the others are',
      '- !include public_customer.yaml # the first\n',
      '- !include public_customer.yaml # the first\n- !include public_order.yaml\n',
    ],
    [
      'with the indentation and line breaks of the others',
      '# all\r\n  - "!include public_customer.yaml"\r\n# end\r\n',
      '# all\r\n  - "!include public_customer.yaml"\r\n  - "!include public_order.yaml"\r\n# end\r\n',
    ],
    ['in an empty list', '[] # none\n', '- "!include public_order.yaml" # none\n'],
    [
      'where no line break ends the file',
      '- "!include public_customer.yaml"',
      '- "!include public_customer.yaml"\n- "!include public_order.yaml"',
    ],
  ])('is included %s', async (_, before, after) => {
    expect(await listed({ [list]: before })).toBe(after);
  });

  it('is not included where its name would need quotes', async () => {
    expect(await listed({}, orphan.replace('order', '{order}'))).toBeUndefined();
  });

  it('is named from the folder of the list', async () => {
    const deeper = 'metadata/databases/default/tables/old/public_order.yaml';
    expect(await listed({}, deeper)).toContain('\n- "!include old/public_order.yaml"\n');
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['the table is in the metadata already', {}, 'table: { schema: public, name: customer }\n'],
    ['it is no table', {}, '- name: profile\n  definition: { to_remote_schema: {} }\n'],
    ['it is a list of tables', {}, `- ${order}`],
    ['the list can’t be read', { [list]: '- "!include public_customer.yaml"\n- [\n' }, order],
    ['the list is in braces', { [list]: '["!include public_customer.yaml"]\n' }, order],
    ['the list holds tables', { [list]: '- table: customer\n' }, order],
    ['the empty list stands behind something', { [list]: '--- []\n' }, order],
    ['the empty list has a tag', { [list]: '!!seq []\n' }, order],
    ['there is no list', { [list]: '', 'metadata/databases/databases.yaml': '[]\n' }, order],
  ])('is not included where %s', async (_, files, text) => {
    expect(await listed(files, orphan, text)).toBeUndefined();
  });
});
