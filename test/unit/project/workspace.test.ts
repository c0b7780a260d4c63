import { describe, expect, it, vi } from 'vitest';
import { fileStatus } from '../../../server/src/lsp/status.ts';
import * as parsing from '../../../server/src/syntax/parse.ts';
import {
  codesIn,
  customerTable,
  settle,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from './temporaryFolder.ts';

const orderTable = 'metadata/databases/default/tables/public_order.yaml';
const tables = 'metadata/databases/default/tables/tables.yaml';

/** Customers have orders, through a relationship to a source. */
const twoTables: Readonly<Record<string, string>> = {
  ...smallProject,
  [tables]: '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n',
  [orderTable]: 'table: { schema: public, name: order }\n',
  [customerTable]: `table: { schema: public, name: customer }
remote_relationships:
  - name: orders
    definition:
      to_source:
        relationship_type: array
        source: default
        table: { schema: public, name: order }
        field_mapping: { id: customer_id }
`,
  'schema/default.tables.json': JSON.stringify([
    { schema: 'public', name: 'customer', columns: [{ name: 'id', type: 'uuid' }] },
    { schema: 'public', name: 'order', columns: [{ name: 'customer_id', type: 'uuid' }] },
  ]),
};

describe('what one file says reaches the files that depend on it', () => {
  it('a table renamed in an open document', async () => {
    const folder = new TemporaryFolder(twoTables);
    const workspace = await workspaceOf([folder.path]);
    const customer = folder.file(customerTable);
    expect(codesIn(workspace, customer)).toEqual([]);
    workspace.open(folder.uri(orderTable), 'yaml', 1, 'table: { schema: public, name: orders }\n');
    expect(codesIn(workspace, customer)).toEqual(['unknown-table 8']);
    workspace.close(folder.uri(orderTable));
    expect(codesIn(workspace, customer)).toEqual([]);
  });

  it('a table that becomes inconsistent in another document', async () => {
    const folder = new TemporaryFolder(twoTables);
    const workspace = await workspaceOf([folder.path]);
    const order = (column: string) =>
      `${twoTables[orderTable]}configuration: { column_config: { ${column}: { custom_name: a } } }\n`;
    workspace.open(folder.uri(orderTable), 'yaml', 1, order('gone'));
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-table 8']);
    workspace.change(folder.uri(orderTable), 2, [{ text: order('customer_id') }]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('a key fixed of an input type in another document', async () => {
    const table = (name: string, key: string) => `table: ${name}
remote_relationships:
  - name: person
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id]
        remote_field: { people: { arguments: { where: { ${key}: $id } } } }
`;
    const folder = new TemporaryFolder({
      ...twoTables,
      [customerTable]: table('crm_leads', 'id'),
      [orderTable]: table('{ schema: crm, name: leads }', 'id'),
      'schema/default.tables.json': '[]',
      'metadata/remote_schemas.yaml': '- { name: people, definition: { url: "https://people.example" } }\n',
      'schema/people.graphql': 'type Query { people(where: Filter): Int } input Filter { id: ID name: ID }',
    });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    workspace.open(folder.uri(orderTable), 'yaml', 1, table('{ schema: crm, name: leads }', 'name'));
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['input-type-conflict 8']);
  });

  it('a file deleted on disk, and created again', async () => {
    const folder = new TemporaryFolder(twoTables);
    const workspace = await workspaceOf([folder.path]);
    folder.remove(orderTable);
    workspace.fileChanged(folder.file(orderTable), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(tables))).toEqual(['include-not-found 2']);
    // The table may stand in the file that is missing.
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    folder.write(orderTable, 'table: { schema: public, name: orders }\n');
    workspace.fileChanged(folder.file(orderTable), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(tables))).toEqual([]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-table 8']);
  });

  it('a file that is only in the editor yet, and one that was deleted below it', async () => {
    const remoteSchemas = 'metadata/remote_schemas.yaml';
    const folder = new TemporaryFolder(smallProject);
    folder.remove(remoteSchemas);
    const workspace = await workspaceOf([folder.path]);
    const table = folder.file(customerTable);
    expect(codesIn(workspace, table)).toEqual([]);
    workspace.open(folder.uri(remoteSchemas), 'yaml', 1, '- name: persons\n');
    expect(codesIn(workspace, table)).toEqual(['unknown-remote-schema 6']);
    workspace.change(folder.uri(remoteSchemas), 2, [{ text: smallProject[remoteSchemas] ?? '' }]);
    expect(codesIn(workspace, table)).toEqual([]);
    workspace.change(folder.uri(remoteSchemas), 3, [{ text: '- name: persons\n' }]);
    expect(codesIn(workspace, table)).toEqual(['unknown-remote-schema 6']);
    workspace.close(folder.uri(remoteSchemas));
    expect(codesIn(workspace, table)).toEqual([]);
  });

  it('a folder of the workspace that another includes from, and that goes', async () => {
    const parts = new TemporaryFolder({ 'order.yaml': twoTables[orderTable] ?? '' });
    const folder = new TemporaryFolder({
      ...twoTables,
      [tables]: `- "!include public_customer.yaml"\n- "!include ../../../../../${parts.path.split('/').at(-1)}/order.yaml"\n`,
    });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(tables))).toEqual(['include-outside-workspace 2']);
    workspace.setFolders([folder.path, parts.path]);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(tables))).toEqual([]);
    expect(workspace.context(parts.file('order.yaml'))).toBeDefined();
    workspace.setFolders([folder.path]);
    await settle(workspace);
    expect(codesIn(workspace, folder.file(tables))).toEqual(['include-outside-workspace 2']);
    expect(workspace.context(parts.file('order.yaml'))).toBeUndefined();
  });

  it('a folder of the workspace in which config.yaml of another has its metadata', async () => {
    const shared = new TemporaryFolder({
      'metadata/databases/databases.yaml': '[]\n',
      'metadata/version.yaml': 'version: 3\n',
    });
    const folder = new TemporaryFolder({
      'config.yaml': `version: 3\nmetadata_directory: ../${shared.path.split('/').at(-1)}/metadata\n`,
    });
    const workspace = await workspaceOf([folder.path]);
    const own = () => workspace.projectOf(shared.file('metadata/version.yaml')).location;
    expect(codesIn(workspace, folder.file('config.yaml'))).toEqual(['outside-workspace 2']);
    workspace.setFolders([folder.path, shared.path]);
    expect(workspace.toDiscover).toBe(true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file('config.yaml'))).toEqual([]);
    expect(own().root).toBe(folder.path);
    workspace.setFolders([folder.path]);
    await settle(workspace);
    expect(codesIn(workspace, folder.file('config.yaml'))).toEqual(['outside-workspace 2']);
  });

  it('places in a file of a folder that came', async () => {
    const folder = new TemporaryFolder(smallProject);
    const other = new TemporaryFolder({});
    const workspace = await workspaceOf([other.path]);
    const { documents } = workspace;
    const place = () =>
      documents.range(folder.uri(customerTable), (smallProject[customerTable] ?? '').length, 0);
    expect(place().start).toEqual({ line: 0, character: 0 });
    workspace.setFolders([other.path, folder.path]);
    await settle(workspace);
    expect(place().start.line).toBeGreaterThan(5);
  });

  it('tables that are no longer listed as such', async () => {
    const databases = 'metadata/databases/databases.yaml';
    const text = '- name: default\n  kind: postgres\n  configuration: {}\n  tables:\n    - table: customer\n';
    const folder = new TemporaryFolder({
      ...smallProject,
      [databases]: text,
      'metadata/remote_schemas.yaml': `- name: people
  definition: { url: x }
  remote_relationships:
    - type_name: Person
      relationships:
        - name: orders
          definition:
            to_source:
              relationship_type: array
              source: default
              table: order
              field_mapping: { id: customer_id }
`,
    });
    const workspace = await workspaceOf([folder.path]);
    const schemas = folder.file('metadata/remote_schemas.yaml');
    workspace.open(folder.uri(databases), 'yaml', 1, text);
    expect(codesIn(workspace, schemas)).toEqual(['unknown-table 11']);
    // Half a key: the tables may be anywhere.
    workspace.change(folder.uri(databases), 2, [{ text: text.replace('tables:', ':') }]);
    expect(codesIn(workspace, schemas)).toEqual([]);
    workspace.change(folder.uri(databases), 3, [{ text }]);
    expect(codesIn(workspace, schemas)).toEqual(['unknown-table 11']);
  });

  it('an include added by hand', async () => {
    const folder = new TemporaryFolder({ ...twoTables, [tables]: '- "!include public_customer.yaml"\n' });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-table 8']);
    workspace.open(folder.uri(tables), 'yaml', 1, twoTables[tables] ?? '');
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('a snapshot, a schema and a configuration open in the editor', async () => {
    const folder = new TemporaryFolder(smallProject);
    const workspace = await workspaceOf([folder.path]);
    const table = folder.file(customerTable);
    workspace.open(
      folder.uri('schema/people.graphql'),
      'graphql',
      1,
      'type Query { human(id: ID!): String }',
    );
    expect(codesIn(workspace, table)).toEqual(['unknown-remote-field 9']);
    workspace.close(folder.uri('schema/people.graphql'));
    expect(codesIn(workspace, table)).toEqual([]);
    workspace.open(
      folder.uri('schema/default.tables.json'),
      'json',
      1,
      '[{"schema":"public","name":"customer","columns":[{"name":"id","type":"uuid"}]}]',
    );
    expect(codesIn(workspace, table)).toEqual(['unknown-lhs-field 7']);
  });

  const configuration = (schema: string): string => JSON.stringify({ remoteSchemas: { people: { schema } } });

  it.each([
    ['beside a metadata directory that is a folder, too', ['', 'metadata'], 'schema/people.graphql', {}],
    [
      'where a pattern of a configuration file above the project leads',
      [''],
      'shared/deep/people.graphql',
      { 'remote-relationships.config.json': configuration('shared/**/*.graphql') },
    ],
    [
      'where a pattern leads out of the project',
      [''],
      'shared/people.graphql',
      { 'app/remote-relationships.config.json': configuration('../shared/*.graphql') },
    ],
  ])('a schema that comes and goes %s', async (_, folders, schema, configured) => {
    const people = smallProject['schema/people.graphql'] ?? '';
    const prefix = Object.keys(configured).length === 0 ? '' : 'app/';
    const own = Object.entries(smallProject).filter(([name]) => name !== 'schema/people.graphql');
    const folder = new TemporaryFolder({
      ...Object.fromEntries(own.map(([name, text]) => [`${prefix}${name}`, text])),
      ...configured,
    });
    const workspace = await workspaceOf(
      folders.map((name) => (name === '' ? folder.path : folder.file(name))),
    );
    const loaded = (): ReadonlySet<boolean> =>
      new Set(workspace.projects.flatMap(({ schemas }) => schemas.remoteSchemas.map((each) => each.loaded)));
    expect(loaded()).toEqual(new Set([false]));
    folder.write(schema, people);
    workspace.fileChanged(folder.file(schema), true);
    await settle(workspace);
    expect(loaded()).toEqual(new Set([true]));
    const [top = ''] = schema.split('/');
    folder.remove(top);
    workspace.fileChanged(folder.file(top), true);
    await settle(workspace);
    expect(loaded()).toEqual(new Set([false]));
  });

  it('a metadata file that only config.yaml names comes and goes', async () => {
    const folder = new TemporaryFolder({
      'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_file: data.yaml\n',
      'data.yaml': 'version: 3\nsources: []\n',
    });
    const workspace = await workspaceOf([folder.path]);
    const codes = async (): Promise<string[]> => {
      workspace.fileChanged(folder.file('data.yaml'), true);
      await settle(workspace);
      return codesIn(workspace, folder.file('config.yaml'));
    };
    expect(await codes()).toEqual([]);
    folder.remove('data.yaml');
    expect(await codes()).toEqual(['metadata-not-found 3']);
    folder.write('data.yaml', 'version: 3\nsources: []\n');
    expect(await codes()).toEqual([]);
  });

  it('a project whose files all come at once', async () => {
    const folder = new TemporaryFolder({ 'README.md': '' });
    const workspace = await workspaceOf([folder.path]);
    for (const [name, text] of Object.entries(smallProject)) {
      folder.write(name, text);
      workspace.fileChanged(folder.file(name), true);
    }
    await settle(workspace);
    expect(workspace.projects).toHaveLength(1);
    expect(workspace.projects[0]?.schemas.remoteSchemas).toMatchObject([
      { name: 'people', problem: undefined },
    ]);
  });
});

