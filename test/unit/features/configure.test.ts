import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigurationEntry } from '../../../common/src/protocol.ts';
import { projectList } from '../../../server/src/features/clientRequests/projectList.ts';
import { configure } from '../../../server/src/features/refactoring/configure.ts';
import { smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

/** The configuration file of a project and its text after the edit; or the obstacle. */
async function configured(
  files: Readonly<Record<string, string>>,
  ...entries: readonly ConfigurationEntry[]
): Promise<readonly [name: string, text: string, exists: boolean] | string> {
  const folder = new TemporaryFolder({ ...smallProject, ...files });
  const workspace = await workspaceOf([folder.path]);
  const [summary] = projectList(workspace);
  const project = workspace.projectAt(workspace.key(summary?.uri ?? ''));
  if (project === undefined) return expect.fail('there is no project');
  const textOf = (uri: string) =>
    TextDocument.create(uri, '', 0, workspace.documents.get(workspace.key(uri))?.tree.text ?? '');
  const edit = configure(workspace, project, entries, (uri, offset) => textOf(uri).positionAt(offset));
  if ('obstacle' in edit) return edit.obstacle;
  const name = edit.uri.slice(folder.uri('').replace(/\/?$/, '/').length);
  return [name, TextDocument.applyEdits(textOf(edit.uri), [...edit.edits]), edit.exists];
}

const json = 'remote-relationships.config.json';
const yaml = 'remote-relationships.config.yaml';
const off: ConfigurationEntry = { keys: ['rules', 'unknown-remote-field'], value: 'off' };
const schema: ConfigurationEntry = { keys: ['remoteSchemas', 'people', 'schema'], value: 'a/people.graphql' };
const other: ConfigurationEntry = { keys: ['remoteSchemas', 'payments', 'schema'], value: 'b.graphql' };

describe('the configuration file', () => {
  it('is begun where there is none', async () => {
    const text = {
      remoteSchemas: { people: { schema: 'a/people.graphql' }, payments: { schema: 'b.graphql' } },
      rules: { 'unknown-remote-field': 'off' },
    };
    expect(await configured({}, schema, other, off)).toEqual([
      json,
      `${JSON.stringify(text, null, 2)}\n`,
      false,
    ]);
  });

  it.each<[string, string, string, readonly ConfigurationEntry[], string]>([
    [
      'adds a key at the end',
      json,
      '{\n  "serverVersion": "2.48"\n}\n',
      [off],
      '{\n  "serverVersion": "2.48",\n  "rules": {\n    "unknown-remote-field": "off"\n  }\n}\n',
    ],
    [
      'adds to what is there',
      json,
      '{\n  "rules": {\n    "replaced": "off"\n  }\n}\n',
      [off],
      '{\n  "rules": {\n    "replaced": "off",\n    "unknown-remote-field": "off"\n  }\n}\n',
    ],
    [
      'replaces a value, and keeps comments and the rest',
      yaml,
      '# Ours.\nrules:\n  unknown-remote-field: error # really\nserverVersion: "2.48"\n',
      [off],
      '# Ours.\nrules:\n  unknown-remote-field: "off" # really\nserverVersion: "2.48"\n',
    ],
    [
      'writes several',
      yaml,
      'serverVersion: "2.48"\n',
      [schema, other],
      'serverVersion: "2.48"\nremoteSchemas:\n  people:\n    schema: a/people.graphql\n  payments:\n    schema: b.graphql\n',
    ],
    ['fills an empty file', json, '', [off], '{\n  "rules": {\n    "unknown-remote-field": "off"\n  }\n}\n'],
    ['fills an empty object', json, '{}\n', [off], '{"rules": {"unknown-remote-field": "off"}}\n'],
    [
      'fills a key without a value',
      yaml,
      'rules:\nserverVersion: "2.48"\n',
      [off],
      'rules:\n  unknown-remote-field: "off"\nserverVersion: "2.48"\n',
    ],
    [
      'leaves alone what says so already',
      json,
      '{"rules":{"unknown-remote-field":"off"}}',
      [off],
      '{"rules":{"unknown-remote-field":"off"}}',
    ],
  ])('%s', async (_, name, before, entries, after) => {
    expect(await configured({ [name]: before }, ...entries)).toEqual([name, after, true]);
  });

  it.each([
    ['can’t be read', json, '{"rules": '],
    ['is a list', json, '[]'],
    ['says the same by an alias elsewhere', yaml, 'rules: &all {replaced: "off"}\nother: *all\n'],
    ['has a text in its place', json, '{"rules": "off"}'],
  ])('is left alone where it %s', async (_, name, before) => {
    expect(await configured({ [name]: before }, off)).toEqual(
      expect.stringContaining('can’t be changed automatically. Change it by hand.'),
    );
  });
});
