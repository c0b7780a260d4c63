import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../server/src/project/configuration.ts';
import { configurableCodes } from '../../../server/src/project/knownSchemas.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import {
  codesIn,
  customerTable,
  settle,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from './temporaryFolder.ts';

function read(text: string, language: 'json' | 'yaml') {
  const { configuration, findings } = readConfiguration(parse(text, language), configurableCodes);
  return {
    configuration,
    said: findings.map(({ message, offset, length }) => `${text.slice(offset, offset + length)}: ${message}`),
  };
}

describe('a configuration is read the same from JSON and YAML', () => {
  const json = `{
  "$schema": "x", "serverVersion": "2.48",
  "sources": { "default": { "kind": "pg", "tables": "schema/default.tables.json" } },
  "remoteSchemas": { "payments": { "schema": "schema/*.graphql" } },
  "rules": { "unsupplied-required-argument": "off" }
}`;
  const yaml = `serverVersion: "2.48"
sources: { default: { kind: pg, tables: schema/default.tables.json } }
remoteSchemas:
  payments:
    schema: schema/*.graphql
rules:
  unsupplied-required-argument: off
`;
  it.each([
    ['json', json],
    ['yaml', yaml],
  ] as const)('%s', (language, text) => {
    const { configuration, said } = read(text, language);
    expect(said).toEqual([]);
    expect(configuration.serverVersion).toBe('2.48');
    expect(configuration.sources.get('default')).toMatchObject({
      kind: 'postgres',
      tables: { text: 'schema/default.tables.json' },
    });
    expect(configuration.remoteSchemas.get('payments')?.schema).toMatchObject([{ text: 'schema/*.graphql' }]);
    expect(configuration.rules).toEqual({ 'unsupplied-required-argument': 'off' });
  });
});

describe('what is wrong in a configuration is said at its place, the rest counts', () => {
  it.each<[string, string, RegExp]>([
    ['an unknown key', '{"server": 1}', /^"server": The configuration has no key "server"/],
    ['a key misspelled', '{"remoteSchema": {}}', /Did you mean "remoteSchemas"\?/],
    [
      'an unknown key of a source',
      '{"sources":{"a":{"table":"x"}}}',
      /The source "a" has no key "table"\. Did you mean "tables"/,
    ],
    ['a list for an object', '{"sources":[]}', /^\[\]: "sources" must be an object/],
    ['a number for a text', '{"sources":{"a":{"tables":7}}}', /^7: "tables" must be a non-empty string/],
    ['an empty text', '{"remoteSchemas":{"a":{"schema":""}}}', /must be a non-empty string/],
    ['a version that is none', '{"serverVersion":"two"}', /^"two": "two" is not a server version/],
    ['a version as a number', '{"serverVersion":2.10}', /write it in quotes/],
    ['an endpoint without a URL', '{"endpoints":{"a":{}}}', /^"a": The endpoint "a" needs a "url"/],
    ['another scheme', '{"endpoints":{"a":{"url":"ftp://h"}}}', /^"ftp:\/\/h": "url" must be an http/],
    [
      'a secret of an endpoint',
      '{"endpoints":{"a":{"url":"https://h","adminSecret":"s"}}}',
      /^"adminSecret": The endpoint "a" has no key "adminSecret"/,
    ],
    [
      'a text for a switch',
      '{"endpoints":{"a":{"url":"https://h","readOnly":"yes"}}}',
      /^"yes": "readOnly" must be true or false/,
    ],
    [
      'an unknown rule',
      '{"rules":{"unknown-argumnt":"off"}}',
      /There is no rule "unknown-argumnt"\. Did you mean "unknown-argument"/,
    ],
    [
      'an unknown severity',
      '{"rules":{"unknown-argument":"loud"}}',
      /^"loud": The severity of a rule is one of .*"off"\.$/,
    ],
    [
      'a severity like another',
      '{"rules":{"unknown-argument":"warn"}}',
      /^"warn": The severity of a rule is one of .*Did you mean "warning"\?$/,
    ],
    ['a text for everything', '"hello"', /The configuration must be an object/],
  ])('%s', (_, text, expected) => {
    for (const language of ['json', 'yaml'] as const) {
      const { said } = read(text, language);
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(expected);
    }
  });

  it('half-written', () => {
    const { configuration, said } = read('{"serverVersion":"2.48","sources":{"a":', 'json');
    expect(configuration.serverVersion).toBe('2.48');
    expect(said.length).toBeGreaterThan(0);
  });

  it.each([
    ['empty', ''],
    ['null', 'null'],
    ['an object', '{}'],
    ['nulls', '{"sources":null,"rules":null}'],
  ])('says nothing of %s', (_, text) => {
    expect(read(text, 'yaml').said).toEqual([]);
  });
});

