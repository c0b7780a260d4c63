import { visit } from 'jsonc-parser';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { deepestNesting, tooDeepAt } from '../../../common/src/nesting.ts';
import type { Location } from '../syntax/location.ts';
import { builtInScalars } from './builtInScalars.ts';
import { introspectionLocations } from './introspectionLocations.ts';
import { lazy } from './lazy.ts';
import type { LoadedRemoteSchema } from './loadedRemoteSchema.ts';
import type {
  FieldDefinition,
  InputValue,
  NamedType,
  NamedTypeKind,
  RemoteSchema,
  TypeReference,
} from './remoteSchema.ts';

type Key =
  | ('data' | 'errors' | 'message' | '__schema' | 'queryType' | 'types')
  | ('kind' | 'name' | 'ofType' | 'description' | 'fields' | 'inputFields' | 'args' | 'type' | 'enumValues')
  | ('defaultValue' | 'isDeprecated' | 'deprecationReason' | 'interfaces' | 'possibleTypes');

/** An object of the answer: any key may be missing or hold anything. */
type Json = Readonly<Partial<Record<Key, unknown>>>;

/** A part of the answer, and how to find where its name stands. */
interface Part {
  readonly name: string;
  readonly definition: Json;
  /** Below `__schema`: `types/3/fields/0`. */
  readonly path: string;
  readonly locationAt: (path: string) => Location | undefined;
}

/**
 * Reads the answer of an introspection query, with or without its `data` wrapper. Parts that are missing or of a wrong
 * kind are left out; types are made when first asked for.
 */
export function loadIntrospection(uri: string, text: string): LoadedRemoteSchema {
  const broken = (message: string, location = { offset: 0, length: 0 }): LoadedRemoteSchema => ({
    schema: undefined,
    problems: [{ uri, message, ...location, severity: 'error' }],
  });
  const deepAt = tooDeepAt(text, 'json');
  let answer: unknown;
  try {
    answer = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = errorMessage(error);
    return broken(`This is not valid JSON. ${reason}`, jsonErrorPlace(text));
  }
  if (deepAt !== undefined) {
    const message = `This introspection result is nested deeper than ${deepestNesting} levels.`;
    return broken(message, { offset: deepAt, length: 1 });
  }
  const schema = introspectedSchema(answer);
  if (schema === undefined) {
    const errors = isObject(answer) ? answer.errors : undefined;
    return broken(
      Array.isArray(errors)
        ? `This is the response to a failed introspection query: ${graphqlErrorMessage(errors[0])}`
        : 'This is not an introspection result: expected an object with "__schema", either at the top level or below "data".',
    );
  }
  const locations = lazy(() => introspectionLocations(uri, text));
  const types = partsByName(schema.types, 'types', (path) => locations()(path));
  if (types.size === 0) return broken('This introspection result has no types.');
  return { schema: new IntrospectedSchema(nameOf(schema.queryType) ?? 'Query', types), problems: [] };
}

