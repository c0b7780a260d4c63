import type { MetadataModel } from '../../../server/src/metadata/relationship.ts';
import { indent } from './support.ts';

export const items = `
- name: profile
  definition:
    to_remote_schema:
      remote_schema: people
      lhs_fields: [person_id]
      remote_field:
        person:
          arguments: { id: $person_id }
- name: tickets
  definition:
    to_source:
      relationship_type: array
      source: helpdesk
      table: { schema: public, name: ticket }
      field_mapping: { id: customer_id }
- name: old_profile
  definition:
    remote_schema: people
    hasura_fields: [person_id]
    remote_field:
      person: { arguments: { id: $person_id } }
`.trim();

export const table = `
table: { schema: public, name: customer }
remote_relationships:
${indent(items, 2)}`.trim();

export const remoteSchema = `
name: people
definition: { url: https://people.example/graphql, timeout_seconds: 60 }
remote_relationships:
  - type_name: Person
    relationships:
${indent(items, 6)}`.trim();

export const asItem = (entry: string): string => `- ${indent(entry, 2).trim()}`;

export const source = `
name: shop
kind: pg
configuration: {}
tables:
${indent(asItem(table), 2)}`.trim();

export const document = `
version: 3
sources:
${indent(asItem(source), 2)}
remote_schemas:
${indent(asItem(remoteSchema), 2)}`.trim();

export const oldDocument = `
version: 2
tables:
${indent(asItem(table), 2)}
remote_schemas:
${indent(asItem(remoteSchema), 2)}`.trim();

/** Who owns each relationship, in short. */
export function owners(model: MetadataModel): string[] {
  return model.relationships.map(({ owner, name }) => {
    const own = name.state === 'present' ? name.value : name.state;
    if (owner.kind === 'action-type') return `action.${own}`;
    return owner.kind === 'table'
      ? `${owner.source?.name ?? '?'}:${owner.table.state === 'present' ? owner.table.value.name : '?'}.${own}`
      : `${owner.remoteSchema?.name ?? '?'}:${owner.typeName.state === 'present' ? owner.typeName.value : '?'}.${own}`;
  });
}

export const ofTable = (of: string): string[] =>
  ['profile', 'tickets', 'old_profile'].map((name) => `${of}.${name}`);

/** A table entry with one relationship item. */
export const withItem = (item: string): string =>
  `table: { schema: public, name: t }\nremote_relationships:\n${indent(asItem(item), 2)}`;
export const withDefinition = (text: string): string => withItem(`name: r\ndefinition: ${text}`);

export const unified = '{remote_schema: people, lhs_fields: [], remote_field: {f: {arguments: {}}}}';
export const toSource = '{relationship_type: object, source: s, table: t, field_mapping: {a: b}}';
export const legacyKeys = 'remote_schema: people, hasura_fields: [], remote_field: {f: {arguments: {}}}';
export const lenient =
  'remote relationship definition (lenient format) expects exactly one of: remote_schema, to_source, to_remote_schema';