const file = 'remote-relationships.config.json';

async function withConfiguration(configuration: unknown, files: Readonly<Record<string, string>> = {}) {
  const folder = new TemporaryFolder({
    ...smallProject,
    [file]: JSON.stringify(configuration, null, 1),
    ...files,
  });
  return { folder, workspace: await workspaceOf([folder.path]) };
}

describe('paths in a configuration', () => {
  it.each<[string, unknown, string[]]>([
    ['a file', { remoteSchemas: { people: { schema: 'schema/people.graphql' } } }, []],
    ['a glob', { remoteSchemas: { people: { schema: 'schema/*.graphql' } } }, []],
    [
      'several files',
      { remoteSchemas: { people: { schema: ['schema/people.graphql', 'schema/*.gql'] } } },
      ['configuration 6'],
    ],
    ['no file', { remoteSchemas: { people: { schema: [] } } }, ['configuration 4']],
    [
      'no text among several',
      { remoteSchemas: { people: { schema: ['schema/people.graphql', 7] } } },
      ['configuration 6'],
    ],
    ['missing', { remoteSchemas: { people: { schema: 'people.graphql' } } }, ['configuration 4']],
    [
      'a glob that matches nothing',
      { remoteSchemas: { people: { schema: 'sdl/**/*.graphql' } } },
      ['configuration 4'],
    ],
    ['a bad glob', { remoteSchemas: { people: { schema: 'sdl/{[' } } }, ['configuration 4']],
    ['a directory', { sources: { default: { tables: 'schema' } } }, ['configuration 4']],
    [
      'outside of the workspace',
      { sources: { default: { tables: '../../x.json' } } },
      ['outside-workspace 4'],
    ],
  ])('%s', async (_, configuration, expected) => {
    const { folder, workspace } = await withConfiguration(configuration);
    expect(codesIn(workspace, folder.file(file))).toEqual(expected);
  });
});

