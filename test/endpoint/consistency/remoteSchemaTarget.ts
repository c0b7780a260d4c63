import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isOutputType,
} from 'graphql';
import { isGraphqlName } from '../json.ts';
import type { ToRemoteSchema } from '../metadata/definition.ts';
import type { FieldCall } from '../metadata/remoteField.ts';
import type { Release } from '../release.ts';
import { checkArguments, checkStripping } from './argumentValues.ts';
import { Violation } from './inconsistency.ts';
import type { JoinField, RemoteSchemaState } from './state.ts';

/** The left side of a relationship: what it is called and what it offers to join on. */
export interface LeftSide {
  /** The table's text form, or the remote schema's name. */
  readonly text: string;
  readonly isTable: boolean;
  readonly joinFields: ReadonlyMap<string, JoinField>;
  /** Why a computed field is not offered, in the words of servers before 2.2.0. */
  readonly unusable: ReadonlyMap<string, string>;
}

/** R14 to R23 in the server's order; the first that is broken is thrown. */
export function checkRemoteSchemaTarget(
  relationship: string,
  definition: ToRemoteSchema,
  left: LeftSide,
  remoteSchemas: ReadonlyMap<string, RemoteSchemaState>,
  release: Release,
): void {
  const { remoteSchema, lhsFields, path } = definition;
  const target = remoteSchemas.get(remoteSchema);
  if (!target) throw new Violation(`remote schema with name "${remoteSchema}" not found`);
  for (const name of lhsFields) checkLhsField(name, left, release);

  const query = target.schema.getQueryType();
  if (!query) throw new Violation('field with name "query_root" not found in remote schema');
  // Before 2.0.2 any column could be a variable, listed or not (R18).
  const listed = new Set(lhsFields);
  const fields = new Map(
    [...left.joinFields].filter(([name]) => listed.has(name) || release.before(2, 0, 2)),
  );
  const checkNames = () => checkTypeNames(relationship, left.text, release);
  let parent = query;
  for (const call of path) {
    const field = fieldOf(parent, call);
    checkArguments(call.arguments, field.args, { fields, release });
    checkStripping(call.arguments, field.args, checkNames);
    const type = getNamedType(field.type);
    if (!isOutputType(type)) throw new Violation(`type "${String(type)}"only output type is expected`);
    // Below anything but an object the server goes on in the type it was in (R15).
    if (isObjectType(type)) parent = type;
  }
}

function fieldOf(parent: GraphQLObjectType, { name }: FieldCall): GraphQLField<unknown, unknown> {
  const field = parent.getFields()[name];
  if (!field) throw new Violation(`remote field with name "${name}" and type "${parent.name}" not found`);
  return field;
}

/** R11 and R12. */
function checkLhsField(name: string, left: LeftSide, release: Release): void {
  const field = left.joinFields.get(name);
  if (!field) {
    throw new Violation(release.since(2, 2, 0) ? missingText(name, left) : earlierMissingText(name, left));
  }
  if (!isGraphqlName(name)) throw new Violation(`"${name}" is not a valid GraphQL identifier`);
}

function missingText(name: string, { text, joinFields }: LeftSide): string {
  const allowed = [...joinFields.keys()].map((field) => `"${field}"`);
  const last = allowed.pop();
  const start = `field with name "${name}"is not provided by the lhs entity""${text}"for defining a join condition`;
  if (last === undefined) return `${start}"`;
  const list =
    allowed.length === 0 ? last : `${allowed.join(', ')}${allowed.length > 1 ? ',' : ''} or ${last}`;
  return `${start}, the allowed fields are ${list}"`;
}

function earlierMissingText(name: string, { text, unusable }: LeftSide): string {
  return unusable.get(name) ?? `field with name "${name}" not found in table "${text}"`;
}

/** The names that go into the stripped input types: R7 and, since 2.2.0, R40. */
function checkTypeNames(relationship: string, left: string, release: Release): void {
  if (!isGraphqlName(relationship)) {
    throw new Violation(`"${relationship}" is not a valid GraphQL identifier`);
  }
  if (release.since(2, 2, 0) && !isGraphqlName(left.replaceAll(/[^A-Za-z0-9]/g, '_'))) {
    throw new Violation(`"${left}" is not a valid GraphQL identifier`);
  }
}

/**
 * The type schema generation looks for and does not find (R42): a path that goes on below an interface, a union,
 * an enum or a scalar although the checks let it pass. Undefined when generation succeeds.
 */
export function ungeneratedType(
  { path, remoteSchema }: ToRemoteSchema,
  remoteSchemas: ReadonlyMap<string, RemoteSchemaState>,
): string | undefined {
  let parent = remoteSchemas.get(remoteSchema)?.schema.getQueryType();
  for (const [index, { name }] of path.entries()) {
    const field = parent?.getFields()[name];
    if (!field) return undefined;
    const type = getNamedType(field.type);
    if (isObjectType(type)) parent = type;
    else if (index < path.length - 1 && (isAbstractType(type) || isLeafType(type))) return type.name;
  }
  return undefined;
}
