import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

const inTable = (text: string) =>
  `- name: shop\n  kind: postgres\n  configuration: {}\n  tables:\n    - table: customer\n${text.replaceAll(/^(?=.)/gm, '      ')}`;

describe('duplicate-declaration', () => {
  const code = 'duplicate-declaration';
  rows([
    [
      'a computed field',
      inTable(
        'computed_fields:\n  - { name: full_name, definition: { function: a } }\n  - { name: ⟦full_name⟧, definition: { function: b } }\n',
      ),
      {
        code,
        severity: 'error',
        message: 'This table already has a computed field "full_name".',
        serverMessage: 'multiple declarations exist for the following computed fields: full_name',
        related: ['full_name'],
      },
    ],
    [
      'an object relationship',
      inTable('object_relationships:\n  - { name: owner, using: {} }\n  - { name: ⟦owner⟧, using: {} }\n'),
      { code, serverMessage: 'multiple declarations exist for the following object relationships: owner' },
    ],
    [
      'array relationships, of two names',
      inTable(
        'array_relationships:\n  - { name: a, using: {} }\n  - { name: b, using: {} }\n  - { name: ⟦a⟧, using: {} }\n  - { name: ⟦b⟧, using: {} }\n',
      ),
      [
        { code, serverMessage: 'multiple declarations exist for the following array relationships: a, b' },
        { code, serverMessage: 'multiple declarations exist for the following array relationships: a, b' },
      ],
    ],
    [
      'permissions of one role',
      inTable(
        'select_permissions:\n  - { role: user, permission: {} }\n  - { role: ⟦user⟧, permission: {} }\n',
      ),
      {
        code,
        message: 'This table already has a select permission for role "user".',
        serverMessage: 'multiple declarations exist for the following select permissions: user',
      },
    ],
    [
      'an event trigger',
      inTable('event_triggers: [{ name: a }, { name: b }, { name: ⟦a⟧ }]\n'),
      {
        code,
        message: 'This table already has an event trigger "a".',
        serverMessage: 'multiple declarations exist for the following event triggers: a',
      },
    ],
  ]);

  it('in an earlier version', () =>
    expectFindings(
      inTable('computed_fields: [{ name: a }, { name: a }, { name: b }, { name: b }]\n'),
      [1, 2].map(() => ({
        code,
        serverMessage: 'multiple declarations exist for the following computed fields : ["a","b"]',
      })),
      { serverVersion: '2.1' },
    ));

  it.each([
    ['two names', 'computed_fields:\n  - { name: a }\n  - { name: b }\n'],
    [
      'an object and an array relationship',
      'object_relationships: [{ name: a }]\narray_relationships: [{ name: a }]\n',
    ],
    ['entries without names', 'computed_fields: [{}, {}]\n'],
    [
      'permissions of one role, of two kinds',
      'insert_permissions: [{ role: a }]\nupdate_permissions: [{ role: a }]\ndelete_permissions: [{ role: a }, { role: b }]\n',
    ],
    ['roles that are filled in later', 'select_permissions: [{ role: "{{ROLE}}" }, { role: "{{ROLE}}" }]\n'],
  ])('is not reported: %s', (_, text) => expectNothing(inTable(text)));
});
