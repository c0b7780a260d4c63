import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCheckedFiles } from '../../../server/src/cli/checkedFiles.ts';
import type { Coverage } from '../../../server/src/cli/coverage.ts';
import { coverageLine } from '../../../server/src/cli/coverage.ts';
import { type CheckResult, checkFiles, lint } from '../../../server/src/cli/lint.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

/** What stands in real repositories beside sound metadata, and what is said of it. */

const relationship = (field: string, name = 'profile', remoteSchema = 'api') => `- name: ${name}
  definition:
    to_remote_schema:
      remote_schema: ${remoteSchema}
      lhs_fields: [id]
      remote_field: { ${field}: { arguments: { userId: $id } } }
`;

const users = 'metadata/databases/default/tables/public_users.yaml';
const head = 'table: { schema: public, name: users }\nremote_relationships:\n';
const sources = `- name: default
  kind: postgres
  configuration: {}
  tables: "!include default/tables/tables.yaml"
`;

const project: Readonly<Record<string, string>> = {
  'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: metadata\n',
  'metadata/version.yaml': 'version: 3\n',
  'metadata/databases/databases.yaml': sources,
  'metadata/databases/default/tables/tables.yaml': '- "!include public_users.yaml"\n',
  [users]: head + relationship('profile'),
  'metadata/remote_schemas.yaml': '- name: api\n  definition: { url: http://api.test }\n',
  'schema/api.graphql': 'type Query { profile(userId: ID!): String }\n',
  'schema/default.tables.json': JSON.stringify([
    { schema: 'public', name: 'users', columns: [{ name: 'id', type: 'uuid', nullable: false }] },
  ]),
};

async function linted(
  files: Readonly<Record<string, string | undefined>>,
  paths: readonly string[] = ['.'],
): Promise<{ found: string[]; coverage: Coverage }> {
  const folder = new TemporaryFolder();
  for (const [name, text] of Object.entries(files)) if (text !== undefined) folder.write(name, text);
  const checked = async (keepsTrees: boolean): Promise<CheckResult> =>
    checkFiles(
      await readCheckedFiles({
        paths,
        configuration: undefined,
        workingDirectory: folder.path,
        keepsTrees,
        note: (message) => {
          throw new Error(message);
        },
      }),
    );
  const all = await checked(false);
  expect(await checked(true)).toEqual(all);
  const { findings, coverage } = all;
  return {
    found: findings.map(
      ({ file, line, severity, code }) => `${file.split('/').at(-1)}:${line} ${severity} ${code}`,
    ),
    coverage,
  };
}

const conflict = `<<<<<<< HEAD\n${relationship('profil')}=======\n${relationship('account')}>>>>>>> x\n`;
const dollar = '$' + '{NAME}';

