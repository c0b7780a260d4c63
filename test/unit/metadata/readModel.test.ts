import { describe, expect, it } from 'vitest';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { Definition, MetadataModel } from '../../../server/src/metadata/relationship.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { facts, indent, onlyRelationship, problems, readText, readTwins, told } from './support.ts';

const items = `
- name: profile
  definition:
    to_remote_schema:
      remote_schema: people
      lhs_fields: [person_id]
      remote_field:
        person:
          arguments: { id: $person_id }
- name: tickets
  definition:
    to_source:
      relationship_type: array
      source: helpdesk
      table: { schema: public, name: ticket }
      field_mapping: { id: customer_id }
- name: old_profile
  definition:
    remote_schema: people
    hasura_fields: [person_id]
    remote_field:
      person: { arguments: { id: $person_id } }
`.trim();

const table = `
table: { schema: public, name: customer }
remote_relationships:
${indent(items, 2)}`.trim();

const remoteSchema = `
name: people
definition: { url: https://people.example/graphql, timeout_seconds: 60 }
remote_relationships:
  - type_name: Person
    relationships:
${indent(items, 6)}`.trim();

const asItem = (entry: string): string => `- ${indent(entry, 2).trim()}`;

const source = `
name: shop
kind: pg
configuration: {}
tables:
${indent(asItem(table), 2)}`.trim();

const document = `
version: 3
sources:
${indent(asItem(source), 2)}
remote_schemas:
${indent(asItem(remoteSchema), 2)}`.trim();

const oldDocument = `
version: 2
tables:
${indent(asItem(table), 2)}
remote_schemas:
${indent(asItem(remoteSchema), 2)}`.trim();

/** Who owns each relationship, in short. */
function owners(model: MetadataModel): string[] {
  return model.relationships.map(({ owner, name }) => {
    const own = name.state === 'present' ? name.value : name.state;
    if (owner.kind === 'action-type') return `action.${own}`;
    return owner.kind === 'table'
      ? `${owner.source?.name ?? '?'}:${owner.table.state === 'present' ? owner.table.value.name : '?'}.${own}`
      : `${owner.remoteSchema?.name ?? '?'}:${owner.typeName.state === 'present' ? owner.typeName.value : '?'}.${own}`;
  });
}

const ofTable = (of: string): string[] =>
  ['profile', 'tickets', 'old_profile'].map((name) => `${of}.${name}`);

describe('the shapes of metadata', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a document of version 3',
      document,
      'metadata',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
    [
      'a consolidated export',
      `resource_version: 12\nmetadata:\n${indent(document, 2)}`,
      'metadata',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
    [
      'a document of version 2',
      oldDocument,
      'metadata',
      [...ofTable('default:customer'), ...ofTable('people:Person')],
    ],
    [
      'a document of version 1',
      oldDocument.replace('version: 2\n', ''),
      'metadata',
      [...ofTable('default:customer'), ...ofTable('people:Person')],
    ],
    ['databases.yaml', asItem(source), 'sources', ofTable('shop:customer')],
    ['tables.yaml', asItem(table), 'tables', ofTable('?:customer')],
    ['one table', table, 'table', ofTable('?:customer')],
    ['remote_schemas.yaml', asItem(remoteSchema), 'remote-schemas', ofTable('people:Person')],
    [
      'a list of types',
      asItem(`type_name: Person\nrelationships:\n${indent(items, 2)}`),
      'remote-schema-types',
      ofTable('?:Person'),
    ],
    [
      'one type',
      `type_name: Person\nrelationships:\n${indent(items, 2)}`,
      'remote-schema-types',
      ofTable('?:Person'),
    ],
    ['a list of relationships', items, 'relationships', ofTable('?:?')],
    [
      'replace_metadata, version 1',
      `type: replace_metadata\nargs:\n${indent(document, 2)}`,
      'request',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
    [
      'replace_metadata, version 2',
      `type: replace_metadata\nversion: 2\nresource_version: 7\nargs:\n  allow_inconsistent_metadata: true\n  metadata:\n${indent(document, 4)}`,
      'request',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
  ])('%s', (_, yaml, role, expected) => {
    const model = readTwins(yaml);
    expect(model.roles).toEqual([role]);
    expect(owners(model)).toEqual(expected);
    expect(model.shapeProblems).toEqual([]);
  });

  it('reads every document of a file', () => {
    const { model } = readText(`${table}\n---\nkind: Service\n---\n${asItem(remoteSchema)}`);
    expect(model.roles).toEqual(['table', 'none', 'remote-schemas']);
    expect(model.relationships).toHaveLength(6);
  });

  it('reads the same three forms everywhere', () => {
    const definitions = (model: MetadataModel): unknown =>
      facts(model.relationships.map(({ definition }) => definition));
    const wanted = definitions(readTwins(table));
    expect(definitions(readTwins(asItem(remoteSchema)))).toEqual(wanted);
    expect(wanted).toMatchObject([
      {
        kind: 'to-remote-schema',
        form: 'unified',
        remoteSchema: { state: 'present', value: 'people' },
        lhsFields: { state: 'present', value: [{ value: 'person_id' }] },
        remoteField: { state: 'present', value: { steps: [{ name: { value: 'person' } }] } },
      },
      {
        kind: 'to-source',
        relationshipType: { state: 'present', value: 'array' },
        source: { value: 'helpdesk' },
        table: { value: { form: 'schema', name: 'ticket', schema: 'public' } },
        fieldMapping: { value: [{ lhs: { value: 'id' }, column: { value: 'customer_id' } }] },
      },
      { kind: 'to-remote-schema', form: 'legacy', lhsFields: { value: [{ value: 'person_id' }] } },
    ]);
  });

  it('takes the source from the place of the file', () => {
    expect(owners(readTwins(table, { role: 'table', source: 'shop' }))).toEqual(ofTable('shop:customer'));
  });

  it('takes the role from the place of the file', () => {
    expect(readTwins('[]', { role: 'sources' }).roles).toEqual(['sources']);
    expect(readTwins('- name: shop', { role: 'sources' }).sources).toHaveLength(1);
    expect(readText('', 'yaml', { role: 'sources' }).model.sources).toEqual([]);
  });

  it('reads a list where one table is expected, and one where a list is', () => {
    expect(owners(readTwins(asItem(table), { role: 'table', source: 'shop' }))).toEqual(
      ofTable('shop:customer'),
    );
    expect(owners(readTwins(table, { role: 'tables', source: 'shop' }))).toEqual(ofTable('shop:customer'));
  });
});

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

