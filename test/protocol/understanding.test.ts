import { spawnSync } from 'node:child_process';
import { parse as parseGraphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  graphRequest,
  graphTextRequest,
  type PublishedSchema,
  publishedSchemaRequest,
  type RelationshipGraph,
  rolesTableRequest,
} from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine, ServerProcess } from './serverProcess.ts';

/** What relationships publish and ask, and who can follow them. */

const files = {
  ...smallProject,
  [customerTable]: `${smallProject[customerTable]}select_permissions:
  - { role: user, permission: { columns: '*', filter: {} } }
  - { role: guest, permission: { columns: [id], filter: {} } }
`,
  'metadata/remote_schemas.yaml': `${smallProject['metadata/remote_schemas.yaml']}  permissions:
    - { role: user, definition: { schema: "type Query { person(id: ID!): Person } type Person { name: String }" } }
`,
};
const sdl = 'extend type customer {\n  profile: Person\n}\n';
const table = `# Roles

## \`profile\`

| role | can follow it | why |
|---|---|---|
| \`guest\` | no | Role "guest" has no permission on remote schema "people". |
| \`user\` | yes |  |
`;

const mermaid = `flowchart LR
  subgraph g0["source default"]
    n0["customer"]
  end
  subgraph g1["remote schema people"]
    n1["Person"]
  end
  n0 -->|"profile"| n1
`;

describe('an editor', () => {
  it('is told what the relationships of a document publish and ask, and their roles', async () => {
    const folder = new TemporaryFolder(files);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    const published = (params: object) =>
      server.connection.sendRequest<PublishedSchema[]>(publishedSchemaRequest.method, params);
    const roles = (params: object) => server.connection.sendRequest(rolesTableRequest.method, params);
    const [only, ...others] = await published({ uri });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'profile', range: { start: { line: 2, character: 4 } } });
    expect(only?.text).toContain(sdl);
    expect(only?.text).toContain('# For role "user"\n');
    expect(only?.text).toContain('# Role "guest" does not have it.');
    expect(only?.text).toContain('query OneRow {\n  person(id: "person_id of row 1") { __typename }\n}\n');
    parseGraphql(only?.text ?? '');
    expect(await published({ uri, position: { line: 3, character: 8 } })).toEqual([only]);
    expect(await published({ uri, position: { line: 0, character: 0 } })).toEqual([]);
    expect(await roles({ uri })).toBe(table);
    const graph = await server.connection.sendRequest<RelationshipGraph>(graphRequest.method, { uri });
    expect(graph.edges).toMatchObject([
      {
        ...{ name: 'profile', from: graph.nodes[0]?.id, to: graph.nodes[1]?.id, state: 'checked', uri },
        range: { start: { line: 2, character: 4 } },
      },
    ]);
    expect(graph.nodes.map(({ definition }) => definition)).toEqual([
      { uri, range: expect.objectContaining({ start: { line: 0, character: 7 } }) },
      { uri: folder.uri('schema/people.graphql'), range: expect.anything() },
    ]);
    expect(graph).toMatchObject({
      project: folder.uri(''),
      groups: [
        { id: 'source default', kind: 'source', name: 'default' },
        { id: 'remote-schema people', kind: 'remote-schema', name: 'people' },
      ],
    });
    const text = (params: object) => server.connection.sendRequest(graphTextRequest.method, params);
    expect(await text({ uri, form: 'mermaid' })).toBe(mermaid);
    expect(await text({ uri, form: 'svg', group: 'remote-schema people' })).toMatch(
      /^<svg .*>Person<.*<\/svg>\n$/s,
    );
    expect(await text({ uri, form: 'mermaid', group: 'source other' })).toBe('flowchart LR\n');

    await server.open(uri, 'table: customer\nremote_relationships:\n  - name: half\n    definition:\n');
    expect(await published({ uri })).toEqual([]);
    expect(await roles({ uri })).toContain('no relationship');
    expect(await server.connection.sendRequest(graphRequest.method, { uri })).toEqual({
      ...{ project: folder.uri(''), width: 0, height: 0 },
      ...{ groups: [], nodes: [], edges: [] },
    });
    const other = folder.uri('notes.txt');
    expect([await published({ uri: other }), await roles({ uri: other })]).toEqual([[], null]);
  });
});

