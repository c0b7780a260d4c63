import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../support/checkText.ts';
import { completeAt, request } from './support.ts';

const profile = { name: 'profile', definition: {} };
const ofMetadata: Surroundings = {
  ...request,
  files: {
    'metadata.json': JSON.stringify({
      version: 3,
      sources: [
        {
          name: 'default',
          kind: 'postgres',
          configuration: {},
          tables: [{ table: { schema: 'public', name: 'customer' }, remote_relationships: [profile] }],
        },
      ],
      remote_schemas: [
        {
          name: 'people',
          definition: { url: 'https://people.example/graphql' },
          remote_relationships: [{ type_name: 'Person', relationships: [{ ...profile, name: 'orders' }] }],
        },
      ],
    }),
  },
};

describe('the name of a relationship in a request', () => {
  const named = (command: string, args: string) =>
    completeAt(`{"type": "${command}", "args": {${args}, "name": "▮"}}`, 'json', ofMetadata).labels;
  it.each([
    ['to delete one of a table', 'pg_delete_remote_relationship', '"table": "customer"', ['profile']],
    ['to change one of a table', 'pg_update_remote_relationship', '"table": "customer"', ['profile']],
    ['of a table that has none', 'pg_delete_remote_relationship', '"table": "other"', []],
    [
      'to delete one of a type',
      'delete_remote_schema_remote_relationship',
      '"remote_schema": "people", "type_name": "Person"',
      ['orders'],
    ],
  ])('is one that there is, %s', (_, command, args, names) => {
    expect(named(command, args)).toEqual(names);
  });

  const leading = (definition: object) => `"definition": ${JSON.stringify(definition)}`;
  const toPeople = leading({
    to_remote_schema: {
      remote_schema: 'people',
      lhs_fields: [],
      remote_field: { profile: { arguments: {} } },
    },
  });
  const toOrders = leading({
    to_source: { source: 'default', table: 'orders', relationship_type: 'array', field_mapping: {} },
  });
  it.each([
    [
      'for a table',
      'pg_create_remote_relationship',
      `"table": "customer", ${toPeople}`,
      ['profile_2', 'people'],
    ],
    [
      'for another table',
      'pg_create_remote_relationship',
      `"table": "other", ${toPeople}`,
      ['profile', 'people'],
    ],
    [
      'for a type',
      'create_remote_schema_remote_relationship',
      `"remote_schema": "people", "type_name": "Person", ${toOrders}`,
      ['orders_2', 'default'],
    ],
    [
      'for another type',
      'create_remote_schema_remote_relationship',
      `"remote_schema": "people", "type_name": "Address", ${toOrders}`,
      ['orders', 'default'],
    ],
  ])('is one that there is not, to create one %s', (_, command, args, names) => {
    expect(named(command, args)).toEqual(names);
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

  it.each([
    ['a separator', '##▮# Remove it\nGET http://localhost/healthz\n'],
    ['a separator, at its end', '### Remove it▮\nGET http://localhost/healthz\n'],
    ['the next request', 'GE▮T http://localhost/healthz\n'],
  ])('offers nothing for an unfinished body in %s behind it', (_, behind) => {
    const body = '{\n  "type": "pg_delete_remote_relationship",\n  "args": {\n    "table": "customer"\n';
    expect(
      completeAt(`POST http://localhost/v1/metadata\n\n${body}${behind}`, 'http', anywhere).labels,
    ).toEqual([]);
  });
});
