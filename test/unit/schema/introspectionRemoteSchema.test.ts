import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadIntrospection } from '../../../server/src/schema/introspectionRemoteSchema.ts';
import type { RemoteSchema } from '../../../server/src/schema/remoteSchema.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { typeReferenceText } from '../../../server/src/schema/typeReference.ts';

const uri = 'file:///schema/people.json';

const sdl = `
schema { query: Root }
"A person."
type Person implements Node {
  "Its identifier."
  id: ID!
  name: String @deprecated(reason: "use fullName")
  friends(first: Int = 10, where: PersonFilter, order: [Order!]! = [ASC]): [Person!]!
}
interface Node { id: ID! }
union Anything = Person
enum Order { ASC DESC }
scalar DateTime
input PersonFilter { name: String, limit: Int! = 5, and: [PersonFilter!] }
type Root { person(id: ID!): Person anything: Anything at: DateTime }
`;

const introspection = JSON.stringify(introspectionFromSchema(buildSchema(sdl)), undefined, 2);

function load(text: string) {
  const { schema, problems } = loadIntrospection(uri, text);
  if (schema === undefined) throw new Error(problems[0]?.message);
  return schema;
}

/** Everything a schema says of a type but places. */
function describeType(schema: RemoteSchema, name: string) {
  const type = schema.type(name);
  const inputs = (values: typeof type extends undefined ? never : NonNullable<typeof type>['inputFields']) =>
    values.map(({ location: _place, type, ...rest }) => ({ ...rest, type: typeReferenceText(type) }));
  return (
    type && {
      kind: type.kind,
      name: type.name,
      description: type.description,
      enumValues: type.enumValues,
      interfaces: type.interfaces,
      memberTypes: type.memberTypes,
      inputFields: inputs(type.inputFields),
      fields: type.fields.map((field) => ({
        name: field.name,
        type: typeReferenceText(field.type),
        description: field.description,
        deprecationReason: field.deprecationReason,
        arguments: inputs(field.arguments),
      })),
    }
  );
}

