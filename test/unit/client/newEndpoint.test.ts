import { describe, expect, it } from 'vitest';
import {
  baseUrl,
  endpointToTry,
  entryOf,
  type Guard,
  nameFor,
  nameProblem,
  placesFor,
  urlProblem,
} from '../../../client/src/endpoint/connection/newEndpoint.ts';

describe('the address of an endpoint', () => {
  it.each([
    ['http://localhost:8080', 'http://localhost:8080'],
    ['  https://hasura.example/ ', 'https://hasura.example'],
    ['localhost:8080', 'http://localhost:8080'],
    ['hasura.example?from=https://console.example', 'http://hasura.example'],
    ['https://hasura.example/console/data/default', 'https://hasura.example'],
    ['https://hasura.example/v1/graphql', 'https://hasura.example'],
    ['https://hasura.example/v1/metadata?x=1', 'https://hasura.example'],
    ['https://shop.example/hasura/v2/query', 'https://shop.example/hasura'],
    ['https://shop.example/consoles', 'https://shop.example/consoles'],
  ])('is taken from what is entered: %j', (entered, url) => {
    expect(baseUrl(entered)).toBe(url);
    expect(urlProblem(entered)).toBeUndefined();
  });

  it.each(['', '  ', 'ftp://hasura.example', 'https://', 'https://me:secret@hasura.example', 'http://a b'])(
    'can’t be %j',
    (entered) => {
      const problem = urlProblem(entered);
      expect(problem).toMatch(/^Enter /);
      expect(problem).not.toContain('me:secret');
    },
  );
});

describe('the name of an endpoint', () => {
  it.each([
    ['http://localhost:8080', [], 'local'],
    ['http://127.0.0.1:8080', ['local'], 'local2'],
    ['https://staging.shop.example', [], 'staging'],
    ['https://staging.shop.example', ['staging', 'staging2'], 'staging3'],
    ['https://10.0.0.7', [], '10.0.0.7'],
    ['https://10.shop.example', [], '10'],
  ])('is made of %s, unlike %j', (url, taken, name) => {
    expect(nameFor(url, taken)).toBe(name);
    expect(nameProblem(name, taken)).toBeUndefined();
  });

  it.each([
    [' ', []],
    ['local', ['local']],
    [' local ', ['local']],
    ['Hasura CLI', []],
    [' Hasura CLI ', []],
  ])('can’t be %j where there is %j', (name, taken) => {
    expect(nameProblem(name, taken)).toBeDefined();
  });
});

describe('what is kept of an endpoint', () => {
  const here = 'http://localhost:8080';
  const there = 'https://hasura.example';

  it.each<[string, Guard, object, readonly string[]]>([
    [here, 'change', { url: here }, ['user', 'workspace', 'configuration']],
    [here, 'ask', { url: here, protected: true }, ['user', 'workspace', 'configuration']],
    [there, 'ask', { url: there }, ['user', 'workspace', 'configuration']],
    // A repository could not say so.
    [there, 'change', { url: there, protected: false }, ['user']],
    [there, 'read-only', { url: there, readOnly: true }, ['user', 'workspace', 'configuration']],
  ])('%s, %s: %j, in %j', (url, guard, entry, places) => {
    const endpoint = { name: 'shop', url, guard };
    expect(entryOf(endpoint)).toEqual(entry);
    expect(placesFor(endpoint, true)).toEqual(places);
    expect(placesFor(endpoint, false)).toEqual(places.filter((place) => place !== 'workspace'));
    expect(endpointToTry(endpoint)).toMatchObject({
      name: 'shop',
      url,
      protected: guard === 'ask' || (guard === 'read-only' && url === there),
      readOnly: guard === 'read-only',
      secretSource: undefined,
      foreignVariable: undefined,
    });
  });
});
