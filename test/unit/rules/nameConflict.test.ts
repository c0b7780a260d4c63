import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { inSource, toPeople } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('name-conflict', () => {
  rows([
    [
      'an array relationship',
      inSource(
        `        - name: ⟦orders⟧\n          ${toPeople}\n`,
        '      array_relationships:\n        - { name: orders, using: { foreign_key_constraint_on: { table: order, column: customer_id } } }\n',
      ),
      {
        code: 'name-conflict',
        severity: 'error',
        serverMessage: 'Conflicting objects: conflicting definitions for field "orders"',
        related: ['orders'],
      },
    ],
    [
      'a computed field',
      inSource(
        `        - name: ⟦orders⟧\n          ${toPeople}\n`,
        '      computed_fields:\n        - { name: orders, definition: { function: f } }\n',
      ),
      { code: 'name-conflict', message: /a computed field "orders"/ },
    ],
    [
      'an object relationship and a computed field, which drop each other',
      inSource(
        `        - name: ⟦orders⟧\n          ${toPeople}\n`,
        '      object_relationships:\n        - { name: orders, using: {} }\n      computed_fields:\n        - { name: orders, definition: { function: f } }\n',
      ),
      {
        code: 'name-conflict',
        severity: 'warning',
        message:
          /also has an object relationship and a computed field "orders": .* keeps the remote relationship/,
        serverMessage: 'Conflicting objects: conflicting definitions for field "orders"',
        related: ['orders', 'orders'],
      },
    ],
    [
      'a request, with what the project knows',
      `type: pg_create_remote_relationship\nargs: { source: shop, table: customer, name: ⟦orders⟧, ${toPeople} }\n`,
      {
        code: 'name-conflict',
        message: 'This table already has an object relationship "orders": the server drops both.',
      },
      {
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      object_relationships:\n        - { name: orders, using: {} }\n',
          ),
        },
        complete: false,
      },
    ],
    [
      'a delete request',
      'type: pg_delete_remote_relationship\nargs: { source: shop, table: customer, name: ⟦orders⟧ }\n',
      { code: 'name-conflict', serverMessage: 'expecting a remote relationship' },
      {
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      object_relationships:\n        - { name: orders, using: {} }\n',
          ),
        },
      },
    ],
  ]);
  it('is not reported for a relationship of another table', () =>
    expectNothing(
      `- table: a\n  remote_relationships: [{ name: orders, ${toPeople} }]\n- table: b\n  array_relationships: [{ name: orders, using: {} }]\n`,
    ));
});
