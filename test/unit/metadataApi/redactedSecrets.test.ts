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
};

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
};

describe.each(Object.entries(secrets))('a secret with %s', (_, text) => {
  it.each(Object.entries(writings))('is taken out %s', (_how, written) => {
    expect(redact(`before ${written(text)} after`, [new Secret(text, 'a test')])).toBe(
      'before [secret] after',
    );
  });

  it('does not keep other texts from being read', () => {
    expect(redactJson({ key: ['a text', 1] }, [new Secret(text, 'a test')])).toEqual({ key: ['a text', 1] });
  });
});

it('blanks around a secret are no part of it', () => {
  expect(redact('x open y', [new Secret(' open\n', 'a test')])).toBe('x [secret] y');
});

it('of two secrets the longer one goes first', () => {
  const both = [new Secret('open', 'a test'), new Secret('open sesame', 'a test')];
  expect(redact('open sesame, open%20sesame, open', both)).toBe('[secret], [secret], [secret]');
});