describe('of files as they are, lint says', () => {
  it.each<[string, Record<string, string | undefined>, string[]]>([
    ['nothing of a sound project', {}, []],
    [
      'one error for a merge conflict, and what is wrong beside it',
      { [users]: `${head}${relationship('profil', 'a')}${conflict}` },
      ['public_users.yaml:8 error unknown-remote-field', 'public_users.yaml:9 error yaml-syntax'],
    ],
    [
      'what is wrong outside of the conflict',
      {
        [users]: `${head}${conflict}${relationship('profile', 'b')}`,
        'metadata/remote_schemas.yaml': '- definition: { url: http://x }\n',
      },
      ['public_users.yaml:3 error yaml-syntax', 'remote_schemas.yaml:1 error missing-key'],
    ],
    [
      'one error for a template',
      { [users]: `${head}{{- if .Values.x }}\n${relationship('profile')}{{- end }}\n` },
      ['public_users.yaml:3 error yaml-syntax'],
    ],
    [
      'nothing of two of a name of which a template writes one',
      {
        [users]: `${head}{{- if .Values.x }}\n${relationship('profile')}{{- else }}\n${relationship('profile')}{{- end }}\n`,
      },
      ['public_users.yaml:3 error yaml-syntax'],
    ],
    [
      'nothing of placeholders in names',
      {
        [users]: `${head}${relationship('profile', 'a', dollar)}${relationship('{{FIELD}}', 'b')}${relationship('profile', 'c', '__ENV__API__')}`,
      },
      [],
    ],
    [
      'nothing of what a source with a placeholder may be called',
      {
        'metadata/remote_schemas.yaml': `- name: ${dollar}\n  definition: { url: http://x }\n`,
        [users]: head + relationship('profile', 'a', 'payments'),
      },
      [],
    ],
    [
      'an own placeholder that is not configured',
      { [users]: head + relationship('profile', 'a', '"@@API@@"') },
      ['public_users.yaml:6 error unknown-remote-schema'],
    ],
    [
      'nothing of one that is',
      {
        [users]: head + relationship('profile', 'a', '"@@API@@"'),
        'remote-relationships.config.json': '{"placeholders":["@@NAME@@"]}',
      },
      [],
    ],
    [
      'what is wrong with a pattern',
      { 'remote-relationships.config.json': '{"placeholders":["@@", "NAME", "aNAMEbNAME", 1]}' },
      Array.from({ length: 4 }, () => 'remote-relationships.config.json:1 error configuration'),
    ],
    [
      'both places of an alias',
      { [users]: `${head}- &r\n${relationship('profile').replace('- ', '  ')}- *r\n` },
      ['public_users.yaml:10 error duplicate-relationship'],
    ],
    [
      'that remote_schemas.yaml is a list',
      { 'metadata/remote_schemas.yaml': `remote_schemas:\n- name: api\n  definition: { url: http://x }\n` },
      ['remote_schemas.yaml:1 error wrong-kind'],
    ],
    [
      'that it is no single entry',
      { 'metadata/remote_schemas.yaml': 'name: api\ndefinition: { url: http://x }\n' },
      ['remote_schemas.yaml:1 error wrong-kind'],
    ],
    [
      'of files in .yml that the CLI does not read them',
      { 'metadata/actions.yml': 'a: 1\n', 'metadata/databases/default/notes.yml': 'a: 1\n' },
      ['actions.yml:1 error yml-file', 'notes.yml:1 warning yml-file'],
    ],
    [
      'the same where nothing else is there',
      {
        'config.yaml': undefined,
        'config.yml': project['config.yaml'],
        'metadata/databases/databases.yaml': undefined,
        'metadata/databases/databases.yml': sources,
        'metadata/remote_schemas.yaml': undefined,
        'metadata/remote_schemas.yml': project['metadata/remote_schemas.yaml'],
      },
      [
        'config.yml:1 error yml-file',
        'databases.yml:1 error yml-file',
        'remote_schemas.yml:1 error yml-file',
      ],
    ],
    [
      'one hint for old SDL, and uses it',
      {
        'schema/api.graphql':
          'type Query { profile(userId: ID!): U }\ntype U implements A, B { id: ID }\ninterface A { id: ID }\ninterface B { id: ID }\n',
      },
      ['api.graphql:2 hint schema-file'],
    ],
    [
      'what a page is',
      { 'schema/api.graphql': '<!doctype html><html></html>' },
      ['api.graphql:1 error unreadable-file'],
    ],
    [
      'what a pointer is',
      { 'schema/default.tables.json': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n' },
      ['default.tables.json:1 error unreadable-file'],
    ],
    [
      'what a pointer is among the metadata',
      { [users]: 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n' },
      ['public_users.yaml:1 error unreadable-file'],
    ],
    [
      'that a URL is no file',
      {
        'remote-relationships.config.json': '{"remoteSchemas":{"api":{"schema":"https://api.test/graphql"}}}',
      },
      ['remote-relationships.config.json:1 error configuration'],
    ],
  ])('%s', async (_, files, expected) => {
    expect((await linted({ ...project, ...files })).found).toEqual(expected);
  });

  it.each<[string, string, string]>([
    [
      'a ConfigMap',
      'chart/templates/a.yaml',
      `{{- if .x }}\napiVersion: v1\nmetadata:\n  name: {{ include "x" . }}-a\ndata:\n  tables.yaml: |\n    - table: users\n      remote_relationships: []\n{{- end }}\n`,
    ],
    [
      'a playbook',
      'tasks/main.yml',
      '- name: create\n  uri:\n    body: { type: pg_create_remote_relationship, args: { table: a, definition: { to_source: {} } } }\n  when: to_source is defined\n',
    ],
    [
      'OpenAPI',
      'openapi.yaml',
      'components:\n  schemas:\n    R: { properties: { to_source: {}, definition: {} } }\n',
    ],
    [
      'a collection',
      'postman.json',
      '{"item":[{"request":{"body":{"raw":"{\\"type\\":\\"pg_create_remote_relationship\\"}"}}}]}',
    ],
    [
      'a workflow',
      '.github/a.yml',
      'on: push\njobs:\n  a: { steps: [{ run: "echo remote_relationship: [" }] }\n',
    ],
    ['a list of names', 'a.json', '["remote_relationships", "to_source"]'],
    ['a broken file of somebody', 'b.yaml', 'x: [remote_relationships\ny: }\n'],
    [
      'a part of metadata',
      'part.json',
      '{"remote_schemas":[{"name":"a","definition":{"url":"http://a"},"remote_relationships":[]}]}',
    ],
  ])('nothing of %s', async (_, name, text) => {
    expect((await linted({ ...project, [name]: text })).found).toEqual([]);
  });
});

describe('metadata directories that may be layers', () => {
  const unknownSchema = head + relationship('profile', 'profile', 'elsewhere');
  it.each<[string, Record<string, string | undefined>, string[]]>([
    [
      'named and alone: what is not there is missing',
      { [users]: unknownSchema },
      ['public_users.yaml:6 error unknown-remote-schema'],
    ],
    [
      'neither named nor with a version: it is not known',
      { [users]: unknownSchema, 'config.yaml': undefined, 'metadata/version.yaml': undefined },
      [],
    ],
    [
      'beside another one below the same config.yaml',
      {
        [users]: unknownSchema,
        'generic/databases/databases.yaml': '[]\n',
        'generic/remote_schemas.yaml': '[]\n',
      },
      [],
    ],
    [
      'beside one that is named, too',
      {
        [users]: unknownSchema,
        'b/config.yaml': 'version: 3\nendpoint: http://b\nmetadata_directory: ../other\n',
        'other/databases/databases.yaml': '[]\n',
      },
      ['public_users.yaml:6 error unknown-remote-schema'],
    ],
  ])('%s', async (_, files, expected) => {
    expect((await linted({ ...project, ...files })).found).toEqual(expected);
  });
});

describe('metadata beside the project', () => {
  const moved = Object.fromEntries(
    Object.entries({ ...project, [users]: head + relationship('profil') }).map(([name, text]) => [
      name.startsWith('metadata/') ? `shared/${name}` : `app/${name}`,
      name === 'config.yaml' ? text.replace('directory: metadata', 'directory: ../shared/metadata') : text,
    ]),
  );
  it('is checked inside of the repository', async () => {
    const { found, coverage } = await linted({ ...moved, '.git/HEAD': 'ref: x\n' }, ['app']);
    expect(found).toEqual(['public_users.yaml:8 error unknown-remote-field']);
    expect(coverage?.relationships).toBe(1);
  });
  it('is said not to be elsewhere', async () => {
    const folder = new TemporaryFolder(moved);
    const found = await lint({
      paths: ['.'],
      configuration: undefined,
      workingDirectory: folder.file('app'),
      note: () => undefined,
    });
    expect(found.map(({ file, code }) => `${file} ${code}`)).toEqual(['config.yaml outside-workspace']);
  });
});

describe('what could not be checked', () => {
  it.each<[string, Record<string, string | undefined>, string | undefined]>([
    ['nothing', {}, undefined],
    [
      'the remote schema',
      { 'schema/api.graphql': undefined },
      'checked 1 relationship; 0 against a known schema; remote schema "api" unknown',
    ],
    [
      'the columns',
      { 'schema/default.tables.json': undefined },
      'checked 1 relationship; 0 against a known schema; source "default" unknown',
    ],
    [
      'one table, where others are known',
      {
        'metadata/databases/default/tables/tables.yaml': `- "!include public_users.yaml"
- table: { schema: app, name: view }
  remote_relationships:
    - ${relationship('profile').slice(2).replaceAll('\n', '\n    ').trim()}
    - name: to_users
      definition:
        to_source:
          relationship_type: object
          source: default
          table: { schema: app, name: view }
          field_mapping: { id: id }
`,
      },
      'checked 3 relationships; 1 against a known schema; table "app.view" of source "default" unknown',
    ],
    [
      'some of it',
      {
        [users]: `${head}${relationship('profile')}${relationship('x', 'b', 'two')}${relationship('x', 'c', 'two')}`,
        'metadata/remote_schemas.yaml':
          '- name: api\n  definition: { url: x }\n- name: two\n  definition: { url: x }\n',
      },
      'checked 3 relationships; 1 against a known schema; remote schema "two" unknown',
    ],
    ['nothing, where a name is wrong', { [users]: head + relationship('profile', 'a', 'apy') }, undefined],
    [
      'a name that is filled in later',
      { [users]: head + relationship('profile', 'a', dollar) },
      'checked 1 relationship; 0 against a known schema; a remote schema whose name is unknown',
    ],
  ])('%s', async (_, files, expected) => {
    const { coverage } = await linted({ ...project, ...files });
    expect(coverage && coverageLine(coverage)).toBe(expected);
  });
});

/** JSON in several lines, one of which is wrong. */
const exportWith = (line: string) => `{"version": 3,
"sources": [{"name": "default", "kind": "postgres", "configuration": {}, "tables": [
{"table": {"schema": "public", "name": "users"}},
${line}
{"table": {"schema": "public", "name": "orders"}}
]}]}
`;
const wrongOne = relationship('profil', 'b');

describe('of one broken line, lint says one thing, and reads the rest', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'a stray line before items of a list',
      {
        [users]: `${head}${relationship('profile').replaceAll(/^(?=.)/gm, '  ')}oops here\n${wrongOne.replaceAll(/^(?=.)/gm, '  ')}`,
      },
      ['public_users.yaml:9 error yaml-syntax', 'public_users.yaml:15 error unknown-remote-field'],
    ],
    [
      'a stray line, and a key that is missing below it',
      {
        [users]: `${head}${relationship('profile').replaceAll(/^(?=.)/gm, '  ')}oops\n  - name: b\n`,
      },
      ['public_users.yaml:9 error yaml-syntax', 'public_users.yaml:10 error missing-key'],
    ],
    [
      'a tab',
      { [users]: head + relationship('profile').replace('      lhs_fields', '\tlhs_fields') },
      ['public_users.yaml:7 error yaml-syntax'],
    ],
    ['a bracket in JSON', { 'metadata.json': exportWith('}') }, ['metadata.json:4 error unreadable-file']],
    ['an opening one', { 'metadata.json': exportWith('{') }, ['metadata.json:5 error unreadable-file']],
    [
      'comments in JSON',
      { 'metadata.json': exportWith('/* a */ // b') },
      ['metadata.json:4 error unreadable-file'],
    ],
    [
      'trailing commas in JSON',
      { 'metadata.json': exportWith('').replaceAll(/\n\]/g, ',\n]') },
      ['metadata.json:5 error unreadable-file'],
    ],
    ...['[', '{"a":'].flatMap((open): [string, Record<string, string>, string[]][] => {
      const deep = `${open.repeat(100_000)}1${(open === '[' ? ']' : '}').repeat(100_000)}`;
      return [
        [
          `what is nested too deep, before the rest: ${open}`,
          { 'metadata.json': `{"deep": ${deep},\n${exportWith('').slice(1)}` },
          ['metadata.json:1 error unreadable-file'],
        ],
        [
          `the same in place of all: ${open}`,
          { 'metadata.json': deep.replace('1', '"remote_relationships"') },
          ['metadata.json:1 error unreadable-file'],
        ],
        [
          `the same, without an end: ${open}`,
          { 'metadata.json': exportWith(`{"table": ${open.repeat(100_000)}`) },
          ['metadata.json:4 error unreadable-file'],
        ],
      ];
    }),
    [
      'colons without a key',
      {
        [users]: `${head.replace('remote', ':\nremote')}${relationship('profile').replace('  definition', '  :\n  definition')}`,
      },
      ['public_users.yaml:2 error yaml-syntax', 'public_users.yaml:5 error yaml-syntax'],
    ],
    [
      'one that a list is below',
      { [users]: `${head}  :\n${relationship('profile').replaceAll(/^(?=.)/gm, '  ')}` },
      ['public_users.yaml:3 error yaml-syntax'],
    ],
    [
      'words among tables, sources and remote schemas',
      {
        'metadata/databases/default/tables/tables.yaml': '- "!include public_users.yaml"\n- users\n',
        'metadata/databases/databases.yaml': `${sources}- other\n`,
        'metadata/remote_schemas.yaml': '- name: api\n  definition: { url: http://api.test }\n- other\n',
      },
      [
        'databases.yaml:5 error wrong-kind',
        'tables.yaml:2 error wrong-kind',
        'remote_schemas.yaml:3 error wrong-kind',
      ],
    ],
    [
      'a merge conflict in JSON',
      {
        'metadata.json': exportWith(
          '<<<<<<< HEAD\n{"table": {"schema": "public", "name": "a"}},\n=======\n{"table": {"schema": "public", "name": "b"}},\n>>>>>>> x',
        ),
      },
      ['metadata.json:4 error unreadable-file'],
    ],
    [
      'a merge conflict in config.yaml',
      {
        'config.yaml':
          'version: 3\n<<<<<<< HEAD\nendpoint: http://a\n=======\nendpoint: http://b\n>>>>>>> x\nmetadata_directory: metadata\n',
      },
      ['config.yaml:2 error unreadable-file'],
    ],
    [
      'a mapping of remote schemas',
      { 'metadata/remote_schemas.yaml': 'api:\n  definition: { url: http://x }\n' },
      ['remote_schemas.yaml:1 error wrong-kind'],
    ],
    ['an empty schema', { 'schema/api.graphql': '\n' }, ['api.graphql:1 error schema-file']],
  ])('%s', async (_, files, expected) => {
    const all = 'metadata.json' in files ? {} : project;
    expect((await linted({ ...all, ...files })).found).toEqual(expected);
  });
});

