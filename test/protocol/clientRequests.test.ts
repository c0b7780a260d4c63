import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileChangeType } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type AgentToolAnswer,
  agentToolRequest,
  type CoveredName,
  configureRequest,
  coverageRequest,
  type DefinitionEdit,
  type DefinitionParams,
  type FileLocations,
  keysRequest,
  locationsRequest,
  newNameRequest,
  type ProjectContent,
  projectRequest,
  projectsRequest,
  type RelationshipRoles,
  requestsRequest,
  roleVisibilityRequest,
  snapshotTargetsRequest,
  writeDefinitionRequest,
} from '../../common/src/protocol.ts';
import { makeLink } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { text } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

describe('what the client asks of relationships', () => {
  it('those of a project, of open files as they are edited', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(folder.uri(customerTable), text.replace('name: profile', 'name: renamed'));
    const content = await server.connection.sendRequest<ProjectContent | null>(projectRequest.method, {
      uri: folder.uri(''),
    });
    expect(content?.files.flatMap(({ relationships }) => relationships.map(({ name }) => name))).toEqual([
      'renamed',
    ]);
    const none = { uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(projectRequest.method, none)).toBeNull();
  });

  it('which roles reach them, as the settings say of permissions on remote schemas', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({
      folders: [folder],
      settings: { remoteSchemaPermissions: false },
    });
    const uri = folder.uri(customerTable);
    const permission = { columns: ['person_id'], filter: {} };
    await server.open(
      uri,
      `${text}select_permissions: ${JSON.stringify([
        { role: 'user', permission },
        { role: 'guest', permission: { ...permission, columns: [] } },
      ])}\n`,
    );
    const ask = (position: object) =>
      server.connection.sendRequest<readonly RelationshipRoles[]>(roleVisibilityRequest.method, {
        uri,
        position,
      });
    const line = text.split('\n').findIndex((each) => each.includes('name: profile'));
    expect(await ask({ line, character: 10 })).toEqual([
      {
        name: 'profile',
        range: expect.objectContaining({ start: { line, character: 4 } }),
        roles: [
          // Whether a role may read what is joined on is not asked.
          { role: 'guest', state: 'reachable', reasons: [] },
          { role: 'user', state: 'reachable', reasons: [] },
        ],
      },
    ]);
    expect(await ask({ line: 0, character: 0 })).toEqual([]);
  });

  it('what the names of its relationships are checked against, as open files say it', async () => {
    const { 'schema/people.graphql': _, ...withoutSchema } = smallProject;
    const folder = new TemporaryFolder(withoutSchema);
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri(customerTable);
    const ask = async (of: string) => {
      const names = await server.connection.sendRequest<readonly CoveredName[]>(coverageRequest.method, {
        uri: of,
      });
      return names.map(({ kind, name, against }) => `${kind} ${name}: ${against}`);
    };
    const expected = [
      'table customer: snapshot',
      'column person_id: snapshot',
      'remote field person: nothing',
      'argument id: nothing',
    ];
    // Of any file of the project.
    expect(await ask(folder.uri('metadata/remote_schemas.yaml'))).toEqual(expected);
    await server.open(uri, text.replaceAll('person_id', 'id'));
    expect(await ask(uri)).toEqual(expected.with(1, 'column id: snapshot'));
    const names = await server.connection.sendRequest<readonly CoveredName[]>(coverageRequest.method, {
      uri,
    });
    const line = text.split('\n').findIndex((each) => each.includes('lhs_fields'));
    expect(names[1]).toMatchObject({ uri, range: { start: { line } } });
  });

  it('what an agent asks, as open files say it, and nothing outside of the workspace though it is trusted', async () => {
    const outside = new TemporaryFolder({ 'hidden.yaml': text });
    const folder = new TemporaryFolder({ ...smallProject, '.git/HEAD': '' });
    makeLink(outside.file('hidden.yaml'), folder.file('metadata/link.yaml'));
    const server = await ServerProcess.start({ folders: [folder], initializationOptions: { trusted: true } });
    const ask = (tool: string, input: unknown) =>
      server.connection.sendRequest<AgentToolAnswer>(agentToolRequest.method, { tool, input });
    const shown = async (input: unknown) => JSON.stringify(await ask('validate', input));
    expect(await shown({ path: customerTable })).toContain(String.raw`\"count\": 0`);
    await server.open(folder.uri(customerTable), text.replace('person:', 'persn:'));
    expect(await shown({ path: customerTable })).toContain('unknown-remote-field');
    expect(await shown({})).toContain('unknown-remote-field');
    for (const path of ['../hidden.yaml', outside.file('hidden.yaml'), 'metadata/link.yaml']) {
      expect(await ask('validate', { path })).toEqual({
        problem: `There is no file ${JSON.stringify(path)} in the workspace that may be read.`,
      });
    }
    expect(await ask('validate', null)).toEqual({ problem: 'validate takes an object.' });
    expect(await ask('apply', {})).toEqual({ problem: 'There is no tool "apply".' });
  });

  it('where its snapshots go, as open files say it', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({
      folders: [folder],
      settings: { remoteSchemas: { people: { schema: 'sdl/people.graphql' } } },
    });
    const ask = (parts: readonly unknown[], uri = folder.uri('')): Promise<unknown> =>
      server.connection.sendRequest(snapshotTargetsRequest.method, { uri, parts });
    const [shop, people] = [
      { what: 'source', name: 'default' },
      { what: 'remote-schema', name: 'people' },
    ];
    expect(await ask([people, shop, { what: 'source', name: 'a/b' }])).toEqual({
      targets: [
        { uri: folder.uri('sdl/people.graphql'), shared: false },
        { uri: folder.uri('schema/default.tables.json'), shared: false },
        { problem: expect.stringContaining("can't be a file name") },
      ],
      known: [shop, people],
      addresses: [
        { remoteSchema: 'people', address: { url: { text: 'https://people.example/graphql' }, headers: [] } },
      ],
    });
    const configuration = folder.uri('remote-relationships.config.json');
    folder.write('remote-relationships.config.json', '{"sources":{"default":{"tables":"all.json"}}}');
    await server.changedOnDisk(configuration, FileChangeType.Created);
    await server.until(async () => /all\.json/.test(JSON.stringify(await ask([shop]))));
    await server.open(configuration, '{"sources":', 'json');
    expect(await ask([shop])).toEqual({ problem: expect.stringContaining("can't be read") });
    expect(await ask([shop], 'file:///nowhere')).toBe(null);
  });

  it('where every object of the metadata is written', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const files = await server.connection.sendRequest<readonly FileLocations[] | null>(
      locationsRequest.method,
      {
        uri: folder.uri(''),
      },
    );
    expect(
      files?.flatMap(({ uri, locations: places }) =>
        places.map(({ object, nameRange }) => [uri, object.what, nameRange.start.line]),
      ),
    ).toEqual([
      [folder.uri('metadata/databases/databases.yaml'), 'source', 0],
      [folder.uri(customerTable), 'table', 0],
      [folder.uri(customerTable), 'relationship', 2],
      [folder.uri('metadata/remote_schemas.yaml'), 'remote-schema', 0],
    ]);
    const none = { uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(locationsRequest.method, none)).toBeNull();
  });

  it('where keys of one lead to', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const params = {
      uri: folder.uri(customerTable),
      position: { line: 2, character: 4 },
      keys: ['definition', 'to_remote_schema', 'remote_schema'],
    };
    expect(await server.connection.sendRequest(keysRequest.method, params)).toEqual({
      start: { line: 5, character: 23 },
      end: { line: 5, character: 29 },
    });
  });

  it('the requests of a file, and where keys of one lead to', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri('requests/a.json');
    const body = { type: 'pg_delete_remote_relationship', args: { table: 'customer', name: 'profile' } };
    await server.open(uri, JSON.stringify(body), 'json');
    expect(await server.connection.sendRequest(requestsRequest.method, { uri })).toMatchObject([
      { type: body.type, body, api: null, errors: [], obstacle: null },
    ]);
    const keys = { uri, position: { line: 0, character: 0 }, keys: ['args', 'name'] };
    expect(await server.connection.sendRequest(keysRequest.method, keys)).toMatchObject({
      start: { line: 0, character: JSON.stringify(body).indexOf('"profile"') },
    });
    const none = { uri: folder.uri(customerTable) };
    expect(await server.connection.sendRequest(requestsRequest.method, none)).toEqual([]);
  });

  it('how to write another name into the file', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const params = {
      uri: folder.uri(customerTable),
      position: { line: 2, character: 4 },
      name: 'person',
    };
    expect(await server.connection.sendRequest(newNameRequest.method, params)).toEqual([
      { range: { start: { line: 2, character: 10 }, end: { line: 2, character: 17 } }, newText: 'person' },
    ]);
    const nowhere = { ...params, position: { line: 0, character: 0 } };
    expect(await server.connection.sendRequest(newNameRequest.method, nowhere)).toBeNull();
  });

  it('which projects there are', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    expect(await server.connection.sendRequest(projectsRequest.method)).toEqual([
      { name: basename(folder.path), uri: folder.uri('').replace(/\/$/, ''), configurationUri: null },
    ]);
  });

  const identity = { owner: 'table', source: 'default', table: 'customer', name: 'profile' } as const;
  const toTable = {
    to_source: {
      relationship_type: 'object',
      source: 'default',
      table: 'customer',
      field_mapping: { id: 'id' },
    },
  };

  it.each([
    [
      'YAML',
      smallProject,
      customerTable,
      `remote_relationships:
  # Kept.
  - name: profile # ours
    definition:
      to_source: {relationship_type: array, source: default, table: customer, field_mapping: {id: id}} # all
`,
      (text: string) => text.replace('relationship_type: array', 'relationship_type: object'),
    ],
    [
      'JSON',
      {},
      'metadata.json',
      `{
  "version": 3,
  "sources": [{"name": "default", "kind": "postgres", "tables": [{
    "table": "customer",
    "remote_relationships": [
      // Kept.
      {"name": "other", "definition": {}}
    ]
  }]}]
}
`,
      (text: string) =>
        text.replace(
          '"definition": {}}\n',
          `"definition": {}},
      ${JSON.stringify({ name: 'profile', definition: toTable }, null, 2).replaceAll('\n', '\n      ')}\n`,
        ),
    ],
  ])(
    'how a definition is written into a file: %s, as it is being edited',
    async (_, files, name, end, change) => {
      const folder = new TemporaryFolder({ ...files, ...(name in files ? {} : { [name]: end }) });
      const server = await ServerProcess.start({ folders: [folder] });
      const uri = folder.uri(name);
      const edited = name in files ? `table: customer\n${end}` : end;
      await server.open(uri, edited, name.endsWith('.json') ? 'json' : 'yaml');
      const params: DefinitionParams = { uri, identity, definition: toTable };
      const answer = await server.connection.sendRequest<DefinitionEdit>(
        writeDefinitionRequest.method,
        params,
      );
      if ('obstacle' in answer) return expect.fail(answer.obstacle);
      expect(answer.uri).toBe(uri);
      const document = TextDocument.create(uri, '', 0, edited);
      expect(TextDocument.applyEdits(document, [...answer.edits])).toBe(change(edited));
    },
  );

  it('how a configuration file says more, as it is being edited', async () => {
    const name = 'remote-relationships.config.yaml';
    const folder = new TemporaryFolder({ ...smallProject, [name]: 'serverVersion: "2.48"\n' });
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri(name);
    await server.open(uri, '# Mine.\nserverVersion: "2.48"\n', 'yaml');
    const entries = [{ keys: ['rules', 'unknown-remote-field'], value: 'hint' }];
    const params = { uri: folder.uri(customerTable), entries };
    expect(await server.connection.sendRequest(configureRequest.method, params)).toEqual({
      uri,
      exists: true,
      edits: [
        {
          range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
          newText: 'rules:\n  unknown-remote-field: hint\n',
        },
      ],
    });
    const nowhere = { ...params, uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(configureRequest.method, nowhere)).toBeNull();
  });

  it('why a definition can’t be written', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const params: DefinitionParams = {
      uri: folder.uri(''),
      identity: { ...identity, table: 'gone' },
      definition: toTable,
    };
    expect(await server.connection.sendRequest(writeDefinitionRequest.method, params)).toEqual({
      obstacle: expect.stringContaining('No file of the project has table gone'),
    });
    const nowhere = { ...params, uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(writeDefinitionRequest.method, nowhere)).toBeNull();
  });
});
