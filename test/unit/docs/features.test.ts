import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { featuresPage, featuresPath } from '../../../scripts/featuresPage.ts';

it('docs/features.md says what there is: `npx node scripts/featuresPage.ts` writes it anew', () => {
  expect(readFileSync(featuresPath, 'utf8')).toBe(featuresPage());
});
