import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { normalisePath, uriOfPath } from '../../../server/src/project/files.ts';
import { nodeFileSystem } from '../../../server/src/project/nodeFiles.ts';
import { Workspace, type WorkspaceOptions } from '../../../server/src/project/workspace.ts';

/** A folder with these files, removed when the test is over. */
export class TemporaryFolder {
  readonly path: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.path = normalisePath(realpathSync.native(mkdtempSync(join(tmpdir(), 'remote-relationships-'))));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
  }

  write(name: string, text: string): void {
    const path = this.file(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  remove(name: string): void {
    rmSync(this.file(name), { recursive: true });
  }

  file(name: string): string {
    return normalisePath(`${this.path}/${name}`);
  }

  uri(name: string): string {
    return uriOfPath(this.file(name));
  }
}

/** A workspace on real files, with everything read. What it logs fails the test. */
export async function workspaceOf(
  folders: readonly string[],
  options: Partial<WorkspaceOptions> = {},
): Promise<Workspace> {
  const workspace = new Workspace({
    disk: nodeFileSystem,
    log: (message) => {
      throw new Error(message);
    },
    ...options,
  });
  workspace.setFolders(folders);
  await settle(workspace);
  return workspace;
}

/** Finds and reads what is new. */
export async function settle(workspace: Workspace): Promise<void> {
  await workspace.discover();
  for (const _ of workspace.load());
}

/** `code line` of each finding of a file, in order. */
export function codesIn(workspace: Workspace, path: string): string[] {
  const result = workspace.documents.read(path);
  const text = result.ok ? result.text : '';
  return workspace
    .findings(path)
    .findings.map(({ code, offset }) => `${code} ${text.slice(0, offset).split('\n').length}`);
}

/** A project of the CLI with one table and one remote relationship, all of it right. */
export const smallProject: Readonly<Record<string, string>> = {
  'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: metadata\n',
  'metadata/version.yaml': 'version: 3\n',
  'metadata/databases/databases.yaml':
    '- name: default\n  kind: postgres\n  configuration: {}\n  tables: "!include default/tables/tables.yaml"\n',
  'metadata/databases/default/tables/tables.yaml': '- "!include public_customer.yaml"\n',
  'metadata/databases/default/tables/public_customer.yaml': `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          person:
            arguments: { id: $person_id }
`,
  'metadata/remote_schemas.yaml': '- name: people\n  definition: { url: "https://people.example/graphql" }\n',
  'schema/default.tables.json': JSON.stringify([
    {
      schema: 'public',
      name: 'customer',
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'person_id', type: 'uuid', nullable: false },
      ],
    },
  ]),
  'schema/people.graphql':
    'type Query {\n  person(id: ID!): Person\n}\ntype Person { id: ID! name: String }\n',
};

export const customerTable = 'metadata/databases/default/tables/public_customer.yaml';
