import {
  type GraphQLInputType,
  type GraphQLNullableType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Release } from '../release.ts';
import { Violation } from './inconsistency.ts';
import type { JoinField } from './state.ts';

interface Variables {
  readonly fields: ReadonlyMap<string, JoinField>;
  readonly release: Release;
}

/** What arguments and the fields of input objects have in common. */
interface InputValue {
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** R17 to R21 and R23 for the arguments of one level. */
export function checkArguments(
  given: JsonObject,
  expected: readonly InputValue[],
  variables: Variables,
): void {
  for (const [name, value] of Object.entries(given)) {
    checkValue(value ?? null, inputNamed(name, expected).type, variables);
  }
}

function inputNamed(name: string, expected: readonly InputValue[]): InputValue {
  const found = expected.find((input) => input.name === name);
  if (!found) throw new Violation(`argument with name "${name}" not found in remote schema`);
  return found;
}

function checkValue(value: Json, type: GraphQLInputType, variables: Variables): void {
  if (value === null) throw new Violation('null is not allowed here');
  if (isList(value)) checkList(value, type, variables);
  else if (isObject(value)) checkObject(value, type, variables);
  else if (typeof value === 'string' && value.startsWith('$')) checkVariable(value.slice(1), type, variables);
  else checkBaseType(literalType(value), type);
}

function literalType(value: string | number | boolean): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  return Number.isInteger(value) ? 'Int' : 'Float';
}

function checkList(values: readonly Json[], type: GraphQLInputType, variables: Variables): void {
  if (values.length > 1) throw new Violation('multiple elements in list value is not supported');
  const nullable: GraphQLNullableType = getNullableType(type);
  if (!isListType(nullable)) throw new Violation(`type "${getNamedType(type).name}"is not a list type`);
  for (const value of values) checkValue(value, nullable.ofType as GraphQLInputType, variables);
}

/** The type is that below all lists here; whether the list was written is only seen when stripping. */
function checkObject(object: JsonObject, type: GraphQLInputType, variables: Variables): void {
  const base = getNamedType(type);
  for (const [key, value] of Object.entries(object)) {
    if (!isInputObjectType(base)) throw new Violation(`type "${key}"not an input object type`);
    checkValue(value ?? null, inputNamed(key, Object.values(base.getFields())).type, variables);
  }
}

function checkVariable(name: string, type: GraphQLInputType, { fields, release }: Variables): void {
  const field = fields.get(name);
  if (!field) throw new Violation(`variable "${name}" is not found`);
  // Since 2.2.0 the type of a variable is not looked at (R24).
  if (release.since(2, 2, 0) || field.scalar === undefined) return;
  checkBaseType(field.scalar, type);
}

const joinableToId = ['ID', 'Int', 'String', 'bigint', 'smallint', 'uuid'];

/** R23: list and non-null marks of the expected type do not matter for a value that is no list itself. */
function checkBaseType(actual: string, type: GraphQLInputType): void {
  const expected = getNamedType(type).name;
  if (expected === 'ID') {
    if (joinableToId.includes(actual)) return;
    throw new Violation(
      `Only ID, Int, uuid or String scalar types can be joined to the ID type, but received "${actual}"`,
    );
  }
  if (expected !== actual) throw new Violation(`expected type "${expected}" but got "${actual}"`);
}

/** The checks of making an argument's type smaller by what is fixed: the rest of R20, R7 and R40. */
export function checkStripping(
  given: JsonObject,
  expected: readonly InputValue[],
  checkNames: () => void,
): void {
  for (const [name, value] of Object.entries(given)) {
    stripValue(value ?? null, inputNamed(name, expected).type, checkNames);
  }
}

function stripValue(value: Json, type: GraphQLInputType, checkNames: () => void): void {
  const nullable: GraphQLNullableType = getNullableType(type);
  const [first] = isList(value) ? value : [];
  if (first !== undefined && isListType(nullable)) {
    stripValue(first, nullable.ofType as GraphQLInputType, checkNames);
  } else if (isObject(value)) {
    if (!isInputObjectType(nullable)) {
      throw new Violation(`type "${getNamedType(type).name}" is invalid for stripping`);
    }
    checkNames();
    checkStripping(value, Object.values(nullable.getFields()), checkNames);
  }
}
