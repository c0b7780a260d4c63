import { parse as parseGraphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { publishedSchema } from '../../../server/src/features/publishedSchema/publishedSchema.ts';
import type { Finding } from '../../../server/src/rules/rule.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';

const schema = `
type Query {
  person(id: ID!, limit: Int = 20, where: Filter, tags: [Tag!]): [Person!]!
  one: Person
}
type Person { id: ID! name: String friends(first: Int, kind: Kind): [Person!] }
input Filter { id: ID name: TextFilter! and: [Filter!] }
input TextFilter { like: String equals: String }
input Tag { label: String value: String }
enum Kind { CLOSE FAR }
`;

const definition = (field: string, lhsFields = 'id') =>
  `{ to_remote_schema: { remote_schema: people, lhs_fields: [${lhsFields}], remote_field: ${field} } }`;

const table = (relationship: string, more = '') => `table: { schema: public, name: customer }
${more}
remote_relationships:
  - name: profile
    definition: ${relationship}
`;

const where: Surroundings = {
  sources: {
    shop: {
      tables: [
        { table: { schema: 'public', name: 'customer' }, columns: { id: 'integer!', name: 'text' } },
        { table: { schema: 'sales', name: 'invoice' }, columns: { id: 'integer!' } },
      ],
    },
    stock: { kind: 'mssql', tables: [{ table: { schema: 'dbo', name: 'item' }, columns: { id: 'int!' } }] },
    vendor: { kind: 'sqlite', tables: [{ table: ['Artist'], columns: { id: 'number' } }] },
  },
  remoteSchemas: { people: schema },
  location: { role: 'table', source: 'shop' },
};

function published(text: string, surroundings = where, language: SyntaxLanguage = 'yaml'): string {
  return publishedSchema(contextOf(text, surroundings, language), undefined, [])
    .map((each) => each.text)
    .join('\n');
}

/** What stands before the queries, which must be GraphQL. */
function sdl(text: string, surroundings = where): string {
  const whole = published(text, surroundings);
  parseGraphql(whole);
  return whole.split('\n# What it ')[0] ?? '';
}

describe('what a relationship publishes', () => {
  it('is a field with the type of the last one, and the arguments that are left', () => {
    expect(
      published(table(definition('{ person: { arguments: { id: $id } } }'))),
    ).toBe(`# profile of table customer

extend type customer {
  profile(limit: Int = 20, where: Filter, tags: [Tag!]): [Person!]!
}

# What it gives
type Person {
  id: ID!
  name: String
  friends(first: Int, kind: Kind): [Person!]
}

# What it asks, as a sketch: the server has aliases and batches of its own. __typename stands for what a query selects.
query OneRow {
  person(id: "id of row 1") { __typename }
}

query TwoRows {
  first: person(id: "id of row 1") { __typename }
  second: person(id: "id of row 2") { __typename }
}
`);
  });

  it('is the same in JSON', () => {
    const text = table(definition('{ person: { arguments: { id: $id } } }'));
    expect(published(JSON.stringify(parseYaml(text)), where, 'json')).toBe(published(text));
  });

  it('has input types of what is supplied in part, at every depth', () => {
    const text = table(
      definition(
        '{ person: { arguments: { limit: 3, where: { name: { like: $name }, and: [{ id: $id }] }, tags: [{ label: a }] } } }',
        'id, name',
      ),
    );
    expect(sdl(text)).toBe(`# profile of table customer

# "Filter_remote_rel_customerprofile" is made twice, of different fields: which of the two stays is not certain.
extend type customer {
  profile(id: ID!, where: Filter_remote_rel_customerprofile, tags: [Tag_remote_rel_customerprofile!]): [Person!]!
}

input TextFilter_remote_rel_customerprofile {
  equals: String
}

input Filter_remote_rel_customerprofile {
  id: ID
  name: TextFilter_remote_rel_customerprofile!
  and: [Filter_remote_rel_customerprofile!]
}

input Tag_remote_rel_customerprofile {
  value: String
}
`);
  });

  it('of a path has the arguments of the last field alone', () => {
    const text = table(
      definition('{ person: { arguments: { id: $id }, field: { friends: { arguments: { first: 2 } } } } }'),
    );
    expect(sdl(text)).toContain('  profile(kind: Kind): [Person!]\n');
    expect(published(text)).toContain(
      'first: person(id: "id of row 1") { friends(first: 2) { __typename } }\n',
    );
  });

  it('says where nothing of an object is left', () => {
    const text = table(
      definition('{ person: { arguments: { id: $id, tags: [{ label: a, value: $name }] } } }', 'id, name'),
    );
    expect(sdl(text)).toContain(
      '# All of "tags" is supplied: the server may still publish it, with nothing to give.\nextend type customer {\n  profile(limit: Int = 20, where: Filter): [Person!]!\n',
    );
  });

  const toSource = (source: string, target: string, type = 'array') =>
    `{ to_source: { relationship_type: ${type}, source: ${source}, table: ${target}, field_mapping: { id: id } } }`;

  it.each([
    [
      'PostgreSQL',
      toSource('shop', '{ schema: sales, name: invoice }'),
      'profile(distinct_on: [sales_invoice_select_column!], limit: Int, offset: Int, order_by: [sales_invoice_order_by!], where: sales_invoice_bool_exp): [sales_invoice!]!',
      'profile_aggregate(distinct_on: [sales_invoice_select_column!], limit: Int, offset: Int, order_by: [sales_invoice_order_by!], where: sales_invoice_bool_exp): sales_invoice_aggregate!',
    ],
    [
      'SQL Server',
      toSource('stock', 'item'),
      'profile(limit: Int, offset: Int, order_by: [item_order_by!], where: item_bool_exp): [item!]!',
      'profile_aggregate(limit: Int, offset: Int, order_by: [item_order_by!], where: item_bool_exp): item_aggregate!',
    ],
    ['one row', toSource('stock', 'item', 'object'), 'profile: item', undefined],
  ])('of a table in %s', (_, relationship, first, second) => {
    const lines = sdl(table(relationship)).split('\n');
    expect(lines[3]).toBe(`  ${first}`);
    expect(lines[4]).toBe(second === undefined ? '}' : `  ${second}`);
  });

  it('of a table says what it asks in words, and what is not known of other databases', () => {
    expect(published(table(toSource('vendor', '[Artist]')))).toBe(`# profile of table customer

# The arguments of this kind of source are not known here.
extend type customer {
  profile: [Artist!]!
  profile_aggregate: Artist_aggregate!
}

# One row: the rows of vendor.Artist where id = id of the row.
# Many rows: the rows of vendor.Artist where that holds for one of them.
`);
  });

  it.each([
    [
      'a schema that is not known',
      { ...where, remoteSchemas: { people: null } },
      '{ person: { arguments: {} } }',
    ],
    ['a field that is not there', where, '{ nobody: { arguments: {} } }'],
  ])('is not made up of %s', (_, surroundings, field) => {
    const text = published(table(definition(field)), surroundings);
    expect(text).toContain('# What it publishes is not known');
    expect(text).not.toContain('extend type');
  });

  it.each([
    ['a relationship', 'name: profile', 'name: "a: Int } # b\\ntype C { d"'],
    ['the table that has it', 'name: customer', 'name: 2024-sales'],
  ])('is nothing where the name of %s is none of GraphQL', (_, before, after) => {
    for (const target of [definition('{ person: { arguments: { id: $id } } }'), toSource('stock', 'item')]) {
      const text = published(table(target).replace(before, after));
      expect(text).toMatch(/^# It publishes nothing: ".*" can’t be a name in GraphQL\.$/m);
      expect(text).not.toMatch(/extend type|^type C/m);
    }
  });

  it('is nothing where the table that it leads to has a name that is none of GraphQL', () => {
    const item = { table: { schema: 'dbo', name: '2024-items' }, columns: { id: 'int!' } };
    const surroundings = {
      ...where,
      sources: { ...where.sources, stock: { kind: 'mssql', tables: [item] } },
    };
    const text = published(table(toSource('stock', '2024-items')), surroundings);
    expect(text).toContain('# It publishes nothing: "2024-items" can’t be a name in GraphQL.\n');
    expect(text).not.toContain('extend type');
  });

  it('is not known without a name', () => {
    const text = published(table(toSource('stock', 'item')).replace('name: profile', 'nam: profile'));
    expect(text).toContain('# What it publishes is not known: it has no name');
    expect(text).not.toContain('extend type');
  });

  it.each([
    '{ "a b": { arguments: {} } }',
    '{ person: { arguments: { "a) { b": 1 } } }',
    '{ person: { arguments: { where: { "a } b": 1 } } } }',
    '{ person: { arguments: { limit: .inf } } }',
  ])('asks nothing that is no GraphQL: %s', (field) => {
    expect(published(table(definition(field)))).not.toContain('OneRow');
  });

  it('turns no line around', () => {
    const text = published(
      table(definition('{ person: { arguments: {} } }')).replace('profile', '"\u202epro"'),
    );
    expect(text).not.toContain('\u202e');
  });

  it.each([
    '{ person: }',
    '{}',
    '',
    '{ person: { arguments: { id: $ } } }',
    '{ person: { arguments: { id: null } } }',
  ])('does not throw over %j', (field) => {
    expect(published(table(definition(field)))).not.toContain('OneRow');
  });

  it('keeps what is written in names on the line of its comment', () => {
    const text = table(definition('{ person: { arguments: { id: $id } } }')).replace(
      'name: profile',
      'name: "a\\ntype Evil { a: Int }"',
    );
    expect(published(text).split('\n')[0]).toBe('# a type Evil { a: Int } of table customer');
  });
});

describe('names that the metadata changes', () => {
  const remoteSchemas = (customization: string, permissions = '') => `- name: people
  definition:
    url: https://people.example/graphql
    customization: ${customization}
  permissions: [${permissions}]
`;
  const databases = (customization: string) => `- name: shop
  kind: postgres
  configuration: {}
  customization: ${customization}
  tables: []
`;
  const inProject = (files: Readonly<Record<string, string>>): Surroundings => ({ ...where, files });
  const text = table(definition('{ person: { arguments: { id: $id, where: { id: $id } } } }'));

  it('are those of types and fields of a remote schema', () => {
    const customization =
      '{ root_fields_namespace: api, type_names: { prefix: P_, mapping: { Filter: Where } }, field_names: [{ parent_type: Person, mapping: { name: fullName } }] }';
    const made = sdl(text, inProject({ 'remote_schemas.yaml': remoteSchemas(customization) }));
    expect(made).toBe(`# profile of table customer

# Whether the customization of type names applies to "Filter_remote_rel_customerprofile" is not certain.
extend type customer {
  profile(limit: Int = 20, where: Filter_remote_rel_customerprofile, tags: [P_Tag!]): [P_Person!]!
}

input Filter_remote_rel_customerprofile {
  name: P_TextFilter!
  and: [Where!]
}
`);
    expect(published(text, inProject({ 'remote_schemas.yaml': remoteSchemas(customization) }))).toContain(
      'type P_Person {\n  id: ID!\n  fullName: String\n  friends(first: Int, kind: P_Kind): [P_Person!]\n}\n',
    );
  });

  it('are those of the types of a source, and a note where a naming convention may change more', () => {
    const affixes = inProject({
      'databases.yaml': databases(
        '{ type_names: { prefix: A_, suffix: _Z }, naming_convention: graphql-default }',
      ),
    });
    expect(sdl(text, affixes)).toContain(
      '# The naming convention of the source is graphql-default: the server may write these names otherwise.\nextend type A_customer_Z {\n',
    );
  });

  it('depend on what a role may see', () => {
    const permission = (role: string, sdl: string) =>
      `{ role: ${role}, definition: { schema: ${JSON.stringify(sdl)} } }`;
    const people = remoteSchemas(
      '{}',
      [
        permission('all', schema),
        permission(
          'some',
          'type Query { person(id: ID!, limit: Int @preset(value: 1)): [Person!]! } type Person { name: String }',
        ),
        permission('none', 'type Query { one: Person } type Person { name: String }'),
      ].join(', '),
    );
    const select = (role: string) => `{ role: ${role}, permission: { columns: '*', filter: {} } }`;
    const simple = table(
      definition('{ person: { arguments: { id: $id } } }'),
      `select_permissions: [${['all', 'some', 'none'].map(select).join(', ')}]`,
    );
    const made = published(simple, inProject({ 'remote_schemas.yaml': people }));
    expect(made).toContain('# The same for role "all".\n');
    expect(made).toContain(`# For role "some"

extend type customer {
  profile: [Person!]!
}

# What it gives
type Person {
  name: String
}
`);
    expect(made).toContain(
      '# Role "none" does not have it. The permission of role "none" on remote schema "people" lacks field "person" of type "Query".\n',
    );
  });

  it('leave out the aggregate of a role that may not count', () => {
    const files = {
      'databases.yaml': `- name: stock
  kind: mssql
  configuration: {}
  tables:
    - table: item
      select_permissions:
        - { role: counts, permission: { columns: [id], filter: {}, allow_aggregations: true } }
        - { role: reads, permission: { columns: [id], filter: {} } }
`,
    };
    const select = (role: string) => `{ role: ${role}, permission: { columns: '*', filter: {} } }`;
    const made = published(
      table(
        '{ to_source: { relationship_type: array, source: stock, table: item, field_mapping: { id: id } } }',
        `select_permissions: [${['counts', 'reads'].map(select).join(', ')}]`,
      ),
      inProject(files),
    );
    expect(made).toContain('# The same for role "counts".\n');
    const [, ofReads = ''] = made.split('# For role "reads"\n');
    expect(ofReads).toContain('  profile(limit');
    expect(ofReads).not.toContain('profile_aggregate');
  });

  it('have the aggregate of a role that inherits from one that may count', () => {
    const files = {
      'metadata.yaml': `version: 3
sources:
  - name: stock
    kind: mssql
    configuration: {}
    tables:
      - table: item
        select_permissions:
          - { role: counts, permission: { columns: [id], filter: {}, allow_aggregations: true } }
          - { role: reads, permission: { columns: [id], filter: {} } }
inherited_roles:
  - { role_name: both, role_set: [reads, counts] }
  - { role_name: reader, role_set: [reads] }
`,
    };
    const select = (role: string) => `{ role: ${role}, permission: { columns: '*', filter: {} } }`;
    const made = published(
      table(
        '{ to_source: { relationship_type: array, source: stock, table: item, field_mapping: { id: id } } }',
        `select_permissions: [${['counts', 'reads'].map(select).join(', ')}]`,
      ),
      inProject(files),
    );
    expect(made).toContain('# The same for roles "both", "counts".\n');
    expect(made).toContain('# For roles "reader", "reads"\n');
  });
});

it('says that something is wrong, where that is so', () => {
  const text = table(definition('{ one: { arguments: {} } }'));
  const context = contextOf(text, where);
  const finding = { code: 'x', message: 'It can’t be.', length: 1, source: 'rule' } as const;
  const said = (severity: 'error' | 'warning', offset: number) =>
    publishedSchema(context, undefined, [{ ...finding, severity, offset } as unknown as Finding]).map(
      ({ text: sdl }) => sdl.includes('may have none of it: It can’t be.'),
    );
  expect(said('error', text.indexOf('one'))).toEqual([true]);
  expect(said('warning', text.indexOf('one'))).toEqual([false]);
  // At the name of the table that has it.
  expect(said('error', 0)).toEqual([true]);
  expect(said('error', text.length)).toEqual([false]);
});

it('is told of the relationship at the cursor, or of all', () => {
  const text = `${table(definition('{ one: { arguments: {} } }'))}  - name: friends
    definition: ${definition('{ person: { arguments: { id: $id } } }')}
`;
  const namesAt = (offset: number | undefined) =>
    publishedSchema(contextOf(text, where), offset, []).map(({ text: sdl }) =>
      /^ {2}(?:profile|friends)/m.exec(sdl)?.[0].trim(),
    );
  expect(namesAt(text.indexOf('profile'))).toEqual(['profile']);
  expect(namesAt(text.indexOf('$id'))).toEqual(['friends']);
  expect(namesAt(undefined)).toEqual(['profile', 'friends']);
  expect(namesAt(0)).toEqual([]);
});
