import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DisplayText, display, inLines, withIcon } from '../../../client/src/ui/displayText.ts';

/** As VS Code finds links and icons in what it shows. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

const hostile = fc
  .array(
    fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '$',
      '$(',
      '](',
      '[a](command:x)',
      'https://a.b',
      ' ',
      '\n',
      '\\',
      'a',
      '⁠',
      '\u202e',
    ),
  )
  .map((parts) => parts.join(''));

describe('text that VS Code shows', () => {
  it.each([
    ['[a](command:x)', '[a]\u2060(command:x)'],
    ['[a](https://x.y "title")', '[a]\u2060(https://x.y "title")'],
    ['$(flame) $(sync~spin)', '$\u2060(flame) $\u2060(sync~spin)'],
    ['one\ntwo\r\n\tthree', 'one two three'],
    ['a\u202eb\x1b[1m', 'a\\u202eb\\u001b[1m'],
    ['f(a[0]) costs $5 (or more)', 'f(a[0]) costs $5 (or more)'],
  ])('%j', (text, shown) => {
    expect(display(text)).toBe(shown);
  });

  it('has neither links nor icons, whatever it is made of, and reads as it was', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        for (const shown of [display(a), display`${a}${b}`, display`[${a}](${b})`, inLines([a, b])]) {
          expect(shown).not.toMatch(link);
          expect(shown).not.toMatch(icon);
          expect(shown).not.toMatch(/[\u202e\r]/);
        }
        expect(inLines([a, b]).split('\n')).toHaveLength(2);
        expect(display(display(a))).toBe(display(a));
        const written = a.replaceAll(/\n+/g, ' ').replaceAll('\u2060', '').replaceAll('\u202e', '\\u202e');
        expect(display(a).replaceAll('\u2060', '')).toBe(written);
      }),
    );
  });

  it('has the icons that are ours', () => {
    expect(withIcon('plug', display`$(flame)`)).toBe('$(plug) $\u2060(flame)');
  });

  it('is a type that other text is not of', () => {
    const show = (text: DisplayText): string => text;
    // @ts-expect-error Made by nobody.
    show('text');
    // @ts-expect-error Neither is this.
    show(`${1} text`);
    expect(show(display`text`)).toBe('text');
  });
});
