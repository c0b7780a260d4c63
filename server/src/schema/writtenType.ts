import { parseType } from 'graphql';
import { lazy } from './lazy.ts';
import type { FieldDefinition, NamedType, TypeReference } from './remoteSchema.ts';
import { typeReferenceOf } from './sdlTypes.ts';
import { namedType } from './typeReference.ts';

/** An object type whose fields are listed one by one, each with its type as GraphQL writes it. */
export function writtenType(
  name: string,
  fields: readonly { readonly name: string; readonly type: string | undefined }[],
): NamedType {
  const made = lazy(() => new Map(fields.map((field) => [field.name, writtenField(field)])));
  return {
    kind: 'object',
    name,
    description: undefined,
    get fields() {
      return [...made().values()];
    },
    inputFields: [],
    enumValues: [],
    interfaces: [],
    memberTypes: [],
    location: undefined,
    field: (field) => made().get(field),
    inputField: () => undefined,
  };
}

function writtenField({ name, type }: { name: string; type: string | undefined }): FieldDefinition {
  return {
    name,
    type: readType(type),
    arguments: [],
    description: undefined,
    deprecationReason: undefined,
    location: undefined,
    argument: () => undefined,
  };
}

/** A type without a name is none that is known. */
function readType(text: string | undefined): TypeReference {
  if (text === undefined || text.length > longestType) return namedType('');
  try {
    return typeReferenceOf(parseType(text));
  } catch {
    return namedType('');
  }
}

/** Longer than any type, and short enough not to nest too deep. */
const longestType = 1000;