describe('a remote schema in several files', () => {
  const schema = ['schema/people.graphql', 'more/*.graphql'];
  const extended = {
    'more/a.graphql': 'extend type Query { somebody: Person }\nextend type Person { age: Int }',
  };

  it('is read as one, extensions included', async () => {
    const { folder, workspace } = await withConfiguration(
      { remoteSchemas: { people: { schema } } },
      extended,
    );
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    const text = smallProject[customerTable]?.replace('person:', 'somebody:') ?? '';
    workspace.open(folder.uri(customerTable), 'yaml', 1, text.replace('id: ', 'nobody: '));
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-argument 10']);
    workspace.change(folder.uri(customerTable), 2, [
      { text: text.replace('{ id: $person_id }', '{}\n            field: { age: { arguments: {} } }') },
    ]);
    expect(codesIn(workspace, folder.file(customerTable)).join()).not.toContain('unknown-remote-field');
  });

  it('is not known where one of them is missing', async () => {
    const { folder, workspace } = await withConfiguration(
      { remoteSchemas: { people: { schema: [...schema, 'gone.graphql'] } } },
      { ...extended, 'schema/people.graphql': 'type Query { nobody: String }' },
    );
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    expect(codesIn(workspace, folder.file(file))).toEqual(['configuration 7']);
  });

  it('may be SDL in code, which says where it can’t be read', async () => {
    const schema = ['src/*.ts'];
    const { folder, workspace } = await withConfiguration(
      { remoteSchemas: { people: { schema } } },
      { 'src/a.ts': 'export const a = gql`type Query { nobody: Int }`;' },
    );
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-remote-field 9']);
    expect(workspace.unwatchedFiles()).toEqual([folder.file('src/a.ts')]);
    folder.write('src/a.ts', `\nexport const a = gql\`type Query { nobody: Int } \${more}\`;`);
    workspace.fileChanged(folder.file('src/a.ts'), false);
    expect(codesIn(workspace, folder.file('src/a.ts'))).toEqual(['schema-file 2']);
    folder.write('src/a.ts', 'gql`type Query { person(id: ID!): Int }`');
    workspace.fileChanged(folder.file('src/a.ts'), false);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('is read again when one comes', async () => {
    const { folder, workspace } = await withConfiguration(
      { remoteSchemas: { people: { schema } } },
      { 'schema/people.graphql': 'type Query { nobody: String }', 'more/a.graphql': 'type A { a: Int }' },
    );
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-remote-field 9']);
    folder.write('more/b.graphql', 'extend type Query { person(id: ID!): A }');
    workspace.fileChanged(folder.file('more/b.graphql'), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });
});

describe('the first that has an answer counts', () => {
  const other = 'type Query { somebody: String }';
  const wrong = ['unknown-remote-field 9'];

  it('a configuration before a convention', async () => {
    const { folder, workspace } = await withConfiguration(
      { remoteSchemas: { people: { schema: 'other.graphql' } } },
      { 'other.graphql': other },
    );
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(wrong);
  });

  it('settings before a convention, a configuration before settings', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'other.graphql': other });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    workspace.setSettings(folder.path, { remoteSchemas: { people: { schema: 'other.graphql' } } });
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(wrong);
    folder.write(file, JSON.stringify({ remoteSchemas: { people: { schema: 'schema/people.graphql' } } }));
    workspace.fileChanged(folder.file(file), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('rules: a configuration over settings, rule by rule', async () => {
    const { workspace } = await withConfiguration({ rules: { 'unknown-argument': 'hint' } });
    const [project] = workspace.projects;
    workspace.setSettings(project?.location.folder ?? '', {
      rules: { 'unknown-argument': 'off', 'name-conflict': 'warning' },
    });
    expect(project?.ruleSettings(true).severities).toEqual({
      'unknown-argument': 'hint',
      'name-conflict': 'warning',
    });
  });

  it('settings that are wrong are told, not thrown', async () => {
    const { folder, workspace } = await withConfiguration({});
    workspace.setSettings(folder.path, { sources: 7, trace: { server: 'off' } });
    expect(workspace.settingsOf(folder.path).problems).toEqual(['"sources" must be an object.']);
    workspace.setSettings(folder.path, null);
    expect(workspace.settingsOf(folder.path).problems).toEqual([]);
  });
});

describe('a name in a configuration', () => {
  const twice = Object.entries(smallProject).flatMap(([path, text]) =>
    ['a', 'b'].map((name) => [`${name}/${path}`, text] as const),
  );
  const schemas = 'metadata/remote_schemas.yaml';
  it.each<[string, object, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'that the metadata writes otherwise',
      { remoteSchemas: { peeple: {} }, sources: { Default: {}, other: {} } },
      {},
      [
        'peeple: The metadata has no remote schema "peeple". Did you mean "people"?',
        'Default: The metadata has no source "Default". Did you mean "default"?',
      ],
    ],
    ['beside the one it is like', { remoteSchemas: { peeple: {}, people: {} } }, {}, []],
    ['that is like no other', { remoteSchemas: { payments: {} } }, {}, []],
    [
      'where metadata is not all read',
      { remoteSchemas: { peeple: {} } },
      { [schemas]: `${smallProject[schemas]}- "!include more.yaml"\n` },
      [],
    ],
    [
      'where another name is not known',
      { remoteSchemas: { peeple: {} } },
      { [schemas]: `${smallProject[schemas]}- name: "{{NAME}}"\n` },
      [],
    ],
  ])('%s', async (_, content, files, expected) => {
    const { folder, workspace } = await withConfiguration(content, files);
    const text = readFileSync(folder.file(file), 'utf8');
    const said = workspace
      .findings(folder.file(file))
      .findings.map(
        ({ message, offset, length }) => `${text.slice(offset + 1, offset + length - 1)}: ${message}`,
      );
    expect(said).toEqual(expected);
  });

  it('is not told where it is not written: another file takes the place of the project’s own', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [file]: '{}',
      'other.json': JSON.stringify({ remoteSchemas: { peeple: {} } }),
    });
    const options = { configurationOverride: folder.file('other.json') };
    const workspace = await workspaceOf([folder.path], options);
    expect(workspace.findings(folder.file(file)).findings).toEqual([]);
    expect(workspace.findings(folder.file('other.json')).findings).toEqual([]);
  });

  it('is not held against one of several projects that it is for', async () => {
    const folder = new TemporaryFolder({
      ...Object.fromEntries(twice),
      [file]: JSON.stringify({ remoteSchemas: { peeple: {} } }),
    });
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.projects.map(({ location }) => location.configuration)).toEqual([
      folder.file(file),
      folder.file(file),
    ]);
    expect(workspace.findings(folder.file(file)).findings).toEqual([]);
  });
});

