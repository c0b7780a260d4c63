import {
  relationship,
  remoteSchema,
  source,
  table,
  tableName,
  toRemoteSchema,
  toSource,
  type World,
} from './world.ts';

/** The worlds of this suite's own exchanges. */

const peopleSchema = `
  interface Node { id: ID! }
  union Anything = Person | Contact
  enum Rank { HIGH LOW }
  scalar uuid
  type Person implements Node {
    id: ID!
    number: Int!
    name: String!
    tags: [String!]!
    contacts(where: ContactFilter, limit: Int = 20): [Contact!]!
    friend: Person
    owner: Node
  }
  type Contact { name: String! address(kind: String!): String! person: Person }
  input ContactFilter { name: TextFilter and: [ContactFilter!] ids: [Int!] rank: Rank }
  input TextFilter { equals: String like: String }
  type Query {
    person(id: ID!): Person
    byNumber(number: Int!): Person
    byUuid(id: uuid!): Person
    byName(name: String): Person
    weighing(weight: Float): Person
    ranked(rank: Rank): Person
    known(is: Boolean): Person
    many(ids: [Int!]!, matrix: [[Int]]): [Person!]!
    search(where: ContactFilter, orders: [ContactFilter!]): [Contact!]!
    node(id: ID!): Node
    anything(id: ID!): Anything
    rank(id: ID!): Rank
    count: Int!
  }`;

const sql = `
  CREATE SCHEMA sales;
  CREATE TABLE region (value text PRIMARY KEY, comment text);
  INSERT INTO region VALUES ('north', NULL);
  CREATE TABLE customer (
    id serial PRIMARY KEY, person_id uuid, name text NOT NULL, "nick-name" text, region text REFERENCES region (value)
  );
  CREATE TABLE invoice (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer (id), total float8);
  CREATE TABLE sales.lead (id bigint PRIMARY KEY, name varchar);
  CREATE TABLE "2024_sales" (id integer PRIMARY KEY);
  CREATE TABLE profile (customer_id integer PRIMARY KEY, bio text, region text REFERENCES region (value));
  CREATE TABLE ticket (id serial PRIMARY KEY, customer_id integer NOT NULL);
  CREATE TABLE untracked (id integer);
  CREATE FUNCTION full_name(of_customer customer) RETURNS text LANGUAGE sql STABLE AS 'SELECT of_customer.name';
  CREATE FUNCTION initials(of_customer customer, length integer) RETURNS text LANGUAGE sql STABLE AS
    'SELECT left(of_customer.name, length)';
  CREATE FUNCTION open_invoices(of_customer customer) RETURNS SETOF invoice LANGUAGE sql STABLE AS
    'SELECT * FROM invoice WHERE customer_id = of_customer.id';`;

const computedField = (name: string) => ({ name, definition: { function: { schema: 'public', name } } });

const customer = table('customer', {
  configuration: {
    column_config: { name: { custom_name: 'customerName' }, 'nick-name': { custom_name: 'nickName' } },
  },
  computed_fields: [computedField('full_name'), computedField('initials'), computedField('open_invoices')],
  array_relationships: [
    {
      name: 'invoices',
      using: { foreign_key_constraint_on: { table: tableName('invoice'), column: 'customer_id' } },
    },
  ],
});

const shopTables = [customer, table('invoice'), table('region', { is_enum: true }), table('sales.lead')];

const shop2 = source('shop2', [table('profile'), table('ticket'), table('region', { is_enum: true })]);

/** Everything consistent, no remote relationship yet. */
export const shop: World = {
  sql,
  sources: [source('shop', [...shopTables, table('2024_sales')]), shop2],
  remoteSchemas: [remoteSchema('people')],
  servers: { people: { typeDefs: peopleSchema } },
};

const withOn = (name: string, definition: Parameters<typeof relationship>[1]) => ({
  ...customer,
  remote_relationships: [relationship(name, definition)],
});

const toProfile = toSource('shop2', tableName('profile'), { id: 'customer_id' });

/** Customers have a profile, in the other source. */
export const shopWithProfile: World = {
  ...shop,
  sources: [source('shop', [withOn('profile', toProfile), table('invoice')]), shop2],
};

/** The profile is there, but its target is not tracked. */
export const shopWithBrokenProfile: World = {
  ...shop,
  sources: [
    source('shop', [withOn('profile', toProfile), table('invoice')]),
    source('shop2', [table('ticket')]),
  ],
};

/** One relationship of each kind, in both forms where there are two. */
export const fourKinds: World = {
  ...shop,
  sources: [
    source('shop', [
      {
        ...customer,
        remote_relationships: [
          relationship('profile', toProfile),
          relationship(
            'person',
            toRemoteSchema('people', ['person_id'], { person: { arguments: { id: '$person_id' } } }),
          ),
          relationship('legacy_person', {
            remote_schema: 'people',
            hasura_fields: ['person_id'],
            remote_field: { person: { arguments: { id: '$person_id' } } },
          }),
        ],
      },
      table('invoice'),
    ]),
    shop2,
  ],
  remoteSchemas: [
    remoteSchema('people', {
      remote_relationships: [
        {
          type_name: 'Person',
          relationships: [
            relationship('customer', toSource('shop', tableName('customer'), { number: 'id' })),
            relationship(
              'self',
              toRemoteSchema('people', ['number'], { byNumber: { arguments: { number: '$number' } } }),
            ),
          ],
        },
      ],
    }),
  ],
};

/** A relationship of a type that is wrong. */
export const brokenTypeRelationship: World = {
  ...shop,
  remoteSchemas: [
    remoteSchema('people', {
      remote_relationships: [
        {
          type_name: 'Person',
          relationships: [relationship('gone', toSource('shop', tableName('nowhere'), { number: 'id' }))],
        },
      ],
    }),
  ],
};

export const empty: World = {};