/** A table entry with one relationship item. */
const withItem = (item: string): string =>
  `table: { schema: public, name: t }\nremote_relationships:\n${indent(asItem(item), 2)}`;
const withDefinition = (text: string): string => withItem(`name: r\ndefinition: ${text}`);

const unified = '{remote_schema: people, lhs_fields: [], remote_field: {f: {arguments: {}}}}';
const toSource = '{relationship_type: object, source: s, table: t, field_mapping: {a: b}}';
const legacyKeys = 'remote_schema: people, hasura_fields: [], remote_field: {f: {arguments: {}}}';
const lenient =
  'remote relationship definition (lenient format) expects exactly one of: remote_schema, to_source, to_remote_schema';

describe('a definition in metadata', () => {
  const kinds = (definition: Definition | undefined): string =>
    definition?.kind === 'unreadable'
      ? `unreadable(${definition.candidates.map(kinds).join()})`
      : definition?.kind === 'to-remote-schema'
        ? definition.form
        : (definition?.kind ?? 'none');

  it.each([
    [`{to_remote_schema: ${unified}}`, 'unified', []],
    [`{to_source: ${toSource}}`, 'to-source', []],
    [`{${legacyKeys}}`, 'legacy', []],
    [`{${legacyKeys}, to_source: null, to_remote_schema: null}`, 'legacy', []],
    [`{remote_schema: null, to_source: ${toSource}}`, 'to-source', []],
    [`{comment: null, to_source: ${toSource}}`, 'to-source', ['unknown-key | definition | comment | silent']],
    [`{${legacyKeys}, to_source: ${toSource}}`, 'legacy', ['unknown-key | definition | to_source | silent']],
    [
      `{to_remote_schema: ${unified}, to_source: ${toSource}}`,
      'unreadable(unified,to-source)',
      [`definition-form | definition | - | ${lenient}`],
    ],
    ['{}', 'unreadable()', [`definition-form | definition | - | ${lenient}`]],
    ['{to_source: null}', 'unreadable()', [`definition-form | definition | - | ${lenient}`]],
    ['{hasura_fields: [a]}', 'unreadable(legacy)', [`definition-form | definition | - | ${lenient}`]],
    [
      '{to_sorce: {}}',
      'unreadable()',
      [`definition-form | definition | - | ${lenient}`, 'unknown-key | definition | to_sorce | silent'],
    ],
    [
      'null',
      'unreadable()',
      ['wrong-kind | definition | definition | expected Object, but encountered Null'],
    ],
    ['[]', 'unreadable()', ['wrong-kind | definition | definition | expected Object, but encountered Array']],
    [
      '{to_source: 7}',
      'unreadable()',
      ['wrong-kind | to_source | - | expected Object, but encountered Number'],
    ],
    [
      `{remote_schema: people}`,
      'legacy',
      [
        'key-not-found | definition | hasura_fields | key "hasura_fields" not found',
        'key-not-found | definition | remote_field | key "remote_field" not found',
      ],
    ],
  ])('%s', (text, kind, expected) => {
    const model = readTwins(withDefinition(text));
    expect(kinds(onlyRelationship(model).definition)).toBe(kind);
    expect(model.shapeProblems.map(told)).toEqual(expected);
  });

  it('read nowhere says nothing', () => {
    for (const text of [
      '!include definition.yaml',
      '"!include definition.yaml"',
      '*nowhere',
      '{to_source: *nowhere}',
    ]) {
      const { model } = readText(withDefinition(text));
      expect(model.shapeProblems).toEqual([]);
      expect(onlyRelationship(model).definition?.kind).toBe('unreadable');
    }
  });

  it.each([
    [
      `name: r\n${legacyKeys.replaceAll(', h', '\nh').replaceAll(', remote', '\nremote')}`,
      'unreadable(legacy)',
    ],
    [`name: r\nto_source: ${toSource}`, 'unreadable(to-source)'],
    [`name: r\nto_remote_schema: ${unified}`, 'unreadable(unified)'],
  ])('whose keys stand in the item itself: %#', (item, kind) => {
    const model = readTwins(withItem(item));
    expect(kinds(onlyRelationship(model).definition)).toBe(kind);
    expect(model.shapeProblems.map(told)).toEqual([
      'flat-definition | remote_relationships item | definition | key "definition" not found',
    ]);
  });
});

