import { describe, expect, it } from 'vitest';
import { readDotEnv } from '../../../common/src/endpoint/dotEnv.ts';

function values(text: string): Record<string, string> {
  const file = readDotEnv(text);
  if (file.outcome !== 'read') return expect.fail(`line ${file.line}`);
  return Object.fromEntries([...file.values].map(([name, { text: value }]) => [name, value]));
}

describe('a .env file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['nothing', '', {}],
    ['comments and blank lines', '# a=1\n\n  \n\t# b=2', {}],
    ['plain values', 'A=1\nB = two words \nC=', { A: '1', B: 'two words', C: '' }],
    ['a mark of the byte order and line ends of Windows', '\uFEFFA=1\r\nB="2"\r\n', { A: '1', B: '2' }],
    ['export', 'export A=1\n  export  B=2\nexport=3', { A: '1', B: '2', export: '3' }],
    ['a colon', 'A: 1\nB:  "x"', { A: '1', B: 'x' }],
    ['a comment behind a value', 'A=1 # x\nB="a#b" # x\nC=\'a#b\'#x', { A: '1', B: 'a#b', C: 'a#b' }],
    ['quotes', `A="a 'b' c"\nB='a "b" c'\nC="it's`, { A: `a 'b' c`, B: 'a "b" c', C: `"it's` }],
    ['the last quote that ends it', 'A="a" b "c"', { A: 'a" b "c' }],
    ['escapes inside double quotes', 'A="a\\nb\\tc\\"d\\\\"', { A: 'a\nbtc"d\\' }],
    ['none elsewhere', "A=a\\nb\nB='a\\nb'", { A: 'a\\nb', B: 'a\\nb' }],
    ['the last of two', 'A=1\nA=2', { A: '2' }],
    ['dots in names', 'a.b=1', { 'a.b': '1' }],
    [
      'variables of the file',
      `P=80\nA=h:$P\nB="h:\${P}/x"\nC=\${P}\${P}`,
      { P: '80', A: 'h:80', B: 'h:80/x', C: '8080' },
    ],
    ['none in single quotes', `P=80\nA='$P \${P}'`, { P: '80', A: `$P \${P}` }],
    ['none behind a backslash', `P=80\nA=\\$P\nB="\\\${P}"`, { P: '80', A: '$P', B: `\${P}` }],
    ['dollars that name nothing', `A=a$b\nB=5$\nC="\${}"`, { A: 'a$b', B: '5$', C: `\${}` }],
    ['names like those of objects', 'constructor=2\ntoString=3', { constructor: '2', toString: '3' }],
  ])('has %s', (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    ['the environment', 'A=$PATH', 'PATH'],
    ['what comes later', 'A=$P\nP=1', 'P'],
    ['what refers to nothing itself', `B=\${HOME}\nA=$B`, 'HOME'],
  ])('does not take a value from %s', (_, text, missing) => {
    const file = readDotEnv(text);
    const value = file.outcome === 'read' ? file.values.get('A') : undefined;
    expect(value).toEqual({ text: '', missing });
  });

  it.each([
    ['a word', 'A=1\nsecret', 2],
    ['an export of nothing', 'export A', 1],
    ['a name with a blank', '\nA B=1', 2],
    ['a colon without a blank', 'A:1', 1],
  ])('with %s is none', (_, text, line) => {
    expect(readDotEnv(text)).toEqual({ outcome: 'unreadable', line });
  });

  it('takes no longer for long lines than they are long', () => {
    const blanks = ' '.repeat(200_000);
    const started = performance.now();
    for (const text of [
      `A=${blanks}x${blanks}`,
      `A${blanks}B`,
      `export${blanks}`,
      `A="${`"${' '.repeat(50)}`.repeat(5000)}x`,
      `A="${'\\\\'.repeat(100_000)}"`,
      `A=${'$'.repeat(200_000)}`,
    ]) {
      readDotEnv(text);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