describe('what a file says again', () => {
  it('counts, though something that it could depend on changed in between', async () => {
    const folder = new TemporaryFolder(smallProject);
    const workspace = await workspaceOf([folder.path]);
    const name = 'metadata/remote_schemas.yaml';
    const text = smallProject[name] ?? '';
    const known = () =>
      fileStatus(workspace, folder.uri(customerTable)).remoteSchemas.map((each) => each.state);
    const before = known();
    expect(before).toContain('loaded');
    workspace.open(folder.uri(name), 'yaml', 1, text);
    workspace.change(folder.uri(name), 2, [{ text: '[]\n' }]);
    expect(known()).toEqual([]);
    workspace.change(folder.uri(name), 3, [{ text }]);
    workspace.fileChanged(folder.file('metadata/actions.yaml'), true);
    expect(known()).toEqual(before);
  });
});

describe('what changes while a project is being read', () => {
  const more = 'metadata/databases/default/tables/public_more.yaml';
  const wrong = `table: { schema: public, name: more }
remote_relationships:
  - name: x
    definition: { to_remote_schema: { remote_schema: nowhere, lhs_fields: [], remote_field: {} } }
`;
  const withMore = '- "!include public_customer.yaml"\n- "!include public_more.yaml"\n';

  it.each([
    ['in the editor', 'editor'],
    ['on disk', 'disk'],
    ['as a file that was missing', 'missing'],
  ])('counts: %s', async (_, where) => {
    const isMissing = where === 'missing';
    const folder = new TemporaryFolder({
      ...smallProject,
      ...(isMissing ? { [tables]: withMore } : { [more]: wrong }),
    });
    const workspace = await workspaceOf([]);
    workspace.setFolders([folder.path]);
    await workspace.discover();
    const reading = workspace.load();
    // All but the end.
    for (let files = 0; files < 4; files++) expect(reading.next().done).toBe(false);
    if (where === 'editor') workspace.open(folder.uri(tables), 'yaml', 1, withMore);
    else {
      folder.write(isMissing ? more : tables, isMissing ? wrong : withMore);
      workspace.fileChanged(folder.file(isMissing ? more : tables), isMissing);
    }
    for (const _ of reading);
    expect(workspace.reportableFiles()).toContain(folder.file(more));
  });
});

