/** Any JSON value; a key that is `undefined` counts as absent. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** How the server's JSON library names the kind of a value in its messages. */
export function kindOf(value: Json | undefined): string {
  if (value === null || value === undefined) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'object') return 'Object';
  return { string: 'String', number: 'Number', boolean: 'Boolean' }[typeof value as 'string'];
}

/** The object without its keys that are null, empty lists or in `defaults` with that value. */
export function withoutDefaults(object: JsonObject, defaults: JsonObject = {}): JsonObject {
  const kept = Object.entries(object).filter(([key, value]) => {
    if (value === null || value === undefined) return false;
    if (isList(value) && value.length === 0) return false;
    return !(Object.hasOwn(defaults, key) && JSON.stringify(defaults[key]) === JSON.stringify(value));
  });
  return Object.fromEntries(kept);
}

/** Compares by code unit, as the server sorts names. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/;

export function isGraphqlName(text: string): boolean {
  return graphqlName.test(text);
}
