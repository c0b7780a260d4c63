/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Keys and indexes from the root of a value down to a part of it. */
export type JsonPath = readonly (string | number)[];

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value of a key; `undefined` when there is no object, no such key, or `null` (which counts as not written). */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
  return value[key] ?? undefined;
}

export function textMember(value: Json | undefined, key: string): string | undefined {
  const text = member(value, key);
  return typeof text === 'string' ? text : undefined;
}

/** The items of a list below a key; none when there is no list. */
export function listMember(value: Json | undefined, key: string): readonly Json[] {
  const list = member(value, key);
  return isJsonArray(list) ? list : [];
}

/** Orders texts the same way on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same value with the keys of every object in order: equal values have equal texts. */
export function stableText(value: Json): string {
  return JSON.stringify(sortKeys(value));
}

/** The same value with the keys of every object in order. */
export function sortKeys(value: Json): Json {
  if (isJsonArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}

/** Equal as data: the order of keys does not count. */
export function sameJson(a: Json, b: Json): boolean {
  return stableText(a) === stableText(b);
}

/** A copy in which the value at the path is `value`. A path that does not exist leaves everything as it is. */
export function withValueAt(root: Json, path: JsonPath, value: Json): Json {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (typeof head === 'number') {
    if (!isJsonArray(root)) return root;
    return root.map((item, index) => (index === head ? withValueAt(item, rest, value) : item));
  }
  if (!isJsonObject(root)) return root;
  return { ...root, [head]: rest.length === 0 ? value : withValueAt(root[head] ?? null, rest, value) };
}

/**
 * Whether a whole number in it is too long for a JavaScript number: written again it would be another number.
 * Such a value must never be sent back to a server.
 */
export function hasInexactNumber(value: Json): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  if (isJsonArray(value)) return value.some(hasInexactNumber);
  return isJsonObject(value) && Object.values(value).some(hasInexactNumber);
}
