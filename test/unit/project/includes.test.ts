import { describe, expect, it } from 'vitest';
import { makeLink } from '../../machine.ts';
import { codesIn, customerTable, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

const databases = 'metadata/databases/databases.yaml';
const tables = 'metadata/databases/default/tables/tables.yaml';

async function codes(changes: Readonly<Record<string, string>>, file: string): Promise<string[]> {
  const folder = new TemporaryFolder({ ...smallProject, ...changes });
  const workspace = await workspaceOf([folder.path]);
  return codesIn(workspace, folder.file(file)).filter((code) => code.startsWith('include'));
}

describe('what is wrong with an include is said at its place', () => {
  it.each<[string, Record<string, string>, string, string[]]>([
    ['everything there', {}, tables, []],
    ['the tag', { [tables]: '- !include public_customer.yaml\n' }, tables, []],
    [
      'a path with blanks',
      {
        [tables]: '- "!include my table.yaml"\n',
        'metadata/databases/default/tables/my table.yaml': 'table: a\n',
      },
      tables,
      [],
    ],
    ['quotes inside the string', { [tables]: `- '!include "public_customer.yaml"'\n` }, tables, []],
    ['a leading slash is no root', { [tables]: '- "!include /public_customer.yaml"\n' }, tables, []],
    [
      'missing',
      { [tables]: '- "!include public_customer.yaml"\n- "!include gone.yaml"\n' },
      tables,
      ['include-not-found 2'],
    ],
    ['two blanks', { [tables]: '- "!include  public_customer.yaml"\n' }, tables, ['include-not-found 1']],
    ['other letter case', { [tables]: '- "!include Public_customer.yaml"\n' }, tables, ['include-case 1']],
    [
      'a directory of other letter case',
      { [databases]: '- name: default\n  tables: "!include Default/tables/tables.yaml"\n' },
      databases,
      ['include-case 2'],
    ],
    [
      'backslashes',
      { [databases]: "- name: default\n  tables: '!include default\\tables\\tables.yaml'\n" },
      databases,
      ['include-backslash 2'],
    ],
    [
      'backslashes that lead nowhere',
      { [databases]: "- name: default\n  tables: '!include default\\tables\\gone.yaml'\n" },
      databases,
      ['include-not-found 2'],
    ],
    [
      'not .yaml',
      { [tables]: '- "!include a.yml"\n', 'metadata/databases/default/tables/a.yml': 'table: a\n' },
      tables,
      ['include-not-yaml 1'],
    ],
    [
      'a directory',
      { [databases]: '- name: default\n  tables: "!include default/tables"\n' },
      databases,
      ['include-not-found 2'],
    ],
    ['itself', { [tables]: '- "!include tables.yaml"\n' }, tables, ['include-cycle 1']],
    [
      'outside',
      { [tables]: '- "!include ../../../../../elsewhere.yaml"\n' },
      tables,
      ['include-outside-workspace 1'],
    ],
    [
      'where the CLI resolves none',
      { 'metadata/remote_schemas.yaml': '- "!include people.yaml"\n' },
      'metadata/remote_schemas.yaml',
      ['include-not-resolved 1'],
    ],
    [
      'a tag where the CLI resolves none',
      { 'metadata/remote_schemas.yaml': '- name: people\n  definition: !include people.yaml\n' },
      'metadata/remote_schemas.yaml',
      ['include-not-resolved 2'],
    ],
    ['a whole source', { [databases]: '- "!include x.yaml"\n' }, databases, ['include-not-resolved 1']],
    [
      'other parts of a source',
      {
        [databases]:
          '- name: default\n  tables: []\n  configuration: "!include c.yaml"\n  customization: !include d.yaml\n',
      },
      databases,
      ['include-not-resolved 3', 'include-not-resolved 4'],
    ],
    [
      'a tag with two marks',
      { [tables]: '- !!include public_customer.yaml\n' },
      tables,
      ['include-not-resolved 1'],
    ],
    [
      'an alias that stands for one',
      { [tables]: '- &a "!include public_customer.yaml"\n- *a\n' },
      tables,
      ['include-not-resolved 2'],
    ],
    ...['', '# nothing\n', 'null\n', '---\n'].map(
      (text): [string, Record<string, string>, string, string[]] => [
        `an empty file: ${JSON.stringify(text)}`,
        { [tables]: '- "!include empty.yaml"\n', 'metadata/databases/default/tables/empty.yaml': text },
        'metadata/databases/default/tables/empty.yaml',
        ['include-empty 1'],
      ],
    ),
    [
      'functions that are missing',
      {
        [databases]:
          '- name: default\n  tables: []\n  functions: "!include default/functions/functions.yaml"\n',
      },
      databases,
      ['include-not-found 3'],
    ],
  ])('%s', async (_, changes, file, expected) => {
    expect(await codes(changes, file)).toEqual(expected);
  });

  it.each<[string, Readonly<Record<string, string>>, string, string | undefined]>([
    ['of nearly that name', {}, 'public_costumer.yaml', 'public_customer.yaml'],
    ['of that name in another folder', { 'a/x.yaml': '' }, 'tables/x.yaml', 'a/x.yaml'],
    [
      'of that name in a folder below',
      { 'old/public_x.yaml': 'table: x\n' },
      'public_x.yaml',
      'old/public_x.yaml',
    ],
    ['of that name beside it', { 'public_x.yaml': 'table: x\n' }, 'old/public_x.yaml', 'public_x.yaml'],
    [
      'in a folder of nearly that name',
      { 'old/public_x.yaml': 'table: x\n' },
      'odl/public_x.yaml',
      'old/public_x.yaml',
    ],
    ['not in a folder that lacks it', { 'old/public_x.yaml': 'table: x\n' }, 'odl/public_y.yaml', undefined],
    ['up and down again', {}, '../tables/public_costumer.yaml', '../tables/public_customer.yaml'],
    ['with blanks', { 'my orders.yaml': 'table: x\n' }, 'my order.yaml', 'my orders.yaml'],
    ['not one that would need quotes', { 'my {orders}.yaml': '' }, 'my {order}.yaml', undefined],
    ['not one that is not YAML to the CLI', { 'public_x.yml': '' }, 'public_y.yaml', undefined],
    ['not one of another name', { 'schema.yaml': '' }, 'public_orders.yaml', undefined],
  ])('proposes a file %s', async (_, files, written, meant) => {
    const there = Object.entries(files).map(([name, text]) => [
      `metadata/databases/default/tables/${name}`,
      text,
    ]);
    const before = `- "!include ${written}" # here\n`;
    const folder = new TemporaryFolder({ ...smallProject, ...Object.fromEntries(there), [tables]: before });
    const { findings } = (await workspaceOf([folder.path])).findings(folder.file(tables));
    const [finding, ...others] = findings;
    expect(others).toEqual([]);
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
    expect(finding?.message).toBe(`The included file "${written}" does not exist.${hint}`);
    const [fix] = finding?.fixes ?? [];
    const [edit] = fix?.edits ?? [];
    const fixed = edit && before.slice(0, edit.offset) + edit.text + before.slice(edit.offset + edit.length);
    expect(fixed).toBe(meant && `- "!include ${meant}" # here\n`);
  });

  it('proposes nothing that is included already', async () => {
    const text = '- "!include public_customer.yaml"\n- "!include public_costumer.yaml"\n';
    const folder = new TemporaryFolder({ ...smallProject, [tables]: text });
    const { findings } = (await workspaceOf([folder.path])).findings(folder.file(tables));
    expect(findings).toMatchObject([
      { code: 'include-not-found', message: expect.stringMatching(/exist\.$/), fixes: [] },
    ]);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['the file itself', '- "!include table.yaml"\n', {}],
    [
      'what is included in another spelling',
      '- "!include ./public_customer.yaml"\n- "!include public_customers.yaml"\n',
      {},
    ],
    ['anything for a name that is too long', `- "!include public_customer${'r'.repeat(300)}.yaml"\n`, {}],
  ])('never proposes %s', async (_, text, files) => {
    const folder = new TemporaryFolder({ ...smallProject, ...files, [tables]: text });
    const { findings } = (await workspaceOf([folder.path])).findings(folder.file(tables));
    expect(findings).toMatchObject([{ code: 'include-not-found', fixes: [] }]);
  });

  it('proposes no link that leads out of the workspace', async () => {
    const elsewhere = new TemporaryFolder({ 'secret.yaml': 'table: secret\n' });
    const folder = new TemporaryFolder({ ...smallProject, [tables]: '- "!include public_lnk.yaml"\n' });
    makeLink(
      elsewhere.file('secret.yaml'),
      folder.file('metadata/databases/default/tables/public_link.yaml'),
    );
    const { findings } = (await workspaceOf([folder.path])).findings(folder.file(tables));
    expect(findings).toMatchObject([{ code: 'include-not-found', fixes: [] }]);
  });

  it('follows a cycle over several files once', async () => {
    const files = {
      [tables]: '- "!include a.yaml"\n',
      'metadata/databases/default/tables/a.yaml': '"!include b.yaml"\n',
      'metadata/databases/default/tables/b.yaml': '"!include a.yaml"\n',
    };
    expect(await codes(files, 'metadata/databases/default/tables/b.yaml')).toEqual(['include-cycle 1']);
    expect(await codes(files, tables)).toEqual([]);
  });

  it('resolves includes anywhere in a directory of another tool', async () => {
    const folder = new TemporaryFolder({
      'metadata/sources.yaml':
        '- name: default\n  kind: postgres\n  tables: !include sources/default/tables.yaml\n',
      'metadata/sources/default/tables.yaml': '- !include tables/a.yaml\n',
      'metadata/sources/default/tables/a.yaml': 'table: a\n',
      'metadata/version.yaml': 'version: 3\n',
      'metadata/remote_schemas.yaml':
        '- name: x\n  definition: { url: u }\n  remote_relationships: !include x.yaml\n',
      'metadata/x.yaml': '- !include type.yaml\n',
      'metadata/type.yaml': 'type_name: Query\nrelationships: []\n',
    });
    const workspace = await workspaceOf([folder.path]);
    expect([...(workspace.projects[0]?.files ?? [])]).toEqual([
      [folder.file('metadata/sources.yaml'), { role: 'sources' }],
      [folder.file('metadata/sources/default/tables.yaml'), { role: 'tables', source: 'default' }],
      [folder.file('metadata/sources/default/tables/a.yaml'), { role: 'table', source: 'default' }],
      [folder.file('metadata/remote_schemas.yaml'), { role: 'remote-schemas' }],
      [folder.file('metadata/x.yaml'), { role: 'remote-schema-types' }],
      [folder.file('metadata/type.yaml'), { role: 'remote-schema-types' }],
    ]);
    expect(codesIn(workspace, folder.file('metadata/remote_schemas.yaml'))).toEqual([]);
  });
});

describe('nothing outside the workspace is read', () => {
  it('through a symbolic link', async () => {
    const secret = new TemporaryFolder({ 'secret.yaml': 'table: secret\n' });
    const folder = new TemporaryFolder({ ...smallProject, [tables]: '- "!include link.yaml"\n' });
    makeLink(secret.file('secret.yaml'), folder.file('metadata/databases/default/tables/link.yaml'));
    const workspace = await workspaceOf([folder.path]);
    const link = folder.file('metadata/databases/default/tables/link.yaml');
    expect(workspace.documents.read(link)).toMatchObject({ ok: false, problem: 'outside-workspace' });
    expect(workspace.projects[0]?.files.has(link)).toBe(false);
  });
});

describe('an include that leads nowhere makes nothing absent', () => {
  it.each([
    ['a table that may be in the file', '- "!include public_customer.yaml"\n- "!include gone.yaml"\n', []],
    ['all tables read', '- "!include public_customer.yaml"\n', ['unknown-table']],
  ])('%s', async (_, list, expected) => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [tables]: list,
      [customerTable]: `table: customer
remote_relationships:
  - name: orders
    definition:
      to_source:
        relationship_type: array
        source: default
        table: orders
        field_mapping: { id: customer_id }
`,
    });
    const workspace = await workspaceOf([folder.path]);
    const { findings } = workspace.findings(folder.file(customerTable));
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });
});

