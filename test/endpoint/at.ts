import { isList, isObject, type Json, type JsonObject, kindOf } from './json.ts';
import { Refusal } from './refusal.ts';

/** A value of the request together with its path, read key by key; every wrong shape is a `parse-failed`. */
export class At {
  readonly value: Json;
  readonly path: string;

  constructor(value: Json, path = '$') {
    this.value = value;
    this.path = path;
  }

  fail(text: string): never {
    throw new Refusal('parse-failed', text, { path: this.path });
  }

  object(type = 'Object'): JsonObject {
    if (isObject(this.value)) return this.value;
    return this.fail(`parsing ${type} failed, expected Object, but encountered ${kindOf(this.value)}`);
  }

  /** The value under a key, null included. */
  required(key: string, type?: string): At {
    const value = this.object(type)[key];
    if (value === undefined) this.fail(`key "${key}" not found`);
    return new At(value, this.#pathOf(key));
  }

  /** The value under a key; null counts as absent. */
  optional(key: string): At | undefined {
    const value = this.object()[key];
    return value === undefined || value === null ? undefined : new At(value, this.#pathOf(key));
  }

  /** The same value for a reader that does not know under which key it stands. */
  outside(path: string): At {
    return new At(this.value, path);
  }

  entries(type?: string): readonly (readonly [string, At])[] {
    return Object.entries(this.object(type)).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, new At(value, this.#pathOf(key))] as const],
    );
  }

  list(): readonly At[] {
    if (!isList(this.value)) {
      return this.fail(`parsing [] failed, expected Array, but encountered ${kindOf(this.value)}`);
    }
    return this.value.map((item, index) => new At(item, `${this.path}[${index}]`));
  }

  string(): string {
    if (typeof this.value === 'string') return this.value;
    return this.fail(`parsing Text failed, expected String, but encountered ${kindOf(this.value)}`);
  }

  nonEmptyString(): string {
    return this.string() || this.fail('empty string not allowed');
  }

  integer(): number {
    if (typeof this.value === 'number') return this.value;
    return this.fail(`parsing Int failed, expected Number, but encountered ${kindOf(this.value)}`);
  }

  boolean(): boolean {
    if (typeof this.value === 'boolean') return this.value;
    return this.fail(`expected Bool, but encountered ${kindOf(this.value)}`);
  }

  strings(): readonly string[] {
    return this.list().map((item) => item.string());
  }

  #pathOf(key: string): string {
    return /^[\w-]+$/.test(key) ? `${this.path}.${key}` : `${this.path}['${key}']`;
  }
}
