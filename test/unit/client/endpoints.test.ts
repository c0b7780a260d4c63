import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  cliName,
  describeEndpoint,
  listEndpoints,
} from '../../../client/src/endpoint/connection/endpoints.ts';
import { readEndpoint } from '../../../common/src/endpoint/endpointConfiguration.ts';

const list = (settings: unknown, own?: unknown, environment: Record<string, string> = {}) =>
  listEndpoints({
    cli: undefined,
    named: [
      { value: own, from: 'remote-relationships.config.json', ofRepository: true },
      { value: settings, from: 'the settings', ofRepository: false },
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
      named: [
        { value: { local: { url: 'http://localhost:8080' } }, from: 'the settings', ofRepository: false },
      ],
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
      named: [
        {
          value: { local: { url: 'http://localhost', readOnly: false } },
          from: 'the settings',
          ofRepository: false,
        },
      ],
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
    ['no object', ['x'], 'The endpoints in the settings are not an object.'],
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

describe('what a repository says of an endpoint', () => {
  const users = { prod: { url: 'https://prod.test', readOnly: true, protected: true } };
  const guarded = { protected: true, readOnly: true };
  const open = { protected: false, readOnly: false };

  it.each<
    [string, { own?: unknown; settings?: unknown; cli?: string }, { protected: boolean; readOnly: boolean }]
  >([
    [
      'adds that changes are refused',
      { own: { prod: { readOnly: true } }, settings: { prod: { url: 'http://localhost' } } },
      { protected: false, readOnly: true },
    ],
    [
      'adds that changes are asked about',
      { own: { prod: { protected: true } }, settings: { prod: { url: 'http://localhost' } } },
      { protected: true, readOnly: false },
    ],
    [
      'lifts nothing by the same name',
      { own: { prod: { url: 'https://prod.test', readOnly: false, protected: false } }, settings: users },
      guarded,
    ],
    [
      'lifts nothing at another address',
      { own: { prod: { url: 'http://localhost', readOnly: false, protected: false } }, settings: users },
      guarded,
    ],
    [
      'lifts nothing by another name',
      { own: { prod: { url: 'https://PROD.test:443/x', protected: false } }, settings: { mine: users.prod } },
      guarded,
    ],
    [
      'lifts nothing by the endpoint of the Hasura CLI',
      { cli: 'endpoint: https://prod.test', settings: users },
      guarded,
    ],
    [
      'does not lift that changes elsewhere are asked about',
      { own: { prod: { url: 'https://prod.test', protected: false } } },
      { protected: true, readOnly: false },
    ],
    ['may say so of this machine', { own: { prod: { url: 'http://127.0.0.1', protected: false } } }, open],
    [
      'may not of a name that the network may answer',
      { own: { prod: { url: 'http://prod.localhost', protected: false } } },
      { protected: true, readOnly: false },
    ],
    [
      'takes nothing over for another address than the user’s',
      {
        own: { prod: { url: 'https://other.test' } },
        settings: { prod: { url: 'https://prod.test', protected: false } },
      },
      { protected: true, readOnly: false },
    ],
    [
      'leaves what the user lifts',
      {
        own: { prod: { url: 'https://prod.test' } },
        settings: { prod: { url: 'https://prod.test', protected: false } },
      },
      open,
    ],
  ])('%s', (_, { own, settings, cli }, expected) => {
    const { endpoints, problems } = listEndpoints({
      cli: cli === undefined ? undefined : readEndpoint({ configYaml: cli, environment: {} }),
      named: [
        { value: own, from: 'the file', ofRepository: true },
        { value: settings, from: 'the settings', ofRepository: false },
      ],
      environment: {},
    });
    // With a user's name beside it: the endpoint that the repository decides is the first.
    const [endpoint] = endpoints;
    expect({ protected: endpoint?.protected, readOnly: endpoint?.readOnly }).toEqual(expected);
    expect(problems).toEqual([]);
  });

  it('does not mix one user’s endpoints of one address', () => {
    const { endpoints } = list({
      practice: { url: 'http://localhost' },
      archive: { url: 'http://localhost', readOnly: true },
    });
    expect(endpoints.map(({ name, readOnly }) => [name, readOnly])).toEqual([
      ['practice', false],
      ['archive', true],
    ]);
  });

  it('names a variable that is not read to show it', () => {
    const environment = new Proxy<Record<string, string>>({}, { get: () => expect.fail('it was read') });
    const { endpoints } = listEndpoints({
      cli: undefined,
      named: [
        {
          value: { theirs: { url: 'https://a.test', adminSecretVariable: 'AWS_SECRET_ACCESS_KEY' } },
          from: 'the file',
          ofRepository: true,
        },
        {
          value: { mine: { url: 'https://b.test', adminSecretVariable: 'MINE' } },
          from: 'the settings',
          ofRepository: false,
        },
      ],
      environment,
    });
    expect(endpoints.map(({ foreignVariable, secretSource }) => [foreignVariable, secretSource])).toEqual([
      ['AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_ACCESS_KEY in the environment'],
      [undefined, 'MINE in the environment'],
    ]);
    expect(endpoints.map(describeEndpoint)).toEqual([
      'the file, admin secret: AWS_SECRET_ACCESS_KEY in the environment, asks before every change',
      'the settings, admin secret: MINE in the environment, asks before every change',
    ]);
  });

  it('has no user name and no password in a URL', () => {
    expect(list({ one: { url: 'https://me:pw@hasura.test' } })).toEqual({
      endpoints: [],
      problems: [
        'The URL of the endpoint ("one" in the settings) contains a user name or a password. Remove them from the URL.',
      ],
    });
  });

  it.each([
    ['broken', 'endpoint: [https://prod.test', "config.yaml can't be read: line 1 is not valid YAML."],
    ['unreadable', null, "config.yaml can't be read."],
  ])('leaves nothing to choose when config.yaml is %s', (_, configYaml, problem) => {
    expect(
      listEndpoints({
        cli: readEndpoint({ configYaml, environment: { HASURA_GRAPHQL_ADMIN_SECRET: 'x' } }),
        named: [{ value: users, from: 'the settings', ofRepository: false }],
        environment: {},
      }),
    ).toEqual({
      endpoints: [],
      problems: [],
      obstacle: `${problem} Correct it first: nothing is sent until then.`,
    });
  });
});
