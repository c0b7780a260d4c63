import { describe, expect, it } from 'vitest';
import type { ReadingContext } from '../../../server/src/metadata/relationship.ts';
import { covered, facts, readText, readTwins, told } from './support.ts';
import { owners } from './texts.ts';

describe('sources that can’t be read', () => {
  it.each<[string, string, number, string[]]>([
    ['an include', '"!include databases.yaml"', 0, []],
    ['null', 'null', 0, ['wrong-kind | metadata | sources | expected Array, but encountered Null']],
    ['a string', 'shop', 0, ['wrong-kind | sources | sources | expected Array, but encountered String']],
    [
      'an object',
      '{name: shop}',
      0,
      ['wrong-kind | sources | sources | expected Array, but encountered Object'],
    ],
    [
      'includes and others among them',
      '["!include a.yaml", null, 7, {name: shop}]',
      1,
      [
        'wrong-kind | sources item | - | expected Object, but encountered Null',
        'wrong-kind | sources item | - | expected Object, but encountered Number',
      ],
    ],
  ])('%s', (_, written, count, expected) => {
    const text = `{version: 3, tables: [{table: {schema: a, name: b}}], sources: ${written}}`;
    const model = readTwins(text, { role: 'metadata' });
    expect(
      model.sources.filter(({ name }) => name.state === 'present' && name.value === 'shop'),
    ).toHaveLength(count);
    expect(model.shapeProblems.map(told).filter((problem) => problem.includes('sources'))).toEqual(expected);
  });
});

