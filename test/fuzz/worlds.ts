import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder to begin with: texts by the names of their files. */
export interface World {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

const samples = fileURLToPath(new URL('../../samples', import.meta.url));
/** Projects that were found elsewhere; used where they lie beside the checkout. */
const fixtures = fileURLToPath(new URL('../../../shared/fixtures', import.meta.url));

const endings = /\.(?:ya?ml|json|graphqls?|gql|http)$/;
/** Small enough to be read hundreds of times in a minute. */
const longestFile = 20_000;
const mostFiles = 30;

/** Every world; `own`: only those that every checkout has, so that a seed says the same everywhere. */
export function readWorlds(own: boolean): readonly World[] {
  const found = own
    ? []
    : ['real', 'faults', 'engine', 'second-reading/base'].flatMap((name) =>
        worldsBelow(join(fixtures, name)),
      );
  return [{ name: 'samples', files: readFolder(samples) }, ...madeWorlds, ...found];
}

/** A project a folder, or the folder itself where files lie in it. */
function worldsBelow(folder: string): World[] {
  if (!existsSync(folder)) return [];
  const directories = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const whole = existsSync(join(folder, 'remote-relationships.config.json'));
  const folders = whole ? [folder] : directories.map(({ name }) => join(folder, name)).sort();
  return folders
    .map((each) => ({ name: each.slice(fixtures.length + 1), files: readFolder(each) }))
    .filter(({ files }) => Object.keys(files).length > 0);
}

function readFolder(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => endings.test(name) && statSync(join(folder, name)).size <= longestFile)
    // Those nearer to the top say what the others are.
    .sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b))
    .slice(0, mostFiles);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

// ---- made ones: what the samples lack --------------------------------------------------------------------------

const customers = `table: &customer
  schema: public
  name: customer
remote_relationships:
  - name: profile
    definition: &profile
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          person:
            arguments: { id: $person_id }
  - name: orders
    definition:
      to_source: { relationship_type: array, source: default, table: { schema: public, name: order }, field_mapping: { id: customer_id } }
  # remote-relationships-ignore-next-line unknown-remote-field
  - name: nobody
    definition: { to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { nobody: { arguments: {} } } } }
`;

const orders = `table: { schema: public, name: order }
object_relationships:
  - name: customer
    using: { foreign_key_constraint_on: customer_id }
remote_relationships:
  - definition:
      remote_schema: people
      hasura_fields: [customer_id]
      remote_field: { people: { arguments: { ids: ["$customer_id"] } } }
    name: legacy
`;

const remoteSchemas = `- name: people
  definition:
    url_from_env: PEOPLE_URL
    customization: { root_fields_namespace: staff, type_names: { prefix: P_ } }
  remote_relationships:
    - type_name: P_Person
      relationships:
        - name: orders
          definition:
            to_source:
              relationship_type: array
              source: default
              table: *orders
              field_mapping: { id: customer_id }
- name: forum
  definition: { url: "https://forum.example/graphql" }
`;

const snapshot = JSON.stringify(
  [
    {
      schema: 'public',
      name: 'customer',
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'person_id', type: 'uuid', nullable: false },
      ],
    },
    { schema: 'public', name: 'order', columns: [{ name: 'customer_id', type: 'uuid' }] },
  ],
  null,
  2,
);

const people = `"""Everything"""
type Query {
  person(id: ID!): Person
  people(ids: [ID!]!, where: Filter): [Person!]!
}
interface Named { name: String! }
type Person implements Named { id: ID! name: String! friends(first: Int = 3): [Person!]! kind: Kind @deprecated }
enum Kind { STAFF GUEST }
input Filter { name: String and: [Filter!] }
extend type Query { version: String! }
`;

const introspection = JSON.stringify({
  data: {
    __schema: {
      queryType: { name: 'Query' },
      types: [
        {
          kind: 'OBJECT',
          name: 'Query',
          fields: [
            {
              name: 'posts',
              args: [{ name: 'author', type: { kind: 'SCALAR', name: 'ID' } }],
              type: { kind: 'LIST', ofType: { kind: 'OBJECT', name: 'Post' } },
            },
          ],
          interfaces: [],
        },
        {
          kind: 'OBJECT',
          name: 'Post',
          fields: [{ name: 'title', args: [], type: { kind: 'SCALAR', name: 'String' } }],
          interfaces: [],
        },
        { kind: 'SCALAR', name: 'ID' },
        { kind: 'SCALAR', name: 'String' },
        { kind: 'SCALAR', name: 'Boolean' },
      ],
      directives: [],
    },
  },
});

const exported = `version: 3
sources:
  - name: default
    kind: postgres
    configuration: { connection_info: { database_url: { from_env: PG } } }
    tables:
      - table: customer
        remote_relationships:
          - name: forum
            definition:
              to_remote_schema:
                remote_schema: forum
                lhs_fields: [id]
                remote_field: { posts: { arguments: { author: $id }, field: { title: { arguments: {} } } } }
remote_schemas:
  - name: forum
    definition: { url: "https://forum.example/graphql" }
`;

const request = JSON.stringify(
  {
    type: 'bulk',
    args: [
      {
        type: 'pg_create_remote_relationship',
        args: {
          source: 'default',
          table: { schema: 'public', name: 'customer' },
          name: 'again',
          definition: {
            to_remote_schema: {
              remote_schema: 'people',
              lhs_fields: ['person_id'],
              remote_field: { person: { arguments: { id: '$person_id' } } },
            },
          },
        },
      },
      { type: 'create_remote_relationship', args: { table: 'order', name: 'old', hasura_fields: ['id'] } },
    ],
  },
  null,
  '\t',
);