/** Where the first mistake stands. The visitor recurses, so it is stopped there, and where nobody nests on purpose. */
function jsonErrorPlace(text: string): { offset: number; length: number } {
  let found = { offset: 0, length: 0 };
  let depth = 0;
  const stop = (offset: number, length: number): never => {
    // An unclosed comment is said to be longer than the text.
    found = { offset, length: Math.min(length, text.length - offset) };
    throw new Stopped();
  };
  const open = (offset: number, length: number): void => {
    if (++depth > deepestNesting) stop(offset, length);
  };
  const close = (): void => {
    depth--;
  };
  try {
    visit(
      text.replace(/^\uFEFF/, ' '),
      {
        onObjectBegin: open,
        onArrayBegin: open,
        onObjectEnd: close,
        onArrayEnd: close,
        onError: (_, offset, length) => stop(offset, length),
      },
      { disallowComments: true },
    );
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  return found;
}

class Stopped extends Error {}

function introspectedSchema(answer: unknown): Json | undefined {
  if (!isObject(answer)) return undefined;
  const data = isObject(answer.data) ? answer.data : answer;
  return isObject(data.__schema) ? data.__schema : undefined;
}

function graphqlErrorMessage(error: unknown): string {
  return isObject(error) && typeof error.message === 'string' ? error.message : 'no reason given';
}

class IntrospectedSchema implements RemoteSchema {
  readonly queryTypeName: string;
  readonly #parts: ReadonlyMap<string, Part>;
  readonly #types = new Map<string, NamedType>();

  constructor(queryTypeName: string, parts: ReadonlyMap<string, Part>) {
    this.queryTypeName = queryTypeName;
    this.#parts = parts;
  }

  get typeNames(): readonly string[] {
    return [...new Set([...builtInScalars.keys(), ...this.#parts.keys()])];
  }

  type(name: string): NamedType | undefined {
    const known = this.#types.get(name) ?? builtInScalars.get(name);
    if (known !== undefined) return known;
    const part = this.#parts.get(name);
    if (part === undefined) return undefined;
    const type = new IntrospectedType(part);
    this.#types.set(name, type);
    return type;
  }
}

const kinds = new Map<unknown, NamedTypeKind>([
  ['OBJECT', 'object'],
  ['INTERFACE', 'interface'],
  ['UNION', 'union'],
  ['SCALAR', 'scalar'],
  ['ENUM', 'enum'],
  ['INPUT_OBJECT', 'input-object'],
]);

class IntrospectedType implements NamedType {
  readonly kind: NamedTypeKind;
  readonly name: string;
  readonly description: string | undefined;
  readonly #part: Part;
  readonly #fields: () => ReadonlyMap<string, FieldDefinition>;
  readonly #inputFields: () => ReadonlyMap<string, InputValue>;

  constructor(part: Part) {
    const { definition } = part;
    this.kind = kinds.get(definition.kind) ?? kindByContent(definition);
    this.name = part.name;
    this.description = text(definition.description);
    this.#part = part;
    this.#fields = lazy(() => membersOf(part, 'fields', (field) => new IntrospectedField(field)));
    this.#inputFields = lazy(() => membersOf(part, 'inputFields', inputValue));
  }

  get fields(): readonly FieldDefinition[] {
    return [...this.#fields().values()];
  }

  get inputFields(): readonly InputValue[] {
    return [...this.#inputFields().values()];
  }

  get enumValues(): readonly string[] {
    return namesIn(this.#part.definition.enumValues);
  }

  get interfaces(): readonly string[] {
    return namesIn(this.#part.definition.interfaces);
  }

  get memberTypes(): readonly string[] {
    return this.kind === 'union' ? namesIn(this.#part.definition.possibleTypes) : [];
  }

  get location(): Location | undefined {
    return this.#part.locationAt(this.#part.path);
  }

  field(name: string): FieldDefinition | undefined {
    return this.#fields().get(name);
  }

  inputField(name: string): InputValue | undefined {
    return this.#inputFields().get(name);
  }
}

class IntrospectedField implements FieldDefinition {
  readonly name: string;
  readonly type: TypeReference;
  readonly description: string | undefined;
  readonly deprecationReason: string | undefined;
  readonly #part: Part;
  readonly #arguments: () => ReadonlyMap<string, InputValue>;

  constructor(part: Part) {
    const { definition } = part;
    this.name = part.name;
    this.type = typeReference(definition.type);
    this.description = text(definition.description);
    this.deprecationReason = deprecationReason(definition);
    this.#part = part;
    this.#arguments = lazy(() => membersOf(part, 'args', inputValue));
  }

  get arguments(): readonly InputValue[] {
    return [...this.#arguments().values()];
  }

  get location(): Location | undefined {
    return this.#part.locationAt(this.#part.path);
  }

  argument(name: string): InputValue | undefined {
    return this.#arguments().get(name);
  }
}

function inputValue({ name, definition, path, locationAt }: Part): InputValue {
  const defaultText = text(definition.defaultValue);
  return {
    name,
    type: typeReference(definition.type),
    description: text(definition.description),
    hasDefault: defaultText !== undefined,
    defaultText,
    deprecationReason: deprecationReason(definition),
    get location() {
      return locationAt(path);
    },
  };
}

/** An answer cut off by a depth limit of the query ends in a type without a name, written here as the empty name. */
function typeReference(type: unknown, nonNull = false): TypeReference {
  if (!isObject(type)) return { kind: 'named', name: '', nonNull };
  if (type.kind === 'NON_NULL') return typeReference(type.ofType, true);
  if (type.kind === 'LIST') return { kind: 'list', of: typeReference(type.ofType), nonNull };
  return { kind: 'named', name: nameOf(type) ?? '', nonNull };
}

function kindByContent(definition: Json): NamedTypeKind {
  if (Array.isArray(definition.inputFields)) return 'input-object';
  if (Array.isArray(definition.fields)) return 'object';
  return Array.isArray(definition.enumValues) ? 'enum' : 'scalar';
}

function deprecationReason(definition: Json): string | undefined {
  if (definition.isDeprecated !== true) return undefined;
  return text(definition.deprecationReason) ?? 'No longer supported';
}

function membersOf<T>(
  part: Part,
  key: 'fields' | 'inputFields' | 'args',
  make: (member: Part) => T,
): ReadonlyMap<string, T> {
  const members = partsByName(part.definition[key], `${part.path}/${key}`, part.locationAt);
  return new Map([...members].map(([name, member]) => [name, make(member)]));
}

/** Items without a name are left out; of a repeated name the first wins. */
function partsByName(list: unknown, path: string, locationAt: Part['locationAt']): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  if (!Array.isArray(list)) return found;
  for (const [index, definition] of list.entries()) {
    const name = nameOf(definition);
    if (name !== undefined && isObject(definition) && !found.has(name)) {
      found.set(name, { name, definition, path: `${path}/${index}`, locationAt });
    }
  }
  return found;
}

function namesIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.flatMap((item) => nameOf(item) ?? []) : [];
}

function nameOf(value: unknown): string | undefined {
  return isObject(value) ? text(value.name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
