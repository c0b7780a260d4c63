import { describe, expect, it } from 'vitest';
import { relationshipRoles } from '../../../server/src/features/clientRequests/relationshipRoles.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { roleView } from '../../../server/src/join/roleVisibility.ts';
import { TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

const people = `
type Query { person(id: ID!, where: Filter): Person  secret: String }
input Filter { name: String age: Int }
type Person { id: ID! name: String boss: Person place: Place }
type Place { city: String }
`;
const whole = people;

const toPerson = (remoteField: unknown, lhs: readonly string[] = ['id']) => ({
  to_remote_schema: { remote_schema: 'people', lhs_fields: lhs, remote_field: remoteField },
});
const person = { person: { arguments: { id: '$id' } } };
const toOrders = {
  to_source: {
    source: 'default',
    table: 'orders',
    relationship_type: 'array',
    field_mapping: { id: 'user_id' },
  },
};
const select = (role: string, columns: unknown, more: object = {}) => ({
  role,
  permission: { columns, filter: {}, ...more },
});
const permission = (role: string, schema: string) => ({ role, definition: { schema } });

interface World {
  readonly definition: unknown;
  /** Of `users`, which owns the relationship. */
  readonly users?: readonly unknown[] | string;
  readonly orders?: readonly unknown[];
  readonly permissions?: readonly unknown[] | string;
  readonly inherited?: readonly unknown[];
  readonly heeded?: boolean;
  /** The relationship stands on the type `Person`. */
  readonly onType?: boolean;
  readonly typeName?: unknown;
  readonly customNames?: Readonly<Record<string, string>>;
  /** What the definition of the remote schema has beside its URL. */
  readonly remoteSchema?: object;
}

async function contextOf(world: World) {
  const item = { name: 'r', definition: world.definition };
  const metadata = {
    version: 3,
    sources: [
      {
        name: 'default',
        kind: 'postgres',
        configuration: {},
        tables: [
          {
            table: { schema: 'public', name: 'users' },
            configuration: { custom_column_names: world.customNames ?? {} },
            select_permissions: world.users ?? [],
            computed_fields: [{ name: 'full_name', definition: { function: 'full_name' } }],
            ...(world.onType === true ? {} : { remote_relationships: [item] }),
          },
          { table: { schema: 'public', name: 'orders' }, select_permissions: world.orders ?? [] },
        ],
      },
    ],
    remote_schemas: [
      {
        name: 'people',
        definition: { url: 'http://people.example', ...world.remoteSchema },
        permissions: world.permissions ?? [],
        ...(world.onType === true
          ? { remote_relationships: [{ type_name: world.typeName ?? 'Person', relationships: [item] }] }
          : {}),
      },
    ],
    inherited_roles: world.inherited ?? [],
  };
  const folder = new TemporaryFolder({
    'metadata.json': JSON.stringify(metadata),
    'schema/people.graphql': people,
    'schema/default.tables.json': JSON.stringify([
      {
        schema: 'public',
        name: 'users',
        columns: [
          { name: 'id', type: 'uuid', nullable: false },
          { name: 'name', type: 'text' },
        ],
        computedFields: [{ name: 'full_name', type: 'text', scalar: true, arguments: 0 }],
      },
      { schema: 'public', name: 'orders', columns: [{ name: 'user_id', type: 'uuid' }] },
    ]),
    ...(world.heeded === undefined
      ? {}
      : {
          'remote-relationships.config.json': JSON.stringify({ remoteSchemaPermissions: world.heeded }),
        }),
  });
  const workspace = await workspaceOf([folder.path]);
  const context = workspace.context(folder.file('metadata.json'));
  if (context === undefined) throw new Error('no context');
  return context;
}

async function visibility(world: World) {
  const [found] = relationshipRoles(await contextOf(world), undefined);
  expect(found?.name).toBe('r');
  return Object.fromEntries(
    (found?.roles ?? []).map(({ role, state, reasons }) => [role, [state, ...reasons].join(': ')]),
  );
}

describe('which roles reach what a relationship leads to', () => {
  it.each<[string, World, Readonly<Record<string, string>>]>([
    ['nobody is spoken of', { definition: toOrders }, {}],
    [
      'a table: who may select from it and from the target, whichever columns (R45)',
      {
        definition: toOrders,
        users: [
          select('all', '*'),
          select('some', ['id']),
          select('less', ['name']),
          select('half', ['id']),
          select('admin', []),
        ],
        orders: [select('all', '*'), select('some', []), select('less', []), select('alone', '*')],
      },
      {
        all: 'reachable',
        some: 'reachable',
        less: 'reachable',
        half: 'unreachable: Role "half" has no select permission on table "orders".',
        alone: 'unreachable: Role "alone" has no select permission on table "users".',
      },
    ],
    [
      'a computed field',
      {
        definition: toPerson({ person: { arguments: { id: '$full_name' } } }, ['full_name']),
        users: [select('with', [], { computed_fields: ['full_name'] }), select('without', '*')],
        heeded: false,
      },
      {
        with: 'reachable',
        without: 'reachable',
      },
    ],
    [
      'permissions that can’t be read',
      { definition: toOrders, users: '{{PERMISSIONS}}', orders: [select('user', '*')] },
      { user: 'unknown: Who may read table "users" is not known.' },
    ],
    [
      'columns that can’t be read',
      { definition: toOrders, users: [select('user', '{{COLUMNS}}')], orders: [select('user', '*')] },
      { user: 'reachable' },
    ],
    [
      'a table that the server drops',
      {
        definition: toOrders,
        users: [select('user', '*')],
        orders: [select('user', '*')],
        customNames: { gone: 'away' },
      },
      {
        user: expect.stringMatching(/^unreachable: The server considers table "users" inconsistent: .*gone/),
      },
    ],
    [
      'a remote schema where nothing is known of permissions on them',
      { definition: toPerson(person), users: [select('user', '*')] },
      { user: expect.stringMatching(/^unknown: .*"remoteSchemaPermissions" in the settings/) },
    ],
    [
      'a remote schema whose permissions the server is said not to heed',
      {
        definition: toPerson(person),
        users: [select('user', '*'), select('other', [])],
        permissions: [permission('other', 'type Query { secret: String }')],
        heeded: false,
      },
      {
        user: 'reachable',
        other: 'reachable',
      },
    ],
    [
      'a remote schema with permissions',
      {
        definition: toPerson(person),
        users: [
          select('all', '*'),
          select('none', '*'),
          select('less', '*'),
          select('broken', '*'),
          select('conflict', '*'),
        ],
        permissions: [
          permission('all', whole),
          permission('less', 'type Query { secret: String }'),
          permission('broken', 'type Query {'),
          permission('conflict', `<<<<<<< ours\n${whole}=======\n${whole}>>>>>>> theirs\n`),
        ],
      },
      {
        all: 'reachable',
        none: 'unreachable: Role "none" has no permission on remote schema "people".',
        less: 'unreachable: The permission of role "less" on remote schema "people" lacks field "person" of type "Query".',
        broken: 'unknown: The permission of role "broken" on remote schema "people" can\'t be read.',
        conflict: 'unknown: The permission of role "conflict" on remote schema "people" can\'t be read.',
      },
    ],
    [
      'said to heed permissions, without any',
      { definition: toPerson(person), users: [select('user', '*')], heeded: true },
      { user: 'unreachable: Role "user" has no permission on remote schema "people".' },
    ],
    [
      'an argument that is not there',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: [permission('user', 'type Query { person: Person } type Person { name: String }')],
      },
      {
        user: 'unreachable: The permission of role "user" on remote schema "people" lacks "id" of field "person".',
      },
    ],
    [
      'the type of an argument, and of an input field',
      {
        definition: toPerson({ person: { arguments: { id: '$id', where: { age: 1 } } } }),
        users: [select('filter', '*'), select('int', '*')],
        permissions: [
          permission('filter', whole.replace('input Filter { name: String age: Int }', '')),
          permission('int', whole.replace('age: Int', 'age: Age')),
        ],
      },
      {
        filter: 'unreachable: The permission of role "filter" on remote schema "people" lacks type "Filter".',
        int: 'unreachable: The permission of role "int" on remote schema "people" lacks type "Age".',
      },
    ],
    [
      'a list where none is expected, which is another matter',
      {
        definition: toPerson({ person: { arguments: { id: ['$id'], where: { age: [1] } } } }),
        users: [select('user', '*')],
        permissions: [permission('user', whole)],
      },
      { user: 'reachable' },
    ],
    [
      'an object where none is expected, which is another matter',
      {
        definition: toPerson({ person: { arguments: { id: { of: '$id' } } } }),
        users: [select('user', '*')],
        permissions: [permission('user', whole)],
      },
      { user: 'reachable' },
    ],
    [
      'an input field in a list',
      {
        definition: toPerson({ person: { arguments: { id: '$id', where: [{ age: 1 }] } } }),
        users: [select('user', '*')],
        permissions: [
          permission('user', whole.replace('where: Filter', 'where: [Filter]').replace('age: Int', '')),
        ],
      },
      {
        user: 'unreachable: The permission of role "user" on remote schema "people" lacks "age" of type "Filter".',
      },
    ],
    [
      'a permission that shows nothing',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: [{ role: 'user', definition: {} }],
      },
      { user: 'unknown: The permission of role "user" on remote schema "people" can\'t be read.' },
    ],
    [
      'a remote schema whose name can’t be read',
      {
        definition: {
          to_remote_schema: { remote_schema: '{{NAME}}', lhs_fields: ['id'], remote_field: person },
        },
        users: [select('user', '*')],
      },
      { user: 'unknown: A remote schema that it joins is not known.' },
    ],
    [
      'an input field, a type and a field further down',
      {
        definition: toPerson({
          person: {
            arguments: { id: '$id', where: { name: 'x', age: 1 } },
            field: { boss: { arguments: {}, field: { place: { arguments: {} } } } },
          },
        }),
        users: [select('input', '*'), select('type', '*'), select('field', '*')],
        permissions: [
          permission('input', whole.replace('age: Int', '')),
          permission('type', whole.replace('type Place { city: String }', '')),
          permission('field', whole.replace('boss: Person', '')),
        ],
      },
      {
        input:
          'unreachable: The permission of role "input" on remote schema "people" lacks "age" of type "Filter".',
        type: 'unreachable: The permission of role "type" on remote schema "people" lacks type "Place".',
        field:
          'unreachable: The permission of role "field" on remote schema "people" lacks field "boss" of type "Person".',
      },
    ],
    [
      'another query root',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: [
          permission(
            'user',
            'schema { query: Query } type Query { person(id: ID!): Person } type Person { id: ID! }',
          ),
        ],
      },
      { user: 'reachable' },
    ],
    [
      'a type of a remote schema as the left side',
      {
        definition: toOrders,
        onType: true,
        orders: [select('all', '*'), select('less', '*'), select('none', '*')],
        permissions: [permission('all', whole), permission('less', whole.replace('id: ID! name', 'name'))],
      },
      {
        all: 'reachable',
        less: 'unreachable: The permission of role "less" on remote schema "people" lacks field "id" of type "Person".',
        none: 'unreachable: Role "none" has no permission on remote schema "people".',
      },
    ],
    [
      'roles that inherit',
      {
        definition: toPerson(person),
        users: [select('one', ['name']), select('two', ['id'])],
        permissions: [
          permission('one', whole),
          permission('two', `${whole}\n`),
          permission('three', 'type Query { secret: String }'),
        ],
        inherited: [
          { role_name: 'both', role_set: ['one', 'two'] },
          { role_name: 'deep', role_set: ['both', 'deep'] },
          { role_name: 'torn', role_set: ['two', 'three'] },
          { role_name: 'poor', role_set: ['one'] },
        ],
      },
      {
        one: 'reachable',
        two: 'reachable',
        three: expect.stringMatching(/^unreachable: Role "three" has no select permission on table "users"/),
        both: 'reachable',
        deep: 'reachable',
        torn: expect.stringMatching(/^unknown: The roles that role "torn" inherits from have different/),
        poor: 'reachable',
      },
    ],
    [
      'a source that is not there',
      {
        definition: { to_source: { ...toOrders.to_source, source: 'nowhere' } },
        users: [select('user', '*')],
      },
      { user: 'unreachable: The target source does not exist.' },
    ],
    [
      'a table that is not there',
      {
        definition: { to_source: { ...toOrders.to_source, table: 'nowhere' } },
        users: [select('user', '*')],
      },
      { user: 'unreachable: A table that it joins is not tracked.' },
    ],
    [
      'a table whose name can’t be read',
      {
        definition: { to_source: { ...toOrders.to_source, table: '{{TABLE}}' } },
        users: [select('user', '*')],
      },
      { user: 'unknown: A table that it joins is not known.' },
    ],
    [
      'a remote schema that is not there',
      {
        definition: {
          to_remote_schema: { remote_schema: 'nowhere', lhs_fields: ['id'], remote_field: person },
        },
        users: [select('user', '*')],
      },
      { user: 'unreachable: A remote schema that it joins does not exist.' },
    ],
    [
      'permissions of a remote schema that can’t be read',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: '{{PERMISSIONS}}',
        heeded: true,
      },
      { user: 'unknown: Who may use remote schema "people" is not known.' },
    ],
    [
      'a permission of a role that can’t be read',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: [{ role: '{{ROLE}}', definition: { schema: whole } }],
      },
      { user: 'unknown: Who may use remote schema "people" is not known.' },
    ],
    [
      'several reasons, each once',
      {
        definition: toPerson({ person: { arguments: { id: '$id', where: {} } } }),
        users: [select('all', '*')],
        permissions: [permission('user', 'type Query { person: Nobody } type Nobody { name: String }')],
      },
      {
        all: 'unreachable: Role "all" has no permission on remote schema "people".',
        user: 'unreachable: Role "user" has no select permission on table "users".: The permission of role "user" on remote schema "people" lacks "id" of field "person".: The permission of role "user" on remote schema "people" lacks "where" of field "person".',
      },
    ],
    [
      'a permission without a query root',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: [permission('user', 'schema { query: Root } type Person { id: ID! }')],
      },
      { user: 'unreachable: The permission of role "user" on remote schema "people" lacks the query root.' },
    ],
    [
      'fields of a type, handed to a field',
      {
        definition: toPerson({ person: { arguments: { id: '$name' } } }, ['name']),
        onType: true,
        permissions: [
          permission('all', whole),
          permission('less', whole.replace('name: String boss', 'boss')),
        ],
      },
      {
        all: 'reachable',
        less: 'unreachable: The permission of role "less" on remote schema "people" lacks field "name" of type "Person".',
      },
    ],
    [
      'a type that a role sees nothing of',
      {
        definition: toOrders,
        onType: true,
        orders: [select('less', '*')],
        permissions: [permission('less', 'type Query { secret: String }')],
      },
      {
        less: 'unreachable: The permission of role "less" on remote schema "people" lacks field "id" of type "Person".',
      },
    ],
    [
      'a remote schema that the server can’t use',
      {
        definition: toPerson(person),
        users: [select('user', '*')],
        permissions: [permission('user', whole)],
        remoteSchema: { url_from_env: 'PEOPLE' },
      },
      { user: expect.stringMatching(/^unreachable: The server can't use remote schema "people": .+/) },
    ],
    [
      'a type whose name can’t be read',
      {
        definition: toOrders,
        onType: true,
        typeName: '{{TYPE}}',
        orders: [select('all', '*'), select('none', '*')],
        permissions: [permission('all', whole)],
      },
      {
        all: 'unknown: The type that has it is not known.',
        none: 'unreachable: Role "none" has no permission on remote schema "people".',
      },
    ],
    [
      'a type that joins no fields',
      {
        definition: toPerson({ secret: { arguments: {} } }, []),
        onType: true,
        permissions: [permission('all', whole), permission('less', 'type Query { secret: String }')],
      },
      {
        all: 'reachable',
        less: 'unreachable: The permission of role "less" on remote schema "people" lacks type "Person".',
      },
    ],
    [
      'a role with a permission of its own, and others that it inherits',
      {
        definition: toPerson(person),
        users: [select('own', '*')],
        permissions: [
          permission('own', whole),
          permission('one', whole),
          permission('two', 'type Query { a: Int }'),
        ],
        inherited: [{ role_name: 'own', role_set: ['one', 'two'] }],
      },
      {
        own: 'reachable',
        one: expect.stringMatching(/^unreachable: Role "one" has no select permission on table "users"/),
        two: expect.stringMatching(/^unreachable: Role "two" has no select permission on table "users"/),
      },
    ],
    [
      'roles that inherit each other',
      {
        definition: toOrders,
        users: [select('one', '*')],
        orders: [select('one', '*')],
        inherited: [
          { role_name: 'egg', role_set: ['hen'] },
          { role_name: 'hen', role_set: ['egg', 'one'] },
          { role_name: 'self', role_set: ['self'] },
        ],
      },
      {
        one: 'reachable',
        egg: 'reachable',
        hen: 'reachable',
        self: expect.stringMatching(/^unreachable: Role "self" has no select permission on table "users"/),
      },
    ],
  ])('%s', async (_, world, expected) => {
    expect(await visibility(world)).toEqual(expected);
  });
});

