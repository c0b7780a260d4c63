import type { Surroundings } from '../support/checkText.ts';

/** A customer table and a people service: what the tests of the join rules join. */
export const people = `
type Query {
  person(id: ID!, locale: String): Person
  personByAge(age: Int!): Person
  people(where: PersonFilter, limit: Int, ids: [ID!], tags: [[String]], score: Float, active: Boolean, kind: Kind, day: Date, name: String): [Person!]!
  peopleIn(filters: [PersonFilter!]!, matrix: [[PersonFilter]]): [Person]
  search(text: String): SearchResult
  node(id: ID!): Node
  kindOf(id: ID!): Kind
  nameOf(id: ID!): String
  user(id: ID!, old: Int @deprecated(reason: "Use id.")): Person @deprecated(reason: "Use person.")
  hello: String
  create(input: PersonInput!): Person
}
type Mutation { addPerson(name: String): Person }
interface Node { id: ID! }
type Person implements Node { id: ID! name: String friends(first: Int!): [Person] address(kind: String!): Address hello(loud: Boolean!): String }
type Address { city: String }
type Book { title: String }
union SearchResult = Person | Book
enum Kind { FRIEND FOE }
scalar Date
input PersonFilter { _or: [PersonFilter!] id: IdFilter name: String kind: Kind old: Int @deprecated }
input IdFilter { _eq: ID _in: [ID!] }
input PersonInput { name: String! age: Int! = 1 role: String! }
`;

export const helpdesk = {
  tables: [
    {
      table: 'ticket',
      columns: { id: 'integer!', customer_id: 'uuid!', status: 'text!', note: 'text' },
      foreignKeys: [{ columns: ['status'], table: 'ticket_status' }],
      computedFields: [{ name: 'priority', type: 'integer', scalar: true, arguments: 0 }],
    },
    { table: 'ticket_status', columns: { value: 'text!' }, isEnum: true },
    { table: { schema: 'archive', name: 'ticket_old' }, columns: { id: 'integer!' } },
  ],
};

export const surroundings: Surroundings = {
  sources: {
    default: {
      tables: [
        {
          table: 'customer',
          columns: {
            id: 'uuid!',
            person_id: 'integer!',
            email: 'text',
            age: 'integer!',
            active: 'boolean!',
            'odd-name': 'text!',
            joined: 'timestamptz!',
            nested: 'object',
          },
          computedFields: [
            {
              name: 'full_name',
              type: 'text',
              scalar: true,
              arguments: 0,
              functionName: 'customer_full_name',
            },
            { name: 'rank', type: 'integer', scalar: true, arguments: 1, functionName: 'customer_rank' },
            { name: 'orders_of', scalar: false, arguments: 0, functionName: 'customer_orders' },
            { name: 'mystery' },
          ],
        },
        { table: 'guest' },
      ],
    },
    helpdesk,
    warehouse: {
      kind: 'bigquery',
      tables: [{ table: { dataset: 'sales', name: 'orders' }, columns: { customer: 'STRING' } }],
    },
    sql: { kind: 'mssql', tables: [{ table: 'account', columns: { id: 'int!' } }] },
    mongo: {
      kind: 'mongo',
      tables: [{ table: ['shop', 'cart'], columns: { id: 'string!', lines: 'object' } }],
    },
    dark: {},
  },
  remoteSchemas: { people, unreachable: null },
};

/** A relationship of `customer` to a remote schema; `field` is the remote field tree, in YAML. */
export function toRemoteSchema(
  lhsFields: string,
  field: string,
  { schema = 'people', table = 'customer', name = 'profile' } = {},
): string {
  return `table: ${table}
remote_relationships:
  - name: ${name}
    definition:
      to_remote_schema:
        remote_schema: ${schema}
        lhs_fields: ${lhsFields}
        remote_field:
${indented(field, 10)}
`;
}

/** As `toRemoteSchema`, in the form every server knows. */
export function legacy(hasuraFields: string, field: string): string {
  return `table: customer
remote_relationships:
  - name: profile
    definition:
      remote_schema: people
      hasura_fields: ${hasuraFields}
      remote_field:
${indented(field, 8)}
`;
}

/** A relationship of `customer` to a table of a source. */
export function toSource(
  fieldMapping: string,
  { source = 'helpdesk', target = 'ticket', table = 'customer', name = 'tickets' } = {},
): string {
  return `table: ${table}
remote_relationships:
  - name: ${name}
    definition:
      to_source:
        relationship_type: array
        source: ${source}
        table: ${target}
        field_mapping: ${fieldMapping}
`;
}

/** A relationship of a type of `people` to a source. */
export function onType(type: string, fieldMapping = '{ id: customer_id }'): string {
  return `- name: people
  definition: { url: "https://people.example/graphql" }
  remote_relationships:
    - type_name: ${type}
      relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: array
              source: helpdesk
              table: ticket
              field_mapping: ${fieldMapping}
`;
}

/** What the server puts before its text. */
export const inProfile = 'Inconsistent object: in table "customer": in remote relationship "profile": ';
export const inTickets = 'Inconsistent object: in table "customer": in remote relationship "tickets": ';

export function indented(text: string, by: number): string {
  return text
    .replace(/^\n/, '')
    .trimEnd()
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}
