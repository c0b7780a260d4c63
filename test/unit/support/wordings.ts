import { appendFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Finding } from '../../../server/src/rules/rule.ts';

/**
 * Every sentence that rules say in their tests, written down a second time on purpose: one that changes has to be meant.
 * `WORDINGS=add npx vitest run test/unit/rules` adds those that are new; those that are said no more are taken out by hand.
 */
const file = fileURLToPath(new URL('wordings.txt', import.meta.url));
const known = new Set(readFileSync(file, 'utf8').split('\n'));

/** What a finding says and offers is among the sentences written down, names aside. */
export function expectKnownWording(finding: Finding): void {
  const { code, severity, message, serverMessage, related, fixes, tags } = finding;
  const lines = [
    `${[code, severity, ...tags].join(' ')}: ${withoutNames(message)}`,
    ...(serverMessage === undefined ? [] : [`${code} server: ${withoutNames(serverMessage)}`]),
    ...related.map((place) => `${code} related: ${withoutNames(place.message)}`),
    ...fixes.map((fix) => `${code} ${fix.preferred ? 'fix' : 'fix to choose'}: ${withoutNames(fix.title)}`),
  ];
  for (const line of lines) {
    if (process.env['WORDINGS'] === 'add' && !known.has(line)) {
      known.add(line);
      appendFileSync(file, `${line}\n`);
    }
    expect(known, 'test/unit/support/wordings.txt').toContain(line);
  }
}

/** A sentence with `…` for what stands in quotes, for variables and for numbers. */
function withoutNames(sentence: string): string {
  return sentence
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/\$[\w-]+/g, '$…')
    .replaceAll('\n', '⏎');
}
