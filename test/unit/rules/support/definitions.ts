/** Definitions, and what they stand in, for rules that need no schema. */

export const definition = `to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { me: { arguments: {} } } }`;

/** A table entry with one relationship whose definition is given. */
export const inTable = (text: string) => `table: customer
remote_relationships:
  - name: profile
    definition:
      ${text.trim().replaceAll('\n', '\n      ')}
`;

export const inRequest = (args: string) => `type: pg_create_remote_relationship
args:
  table: customer
  name: profile
  ${args.trim().replaceAll('\n', '\n  ')}
`;

export const P1 = 'Remote fields are represented by an object that maps each field name to its arguments.';

export const P2 = `${P1}Remote arguments are represented by an object that maps each argument name to its value.`;

export const toPeople =
  'definition: { to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { person: { arguments: { id: $id } } } } }';

export const toTickets = (type = 'array') =>
  `definition: { to_source: { relationship_type: ${type}, source: helpdesk, table: ticket, field_mapping: { id: customer_id } } }`;

/** `databases.yaml` with one table written out. */
export const inSource = (relationships: string, more = '') => `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: public, name: customer }
${more}      remote_relationships:
${relationships}`;
