import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import { describeOutside } from '../../outside.ts';
import { expectSound } from './show.ts';

describe('the samples', () =>
  areSound(fileURLToPath(new URL('../../../samples', import.meta.url)), { atLeast: 5 }));

describeOutside('metadata of real projects', 'fixtures/real', (folder) => areSound(folder, { atLeast: 100 }));

/** Every file's tree is sound, and has no problem where the parser of the `yaml` library has none. */
function areSound(folder: string, { atLeast }: { readonly atLeast: number }): void {
  const files = globSync('**/*.{yaml,yml,json}', { cwd: folder });

  it('are there', () => expect(files.length).toBeGreaterThan(atLeast));

  it.each(files)('%s', (file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const tree = parse(text, languageOf(file) ?? 'yaml');
    expectSound(tree);
    const errors = tree.language === 'yaml' ? parseAllDocuments(text).flatMap((one) => one.errors) : [];
    if (errors.length === 0) expect(tree.problems).toEqual([]);
  });
}
