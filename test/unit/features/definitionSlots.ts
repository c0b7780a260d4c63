import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';

/** A text of each language around a definition, which is written as the value of its key. */
export const around = {
  block: (definition: string) => `table:
  schema: public
  name: customer
remote_relationships:
  - name: it
    definition:
${definition.replaceAll(/^/gm, '      ')}`,
  flow: (definition: string) => `table: { schema: public, name: customer }
remote_relationships:
  - name: it
    definition: ${definition}
`,
  json: (definition: string) =>
    `{"table": {"schema": "public", "name": "customer"}, "remote_relationships": [{"name": "it", "definition": ${definition}}]}`,
};

export type Style = keyof typeof around;

export const languages: Record<Style, SyntaxLanguage> = { block: 'yaml', flow: 'yaml', json: 'json' };

export interface SlotCase {
  readonly slot: string;
  /** The first items offered, in their order. */
  readonly first: readonly string[];
  readonly not?: readonly string[];
  readonly choose: string;
  /** Definition before and after, by style; `▮` is the cursor. */
  readonly block: readonly [before: string, after: string];
  readonly flow: readonly [before: string, after: string];
  readonly json: readonly [before: string, after: string];
}

export const cases: readonly SlotCase[] = [
  {
    slot: 'form of a definition',
    first: ['to_remote_schema', 'to_source'],
    choose: 'to_source',
    block: ['▮', 'to_source:\n  relationship_type: ▮object\n  source: \n  table: \n  field_mapping:\n    '],
    flow: ['{ ▮ }', '{ to_source: { relationship_type: ▮object, source: , table: , field_mapping: {} } }'],
    json: [
      '{▮}',
      '{"to_source": { "relationship_type": "▮object", "source": "", "table": "", "field_mapping": {} }}',
    ],
  },
  {
    slot: 'key of to_remote_schema',
    first: ['lhs_fields', 'remote_field'],
    not: ['remote_schema'],
    choose: 'lhs_fields',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lh▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [▮]',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, lh▮ } }',
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [▮] } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "lh▮"}}',
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": [▮]}}',
    ],
  },
  {
    slot: 'remote schema name',
    first: ['people', 'forum', 'dark'],
    choose: 'people',
    block: ['to_remote_schema:\n  remote_schema: ▮', 'to_remote_schema:\n  remote_schema: people▮'],
    flow: [
      '{ to_remote_schema: { remote_schema: pe▮ } }',
      '{ to_remote_schema: { remote_schema: people▮ } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "p▮"}}',
      '{"to_remote_schema": {"remote_schema": "people"▮}}',
    ],
  },
  {
    slot: 'column in lhs_fields',
    first: ['person_id', 'email', 'active', 'full_name'],
    not: ['id', 'odd-name'],
    choose: 'email',
    block: [
      'to_remote_schema:\n  lhs_fields:\n    - id\n    - ▮',
      'to_remote_schema:\n  lhs_fields:\n    - id\n    - email▮',
    ],
    flow: [
      '{ to_remote_schema: { lhs_fields: [id, ▮] } }',
      '{ to_remote_schema: { lhs_fields: [id, email▮] } }',
    ],
    json: [
      '{"to_remote_schema": {"lhs_fields": ["id", "em▮"]}}',
      '{"to_remote_schema": {"lhs_fields": ["id", "email"▮]}}',
    ],
  },
  {
    slot: 'column in hasura_fields',
    first: ['id', 'person_id'],
    choose: 'person_id',
    block: [
      'remote_schema: people\nhasura_fields:\n  ▮',
      'remote_schema: people\nhasura_fields:\n  - person_id▮',
    ],
    flow: [
      '{ remote_schema: people, hasura_fields: ▮ }',
      '{ remote_schema: people, hasura_fields: [person_id]▮ }',
    ],
    json: [
      '{"remote_schema": "people", "hasura_fields": [▮]}',
      '{"remote_schema": "people", "hasura_fields": ["person_id"▮]}',
    ],
  },
  {
    slot: 'remote field with a variable of a column of the same name, which is listed first',
    first: ['person', 'personByEmail', 'people', 'peopleById', 'search', 'create', 'old'],
    choose: 'personByEmail',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    perso▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id, email]\n  remote_field:\n    personByEmail:\n      arguments:\n        email: ▮$email',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { ▮ } } }',
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [email], remote_field: { personByEmail: { arguments: { email: ▮$email } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"▮"}}}',
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["email"], "remote_field": {"personByEmail": { "arguments": { "email": "▮$email" } }}}}',
    ],
  },
  {
    slot: 'nested remote field without required arguments',
    first: ['id', 'name', 'number', 'address', 'friends', 'named'],
    choose: 'friends',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    person:\n      arguments: {}\n      field:\n        ▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    person:\n      arguments: {}\n      field:\n        friends:\n          arguments: {}▮',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, remote_field: { person: { arguments: {}, field: { fr▮ } } } } }',
      '{ to_remote_schema: { remote_schema: people, remote_field: { person: { arguments: {}, field: { friends: { arguments: {} }▮ } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"person": {"arguments": {}, "field": {▮}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"person": {"arguments": {}, "field": {"friends": { "arguments": {} }▮}}}}}',
    ],
  },
  {
    slot: 'argument, required ones first',
    first: ['email', 'active'],
    choose: 'active',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [active]\n  remote_field:\n    personByEmail:\n      arguments:\n        ▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [active]\n  remote_field:\n    personByEmail:\n      arguments:\n        active: ▮$active',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [active], remote_field: { personByEmail: { arguments: { ac▮ } } } } }',
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [active], remote_field: { personByEmail: { arguments: { active: ▮$active } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["active"], "remote_field": {"personByEmail": {"arguments": {"a▮"}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["active"], "remote_field": {"personByEmail": {"arguments": {"active": "▮$active"}}}}}',
    ],
  },
  {
    slot: 'field of a nested input object',
    first: ['equals'],
    not: ['like'],
    choose: 'equals',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    people:\n      arguments:\n        where:\n          name:\n            like: a\n            ▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    people:\n      arguments:\n        where:\n          name:\n            like: a\n            equals: ▮',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, remote_field: { people: { arguments: { where: { name: { like: a, ▮ } } } } } } }',
      '{ to_remote_schema: { remote_schema: people, remote_field: { people: { arguments: { where: { name: { like: a, equals: ▮ } } } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"people": {"arguments": {"where": {"name": {"like": "a", ▮}}}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"people": {"arguments": {"where": {"name": {"like": "a", "equals": "▮"}}}}}}}',
    ],
  },
  {
    slot: 'list of input objects gets one element',
    first: ['name', 'and', 'ids', 'old'],
    choose: 'and',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    people:\n      arguments:\n        where:\n          ▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    people:\n      arguments:\n        where:\n          and:\n            - ▮',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, remote_field: { people: { arguments: { where: { ▮ } } } } } }',
      '{ to_remote_schema: { remote_schema: people, remote_field: { people: { arguments: { where: { and: [{▮}] } } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"people": {"arguments": {"where": {▮}}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "remote_field": {"people": {"arguments": {"where": {"and": [{▮}]}}}}}}',
    ],
  },
  {
    slot: 'variable, with the edit that lists its field',
    first: ['$email', '$person_id', '$full_name'],
    choose: '$email',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields:\n    - person_id\n  remote_field:\n    personByEmail:\n      arguments:\n        email: $▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields:\n    - person_id\n    - email\n  remote_field:\n    personByEmail:\n      arguments:\n        email: $email▮',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [person_id], remote_field: { personByEmail: { arguments: { email: $▮ } } } } }',
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [person_id, email], remote_field: { personByEmail: { arguments: { email: $email▮ } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["person_id"], "remote_field": {"personByEmail": {"arguments": {"email": "$▮"}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["person_id", "email"], "remote_field": {"personByEmail": {"arguments": {"email": "$email"▮}}}}}',
    ],
  },
  {
    slot: 'variable for a list is put in a list of one',
    first: ['$id'],
    choose: '$id',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    peopleById:\n      arguments:\n        ids: ▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [id]\n  remote_field:\n    peopleById:\n      arguments:\n        ids: [$id]▮',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { peopleById: { arguments: { ids: $i▮ } } } } }',
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { peopleById: { arguments: { ids: [$id]▮ } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["id"], "remote_field": {"peopleById": {"arguments": {"ids": ▮}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["id"], "remote_field": {"peopleById": {"arguments": {"ids": ["$id"]▮}}}}}',
    ],
  },
  {
    slot: 'boolean',
    first: ['$active'],
    choose: 'true',
    block: [
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [active]\n  remote_field:\n    personByEmail:\n      arguments:\n        active: t▮',
      'to_remote_schema:\n  remote_schema: people\n  lhs_fields: [active]\n  remote_field:\n    personByEmail:\n      arguments:\n        active: true▮',
    ],
    flow: [
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [active], remote_field: { personByEmail: { arguments: { active: ▮ } } } } }',
      '{ to_remote_schema: { remote_schema: people, lhs_fields: [active], remote_field: { personByEmail: { arguments: { active: true▮ } } } } }',
    ],
    json: [
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["active"], "remote_field": {"personByEmail": {"arguments": {"active": ▮}}}}}',
      '{"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["active"], "remote_field": {"personByEmail": {"arguments": {"active": true▮}}}}}',
    ],
  },
  {
    slot: 'relationship_type',
    first: ['object', 'array'],
    choose: 'array',
    block: ['to_source:\n  relationship_type: ▮', 'to_source:\n  relationship_type: array▮'],
    flow: ['{ to_source: { relationship_type: ▮ } }', '{ to_source: { relationship_type: array▮ } }'],
    json: ['{"to_source": {"relationship_type": ▮}}', '{"to_source": {"relationship_type": "array"▮}}'],
  },
  {
    slot: 'source name, the own one last',
    first: ['helpdesk', 'warehouse', 'vendor', 'default'],
    choose: 'helpdesk',
    block: ['to_source:\n  source: ▮\n  table: ticket', 'to_source:\n  source: helpdesk▮\n  table: ticket'],
    flow: [
      '{ to_source: { source: ▮, table: ticket } }',
      '{ to_source: { source: helpdesk▮, table: ticket } }',
    ],
    json: [
      '{"to_source": {"source": "▮", "table": "ticket"}}',
      '{"to_source": {"source": "helpdesk"▮, "table": "ticket"}}',
    ],
  },
  {
    slot: 'table in object form, as the file writes tables',
    first: ['ticket'],
    choose: 'ticket',
    block: [
      'to_source:\n  source: helpdesk\n  table: ▮',
      'to_source:\n  source: helpdesk\n  table:\n    schema: public\n    name: ticket▮',
    ],
    flow: [
      '{ to_source: { source: helpdesk, table: ti▮ } }',
      '{ to_source: { source: helpdesk, table: { schema: public, name: ticket }▮ } }',
    ],
    json: [
      '{"to_source": {"source": "helpdesk", "table": ▮}}',
      '{"to_source": {"source": "helpdesk", "table": { "schema": "public", "name": "ticket" }▮}}',
    ],
  },
  {
    slot: 'table of a bigquery source',
    first: ['goods.stock'],
    choose: 'goods.stock',
    block: [
      'to_source:\n  source: warehouse\n  table:\n    ▮',
      'to_source:\n  source: warehouse\n  table:\n    dataset: goods\n    name: stock▮',
    ],
    flow: [
      '{ to_source: { source: warehouse, table: ▮ } }',
      '{ to_source: { source: warehouse, table: { dataset: goods, name: stock }▮ } }',
    ],
    json: [
      '{"to_source": {"source": "warehouse", "table": ▮}}',
      '{"to_source": {"source": "warehouse", "table": { "dataset": "goods", "name": "stock" }▮}}',
    ],
  },
  {
    slot: 'table of a data connector',
    first: ['main.Artist'],
    choose: 'main.Artist',
    block: [
      'to_source:\n  source: vendor\n  table: ▮',
      'to_source:\n  source: vendor\n  table: [main, Artist]▮',
    ],
    flow: [
      '{ to_source: { source: vendor, table: ▮ } }',
      '{ to_source: { source: vendor, table: [main, Artist]▮ } }',
    ],
    json: [
      '{"to_source": {"source": "vendor", "table": ▮}}',
      '{"to_source": {"source": "vendor", "table": ["main", "Artist"]▮}}',
    ],
  },
  {
    slot: 'name of a table in object form',
    first: ['invoice'],
    not: ['customer'],
    choose: 'invoice',
    block: [
      'to_source:\n  source: default\n  table:\n    schema: sales\n    name: ▮',
      'to_source:\n  source: default\n  table:\n    schema: sales\n    name: invoice▮',
    ],
    flow: [
      '{ to_source: { source: default, table: { schema: sales, name: ▮ } } }',
      '{ to_source: { source: default, table: { schema: sales, name: invoice▮ } } }',
    ],
    json: [
      '{"to_source": {"source": "default", "table": {"schema": "sales", "name": "▮"}}}',
      '{"to_source": {"source": "default", "table": {"schema": "sales", "name": "invoice"▮}}}',
    ],
  },
  {
    slot: 'key of field_mapping',
    first: ['person_id', 'email', 'active', 'odd-name', 'full_name'],
    not: ['id'],
    choose: 'person_id',
    block: [
      'to_source:\n  source: helpdesk\n  table: ticket\n  field_mapping:\n    id: customer_id\n    ▮',
      'to_source:\n  source: helpdesk\n  table: ticket\n  field_mapping:\n    id: customer_id\n    person_id: ▮',
    ],
    flow: [
      '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id, ▮ } } }',
      '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id, person_id: ▮ } } }',
    ],
    json: [
      '{"to_source": {"source": "helpdesk", "table": "ticket", "field_mapping": {"id": "customer_id" ▮}}}',
      '{"to_source": {"source": "helpdesk", "table": "ticket", "field_mapping": {"id": "customer_id", "person_id": "▮"}}}',
    ],
  },
  {
    slot: 'column in field_mapping, none that is mapped already',
    first: ['nr', 'opened', 'id'],
    not: ['customer_id'],
    choose: 'nr',
    block: [
      'to_source:\n  source: helpdesk\n  table: ticket\n  field_mapping:\n    id: customer_id\n    full_name: ▮',
      'to_source:\n  source: helpdesk\n  table: ticket\n  field_mapping:\n    id: customer_id\n    full_name: nr▮',
    ],
    flow: [
      '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id, full_name: ▮ } } }',
      '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id, full_name: nr▮ } } }',
    ],
    json: [
      '{"to_source": {"source": "helpdesk", "table": "ticket", "field_mapping": {"id": "customer_id", "full_name": ▮}}}',
      '{"to_source": {"source": "helpdesk", "table": "ticket", "field_mapping": {"id": "customer_id", "full_name": "nr"▮}}}',
    ],
  },
  {
    slot: 'column in field_mapping, those that agree and are named alike first',
    first: ['customer_id', 'id', 'nr', 'opened'],
    choose: 'customer_id',
    block: [
      'to_source:\n  source: helpdesk\n  table: ticket\n  field_mapping:\n    id: ▮',
      'to_source:\n  source: helpdesk\n  table: ticket\n  field_mapping:\n    id: customer_id▮',
    ],
    flow: [
      '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: ▮ } } }',
      '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id▮ } } }',
    ],
    json: [
      '{"to_source": {"source": "helpdesk", "table": "ticket", "field_mapping": {"id": "▮"}}}',
      '{"to_source": {"source": "helpdesk", "table": "ticket", "field_mapping": {"id": "customer_id"▮}}}',
    ],
  },
];

export const rows = cases.flatMap((one) =>
  (['block', 'flow', 'json'] as const).map((style): [string, Style, SlotCase] => [one.slot, style, one]),
);
