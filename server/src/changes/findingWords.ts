import { cutText } from '../../../common/src/boundedText.ts';
import type { Finding } from '../rules/rule.ts';

/** More of a text than this does not tell findings apart. */
const longestText = 100;

/** `unknown-column persn_id`: what a finding is known by wherever it moves, on one line. */
export function findingWords({ code, offset, length }: Finding, text: string): string {
  const written = text
    .slice(offset, offset + length)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `${code} ${cutText(written, longestText)}`.trimEnd();
}
