import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/run.ts';
import { withReplacements } from '../../../scripts/unusedFeatures.ts';

function bundled(contents: string, plugin: Plugin): Promise<string> {
  return build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    logLevel: 'silent',
    plugins: [plugin],
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
}

describe('a replacement', () => {
  const replacement = [
    'fastest-levenshtein/esm/mod.js',
    'export const distance = () => "replaced";',
  ] as const;

  it('takes the place of a file of a package', async () => {
    const text = await bundled(
      'import { distance } from "fastest-levenshtein/esm/mod.js"; console.log(distance);',
      withReplacements([replacement]),
    );
    expect(text).toContain('"replaced"');
    expect(text).not.toContain('charCodeAt');
  });

  it('fails the build when nothing asks for the file', async () => {
    const gone = ['fastest-levenshtein/esm/gone.js', ''] as const;
    await expect(
      bundled(
        'import { distance } from "fastest-levenshtein/esm/mod.js"; console.log(distance);',
        withReplacements([replacement, gone]),
      ),
    ).rejects.toThrow('Nothing asks for fastest-levenshtein/esm/gone.js any more');
  });
});
