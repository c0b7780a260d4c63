import { describe, expect, it } from 'vitest';
import { withoutPrivateThings } from '../../../client/src/endpoint/ui/privateText.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';

const things = {
  secrets: [new Secret('correct horse', 'a test')],
  urls: ['https://hasura.example.com', 'http://hasura:8080', 'http://localhost:8080'],
  home: '/home/me',
};

describe('what is published of a text', () => {
  it.each([
    ['nothing private', 'nothing private'],
    ['x-hasura-admin-secret: correct horse', 'x-hasura-admin-secret: [secret]'],
    ['base 64: Y29ycmVjdCBob3JzZQ==', 'base 64: [secret]'],
    ['POST https://hasura.example.com/v1/metadata: 200', 'POST https://host-1: 200'],
    ['POST http://localhost:8080/v1/metadata?key=x: 200', 'POST http://localhost:8080/v1/metadata: 200'],
    ['http://127.0.0.1:1.', 'http://127.0.0.1:1.'],
    ['hasura.example.com refused: no', 'host-1 refused: no'],
    ['hasura:8080 is down, says Hasura, or hasura', 'host-2 is down, says Hasura, or hasura'],
    ['https://me:password@other.example.org:8443/a', 'https://host-3'],
    ['and other.example.org', 'and host-3'],
    ['postgres://me:password@db/shop', 'postgres://host-4'],
    ['http://[fe80::1]:80/a', 'http://host-5'],
    ['https://%zz/a', 'https://no-address'],
    ['(https://hasura.example.com)', '(https://host-1)'],
    ['https://hasura.example.com.evil.example.net', 'https://host-6'],
    ['file:///home/me/shop/config.yaml', 'file://~/shop/config.yaml'],
    ['at f (/home/me/a b.ts:1:2)', 'at f (~/a b.ts:1:2)'],
  ])('%s', (text, expected) => {
    const texts = [
      'https://me:password@other.example.org:8443/a',
      'postgres://me:password@db/shop',
      'http://[fe80::1]:80/a',
      'https://hasura.example.com.evil.example.net',
    ];
    expect(withoutPrivateThings(things, texts)(text)).toBe(expected);
  });

  it.each([
    ['C:\\Users\\Me\\shop', '~\\shop'],
    ['c:\\Users\\Me\\shop', '~\\shop'],
    ['"c:\\\\Users\\\\Me\\\\shop"', '"~\\\\shop"'],
    ['file:///c%3A/Users/Me/shop', 'file:///~/shop'],
    ['C:/Users/Me/shop', '~/shop'],
  ])('a home directory on Windows: %s', (text, expected) => {
    const onWindows = { secrets: [], urls: [], home: 'C:\\Users\\Me' };
    expect(withoutPrivateThings(onWindows, [])(text)).toBe(expected);
  });

  it('a home that is the root is no part of a path', () => {
    expect(withoutPrivateThings({ secrets: [], urls: [], home: '/' }, [])('/a/b')).toBe('/a/b');
  });
});
