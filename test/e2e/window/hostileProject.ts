import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What would become a button that runs a command, a link, a picture or an icon where it were taken for markup. */
export const trap = '[press](command:hostile.command) [read](https://hostile.example/) $(flame~spin)';

/** The same in the middle of words, so that a place can be told by them. */
export function trapped(word: string): string {
  return `${word} ${trap}`;
}

/** What is left of traps, as selectors. */
export const sprung = [
  '[href*="hostile"]',
  '[data-href*="hostile"]',
  'img[src*="hostile"]',
  '.codicon-flame',
] as const;

export const relationship = trapped('cards');
export const source = trapped('shop');
export const role = `${trapped('guest')} www.hostile.example a@hostile.example $x$ <img src="https://hostile.example/x.png"> |`;

const text = JSON.stringify;

const customer = `table: { schema: public, name: customer }
configuration:
  custom_column_names: { ${text(trapped('column'))}: taken }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id]
        remote_field:
          person:
            arguments:
              id: $id
  - name: ${text(relationship)}
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id]
        remote_field:
          nobody:
            arguments: {}
select_permissions:
  - role: ${text(role)}
    permission: { columns: "*", filter: {} }
`;

/** As Markdown it would be a link, a picture and HTML. */
const description = `${trap} ![picture](https://hostile.example/x.png) <a href="command:hostile.command">press</a> <img src="https://hostile.example/y.png"> www.hostile.example https://hostile.example/z <https://hostile.example/>`;

const files: Readonly<Record<string, string>> = {
  'config.yaml': 'version: 3\nmetadata_directory: metadata\n',
  'metadata/version.yaml': 'version: 3\n',
  'metadata/databases/databases.yaml': `- name: ${text(source)}
  kind: postgres
  configuration: {}
  tables: "!include shop/tables/tables.yaml"
`,
  'metadata/databases/shop/tables/tables.yaml': '- "!include customer.yaml"\n',
  'metadata/databases/shop/tables/customer.yaml': customer,
  'metadata/remote_schemas.yaml': `- name: people
  definition: { url: http://localhost/graphql }
- name: ${text(trapped('ghosts'))}
  definition: { url: http://localhost/graphql }
`,
  'schema/remote.graphql': 'type Query { anything: Int }\n',
  'schema/people.graphql': `type Query {\n  ${text(description)}\n  person(id: ID!): Person\n}\ntype Person {\n  name: String\n}\n`,
};

/** A project in which every name and description is a trap. `endpoint`: what its endpoints' addresses are. */
export async function hostileProject(home: string, endpoint: string): Promise<string> {
  const folder = path.join(home, 'hostile');
  const configuration = {
    remoteSchemaPermissions: true,
    remoteSchemas: {
      people: { schema: 'schema/people.graphql' },
      [trapped('remote')]: { schema: 'schema/remote.graphql' },
    },
    endpoints: {
      [trapped('server')]: { url: endpoint, protected: true },
      'prod.example.com': { url: endpoint.replace('127.0.0.1', 'LOCALHOST') },
      [trapped('broken')]: { url: 'nowhere' },
    },
  };
  const all = { ...files, 'remote-relationships.config.json': JSON.stringify(configuration, null, 2) };
  for (const [name, content] of Object.entries(all)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}
