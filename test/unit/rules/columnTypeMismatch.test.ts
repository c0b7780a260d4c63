import { describe, it } from 'vitest';
import { expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { onType, surroundings, toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('column-type-mismatch', () => {
  const code = 'column-type-mismatch';

  it('a number and a uuid', () => {
    expectFindings(
      toSource('{ age: ⟦customer_id⟧ }'),
      [
        {
          code,
          severity: 'warning',
          serverMessage: undefined,
          related: ['', ''],
          message:
            'Column "customer_id" is of type uuid, but column "age" joined to it is of type integer. The server accepts this, but their values can\'t be equal.',
        },
      ],
      location,
    );
  });

  it.each([
    ['equal types', '{ id: customer_id }'],
    ['a text that may hold a uuid', '{ email: customer_id }'],
    ['two texts', '{ email: note }'],
  ])('says nothing of %s', (_, mapping) => expectNothing(toSource(mapping), location));

  it('reads the types of the source as its database does', () => {
    const bits = (kind: string) => ({
      ...location,
      sources: {
        default: { kind, tables: [{ table: 'customer', columns: { id: 'bit' } }] },
        helpdesk: { kind: 'mssql', tables: [{ table: 'ticket', columns: { open: 'bit', at: 'date' } }] },
      },
    });
    expectNothing(toSource('{ id: open }'), bits('mssql'));
    expectFindings(toSource('{ id: ⟦at⟧ }'), [{ code }], bits('mssql'));
  });

  it('says nothing of a text of a remote schema that may be a uuid', () => {
    expectNothing(onType('Person', '{ name: customer_id }'), { ...surroundings, files: {} });
  });

  const search: Surroundings = {
    sources: {
      helpdesk: {
        tables: [
          {
            table: 'ticket',
            columns: {
              id: 'integer',
              customer_id: 'uuid',
              note: 'text',
              at: 'timestamptz',
              tags: 'text[]',
              data: 'jsonb',
              odd: 'my_type',
            },
          },
        ],
      },
    },
    remoteSchemas: {
      people: `
        type Query { result: Result }
        type Result { ids: [String!]! nums: [Int!] page: Page one: Int flag: Boolean name: String key: ID kind: Kind day: Day at: timestamptz json: JSON other: Anything jsons: [JSON] node: Node }
        type Page { no: Int }
        interface Node { id: ID }
        enum Kind { A B }
        scalar Day
        scalar timestamptz
        scalar JSON
        scalar Anything
      `,
    },
    files: {},
  };

  it.each([
    ['a list of text to a number', 'ids', 'id', '[String!]!'],
    ['a list of numbers to a number', 'nums', 'id', '[Int!]'],
    ['a list to a text', 'ids', 'note', '[String!]!'],
    ['an object to a number', 'page', 'id', 'Page'],
    ['an interface to a uuid', 'node', 'customer_id', 'Node'],
    ['a number to a uuid', 'one', 'customer_id', 'Int'],
    ['a boolean to a uuid', 'flag', 'customer_id', 'Boolean'],
    ['a number to a list', 'one', 'tags', 'Int'],
    ['a custom scalar whose name is known', 'at', 'id', 'timestamptz'],
    ['an enum to a number', 'kind', 'id', 'Kind'],
  ])('%s', (_, field, column, type) => {
    expectFindings(
      onType('Result', `{ ${field}: ⟦${column}⟧ }`),
      [
        {
          code,
          severity: 'warning',
          serverMessage: undefined,
          message: new RegExp(
            `but field "${field}" joined to it is of type ${type.replaceAll(/[[\]]/g, '\\$&')}\\.`,
          ),
        },
      ],
      search,
    );
  });

  it.each([
    ['equal types', 'one', 'id'],
    ['an ID, which may be anything', 'key', 'id'],
    ['a text and a time', 'name', 'at'],
    ['a custom scalar of a name of its own', 'day', 'id'],
    ['a list and a list', 'ids', 'tags'],
    ['JSON, which may be anything', 'json', 'id'],
    ['a scalar that may be a list', 'other', 'tags'],
    ['a list and JSON', 'ids', 'data'],
    ['an object and JSON', 'page', 'data'],
    ['a type of SQL that is not known', 'ids', 'odd'],
    ['an enum and a text', 'kind', 'note'],
  ])('says nothing of %s', (_, field, column) =>
    expectNothing(onType('Result', `{ ${field}: ${column} }`), search),
  );

  it('says nothing where the remote schema is not known', () =>
    expectNothing(onType('Result', '{ ids: id }'), { ...search, remoteSchemas: { people: null } }));
});