it.each([
  ['*nowhere', 1],
  ['[*nowhere]', 1],
  ['["{{FIRST}}", "{{SECOND}}"]', 2],
  // The Hasura CLI stops at these (C8).
  ['["!include a.yaml"]', 0],
])('sources %s are not known', (written, count) => {
  const { model, tree } = readText(`version: 3\nsources: ${written}\n`, 'yaml', { role: 'metadata' });
  expect(model.sources).toHaveLength(count);
  for (const source of model.sources) {
    expect(facts(source)).toEqual({
      node: undefined,
      name: { state: 'unknown', node: undefined },
      kind: undefined,
      namingConvention: undefined,
      typeNames: { prefix: '', suffix: '' },
      tables: [],
      logicalModels: [],
      tablesComplete: false,
    });
    expect(covered(tree, source.node)).toMatch(/^"\{\{|^\*nowhere$/);
  }
});

it('tables are of a source only where that is known', () => {
  const sourceIn = (context: ReadingContext) =>
    readTwins('[{table: t}]', { role: 'tables', ...context }).tables[0]?.source;
  expect(sourceIn({})).toBeUndefined();
  expect(sourceIn({ source: 'shop' })).toEqual({ name: 'shop', node: undefined });
});

describe('a file of relationships', () => {
  const one =
    '{name: profile, definition: {to_source: {relationship_type: object, source: s, table: t, field_mapping: {}}}}';
  it.each<[string, string, string[]]>([
    ['with one of them, no list', one, ['?:?.profile']],
    ['with a list', `[${one}, ${one.replace('profile', 'other')}]`, ['?:?.profile', '?:?.other']],
    ['with nothing yet', '[]', []],
  ])('%s', (_, text, expected) => {
    const model = readTwins(text, { role: 'relationships' });
    expect(owners(model)).toEqual(expected);
    expect(model.shapeProblems).toEqual([]);
  });

  it('has the source of its place', () => {
    expect(owners(readTwins(one, { role: 'relationships', source: 'shop' }))).toEqual(['shop:?.profile']);
  });

  it('that is something else says so', () => {
    const model = readTwins('profile', { role: 'relationships' });
    expect(model.relationships).toEqual([]);
    expect(model.shapeProblems.map(told)).toEqual([expect.stringMatching(/^wrong-kind/)]);
  });
});

describe('facts of sources and tables', () => {
  it.each([
    ['pg', 'postgres'],
    ['postgres', 'postgres'],
    ['null', 'postgres'],
    ['mssql', 'mssql'],
    ['Mongo', 'Mongo'],
    ['7', undefined],
  ])('kind %s is %s', (written, kind) => {
    const model = readTwins(`- name: a\n  kind: ${written}\n  configuration: {}\n  tables: []`, {
      role: 'sources',
    });
    expect(model.sources[0]?.kind).toBe(kind);
  });

  it('kind left out is postgres', () => {
    expect(readTwins('- name: a\n  tables: []', { role: 'sources' }).sources[0]?.kind).toBe('postgres');
  });

  it.each([
    ['tables: []', true],
    ['tables: [{table: {schema: a, name: b}}]', true],
    ['tables: "!include shop/tables/tables.yaml"', false],
    ['tables: ["!include a.yaml", {table: {schema: a, name: b}}]', false],
    ['tables: [{table: 7}]', false],
    ['tables: [null]', false],
    ['tables: 7', false],
    ['tables: ', false],
    ['kind: postgres', false],
  ])('all tables of `%s` are known: %s', (text, complete) => {
    const { model } = readText(`- {name: a, ${text}}`, 'yaml', { role: 'sources' });
    expect(model.sources[0]?.tablesComplete).toBe(complete);
  });

  it('reads what a table says of its fields', () => {
    const [entry] = readTwins(`
table: { schema: public, name: customer }
is_enum: true
logical_model: Customer
configuration:
  custom_column_names: { old_id: oldId, both: first }
  column_config:
    both: { custom_name: second }
    plain: { comment: none }
computed_fields:
  - name: full_name
    definition: { function: { schema: public, name: customer_full_name }, table_argument: row }
  - name: age
    definition: { function: customer_age }
object_relationships:
  - name: address
    using: { foreign_key_constraint_on: address_id }
array_relationships:
  - name: invoices
    using: {}
`).tables;
    expect(facts(entry)).toMatchObject({
      isEnum: true,
      logicalModel: 'Customer',
      customNames: [
        ['old_id', { value: 'oldId' }],
        ['both', { value: 'second' }],
      ],
      computedFields: [
        { name: { value: 'full_name' }, functionName: 'customer_full_name' },
        { name: { value: 'age' }, functionName: 'customer_age' },
      ],
      localRelationships: [
        { kind: 'object', name: { value: 'address' } },
        { kind: 'array', name: { value: 'invoices' } },
      ],
    });
  });

  it('reads logical models, also nested fields and the old map', () => {
    const [one] = readTwins(
      `
- name: mongo
  kind: Mongo
  configuration: {}
  logical_models:
    - name: Album
      fields:
        - { name: id, type: { scalar: Int, nullable: false } }
        - { name: title, type: String }
        - { name: tracks, type: { array: { logical_model: Track } } }
    - name: Old
      fields: { id: { type: { scalar: Int } } }
  tables: []
`,
      { role: 'sources' },
    ).sources;
    expect(one?.logicalModels).toEqual([
      {
        name: 'Album',
        fields: [
          { name: 'id', type: 'Int', nullable: false, scalar: true },
          { name: 'title', type: 'String', nullable: undefined, scalar: true },
          { name: 'tracks', type: undefined, nullable: undefined, scalar: false },
        ],
      },
      { name: 'Old', fields: [{ name: 'id', type: 'Int', nullable: undefined, scalar: true }] },
    ]);
  });

  it('keeps the keys the server refuses apart from the shape problems', () => {
    const model = readTwins(
      'table: { schema: public, name: t }\nremote_relationship: []\nselect_permissions: []',
    );
    expect(model.tables[0]?.unknownKeys.map((key) => key.value)).toEqual(['remote_relationship']);
    expect(model.shapeProblems).toEqual([]);
  });

  it.each([
    ['customer', { form: 'string', name: 'customer', schema: undefined }],
    ['{ name: customer }', { form: 'schema', name: 'customer', schema: undefined }],
    ['{ name: customer, schema: null }', { form: 'schema', name: 'customer', schema: undefined }],
    ['{ schema: sales, name: customer }', { form: 'schema', name: 'customer', schema: 'sales' }],
    ['{ dataset: sales, name: customer }', { form: 'dataset', name: 'customer', schema: 'sales' }],
    ['[Customer]', { form: 'list', name: 'Customer', parts: ['Customer'] }],
    ['[db, Customer]', { form: 'list', name: 'Customer', parts: ['db', 'Customer'] }],
  ])('reads the table name %s', (written, name) => {
    const model = readTwins(`table: ${written}\nremote_relationships: []`);
    expect(model.tables[0]?.table).toMatchObject({ state: 'present', value: name });
    expect(model.shapeProblems).toEqual([]);
  });

  it.each([
    ['7', 'wrong-kind | table | table | silent'],
    ['[]', 'wrong-kind | table | table | silent'],
    ['[db, 1]', 'wrong-kind | table | - | silent'],
    ['{ schema: sales }', 'key-not-found | table | name | silent'],
    ['{ schema: 1, name: customer }', 'wrong-kind | table | schema | silent'],
    ['{ schema: sales, name: null }', 'wrong-kind | table | name | silent'],
    ['', 'wrong-kind | table | table | silent'],
  ])('refuses the table name `%s`', (written, problem) => {
    const model = readTwins(`table: ${written}\nremote_relationships: []`, { role: 'table' });
    expect(model.tables[0]?.table.state).toBe('malformed');
    expect(model.shapeProblems.map(told)).toEqual([problem]);
  });
});

describe('what the server reads of a table entry beside its relationships', () => {
  const entryOf = (keys: string) => {
    const { model } = readText(`table: t\n${keys}\n`, 'yaml', { role: 'table' });
    return { entry: model.tables[0], said: model.shapeProblems.map(told) };
  };
  const lists =
    'computed_fields object_relationships array_relationships select_permissions insert_permissions update_permissions delete_permissions event_triggers';

  it.each([
    ...lists.split(' ').map((key): [string, string] => [key, 'Array']),
    ['configuration', 'Object'],
    ['is_enum', 'Boolean'],
  ])('%s is of its kind, not given, or included (R61)', (key, kind) => {
    expect(entryOf(`${key}: 7`).said).toEqual([
      `wrong-kind | table entry | ${key} | expected ${kind}, but encountered Number`,
    ]);
    for (const silent of ['null', '"!include x.yaml"', '!include x.yaml', '*nowhere']) {
      expect(entryOf(`${key}: ${silent}`).said).toEqual([]);
    }
  });

  it.each([
    ['yes', 'yes'],
    ['{ schema: public, name: on }', 'on'],
    ['{ schema: no, name: t }', 'no'],
    ['{ dataset: off, name: t }', 'off'],
    ['[n, t]', 'n'],
  ])('the Hasura CLI sends a boolean of the table %s (R63)', (written, name) => {
    const { model } = readText(`table: ${written}\nis_enum: true\n`, 'yaml', { role: 'table' });
    expect(model.shapeProblems.map(told)).toEqual([`cli-scalar | table | ${name} | silent`]);
  });

  it('local relationships without a name are left out', () => {
    const { entry, said } = entryOf(
      'object_relationships: [{}, { name: 7 }, { name: a }, 7]\narray_relationships: [{}, { name: b }]',
    );
    expect(entry?.localRelationships.map(({ kind, name }) => [kind, name.value])).toEqual([
      ['object', 'a'],
      ['array', 'b'],
    ]);
    expect(said).toEqual([]);
  });

  it.each<[string, [string, string][], [string, string][], boolean]>([
    ['{}', [], [], true],
    ['null', [], [], true],
    ['{ custom_column_names: {}, column_config: {} }', [], [], true],
    ['{ custom_column_names: { a: b } }', [['a', 'b']], [['a', 'a']], true],
    ['{ column_config: { a: { custom_name: b } } }', [['a', 'b']], [['a', 'a']], true],
    [
      '{ custom_column_names: {}, column_config: { a: { custom_name: b } } }',
      [['a', 'b']],
      [['a', 'a']],
      true,
    ],
    ['{ custom_column_names: { a: b }, column_config: {} }', [['a', 'b']], [['a', 'a']], true],
    [
      '{ column_config: { a: { custom_name: b } }, custom_column_names: { a: c, d: e } }',
      [
        ['a', 'b'],
        ['d', 'e'],
      ],
      [
        ['a', 'a'],
        ['d', 'd'],
        ['a', 'a'],
      ],
      true,
    ],
    ['{ column_config: { a: { comment: b } } }', [], [['a', 'a']], true],
    ['{ column_config: { a: null } }', [], [['a', 'a']], true],
    ['"!include c.yaml"', [], [], false],
    ['{ custom_name: "!include n.yaml" }', [], [], false],
    ['{ column_config: "!include c.yaml" }', [], [], false],
    ['{ custom_column_names: "!include c.yaml" }', [], [], false],
    ['{ column_config: { a: "!include c.yaml" } }', [], [], false],
  ])('the names that the configuration %s gives', (written, names, columns, readable) => {
    const { model, tree } = readText(`table: t\nconfiguration: ${written}\n`, 'yaml', { role: 'table' });
    const [entry] = model.tables;
    expect([...(entry?.customNames ?? [])].map(([column, { value }]) => [column, value]).toSorted()).toEqual(
      names,
    );
    // Where a column has a configuration is its name.
    expect(entry?.configuration.columns.map(({ value, node }) => [value, covered(tree, node)])).toEqual(
      columns,
    );
    expect(entry?.configuration.readable).toBe(readable);
    expect(model.shapeProblems).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['true', true],
    ['yes', true],
    ['false', false],
    ['no', false],
    ['null', false],
    ['"!include x.yaml"', false],
  ])('is_enum: %s, as the Hasura CLI reads it, is %s', (written, isEnum) => {
    expect(entryOf(`is_enum: ${written}`)).toMatchObject({ entry: { isEnum }, said: [] });
  });

  it.each([
    ['select_permissions', 'role', 'select permission'],
    ['insert_permissions', 'role', 'insert permission'],
    ['update_permissions', 'role', 'update permission'],
    ['delete_permissions', 'role', 'delete permission'],
    ['event_triggers', 'name', 'event trigger'],
  ])('%s with the same %s twice', (key, by, kind) => {
    const repeated = (items: string) =>
      entryOf(`${key}: ${items}`).entry?.repeated.map((each) => [
        each.kind,
        ...each.names.map(({ value }) => value),
      ]);
    expect(repeated(`[{ ${by}: a }, { ${by}: b }, { ${by}: a }]`)).toEqual([[kind, 'a', 'b', 'a']]);
    expect(repeated(`[{ ${by}: a }, { ${by}: b }]`)).toEqual([]);
    expect(repeated(`[{ ${by}: "!include x" }, { ${by}: "!include x" }]`)).toEqual([]);
    expect(repeated('[{ other: a }, { other: a }]')).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['null', []],
    ['[]', []],
    ['[{ role: user, permission: {} }]', [['user', false]]],
    ['[{ role: user, permission: { allow_aggregations: true } }]', [['user', true]]],
    ['[{ role: user, permission: { allow_aggregations: false } }]', [['user', false]]],
    ['{ role: user }', undefined],
    ['"!include p.yaml"', undefined],
    ['["!include p.yaml", { role: user, permission: {} }]', undefined],
    ['[{ role: "!include r.yaml", permission: {} }]', undefined],
    ['[{ role: user, permission: "!include p.yaml" }]', undefined],
    ['[{ role: user }]', undefined],
  ])('who may read it, by %s', (written, expected) => {
    const permissions = entryOf(`select_permissions: ${written}`).entry?.selectPermissions;
    expect(permissions?.map(({ role, aggregates }) => [role, aggregates])).toEqual(expected);
  });

  it('whether a computed field takes the session', () => {
    const { entry } = entryOf(
      'computed_fields: [{ name: a, definition: { function: f, session_argument: s } }, { name: b, definition: { function: { schema: sales, name: f } } }, { name: c }, { definition: {} }]',
    );
    expect(
      entry?.computedFields.map(({ name, functionName, hasSessionArgument }) => [
        name.value,
        functionName,
        hasSessionArgument,
      ]),
    ).toEqual([
      ['a', 'f', true],
      ['b', 'sales.f', false],
      ['c', undefined, false],
    ]);
  });

  it.each([
    ['{ custom_name: a-b }', 'a-b'],
    ['{ custom_root_fields: { select: a-b } }', 'a-b'],
    ['{ custom_root_fields: { select: { name: a-b } } }', 'a-b'],
    ['{ custom_column_names: { id: a-b } }', 'a-b'],
    ['{ column_config: { id: { custom_name: a-b } } }', 'a-b'],
  ])('configuration: %s has a name that GraphQL has not', (written, name) => {
    expect(entryOf(`configuration: ${written}`).said).toEqual([
      `custom-name | table entry | ${name} | ${name} is not valid GraphQL name`,
    ]);
    expect(entryOf(`configuration: ${written.replace(name, '"!include n.yaml"')}`).said).toEqual([]);
    expect(entryOf(`configuration: ${written.replace(name, 'null')}`).said).toEqual([]);
  });

  it.each([
    ['{ custom_name: 7 }', 'custom_name'],
    ['{ custom_root_fields: { select: 7 } }', 'select'],
    ['{ custom_root_fields: { select: { name: 7 } } }', 'name'],
    ['{ column_config: { id: { custom_name: 7 } } }', 'custom_name'],
  ])('configuration: %s has a name that is no text', (written, key) => {
    expect(entryOf(`configuration: ${written}`).said).toEqual([
      `wrong-kind | table entry | ${key} | parsing Name failed, expected String, but encountered Number`,
    ]);
  });
});

it.each<[string, object]>([
  ['{}', { namingConvention: undefined, typeNames: { prefix: '', suffix: '' } }],
  ['{ naming_convention: graphql-default }', { namingConvention: 'graphql-default' }],
  ['{ type_names: { prefix: A_, suffix: _B } }', { typeNames: { prefix: 'A_', suffix: '_B' } }],
  ['{ type_names: { prefix: A_ } }', { typeNames: { prefix: 'A_', suffix: '' } }],
  [
    '{ naming_convention: 7, type_names: { suffix: 7 } }',
    { namingConvention: undefined, typeNames: { prefix: '', suffix: '' } },
  ],
])('the customization %s of a source', (written, expected) => {
  const text = `[{ name: a, configuration: {}, tables: [], customization: ${written} }]`;
  expect(readTwins(text, { role: 'sources' }).sources[0]).toMatchObject(expected);
});
