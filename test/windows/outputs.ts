/** What the built command line prints and writes, so that two systems can be compared. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run } from '../../scripts/run.ts';

const commandLine = path.join(root, 'dist/cli.cjs');

const broken: Readonly<Record<string, string>> = {
  'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: metadata\n',
  'metadata/version.yaml': 'version: 3\n',
  'metadata/databases/databases.yaml':
    '- name: default\r\n  kind: postgres\r\n  configuration: {}\r\n  tables: "!include default/tables/tables.yaml"\r\n',
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include gone.yaml"\n- "!include ../../../../../elsewhere.yaml"\n',
  'metadata/databases/default/tables/public_customer.yaml': `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [nothing]
        remote_field: { persona: { arguments: { id: $person_id } } }
`,
  'metadata/remote_schemas.yaml': '- name: people\n  definition: { url: "https://people.example/graphql" }\n',
  'remote-relationships.config.json': JSON.stringify({
    sources: { default: { tables: 'schema\\\\gone.tables.json' } },
    remoteSchemas: { people: { schema: './schema/*.graphql' } },
  }),
  'schema/people.graphql': 'type Query { person(id: ID!): Person }\ntype Person { id: ID! }\n',
};

/** What was printed elsewhere is kept here. */
export const expectedFile = path.join(root, 'test-results/windows/expected.json');

export interface Run {
  readonly command: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Outputs {
  /** The endpoint that was asked. */
  readonly endpoint: string;
  readonly runs: readonly Run[];
  /** What there is in the end: the bytes of each file, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

const commands: readonly (readonly string[])[] = [
  ['--help'],
  ['lint'],
  ['lint', '--require-schemas', 'metadata/databases', 'export/../requests'],
  ['lint', 'gone.yaml'],
  ['lint', 'broken'],
  ['lint', 'broken/metadata/databases/default/tables/public_customer.yaml', '--format', 'json'],
  ['diff'],
  ['diff', '--format', 'json', 'metadata/databases/shop'],
  ['pull'],
  ['lint', '--format', 'json', '.'],
];

/** Guards nothing but the samples. */
export const adminSecret = 'practice';

/** Runs the commands on a copy of the samples, with a project beside them that has mistakes. */
export async function outputsOn(endpoint: string): Promise<Outputs> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'remote-relationships-'));
  try {
    cpSync(path.join(root, 'samples'), cwd, { recursive: true });
    for (const [name, text] of Object.entries(broken)) write(path.join(cwd, 'broken', name), text);
    const secret = { HASURA_GRAPHQL_ENDPOINT: endpoint, HASURA_GRAPHQL_ADMIN_SECRET: adminSecret };
    const env = { ...process.env, ...secret };
    const runs: Run[] = [];
    for (const command of commands) {
      const { code, stdout, stderr } = await run(process.execPath, [commandLine, ...command], { cwd, env });
      runs.push({ command, code, stdout, stderr });
    }
    return { endpoint, runs, files: filesIn(cwd) };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files
      .map((file) => [path.relative(folder, file).replaceAll('\\', '/'), readFileSync(file, 'base64')])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );
}
