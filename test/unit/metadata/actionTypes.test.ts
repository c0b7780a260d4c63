import { describe, expect, it } from 'vitest';
import type { ActionTypeEntry, Relationship } from '../../../server/src/metadata/relationship.ts';
import { facts, readText, readTwins, told } from './support.ts';

/** Types of actions and their relationships: `custom_types` of a document, of `actions.yaml`, of a request. */

const read = (types: string) => readTwins(`actions: []\ncustom_types: ${types}\n`, { role: 'actions' });
const said = (types: string) => read(types).shapeProblems.map(told);
const typeWith = (rest: string) => `{objects: [{name: Output, ${rest}}]}`;
const relationshipWith = (rest: string) => typeWith(`relationships: [{${rest}}]`);
const whole = 'name: r, type: object, remote_table: t, field_mapping: {}';

function only(types: string): ActionTypeEntry {
  const { actionTypes } = read(types);
  expect(actionTypes).toHaveLength(1);
  const [type] = actionTypes;
  if (type === undefined) throw new Error('no type');
  return type;
}

function onlyRelationship(types: string): Relationship {
  const { relationships } = only(types);
  expect(relationships).toHaveLength(1);
  const [relationship] = relationships;
  if (relationship === undefined) throw new Error('no relationship');
  return relationship;
}

describe('what can’t be types of actions', () => {
  const place = 'relationship of an action type';
  it.each<[string, string[]]>([
    ['7', ['wrong-kind | custom_types | custom_types | expected Object, but encountered Number']],
    ['null', []],
    ['"!include types.yaml"', []],
    ['{}', []],
    ['{objects: 7}', ['wrong-kind | objects | objects | expected Array, but encountered Number']],
    ['{objects: null}', []],
    ['{objects: "!include types.yaml"}', []],
    ['{objects: ["!include type.yaml"]}', []],
    ['{objects: [{}]}', ['key-not-found | action type | name | key "name" not found']],
    [typeWith('fields: 7'), []],
    [
      typeWith('relationships: {}'),
      ['wrong-kind | relationships | relationships | expected Array, but encountered Object'],
    ],
    [typeWith('relationships: null'), []],
    [typeWith('relationships: "!include r.yaml"'), []],
    [typeWith('relationships: ["!include r.yaml"]'), []],
    [
      typeWith('relationships: [7]'),
      ['wrong-kind | relationships item | - | expected Object, but encountered Number'],
    ],
    [relationshipWith(whole), []],
    [relationshipWith(`${whole}, source: null`), []],
    [relationshipWith(`${whole}, source: shop`), []],
    [relationshipWith(`${whole}, more: 1`), [`unknown-key | ${place} | more | silent`]],
    [
      relationshipWith(''),
      ['name', 'type', 'remote_table', 'field_mapping'].map(
        (key) => `key-not-found | ${place} | ${key} | key "${key}" not found`,
      ),
    ],
    [
      relationshipWith('name: 7, type: many, source: 7, remote_table: t, field_mapping: 7'),
      [
        `wrong-kind | ${place} | name | expected String, but encountered Number`,
        `relationship-type | ${place} | type | expecting either 'object' or 'array' for rel_type`,
        `wrong-kind | ${place} | source | expected String, but encountered Number`,
        'wrong-kind | field_mapping | field_mapping | expected Object, but encountered Number',
      ],
    ],
  ])('%s', (types, problems) => expect(said(types)).toEqual(problems));

  it.each([
    ['with a name', relationshipWith('name: r'), 'r'],
    ['with none', relationshipWith('type: object'), undefined],
    ['whose name is a number', relationshipWith('name: 7'), undefined],
  ])('problems of a relationship %s are its own', (_, types, name) => {
    const { shapeProblems } = read(types);
    expect(shapeProblems.length).toBeGreaterThan(1);
    expect(new Set(shapeProblems.map(({ relationship }) => relationship))).toEqual(new Set([name]));
  });

  it('problems behind a relationship are not its', () => {
    const { shapeProblems } = read(typeWith('relationships: [{name: r}, 7]'));
    expect(shapeProblems.at(-1)).toMatchObject({ shape: 'relationships item', relationship: undefined });
  });
});

