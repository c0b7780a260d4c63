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
    ['introspection behind a byte order mark', 'people.graphql', `\uFEFF${json}`],
    ['introspection that is indented', 'people.graphql', json.replace('{', '{\n  ')],
    ['SDL with a description behind a brace', 'people.graphql', 'type Query { "what it is" a: Int }'],
    ['code that begins with a brace', 'people.ts', `{ "use strict"; }\nexport const a = gql\`${sdl}\`;`],
  ])('reads %s', (_case, uri, text) => {
    const { schema, problems } = loadRemoteSchema([{ uri, text }]);
    expect(problems).toEqual([]);
    expect(schema?.type('Query')?.field('a')).toBeDefined();
  });

  it.each([
    ['an empty JSON file', 'people.json', '', /not valid JSON/],
    ['SDL called JSON', 'people.json', sdl, /not valid JSON/],
    ['a query', 'people.graphql', '{ a }', /not part of a schema/],
    ['an empty object', 'people.graphql', '{ }', /introspection/],
    ['an empty SDL file', 'people.graphql', '', /^This file is empty: it holds no GraphQL/],
    ['an SDL file of blank lines', 'people.graphql', ' \n\t\n', /^This file is empty: it holds no GraphQL/],
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
    expect(problems).toMatchObject([
      {
        uri: 'b.json',
        message: "An introspection result can't be combined with other schema files.",
        severity: 'error',
      },
    ]);
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
    const both = cache.load([...file('a.graphql'), ...file('b.graphql', 'type A { a: Int }')]);
    expect(cache.load([...file('a.graphql'), ...file('b.graphql', 'type B { b: Int }')])).not.toBe(both);
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

  it('keeps what was used before something is used again and again', () => {
    const cache = new RemoteSchemaCache(2);
    const b = cache.load(file('b.graphql'));
    for (let times = 0; times < 3; times++) cache.load(file('a.graphql'));
    expect(cache.load(file('b.graphql'))).toBe(b);
  });

  it('forgets everything when cleared', () => {
    const cache = new RemoteSchemaCache();
    const first = cache.load(file('a.graphql'));
    cache.clear();
    expect(cache.load(file('a.graphql'))).not.toBe(first);
  });
});
