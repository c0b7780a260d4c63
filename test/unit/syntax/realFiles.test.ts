import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import { expectSound } from './show.ts';

const folder = fileURLToPath(new URL('../../../../shared/fixtures/real', import.meta.url));

describe.skipIf(!existsSync(folder))('metadata of real projects', () => {
  const files = globSync('**/*.{yaml,yml,json}', { cwd: folder });

  it('is there', () => expect(files.length).toBeGreaterThan(100));

  it.each(files)('%s', (file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const tree = parse(text, languageOf(file) ?? 'yaml');
    expectSound(tree);
    const errors = tree.language === 'yaml' ? parseAllDocuments(text).flatMap((one) => one.errors) : [];
    if (errors.length === 0) expect(tree.problems).toEqual([]);
  });
});
