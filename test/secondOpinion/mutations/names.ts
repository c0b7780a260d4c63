import { isObject } from '../../contract/difference.ts';
import type { Json } from '../../endpoint/endpoint.ts';
import { type Mutator, withKey } from './everywhere.ts';

/** Changes of names: each string and key becomes every name there is, and a misspelling; strings become variables too. */
export function nameChanges(names: readonly string[]): Mutator {
  return function* (value) {
    if (typeof value === 'string') {
      for (const name of [...names, misspelt(value), ...names.map((other) => `$${other}`)]) {
        if (name !== value) yield [`${value} now ${name}`, name];
      }
    } else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        for (const name of names) {
          if (name !== key) yield [`${key} now ${name}`, withKey(value, key, name)];
        }
        for (const name of names.filter((other) => value[other] === undefined)) {
          yield [`${name} added`, { ...value, [name]: value[key] ?? null } satisfies Json];
        }
      }
    }
  };
}

function misspelt(name: string): string {
  return `${name.slice(0, 1)}${name.slice(2)}x`;
}
