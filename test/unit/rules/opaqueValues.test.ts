import { describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxNode } from '../../../server/src/syntax/tree.ts';
import { findingsIn, type Surroundings } from '../support/checkText.ts';

/**
 * Documents with nothing wrong in them. Whatever a pipeline fills in, in place of any value or key of theirs, may be right:
 * so nothing may be said of it, or of what depends on it.
 */
const metadata = `version: 3
sources:
  - name: shop
    kind: postgres
    configuration: { connection_info: { database_url: { from_env: DB } } }
    customization: { naming_convention: hasura-default, root_fields: { prefix: a_ } }
    tables:
      - table: { schema: public, name: customer }
        configuration:
          custom_name: client
          custom_column_names: { email: mail }
          column_config: { email: { custom_name: mail, comment: c } }
        object_relationships:
          - name: boss
            using: { foreign_key_constraint_on: boss_id }
        computed_fields:
          - name: full_name
            definition: { function: { schema: public, name: full_name } }
        select_permissions:
          - role: user
            permission: { columns: [id], filter: {} }
        remote_relationships:
          - name: profile
            definition:
              to_remote_schema:
                remote_schema: people
                lhs_fields: [person_id]
                remote_field:
                  person:
                    arguments: { id: $person_id, where: { ids: [$person_id], name: x } }
                    field: { address: { arguments: {} } }
          - name: tickets
            definition:
              to_source:
                relationship_type: array
                source: helpdesk
                table: { schema: public, name: ticket }
                field_mapping: { id: customer_id }
          - name: old
            definition:
              remote_schema: people
              hasura_fields: [person_id]
              remote_field: { person: { arguments: { id: $person_id } } }
  - name: helpdesk
    kind: postgres
    configuration: { connection_info: { database_url: { from_env: DB } } }
    tables:
      - table: ticket
remote_schemas:
  - name: people
    definition:
      url: https://people.example
      timeout_seconds: 60
      forward_client_headers: true
      headers: [{ name: X-A, value: a }, { name: X-B, value_from_env: B }]
      customization:
        root_fields_namespace: people
        type_names: { prefix: P_, mapping: { Person: Human } }
        field_names: [{ parent_type: Person, prefix: p_, mapping: { name: called } }]
    permissions:
      - role: user
        definition: { schema: "type Query { me: Person } type Person { id: ID! }" }
    remote_relationships:
      - type_name: Person
        relationships:
          - name: tickets
            definition:
              to_source:
                relationship_type: object
                source: helpdesk
                table: ticket
                field_mapping: { number: customer_id }
actions:
  - name: confirm
    definition: { kind: synchronous, handler: https://x.example }
custom_types:
  objects:
    - name: Output
      fields: [{ name: number, type: Int! }]
      relationships:
        - name: ticket
          type: object
          source: helpdesk
          remote_table: { schema: public, name: ticket }
          field_mapping: { number: customer_id }
`;

const toPeople = `{ remote_schema: people, lhs_fields: [person_id], remote_field: { person: { arguments: { id: $person_id } } } }`;
const table = '{ schema: public, name: customer }';
const requests: readonly string[] = [
  `{ type: pg_create_remote_relationship, args: { source: shop, table: ${table}, name: r, definition: { to_remote_schema: ${toPeople} } } }`,
  `{ type: pg_create_remote_relationship, args: { source: shop, table: ${table}, name: r, definition: { to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: { id: customer_id } } } } }`,
  `{ type: create_remote_relationship, args: { source: shop, table: ${table}, name: r, remote_schema: people, hasura_fields: [person_id], remote_field: { person: { arguments: { id: $person_id } } } } }`,
  `{ type: pg_delete_remote_relationship, args: { source: shop, table: ${table}, name: profile } }`,
  '{ type: create_remote_schema_remote_relationship, args: { remote_schema: people, type_name: Person, name: r, definition: { to_source: { relationship_type: object, source: helpdesk, table: ticket, field_mapping: { number: customer_id } } } } }',
  '{ type: add_remote_schema, args: { name: other, definition: { url: https://o.example, timeout_seconds: 6, customization: { root_fields_namespace: o } }, comment: c } }',
  '{ type: add_remote_schema_permissions, args: { remote_schema: people, role: user, definition: { schema: "type Query { me: Person } type Person { id: ID! }" } } }',
  `{ type: bulk, source: shop, resource_version: 3, args: [{ type: pg_track_table, args: { source: shop, table: { schema: public, name: invoice } } }] }`,
  '{ type: replace_metadata, version: 2, args: { allow_inconsistent_metadata: true, metadata: { version: 3, sources: [], remote_schemas: [{ name: people, definition: { url: u } }] } } }',
  '{ type: set_custom_types, args: { objects: [{ name: Output, fields: [{ name: number, type: Int! }] }] } }',
];

const surroundings: Surroundings = {
  sources: {
    shop: {
      tables: [
        {
          table: 'customer',
          columns: { id: 'int4!', person_id: 'text', email: 'text', boss_id: 'int4' },
          computedFields: [{ name: 'full_name', type: 'text', scalar: true, arguments: 0 }],
        },
        { table: 'invoice', columns: { id: 'int4!' } },
      ],
    },
    helpdesk: { tables: [{ table: 'ticket', columns: { customer_id: 'int4' } }] },
  },
  remoteSchemas: {
    people:
      'type Query { person(id: ID, where: Filter): Person me: Person } input Filter { ids: [ID] name: String } type Person { id: ID! number: Int name: String address: Address } type Address { city: String }',
  },
};

/** The values and keys of a document, each by where it is written. */
function* places(nodes: readonly SyntaxNode[]): Generator<SyntaxNode> {
  for (const node of nodes) {
    if (node.length > 0) yield node;
    if (node.key !== undefined) yield node.key;
    yield* places(node.children);
  }
}

/** What is said of the document with `replacement` in place of each of its parts. */
function saidOf(text: string, replacement: string, around: Surroundings): readonly string[] {
  const found: string[] = [];
  for (const { offset, length } of places(parse(text, 'yaml').roots)) {
    const changed = text.slice(0, offset) + replacement + text.slice(offset + length);
    for (const { code, message } of findingsIn(changed, around)) {
      found.push(`${text.slice(offset, offset + length).split('\n')[0]} → ${code}: ${message}`);
    }
  }
  return found;
}

describe('what is filled in later is taken for right, in place of anything', () => {
  it('in metadata', () => {
    const around = { ...surroundings, files: {} };
    expect(findingsIn(metadata, around)).toEqual([]);
    expect(saidOf(metadata, '"a_{{ later }}"', around)).toEqual([]);
  });

  it.each(requests)('in a request: %s', (text) => {
    const around = { ...surroundings, files: { 'metadata.yaml': metadata } };
    expect(findingsIn(text, around)).toEqual([]);
    expect(saidOf(text, '"{{ later }}"', around)).toEqual([]);
  });

  it('while a wrong value is told', () => {
    const [request = ''] = requests;
    expect(
      saidOf(request, '7', { ...surroundings, files: { 'metadata.yaml': metadata } }).length,
    ).toBeGreaterThan(20);
  });
});