const http = `### Add
POST http://localhost:8080/v1/metadata HTTP/1.1
content-type: application/json
x-hasura-admin-secret: {{secret}}

${request}

###
# remote-relationships-ignore-file unused-lhs-field
GET http://localhost:8080/v1/version
`;

const madeWorlds: readonly World[] = [
  {
    name: 'directory of version 3, anchors, a glob of SDL',
    files: {
      'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: metadata\n',
      'metadata/version.yaml': 'version: 3\n',
      'metadata/databases/databases.yaml':
        '- name: default\n  kind: postgres\n  configuration: {}\n  tables: "!include default/tables/tables.yaml"\n  functions: "!include default/functions.yaml"\n',
      'metadata/databases/default/functions.yaml': '[]\n',
      'metadata/databases/default/tables/tables.yaml':
        '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n- table: { schema: public, name: item }\n',
      'metadata/databases/default/tables/public_customer.yaml': customers,
      'metadata/databases/default/tables/public_order.yaml': orders,
      'metadata/remote_schemas.yaml': remoteSchemas.replace('*orders', '{ schema: public, name: order }'),
      'schema/default.tables.json': snapshot,
      'parts/people.graphql': people,
      'parts/more.graphql': 'extend type Person { age: Int }\n',
      'schema/forum.json': introspection,
      'remote-relationships.config.yaml':
        '# where facts are\nserverVersion: v2.40.0\nremoteSchemas:\n  people: { schema: "parts/*.graphql" }\nrules:\n  unused-lhs-field: hint\n',
      'migrations/default/1_a/up.json': request,
      'requests/all.http': http,
    },
  },
  {
    name: 'directory of version 2, and an export, with CRLF',
    files: {
      'old/config.yaml': 'version: 2\r\nendpoint: http://localhost:8080\r\n',
      'old/metadata/version.yaml': 'version: 2\r\n',
      'old/metadata/tables.yaml': `- ${customers.trimEnd().replaceAll('\n', '\r\n  ')}\r\n`,
      'old/metadata/remote_schemas.yaml': '- name: people\r\n  definition: { url: x }\r\n',
      'old/schema/default.tables.json': snapshot.replaceAll('\n', '\r\n'),
      'old/schema/people.graphqls': people.replaceAll('\n', '\r\n'),
      'export/hasura_metadata.yaml': exported,
      'export/schema/forum.json': introspection,
      'export/schema/default.tables.json': snapshot,
      'metadata.json': JSON.stringify({ resource_version: 3, metadata: { version: 3, sources: [] } }),
    },
  },
  {
    name: 'a metadata file by config.yaml, and another tool’s directory',
    files: {
      'app/config.yaml':
        'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: x\nmetadata_file: data.yaml\n',
      'app/data.yaml': exported,
      'app/remote-relationships.config.json':
        '{\n  // JSON with comments\n  "sources": { "default": { "kind": "postgres", "tables": "snapshots/all.yaml" } },\n  "remoteSchemas": { "forum": { "schema": "forum.json" } },\n}\n',
      'app/snapshots/all.yaml':
        '# by hand\ndefault:\n  - schema: public\n    name: customer\n    columns:\n      - { name: id, type: uuid }\n      - { name: person_id, type: uuid }\n',
      'app/forum.json': introspection,
      'tool/sources.yaml': '- name: default\n  kind: postgres\n  tables: !include tables/all.yaml\n',
      'tool/version.yaml': 'version: 3\n',
      'tool/remote_schemas.yaml': '- !include people.yaml\n',
      'tool/people.yaml': 'name: people\ndefinition: { url: "https://people.example" }\n',
      'tool/tables/all.yaml': '- !include customer.yaml\n- !include order.yaml\n',
      'tool/tables/customer.yaml': customers,
      'tool/tables/order.yaml': 'table: order\nremote_relationships: !include order_relationships.yaml\n',
      'tool/tables/order_relationships.yaml': `- ${orders.slice(orders.indexOf('definition')).trimEnd().replaceAll('\n      ', '\n    ').replaceAll('\n    name', '\n  name')}\n`,
    },
  },
  {
    name: 'configured without metadata, requests of every kind',
    files: {
      'remote-relationships.config.json': JSON.stringify(
        {
          serverVersion: '2.46',
          sources: {
            default: { kind: 'postgres', tables: 'facts/default.json' },
            ware: { kind: 'bigquery' },
          },
          remoteSchemas: {
            people: { schema: 'facts/people.graphql' },
            forum: { schema: 'facts/post*.json' },
          },
          rules: { 'unused-lhs-field': 'off' },
          endpoints: { local: { url: 'http://localhost:8080' } },
        },
        null,
        2,
      ),
      'facts/default.json': snapshot,
      'facts/people.graphql': people,
      'facts/posts.json': introspection,
      'requests/bulk.json': request,
      'requests/tabs.json': request.replaceAll(': ', ':\t'),
      'requests/some.http': http,
      'requests/replace.json': JSON.stringify({
        type: 'replace_metadata',
        args: { version: 3, sources: [], remote_schemas: [{ name: 'forum' }] },
      }),
      'requests/request.yaml': `type: pg_create_remote_relationship
args:
  source: default
  table: customer
  name: who
  definition:
    to_remote_schema:
      remote_schema: people
      lhs_fields: [person_id]
      remote_field:
        person: { arguments: { id: $person_id } }
---
type: run_sql
args: { sql: select 1 }
`,
    },
  },
];
