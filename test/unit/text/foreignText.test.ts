import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedName, cutText } from '../../../common/src/boundedText.ts';
import { logText, quoted, visible, visibleJson } from '../../../common/src/foreignText.ts';

/** What a terminal, a log or a reader could take for something else. */
const steering = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const hostileText = fc
  .array(
    fc.constantFrom(
      '\n',
      '\r',
      '\x1b[31m',
      '\x9b2J',
      '\u202e',
      '\u2066',
      '\u2028',
      '"',
      '\\',
      '\ud800',
      'a',
      '😀',
      '\0',
    ),
  )
  .map((parts) => parts.join(''));

describe('text that is not ours', () => {
  it.each([
    ['plain text', 'shop, naïve 商店 😀', 'shop, naïve 商店 😀'],
    ['line breaks and tabs', 'a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
    ['terminal escapes of both kinds', '\x1b[2Ja\x9b31m\x07', '\\u001b[2Ja\\u009b31m\\u0007'],
    ['deletion and nothing', 'a\x7f\0', 'a\\u007f\\u0000'],
    ['marks of bidirectional text', 'a\u202eb\u2066c\u200f\u061c', 'a\\u202eb\\u2066c\\u200f\\u061c'],
    ['other separators of lines', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
    ['invisible letters', 'a\u{e0041}b\ufeff\u200b', 'a\\udb40\\udc41b\\ufeff\\u200b'],
    ['half a character', 'a\ud83d', 'a\\ud83d'],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('stands on one line and steers nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, hostileText), (text) => {
        for (const shown of [visible(text), quoted(text)]) expect(shown).not.toMatch(steering);
        // What is visible stays so.
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  it('can’t end its quotes, and is cut between characters', () => {
    expect(quoted('a" on "b')).toBe('"a\\" on \\"b"');
    expect(quoted(`${'a'.repeat(199)}😀`)).toBe(`"${'a'.repeat(199)}…"`);
    expect(quoted('b'.repeat(100_000))).toBe(`"${'b'.repeat(200)}…"`);
    expect(cutText('abc', 3)).toBe('abc');
    fc.assert(
      fc.property(fc.oneof(anyText, hostileText), (text) => {
        expect(JSON.parse(quoted(text))).toBe(text.length > 200 ? boundedName(text) : text);
      }),
    );
  });

  it('leaves JSON the same JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(anyText, hostileText), fc.oneof(anyText, hostileText)), (value) => {
        for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
          const shown = visibleJson(json);
          expect(shown.replaceAll('\n', '')).not.toMatch(steering);
          expect(JSON.parse(shown)).toEqual(JSON.parse(json));
        }
      }),
    );
  });

  it('is one entry of a log', () => {
    const text = 'refused\n2026-01-01 00:00:00.000 [info] all is well\r\nx\ry\u2028z';
    expect(logText(text)).toBe('refused\n    2026-01-01 00:00:00.000 [info] all is well\n    x\\ry\\u2028z');
  });
});
