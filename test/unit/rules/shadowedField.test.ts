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
      'the aggregate of a table relationship',
      inSource(
        `        - name: ⟦tickets⟧\n          ${toTickets()}\n`,
        '      computed_fields:\n        - { name: tickets_aggregate, definition: { function: f } }\n',
      ),
      { code: 'shadowed-field' },
    ],
  ]);
  it.each([
    ['another name', onPerson('tickets', toTickets()), people],
    ['no schema', onPerson('orders', toTickets()), {}],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );
});
