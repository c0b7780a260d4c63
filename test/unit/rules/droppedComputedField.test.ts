import { describe, expect, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';

const field = { name: 'full_name', type: 'text', scalar: true, arguments: 0 };
const around: Surroundings = {
  files: {},
  remoteSchemas: { people: null },
  sources: {
    shop: {
      tables: [{ table: 'customer', columns: { id: 'text!' }, computedFields: [field], foreignKeys: [] }],
    },
  },
};
const toPeople = (column: string) =>
  `definition: { to_remote_schema: { remote_schema: people, lhs_fields: [${column}], remote_field: { person: { arguments: { id: $${column.replaceAll(/⟦|⟧/g, '')} } } } } }`;
const toSelf = (column: string) =>
  `definition: { to_source: { relationship_type: object, source: shop, table: customer, field_mapping: { ${column}: id } } }`;
const inTable = (relationships: readonly [string, string][], more = '') => `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: customer
      computed_fields: [{ name: full_name, definition: { function: f } }]
${more}      remote_relationships:
${relationships.map(([name, definition]) => `        - { name: ${name}, ${definition} }\n`).join('')}`;

const dropped: ExpectedFinding = {
  code: 'dropped-computed-field',
  severity: 'error',
  serverMessage: 'Inconsistent object: table "customer" has no field named "full_name"',
};

describe('dropped-computed-field', () => {
  it.each([
    ['to a remote schema', toPeople('⟦full_name⟧')],
    ['to a source', toSelf('⟦full_name⟧')],
  ])('a remote relationship has the name: %s', (_, definition) =>
    expectFindings(
      inTable([
        ['profile', definition],
        ['full_name', toPeople('id')],
      ]),
      [
        { ...dropped, message: /because a remote relationship of table "customer"/, relationship: 'profile' },
        { code: 'name-conflict' },
      ],
      around,
    ),
  );

  it('a local relationship has the name', () =>
    expectFindings(
      inTable(
        [['profile', toPeople('⟦full_name⟧')]],
        '      array_relationships: [{ name: full_name, using: {} }]\n',
      ),
      [{ ...dropped, message: /because an array relationship of table "customer"/ }],
      around,
    ));

  it.each<[string, string]>([
    ['no relationship of the name', inTable([['profile', toPeople('full_name')]])],
    [
      'another join field',
      inTable([['profile', toPeople('id')]], '      array_relationships: [{ name: full_name, using: {} }]\n'),
    ],
  ])('is not reported: %s', (_, text) => expectNothing(text, around));

  it('of a column that has the name of a relationship, the conflict alone is told', () =>
    expectFindings(
      inTable([
        ['profile', toPeople('id')],
        ['⟦id⟧', toPeople('id')],
      ]),
      [{ code: 'name-conflicts-with-column' }],
      around,
    ));

  it.each<[string, Surroundings]>([
    [
      'takes arguments',
      {
        ...around,
        sources: {
          shop: {
            tables: [
              { table: 'customer', columns: { id: 'text!' }, computedFields: [{ ...field, arguments: 1 }] },
            ],
          },
        },
      },
    ],
    ['is older than joins on such', { ...around, serverVersion: '2.0.1' }],
  ])('of a computed field that %s, that is what is told', (_, surroundings) =>
    expect(
      findingsIn(
        inTable(
          [['profile', toPeople('full_name')]],
          '      array_relationships: [{ name: full_name, using: {} }]\n',
        ),
        surroundings,
      ).map(({ code }) => code),
    ).not.toContain('dropped-computed-field'),
  );

  it('of a name that a column has as well, nothing is told: the column is joined on', () =>
    expectNothing(
      inTable(
        [['profile', toPeople('full_name')]],
        '      array_relationships: [{ name: full_name, using: {} }]\n',
      ),
      {
        ...around,
        sources: {
          shop: {
            tables: [
              { table: 'customer', columns: { id: 'text!', full_name: 'text!' }, computedFields: [field] },
            ],
          },
        },
      },
    ));

  it('of the relationship itself, the conflict alone is told', () =>
    expectFindings(inTable([['full_name', toPeople('full_name')]]), [{ code: 'name-conflict' }], around));
});
