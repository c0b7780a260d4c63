import { expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type LensParts, lenses } from '../../../server/src/features/navigation/lenses.ts';
import { documentUses } from '../../../server/src/join/uses.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf } from '../support/checkText.ts';
import { remoteSchemas, surroundings } from './support.ts';

const all: LensParts = { targets: true, references: true, actions: false };

/** `line: title (name)` of each lens; the joins counted are those of the text alone. */
function lensesIn(
  text: string,
  parts: LensParts = all,
  where = surroundings,
  language: SyntaxLanguage = 'yaml',
): string[] {
  const context = contextOf(text, where, language);
  const uses = documentUses(context);
  return lenses(context, uses, uses.joined, parts).map(({ place, title, name }) => {
    const line = text.slice(0, place.offset).split('\n').length;
    return `${line}: ${title} (${text.slice(name.offset, name.offset + name.length)})`;
  });
}

const tables = `- table: customer
  remote_relationships:
    - name: friend
      definition:
        to_remote_schema:
          remote_schema: people
          lhs_fields: [id]
          remote_field: { person: { arguments: { id: $id }, field: { address: { arguments: {} } } } }
    - name: tickets
      definition:
        to_source: { relationship_type: array, source: helpdesk, table: { name: ticket, schema: public }, field_mapping: { id: id } }
- table: { schema: sales, name: invoice }
  remote_relationships:
    - name: tickets
      definition:
        to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: { id: id } }
    - name: parent
      definition:
        to_source: { relationship_type: object, source: default, table: customer, field_mapping: { id: id } }
`;
const where = { ...surroundings, location: { role: 'tables', source: 'default' } } as const;

it('say where relationships lead, and how many lead to the same', () => {
  expect(lensesIn(tables, all, where)).toEqual([
    '1: joined by 1 (customer)',
    '3: to people.person.address (address)',
    '9: to helpdesk.ticket · also joined by 1 (ticket)',
    '14: to helpdesk.ticket · also joined by 1 (ticket)',
    '17: to default.customer (customer)',
  ]);
});

it('are the same in JSON', () => {
  const json = JSON.stringify(parseYaml(tables), undefined, 2);
  const titles = (lines: readonly string[]) => lines.map((line) => line.replace(/^\d+/, ''));
  expect(titles(lensesIn(json, all, where, 'json'))).toEqual(titles(lensesIn(tables, all, where)));
});

it('are in parts', () => {
  expect(lensesIn(tables, { ...all, references: false }, where)).toEqual([
    '3: to people.person.address (address)',
    '9: to helpdesk.ticket (ticket)',
    '14: to helpdesk.ticket (ticket)',
    '17: to default.customer (customer)',
  ]);
  expect(lensesIn(tables, { ...all, targets: false }, where)).toEqual([
    '1: joined by 1 (customer)',
    '9: also joined by 1 (ticket)',
    '14: also joined by 1 (ticket)',
  ]);
  expect(lensesIn(tables, { ...all, targets: false, references: false }, where)).toEqual([]);
  expect(lensesIn(tables, { targets: false, references: false, actions: true }, where)).toEqual([
    '1: Add Remote Relationship… (customer)',
    '12: Add Remote Relationship… (invoice)',
  ]);
});

it('count a relationship once, whatever repeats it, and none for itself', () => {
  const once = `- table: customer
  remote_relationships:
    - name: parent
      definition:
        to_source: { relationship_type: object, source: default, table: customer, field_mapping: { id: id } }
`;
  expect(lensesIn(once, all, where)).toEqual([
    '1: joined by 1 (customer)',
    '3: to default.customer (customer)',
  ]);
  const shared = `- table: customer
  remote_relationships: &all
    - name: parent
      definition: &definition
        to_source: { relationship_type: object, source: default, table: ticket, field_mapping: { id: id } }
    - { name: other, definition: *definition }
- table: ticket
  remote_relationships: *all
`;
  expect(lensesIn(shared, { ...all, targets: false }, where)).toEqual(['7: joined by 2 (ticket)']);
});

it('stand above relationships of remote schema types, and above those in requests, which join nothing yet', () => {
  const types = `- name: people
  definition: { url: http://people.example }
  remote_relationships:
    - type_name: Person
      relationships:
        - name: customers
          definition:
            to_source: { relationship_type: array, source: default, table: customer, field_mapping: { id: person_id } }
`;
  expect(lensesIn(types, all, remoteSchemas)).toEqual(['6: to default.customer (customer)']);
  const request = JSON.stringify({
    type: 'pg_create_remote_relationship',
    args: {
      source: 'default',
      table: 'customer',
      name: 'self',
      definition: {
        to_source: {
          relationship_type: 'object',
          source: 'default',
          table: 'customer',
          field_mapping: { id: 'id' },
        },
      },
    },
  });
  expect(
    lensesIn(
      `POST http://localhost/v1/metadata\n\n${request}\n`,
      all,
      { ...surroundings, location: {} },
      'http',
    ),
  ).toEqual(['3: to default.customer (customer)']);
});

it('say nothing of what is half written, and show names as they are', () => {
  const relationship = (definition: string) =>
    `table: customer\nremote_relationships:\n  - name: a\n    definition: ${definition}\n`;
  expect(lensesIn(relationship(''))).toEqual([]);
  expect(lensesIn(relationship('{ to_source: { source: helpdesk } }'))).toEqual([]);
  expect(lensesIn(relationship('{ to_remote_schema: { remote_schema: people, remote_field: {} } }'))).toEqual(
    [],
  );
  expect(lensesIn(relationship('{ to_source: { source: "a\\u202eb", table: "c\\nd" } }'))).toEqual([
    '3: to a\\u202eb.c\\nd (c\\nd)',
  ]);
});
