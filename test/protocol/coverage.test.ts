import { spawnSync } from 'node:child_process';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

const { 'schema/default.tables.json': _, ...withoutSnapshot } = smallProject;
const project: Readonly<Record<string, string>> = {
  ...withoutSnapshot,
  'migrations/default/1_customer/up.sql': 'CREATE TABLE customer (id uuid, person_id uuid);\n',
};
const { 'schema/people.graphql': __, ...withoutSchema } = project;

const hasuraSchema = `scalar uuid
type Query { customer: [customer!]! }
type customer { id: uuid! person_id: uuid }
enum customer_select_column { id person_id }
`;

function coverage(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = new TemporaryFolder(files);
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, 'coverage', ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('coverage', () => {
  it('counts what is checked, by what', () => {
    expect(coverage(project)).toEqual({
      status: 0,
      stderr: '',
      stdout: `                migrations  schema
tables                   1       0
columns                  1       0
remote fields            0       1
arguments                0       1

100 % checked: 4 of 4 names
`,
    });
  });

  it('lists what is checked against nothing, and fails below a minimum', () => {
    const expected = `Checked against nothing:
${customerTable}:9:11  remote field "person"
${customerTable}:10:26  argument "id"

                migrations  nothing
tables                   1        0
columns                  1        0
remote fields            0        1
arguments                0        1

50 % checked: 2 of 4 names
`;
    expect(coverage(withoutSchema)).toEqual({ status: 0, stderr: '', stdout: expected });
    expect(coverage(withoutSchema, '--min', '50').status).toBe(0);
    expect(coverage(withoutSchema, '--min', '50.1').status).toBe(1);
  });

  it('counts what only permissions show as nothing, and tables by a schema of Hasura', () => {
    const { 'migrations/default/1_customer/up.sql': ___, ...others } = withoutSchema;
    const { stdout } = coverage({
      ...others,
      'remote-relationships.config.json':
        '{ "sources": { "default": { "tables": { "graphql": "web/schema.json" } } } }',
      'web/schema.json': JSON.stringify(introspectionFromSchema(buildSchema(hasuraSchema))),
      'metadata/remote_schemas.yaml': `${others['metadata/remote_schemas.yaml']}  permissions:
    - role: user
      definition: { schema: "type Query { person(id: ID!): Person } type Person { name: String }" }
`,
    });
    expect(stdout).toBe(`Checked against nothing:
${customerTable}:9:11  remote field "person"
${customerTable}:10:26  argument "id"

                schema  nothing
tables               1        0
columns              1        0
remote fields        0        1
arguments            0        1

50 % checked: 2 of 4 names
`);
  });

  it('as JSON', () => {
    const { stdout } = coverage(withoutSchema, '--format', 'json', '--project', 'metadata');
    expect(JSON.parse(stdout)).toMatchObject({
      percent: 50,
      checked: 2,
      total: 4,
      names: [
        { kind: 'table', name: 'customer', against: 'migrations', file: customerTable, line: 1, column: 8 },
        { kind: 'column', name: 'person_id', against: 'migrations' },
        { kind: 'remote field', name: 'person', against: 'nothing' },
        { kind: 'argument', name: 'id', against: 'nothing' },
      ],
    });
  });

  it('of nothing is said, and not enough where there is a minimum', () => {
    const stdout = '';
    const stderr = 'There is no Hasura metadata in ".": nothing was checked.\n';
    expect(coverage({})).toEqual({ status: 0, stdout, stderr });
    expect(coverage({}, '--min', '0')).toEqual({ status: 2, stdout, stderr });
    const remoteSchemas = '- name: people\n  definition: { url: "https://people.example/graphql" }\n';
    const empty = { 'config.yaml': 'version: 3\n', 'metadata/remote_schemas.yaml': remoteSchemas };
    expect(coverage(empty, '--min', '100')).toEqual({
      status: 0,
      stdout: '100 % checked: 0 of 0 names\n',
      stderr: '',
    });
  });

  it.each([
    [['--min', 'x'], '--min takes a number from 0 to 100, not "x".\n'],
    [['--min', '101'], '--min takes a number from 0 to 100, not "101".\n'],
    [['--format', 'sarif'], 'There is no format "sarif": it is "text" or "json".\n'],
    [['nowhere'], '"nowhere" does not exist.\n'],
    [['--fix'], 'coverage has no option --fix.\n'],
  ])('can not be said: %j', (args, stderr) => {
    expect(coverage(project, ...args)).toEqual({ status: 2, stdout: '', stderr });
  });
});
