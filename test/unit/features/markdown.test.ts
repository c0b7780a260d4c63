import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock } from '../../../common/src/codeBlock.ts';
import { code, plainText, prose } from '../../../server/src/features/hover/markdown.ts';

/** What Markdown makes links, pictures and HTML of, where no backslash stands before it. */
const markup = /(?<!\\)(?:\\\\)*(?:[[\]<>!@]|:\/\/|\bwww\.)/i;

describe('descriptions', () => {
  it.each([
    ['*emphasis*, **more** and `code`', '*emphasis*, **more** and `code`'],
    ['a ``code`` and\n```\nmore\n```', 'a ``code`` and\n```\nmore\n```'],
    ['[text](command:x)', '\\[text\\](command:x)'],
    ['[text][1]\n\n[1]: https://x', '\\[text\\]\\[1\\]\n\n\\[1\\]: https\\://x'],
    ['![picture](https://x/y.png)', '\\!\\[picture\\](https\\://x/y.png)'],
    ['<a href="command:x">y</a> <!-- z -->', '\\<a href="command:x"\\>y\\</a\\> \\<\\!-- z --\\>'],
    ['https://x ftp://y www.z.de a@b.de', 'https\\://x ftp\\://y www\\.z.de a\\@b.de'],
    ['&lt;b&gt; &#91;x](y)', '&amp;lt;b&amp;gt; &amp;#91;x\\](y)'],
    ['a list: `[Int!]!`', 'a list: \\`\\[Int\\!\\]\\!\\`'],
    ['`a [x](command:y)', '\\`a \\[x\\](command:y)'],
    ['``` `a` [x](command:y)', '\\`\\`\\` `a` \\[x\\](command:y)'],
    ['a\n:-:\n`b [x](https://y)|`', 'a\n:-:\n\\`b \\[x\\](https\\://y)|\\`'],
    ['\\[x](y)', '\\\\\\[x\\](y)'],
  ])('%j', (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  it('have no markup but emphasis and code, whatever they say', () => {
    const parts = [
      '[',
      ']',
      '(',
      ')',
      '!',
      '<',
      '>',
      '`',
      '``',
      '```',
      '\\',
      '\n',
      '\n\n',
      'a',
      ' ',
      '|',
      'https://',
      'www.',
      '@',
      '&',
      '*',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts)), (all) => {
        expect(prose(all.join(''))).not.toMatch(markup);
      }),
      { numRuns: 2000 },
    );
  });

  it('are read in time that grows with them', () => {
    const started = performance.now();
    for (const part of ['`', '``', '` ', '`a', '```a`', 'www.', 'www', '[', ':/']) prose(part.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('names', () => {
  it('are code that ends where the name does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '``', '\n', ' ', 'a', '[x](y)')), (all) => {
        const name = all.join('');
        for (const markdown of [code(name), codeBlock('graphql', name)]) {
          const [fence = ''] = /^`+/.exec(markdown) ?? [];
          expect(markdown.endsWith(fence)).toBe(true);
          const inside = markdown.slice(fence.length, -fence.length);
          expect([...inside.matchAll(/`+/g)].map(([run]) => run)).not.toContain(fence);
        }
        expect(code(name)).not.toContain('\n');
      }),
    );
  });
});

it('names show what would turn the direction of reading', () => {
  expect(code('a\u202eb\u2066')).toBe('`a\\u202eb\\u2066`');
});

describe('plain text', () => {
  it.each([
    ['**table** `customer`', 'table customer'],
    ['`` a`b ``', 'a`b'],
    [
      '```graphql\nperson(id: ID!): Person # `a` \\[\n```\n\nOne.',
      'person(id: ID!): Person # `a` \\[\n\nOne.',
    ],
    [prose('[text](command:x) <b> & https://a.example'), '[text](command:x) <b> & https://a.example'],
  ])('of %j', (markdown, expected) => {
    expect(plainText(markdown)).toBe(expected);
  });

  it('has every name and description as it is', () => {
    const parts = ['[', ']', '(', '<', '>', '!', '&', '@', '://', 'www.', 'word ', '\\'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts)), (all) => {
        const text = all.join('').trim();
        expect(plainText(prose(text))).toBe(text);
        expect(plainText(codeBlock('graphql', text))).toBe(text);
      }),
    );
  });
});
