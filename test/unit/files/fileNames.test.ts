import { describe, expect, it } from 'vitest';
import { fileName, sameFileKey, whyNoFileName } from '../../../common/src/files/fileNames.ts';

describe('a name of a file', () => {
  it.each([
    'shop',
    'shop.tables.json',
    'ärger',
    'a b',
    ' a',
    'a..b',
    'console',
    'con1.json',
    'com.json',
    'com10',
    'nul-1',
    '日本語',
    'name\u200dwith a joiner',
    'x'.repeat(240),
  ])('%s', (name) => {
    expect(whyNoFileName(name)).toBeUndefined();
  });

  it.each<[string, string]>([
    ['', 'it is empty'],
    ['.', 'it begins with a dot'],
    ['..', 'it begins with a dot'],
    ['.git', 'it begins with a dot'],
    ['a.', 'it ends with a dot or a space'],
    ['a ', 'it ends with a dot or a space'],
    [' ', 'it ends with a dot or a space'],
    ...['a/b', 'a\\b', 'c:x', 'a*', 'a?', 'a"', '<a', 'a>', 'a|b', 'a\0', 'a\nb', 'a\u0085', 'a\u2028'].map(
      (name): [string, string] => [name, 'it has a character that is not allowed in file names'],
    ),
    ['a\u202egpj.json', 'it has a character that is not allowed in file names'],
    ['a\ud800', 'it has a character that is not allowed in file names'],
    ...[
      'CON',
      'con',
      'nul',
      'Aux',
      'PRN.json',
      'nul.tables.json',
      'COM1',
      'com9.graphql',
      'LPT1',
      'COM¹',
      'con .x',
      'CONIN$',
    ].map((name): [string, string] => [name, 'it names a device on Windows']),
    ['x'.repeat(241), 'it is too long'],
    ['ä'.repeat(121), 'it is too long'],
  ])('is not %j', (name, reason) => {
    expect(whyNoFileName(name)).toBe(reason);
  });

  it('is the same, however its accents are written', () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    expect(composed).not.toBe(decomposed);
    expect(fileName(decomposed)).toBe(composed);
    expect(sameFileKey(`/a/${decomposed}.json`)).toBe(sameFileKey(`/A/${composed}.JSON`));
    expect(sameFileKey('/a/b')).not.toBe(sameFileKey('/a/c'));
  });
});
