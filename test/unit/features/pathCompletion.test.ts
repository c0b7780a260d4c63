import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completePath } from '../../../server/src/features/completion/pathCompletion.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';
import { marker } from './support.ts';

const tables = 'metadata/databases/default/tables/tables.yaml';
const databases = 'metadata/databases/databases.yaml';
const json = 'remote-relationships.config.json';
const yaml = 'remote-relationships.config.yaml';
const before = '- name: default\n  kind: postgres\n  configuration: {}\n  tables: ';

const project: Readonly<Record<string, string>> = {
  ...smallProject,
  'metadata/databases/default/tables/notes.txt': '',
  'metadata/databases/default/functions/functions.yaml': '[]\n',
  'sql/tables.sql': '',
  'schema/nested/more.gql': 'type Query { a: Int }',
};

/** Labels, and the text after the first was chosen; `undefined` where no path is completed. */
async function completed(
  file: string,
  marked: string,
  asksAgain = false,
): Promise<{ labels: string[]; text: string; asksAgain: boolean } | undefined> {
  const offset = marked.indexOf(marker);
  const text = marked.replace(marker, '');
  const folder = new TemporaryFolder({ ...project, [file]: text });
  const workspace = await workspaceOf([folder.path]);
  workspace.open(folder.uri(file), file.endsWith('json') ? 'json' : 'yaml', 1, text);
  const document = TextDocument.create(folder.uri(file), 'yaml', 1, text);
  const list = completePath(workspace, folder.uri(file), offset, {
    asksAgain,
    positionAt: (at) => document.positionAt(at),
  });
  if (list === undefined) return undefined;
  // As the editor narrows them.
  const typed =
    text
      .slice(0, offset)
      .split(/[\s"/]/)
      .at(-1) ?? '';
  const items = list.items.filter(({ label }) => label.startsWith(typed));
  const [first] = items;
  const edit = first?.textEdit;
  return {
    labels: items.map(({ label }) => label),
    text: edit !== undefined && 'range' in edit ? TextDocument.applyEdits(document, [edit]) : text,
    asksAgain: first?.command !== undefined,
  };
}

describe('a path in an include', () => {
  it.each([
    ['behind the tag', `- !include ${marker}\n`, '- !include public_customer.yaml\n'],
    ['in quotes', `- "!include ${marker}"\n`, '- "!include public_customer.yaml"\n'],
    ['in quotes that are not closed', `- "!include pub${marker}\n`, '- "!include public_customer.yaml\n'],
    [
      'inside of what is there',
      `- !include pub${marker}lic.yaml # why\n`,
      '- !include public_customer.yaml # why\n',
    ],
  ])('is completed %s', async (_, text, chosen) => {
    expect(await completed(tables, text)).toEqual({
      labels: ['public_customer.yaml'],
      text: chosen,
      asksAgain: false,
    });
  });

  it('goes through folders, which ask again', async () => {
    const top = await completed(databases, `${before}"!include ${marker}"\n`, true);
    expect(top).toEqual({ labels: ['default/'], text: `${before}"!include default/"\n`, asksAgain: true });
    const below = await completed(databases, `${before}"!include default/ta${marker}"\n`);
    expect(below?.labels).toContain('tables/');
    const up = await completed(tables, `- !include ../functions/${marker}\n`);
    expect(up?.labels).toEqual(['functions.yaml']);
    const kept = await completed(databases, `${before}"!include default/${marker}tables/tables.yaml"\n`);
    expect(kept?.text).toBe(`${before}"!include default/functions/tables.yaml"\n`);
  });

  it.each([
    ['a value', tables, `- table: ${marker}`],
    ['the tag itself', tables, `- !incl${marker}`],
    ['behind the path', tables, `- "!include public_customer.yaml" ${marker}`],
    ['another file', 'config.yaml', `version: 3\nmetadata_directory: metadata\n# !include ${marker}`],
    ['a request', 'request.json', `{ "type": "pg_track_table", "args": "!include ${marker}" }`],
  ])('is not completed in %s', async (_, file, text) => {
    expect(await completed(file, text)).toBeUndefined();
  });

  it('leads to nothing that may not be read', async () => {
    expect((await completed(tables, `- !include ../../../../../../../../../../${marker}\n`))?.labels).toEqual(
      [],
    );
  });
});

describe('a path in the configuration', () => {
  it.each([
    [
      'a schema',
      json,
      `{ "remoteSchemas": { "people": { "schema": "schema/p${marker}" } } }`,
      ['people.graphql'],
    ],
    [
      'one of several',
      json,
      `{ "remoteSchemas": { "people": { "schema": ["schema/nested/${marker}"] } } }`,
      ['more.gql'],
    ],
    [
      'a text that is not closed',
      json,
      `{ "remoteSchemas": { "people": { "schema": "schema/p${marker}`,
      ['people.graphql'],
    ],
    [
      'a snapshot',
      json,
      `{ "sources": { "default": { "tables": "schema/d${marker}" } } }`,
      ['default.tables.json'],
    ],
    ['SQL', json, `{ "sources": { "default": { "tables": { "sql": "sql/${marker}" } } } }`, ['tables.sql']],
    [
      'an empty value',
      yaml,
      `sources:\n  default:\n    tables: ${marker}\n`,
      ['metadata/', 'schema/', 'sql/'],
    ],
  ])('is completed: %s', async (_, file, text, labels) => {
    const found = await completed(file, text);
    expect(found?.labels.filter((label) => !label.startsWith('remote-relationships'))).toEqual(labels);
  });

  it('is written as it should be', async () => {
    expect(
      (await completed(json, `{ "remoteSchemas": { "people": { "schema": "schema/p${marker}eo" } } }`))?.text,
    ).toBe('{ "remoteSchemas": { "people": { "schema": "schema/people.graphql" } } }');
  });

  it.each([
    ['a kind', `{ "sources": { "default": { "kind": "p${marker}" } } }`],
    ['a key', `{ "sources": { "default": { "tab${marker}": "" } } }`],
    ['a version', `{ "serverVersion": "2.${marker}" }`],
  ])('is not completed at %s', async (_, text) => {
    expect(await completed(json, text)).toBeUndefined();
  });
});

it('is not completed in a table', async () => {
  expect(
    await completed(customerTable, `table: customer\nremote_relationships: ${marker}\n`),
  ).toBeUndefined();
});
