import { isList, isObject } from '../../contract/difference.ts';
import type { Json } from '../../endpoint/endpoint.ts';

/** A value with one thing changed. */
export interface Mutation {
  /** What was changed where, for people: `$.name: left out`. */
  readonly what: string;
  readonly value: Json;
}

/** The changes that can be made to one value, wherever it stands; the values below it are not its business. */
export type Mutator = (value: Json) => Iterable<readonly [what: string, changed: Json]>;

/** Every change of the value and of each value in it, one at a time. */
export function* everywhere(value: Json, mutate: Mutator, location = '$'): Iterable<Mutation> {
  for (const [what, changed] of mutate(value)) yield { what: `${location}: ${what}`, value: changed };
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      for (const inner of everywhere(item, mutate, `${location}[${index}]`)) {
        yield { what: inner.what, value: value.with(index, inner.value) };
      }
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      for (const inner of everywhere(item ?? null, mutate, `${location}.${key}`)) {
        yield { what: inner.what, value: { ...value, [key]: inner.value } };
      }
    }
  }
}

/** The object with another name for one key, at the same place. */
export function withKey(value: { readonly [key: string]: Json | undefined }, from: string, to: string): Json {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key === from ? to : key, item]));
}
