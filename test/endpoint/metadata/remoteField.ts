import type { At } from '../at.ts';
import { isGraphqlName, isObject, type Json, type JsonObject, kindOf } from '../json.ts';
import type { Release } from '../release.ts';

/** One level of a `remote_field` tree: a field and the values of its arguments. */
export interface FieldCall {
  readonly name: string;
  readonly arguments: JsonObject;
}

const fieldsPrefix = 'Remote fields are represented by an object that maps each field name to its arguments.';
const argumentsPrefix =
  'Remote arguments are represented by an object that maps each argument name to its value.';

/** Reads the tree level by level; its shape errors are those of spec section 3. */
export function readRemoteField(at: At, release: Release): readonly FieldCall[] {
  const failure = failures(at, release);
  const calls: FieldCall[] = [];
  let level: Json = at.value;
  for (;;) {
    if (!isObject(level)) return failure.notAnObject(level);
    const [first, ...others] = Object.entries(level);
    if (!first) return failure.count('none');
    if (others.length > 0) return failure.count('too many');
    const [name, node] = first;
    if (!isGraphqlName(name)) return failure.field(`${name} is not valid GraphQL name`);
    if (!isObject(node)) {
      return failure.field(`parsing RemoteField failed, expected Object, but encountered ${kindOf(node)}`);
    }
    const { arguments: given, field } = node as { arguments?: Json; field?: Json };
    if (given === undefined) return failure.field('key "arguments" not found');
    if (!isObject(given)) return failure.notArguments(given);
    checkValue(given, failure.argument, failure.variable);
    calls.push({ name, arguments: given });
    if (field === undefined || field === null) return calls;
    level = field;
  }
}

/** The texts; before 2.1.0 there were no prefixes. */
function failures(at: At, release: Release) {
  const prefixed = release.since(2, 1, 0);
  const field = (text: string): never => at.fail(`${prefixed ? fieldsPrefix : ''}${text}`);
  const argument = (text: string): never =>
    at.fail(prefixed ? `${fieldsPrefix}${argumentsPrefix}${text}` : text);
  return {
    field,
    argument,
    count: (received: 'none' | 'too many'): never =>
      prefixed
        ? field(`Expecting one single mapping, received ${received}.`)
        : at.fail('Only one field allowed, not multiple.'),
    notAnObject: (value: Json): never =>
      prefixed
        ? field(`parsing RemoteFields failed, expected Object, but encountered ${kindOf(value)}`)
        : at.fail('Remote fields should be an object that starts with the name of a field e.g. person: ...'),
    notArguments: (value: Json): never =>
      prefixed
        ? argument(`parsing RemoteArguments failed, expected Object, but encountered ${kindOf(value)}`)
        : at.fail('Remote arguments should be an object of keys.'),
    variable: (name: string): never => {
      if (name === '') return argument('Empty variable name');
      return argument(prefixed ? `Invalid variable name '${name}'` : 'Invalid variable name.');
    },
  };
}

function checkValue(
  value: Json | undefined,
  failKey: (text: string) => never,
  failVariable: (name: string) => never,
): void {
  if (typeof value === 'string' && value.startsWith('$')) {
    if (!isGraphqlName(value.slice(1))) failVariable(value.slice(1));
  } else if (Array.isArray(value)) {
    for (const item of value) checkValue(item, failKey, failVariable);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!isGraphqlName(key)) failKey(`${key} is an invalid key name`);
      checkValue(item, failKey, failVariable);
    }
  }
}
