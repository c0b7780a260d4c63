import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { inSource, toPeople } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('relationship-name', () => {
  rows([
    [
      'a hyphen',
      inSource(`        - name: ⟦my-profile⟧\n          ${toPeople}\n`),
      {
        code: 'relationship-name',
        severity: 'error',
        serverMessage:
          'cannot include "my-profile" in the GraphQL schema because  it is not a valid GraphQL identifier',
        fixed: inSource(`        - name: my_profile\n          ${toPeople}\n`),
      },
    ],
    [
      'several in a row',
      inSource(`        - name: '⟦my - profile⟧'\n          ${toPeople}\n`),
      { code: 'relationship-name', fixed: inSource(`        - name: 'my_profile'\n          ${toPeople}\n`) },
    ],
    [
      'blanks around it',
      inSource(`        - name: '⟦ profile ⟧'\n          ${toPeople}\n`),
      { code: 'relationship-name', fixed: inSource(`        - name: 'profile'\n          ${toPeople}\n`) },
    ],
    [
      'what no change of a character makes a name',
      inSource(`        - name: ⟦1st⟧\n          ${toPeople}\n`),
      { code: 'relationship-name', fixes: [] },
    ],
    [
      'an alias',
      inSource(
        `        - name: ⟦*n⟧\n          ${toPeople}\n`,
        '      select_permissions: [{ role: &n my-profile }]\n',
      ),
      { code: 'relationship-name', fixes: [] },
    ],
    [
      'several lines',
      inSource(`        - name: >-\n            my-profile\n          ${toPeople}\n`),
      { code: 'relationship-name', fixes: [] },
    ],
    [
      'with an object argument the server refuses it earlier',
      inSource(
        `        - name: ⟦my-profile⟧\n          ${toPeople.replace('id: $id }', 'where: { id: $id } }')}\n`,
      ),
      {
        code: 'relationship-name',
        serverMessage:
          'Inconsistent object: in table "customer": in remote relationship "my-profile": "my-profile" is not a valid GraphQL identifier',
      },
    ],
    [
      'without the blank before v2.21',
      inSource(
        `        - name: ⟦1st⟧\n          ${toPeople.replace('id: $id }', 'where: [{ id: $id }] }')}\n`,
      ),
      {
        code: 'relationship-name',
        serverMessage:
          'Inconsistent object: in table "customer": in remote relationship"1st": "1st" is not a valid GraphQL identifier',
      },
      { serverVersion: 'v2.20.1' },
    ],
  ]);
  it('is not reported where it is deleted', () =>
    expectNothing('type: pg_delete_remote_relationship\nargs: { table: customer, name: my-profile }\n'));
});
