import type { Json, JsonObject } from '../endpoint/endpoint.ts';

/**
 * Where an answer differs from what is expected, or undefined. `whole`: objects have no other keys. A pattern may hold
 * `{"$any": true}`, `{"$absent": true}`, `{"$regex": "…"}`, `{"$unordered": […]}` and `{"$contains": […]}`; lists go item by item.
 */
export function difference(
  actual: Json | undefined,
  expected: Json,
  whole: boolean,
  path = '$',
): string | undefined {
  const differs = `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
  if (isObject(expected)) {
    const { $any, $absent, $regex, $unordered, $contains } = expected as Record<string, Json>;
    if ($absent === true) return actual === undefined ? undefined : differs;
    if ($any === true) return actual === undefined ? differs : undefined;
    if (typeof $regex === 'string') {
      return typeof actual === 'string' && new RegExp($regex).test(actual) ? undefined : differs;
    }
    const items = $unordered ?? $contains;
    if (isList(items)) {
      if (!isList(actual) || ($unordered && actual.length !== items.length)) return differs;
      const missing = items.find((item) =>
        actual.every((found) => difference(found, item, whole) !== undefined),
      );
      return missing === undefined ? undefined : `${path}: nothing like ${JSON.stringify(missing)}`;
    }
    if (!isObject(actual)) return differs;
    const extra = Object.keys(actual).find((key) => whole && !Object.hasOwn(expected, key));
    if (extra !== undefined) return `${path}.${extra}: not expected, got ${JSON.stringify(actual[extra])}`;
    return first(Object.entries(expected), ([key, value]) =>
      difference(actual[key], value ?? null, whole, `${path}.${key}`),
    );
  }
  if (isList(expected)) {
    if (!isList(actual) || actual.length !== expected.length) return differs;
    return first(expected, (item, index) => difference(actual[index], item, whole, `${path}[${index}]`));
  }
  return actual === expected ? undefined : differs;
}

function first<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
