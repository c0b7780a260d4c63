import { describe, it } from 'vitest';
import { expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';

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
});