describe('nothing is said of', () => {
  it.each<[string, Record<string, string>]>([
    ['comments in a file of JSON with comments', { 'metadata.jsonc': exportWith('/* a */') }],
    ['comments in the configuration', { 'remote-relationships.config.json': '{ /* a */ }' }],
    [
      'a remote_schemas.yaml of another program',
      { 'x/remote_schemas.yaml': 'schemas:\n  - remote_relationships\n' },
    ],
    ['a databases.yaml of another program', { 'x/databases/databases.yaml': 'databases:\n  - name: a\n' }],
    [
      'the sources that a file of remote schemas does not hold',
      {
        'remote_schemas.metadata.json': JSON.stringify({
          remote_schemas: [
            {
              name: 'api',
              definition: { url: 'http://x' },
              remote_relationships: [
                {
                  type_name: 'Profile',
                  relationships: [
                    {
                      name: 'u',
                      definition: {
                        to_source: {
                          source: 'default',
                          table: 'users',
                          relationship_type: 'object',
                          field_mapping: { id: 'id' },
                        },
                      },
                    },
                  ],
                },
              ],
            },
          ],
        }),
      },
    ],
  ])('%s', async (_, files) => {
    expect((await linted(files)).found).toEqual([]);
  });
});

it('UTF-32 is named', async () => {
  const folder = new TemporaryFolder(project);
  const text = [...'type Query'].map((letter) => `${letter}\0\0\0`).join('');
  writeFileSync(
    folder.file('schema/api.graphql'),
    Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(text)]),
  );
  const found = await lint({
    paths: ['.'],
    configuration: undefined,
    workingDirectory: folder.path,
    note: () => undefined,
  });
  expect(found.map(({ message }) => message)).toEqual([
    'The file "api.graphql" is UTF-32. Save it as UTF-8.',
  ]);
});

it('UTF-16 with its mark is read everywhere', async () => {
  const folder = new TemporaryFolder({ ...project, [users]: head + relationship('profil') });
  for (const name of Object.keys(project)) {
    const text = name === users ? head + relationship('profil') : (project[name] ?? '');
    writeFileSync(
      folder.file(name),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    );
  }
  const found = await lint({
    paths: ['.'],
    configuration: undefined,
    workingDirectory: folder.path,
    note: () => undefined,
  });
  expect(found.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
    'unknown-remote-field 8:23',
  ]);
});

it('a relationship of an action type to a table that the server leaves out', async () => {
  const { found } = await linted({
    ...project,
    [users]:
      'table: { schema: public, name: users }\nconfiguration: { column_config: { gone: { custom_name: away } } }\n',
    'metadata/actions.yaml': `actions: []
custom_types:
  objects:
    - name: Output
      relationships:
        - name: user
          type: object
          source: default
          remote_table: { schema: public, name: users }
          field_mapping: { userId: id }
`,
    'metadata/actions.graphql': 'type Output { userId: uuid }\n',
  });
  expect(found).toEqual(['actions.yaml:9 error action-relationship']);
});
