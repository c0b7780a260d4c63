import { buildSchema, introspectionFromSchema } from 'graphql';
import { expect, it } from 'vitest';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import {
  remoteSchemaAsJson,
  remoteSchemaAsSdl,
} from '../../../common/src/metadataApi/pull/remoteSchemaText.ts';

function introspection(sdl: string): Json {
  return introspectionFromSchema(buildSchema(sdl)) as unknown as Json;
}

const one = introspection(
  'type Query { a(x: Int, y: Int): A b: Int } type A { a: Int } directive @d on OBJECT | FIELD',
);
const other = introspection(
  'directive @d on FIELD | OBJECT type A { a: Int } type Query { b: Int a(y: Int, x: Int): A }',
);

it.each([
  ['SDL', remoteSchemaAsSdl],
  ['JSON', remoteSchemaAsJson],
])('a server that lists the same in another order changes nothing in %s', (_, textOf) => {
  expect(textOf(other)).toBe(textOf(one));
});

it('keeps the order of what has no name', () => {
  expect(JSON.parse(remoteSchemaAsJson({ b: [{ x: 2 }, { x: 1 }], a: [3, 1, 2], c: [[2], [1]] }))).toEqual({
    b: [{ x: 2 }, { x: 1 }],
    a: [3, 1, 2],
    c: [[2], [1]],
  });
});