describe('what the Hasura CLI reads', () => {
  it('is the first document of a file: the others are unknown to the project', async () => {
    const text = smallProject[customerTable] ?? '';
    const other = text
      .replace('name: customer', 'name: other')
      .replace('lhs_fields: [person_id]', 'lhs_fields: [gone]');
    const folder = new TemporaryFolder({ ...smallProject, [customerTable]: `${text}---\n${other}` });
    const workspace = await workspaceOf([folder.path]);
    const file = folder.file(customerTable);
    const line = text.split('\n').length + 1;
    expect(codesIn(workspace, file)).toEqual([`ignored-document ${line}`]);
    workspace.open(folder.uri(customerTable), 'yaml', 1, `${text}---\n# nothing\n`);
    expect(codesIn(workspace, file)).toEqual([]);
  });

  const orphan = 'metadata/databases/default/tables/public_order.yaml';
  const old = (smallProject[customerTable] ?? '').replace('name: customer', 'name: order');
  const wrong = old.replace('remote_schema: people', 'remote_schema: peeple');
  const tables = 'metadata/databases/default/tables/tables.yaml';
  const both = '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n';
  const asWritten = ['error unknown-remote-schema'];
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['not what nothing leads to', {}, ['information unlisted-file', 'warning unknown-remote-schema']],
    ['all that is included', { [tables]: both }, ['warning inconsistent-table', ...asWritten]],
    ['perhaps more where an include leads nowhere', { [tables]: both.replace('order', 'orders') }, asWritten],
    [
      'perhaps more where a list is half-written',
      { [tables]: '- "!include public_customer.yaml\n' },
      asWritten,
    ],
  ])('is %s', async (_, files, expected) => {
    const folder = new TemporaryFolder({ ...smallProject, [orphan]: wrong, ...files });
    const { findings } = (await workspaceOf([folder.path])).findings(folder.file(orphan));
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
    // What the server never sees it does not refuse.
    for (const { severity, serverMessage } of findings) {
      if (severity === 'error') expect(serverMessage).toContain('peeple');
      else expect(serverMessage ?? '').not.toContain('peeple');
    }
  });

  it.each<[string, string, string]>([
    [
      'a request',
      'metadata/request.yaml',
      'type: pg_delete_remote_relationship\nargs: { table: customer, name: profile }\n',
    ],
    [
      'what is nothing of ours',
      'metadata/query_collections.yaml',
      '- name: allowed\n  definition: { queries: [] }\n',
    ],
    ['a file beside the metadata', 'more/public_order.yaml', old],
  ])('is not asked of %s', async (_, file, text) => {
    const folder = new TemporaryFolder({ ...smallProject, [file]: text });
    expect(codesIn(await workspaceOf([folder.path]), folder.file(file))).toEqual([]);
  });

  it('is told as soon as it is included', async () => {
    const folder = new TemporaryFolder({ ...smallProject, [orphan]: old });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(orphan))).toEqual(['unlisted-file 1']);
    workspace.open(folder.uri(tables), 'yaml', 1, both);
    expect(codesIn(workspace, folder.file(orphan))).toEqual(['inconsistent-table 1']);
    workspace.close(folder.uri(tables));
    expect(codesIn(workspace, folder.file(orphan))).toEqual(['unlisted-file 1']);
  });

  it('is a metadata_file without its includes', async () => {
    const text =
      'version: 3\nsources:\n  - { name: default, kind: postgres, configuration: {}, tables: "!include t.yaml" }\n';
    const files = { 'all.yaml': text, 't.yaml': '- table: customer\n' };
    const config = { 'config.yaml': 'version: 3\nmetadata_file: all.yaml\nendpoint: http://localhost\n' };
    const folder = new TemporaryFolder({ ...files, ...config });
    expect(codesIn(await workspaceOf([folder.path]), folder.file('all.yaml'))).toEqual([
      'include-not-resolved 3',
    ]);
  });

  it('is the name of a source as it is written, a number too', async () => {
    for (const name of ['123', 'True', '0x1F']) {
      const text = smallProject[databases]?.replace('name: default', `name: ${name}`) ?? '';
      const workspace = await workspaceOf([new TemporaryFolder({ ...smallProject, [databases]: text }).path]);
      const [project] = workspace.projects;
      const context = workspace.context([...(project?.files.keys() ?? [])][0] ?? '');
      expect(context?.model.shapeProblems).toEqual([]);
      expect(context?.catalogue.sources.map((source) => source.name)).toContain(name);
    }
  });

  it('is a list in remote_schemas.yaml, and no mapping', async () => {
    const file = 'metadata/remote_schemas.yaml';
    const folder = new TemporaryFolder({ ...smallProject, [file]: 'people: { definition: {} }\n' });
    expect(codesIn(await workspaceOf([folder.path]), folder.file(file))).toContain('wrong-kind 1');
  });
});