describe('problems of a list', () => {
  it.each([
    ['sources: 7', ['wrong-kind | sources | sources | expected Array, but encountered Number']],
    [
      'sources: [{name: a, kind: postgres, configuration: {}, tables: 7}]',
      ['wrong-kind | tables | tables | expected Array, but encountered Number'],
    ],
    [
      'sources: []\nremote_schemas: {}',
      ['wrong-kind | remote_schemas | remote_schemas | expected Array, but encountered Object'],
    ],
    [
      'sources: [{name: a, configuration: {}, tables: {table: t}}]',
      ['wrong-kind | tables | tables | expected Array, but encountered Object'],
    ],
    [
      'sources: [{kind: postgres}]',
      ['name', 'tables', 'configuration'].map(
        (key) => `key-not-found | source | ${key} | key "${key}" not found`,
      ),
    ],
    [
      'sources: [{name: a, tables: null, configuration: {}}]\nremote_schemas: null',
      ['wrong-kind | source | tables | expected Array, but encountered Null'],
    ],
  ])('%s', (text, expected) => {
    expect(problems(`version: 3\n${text}`, { role: 'metadata' })).toEqual(expected);
  });
});

describe('problems of an item', () => {
  const shape = 'remote_relationships item';
  it.each([
    [`definition: {to_source: ${toSource}}`, [`key-not-found | ${shape} | name | key "name" not found`]],
    [
      `name:\ndefinition: {to_source: ${toSource}}`,
      [`wrong-kind | ${shape} | name | expected String, but encountered Null`],
    ],
    [
      `name: ''\ndefinition: {to_source: ${toSource}}`,
      [`empty-string | ${shape} | name | empty string not allowed`],
    ],
    [
      `name: 7\ndefinition: {to_source: ${toSource}}`,
      [`wrong-kind | ${shape} | name | expected String, but encountered Number`],
    ],
    ['name: r', [`key-not-found | ${shape} | definition | key "definition" not found`]],
    [
      `name: r\ncomment: c\ndefinition: {to_source: ${toSource}}`,
      [`unknown-key | ${shape} | comment | silent`],
    ],
    ['7', [`wrong-kind | ${shape} | - | expected Object, but encountered Number`]],
  ])('%s', (item, expected) => {
    expect(problems(withItem(item))).toEqual(expected);
  });

  it('are none for a list left out, null or empty', () => {
    for (const list of ['remote_relationships: ', 'remote_relationships: []', 'select_permissions: []']) {
      const model = readTwins(`table: { schema: public, name: t }\n${list}`);
      expect(model.tables).toHaveLength(1);
      expect(model.shapeProblems).toEqual([]);
    }
  });

  it('is a list of the wrong kind', () => {
    expect(
      problems('table: { schema: public, name: t }\nselect_permissions: []\nremote_relationships: {a: 1}'),
    ).toEqual([
      'wrong-kind | remote_relationships | remote_relationships | expected Array, but encountered Object',
    ]);
  });
});

