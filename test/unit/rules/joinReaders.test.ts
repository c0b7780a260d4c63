import { describe, expect, it } from 'vitest';
import {
  argumentDeclaration,
  argumentUses,
  argumentWords,
  inputTypeOf,
  lhsFieldsKey,
  lhsFieldWords,
  lhsWords,
  remoteSchemaJoins,
  sentence,
  sourceJoins,
  stepsBelowNonObjects,
  typedValueUses,
  type ValueUse,
  valueUses,
} from '../../../server/src/rules/support/joinReaders.ts';
import { contextOf } from '../support/checkText.ts';
import { legacy, onType, surroundings, toRemoteSchema, toSource } from './joinFixtures.ts';

const located = { ...surroundings, location: { source: 'default' } };
const read = (text: string) => contextOf(text, located);

/** `node` returns an interface: what stands below it is read with a type that has nothing to do with it. */
const astray = read(
  toRemoteSchema(
    '[id]',
    `
node:
  arguments: { id: $id }
  field:
    person:
      arguments: { id: [1], locale: en }
      field:
        friends: { arguments: { first: { deep: [x] } } }`,
  ),
);

const values = (uses: readonly ValueUse[]) => uses.map(({ value }) => value.value.node.value);

describe('below what is no object', () => {
  it('steps are astray however deep, the one above is not', () => {
    expect([...stepsBelowNonObjects(astray)].map(({ name }) => name.value)).toEqual(['person', 'friends']);
  });

  it('values are read, and those whose type means something are told apart', () => {
    expect(values(valueUses(astray, 'literal'))).toEqual([1, 'en', 'x']);
    expect(values(typedValueUses(astray, 'literal'))).toEqual([]);
    expect(valueUses(astray, 'list')).toHaveLength(2);
    expect(typedValueUses(astray, 'list')).toEqual([]);
    expect(typedValueUses(astray, 'object')).toEqual([]);
    expect(values(typedValueUses(astray, 'variable'))).toEqual(['$id']);
    expect(valueUses(astray, 'null')).toEqual([]);
  });

  it('arguments are left out', () => {
    expect(argumentUses(astray).map(({ argument }) => argument.argument.name.value)).toEqual(['id']);
  });

  it('another relationship of the same document is not concerned', () => {
    const both = read(
      `${toRemoteSchema('[id]', 'node: { arguments: { id: $id }, field: { person: { arguments: { id: 1 } } } }')}${toRemoteSchema(
        '[]',
        'person: { arguments: { id: 2 } }',
        { name: 'other' },
      ).replace('table: customer\nremote_relationships:\n', '')}`,
    );
    expect(values(valueUses(both, 'literal'))).toEqual([1, 2]);
    expect(values(typedValueUses(both, 'literal'))).toEqual([2]);
  });
});

describe('values at any depth', () => {
  const context = read(
    toRemoteSchema(
      '[id]',
      'people: { arguments: { limit: 1, ids: [$id, a], where: { name: b, _or: [{ kind: c }] } } }',
    ),
  );
  const uses = valueUses(context, 'literal');
  it('stand under the nearest argument or input field', () => {
    expect(uses.map((use) => [use.value.value.node.value, argumentWords(use)])).toEqual([
      [1, 'argument "limit"'],
      ['a', 'argument "ids"'],
      ['b', 'input field "name"'],
      ['c', 'input field "kind"'],
    ]);
  });

  it('know the type whose field that is', () => {
    expect(uses.map((use) => inputTypeOf(use)?.name)).toEqual([
      undefined,
      undefined,
      'PersonFilter',
      'PersonFilter',
    ]);
  });

  it('say where it is declared', () => {
    expect(uses.flatMap(argumentDeclaration).map(({ message }) => message)).toEqual([
      'Argument "limit" of type Int is declared here.',
      'Argument "ids" of type [ID!] is declared here.',
      'Input field "name" of type String is declared here.',
      'Input field "kind" of type Kind is declared here.',
    ]);
  });

  it('not, when it is declared nowhere', () => {
    const none = read(toRemoteSchema('[]', 'people: { arguments: { nothing: 1 } }'));
    expect(valueUses(none, 'literal').flatMap(argumentDeclaration)).toEqual([]);
  });

  it('input fields are arguments too, in the order written', () => {
    expect(argumentUses(context).map((use) => argumentWords(use))).toEqual([
      'argument "limit"',
      'argument "ids"',
      'argument "where"',
      'input field "name"',
      'input field "_or"',
      'input field "kind"',
    ]);
  });
});

it('joins are told apart by their target, and read once', () => {
  const context = read(
    `${toSource('{ id: customer_id }')}${toRemoteSchema('[]', 'hello: { arguments: {} }').replace('table: customer\nremote_relationships:\n', '')}`,
  );
  expect(sourceJoins(context)).toHaveLength(1);
  expect(remoteSchemaJoins(context)).toHaveLength(1);
  expect(sourceJoins(context)).toBe(sourceJoins(context));
  expect(sourceJoins(read(''))).toEqual([]);
});

describe('words', () => {
  const joinOf = (text: string) => {
    const [join] = read(text).joins;
    if (join === undefined) throw new Error('no join');
    return join;
  };
  it.each([
    ['a table', toSource('{}'), 'table "customer"'],
    ['a table nobody knows', toSource('{}', { table: '{ schema: x, name: y }' }), 'table "x.y"'],
    ['a table being typed', toSource('{}', { table: '' }), 'the table'],
    ['a type', onType('Person'), 'type "Person" of remote schema "people"'],
    ['a type being typed', onType(''), 'the type of remote schema "people"'],
  ])('for the left side: %s', (_, text, words) => expect(lhsWords(joinOf(text))).toBe(words));

  it('for a type whose remote schema is not said', () => {
    const text = onType('Person')
      .replace(/^[\s\S]*remote_relationships:\n/, '')
      .replaceAll(/^ {4}/gm, '');
    expect(lhsWords(joinOf(text))).toBe('type "Person"');
  });

  it('for join fields', () => {
    const field = {
      type: undefined,
      graphqlType: undefined,
      nullable: undefined,
      description: undefined,
      location: undefined,
    };
    expect(
      (['column', 'computed-field', 'remote-field'] as const).map((origin) =>
        lhsFieldWords({ ...field, name: 'a', origin }),
      ),
    ).toEqual(['column "a"', 'computed field "a"', 'field "a"']);
  });

  it('for the key they stand under', () => {
    const keys = [toRemoteSchema('[]', 'hello: { arguments: {} }'), legacy('[]', 'hello: { arguments: {} }')];
    expect(keys.flatMap((text) => remoteSchemaJoins(read(text)).map(lhsFieldsKey))).toEqual([
      'lhs_fields',
      'hasura_fields',
    ]);
  });

  it('at the beginning of a sentence', () => expect([sentence('a b'), sentence('')]).toEqual(['A b', '']));
});
