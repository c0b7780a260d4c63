import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/run.ts';

/** Members that are private by a word, which the compiler takes out; a constructor has no other way. */
function privateByWord(text: string): readonly string[] {
  const member =
    /^[ \t]+(?:(?:static|readonly|override|abstract|async) )*(?:private|protected) (?!constructor\b).*$/gm;
  return [...text.matchAll(member)].map(([line]) => line.trim());
}

it.each([
  ['  private count = 0;', ['private count = 0;']],
  ['  private count: number;', ['private count: number;']],
  ['  private readonly count: number;', ['private readonly count: number;']],
  ['  static private of() {', ['static private of() {']],
  ['  protected async read() {', ['protected async read() {']],
  ['  private constructor(count: number) {', []],
  ['  readonly #count = 0;', []],
  ['    protected: true,', []],
  ['// what is private here', []],
])('%s', (text, found) => {
  expect(privateByWord(text)).toEqual(found);
});

it('private members have their own names: `#count`', () => {
  const files = globSync('{bench,client,common,scripts,server,test}/**/*.ts', {
    cwd: root,
    exclude: (name) => name.includes('node_modules'),
  });
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return file.endsWith('privateMembers.test.ts')
      ? []
      : privateByWord(text).map((line) => `${file} ${line}`);
  });
  expect(found).toEqual([]);
});