describe('the fields of a type', () => {
  it.each<[string, [string, string | undefined][] | undefined]>([
    ['fields: []', []],
    [
      'fields: [{name: id, type: Int}, {name: all, type: "[Int!]"}]',
      [
        ['id', 'Int'],
        ['all', '[Int!]'],
      ],
    ],
    ['fields: [{name: id}]', [['id', undefined]]],
    ['fields: [{name: id, type: 7}]', [['id', undefined]]],
    ['fields: [{name: id, type: "!include type"}]', [['id', undefined]]],
    // All of them or none: of a field that is not among those that are known it is said that it is missing.
    ['other: 1', undefined],
    ['fields: null', undefined],
    ['fields: {name: id}', undefined],
    ['fields: "!include fields.yaml"', undefined],
    ['fields: [{name: id}, "!include field.yaml"]', undefined],
    ['fields: [{name: id}, {type: Int}]', undefined],
    ['fields: [{name: id}, {name: 7, type: Int}]', undefined],
    ['fields: [{name: id}, {name: "!include name"}]', undefined],
  ])('%s', (fields, expected) => {
    expect(only(typeWith(fields)).fields?.map(({ name, type }) => [name.value, type])).toEqual(expected);
  });

  it('are not known where one of them is merged with what is not there', () => {
    const { model } = readText(`custom_types: ${typeWith('fields: [{<<: *no, name: id}]')}`, 'yaml', {
      role: 'actions',
    });
    expect(model.actionTypes).toMatchObject([{ fields: undefined }]);
  });
});

describe('a relationship of a type', () => {
  it('leads from its fields to a table', () => {
    const types = typeWith(
      'fields: [{name: id, type: Int}], relationships: [{name: r, type: array, source: shop, remote_table: {schema: app, name: orders}, field_mapping: {id: customer_id}}]',
    );
    const { name, owner, definition, mode, request } = onlyRelationship(types);
    expect({ name, mode, request }).toMatchObject({
      name: { state: 'present', value: 'r' },
      mode: 'lenient',
      request: undefined,
    });
    expect(facts(owner)).toEqual({
      kind: 'action-type',
      typeName: facts(only(types).name),
      fields: facts(only(types).fields),
    });
    expect(definition).toMatchObject({
      kind: 'to-source',
      relationshipType: { state: 'present', value: 'array' },
      source: { state: 'present', value: 'shop' },
      table: { state: 'present', value: { form: 'schema', schema: 'app', name: 'orders' } },
      fieldMapping: { state: 'present', value: [{ lhs: { value: 'id' }, column: { value: 'customer_id' } }] },
    });
  });

  it('is no remote relationship', () => expect(read(relationshipWith(whole)).relationships).toEqual([]));

  it.each([
    ['source: null', 'missing'],
    ['more: 1', 'missing'],
    ['source: "!include s"', 'unknown'],
    ['source: 7', 'malformed'],
  ])('with %s', (rest, state) => {
    expect(onlyRelationship(relationshipWith(`${whole}, ${rest}`)).definition).toMatchObject({
      source: { state },
    });
  });

  it('stands beside others', () => {
    const { relationships } = only(typeWith(`relationships: [{${whole}}, 7, "!include r.yaml", {name: s}]`));
    expect(relationships.map(({ name }) => name)).toMatchObject([{ value: 'r' }, { value: 's' }]);
  });
});

it.each([
  ['a document', `version: 3\nsources: []\ncustom_types: ${relationshipWith(whole)}`],
  ['a request', `type: set_custom_types\nargs: ${relationshipWith(whole)}`],
])('types of actions in %s', (_, text) => {
  expect(readTwins(text).actionTypes).toMatchObject([{ relationships: [{ name: { value: 'r' } }] }]);
});
