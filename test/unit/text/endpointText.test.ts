import { describe, expect, it } from 'vitest';
import { endpointAddress, endpointName } from '../../../common/src/endpoint/endpointText.ts';

describe('the address of an endpoint', () => {
  it.each([
    ['as it is', 'https://hasura.example.com', 'https://hasura.example.com'],
    ['a path', 'http://localhost:8080/hasura/', 'http://localhost:8080/hasura'],
    ['letters of another script', 'https://hаsura.example.com', 'https://xn--hsura-4ve.example.com'],
    ['full-width letters and dots', 'https://hasura。ｅxample.com', 'https://hasura.example.com'],
    ['user and password', 'https://hasura.example.com:443@evil.example/', 'https://evil.example'],
    [
      'line breaks',
      'https://evil.example/\n\thttps://good.example',
      'https://evil.example/https://good.example',
    ],
    ['an icon', 'https://evil.example/$(check)', 'https://evil.example/$(check)'],
    ['query and fragment', 'https://evil.example/?@good.example#x', 'https://evil.example'],
    ['marks of bidirectional text', 'https://evil.example/\u202emoc', 'https://evil.example/%E2%80%AEmoc'],
    ['backslashes', 'https:\\\\evil.example\\good', 'https://evil.example/good'],
    ['no address', 'prod', 'no address'],
  ])('%s', (_, url, shown) => {
    expect(endpointAddress(url)).toBe(shown);
  });
});

describe('the name of an endpoint', () => {
  const url = 'http://127.0.0.1:9000/x';

  it.each([
    'production',
    'Hasura CLI',
    'staging (EU)',
    'prod-2',
    'prod_2',
    'Produktion Süd',
    '本番',
    '🔴 live',
  ])('%s is shown alone', (name) => {
    expect(endpointName({ name, url })).toBe(name);
  });

  it.each([
    ['prod.example.com', '127.0.0.1:9000 ("prod.example.com")'],
    ['https://prod.example.com', '127.0.0.1:9000 ("https://prod.example.com")'],
    ['localhost', '127.0.0.1:9000 ("localhost")'],
    ['my LOCALHOST', '127.0.0.1:9000 ("my LOCALHOST")'],
    ['ｌocalhost', '127.0.0.1:9000 ("ｌocalhost")'],
    ['lоcalhost', '127.0.0.1:9000 ("lоcalhost")'],
    ['prod:8080', '127.0.0.1:9000 ("prod:8080")'],
    ['prod。example。com', '127.0.0.1:9000 ("prod。example。com")'],
    ['prod·example·com', '127.0.0.1:9000 ("prod·example·com")'],
    ['admin@prod', '127.0.0.1:9000 ("admin@prod")'],
    ['a" at "prod', '127.0.0.1:9000 ("a\' at \'prod")'],
    ['prod\u202e', '127.0.0.1:9000 ("prod\\u202e")'],
    ['prod\nexample', '127.0.0.1:9000 ("prod\\nexample")'],
    ['', '127.0.0.1:9000 ("")'],
  ])('%j is shown behind the real host', (name, shown) => {
    expect(endpointName({ name, url })).toBe(shown);
  });

  it('says when there is no host', () => {
    expect(endpointName({ name: 'a.b', url: 'x' })).toBe('no address ("a.b")');
  });
});
