import { describe, it } from 'vitest';
import { expectNothing, type Surroundings } from '../support/checkText.ts';
import { inSource, toTickets } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('shadowed-field', () => {
  const sdl =
    'type Query { person(id: Int): Person } type Person { id: Int orders: Int orders_aggregate: Int }';
  const onPerson = (name: string, definition: string) =>
    `- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: ${name}\n          ${definition}\n`;
  const people = { remoteSchemas: { people: sdl } };
  rows([
    [
      'a field of the type',
      onPerson('⟦orders⟧', toTickets('object')),
      { code: 'shadowed-field', severity: 'warning', serverMessage: undefined },
      people,
    ],
    [
      'the field and the aggregate',
      onPerson('⟦orders⟧', toTickets()),
      [{ code: 'shadowed-field' }, { code: 'shadowed-field', message: /"orders_aggregate"/ }],
      people,
    ],
    [
      'a column that has the name of the aggregate',
      inSource(`        - name: ⟦tickets⟧\n          ${toTickets()}\n`),
      {
        code: 'shadowed-field',
        message:
          'The table already has a column "tickets_aggregate": the field "tickets_aggregate" of this array relationship hides it.',
      },
      {
        sources: {
          shop: { tables: [{ table: 'customer', columns: { id: 'int4!', tickets_aggregate: 'text' } }] },
          helpdesk: {},
        },
      },
    ],
    [
      'the aggregate of a table relationship',
      inSource(
        `        - name: ⟦tickets⟧\n          ${toTickets()}\n`,
        '      computed_fields:\n        - { name: tickets_aggregate, definition: { function: f } }\n',
      ),
      { code: 'shadowed-field' },
    ],
  ]);
  it.each([
    [
      'a deletion',
      'type: delete_remote_schema_remote_relationship\nargs: { remote_schema: people, type_name: Person, name: orders }\n',
      people,
    ],
    [
      'one row, which has no aggregate',
      onPerson('other', toTickets('object')),
      { remoteSchemas: { people: sdl.replaceAll('orders', 'other').replace('other: Int', 'x: Int') } },
    ],
    ['another name', onPerson('tickets', toTickets()), people],
    ['no schema', onPerson('orders', toTickets()), {}],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );
});
