import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { chosenEndpoint, cliName, listEndpoints } from '../../../client/src/endpoint/connection/endpoints.ts';
import { readEndpoint } from '../../../common/src/endpoint/endpointConfiguration.ts';

const list = (settings: unknown, own?: unknown, environment: Record<string, string> = {}) =>
  listEndpoints({
    cli: undefined,
    named: [
      { value: own, from: 'remote-relationships.config.json' },
      { value: settings, from: 'the settings' },
    ],
    environment,
  });

describe('the endpoints of a project', () => {
  it('the Hasura CLI’s own comes first, with its secret wrapped', () => {
    const cli = readEndpoint({
      configYaml: 'version: 3\nendpoint: https://hasura.test/\nadmin_secret: top-secret\n',
      environment: {},
    });
    const { endpoints } = listEndpoints({
      cli,
      named: [{ value: { local: { url: 'http://localhost:8080' } }, from: 'the settings' }],
      environment: {},
    });
    expect(endpoints.map(({ name, url }) => [name, url])).toEqual([
      [cliName, 'https://hasura.test'],
      ['local', 'http://localhost:8080'],
    ]);
    expect(endpoints[0]?.configuredSecret()?.reveal()).toBe('top-secret');
    expect(inspect(endpoints, { depth: 10 }) + JSON.stringify(endpoints)).not.toContain('top-secret');
  });

  it.each([
    ['on this machine', { url: 'http://localhost:8080' }, false],
    ['elsewhere', { url: 'https://hasura.test' }, true],
    ['elsewhere, told otherwise', { url: 'https://hasura.test', protected: false }, false],
    ['on this machine, told otherwise', { url: 'http://127.0.0.1:8080', protected: true }, true],
  ])('one %s is protected or not', (_, entry, isProtected) => {
    expect(list({ one: entry }).endpoints[0]?.protected).toBe(isProtected);
  });

  it('the configuration file wins over the settings', () => {
    const { endpoints } = list(
      { staging: { url: 'https://settings.test' }, other: { url: 'https://other.test' } },
      { staging: { url: 'https://file.test', readOnly: true } },
    );
    expect(endpoints.map(({ name, host, readOnly }) => [name, host, readOnly])).toEqual([
      ['staging', 'file.test', true],
      ['other', 'other.test', false],
    ]);
  });

  it('are all read-only where the settings say so, the Hasura CLI’s own too', () => {
    const { endpoints } = listEndpoints({
      cli: readEndpoint({ configYaml: 'version: 3\n', environment: {} }),
      named: [{ value: { local: { url: 'http://localhost', readOnly: false } }, from: 'the settings' }],
      environment: {},
      readOnly: true,
    });
    expect(endpoints.map(({ name, readOnly }) => [name, readOnly])).toEqual([
      [cliName, true],
      ['local', true],
    ]);
  });

  it('a secret is taken from the variable that is named, and from no other', () => {
    const environment = { STAGING: 'from the environment', HASURA_GRAPHQL_ADMIN_SECRET: 'another' };
    const { endpoints } = list(
      {
        staging: { url: 'https://hasura.test', adminSecretVariable: 'STAGING' },
        other: { url: 'https://other.test' },
      },
      undefined,
      environment,
    );
    expect(endpoints.map((endpoint) => endpoint.configuredSecret()?.reveal())).toEqual([
      'from the environment',
      undefined,
    ]);
  });

  it.each([
    ['no object', ['x'], 'The endpoints in the settings are no object.'],
    ['no URL', { one: {} }, 'The endpoint "one" in the settings has no http or https URL.'],
    [
      'an entry that is no object',
      { one: 'x' },
      'The endpoint "one" in the settings has no http or https URL.',
    ],
    [
      'another scheme',
      { one: { url: 'file:///etc' } },
      'The endpoint "one" in the settings has no http or https URL.',
    ],
  ])('%s is said and left out', (_, value, problem) => {
    expect(list(value)).toEqual({ endpoints: [], problems: [problem] });
  });
});

describe('the choice', () => {
  const { endpoints } = list({ staging: { url: 'https://hasura.test' } });

  it('is found again by name and address', () => {
    expect(chosenEndpoint({ name: 'staging', url: 'https://hasura.test' }, endpoints)?.host).toBe(
      'hasura.test',
    );
  });

  it.each([
    ['none was made', undefined],
    ['the address behind the name is another one', { name: 'staging', url: 'https://elsewhere.test' }],
    ['there is no such endpoint any more', { name: 'gone', url: 'https://hasura.test' }],
  ])('has to be made again when %s', (_, choice) => {
    expect(chosenEndpoint(choice, endpoints)).toBeUndefined();
  });
});