describe('what nothing depends on is not computed again', () => {
  it('findings of other files stay the same objects while only a relationship is edited', async () => {
    const folder = new TemporaryFolder({
      ...twoTables,
      [orderTable]: `${twoTables[orderTable]}remote_relationships: [{ name: "" }]\n`,
    });
    const workspace = await workspaceOf([folder.path]);
    const before = workspace.findings(folder.file(orderTable));
    const { factsVersion } = workspace;
    expect(before.findings.length).toBeGreaterThan(0);
    const text = twoTables[customerTable] ?? '';
    workspace.open(folder.uri(customerTable), 'yaml', 1, text);
    workspace.change(folder.uri(customerTable), 2, [{ text: text.replace('customer_id', 'customer') }]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-target-column 9']);
    expect(workspace.findings(folder.file(orderTable))).toBe(before);
    expect(workspace.factsVersion).toBe(factsVersion);
  });

  it('each file is parsed once', async () => {
    const parse = vi.spyOn(parsing, 'parse');
    try {
      const folder = new TemporaryFolder(twoTables);
      const workspace = await workspaceOf([folder.path]);
      for (const key of workspace.reportableFiles()) workspace.findings(key);
      for (const key of workspace.reportableFiles()) workspace.findings(key);
      const texts = parse.mock.calls.map(([text]) => text);
      expect(texts.length).toBeGreaterThan(4);
      expect(new Set(texts).size).toBe(texts.length);
    } finally {
      parse.mockRestore();
    }
  });
});

describe('a document is read by what it says', () => {
  const request = (table: string, remoteSchema = 'people'): string =>
    JSON.stringify({
      type: 'pg_create_remote_relationship',
      args: {
        source: 'default',
        table,
        name: 'who',
        definition: {
          to_remote_schema: {
            remote_schema: remoteSchema,
            lhs_fields: ['person_id'],
            remote_field: { person: { arguments: { id: '$person_id' } } },
          },
        },
      },
    });

  it.each([
    ['right', request('customer'), []],
    ['wrong', request('customer', 'persons'), ['unknown-remote-schema 1']],
    ['anything else', '{"type":"object","args":{"remote_schema":"persons"}}', []],
  ])('a request beside the metadata: %s', async (_, text, expected) => {
    const folder = new TemporaryFolder({ ...smallProject, 'requests/a.json': text });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file('requests/a.json'))).toEqual(expected);
  });

  it('a migration is history: the metadata of today makes nothing absent, what is configured does', async () => {
    const up = 'migrations/default/1_a/up.json';
    const folder = new TemporaryFolder({ ...smallProject, [up]: request('customer', 'persons') });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(up))).toEqual([]);
    folder.write(up, request('customer').replaceAll('person_id', 'human_id'));
    workspace.fileChanged(folder.file(up), false);
    expect(codesIn(workspace, folder.file(up))).toContain('unknown-lhs-field 1');
  });

  it('an export of any name opened alone knows what it says itself', async () => {
    const folder = new TemporaryFolder();
    const workspace = await workspaceOf([folder.path]);
    const text = `version: 3
sources:
  - name: default
    kind: postgres
    configuration: {}
    tables:
      - table: customer
        remote_relationships:
          - name: profile
            definition:
              to_remote_schema:
                remote_schema: persons
                lhs_fields: []
                remote_field: { person: { arguments: {} } }
remote_schemas: []
`;
    workspace.open(folder.uri('backup.yaml'), 'yaml', 1, text);
    expect(codesIn(workspace, folder.file('backup.yaml'))).toEqual(['unknown-remote-schema 12']);
  });

  it('a request, once metadata comes where there was configuration only', async () => {
    const folder = new TemporaryFolder({
      'remote-relationships.config.json': '{"remoteSchemas":{"forum":{}}}',
      'requests/a.json': request('customer'),
    });
    const workspace = await workspaceOf([folder.path]);
    const path = folder.file('requests/a.json');
    expect(codesIn(workspace, path)).toEqual(['unknown-remote-schema 1']);
    const { factsVersion } = workspace;
    folder.write('metadata/version.yaml', 'version: 3\n');
    folder.write('metadata/remote_schemas.yaml', ': ');
    for (const name of ['version.yaml', 'remote_schemas.yaml']) {
      workspace.fileChanged(folder.file(`metadata/${name}`), true);
    }
    await settle(workspace);
    expect(codesIn(workspace, path)).toEqual([]);
    expect(workspace.factsVersion).not.toBe(factsVersion);
  });

  it('an unsaved request sees the only project there is', async () => {
    const folder = new TemporaryFolder(smallProject);
    const workspace = await workspaceOf([folder.path]);
    workspace.open('untitled:Untitled-1', 'json', 1, request('customer', 'persons'));
    expect(workspace.findings('untitled:Untitled-1').findings.map(({ code }) => code)).toEqual([
      'unknown-remote-schema',
    ]);
  });

  it('an open file of somebody else’s is left alone', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'docker-compose.yaml': 'services: { a: [b }\n' });
    const workspace = await workspaceOf([folder.path]);
    workspace.open(folder.uri('docker-compose.yaml'), 'yaml', 1, 'services: { a: [b }\n');
    expect(workspace.context(folder.file('docker-compose.yaml'))).toBeUndefined();
    expect(codesIn(workspace, folder.file('docker-compose.yaml'))).toEqual([]);
  });

  it('syntax errors of metadata are reported once, and not where another extension does', async () => {
    const broken = { ...smallProject, [customerTable]: 'table: customer\nremote_relationships: [\n' };
    const folder = new TemporaryFolder(broken);
    const workspace = await workspaceOf([folder.path]);
    const codes = codesIn(workspace, folder.file(customerTable));
    expect(codes.filter((code) => code.startsWith('yaml-syntax'))).toHaveLength(1);
    const quiet = await workspaceOf([folder.path], { reportYamlSyntax: false });
    expect(codesIn(quiet, folder.file(customerTable))).toEqual([]);
  });
});