describe('what only a configuration has', () => {
  const other = { remoteSchemas: { payments: { schema: 'schema/people.graphql' } }, sources: { other: {} } };
  const toSchema = (smallProject[customerTable] ?? '').replace('schema: people', 'schema: payments');
  const toSource = `${smallProject[customerTable]}  - name: more
    definition:
      to_source: { source: other, table: x, relationship_type: object, field_mapping: { id: id } }
`;
  const schemas = 'metadata/remote_schemas.yaml';
  const list = 'metadata/databases/databases.yaml';
  it.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'a remote schema: the server has it not',
      toSchema,
      {},
      ['The metadata has no remote schema "payments": only the configuration does.'],
    ],
    [
      'a source: the server has it not',
      toSource,
      {},
      ['The metadata has no source "other": only the configuration does.'],
    ],
    [
      'a remote schema that may be where nothing is read',
      toSchema,
      { [schemas]: `${smallProject[schemas]}- "!include more.yaml"\n` },
      [],
    ],
    [
      'a remote schema that may be what is filled in later',
      toSchema,
      { [schemas]: `${smallProject[schemas]}- "{{ MORE }}"\n` },
      [],
    ],
    [
      'a source that may be what is filled in later',
      toSource,
      { [list]: `${smallProject[list]}- { "{{ MORE }}": x, kind: postgres }\n` },
      [],
    ],
    ['a remote schema, where the metadata has none', toSchema, { [schemas]: '[]\n' }, []],
    [
      'a remote schema, where the name of another is not known',
      toSchema,
      { [schemas]: `${smallProject[schemas]}- name: "{{NAME}}"\n` },
      [],
    ],
    [
      'a source, where the name of another is not known',
      toSource,
      {
        [list]: `${smallProject[list]}- { name: "{{NAME}}", kind: postgres, configuration: {}, tables: [] }\n`,
      },
      [],
    ],
  ])('%s', async (_, table, files, expected) => {
    const { folder, workspace } = await withConfiguration(other, { [customerTable]: table, ...files });
    const { findings } = workspace.findings(folder.file(customerTable));
    const said = findings.filter(({ code }) => /^unknown-(?:source|remote-schema)$/.test(code));
    expect(said.map(({ message }) => message)).toEqual(expected);
    for (const { serverMessage } of said) expect(serverMessage).toContain('not found');
  });

  it.each([
    [schemas, '- "{{ MORE }}"\n'],
    [list, '- "{{ MORE }}"\n'],
  ])('nothing is absent where an entry of %s is filled in later', async (path, entry) => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [customerTable]: path === schemas ? toSchema : toSource,
      [path]: `${smallProject[path]}${entry}`,
    });
    const workspace = await workspaceOf([folder.path]);
    const said = workspace
      .findings(folder.file(customerTable))
      .findings.filter(({ severity }) => severity === 'error');
    expect(said).toEqual([]);
  });

  it('is there for a request: the server may have more than the metadata', async () => {
    const definition = {
      to_remote_schema: {
        remote_schema: 'payments',
        lhs_fields: ['person_id'],
        remote_field: { person: { arguments: { id: '$person_id' } } },
      },
    };
    const args = { table: 'customer', name: 'profile_of', definition };
    const request = JSON.stringify({ type: 'pg_create_remote_relationship', args });
    const { folder, workspace } = await withConfiguration(other, { 'request.json': request });
    expect(codesIn(workspace, folder.file('request.json'))).toEqual([]);
  });
});

