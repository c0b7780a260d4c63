import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type EndpointSources,
  isLoopback,
  originOf,
  plainHttpWarning,
  readEndpoint,
  secretInVariable,
} from '../../../common/src/endpoint/endpointConfiguration.ts';

function read(sources: Partial<EndpointSources>) {
  const endpoint = readEndpoint({ environment: {}, ...sources });
  if (endpoint === undefined) throw new Error('no endpoint');
  return endpoint;
}

describe('the URL', () => {
  it.each<[string, Partial<EndpointSources>, string, string]>([
    ['by default', { configYaml: 'version: 3' }, 'http://localhost:8080', 'the default'],
    ['of an empty file', { configYaml: '' }, 'http://localhost:8080', 'the default'],
    [
      'of config.yaml',
      { configYaml: 'endpoint: https://a.example/base/' },
      'https://a.example/base',
      'endpoint in config.yaml',
    ],
    [
      'of .env',
      { configYaml: 'endpoint: https://a.example', dotEnv: 'HASURA_GRAPHQL_ENDPOINT=https://b.example' },
      'https://b.example',
      'HASURA_GRAPHQL_ENDPOINT in .env',
    ],
    [
      'of the environment',
      {
        configYaml: 'endpoint: https://a.example',
        dotEnv: 'HASURA_GRAPHQL_ENDPOINT=https://b.example',
        environment: { HASURA_GRAPHQL_ENDPOINT: 'https://c.example' },
      },
      'https://c.example',
      'HASURA_GRAPHQL_ENDPOINT in the environment',
    ],
    [
      'of the environment alone',
      { environment: { HASURA_GRAPHQL_ENDPOINT: 'https://c.example' } },
      'https://c.example',
      'HASURA_GRAPHQL_ENDPOINT in the environment',
    ],
    [
      'of config.yaml when the variable is empty, which hides .env',
      {
        configYaml: 'endpoint: https://a.example',
        dotEnv: 'HASURA_GRAPHQL_ENDPOINT=https://b.example',
        environment: { HASURA_GRAPHQL_ENDPOINT: '' },
      },
      'https://a.example',
      'endpoint in config.yaml',
    ],
    [
      'of config.yaml when .env has it empty',
      { configYaml: 'endpoint: https://a.example', dotEnv: 'HASURA_GRAPHQL_ENDPOINT=' },
      'https://a.example',
      'endpoint in config.yaml',
    ],
    [
      'of .env with quotes, export, comments and line ends of Windows',
      { configYaml: '', dotEnv: '# x\r\nexport HASURA_GRAPHQL_ENDPOINT="https://b.example" # y\r\n' },
      'https://b.example',
      'HASURA_GRAPHQL_ENDPOINT in .env',
    ],
  ])('%s', (_what, sources, url, urlFrom) => {
    expect(read(sources)).toMatchObject({ url, urlFrom, problems: [] });
  });

  it('is none without a project', () => {
    expect(readEndpoint({ environment: {} })).toBeUndefined();
    expect(readEndpoint({ environment: {}, dotEnv: 'OTHER=1' })).toBeUndefined();
  });
});