describe('problems of to_source', () => {
  const missing = ['relationship_type', 'source', 'table', 'field_mapping'];
  it('lists every missing key', () => {
    expect(problems(withDefinition('{to_source: {}}'))).toEqual(
      missing.map((key) => `key-not-found | to_source | ${key} | key "${key}" not found`),
    );
  });

  const type =
    "relationship-type | to_source | relationship_type | expecting either 'object' or 'array' for rel_type";
  it.each([
    ['relationship_type: object', 'relationship_type: many', [type]],
    ['relationship_type: object', 'relationship_type: null', [type]],
    ['relationship_type: object', 'relationship_type: Object', [type]],
    ['source: s', 'source: 7', ['wrong-kind | to_source | source | expected String, but encountered Number']],
    ['source: s', 'source: ""', ['empty-string | to_source | source | empty string not allowed']],
    ['table: t', 'table: null', ['wrong-kind | table | table | silent']],
    [
      'field_mapping: {a: b}',
      'field_mapping: null',
      ['wrong-kind | field_mapping | field_mapping | expected Object, but encountered Null'],
    ],
    [
      'field_mapping: {a: b}',
      'field_mapping: {a: 1, c: d}',
      ['wrong-kind | field_mapping | a | expected String, but encountered Number'],
    ],
    ['field_mapping: {a: b}', 'field_mapping: {}', []],
    ['source: s', 'source: s, schema: public', ['unknown-key | to_source | schema | silent']],
  ])('%s -> %s', (right, wrong, expected) => {
    expect(problems(withDefinition(`{to_source: ${toSource.replace(right, wrong)}}`))).toEqual(expected);
  });

  it('keeps the pairs that can be read', () => {
    const { definition } = onlyRelationship(
      readTwins(withDefinition(`{to_source: ${toSource.replace('a: b', 'a: 1, c: d')}}`)),
    );
    expect(facts(definition)).toMatchObject({
      fieldMapping: {
        value: [
          { lhs: { value: 'a' }, column: undefined },
          { lhs: { value: 'c' }, column: { value: 'd' } },
        ],
      },
    });
  });
});

describe('problems of to_remote_schema', () => {
  it('lists every missing key', () => {
    expect(problems(withDefinition('{to_remote_schema: {}}'))).toEqual(
      ['remote_schema', 'lhs_fields', 'remote_field'].map(
        (key) => `key-not-found | to_remote_schema | ${key} | key "${key}" not found`,
      ),
    );
  });

  it.each([
    [
      'remote_schema: people',
      'remote_schema: ""',
      ['empty-string | to_remote_schema | remote_schema | empty string not allowed'],
    ],
    [
      'lhs_fields: []',
      'lhs_fields: null',
      ['wrong-kind | lhs_fields | lhs_fields | expected Array, but encountered Null'],
    ],
    [
      'lhs_fields: []',
      'lhs_fields: id',
      ['wrong-kind | lhs_fields | lhs_fields | expected Array, but encountered String'],
    ],
    [
      'lhs_fields: []',
      'lhs_fields: [id, 1]',
      ['wrong-kind | lhs_fields | - | expected String, but encountered Number'],
    ],
    ['lhs_fields: []', 'lhs_fields: [id, id]', []],
    [
      'lhs_fields: []',
      'hasura_fields: []',
      [
        'unknown-key | to_remote_schema | hasura_fields | silent',
        'key-not-found | to_remote_schema | lhs_fields | key "lhs_fields" not found',
      ],
    ],
  ])('%s -> %s', (right, wrong, expected) => {
    expect(problems(withDefinition(`{to_remote_schema: ${unified.replace(right, wrong)}}`))).toEqual(
      expected,
    );
  });

  it('knows nothing of a list of which a part is elsewhere', () => {
    const { model } = readText(
      withDefinition(`{to_remote_schema: ${unified.replace('[]', '[id, *nowhere]')}}`),
    );
    expect(onlyRelationship(model).definition).toMatchObject({ lhsFields: { state: 'unknown' } });
  });
});