describe('what a role sees of it', () => {
  const aggregates = { allow_aggregations: true };
  const preset = whole.replace('id: ID!,', 'id: ID! @preset(value: 1),');
  it.each<[string, World, object]>([
    [
      'of a table, whether it may aggregate',
      { definition: toOrders, orders: [select('user', '*', aggregates)] },
      { permission: { role: 'user', aggregates: true } },
    ],
    [
      'of a table, that it may not',
      { definition: toOrders, orders: [select('other', '*', aggregates), select('user', '*')] },
      { permission: { role: 'user', aggregates: false } },
    ],
    [
      'of a table, what one of the roles may that it inherits from',
      {
        definition: toOrders,
        orders: [select('other', '*'), select('one', '*'), select('two', '*', aggregates)],
        inherited: [{ role_name: 'user', role_set: ['two', 'one'] }],
      },
      { permission: { role: 'one', aggregates: true } },
    ],
    [
      'of a table, what none of the roles may that it inherits from',
      {
        definition: toOrders,
        orders: [select('other', '*', aggregates), select('one', '*'), select('two', '*')],
        inherited: [{ role_name: 'user', role_set: ['two', 'one'] }],
      },
      { permission: { role: 'one', aggregates: false } },
    ],
    ['of a table that it may not read', { definition: toOrders, orders: [select('other', '*')] }, {}],
    [
      'of a remote schema, all where the server does not heed permissions',
      { definition: toPerson(person), permissions: [permission('user', preset)], heeded: false },
      {},
    ],
    [
      'of a remote schema, what its permission shows',
      { definition: toPerson(person), permissions: [permission('user', preset)], heeded: true },
      { fields: ['person', 'secret'], presets: ['Query.person.id'] },
    ],
    [
      'of a remote schema, what the permission shows of a role that it inherits from',
      {
        definition: toPerson(person),
        permissions: [permission('one', 'type Query { secret: String }')],
        inherited: [{ role_name: 'user', role_set: ['one'] }],
        heeded: true,
      },
      { fields: ['secret'] },
    ],
  ])('%s', async (_, world, expected) => {
    const { joins, catalogue } = await contextOf(world);
    const [join] = joins;
    if (join === undefined) throw new Error('no join');
    const { schema, presets, permission: ofTable } = roleView('user', join, catalogue);
    expect({
      fields: schema?.type(schema.queryTypeName)?.fields.map(({ name }) => name),
      presets: [...presets],
      permission: ofTable,
    }).toEqual({ presets: [], ...expected });
  });
});

