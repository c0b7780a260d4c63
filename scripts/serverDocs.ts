import { readdirSync, readFileSync } from 'node:fs';
import { readPage } from './markdown.ts';

export const serverDocsFolder = 'docs/server';

/** Where a rule (`R15`, `C2`) or a section (`4.3`, `7.1 (a)`) of `docs/server` is explained. */
export interface Place {
  readonly page: string;
  readonly anchor: string;
}

/**
 * The places of every rule and section: a heading that begins with its number. Each should have one; a second is for
 * the tests to complain about.
 */
export function serverDocs(): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const page of readdirSync(serverDocsFolder).filter((name) => name.endsWith('.md'))) {
    for (const { text, anchor } of readPage(readFileSync(`${serverDocsFolder}/${page}`, 'utf8')).headings) {
      const name = /^(?:[RC]\d+|\d+(?:\.\d+)*[a-z]?(?: \([a-z]\))?)(?= )/.exec(text)?.[0];
      if (name === undefined) continue;
      // Rules have an anchor of their own, so that links survive another wording of the heading.
      const place = { page, anchor: /^[RC]/.test(name) ? name.toLowerCase() : anchor };
      places.set(name, [...(places.get(name) ?? []), place]);
    }
  }
  return places;
}
