import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function read(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8');
}

/** The texts of the manifest, or of another language, by their keys. */
export const manifestTexts: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));

/** The manifest as it stands. */
// biome-ignore lint/suspicious/noExplicitAny: what of it is looked at is the test's business, as of any JSON.
export function writtenManifest<T = any>(): T {
  return JSON.parse(read('package.json'));
}

/** The manifest as VS Code shows it: with the texts in place of their keys. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function shownManifest<T = any>(texts = manifestTexts): T {
  return JSON.parse(read('package.json'), (_, value: unknown) => {
    const key = typeof value === 'string' && /^%(.+)%$/.exec(value)?.[1];
    return key ? (texts[key] ?? value) : value;
  });
}
