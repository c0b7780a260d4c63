import { describe, expect, it } from 'vitest';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { isRequired, typeReferenceText } from '../../../server/src/schema/typeReference.ts';

const uri = 'file:///schema/people.graphql';

function load(text: string) {
  return loadSdl([{ uri, text }]);
}

function schemaOf(text: string) {
  const { schema, problems } = load(text);
  if (schema === undefined) throw new Error(problems[0]?.message);
  return schema;
}

function at(text: string, location: { readonly offset: number; readonly length: number } | undefined) {
  return location && text.slice(location.offset, location.offset + location.length);
}

const people = `
"A person."
type Person implements Node {
  "Its identifier."
  id: ID!
  name: String @deprecated(reason: "use fullName")
  old: Int @deprecated
  friends(first: Int = 10, where: PersonFilter, order: [Order!]! = [ASC]): [Person!]!
}
interface Node { id: ID! }
union Anything = Person
enum Order { ASC DESC }
scalar DateTime
input PersonFilter { name: String, limit: Int! = 5, and: [PersonFilter!] }
type Query { person(id: ID!): Person }
`;

describe('loadSdl', () => {
  it('gives types of every kind', () => {
    const schema = schemaOf(people);
    const kinds = ['Person', 'Node', 'Anything', 'Order', 'DateTime', 'PersonFilter'].map(
      (name) => schema.type(name)?.kind,
    );
    expect(kinds).toEqual(['object', 'interface', 'union', 'enum', 'scalar', 'input-object']);
    expect(schema.type('Nobody')).toBeUndefined();
    expect(schema.type('Order')?.enumValues).toEqual(['ASC', 'DESC']);
    expect(schema.type('Person')?.description).toBe('A person.');
  });

  it('gives fields, arguments and input fields with their details', () => {
    const schema = schemaOf(people);
    const friends = schema.type('Person')?.field('friends');
    expect(friends && typeReferenceText(friends.type)).toBe('[Person!]!');
    expect(friends?.arguments.map((argument) => argument.name)).toEqual(['first', 'where', 'order']);
    expect(friends?.argument('first')).toMatchObject({ hasDefault: true, defaultText: '10' });
    expect(friends?.argument('order')?.defaultText).toBe('[ASC]');
    expect(friends?.argument('last')).toBeUndefined();
    expect(schema.type('Person')?.field('id')?.description).toBe('Its identifier.');
    expect(schema.type('PersonFilter')?.inputField('limit')?.hasDefault).toBe(true);
    expect(schema.type('PersonFilter')?.field('limit')).toBeUndefined();
    expect(schema.type('Person')?.inputField('id')).toBeUndefined();
  });

  it.each([
    ['name', 'use fullName'],
    ['old', 'No longer supported'],
    ['id', undefined],
  ])('reads the deprecation of %s', (field, reason) => {
    expect(schemaOf(people).type('Person')?.field(field)?.deprecationReason).toBe(reason);
  });

  it('says where each name stands', () => {
    const schema = schemaOf(people);
    const person = schema.type('Person');
    expect(person?.location?.uri).toBe(uri);
    expect(at(people, person?.location)).toBe('Person');
    expect(at(people, person?.field('friends')?.location)).toBe('friends');
    expect(at(people, person?.field('friends')?.argument('where')?.location)).toBe('where');
    expect(at(people, schema.type('PersonFilter')?.inputField('and')?.location)).toBe('and');
  });

  it('counts UTF-16 units behind a byte order mark, CRLF and characters outside the BMP', () => {
    const text = '\uFEFF"""𝒳 é"""\r\ntype Query {\r\n  # 𝒳\r\n  person: String\r\n}';
    expect(at(text, schemaOf(text).type('Query')?.field('person')?.location)).toBe('person');
  });

  it.each([
    ['no schema definition', 'type Query { a: Int }', 'Query'],
    ['a schema definition', 'schema { query: Root } type Root { a: Int }', 'Root'],
    ['an extended schema', 'extend schema { query: Root } type Root { a: Int }', 'Root'],
    ['an extension with a directive alone', 'extend schema @link(url: "x") type Query { a: Int }', 'Query'],
    ['types of a server with query_root', 'type query_root { a: Int }', 'query_root'],
    ['no query type at all', 'type Thing { a: Int }', 'Query'],
  ])('finds the query root with %s', (_case, text, expected) => {
    expect(schemaOf(text).queryTypeName).toBe(expected);
  });

  it('has the built-in scalars, declared or not', () => {
    const schema = schemaOf('type Query { a: Int }');
    expect(['Int', 'Float', 'String', 'Boolean', 'ID'].map((name) => schema.type(name)?.kind)).toEqual(
      Array(5).fill('scalar'),
    );
    expect(schema.typeNames).toContain('ID');
    expect(schemaOf('scalar ID type Query { a: ID }').typeNames.filter((name) => name === 'ID')).toHaveLength(
      1,
    );
  });

  it.each([
    ['a type of its own name', 'extend type Person { age: Int }'],
    ['a type only extended, as in federation', 'extend type Person @key(fields: "id") { age: Int id: ID }'],
  ])('merges extensions: %s', (_case, extension) => {
    const own = extension.includes('@key') ? '' : 'type Person { id: ID }';
    const { schema, problems } = load(`${own} ${extension} type Query { p: Person }`);
    expect(problems).toEqual([]);
    expect(schema?.type('Person')?.field('age')).toBeDefined();
    expect(schema?.type('Person')?.field('id')).toBeDefined();
  });

  it.each([
    ['permission presets', 'type Query { a(id: Int @preset(value: "x-hasura-user-id", static: true)): Int }'],
    ['unknown directives', 'directive @a on OBJECT type Query @nobody(knows: {what: 1}) { a: Int @b }'],
    ['types nobody defines', 'type Query { a: Missing }'],
    ['comments and commas', '# only\ntype Query { a: Int, b: Int, }'],
    ['an empty type', 'type Empty type Query { a: Empty }'],
  ])('loads %s without a problem', (_case, text) => {
    const { schema, problems } = load(text);
    expect(problems).toEqual([]);
    expect(schema?.type('Query')).toBeDefined();
  });

  it.each([
    ['type Query { a: Int', '', 'type Query { a: Int'.length],
    ['type Query { a Int }', 'Int', 15],
    ['type Query { a(: Int }', ':', 15],
    ['hello', 'hello', 0],
    ['type Query { a: "', '', undefined],
  ])('reports a syntax error where it is: %j', (text, word, offset) => {
    const { schema, problems } = load(text);
    expect(schema).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ uri, severity: 'error' });
    expect(problems[0]?.message).toMatch(/^This is not valid GraphQL SDL\. Syntax Error/);
    if (offset !== undefined) {
      expect(at(text, problems[0])).toBe(word);
      expect(problems[0]?.offset).toBe(offset);
    }
  });

  it.each([
    ['a type', 'type A { x: Int } type A { y: Int } type Query { a: A }', ['A'], /merged/],
    ['a field', 'type Query { x: Int x: String }', ['x'], /"Query\.x".*first one counts/],
    ['a field of an extension', 'type Query { x: Int } extend type Query { x: Int }', ['x'], /Query\.x/],
    ['an input field', 'input I { x: Int x: Int x: Int } type Query { a(i: I): Int }', ['x', 'x'], /I\.x/],
    ['an enum value', 'enum E { A B A } type Query { e: E }', ['A'], /E\.A/],
    ['a scalar', 'scalar A scalar A type Query { a: A }', ['A'], /^Type "A".*merged/],
    ['a union', 'union A = Query union A = Query type Query { a: A }', ['A'], /^Type "A".*merged/],
    ['two kinds', 'type A { x: Int } input A { z: Int } type Query { a: A }', ['A', 'A'], /./],
  ])('warns of %s defined twice and goes on', (_case, text, words, message) => {
    const { schema, problems } = load(text);
    expect(schema?.type('Query')).toBeDefined();
    expect(problems.map((problem) => at(text, problem))).toEqual(words);
    for (const problem of problems) expect(problem.severity).toBe('warning');
    expect(problems[0]?.message).toMatch(message);
  });

  it('takes of a type of two kinds the parts of the first', () => {
    const schema = schemaOf('type A { x: Int } input A { z: Int } enum A { V } type Query { a: A }');
    const type = schema.type('A');
    expect([type?.kind, type?.fields.map(({ name }) => name), type?.field('z')]).toEqual([
      'object',
      ['x'],
      undefined,
    ]);
    expect([type?.inputFields, type?.enumValues]).toEqual([[], []]);
  });

  it('merges repeated types, and lets the first of repeated fields count', () => {
    const schema = schemaOf('type A { x: Int } type A { y: Int x: String } type Query { a: A }');
    expect(
      schema.type('A')?.fields.map((field) => `${field.name}: ${typeReferenceText(field.type)}`),
    ).toEqual(['x: Int', 'y: Int']);
  });

  it('takes what a type is from its definition, though it is extended before', () => {
    const text = 'extend type A { y: Int } "What it is." type A { x: Int } type Query { a: A }';
    const type = schemaOf(text).type('A');
    expect(type?.description).toBe('What it is.');
    expect(type?.location?.offset).toBe(text.lastIndexOf('A {'));
    expect(type?.fields.map(({ name }) => name).toSorted()).toEqual(['x', 'y']);
  });

  it('tells lists from what they are of', () => {
    expect(schemaOf('type Query { a: [Int!] }').type('Query')?.field('a')?.type).toEqual({
      kind: 'list',
      of: { kind: 'named', name: 'Int', nonNull: true },
      nonNull: false,
    });
  });

  it.each([12, 13])('lets the first of repeated fields count among %d', (count) => {
    const fields = Array.from({ length: count - 1 }, (_, index) => `f${index}: Int`).join(' ');
    const repeated = schemaOf(`type Query { ${fields} f3: String }`).type('Query');
    expect(repeated?.fields).toHaveLength(count - 1);
    expect(repeated?.field('f3')?.type).toMatchObject({ name: 'Int' });
  });

  it('reads a schema spread over several files', () => {
    const other = 'file:///schema/more.graphql';
    const { schema, problems } = loadSdl([
      { uri, text: 'type Query { a: A }' },
      { uri: other, text: 'type A { x: Int } extend type Query { b: Int }' },
    ]);
    expect(problems).toEqual([]);
    expect(schema?.type('A')?.location?.uri).toBe(other);
    expect(schema?.type('Query')?.field('a')?.location?.uri).toBe(uri);
    expect(schema?.type('Query')?.field('b')?.location?.uri).toBe(other);
  });

  it('gives no schema when one of several files is broken', () => {
    const { schema, problems } = loadSdl([
      { uri, text: 'type Query { a: A }' },
      { uri: 'file:///schema/broken.graphql', text: 'type A {' },
    ]);
    expect(schema).toBeUndefined();
    expect(problems.map((problem) => problem.uri)).toEqual(['file:///schema/broken.graphql']);
  });

  it.each([
    ['a query', 'query { a }', 'error'],
    ['directives alone', 'directive @a on OBJECT', 'error'],
  ])('says that %s is no schema', (_case, text, severity) => {
    const { schema, problems } = load(text);
    expect(schema).toBeUndefined();
    expect(problems.at(-1)).toMatchObject({ severity, message: 'This file defines no GraphQL type.' });
  });

  it('only warns of a query beside types', () => {
    const { schema, problems } = load('type Query { a: Int } query Q { a }');
    expect(schema).toBeDefined();
    expect(problems).toMatchObject([{ severity: 'warning', offset: 22 }]);
  });

  it('gives a schema or an error within the text, wherever the text is cut off', () => {
    for (let length = 0; length < people.length; length += 1) {
      const { schema, problems } = load(people.slice(0, length));
      expect(problems.some((problem) => problem.severity === 'error')).toBe(schema === undefined);
      for (const problem of problems) expect(problem.offset + problem.length).toBeLessThanOrEqual(length);
    }
  });

  it('has nothing to say of no files', () => {
    expect(loadSdl([])).toEqual({ schema: undefined, problems: [] });
  });
});