describe('types of remote schemas', () => {
  const entry = (type: string): string =>
    `- name: people\n  definition: {url: x}\n  remote_relationships: [${type}]`;
  const shape = 'remote_relationships item';
  it.each([
    ['{type_name: Person}', []],
    ['{type_name: Person, relationships: null}', []],
    ['{relationships: []}', [`key-not-found | ${shape} | type_name | key "type_name" not found`]],
    [
      '{type: Person, relationships: []}',
      [`type-for-type-name | ${shape} | type_name | key "type_name" not found`],
    ],
    [
      '{type_name: my-type, relationships: []}',
      [`type-name | ${shape} | type_name | my-type is not valid GraphQL name`],
    ],
    [
      '{type_name: "", relationships: []}',
      [`empty-string | ${shape} | type_name | empty string not allowed`],
    ],
    ['{type_name: Person, type: Person}', [`unknown-key | ${shape} | type | silent`]],
    ['{type_name: Person, relationship: []}', [`unknown-key | ${shape} | relationship | silent`]],
    [
      '{type_name: Person, relationships: 7}',
      ['wrong-kind | relationships | relationships | expected Array, but encountered Number'],
    ],
    ['7', [`wrong-kind | ${shape} | - | expected Object, but encountered Number`]],
  ])('%s', (type, expected) => {
    expect(problems(entry(type), { role: 'remote-schemas' })).toEqual(expected);
  });

  it('takes `type` for the name it stands for', () => {
    const model = readTwins(entry('{type: Person, relationships: []}'));
    expect(model.remoteSchemas[0]?.types[0]?.typeName).toMatchObject({ state: 'present', value: 'Person' });
  });

  it('reports unknown keys of the entry, and a name left out', () => {
    expect(problems('- definition: {url: x}\n  remote_relationship: []', { role: 'remote-schemas' })).toEqual(
      [
        'unknown-key | remote schema | remote_relationship | silent',
        'key-not-found | remote schema | name | key "name" not found',
      ],
    );
  });
});

describe('version of a document (R44)', () => {
  const sources = `sources:\n${indent(asItem(source), 2)}`;
  it.each([
    ['version: 3', sources, []],
    ['version: 4', sources, ['expected 1, 2 or 3, encountered 4']],
    ['version: "3"', sources, ['expected Number, but encountered String']],
    ['', sources, ['key "tables" not found']],
    ['version: 2', sources, ['key "tables" not found']],
    ['version: 3', `remote_schemas:\n${indent(asItem(remoteSchema), 2)}`, ['key "sources" not found']],
    ['version: 1', `tables:\n${indent(asItem(table), 2)}`, []],
  ])('%s beside %#', (version, rest, messages) => {
    const found = readTwins(`${version}\n${rest}`).shapeProblems;
    expect(found.map(({ serverMessage }) => serverMessage)).toEqual(messages);
    expect(found.every(({ kind }) => kind === 'metadata-version')).toBe(true);
  });
});

describe('aliases and merge keys', () => {
  it('count as what they stand for', () => {
    const { model } = readText(`
- table: { schema: public, name: a }
  remote_relationships: &shared
    - name: profile
      definition:
        to_remote_schema: &target ${unified}
- table: { schema: public, name: b }
  remote_relationships: *shared
- table: { schema: public, name: c }
  remote_relationships:
    - name: other
      definition:
        to_remote_schema: { <<: *target, remote_schema: forum }
`);
    expect(model.shapeProblems).toEqual([]);
    expect(owners(model)).toEqual(['?:a.profile', '?:b.profile', '?:c.other']);
    expect(facts(model.relationships.at(-1)?.definition)).toMatchObject({ remoteSchema: { value: 'forum' } });
  });

  it('of an alias that leads nowhere nothing is said', () => {
    const { model } = readText('table: { schema: public, name: a }\nremote_relationships: *nowhere');
    expect(model.tables).toHaveLength(1);
    expect(model.shapeProblems).toEqual([]);
  });

  it('a shared tree of nodes is read no further than the text is long', () => {
    const tree = parse(
      JSON.stringify({
        table: { schema: 's', name: 't' },
        remote_relationships: [
          {
            name: 'r',
            definition: {
              to_remote_schema: {
                remote_schema: 'r',
                lhs_fields: [],
                remote_field: { f: { arguments: {} } },
              },
            },
          },
        ],
      }),
      'json',
    );
    let value = parse('{"x": 1, "y": 2}', 'json').roots[0];
    for (let level = 0; level < 60 && value !== undefined; level++) {
      const next = parse('{"x": {}, "y": {}}', 'json').roots[0];
      for (const child of next?.children ?? []) {
        child.kind = 'object';
        child.children = value.children;
      }
      value = next;
    }
    const find = (node: (typeof tree.roots)[number]): (typeof tree.roots)[number] | undefined =>
      node.key?.value === 'arguments' ? node : node.children.map(find).find((one) => one !== undefined);
    const root = tree.roots[0];
    const target = root && find(root);
    if (target === undefined || value === undefined) throw new Error('no arguments');
    target.children = value.children;
    expect(readModel(tree).relationships).toHaveLength(1);
  });
});
