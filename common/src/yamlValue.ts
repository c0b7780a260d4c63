import { parse } from 'yaml';
import { localized } from './localized.ts';
import type { Json } from './metadataApi/document/json.ts';

/**
 * What a text in YAML says, read in a time that grows with its length alone: the library writes a key that is itself a
 * map as a text, and does so again for every map around it.
 * @throws when it is no valid YAML, or nested too deeply
 */
export function yamlValue(text: string): Json {
  if (isTooDeep(text)) throw new RangeError(localized`The text is nested too deeply.`);
  return plainValue(parse(text, { mapAsMap: true, uniqueKeys: false, logLevel: 'error' }));
}

/** What the library read, with its maps as objects (`mapAsMap`). */
export function plainValue(value: unknown): Json {
  return jsonOf(value, new Map());
}

const deepest = 200;

/** By its brackets and the marks of its lists, in strings too: whoever nests so deeply means no value. */
export function isTooDeep(text: string): boolean {
  for (const [marks] of text.matchAll(/(?:[-?] )+/g)) if (marks.length >= 2 * deepest) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
}

/** `known`: by what it was made of, for aliases name the same again. */
function jsonOf(value: unknown, known: Map<object, Json>): Json {
  if (typeof value !== 'object' || value === null) return scalarOf(value);
  const before = known.get(value);
  if (before !== undefined) return before;
  const json =
    value instanceof Map
      ? Object.fromEntries([...value].map(([key, each]) => [keyOf(key), jsonOf(each, known)]))
      : Array.isArray(value)
        ? value.map((each) => jsonOf(each, known))
        : String(value);
  known.set(value, json);
  return json;
}

function scalarOf(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === undefined || value === null ? null : String(value);
}

function keyOf(key: unknown): string {
  return typeof key === 'object' && key !== null ? '?' : String(key);
}