describe('isRequired', () => {
  it.each([
    ['first', false],
    ['where', false],
    ['order', false],
  ])('%s may be left out', (name, required) => {
    const argument = schemaOf(people).type('Person')?.field('friends')?.argument(name);
    expect(argument && isRequired(argument)).toBe(required);
  });

  it('a non-null argument without a default may not', () => {
    const argument = schemaOf(people).type('Query')?.field('person')?.argument('id');
    expect(argument && isRequired(argument)).toBe(true);
  });
});

describe('SDL nested without end', () => {
  it.each([
    ['a type', `type Query { a: ${'['.repeat(50_000)}Int${']'.repeat(50_000)} }`],
    ['a default', `type Query { a(b: Int = ${'[{c: '.repeat(50_000)}1): Int }`],
    ['brackets alone', '{'.repeat(100_000)],
  ])('is told where it gets too deep: %s', (_, text) => {
    const { schema, problems } = loadSdl([{ uri: 'file:///a.graphql', text }]);
    expect(schema).toBeUndefined();
    expect(problems).toMatchObject([
      { message: 'This is nested deeper than 500 levels.', severity: 'error', length: 1 },
    ]);
    expect('[{(').toContain(text.charAt(problems[0]?.offset ?? 0));
  });

  it('is read while it can be', () => {
    const text = `type Query { a: ${'['.repeat(400)}Int${']'.repeat(400)} }`;
    expect(loadSdl([{ uri: 'file:///a.graphql', text }]).problems).toEqual([]);
  });
});
describe('the root of queries', () => {
  it.each([
    ['Query', 'type Query { a: Int }', 'Query'],
    ['query_root alone', 'type query_root { a: Int }', 'query_root'],
    ['both', 'type query_root { a: Int } type Query { a: Int }', 'Query'],
    ['neither', 'type Person { a: Int }', 'Query'],
    ['a schema that says', 'schema { query: Root } type Root { a: Int } type Query { a: Int }', 'Root'],
    ['an extension that says', 'extend schema { query: Root } type Root { a: Int }', 'Root'],
    ['a schema of mutations', 'schema { mutation: M } type M { a: Int } type Query { a: Int }', 'Query'],
  ])('%s', (_, text, name) => {
    const result = load(text);
    expect(result.schema?.queryTypeName ?? result.problems[0]?.message).toBe(name);
  });
});

it.each(['{ a }', 'query Q { a }', 'fragment F on Query { a }'])('%s is no part of a schema', (text) => {
  const { schema, problems } = load(`type Query { a: Int }\n${text}`);
  expect(schema?.queryTypeName).toBe('Query');
  expect(problems).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message: 'A query or fragment is not part of a schema and is ignored.',
    }),
  ]);
});

it('members that stand twice are said, in short lists and in long ones', () => {
  const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index}: Int`);
  for (const count of [2, 12, 13, 20]) {
    expect(load(`type Query { ${fields(count).join(' ')} }`).problems).toEqual([]);
    const twice = load(`type Query { ${[...fields(count), 'f1: Int'].join(' ')} }`);
    expect(twice.problems.length + (twice.schema === undefined ? 1 : 0)).toBeGreaterThan(0);
  }
});
