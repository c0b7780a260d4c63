import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { isList, isObject, type Json } from '../json.ts';
import type { RemoteRelationship } from '../metadata/definition.ts';
import { Refusal } from '../refusal.ts';

/** A relationship with what it stands on, without source and GraphQL type: as names of stripped input types have it. */
export interface PlacedRelationship {
  readonly relationship: RemoteRelationship;
  readonly lhs: string;
}

/** R55: of stripped input types of one name all strip the same keys. */
export function checkStrippedInputs(
  relationships: readonly PlacedRelationship[],
  schemaOf: (remoteSchema: string) => GraphQLSchema | undefined,
): void {
  const known = new Map<string, string>();
  for (const { relationship, lhs } of relationships) {
    const { name, definition } = relationship;
    if (definition.target === 'source') continue;
    const schema = schemaOf(definition.remoteSchema);
    let parent = schema?.getQueryType();
    // One relationship may well strip the same type in several ways.
    const own = new Map<string, readonly string[]>();
    for (const call of definition.path) {
      const field = parent?.getFields()[call.name];
      for (const argument of field?.args ?? []) {
        for (const [type, keys] of stripped(argument.type, call.arguments[argument.name])) {
          const inputType = `${type}_remote_rel_${lhs}${name}`;
          own.set(inputType, [...(own.get(inputType) ?? []), keys].toSorted());
        }
      }
      const next = field && getNamedType(field.type);
      parent = isObjectType(next) ? next : undefined;
    }
    for (const [inputType, keys] of own) {
      const before = known.get(inputType);
      if (before !== undefined && before !== String(keys)) {
        const text = `Found conflicting definitions for GraphQL type ${inputType}`;
        throw new Refusal('unexpected', text, { status: 500 });
      }
      known.set(inputType, String(keys));
    }
  }
}

/** The input types of which a value takes keys away, with these. */
function* stripped(type: GraphQLInputType, value: Json | undefined): Generator<readonly [string, string]> {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return;
  for (const each of isList(value) ? value : [value]) {
    if (!isObject(each)) continue;
    yield [named.name, JSON.stringify(Object.keys(each).toSorted())];
    for (const [key, inner] of Object.entries(each)) {
      const field = named.getFields()[key];
      if (field) yield* stripped(field.type, inner);
    }
  }
}