describe('bad files do not silence others', () => {
  it.each<[string, (folder: TemporaryFolder) => void]>([
    [
      'a directory where a schema should be',
      (folder) => {
        folder.remove('schema/people.graphql');
        folder.write('schema/people.graphql/x', '');
      },
    ],
    [
      'a table file that is a directory',
      (folder) => {
        folder.write('metadata/databases/default/tables/extra.yaml/x', '');
        folder.write(tables, '- "!include extra.yaml"\n- "!include public_customer.yaml"\n');
      },
    ],
    ['a configuration that is none', (folder) => folder.write('remote-relationships.config.json', '[{{')],
    ['binary', (folder) => folder.write('schema/people.graphql', '\u0000\u0001\uffff')],
  ])('%s', async (_, spoil) => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [customerTable]: (smallProject[customerTable] ?? '').replace('$person_id', '$other'),
    });
    spoil(folder);
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(customerTable))).toContain('unlisted-variable 10');
  });
});

describe('the status of a file', () => {
  it('names project, snapshots and schemas, and what is missing', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'metadata/remote_schemas.yaml': '- name: people\n- name: forum\n',
      'schema/default.tables.json': '[',
    });
    const workspace = await workspaceOf([folder.path]);
    expect(fileStatus(workspace, folder.uri(customerTable))).toMatchObject({
      recognised: true,
      project: { uri: folder.uri('').replace(/\/$/, ''), configurationUri: null },
      serverVersion: 'latest',
      sources: [{ name: 'default', state: 'failed', origin: 'convention', since: null }],
      remoteSchemas: [
        { name: 'people', state: 'loaded', uri: folder.uri('schema/people.graphql'), problem: null },
        { name: 'forum', state: 'missing', uri: null, origin: null },
      ],
    });
    expect(fileStatus(workspace, 'file:///elsewhere/x.json')).toMatchObject({
      recognised: false,
      project: null,
    });
  });
});

