import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  expectFindings,
  expectFindingsIn,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';

/** A remote schema joined to itself by the names its customization gives. */
const around: Surroundings = {
  remoteSchemas: {
    orders: `
      type Query { user(id: ID!): User orders: [Order] }
      type User { id: ID! orders: [Order] }
      type Order { id: ID! buyerId: ID! }
    `,
  },
  files: {},
};

const buyer = (type: string, field: string, path: string) => `- name: orders
  definition:
    url: u
    customization:
      root_fields_namespace: shop
      type_names: { prefix: Shop_, mapping: { User: Person } }
      field_names: [{ parent_type: Query, prefix: shop_ }, { parent_type: Order, mapping: { buyerId: buyer_id } }]
  remote_relationships:
    - type_name: ${type}
      relationships:
        - name: buyer
          definition:
            to_remote_schema:
              remote_schema: orders
              lhs_fields: [${field}]
              remote_field: ${path}
`;
const path = '{ user: { arguments: { id: $buyerId } } }';
const text = buyer('Order', 'buyerId', path);

describe('names after customization', () => {
  it('are none of relationships', () => expectNothing(text, around));

  it.each([
    [
      'a type',
      buyer('⟦Shop_Order⟧', 'buyerId', path),
      [
        {
          code: 'unknown-type',
          message:
            'Remote schema "orders" has no type "Shop_Order". The customization of the remote schema gives type "Order" this name; relationships use the original one.',
          fixed: text,
        },
      ],
    ],
    [
      'a field of the path',
      buyer('Order', 'buyerId', '{ ⟦shop_user⟧: { arguments: { id: $buyerId } } }'),
      [
        {
          code: 'unknown-remote-field',
          message:
            'Remote schema "orders" has no query field "shop_user". The customization of the remote schema gives field "user" this name; relationships use the original one.',
          fixed: text,
        },
      ],
    ],
    [
      'a join field',
      buyer('Order', '⟦buyer_id⟧', '{ user: { arguments: { id: x } } }'),
      [
        {
          code: 'unknown-lhs-field',
          message:
            'Type "Order" of remote schema "orders" has no field "buyer_id". The customization of the remote schema gives field "buyerId" this name; relationships use the original one. Did you mean "buyerId"?',
          fixed: buyer('Order', 'buyerId', '{ user: { arguments: { id: x } } }'),
        },
      ],
    ],
    [
      'a mapped type',
      buyer('⟦Person⟧', 'id', '{ user: { arguments: { id: $id } } }'),
      [{ code: 'unknown-type', fixed: buyer('User', 'id', '{ user: { arguments: { id: $id } } }') }],
    ],
    [
      'the namespace',
      buyer(
        'Order',
        'buyerId',
        '{ ⟦shop⟧: { field: { shop_user: { arguments: { id: $buyerId } } }, arguments: {} } }',
      ),
      [
        {
          code: 'unknown-remote-field',
          message:
            'Remote schema "orders" has no query field "shop". It is the namespace that the customization puts around the fields; a path begins below it, with the original names.',
          fixed: buyer(
            'Order',
            'buyerId',
            '\n                user:\n                  arguments:\n                    id: $buyerId',
          ).replace('remote_field: \n', 'remote_field:\n'),
        },
      ],
    ],
  ])('%s', (_, marked, expected) => expectFindings(marked, expected, around));

  const inNamespace = (below: string) => buyer('Order', 'buyerId', `{ ⟦shop⟧: ${below} }`);
  it('the namespace is one at the beginning of a path alone', () =>
    expectFindings(
      buyer(
        'Order',
        'buyerId',
        '{ user: { arguments: { id: $buyerId }, field: { ⟦shop⟧: { arguments: {} } } } }',
      ),
      [{ code: 'unknown-remote-field', message: 'Type "User" has no field "shop".', fixes: [] }],
      around,
    ));

  it.each([
    [
      'a list',
      '{ arguments: {}, field: { user: { arguments: { id: $buyerId, ids: [1] } } } }',
      `
                user:
                  arguments:
                    id: $buyerId
                    ids:
                      - 1`,
    ],
    [
      'the name before customization',
      '{ arguments: {}, field: { user: { arguments: { id: $buyerId } } } }',
      `
                user:
                  arguments:
                    id: $buyerId`,
    ],
  ])('a path begins below the namespace, with %s', (_, below, after) =>
    expectFindings(
      inNamespace(below),
      [
        {
          code: 'unknown-remote-field',
          fixes: ['Begin the path with "user"'],
          fixed: buyer('Order', 'buyerId', after).replace('remote_field: \n', 'remote_field:\n'),
        },
      ],
      around,
    ),
  );

  it.each([
    [
      'two fields',
      '{ arguments: {}, field: { user: { arguments: { id: $buyerId } }, orders: { arguments: {} } } }',
    ],
    ['nothing', '{ arguments: {} }'],
    ['an anchor’s content', '{ arguments: {}, field: { user: { arguments: { <<: { id: $buyerId } } } } }'],
    [
      'a list with a tag in it',
      '{ arguments: {}, field: { user: { arguments: { id: $buyerId, a: [1, !x 2] } } } }',
    ],
    ['a text with a tag', '{ arguments: {}, field: { user: { arguments: { id: $buyerId, a: !x 1 } } } }'],
    [
      'a comment',
      '{ arguments: {}, field: # why\n                { user: { arguments: { id: $buyerId } } } }',
    ],
  ])('offers nothing where there is %s below it', (_, below) => {
    const found = findingsIn(inNamespace(below).replaceAll(/[⟦⟧]/g, ''), around);
    expect(found.filter(({ code }) => code === 'unknown-remote-field').map(({ fixes }) => fixes)).toEqual([
      [],
    ]);
  });

  it('offers nothing where the path is an alias, or has a second field', () => {
    const found = (path: string, before = '') =>
      findingsIn(before + buyer('Order', 'buyerId', path), around)
        .filter(({ code, message }) => code === 'unknown-remote-field' && message.includes('namespace'))
        .map(({ fixes }) => fixes);
    const step = 'shop: { arguments: {}, field: { user: { arguments: { id: $buyerId } } } }';
    expect(found(`{ ${step}, user: { arguments: {} } }`)).toEqual([[]]);
    expect(found('*path', `- { name: x, comment: &path { ${step} }, definition: { url: u } }\n`)).toEqual([
      [],
    ]);
  });

  it('takes a `#` of JSON for what it is', () =>
    expectFindingsIn(
      'json',
      JSON.stringify(
        parse(inNamespace('{ arguments: {}, field: { user: { arguments: { id: $buyerId, a: "b #c" } } } }')),
      ),
      [{ code: 'unknown-remote-field', fixes: ['Begin the path with "user"'] }],
      around,
    ));
});
