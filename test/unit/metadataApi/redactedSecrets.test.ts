import { describe, expect, it } from 'vitest';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { redact, redactJson } from '../../../common/src/metadataApi/http/redact.ts';

/** A secret as programs write it into what they say. */
const writings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in a URL': (secret) => encodeURIComponent(utf8(secret)),
  'in a whole URL': (secret) => encodeURI(utf8(secret)),
  'in a form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'in a URL, in small letters': (secret) =>
    encodeURIComponent(utf8(secret)).replace(/%../g, (byte) => byte.toLowerCase()),
  'in a URL, every byte': (secret) => hex(secret).replace(/../g, '%$&'),
  'in hexadecimal': hex,
  'in hexadecimal, in capitals': (secret) => hex(secret).toUpperCase(),
  'in base 64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in UTF-8': utf8,
  'in JSON, in UTF-8': (secret) => JSON.stringify(utf8(secret)).slice(1, -1),
  'in base 64': (secret) => Buffer.from(secret).toString('base64').replaceAll('=', ''),
  'in base 64, filled up': (secret) => Buffer.from(secret).toString('base64'),
  'in a URL in a URL': (secret) => encodeURIComponent(encodeURIComponent(utf8(secret))),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'in JSON, with slashes marked': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'in JSON for pages': (secret) => JSON.stringify(secret).slice(1, -1).replace(/[<>&]/g, unitsInJson),
  'in JSON in ASCII': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^\x20-\x7e]/g, unitsInJson),
  'in JSON, every character': (secret) => unitsInJson(utf8(secret)),
  'in a page, by number': (secret) => utf8(secret).replace(/[^\w ]/gu, (each) => `&#${each.codePointAt(0)};`),
  'in a page, by number in hexadecimal': (secret) =>
    utf8(secret).replace(/[^\w ]/gu, (each) => `&#x${each.codePointAt(0)?.toString(16).toUpperCase()};`),
  'in a page, by name': (secret) =>
    utf8(secret)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
  'in bytes with colons': (secret) => hex(secret).replace(/..(?=.)/g, '$&:'),
  'in bytes of a program': (secret) => hex(secret).replace(/../g, '\\x$&'),
  'read as Latin-1': (secret) => Buffer.from(secret).toString('latin1'),
};

/** Every UTF-16 unit as JSON may write it. */
function unitsInJson(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** What half a surrogate pair becomes on its way. */
function utf8(text: string): string {
  return Buffer.from(text).toString();
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

const secrets: Readonly<Record<string, string>> = {
  'an emoji': 'open 😀 sesame',
  'an emoji alone': '😀',
  'an emoji of several characters': 'a👩‍👩‍👧b&c',
  'the first half of a pair': 'open \uD83D sesame',
  'the second half of a pair': 'open \uDE00 sesame',
  'both halves in the wrong order': 'x\uDE00\uD83Dy z',
  'half a pair at its beginning': '\uDE00 sesame',
  'half a pair at its end': 'sesame \uD83D',
  'half a pair before a whole one': 'a \uD83D\uD83D\uDE00 b',
  umlauts: 'Öl & Käse',
  quotes: `o"p'e\\n <s>`,
  slashes: 'a/b+c//d=e&f',
};

describe.each(Object.entries(secrets))('a secret with %s', (_, text) => {
  it.each(Object.entries(writings))('is taken out %s', (_how, written) => {
    expect(redact(`before ${written(text)} after`, [new Secret(text, 'a test')])).toBe(
      'before [secret] after',
    );
  });

  it('does not keep other texts from being read', () => {
    expect(redactJson({ key: ['a string', 1] }, [new Secret(text, 'a test')])).toEqual({
      key: ['a string', 1],
    });
  });
});

it('blanks around a secret are no part of it', () => {
  expect(redact('x open y', [new Secret(' open\n', 'a test')])).toBe('x [secret] y');
});

it('of two secrets the longer one goes first', () => {
  const both = [new Secret('open', 'a test'), new Secret('open sesame', 'a test')];
  expect(redact('open sesame, open%20sesame, open', both)).toBe('[secret], [secret], [secret]');
});

describe('a header has a byte for a character', () => {
  const secret = new Secret('Öl & Käse', 'a test');
  const bytes = Buffer.from('Öl & Käse', 'latin1');
  it.each([
    ['read as UTF-8', bytes.toString('utf8')],
    ['in base 64', bytes.toString('base64')],
    ['in hexadecimal', bytes.toString('hex')],
    ['in a URL', bytes.toString('hex').replace(/../g, '%$&')],
  ])('and is taken out %s', (_how, text) => {
    expect(redact(`before ${text} after`, [secret])).toBe('before [secret] after');
  });
});

describe('in base 64 behind others', () => {
  const text = 'open-sesame/9';
  it.each(['admin:', 'a:', 'ad:', 'x-hasura-admin-secret: '])(
    'after "%s" nothing of it is left',
    (before) => {
      for (const after of ['', 'x', 'yz', 'end']) {
        const written = Buffer.from(`${before}${text}${after}`).toString('base64');
        const shown = redact(`Basic ${written} end`, [new Secret(text, 'a test')]);
        expect(shown).toMatch(/^Basic [\w+/]*\[secret\][\w+/]*={0,2} end$/);
        const left = shown.slice('Basic '.length).replace('[secret]', ' ');
        expect(Buffer.from(left.split(' ')[0] ?? '', 'base64').toString()).not.toContain('o');
      }
    },
  );
});
