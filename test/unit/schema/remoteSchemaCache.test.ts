import { describe, expect, it } from 'vitest';
import { loadRemoteSchema, RemoteSchemaCache } from '../../../server/src/schema/remoteSchemaCache.ts';

const sdl = 'type Query { a: Int }';
const json = '{"__schema":{"types":[{"kind":"OBJECT","name":"Query","fields":[{"name":"a"}]}]}}';

describe('loadRemoteSchema', () => {
  it.each([
    ['SDL', 'people.graphql', sdl],
    ['SDL with another name', 'people.txt', sdl],
    ['introspection', 'people.json', json],
    ['introspection with another name', 'people.graphql', ` \n${json}`],
    ['introspection in upper case', 'PEOPLE.JSON', json],
  ])('reads %s', (_case, uri, text) => {
    const { schema, problems } = loadRemoteSchema([{ uri, text }]);
    expect(problems).toEqual([]);
    expect(schema?.type('Query')?.field('a')).toBeDefined();
  });

  it.each([
    ['an empty JSON file', 'people.json', '', /not valid JSON/],
    ['SDL called JSON', 'people.json', sdl, /not valid JSON/],
    ['a query', 'people.graphql', '{ a }', /not part of a schema/],
    ['an empty SDL file', 'people.graphql', '', /^This file is empty: it holds no GraphQL/],
  ])('says what is wrong with %s', (_case, uri, text, message) => {
    const { schema, problems } = loadRemoteSchema([{ uri, text }]);
    expect(schema).toBeUndefined();
    expect(problems[0]?.message).toMatch(message);
  });

  it('refuses an introspection result beside other files', () => {
    const { schema, problems } = loadRemoteSchema([
      { uri: 'a.graphql', text: sdl },
      { uri: 'b.json', text: json },
    ]);
    expect(schema).toBeUndefined();
    expect(problems).toMatchObject([{ uri: 'b.json', severity: 'error' }]);
  });
});

describe('RemoteSchemaCache', () => {
  const file = (uri: string, text = sdl) => [{ uri, text }];

  it('shares the schema of the same files', () => {
    const cache = new RemoteSchemaCache();
    expect(cache.load(file('a.graphql'))).toBe(cache.load(file('a.graphql', `${'type Query'} { a: Int }`)));
  });

  it('keeps apart what differs in text or place', () => {
    const cache = new RemoteSchemaCache();
    const first = cache.load(file('a.graphql'));
    expect(cache.load(file('a.graphql', 'type Query { b: Int }'))).not.toBe(first);
    const elsewhere = cache.load(file('b.graphql'));
    expect(elsewhere).not.toBe(first);
    expect(elsewhere.schema?.type('Query')?.location?.uri).toBe('b.graphql');
    expect(cache.load([...file('a.graphql'), ...file('b.graphql')])).not.toBe(first);
  });

  it('keeps the most recently used', () => {
    const cache = new RemoteSchemaCache(2);
    const a = cache.load(file('a.graphql'));
    const b = cache.load(file('b.graphql', 'type Query { b: Int }'));
    expect(cache.load(file('a.graphql'))).toBe(a);
    cache.load(file('c.graphql', 'type Query { c: Int }'));
    expect(cache.load(file('a.graphql'))).toBe(a);
    expect(cache.load(file('b.graphql', 'type Query { b: Int }'))).not.toBe(b);
  });

  it('forgets everything when cleared', () => {
    const cache = new RemoteSchemaCache();
    const first = cache.load(file('a.graphql'));
    cache.clear();
    expect(cache.load(file('a.graphql'))).not.toBe(first);
  });
});