describe('the secret', () => {
  it.each<[string, Partial<EndpointSources>, string | undefined, string | undefined]>([
    ['none', { configYaml: 'version: 3' }, undefined, undefined],
    ['of config.yaml', { configYaml: 'admin_secret: s1' }, 's1', 'admin_secret in config.yaml'],
    ['a number in YAML', { configYaml: 'admin_secret: 12345' }, '12345', 'admin_secret in config.yaml'],
    [
      'a long number in YAML',
      { configYaml: 'admin_secret: 12345678901234567890' },
      '12345678901234567000',
      'admin_secret in config.yaml',
    ],
    ['an octal number', { configYaml: 'admin_secret: 0123' }, '83', 'admin_secret in config.yaml'],
    ['a word of YAML 1.1', { configYaml: 'admin_secret: yes' }, 'true', 'admin_secret in config.yaml'],
    ['blanks at its ends', { configYaml: 'admin_secret: " s1\\t"' }, 's1', 'admin_secret in config.yaml'],
    ['nothing but blanks', { configYaml: 'admin_secret: "  "' }, undefined, undefined],
    [
      'of .env',
      { configYaml: 'admin_secret: s1', dotEnv: 'HASURA_GRAPHQL_ADMIN_SECRET=s2' },
      's2',
      'HASURA_GRAPHQL_ADMIN_SECRET in .env',
    ],
    [
      'of the environment',
      {
        configYaml: 'endpoint: https://a.example\nadmin_secret: s1',
        dotEnv: 'HASURA_GRAPHQL_ADMIN_SECRET=s2',
        environment: { HASURA_GRAPHQL_ADMIN_SECRET: 's3' },
      },
      's3',
      'HASURA_GRAPHQL_ADMIN_SECRET in the environment',
    ],
    [
      'the first of several, which wins',
      {
        configYaml: `admin_secrets: '["a","b"]'\nadmin_secret: s1`,
        environment: { HASURA_GRAPHQL_ADMIN_SECRET: 's3' },
      },
      'a',
      'admin_secrets in config.yaml',
    ],
    [
      'the first of several of the environment',
      {
        configYaml: 'endpoint: https://a.example\nadmin_secret: s1',
        environment: { HASURA_GRAPHQL_ADMIN_SECRETS: '["a"]' },
      },
      'a',
      'HASURA_GRAPHQL_ADMIN_SECRETS in the environment',
    ],
    ['the deprecated key', { configYaml: 'access_key: k' }, 'k', 'access_key in config.yaml'],
    [
      'before the deprecated key',
      { configYaml: 'access_key: k\nadmin_secret: s1' },
      's1',
      'admin_secret in config.yaml',
    ],
    [
      'of the deprecated variable',
      { configYaml: 'endpoint: https://a.example', environment: { HASURA_GRAPHQL_ACCESS_KEY: 'k' } },
      'k',
      'HASURA_GRAPHQL_ACCESS_KEY in the environment',
    ],
  ])('%s', (_what, sources, text, from) => {
    const secret = read(sources).adminSecret();
    expect(secret?.reveal()).toBe(text);
    expect(secret?.from).toBe(from);
  });

  it.each(['not json', '[]', '[1]', '{}'])('%s is no list of secrets; the single one counts', (list) => {
    const endpoint = read({ configYaml: `admin_secret: s1\nadmin_secrets: '${list}'` });
    expect(endpoint.adminSecret()?.reveal()).toBe('s1');
    expect(endpoint.problems).toHaveLength(1);
  });

  it('does not show when the endpoint is printed', () => {
    const endpoint = read({
      configYaml: 'admin_secret: s3cret\naccess_key: s3cret',
      dotEnv: 'HASURA_GRAPHQL_ADMIN_SECRET=s3cret',
    });
    const shown = [
      JSON.stringify(endpoint),
      inspect(endpoint, { depth: 9, showHidden: true }),
      inspect(endpoint.adminSecret()),
    ];
    for (const text of shown) expect(text).not.toContain('s3cret');
    expect(endpoint.adminSecret()?.reveal()).toBe('s3cret');
  });

  it('of a named endpoint is in the variable it names', () => {
    const secret = secretInVariable('STAGING_SECRET', { STAGING_SECRET: 'x' });
    expect(secret).toMatchObject({ from: 'STAGING_SECRET in the environment' });
    expect(secret?.reveal()).toBe('x');
    expect(secretInVariable('STAGING_SECRET', { STAGING_SECRET: '' })).toBeUndefined();
    expect(secretInVariable('STAGING_SECRET', {})).toBeUndefined();
  });

  it.each<[string, EndpointSources]>([
    ['environment', { configYaml: 'endpoint: x', environment: { HASURA_GRAPHQL_ADMIN_SECRET: 'x' } }],
    ['config.yaml', { configYaml: 'admin_secret: x', environment: {} }],
    ['.env', { configYaml: '', dotEnv: 'HASURA_GRAPHQL_ADMIN_SECRET=x', environment: {} }],
  ])('is said to stand in %s', (place, sources) => {
    expect(read(sources).secretPlace).toBe(place);
  });

  it.each([
    ['config.yaml names none', 'version: 3', undefined],
    ['config.yaml is empty', '', undefined],
    ['.env is left out', 'version: 3', 'HASURA_GRAPHQL_ENDPOINT=https://b.example\nnothing'],
  ])('of the environment is for no endpoint that nobody names: %s', (_, configYaml, dotEnv) => {
    const endpoint = read({ configYaml, dotEnv, environment: { HASURA_GRAPHQL_ADMIN_SECRET: 's3cret' } });
    expect(endpoint).toMatchObject({
      url: 'http://localhost:8080',
      urlPlace: 'default',
      secretPlace: undefined,
    });
    expect(endpoint.adminSecret()).toBeUndefined();
    expect(endpoint.problems.at(-1)).toMatch(
      /^No endpoint is named, .*HASURA_GRAPHQL_ADMIN_SECRET in the environment is not sent/,
    );
  });
});

