import { buildClientSchema, type IntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { compareTexts, isJsonArray, isJsonObject, type Json, textMember } from '../document/json.ts';

/**
 * An introspection result as SDL, everything in it by name, so that equal schemas are equal texts.
 * @throws when the remote server describes itself in a way that no schema can be made of.
 */
export function remoteSchemaAsSdl(introspection: Json): string {
  const schema = buildClientSchema(introspection as unknown as IntrospectionQuery);
  return `${printSchema(lexicographicSortSchema(schema)).trimEnd()}\n`;
}

/** The same as JSON. It takes any introspection result, also one that is no valid schema. */
export function remoteSchemaAsJson(introspection: Json): string {
  return `${JSON.stringify(sorted(introspection), null, 2)}\n`;
}

/** Lists of things with a name are in order of these; what has the same name, or none, stays in its order. */
function sorted(value: Json): Json {
  if (isJsonArray(value)) {
    const items = value.map(sorted);
    return items.sort((a, b) => compareTexts(nameOf(a), nameOf(b)));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, sorted(child)]));
}

function nameOf(item: Json): string {
  return typeof item === 'string' ? item : (textMember(item, 'name') ?? '');
}
