import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { inSource, toPeople, toTickets } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('duplicate-relationship', () => {
  const two = `        - name: profile\n          ${toPeople}\n        - name: ⟦profile⟧\n          ${toTickets()}\n`;
  rows([
    [
      'in one table',
      inSource(two),
      {
        code: 'duplicate-relationship',
        severity: 'error',
        serverMessage: 'multiple declarations exist for the following remote relationships: profile',
        related: ['profile'],
        relationship: 'profile',
      },
    ],
    [
      'the text up to v2.1',
      inSource(two),
      {
        code: 'duplicate-relationship',
        serverMessage: 'multiple declarations exist for the following remote relationships : ["profile"]',
      },
      { serverVersion: '2.1.1' },
    ],
    [
      'through an alias: at both places',
      inSource(`        - &r\n          name: profile\n          ${toPeople}\n        - ⟦*r⟧\n`),
      { code: 'duplicate-relationship', related: ['profile'] },
    ],
    [
      'through a merge key',
      inSource(`        - &r\n          name: profile\n          ${toPeople}\n        - ⟦<⟧<: *r\n`),
      { code: 'duplicate-relationship', related: ['profile'] },
    ],
    [
      'three times, and another name',
      inSource(
        ['a', '⟦a⟧', 'b', '⟦a⟧', '⟦b⟧']
          .map((name) => `        - name: ${name}\n          ${toPeople}\n`)
          .join(''),
      ),
      Array.from({ length: 3 }, () => ({
        code: 'duplicate-relationship',
        serverMessage: 'multiple declarations exist for the following remote relationships: a, b',
      })),
    ],
  ]);
  it.each([
    [
      'two tables',
      `- table: a\n  remote_relationships: [{ name: profile, ${toPeople} }]\n- table: b\n  remote_relationships: [{ name: profile, ${toPeople} }]\n`,
    ],
    [
      'requests, which replace each other',
      `- type: pg_create_remote_relationship\n  args: { table: a, name: profile, ${toPeople} }\n- type: pg_create_remote_relationship\n  args: { table: a, name: profile, ${toPeople} }\n`,
    ],
    [
      'two tables that share a list',
      `- table: a\n  remote_relationships: &all\n    - name: profile\n      ${toPeople}\n- table: b\n  remote_relationships: *all\n`,
    ],
  ])('is not reported: %s', (_, text) => expectNothing(text));
});