describe('nothing is sent', () => {
  const environment = { HASURA_GRAPHQL_ADMIN_SECRET: 's3cret', HASURA_GRAPHQL_ENDPOINT: 'https://c.example' };

  it.each([
    ['is broken', 'endpoint: [s3cret'],
    ['is a list', '- s3cret'],
    ['is there and can’t be read', null],
  ])('from a project whose config.yaml %s', (_, configYaml) => {
    const endpoint = read({ configYaml, dotEnv: 'HASURA_GRAPHQL_ENDPOINT=https://b.example', environment });
    expect(endpoint).toMatchObject({ unreadable: true, url: '', secretPlace: undefined });
    expect(endpoint.obstacle).toMatch(/^config\.yaml can't be read/);
    expect(endpoint.adminSecret()).toBeUndefined();
    expect(JSON.stringify(endpoint)).not.toContain('s3cret');
  });

  it.each<[string, Partial<EndpointSources>, RegExp]>([
    [
      'an endpoint that is no URL',
      { configYaml: 'endpoint: nowhere' },
      /\(endpoint in config\.yaml\) is not an http or https URL/,
    ],
    ['another protocol', { configYaml: 'endpoint: ftp://a.example' }, /is not an http or https URL/],
    [
      'a user name in the URL',
      { configYaml: 'endpoint: https://me@a.example' },
      /contains a user name or a password/,
    ],
    [
      'an empty endpoint',
      { configYaml: 'endpoint: ""' },
      /endpoint in config\.yaml is empty, or not a string/,
    ],
    [
      'a list for an endpoint',
      { configYaml: 'endpoint: [https://a.example]' },
      /endpoint in config\.yaml is empty, or not a string/,
    ],
    [
      'a path that leads out',
      { configYaml: 'endpoint: https://a.example/x\napi_paths: { query: ../query }' },
      /api_paths\.query in config\.yaml leads out/,
    ],
    [
      'a path of .env that leads out',
      { configYaml: '', dotEnv: 'HASURA_GRAPHQL_API_PATHS_V1_METADATA=//evil.example' },
      /API_PATHS_V1_METADATA in \.env leads out/,
    ],
    [
      'an endpoint that refers to the environment',
      {
        configYaml: '',
        dotEnv: 'HASURA_GRAPHQL_ENDPOINT=https://$USER.evil.example',
        environment: { USER: 's3cret' },
      },
      /refers to USER, which \.env does not set/,
    ],
    [
      'a secret that refers to the environment',
      { configYaml: '', dotEnv: 'HASURA_GRAPHQL_ADMIN_SECRET="a$WORD"' },
      /HASURA_GRAPHQL_ADMIN_SECRET in \.env refers to WORD/,
    ],
  ])('to %s', (_, sources, obstacle) => {
    const endpoint = read(sources);
    expect(endpoint.obstacle).toMatch(obstacle);
    expect(endpoint.unreadable).toBe(false);
    expect(JSON.stringify(endpoint.obstacle)).not.toMatch(/nowhere|evil|s3cret/);
  });
});

describe('.env', () => {
  it('takes variables from itself', () => {
    const dotEnv = `PORT=8443\nHASURA_GRAPHQL_ENDPOINT="https://a.example:\${PORT}"`;
    expect(read({ dotEnv, environment: { PORT: '1' } })).toMatchObject({
      url: 'https://a.example:8443',
      obstacle: undefined,
    });
  });

  it.each([
    [
      'a line of it is none',
      'HASURA_GRAPHQL_ENDPOINT=https://b.example\ns3cret',
      'Line 2 of .env is not an assignment, so the whole file is ignored, as the Hasura CLI does.',
    ],
  ])('is left out whole when %s, and that is said', (_, dotEnv, problem) => {
    expect(read({ configYaml: 'endpoint: https://a.example', dotEnv })).toMatchObject({
      url: 'https://a.example',
      problems: [problem],
    });
  });
});

it('paths, certificate and verification come from the same places', () => {
  const configYaml = `
endpoint: https://a.example
api_paths:
  query: old/query
  v1_metadata: meta
  version: v
certificate_authority: ca.pem
insecure_skip_tls_verify: true
`;
  const environment = { HASURA_GRAPHQL_API_PATHS_V1_METADATA: 'hidden/meta' };
  expect(read({ configYaml, environment })).toMatchObject({
    paths: { metadata: 'hidden/meta', 'legacy-query': 'old/query', version: 'v' },
    certificateAuthority: 'ca.pem',
    skipTlsVerification: true,
  });
  expect(read({ configYaml: 'insecure_skip_tls_verify: false' })).toMatchObject({
    paths: {},
    skipTlsVerification: false,
    certificateAuthority: undefined,
  });
});

describe('isLoopback', () => {
  it.each([
    'http://localhost:8080',
    'https://LOCALHOST',
    'http://127.0.0.1:8080',
    'http://127.1',
    'http://127.255.0.3',
    'http://2130706433',
    'http://[::1]:8080',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::ffff:127.0.0.1]',
  ])('%s', (url) => {
    expect(isLoopback(url)).toBe(true);
    expect(plainHttpWarning(url)).toBeUndefined();
  });

  it.each([
    'http://localhost.example.com',
    'http://notlocalhost',
    // The network may be asked for these.
    'http://hasura.localhost',
    'http://localhost./x',
    'http://127.0.0.1.localhost',
    'http://127.0.0.1.example.com',
    'http://localhost@example.com',
    'http://example.com/localhost',
    'http://128.0.0.1',
    'http://10.0.0.1',
    'http://[::2]',
    'http://[::ffff:10.0.0.1]',
    'http://host.docker.internal',
  ])('not %s', (url) => {
    expect(isLoopback(url)).toBe(false);
    expect(plainHttpWarning(url)).toContain(new URL(url).host);
    expect(plainHttpWarning(url.replace('http:', 'https:'))).toBeUndefined();
  });

  it.each(['', 'nowhere', 'localhost'])('not %j, which is no URL', (url) => {
    expect(isLoopback(url)).toBe(false);
    expect(plainHttpWarning(url)).toBeUndefined();
  });
});

it.each([
  ['https://A.example:443/base?x#y', 'https://a.example'],
  ['http://a.example:8080', 'http://a.example:8080'],
  ['file:///x', undefined],
  ['nowhere', undefined],
])('the origin of %s is %s', (url, origin) => {
  expect(originOf(url)).toBe(origin);
});