it('inherited roles of a metadata directory count', async () => {
  const folder = new TemporaryFolder({
    'config.yaml': 'version: 3\nmetadata_directory: metadata\n',
    'metadata/version.yaml': 'version: 3\n',
    'metadata/inherited_roles.yaml': '- role_name: manager\n  role_set:\n    - user\n',
    'metadata/databases/databases.yaml': `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: public, name: users }
      select_permissions: [{ role: user, permission: { columns: '*', filter: {} } }]
      remote_relationships:
        - name: self
          definition:
            to_source:
              { source: default, table: users, relationship_type: object, field_mapping: { id: id } }
`,
  });
  const workspace = await workspaceOf([folder.path]);
  const context = workspace.context(folder.file('metadata/databases/databases.yaml'));
  const [found] = context === undefined ? [] : relationshipRoles(context, undefined);
  expect(found?.roles.map(({ role, state }) => `${role} ${state}`)).toEqual([
    'manager reachable',
    'user reachable',
  ]);
});

it('hover says it', async () => {
  const text = `version: 3
sources:
  - name: default
    kind: postgres
    configuration: {}
    tables:
      - table: { schema: public, name: users }
        select_permissions:
          - { role: user, permission: { columns: '*', filter: {} } }
        remote_relationships:
          - name: self
            definition:
              to_source: { source: default, table: users, relationship_type: object, field_mapping: { id: id } }
      - table: { schema: public, name: news }
        select_permissions:
          - { role: guest, permission: { columns: '*', filter: {} } }
`;
  const folder = new TemporaryFolder({ 'metadata.yaml': text });
  const workspace = await workspaceOf([folder.path]);
  const context = workspace.context(folder.file('metadata.yaml'));
  const found =
    context &&
    hover(context, text.indexOf('self'), {
      markdown: true,
      positionAt: (offset) => ({ line: 0, character: offset }),
    });
  expect(found?.contents).toMatchObject({
    value: expect.stringContaining(
      'Reached by `user`.\n\n- `guest` does not reach it. Role "guest" has no select permission on table "users".',
    ),
  });
});
