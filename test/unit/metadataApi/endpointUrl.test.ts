import { describe, expect, it } from 'vitest';
import { urlBelow } from '../../../common/src/endpoint/endpointUrl.ts';

const endpoint = new URL('https://hasura.test/base/?x#y');

describe('the path of an API', () => {
  it.each([
    ['v1/metadata', 'https://hasura.test/base/v1/metadata'],
    ['/v1/metadata', 'https://hasura.test/base/v1/metadata'],
    ['a/./b', undefined],
    ['a..b/.c', 'https://hasura.test/base/a..b/.c'],
    ['with blank', 'https://hasura.test/base/with%20blank'],
    ['a%20b', 'https://hasura.test/base/a%20b'],
    ['v1:metadata/x', undefined],
  ])('%j leads to %s', (path, url) => {
    expect(urlBelow(endpoint, path)).toBe(url);
  });

  it.each([
    '..',
    '../v1/metadata',
    'v1/../../metadata',
    '/..',
    '..\\x',
    'a\\..\\..\\x',
    '\\\\evil.test\\x',
    '//evil.test/x',
    '///evil.test',
    '/\t/evil.test',
    ' //evil.test',
    'https://evil.test/x',
    'HTTPS:evil.test',
    'javascript:x',
    '%2e%2e/x',
    '%2E./x',
    '.%2e/x',
    'a/%2e%2e/%2e%2e/x',
    '%252e%252e/x',
    '%25252e%25252e/x',
    '..%2fx',
    '..%5cx',
    '%2f%2fevil.test',
    '..;/x',
    '..;a=b/x',
    '.\t./x',
    '.. /x',
    'x?secret',
    'x%3Fsecret',
    'x#y',
    '%',
    '%zz',
    `${'%25'.repeat(20)}2e`,
    'x\ny',
    'x\u0000',
  ])('%j leads out, or may', (path) => {
    expect(urlBelow(endpoint, path)).toBeUndefined();
    expect(urlBelow(new URL('https://hasura.test'), path)).toBeUndefined();
  });
});