describe('folders come and go as a whole', () => {
  it('a directory with tables deleted', async () => {
    const folder = new TemporaryFolder(twoTables);
    const workspace = await workspaceOf([folder.path]);
    folder.remove('metadata/databases/default');
    workspace.fileChanged(folder.file('metadata/databases/default'), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file('metadata/databases/databases.yaml'))).toEqual([
      'include-not-found 4',
    ]);
    expect(workspace.reportableFiles()).not.toContain(folder.file(customerTable));
  });

  it('the project deleted', async () => {
    const folder = new TemporaryFolder({ ...twoTables, 'README.md': '' });
    const workspace = await workspaceOf([folder.path]);
    for (const name of ['metadata', 'config.yaml']) {
      folder.remove(name);
      workspace.fileChanged(folder.file(name), true);
    }
    await settle(workspace);
    expect(workspace.projects).toEqual([]);
    expect(workspace.reportableFiles()).toEqual([]);
  });
});

describe('two folders', () => {
  it('have their own settings and their own facts', async () => {
    const one = new TemporaryFolder({ ...smallProject, 'other.graphql': 'type Query { somebody: String }' });
    const two = new TemporaryFolder(smallProject);
    const workspace = await workspaceOf([one.path, two.path]);
    workspace.setSettings(one.path, {
      serverVersion: '2.8',
      remoteSchemas: { people: { schema: 'other.graphql' } },
    });
    expect(codesIn(workspace, one.file(customerTable))).toEqual(['unknown-remote-field 9']);
    expect(codesIn(workspace, two.file(customerTable))).toEqual([]);
    expect(fileStatus(workspace, one.uri(customerTable)).serverVersion).toBe('2.8');
    expect(fileStatus(workspace, two.uri(customerTable)).serverVersion).toBe('latest');
  });
});
