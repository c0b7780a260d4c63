import { stringify } from 'yaml';
import { lint } from '../../../server/src/cli/lint.ts';
import type { LintFinding, ReportedFinding } from '../../../server/src/cli/report/finding.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

/** Whole projects, checked as the command line does it. */

export type Files = Readonly<Record<string, string>>;

export interface Found extends ReportedFinding {
  /** What the range covers. */
  readonly text: string;
}

/** Checks a folder with these files. What the engine notes, but for what it says of paths, fails the test. */
export async function check(files: Files, paths: readonly string[] = ['.']): Promise<Found[]> {
  const folder = new TemporaryFolder(files);
  const found = await lint({
    paths,
    configuration: undefined,
    workingDirectory: folder.path,
    note: (message) => {
      throw new Error(message);
    },
  });
  return found.map((finding) => ({ ...finding, text: covered(files[finding.file] ?? '', finding) }));
}

/** Errors and warnings alone: `code «text»`. */
export async function complaints(files: Files, paths?: readonly string[]): Promise<string[]> {
  const found = await check(files, paths);
  return found
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, text }) => `${code} «${text}»`);
}

function covered(text: string, { line, column, endLine, endColumn }: LintFinding): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return text.slice((starts[line - 1] ?? 0) + column - 1, (starts[endLine - 1] ?? 0) + endColumn - 1);
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export function yaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false });
}

// ---- a project -----------------------------------------------------------------------------------------------

export const customerFile = 'metadata/databases/shop/tables/public_customer.yaml';
export const remoteSchemasFile = 'metadata/remote_schemas.yaml';
export const databasesFile = 'metadata/databases/databases.yaml';

const toPeople = (remote_field: unknown = { person: { arguments: { id: '$person_id' } } }) => ({
  to_remote_schema: { remote_schema: 'people', lhs_fields: ['person_id'], remote_field },
});

const customer = {
  table: { schema: 'public', name: 'customer' },
  remote_relationships: [
    { name: 'profile', definition: toPeople() },
    {
      name: 'tickets',
      definition: {
        to_source: {
          relationship_type: 'array',
          source: 'helpdesk',
          table: { schema: 'public', name: 'ticket' },
          field_mapping: { id: 'customer_id' },
        },
      },
    },
    {
      name: 'old_profile',
      definition: {
        remote_schema: 'people',
        hasura_fields: ['person_id'],
        remote_field: { person: { arguments: { id: '$person_id' } } },
      },
    },
  ],
};

const remoteSchemas = [
  {
    name: 'people',
    definition: { url: 'https://people.example/graphql' },
    remote_relationships: [
      {
        type_name: 'Person',
        relationships: [
          {
            name: 'orders',
            definition: {
              to_source: {
                relationship_type: 'array',
                source: 'shop',
                table: 'invoice',
                field_mapping: { id: 'person_id' },
              },
            },
          },
          {
            name: 'posts',
            definition: {
              to_remote_schema: {
                remote_schema: 'forum',
                lhs_fields: ['id'],
                remote_field: { postsBy: { arguments: { author: '$id' } } },
              },
            },
          },
        ],
      },
    ],
  },
  { name: 'forum', definition: { url: 'https://forum.example/graphql' } },
];

/** A metadata document with these relationships of the customers. */
export function metadata(relationships: readonly unknown[] = customer.remote_relationships) {
  return {
    version: 3,
    sources: [
      {
        name: 'shop',
        kind: 'postgres',
        tables: [{ ...customer, remote_relationships: relationships }, { table: 'invoice' }],
        configuration: {},
      },
      { name: 'helpdesk', kind: 'postgres', tables: [{ table: 'ticket' }], configuration: {} },
    ],
    remote_schemas: remoteSchemas,
  };
}

const column = (name: string, type: string) => ({ name, type, nullable: false });

/** Table snapshots and SDL, found by convention. */
export const schemas: Files = {
  'schema/shop.tables.json': json([
    {
      schema: 'public',
      name: 'customer',
      columns: [column('id', 'integer'), column('person_id', 'uuid'), column('status', 'text')],
    },
    {
      schema: 'public',
      name: 'invoice',
      columns: [column('id', 'integer'), column('person_id', 'uuid')],
    },
  ]),
  'schema/helpdesk.tables.json': json([
    {
      schema: 'public',
      name: 'ticket',
      columns: [column('id', 'integer'), column('customer_id', 'integer')],
    },
  ]),
  'schema/people.graphql': `type Query {
  person(id: ID!): Person
  persons(where: PersonFilter, limit: Int, ids: [ID!], flag: Boolean): [Person!]!
  node(id: ID!): Node
  company: Company
}
interface Node { id: ID! }
type Person implements Node { id: ID! name: String }
type Company { name: String }
input PersonFilter { _or: [PersonFilter!] id: IdFilter }
input IdFilter { _eq: ID }
`,
  'schema/forum.graphql': 'type Query { postsBy(author: ID!): [Post!]! }\ntype Post { id: ID! }\n',
};

/** All of it as a metadata directory of version 3. */
export const project: Files = {
  ...schemas,
  'config.yaml': 'version: 3\n',
  'metadata/version.yaml': 'version: 3\n',
  [databasesFile]: `- name: shop
  kind: postgres
  configuration: {}
  tables: "!include shop/tables/tables.yaml"
- name: helpdesk
  kind: postgres
  configuration: {}
  tables: "!include helpdesk/tables/tables.yaml"
`,
  'metadata/databases/shop/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include public_invoice.yaml"\n',
  'metadata/databases/shop/tables/public_invoice.yaml': 'table: { schema: public, name: invoice }\n',
  [customerFile]: yaml(customer),
  'metadata/databases/helpdesk/tables/tables.yaml': '- "!include public_ticket.yaml"\n',
  'metadata/databases/helpdesk/tables/public_ticket.yaml': 'table: { schema: public, name: ticket }\n',
  [remoteSchemasFile]: yaml(remoteSchemas),
};

/** The project with other relationships of the customers. */
export function withRelationships(...relationships: readonly unknown[]): Files {
  return { ...project, [customerFile]: yaml({ ...customer, remote_relationships: relationships }) };
}

/** A request about the customers. */
export function request(item: object, command = 'pg_create_remote_relationship') {
  return { type: command, args: { source: 'shop', table: 'customer', ...item } };
}
