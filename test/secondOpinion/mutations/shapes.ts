import { isList, isObject } from '../../contract/difference.ts';
import type { Json } from '../../endpoint/endpoint.ts';
import { withKey } from './everywhere.ts';

/** What stands in for any value: each kind of value, and strings that are not names. */
const others: readonly Json[] = [null, 7, 1.5, true, '', 'text', '$', '$a-b', '$id', [], {}];

/** Changes of the shape: wrong kinds, missing, doubled, misspelt and unknown keys, one value for a list and the reverse. */
export function* shapeChanges(value: Json): Iterable<readonly [string, Json]> {
  for (const other of others) {
    if (JSON.stringify(other) !== JSON.stringify(value)) yield [`now ${JSON.stringify(other)}`, other];
  }
  yield ['now in a list', [value]];
  yield ['now twice in a list', [value, value]];
  yield ['now below a key', { key: value }];
  if (isList(value)) {
    for (const [index] of value.entries()) yield [`item ${index} left out`, value.toSpliced(index, 1)];
    const [first] = value;
    if (first !== undefined) yield ['first item doubled', [first, ...value]];
  }
  if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const { [key]: _, ...rest } = value;
      yield [`${key} left out`, rest];
      for (const name of [`${key}x`, key.slice(0, -1), `${key}-x`, '', key.toUpperCase()]) {
        if (name !== key) yield [`${key} now ${JSON.stringify(name)}`, withKey(value, key, name)];
      }
    }
    yield ['unexpected added', { ...value, unexpected: 1 }];
  }
}