describe('what is included in an entry of a table is read as what it is there', () => {
  const table = customerTable;
  const at = (name: string): string => `metadata/databases/default/tables/${name}`;
  const wrong = `to_remote_schema:
  remote_schema: people
  lhs_fields: [gone]
  remote_field: { nobody: { arguments: { id: $gone } } }
`;
  const inItem = `definition:\n${wrong.replaceAll(/^(?=.)/gm, '  ')}name: profile\n`;
  const found = ['unknown-lhs-field 3', 'unknown-remote-field 4'];
  it.each<[string, string, string, readonly string[]]>([
    [
      'a definition',
      'remote_relationships:\n  - name: profile\n    definition: "!include x.yaml"\n',
      wrong,
      found,
    ],
    [
      'an item',
      'remote_relationships:\n  - "!include x.yaml"\n',
      inItem,
      ['unknown-lhs-field 4', 'unknown-remote-field 5'],
    ],
    [
      'the list',
      'remote_relationships: !include x.yaml\n',
      `[${JSON.stringify({ name: 'profile', definition: {} })}]`,
      ['definition-form 1'],
    ],
  ])('%s', async (_, rest, text, codes) => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [table]: `table: { schema: public, name: customer }\n${rest}`,
      [at('x.yaml')]: text,
    });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(table))).toEqual([]);
    expect(codesIn(workspace, folder.file(at('x.yaml')))).toEqual(codes);
  });

  it('as soon as the file around it says another table', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [table]: 'table: { schema: public, name: customer }\nremote_relationships: ["!include x.yaml"]\n',
      [at('x.yaml')]: inItem,
    });
    const workspace = await workspaceOf([folder.path]);
    const [file, uri] = [folder.file(at('x.yaml')), folder.uri(table)];
    expect(codesIn(workspace, file)).toContain('unknown-lhs-field 4');
    workspace.open(uri, 'yaml', 1, 'table: elsewhere\nremote_relationships: ["!include x.yaml"]\n');
    expect(codesIn(workspace, file)).not.toContain('unknown-lhs-field 4');
  });
});

