import { describe, expect, it } from 'vitest';
import { bundledPackages, type Library, noticesOf } from '../../../scripts/thirdParty.ts';

const library = (name: string, ...texts: string[]): Library => ({
  name,
  version: '1.0.0',
  licence: 'MIT',
  homepage: undefined,
  texts,
});

describe('the notices', () => {
  it('have each library with its licence’s text and what it passes on', () => {
    const text = noticesOf([
      library('one', 'Text of one\r\n', 'Passed on by one'),
      library('two', 'Text of two'),
    ]);
    expect(text).toMatch(
      /one 1\.0\.0 \(MIT\)\n\nText of one\n\nPassed on by one\n\n=+\n\ntwo 1\.0\.0 \(MIT\)\n\nText of two\n$/,
    );
  });

  it.each([[[]], [['']], [[' \n']]])('are not made when a library comes without a text: %j', (texts) => {
    expect(() => noticesOf([library('one', 'Text'), library('two', ...texts)])).toThrow(
      'Bundled without the text of a licence: two@1.0.0.',
    );
  });
});

describe('the bundled packages', () => {
  const outputOf = (inputs: Record<string, number>) => ({
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([input, bytesInOutput]) => [input, { bytesInOutput }]),
    ),
    imports: [],
    exports: [],
    bytes: 0,
  });

  it.each([
    ['server/src/main.ts', undefined],
    ['node_modules/yaml/dist/index.js', 'node_modules/yaml'],
    ['node_modules/@scope/name/index.js', 'node_modules/@scope/name'],
    ['node_modules/outer/node_modules/inner/lib/a.js', 'node_modules/outer/node_modules/inner'],
    ['node_modules/outer/node_modules/@scope/inner/a.js', 'node_modules/outer/node_modules/@scope/inner'],
  ])('%s is of %s', (input, expected) => {
    const outputs = { 'dist/server.cjs': outputOf({ [input]: 10 }) };
    expect(bundledPackages({ inputs: {}, outputs })).toEqual(expected === undefined ? [] : [expected]);
  });

  it('are those of all bundles, once, without those nothing is left of', () => {
    const outputs = {
      'dist/server.cjs': outputOf({ 'node_modules/yaml/a.js': 1, 'node_modules/shaken-off/a.js': 0 }),
      'dist/client.cjs': outputOf({ 'node_modules/yaml/b.js': 1, 'node_modules/graphql/a.js': 1 }),
    };
    expect(bundledPackages({ inputs: {}, outputs })).toEqual(['node_modules/graphql', 'node_modules/yaml']);
  });
});
