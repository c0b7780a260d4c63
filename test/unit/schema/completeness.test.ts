import { describe, expect, it } from 'vitest';
import { isComplete } from '../../../server/src/schema/completeness.ts';
import { permittedSchema } from '../../../server/src/schema/permittedSchema.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';

describe('whether a schema has every type it speaks of, so that a file of it can stand for all of it', () => {
  it.each<[string, string, boolean]>([
    ['all types', 'type Query { a(b: B): A } type A { id: ID! } input B { c: C } enum C { X }', true],
    ['built-in scalars', 'type Query { a: Int b: [String!]! c: Boolean d: Float e(f: ID): ID }', true],
    ['scalars that servers add', 'type Query { a: DateTime b: JSON c(d: Upload): AWSEmail }', true],
    ['fields that name themselves', 'type Query { me: User } type User { friends: [User!]! }', true],
    [
      'all interfaces and members',
      'type Query { a: U } union U = A type A implements I { id: ID } interface I { id: ID }',
      true,
    ],
    ['no root to ask', 'type A { id: ID }', false],
    ['a root of another name that is not there', 'schema { query: Root } type Query { id: ID }', false],
    ['a field of no type', 'type Query { a: A b: Int }', false],
    ['a list of no type', 'type Query { b: Int a: [A!]! }', false],
    ['an argument of no type', 'type Query { a(b: Int, c: C): Int }', false],
    ['an input field of no type', 'type Query { a(b: B): Int } input B { c: Int, d: D }', false],
    ['no interface', 'type Query implements I & J { id: ID } interface I { id: ID }', false],
    ['no member', 'type Query { id: ID } union U = Query | A', false],
    ['a type like a scalar that servers add', 'type Query { a: DateTimes }', false],
  ])('%s', (_, sdl, complete) => {
    const { schema } = loadSdl([{ uri: 'file:///a.graphql', text: sdl }]);
    expect(schema && isComplete(schema)).toBe(complete);
  });
});

describe('what the permissions show of a remote schema', () => {
  const file = (text: string) => ({ uri: 'file:///a.yaml', text });
  it('is what any of them shows, and a part of it', () => {
    const schema = permittedSchema([
      file('type Query { a: A } type A { id: ID }'),
      file('type Query {'),
      file('type Query { b: Int }'),
    ]);
    expect(schema).toMatchObject({ queryTypeName: 'Query', isPartial: true });
    expect(schema?.typeNames).toEqual(expect.arrayContaining(['Query', 'A']));
    expect(schema?.type('Query')?.fields.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(schema?.type('B')).toBeUndefined();
  });

  it.each([[[]], [[file('type Query {')]]])('is nothing where none can be read', (permissions) => {
    expect(permittedSchema(permissions)).toBeUndefined();
  });
});
