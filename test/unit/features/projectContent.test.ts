import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { locateKeys } from '../../../server/src/features/clientRequests/locateKeys.ts';
import { projectContent } from '../../../server/src/features/clientRequests/projectContent.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';
import { contextOf } from '../support/checkText.ts';

async function contentOf(files: Readonly<Record<string, string>>, at = '') {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const project = workspace.projectAt(at === '' ? folder.path : folder.file(at));
  if (project === undefined) return undefined;
  const content = projectContent(workspace, project, (uri, offset) => {
    const text = workspace.documents.get(workspace.key(uri))?.tree.text ?? '';
    return TextDocument.create(uri, '', 0, text).positionAt(offset);
  });
  return { folder, content };
}

describe('what the metadata files of a project say', () => {
  it.each([
    ['the folder', ''],
    ['a file', customerTable],
    ['the metadata', 'metadata'],
  ])('is found by %s', async (_, at) => {
    const found = await contentOf(smallProject, at);
    expect(found?.content.uri).toBe(found?.folder.uri('').replace(/\/$/, ''));
  });

  it('is nothing where there is no project', async () => {
    expect(await contentOf({ 'note.txt': '' }, 'note.txt')).toBeUndefined();
  });

  it('has relationships and owners, file by file, with their places', async () => {
    const found = await contentOf(smallProject);
    const files = found?.content.files ?? [];
    expect(files.map(({ uri }) => uri)).toContain(found?.folder.uri(customerTable));
    expect(
      files.flatMap(({ relationships }) =>
        relationships.map(({ identity, range }) => [identity, range.start.line]),
      ),
    ).toEqual([
      [
        { owner: 'table', source: 'default', table: { schema: 'public', name: 'customer' }, name: 'profile' },
        2,
      ],
    ]);
    expect(
      files.flatMap(({ owners }) => owners.map(({ owner, range: { start } }) => [owner, start])),
    ).toEqual([
      [
        { what: 'source', source: 'default' },
        { line: 0, character: 8 },
      ],
      [
        { what: 'table', source: 'default', table: { schema: 'public', name: 'customer' } },
        { line: 0, character: 7 },
      ],
      [
        { what: 'remote-schema', remoteSchema: 'people' },
        { line: 0, character: 8 },
      ],
    ]);
  });

  it('says what is wrong with a relationship, and leaves requests out', async () => {
    const found = await contentOf({
      ...smallProject,
      [customerTable]: (smallProject[customerTable] ?? '').replace('{ id: $person_id }', '{ idd: 1 }'),
      'requests/create.json': JSON.stringify({
        type: 'pg_delete_remote_relationship',
        args: { table: 'customer', name: 'profile' },
      }),
    });
    const payloads = found?.content.files.flatMap(({ relationships }) => relationships) ?? [];
    expect(payloads.map(({ name, errors }) => [name, errors.length > 0])).toEqual([['profile', true]]);
  });
});

describe('the place of keys below a relationship', () => {
  const text = `table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id, email]
        remote_field: {person: {arguments: {id: $id}}}
`;
  const where = { location: { role: 'table', source: 'shop' } } as const;

  it.each([
    [['name'], 'profile'],
    [['definition', 'to_remote_schema', 'remote_schema'], 'people'],
    [['definition', 'to_remote_schema', 'lhs_fields', 1], 'email'],
    [['definition', 'to_remote_schema', 'remote_field', 'person', 'arguments'], '{id: $id}'],
    [['lhs_fields', 1], 'email'],
    [['remote_field', 'person', 'arguments', 'id'], '$id'],
    [['definition', 'lhs_fields', 0], 'id'],
    [['definition', 'to_remote_schema', 'lhs_fields', 7], '[id, email]'],
    [['definition', 'to_remote_schema', 'lhs_fields', 1, 'x'], 'email'],
  ])('%j is where that value stands, or the nearest above it', (keys, expected) => {
    const offset = text.indexOf('name: profile');
    const location = locateKeys(contextOf(text, where, 'yaml'), offset, keys);
    expect(location && text.slice(location.offset, location.offset + location.length)).toBe(expected);
  });

  it('is none where no relationship begins', () => {
    expect(locateKeys(contextOf(text, where, 'yaml'), 0, ['name'])).toBeUndefined();
  });
});
