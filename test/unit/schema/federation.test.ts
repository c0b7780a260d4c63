import { describe, expect, it } from 'vitest';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { typeReferenceText } from '../../../server/src/schema/typeReference.ts';

function rootFields(...texts: readonly string[]): readonly string[] | undefined {
  const files = texts.map((text, index) => ({ uri: `file:///${index}.graphql`, text }));
  const { schema, problems } = loadSdl(files);
  expect(problems).toEqual([]);
  return schema?.type(schema.queryTypeName)?.fields.map(({ name }) => name);
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';
const product = 'type Product @key(fields: "id") @key(fields: "sku") { id: ID! sku: String @shareable }';

describe('a subgraph of Apollo Federation', () => {
  it('needs no declaration of its directives', () => {
    rootFields(`${link}
type Query @shareable { product(id: ID!): Product @inaccessible }
${product}
extend type User @key(fields: "id") { id: ID! @external name: String @provides(fields: "x") @requires(fields: "id") @override(from: "a") }
scalar Money @tag(name: "x") enum Kind { A @inaccessible }`);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['with entities', ['type Query { a: Int }', product], ['a', '_service', '_entities']],
    ['without', [link, 'type Query { a: Int }'], ['a', '_service']],
    [
      'whose root is extended alone',
      [product, 'extend type Query { a: Int }'],
      ['a', '_service', '_entities'],
    ],
    ['without a root of its own', [product], ['_service', '_entities']],
    [
      'whose root has another name',
      [product, 'schema { query: Root } type Root { a: Int }'],
      ['a', '_service', '_entities'],
    ],
    [
      'with several entities',
      [product, 'type Query { a: Int } type User @key(fields: "id") { id: ID! }'],
      ['a', '_service', '_entities'],
    ],
    [
      'with another link beside',
      [`${link} @link(url: "https://example.com/own")`, 'type Query { a: Int }'],
      ['a', '_service'],
    ],
    [
      'of interfaces alone',
      ['type Query { a: Int } interface Node @key(fields: "id") { id: ID! }'],
      ['a', '_service'],
    ],
    [
      'that names its link',
      [link.replace('(url', '(as: "f", url'), 'type Query { a: Int }'],
      ['a', '_service'],
    ],
    ['linked by HTTP', [link.replace('https', 'http'), 'type Query { a: Int }'], ['a', '_service']],
    [
      'but not that of a gateway',
      [`${link} @link(url: "https://specs.apollo.dev/join/v0.3")`, product, 'type Query { a: Int }'],
      ['a'],
    ],
    [
      'but not that of a gateway, linked by HTTP',
      [`${link} @link(url: "http://specs.apollo.dev/join/v0.3")`, product, 'type Query { a: Int }'],
      ['a'],
    ],
    [
      'but not what links to something else',
      [link.replace('https://', 'https://example.com/https://'), 'type Query { a: Int }'],
      ['a'],
    ],
    [
      'but not what only mentions it',
      [`type Query { a: Int } scalar A @specifiedBy(url: "https://specs.apollo.dev/federation/v2.3")`],
      ['a'],
    ],
    [
      'but not what says the same of a type without a key',
      ['type Query { a: Int } type User @tag(name: "x") { id: ID! }'],
      ['a'],
    ],
    ['that says so itself', [product, 'type Query { _service: Int }'], ['_service', '_entities']],
  ])('serves what its gateway asks for: %s', (_, texts, fields) => {
    expect(rootFields(...texts)).toEqual(fields);
  });

  it('gives it by representations', () => {
    const { schema } = loadSdl([{ uri: 'file:///a.graphql', text: product }]);
    const field = schema?.type('Query')?.field('_entities');
    expect(field && typeReferenceText(field.type)).toBe('[_Entity]!');
    expect(field?.argument('representations')).toBeDefined();
    expect(schema?.type('_Entity')?.memberTypes).toEqual(['Product']);
    const two = loadSdl([
      { uri: 'file:///a.graphql', text: `${product} ${product.replace('Product', 'User')}` },
    ]);
    expect(two.schema?.type('_Entity')?.memberTypes).toEqual(['Product', 'User']);
  });

  it('has it from the file that says so', () => {
    const files = ['extend schema @link(as: "f") type Query { a: Int }', 'scalar A @tag', product];
    const { schema } = loadSdl(files.map((text, index) => ({ uri: `file:///${index}.graphql`, text })));
    expect(schema?.type('_Service')?.location).toMatchObject({ uri: 'file:///2.graphql', offset: 0 });
    expect(schema?.type('_Service')?.field('sdl')?.location).toMatchObject({
      uri: 'file:///2.graphql',
      offset: 0,
    });
  });

  it.each([
    ['what links to nothing', ['extend schema @link(as: "f") type Query { a: Int }']],
    ['what links to what is no text', ['extend schema @link(url: 7) type Query { a: Int }']],
    ['another schema', ['type Query { a: Int } type Product @other { id: ID! }']],
    [
      'a gateway',
      [
        'schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }',
        'type Query { a: Int } type Product @join__type(graph: A, key: "id") @key(fields: "id") { id: ID! }',
      ],
    ],
  ])('is not %s', (_, texts) => {
    expect(rootFields(...texts)).toEqual(['a']);
  });
});
