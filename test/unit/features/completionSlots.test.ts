import { describe, expect, it } from 'vitest';
import { InsertTextMode } from 'vscode-languageserver-types';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { completeAt, marker, remoteSchemas, request, surroundings } from './support.ts';

/** A text of each language around a definition, which is written as the value of its key. */
const around = {
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

type Style = keyof typeof around;

const languages: Record<Style, SyntaxLanguage> = { block: 'yaml', flow: 'yaml', json: 'json' };

interface SlotCase {
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

const cases: readonly SlotCase[] = [
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

const rows = cases.flatMap((one) =>
  (['block', 'flow', 'json'] as const).map((style): [string, Style, SlotCase] => [one.slot, style, one]),
);

describe('completion of a definition', () => {
  it.each(rows)('%s in %s style', (_, style, { first, not, choose, ...texts }) => {
    const [before, after] = texts[style];
    const completed = completeAt(around[style](before), languages[style]);
    expect(completed.labels.slice(0, first.length)).toEqual(first);
    for (const label of not ?? []) expect(completed.labels).not.toContain(label);
    expect(completed.choose(choose)).toBe(around[style](after));
  });

  it.each(rows)('%s in %s style, without snippets', (_, style, { choose, ...texts }) => {
    const completed = completeAt(around[style](texts[style][0]), languages[style], surroundings, {
      snippets: false,
    });
    expect(completed.choose(choose).replace(marker, '')).toBe(
      around[style](texts[style][1]).replace(marker, ''),
    );
  });
});

describe('completion of a definition, in an editor that indents what is inserted', () => {
  it.each(rows)('%s in %s style', (_, style, { choose, ...texts }) => {
    const [before, after] = texts[style];
    const completed = completeAt(around[style](before), languages[style], surroundings, {
      indents: true,
      insertTextMode: InsertTextMode.adjustIndentation,
    });
    expect(completed.choose(choose)).toBe(around[style](after));
  });
});

describe('completion around definitions', () => {
  it.each([
    [
      'a new relationship',
      'table: customer\nremote_relationships:\n  - ▮',
      'name',
      'table: customer\nremote_relationships:\n  - name: ▮',
    ],
    [
      'a new relationship without its dash',
      'table: customer\nremote_relationships:\n  ▮',
      'name',
      'table: customer\nremote_relationships:\n  - name: ▮',
    ],
    [
      'a whole relationship',
      'table: customer\nremote_relationships:\n  - ▮\n',
      'relationship to a table',
      'table: customer\nremote_relationships:\n  - name: ▮\n    definition:\n      to_source:\n        relationship_type: object\n        source: \n        table: \n        field_mapping:\n          \n',
    ],
    [
      'the second key of a relationship',
      'table: customer\nremote_relationships:\n  - name: a\n    ▮',
      'definition',
      'table: customer\nremote_relationships:\n  - name: a\n    definition:\n      ▮',
    ],
    [
      'a key in an object that stands where a list should',
      'table: customer\nremote_relationships:\n  name: a\n  ▮',
      'definition',
      'table: customer\nremote_relationships:\n  name: a\n  definition:\n    ▮',
    ],
    [
      'a key of a table',
      'table: customer\nremote▮',
      'remote_relationships',
      'table: customer\nremote_relationships:\n  - name: ▮\n    definition:\n      ',
    ],
    [
      'the table of a table',
      'table: ▮\nis_enum: false\n',
      'customer',
      'table:\n  schema: public\n  name: customer▮\nis_enum: false\n',
    ],
    ['is_enum', 'table: customer\nis_enum: ▮', 'true', 'table: customer\nis_enum: true▮'],
    [
      'a definition before the name',
      'table: customer\nremote_relationships:\n  - definition:\n      ▮\n    name: a\n',
      'to_source',
      'table: customer\nremote_relationships:\n  - definition:\n      to_source:\n        relationship_type: ▮object\n        source: \n        table: \n        field_mapping:\n          \n    name: a\n',
    ],
    [
      'a key in braces without its word',
      'table: {▮: sales, name: invoice}\nremote_relationships: []\n',
      'schema',
      'table: {schema▮: sales, name: invoice}\nremote_relationships: []\n',
    ],
    [
      'what the file indents by 4 blanks',
      'table:\n    schema: public\n    name: customer\n▮',
      'remote_relationships',
      'table:\n    schema: public\n    name: customer\nremote_relationships:\n    - name: ▮\n      definition:\n          ',
    ],
    [
      'what the file indents by 4 blanks, lists by 2',
      'table:\n    schema: public\n    name: customer\nremote_relationships:\n  - name: a\n    ▮',
      'definition',
      'table:\n    schema: public\n    name: customer\nremote_relationships:\n  - name: a\n    definition:\n        ▮',
    ],
    [
      'what the file indents its lists by, where nothing else tells',
      'table: customer\nremote_relationships:\n    - name: a\n      ▮',
      'definition',
      'table: customer\nremote_relationships:\n    - name: a\n      definition:\n          ▮',
    ],
    [
      'lists that are not indented',
      'table:\n  schema: public\n  name: customer\narray_relationships:\n- name: a\n▮',
      'remote_relationships',
      'table:\n  schema: public\n  name: customer\narray_relationships:\n- name: a\nremote_relationships:\n- name: ▮\n  definition:\n    ',
    ],
    [
      'input objects in lists that are not indented, 4 blanks',
      'table: customer\nremote_relationships:\n- name: a\n  definition:\n      to_remote_schema:\n          remote_schema: people\n          lhs_fields:\n          - email\n          remote_field:\n              ▮',
      'create',
      'table: customer\nremote_relationships:\n- name: a\n  definition:\n      to_remote_schema:\n          remote_schema: people\n          lhs_fields:\n          - email\n          remote_field:\n              create:\n                  arguments:\n                      input:\n                          name: ▮$email\n                          tags:\n                          - label: $email',
    ],
  ])('%s', (_, before, label, after) => {
    expect(completeAt(before).choose(label)).toBe(after);
  });

  it.each([
    [
      'a type',
      '- name: people\n  remote_relationships:\n    - ▮',
      'type_name',
      '- name: people\n  remote_relationships:\n    - type_name: ▮',
    ],
    [
      'a type name',
      '- name: people\n  remote_relationships:\n    - type_name: ▮',
      'Person',
      '- name: people\n  remote_relationships:\n    - type_name: Person▮',
    ],
  ])('of remote schemas: %s', (_, before, label, after) => {
    expect(completeAt(before, 'yaml', remoteSchemas).choose(label)).toBe(after);
  });

  it('offers object types only, the query root last', () => {
    const { labels } = completeAt(
      '- name: people\n  remote_relationships:\n    - type_name: ▮',
      'yaml',
      remoteSchemas,
    );
    expect(labels).toEqual(['Person', 'Address', 'Query', 'Mutation']);
  });

  it('offers no type that the list has already', () => {
    const { labels } = completeAt(
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships: []\n    - type_name: ▮',
      'yaml',
      remoteSchemas,
    );
    expect(labels).not.toContain('Person');
  });

  it.each([
    ['the schema of the type last', '- name: people', 'forum', 'people'],
    ['another schema first', '- name: forum', 'people', 'forum'],
  ])('leads to remote schemas, %s', (_, head, first, last) => {
    const { labels } = completeAt(
      `${head}\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n          definition:\n            to_remote_schema:\n              remote_schema: ▮`,
      'yaml',
      remoteSchemas,
    );
    expect([labels[0], labels.at(-1)]).toEqual([first, last]);
  });

  it('joins a type on its fields without arguments', () => {
    const { labels } = completeAt(
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n          definition:\n            to_source:\n              field_mapping:\n                ▮',
      'yaml',
      remoteSchemas,
    );
    expect(labels).toEqual(['id', 'name', 'number', 'named']);
  });
});

describe('completion of requests', () => {
  it.each([
    [
      'command',
      '{"type": "▮"}',
      'pg_create_remote_relationship',
      '{"type": "pg_create_remote_relationship"▮}',
    ],
    ['key of a request', '{"type": "bulk", ▮}', 'args', '{"type": "bulk", "args": {▮}}'],
    [
      'key of a request in bulk',
      '{"type": "bulk", "args": [{▮}]}',
      'type',
      '{"type": "bulk", "args": [{"type": "▮"}]}',
    ],
    [
      'key of args',
      '{"type": "pg_create_remote_relationship", "args": {"name": "x", "ta▮}}',
      'table',
      '{"type": "pg_create_remote_relationship", "args": {"name": "x", "table": "▮"}}',
    ],
    [
      'table of a request, in string form after a quote',
      '{"type": "pg_delete_remote_relationship", "args": {"source": "helpdesk", "table": "▮"}}',
      'ticket',
      '{"type": "pg_delete_remote_relationship", "args": {"source": "helpdesk", "table": "ticket"▮}}',
    ],
    [
      'key of args before type',
      '{"args": {"remote_schema": "people", ▮}, "type": "create_remote_schema_remote_relationship"}',
      'type_name',
      '{"args": {"remote_schema": "people", "type_name": "▮"}, "type": "create_remote_schema_remote_relationship"}',
    ],
    [
      'type_name of a request',
      '{"type": "create_remote_schema_remote_relationship", "args": {"remote_schema": "people", "type_name": "P▮"}}',
      'Person',
      '{"type": "create_remote_schema_remote_relationship", "args": {"remote_schema": "people", "type_name": "Person"▮}}',
    ],
    [
      'flat request',
      '{"type": "pg_create_remote_relationship", "args": {"table": "customer", "name": "x", "remote_schema": "people", "hasura_fields": ["▮"]}}',
      'person_id',
      '{"type": "pg_create_remote_relationship", "args": {"table": "customer", "name": "x", "remote_schema": "people", "hasura_fields": ["person_id"▮]}}',
    ],
  ])('%s', (_, before, label, after) => {
    expect(completeAt(before, 'json', request).choose(label)).toBe(after);
  });

  it.each([
    ['of the project first', 'json', '{"type": "▮"}', 'pg_create_remote_relationship'],
    [
      'of the kind of the source that is named',
      'json',
      '{"type": "▮", "args": {"source": "warehouse"}}',
      'bigquery_create_remote_relationship',
    ],
    [
      'of remote schemas where a type is named',
      'json',
      '{"type": "▮", "args": {"type_name": "Person"}}',
      'create_remote_schema_remote_relationship',
    ],
    [
      'without a prefix below /v1/query',
      'http',
      'POST http://localhost/v1/query\n\n{"type": "▮"}\n',
      'create_remote_relationship',
    ],
    [
      'without a prefix beside others without one',
      'json',
      '[{"type": "delete_remote_relationship", "args": {"table": "customer", "name": "a"}}, {"type": "▮"}]',
      'create_remote_relationship',
    ],
  ] as const)('offers the commands %s', (_, language, text, first) => {
    const { labels } = completeAt(text, language, request);
    expect(labels[0]).toBe(first);
    expect(new Set(labels).size).toBe(labels.length);
  });

  const { location: _, ...anywhere } = request;

  it.each([
    ['an empty body', 'http', 'POST http://localhost/v1/metadata\n\n{▮}\n', 'type'],
    ['a body with half a key', 'http', 'POST http://localhost/v1/metadata\n\n{\n  "ty▮\n}\n', 'type'],
    [
      'half a command, by its arguments',
      'json',
      '{"type": "pg_▮", "args": {"table": "customer", "name": "a", "definition": {"to_source": {}}}}',
      'pg_create_remote_relationship',
    ],
    [
      'half a command, by the arguments of the older form',
      'json',
      '{"type": "▮", "args": {"table": "customer", "remote_schema": "people", "hasura_fields": [], "remote_field": {}}}',
      'pg_create_remote_relationship',
    ],
    [
      'half a bulk, by its requests',
      'json',
      '{"type": "b▮", "args": [{"type": "pg_delete_remote_relationship", "args": {"table": "customer", "name": "a"}}]}',
      'bulk',
    ],
  ] as const)('recognises %s', (_, language, text, label) => {
    expect(completeAt(text, language, anywhere).labels).toContain(label);
  });

  it('completes the body of a .http file', () => {
    const head = 'POST http://localhost:8080/v1/metadata\nContent-Type: application/json\n\n';
    const body =
      '{\n  "type": "pg_create_remote_relationship",\n  "args": {\n    "table": "customer",\n    "name": "x",\n    "definition": { "to_remote_schema": { "remote_schema": "people", "lhs_fields": [▮] } }\n  }\n}\n\n###\nGET http://localhost:8080/healthz\n';
    const completed = completeAt(head + body, 'http', request);
    expect(completed.labels).toContain('person_id');
    expect(completed.choose('person_id')).toBe(head + body.replace('[▮]', '["person_id"▮]'));
  });
});
