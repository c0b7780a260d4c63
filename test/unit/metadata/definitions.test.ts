import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../server/src/metadata/relationship.ts';
import { facts, onlyRelationship, problems, readText, readTwins, told } from './support.ts';
import { legacyKeys, lenient, toSource, unified, withDefinition, withItem } from './texts.ts';

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
    [
      `{to_remote_schema: 7, to_source: ${toSource}}`,
      'unreadable(to-source)',
      [`definition-form | definition | - | ${lenient}`],
    ],
    [
      `{to_remote_schema: ${unified}, to_source: []}`,
      'unreadable(unified)',
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

  it('that is missing is unreadable', () => {
    expect(kinds(onlyRelationship(readTwins(withItem('name: r'))).definition)).toBe('unreadable()');
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