it.each([
  [
    '- name: default\n  tables: "!include Default/tables/tables.yaml"\n',
    'the folder "Default" is spelled "default"',
  ],
  [
    '- name: default\n  tables: "!include Default/Tables/Tables.yaml"\n',
    'the folder "Default" is spelled "default", and the folder "Tables" is spelled "tables", and the file is spelled "tables.yaml"',
  ],
])('says which name differs in letter case: %j', async (text, words) => {
  const folder = new TemporaryFolder({ ...smallProject, [databases]: text });
  const workspace = await workspaceOf([folder.path]);
  const found = workspace
    .findings(folder.file(databases))
    .findings.find(({ code }) => code === 'include-case');
  expect(found?.message.replace(/^The/, 'the')).toContain(words);
});

describe('files that the CLI can’t use', () => {
  const cli = (more: string) => `endpoint: http://localhost:8080\n${more}`;
  const two = { 'metadata/tables.yaml': '[]\n', 'metadata/version.yaml': 'version: 2\n' };

  it.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    [
      'version 2, files of version 3',
      { ...smallProject, 'config.yaml': cli('version: 2\n') },
      'config.yaml',
      ['layout-version 2'],
    ],
    [
      'version 3, files of version 2',
      { ...two, 'config.yaml': cli('version: 3\n') },
      'config.yaml',
      ['layout-version 2'],
    ],
    ['version 2, its files', { ...two, 'config.yaml': cli('version: 2\n') }, 'config.yaml', []],
    [
      'version 2, the files of both',
      { ...smallProject, ...two, 'config.yaml': cli('version: 2\n') },
      'config.yaml',
      [],
    ],
    ['version 3, its files', smallProject, 'config.yaml', []],
    [
      'a metadata_directory that is not there',
      { 'config.yaml': cli('version: 3\nmetadata_directory: gone\n') },
      'config.yaml',
      ['metadata-not-found 3'],
    ],
    [
      'a metadata_file that is not there',
      { 'config.yaml': cli('version: 3\nmetadata_file: gone.json\n') },
      'config.yaml',
      ['metadata-not-found 3'],
    ],
    [
      'an empty metadata_directory',
      { 'config.yaml': cli('version: 3\nmetadata_directory: metadata\n'), 'metadata/README.md': '' },
      'config.yaml',
      [],
    ],
    ['no metadata_directory', { 'config.yaml': cli('version: 3\n') }, 'config.yaml', []],
    ['no version', { ...two, 'config.yaml': cli('') }, 'config.yaml', []],
    [
      'an empty metadata_file of JSON',
      { 'config.yaml': cli('version: 3\nmetadata_file: all.json\n'), 'all.json': ' \n' },
      'all.json',
      ['unreadable-file 1'],
    ],
    [
      'an empty metadata_file of YAML',
      { 'config.yaml': cli('version: 3\nmetadata_file: all.yaml\n'), 'all.yaml': ' \n' },
      'all.yaml',
      [],
    ],
  ])('%s', async (_, files, file, expected) => {
    const folder = new TemporaryFolder(files);
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(file))).toEqual(expected);
  });
});
