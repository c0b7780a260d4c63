import { readdirSync, readFileSync } from 'node:fs';
import type { Exchange } from '../exchange.ts';
import { answerExchanges } from './answers.ts';
import { consequenceExchanges } from './consequences.ts';
import { ruleExchanges } from './rules.ts';
import { shapeExchanges } from './shapes.ts';

/** The exchanges by the file they stand in. */
export function allExchanges(): ReadonlyMap<string, readonly Exchange[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));
  const read = (file: string) =>
    JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as readonly Exchange[];
  return new Map([
    ...files.map((file) => [file.replace('.json', ''), read(file)] as const),
    ['answers', answerExchanges] as const,
    ['consequences', consequenceExchanges] as const,
    ['rules', ruleExchanges] as const,
    ['shapes', shapeExchanges] as const,
  ]);
}
