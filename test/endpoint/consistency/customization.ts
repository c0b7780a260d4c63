import {
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { RemoteSchemaEntry } from '../metadata/metadata.ts';

/** What is wrong with the names that a remote schema's types and fields are given (R58). */
export function customizationViolation(
  { definition }: RemoteSchemaEntry,
  schema: GraphQLSchema,
): string | undefined {
  const { customization } = definition;
  if (!isObject(customization)) return undefined;
  const { type_names: types, field_names: fields } = customization;
  return typeViolation(types, schema) ?? fieldViolation(Array.isArray(fields) ? fields : [], schema);
}

function typeViolation(given: Json | undefined, schema: GraphQLSchema): string | undefined {
  if (!isObject(given)) return undefined;
  const { prefix, suffix, mapping } = given;
  const reserved = isObject(mapping) ? Object.keys(mapping).find((name) => name.startsWith('__')) : undefined;
  if (reserved !== undefined) return `attempt to customize reserved type name "${reserved}"`;
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const names = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .map((type) => {
      const mapped = isObject(mapping) ? mapping[type.name] : undefined;
      if (typeof mapped === 'string') return mapped;
      if (isSpecifiedScalarType(type)) return type.name;
      return [...roots].some((root) => root === type)
        ? type.name
        : `${prefix ?? ''}${type.name}${suffix ?? ''}`;
    });
  const doubled = doubles(names);
  return (
    doubled && `Type name mappings are not distinct; the following types appear more than once: ${doubled}`
  );
}

function fieldViolation(entries: readonly Json[], schema: GraphQLSchema): string | undefined {
  const entryOf = ({ name }: GraphQLObjectType | GraphQLInterfaceType): JsonObject => {
    const entry = entries.findLast((each) => isObject(each) && each['parent_type'] === name);
    return isObject(entry) ? entry : {};
  };
  const isMapped = (type: GraphQLObjectType | GraphQLInterfaceType, field: string): boolean => {
    const { mapping } = entryOf(type);
    return isObject(mapping) && mapping[field] !== undefined;
  };
  const namesOf = (type: GraphQLObjectType | GraphQLInterfaceType): ReadonlyMap<string, string> => {
    const { prefix, suffix, mapping } = entryOf(type);
    return new Map(
      Object.keys(type.getFields()).map((field) => {
        const mapped = isObject(mapping) ? mapping[field] : undefined;
        return [field, typeof mapped === 'string' ? mapped : `${prefix ?? ''}${field}${suffix ?? ''}`];
      }),
    );
  };
  for (const entry of entries) {
    const mapping = isObject(entry) ? entry['mapping'] : undefined;
    const reserved = isObject(mapping)
      ? Object.keys(mapping).find((name) => name.startsWith('__'))
      : undefined;
    if (reserved !== undefined) return `attempt to customize reserved field name "${reserved}"`;
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const names = namesOf(type);
    const doubled = doubles([...names.values()]);
    if (doubled !== undefined) {
      const kind = isObjectType(type) ? 'object' : 'interface';
      return `Field name mappings for ${kind} type "${type.name}" are not distinct; the following fields appear more than once: ${doubled}`;
    }
    if (!isObjectType(type)) continue;
    for (const parent of type.getInterfaces()) {
      for (const [field, name] of namesOf(parent)) {
        const own = names.get(field);
        // A prefix or suffix of the object alone is taken.
        if (own === undefined || own === name || !(isMapped(type, field) || isMapped(parent, field)))
          continue;
        return `Remote schema customization inconsistency: field name mapping for field "${field}" of interface "${parent.name}" is inconsistent with mapping for type "${type.name}". Interface field name maps to "${name}". Type field name maps to "${own}".`;
      }
    }
  }
  return undefined;
}

/** Those that are there more than once, in quotes. */
function doubles(names: readonly string[]): string | undefined {
  const found = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return found.length === 0 ? undefined : found.map((name) => `"${name}"`).join(', ');
}