describe('a broken schema file', () => {
  it('is reported at its line and keeps its last good state', async () => {
    const folder = new TemporaryFolder(smallProject);
    const workspace = await workspaceOf([folder.path]);
    const table = folder.file(customerTable);
    expect(codesIn(workspace, table)).toEqual([]);

    folder.write('schema/people.graphql', 'type Query {\n  somebody: String\n}\ntype Person {\n');
    workspace.fileChanged(folder.file('schema/people.graphql'), false);
    expect(codesIn(workspace, folder.file('schema/people.graphql'))).toEqual(['schema-file 5']);
    expect(codesIn(workspace, table)).toEqual([]);

    folder.write('schema/people.graphql', 'type Query {\n  somebody: String\n}\n');
    workspace.fileChanged(folder.file('schema/people.graphql'), false);
    expect(codesIn(workspace, folder.file('schema/people.graphql'))).toEqual([]);
    expect(codesIn(workspace, table)).toEqual(['unknown-remote-field 9']);
  });

  it.each([
    ['no snapshot at all', '"hello"'],
    ['cut off', '[{"name":"customer","columns":['],
    ['an object of something else', '{"a":{"b":1}}'],
  ])('a snapshot that is %s makes nothing absent', async (_, text) => {
    const folder = new TemporaryFolder({ ...smallProject, 'schema/default.tables.json': text });
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.findings(folder.file('schema/default.tables.json')).findings[0]?.code).toBe(
      'table-snapshot',
    );
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('one that is gone is no longer used', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'schema/people.graphql': 'type Query { x: Int }' });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-remote-field 9']);
    folder.remove('schema/people.graphql');
    workspace.fileChanged(folder.file('schema/people.graphql'), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });
});

describe('conventions', () => {
  it('count only for what the metadata names', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'schema/stranger.graphql': 'type Query {' });
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.projects[0]?.schemas.remoteSchemas.map(({ name }) => name)).toEqual(['people']);
    expect(codesIn(workspace, folder.file('schema/stranger.graphql'))).toEqual([]);
  });

  it('find a name however its accents are written', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'metadata/remote_schemas.yaml': '- name: caf\u00e9\n  definition: { url: "https://people.example" }\n',
      'schema/cafe\u0301.graphql': 'type Query { a: Int }\n',
    });
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.projects[0]?.schemas.remoteSchemas).toMatchObject([
      { name: 'caf\u00e9', origin: 'convention', loaded: true },
    ]);
  });

  it('say what is missing', async () => {
    const { 'schema/people.graphql': _, ...files } = smallProject;
    const folder = new TemporaryFolder(files);
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.projects[0]?.schemas.remoteSchemas).toMatchObject([
      { name: 'people', origin: undefined, problem: 'There is no schema file for this remote schema.' },
    ]);
  });
});