describe('loadIntrospection', () => {
  it.each([
    ['below data', `{"data": ${introspection}, "extensions": {}}`],
    ['alone', introspection],
    ['behind a byte order mark', `\uFEFF${introspection}`],
  ])('says the same as the SDL: %s', (_case, text) => {
    const schema = load(text);
    const twin = loadSdl([{ uri, text: sdl }]).schema;
    expect(schema.queryTypeName).toBe('Root');
    expect(schema.typeNames).toEqual(expect.arrayContaining(['Int', 'Person', 'Anything', 'PersonFilter']));
    expect(new Set(schema.typeNames).size).toBe(schema.typeNames.length);
    const names = [
      'Person',
      'Node',
      'Anything',
      'Order',
      'DateTime',
      'PersonFilter',
      'Root',
      'Int',
      'Missing',
    ];
    for (const name of names) expect(describeType(schema, name)).toEqual(twin && describeType(twin, name));
  });

  it.each([
    ['as JSON.stringify writes it', introspection],
    ['behind a byte order mark', `\uFEFF{"data":${introspection}}`],
  ])('says where names stand, %s', (_case, text) => {
    const schema = load(text);
    const at = (location: { offset: number; length: number } | undefined) =>
      location && text.slice(location.offset - 1, location.offset + location.length + 1);
    const person = schema.type('Person');
    expect(at(person?.location)).toBe('"Person"');
    expect(at(person?.field('friends')?.location)).toBe('"friends"');
    expect(at(person?.field('friends')?.argument('where')?.location)).toBe('"where"');
    expect(at(schema.type('PersonFilter')?.inputField('and')?.location)).toBe('"and"');
    // The name of the type itself, not of a reference to it.
    expect(
      text.slice(0, person?.location?.offset).trimEnd().endsWith('"name": "') ||
        text.includes('"name":"Person"'),
    ).toBe(true);
  });

  it.each([
    ['no query type', '{"__schema":{"types":[{"kind":"OBJECT","name":"A","fields":[]}]}}'],
    ['a type without fields', '{"__schema":{"types":[{"kind":"OBJECT","name":"A"}]}}'],
    [
      'types that are none',
      '{"__schema":{"types":[null,1,{"name":3},{"kind":"OBJECT","name":"A","fields":{}}]}}',
    ],
    ['fields that are none', '{"__schema":{"types":[{"kind":"OBJECT","name":"A","fields":[null,{},"x"]}]}}'],
  ])('tolerates %s', (_case, text) => {
    const schema = load(text);
    expect(schema.queryTypeName).toBe('Query');
    expect(schema.type('A')).toMatchObject({ kind: 'object', fields: [] });
    expect(schema.type('ID')?.kind).toBe('scalar');
  });

  it('tolerates a type reference cut off by a depth limit', () => {
    const field = {
      name: 'x',
      type: { kind: 'NON_NULL', name: null, ofType: { kind: 'LIST', ofType: null } },
    };
    const schema = load(
      JSON.stringify({ __schema: { types: [{ kind: 'OBJECT', name: 'A', fields: [field] }] } }),
    );
    const type = schema.type('A')?.field('x')?.type;
    expect(type && typeReferenceText(type)).toBe('[]!');
    expect(schema.type('A')?.field('x')?.arguments).toEqual([]);
  });

  it.each([
    [{ isDeprecated: true, deprecationReason: 'use b' }, 'use b'],
    [{ isDeprecated: true, deprecationReason: null }, 'No longer supported'],
    [{ isDeprecated: true }, 'No longer supported'],
    [{ isDeprecated: false, deprecationReason: 'use b' }, undefined],
    [{}, undefined],
  ])('reads the deprecation of a field with %j', (said, reason) => {
    const types = [{ kind: 'OBJECT', name: 'A', fields: [{ name: 'a', ...said }] }];
    const schema = load(JSON.stringify({ __schema: { types } }));
    expect(schema.type('A')?.field('a')?.deprecationReason).toBe(reason);
  });

  it('tells the kind of a type by what it has when it does not say', () => {
    const types = [
      { name: 'A', fields: [] },
      { name: 'I', inputFields: [] },
      { name: 'E', enumValues: [{ name: 'X' }] },
      { name: 'S' },
      { name: 'U', kind: 'constructor' },
    ];
    const schema = load(JSON.stringify({ __schema: { types } }));
    expect(types.map(({ name }) => schema.type(name)?.kind)).toEqual([
      'object',
      'input-object',
      'enum',
      'scalar',
      'scalar',
    ]);
  });

  it.each([
    ['another object', '{"openapi":"3.0.0"}', /not an introspection result/],
    ['a list', '[]', /not an introspection result/],
    ['null', 'null', /not an introspection result/],
    ['a schema that is none', '{"data":{"__schema":7}}', /not an introspection result/],
    ['no types', '{"__schema":{"types":[]}}', /has no types/],
    ['a failed query', '{"errors":[{"message":"introspection is disabled"}]}', /introspection is disabled/],
    ['a failed query without reason', '{"errors":[]}', /no reason given/],
    ['a failed query whose reason is no text', '{"errors":[{"message":7}]}', /no reason given/],
    ['a failed query whose reason is no object', '{"errors":["no"]}', /no reason given/],
  ])('refuses %s', (_case, text, message) => {
    const { schema, problems } = loadIntrospection(uri, text);
    expect(schema).toBeUndefined();
    expect(problems).toMatchObject([{ uri, severity: 'error', message: expect.stringMatching(message) }]);
  });

  it.each([
    ['{"data": {"__schema": }}', 22],
    ['{"data"', 7],
    ['', 0],
    ['{"data": {}}/*', 12],
    ['\uFEFF{"data": x}', 10],
    ['{"data": \uFEFF, x}', 9],
  ])('reports broken JSON where it breaks: %j', (text, offset) => {
    const { schema, problems } = loadIntrospection(uri, text);
    expect(schema).toBeUndefined();
    expect(problems[0]?.message).toMatch(/^This is not valid JSON\./);
    expect(problems[0]?.offset).toBe(offset);
    expect(offset + (problems[0]?.length ?? 0)).toBeLessThanOrEqual(text.length);
  });

  it('gives a problem and no schema for a text cut off anywhere', () => {
    for (let length = 0; length < introspection.length; length += 97) {
      const { schema, problems } = loadIntrospection(uri, introspection.slice(0, length));
      expect(schema).toBeUndefined();
      expect(problems).toHaveLength(1);
      expect(problems[0]?.offset).toBeLessThanOrEqual(length);
    }
  });
});

describe('an introspection result nested without end', () => {
  const nested = (depth: number): string => {
    const type = `${'{"kind":"LIST","ofType":'.repeat(depth)}{"kind":"SCALAR","name":"Int"}${'}'.repeat(depth)}`;
    return `{"__schema":{"types":[{"kind":"OBJECT","name":"Query","fields":[{"name":"a","args":[],"type":${type}}]}]}}`;
  };

  it('is told, where it gets too deep', () => {
    const text = nested(50_000);
    const { schema, problems } = loadIntrospection(uri, text);
    expect(schema).toBeUndefined();
    expect(problems).toMatchObject([
      {
        message: 'This introspection result is nested deeper than 500 levels.',
        severity: 'error',
        length: 1,
      },
    ]);
    expect(text.charAt(problems[0]?.offset ?? 0)).toBe('{');
  });

  it.each([
    ['at its mistake, up to there', 500, 500],
    ['where it gets too deep, beyond', 501, 500],
  ])('is told %s, where it is no JSON', (_, depth, offset) => {
    const { problems } = loadIntrospection(uri, `${'['.repeat(depth)}x`);
    expect(problems).toMatchObject([{ message: expect.stringMatching(/^This is not valid JSON/), offset }]);
  });

  it('is read while it can be', () => {
    const type = load(nested(400)).type('Query')?.field('a')?.type;
    expect(type && typeReferenceText(type)).toBe(`${'['.repeat(400)}Int${']'.repeat(400)}`);
  });

  it.each([
    ['brackets alone', '['.repeat(100_000)],
    ['behind a mistake', `{"a" 1, "b": ${'['.repeat(100_000)}`],
  ])('that is no JSON either is told at its place: %s', (_, text) => {
    expect(loadIntrospection(uri, text).problems).toMatchObject([
      { message: expect.stringMatching(/^This is not valid JSON\. /), severity: 'error' },
    ]);
  });
});