describe('the command line', () => {
  const run = (...args: readonly string[]) => runIn(files, ...args);
  const runIn = (content: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...args], {
      cwd: new TemporaryFolder(content).path,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  it('previews what relationships publish', () => {
    const { status, stdout, stderr } = run('preview', '--name', 'profile');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`# ${customerTable}:3:5\n# profile of table customer\n\n${sdl}`);
    const [only] = JSON.parse(run('preview', '--format', 'json').stdout) as { text: string; name: string }[];
    expect(only?.name).toBe('profile');
    expect(only?.text).toContain(sdl);
  });

  it('shows roles', () => {
    expect(run('roles')).toEqual({
      status: 0,
      stderr: '',
      stdout: `${customerTable}:3:5  profile
  guest: no
    Role "guest" has no permission on remote schema "people".
  user: yes
`,
    });
    const json = JSON.parse(run('roles', '--format', 'json').stdout) as object[];
    expect(json).toMatchObject([
      { file: customerTable, line: 3, name: 'profile', roles: [{ role: 'guest' }, { role: 'user' }] },
    ]);
  });

  it('draws the graph', () => {
    expect(run('graph')).toEqual({ status: 0, stderr: '', stdout: mermaid });
    expect(run('graph', '--format', 'svg').stdout).toMatch(/^<svg .*>Person<.*<\/svg>\n$/s);
    expect(JSON.parse(run('graph', '--format', 'json').stdout)).toMatchObject({
      nodes: [
        { kind: 'table', label: 'customer', group: 'default' },
        { kind: 'type', label: 'Person', group: 'people' },
      ],
      edges: [{ name: 'profile', state: 'checked', file: customerTable, line: 3, column: 5 }],
    });
    expect(run('graph', '--format', 'text')).toMatchObject({
      status: 2,
      stderr: 'There is no format "text": it is "mermaid", "svg" or "json".\n',
    });
  });

  it('draws what two projects call the same in boxes of each', () => {
    const names = ['a', 'b'];
    const both = names.flatMap((name) =>
      Object.entries(files).map(([path, text]) => [`${name}/${path}`, text] as const),
    );
    const chart = runIn({ ...Object.fromEntries(both), 'a/request.json': body }, 'graph').stdout;
    for (const name of names) expect(chart).toContain(`["source default, ${name}#47;metadata"]`);
    expect(chart.match(/profile/g)).toHaveLength(2);
  });

  const body = JSON.stringify({
    type: 'pg_create_remote_relationship',
    args: { source: 'default', table: 'customer', name: 'self', definition: {} },
  });
  const empty = { 'metadata/databases/databases.yaml': '[]\n', 'config.yaml': 'version: 3\n' };
  const onlyRequests = 'There is no Hasura metadata in ".", only requests: nothing was drawn.\n';
  it.each<[string, Readonly<Record<string, string>>, string, number, string, string]>([
    [
      'an empty folder',
      { 'readme.txt': '' },
      'svg',
      2,
      '',
      'There is no Hasura metadata in ".": nothing was checked.\n',
    ],
    [
      'an empty folder',
      { 'readme.txt': '' },
      'json',
      2,
      '',
      'There is no Hasura metadata in ".": nothing was checked.\n',
    ],
    ['requests', { 'a.json': body }, 'mermaid', 2, '', onlyRequests],
    [
      'requests',
      { 'a.http': `POST http://localhost:8080/v1/metadata\n\n${body}\n` },
      'json',
      2,
      '',
      onlyRequests,
    ],
    [
      'no relationships',
      empty,
      'mermaid',
      0,
      '',
      'No relationship in "." leads anywhere: nothing was drawn.\n',
    ],
    ['no relationships', empty, 'json', 0, '{\n  "nodes": [],\n  "edges": []\n}\n', ''],
  ])('draws no graph of %s: %o as %s', (_, content, format, status, stdout, stderr) => {
    expect(runIn(content, 'graph', '--format', format)).toEqual({ status, stdout, stderr });
  });

  it.each(['preview', 'roles'])('%s says what is not there', (command) => {
    expect(run(command, '--name', 'nobody')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'There is no relationship "nobody" that can be read.\n',
    });
    expect(run(command, 'schema').stderr).toContain('There is no Hasura metadata in "schema"');
    expect(run(command, '--format', 'xml').stderr).toContain('There is no format "xml"');
  });
});
