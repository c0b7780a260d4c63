import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { Json, JsonObject } from '../json.ts';

/** What is known of a remote schema's server: its schema and answer, or why not. */
export type Introspection =
  | { readonly schema: GraphQLSchema; readonly answer: Json }
  | { readonly failure: string; readonly details?: JsonObject };

/** R57 */
export const noUrl = "both `url` and `url_from_env` can't be empty";

/** Asks the server a remote schema's definition names. Never throws: a failure is an answer too. */
export async function introspect(
  definition: JsonObject,
  environment: Readonly<Record<string, string>>,
): Promise<Introspection> {
  const {
    url: given,
    url_from_env: variable,
    timeout_seconds: seconds,
  } = definition as { url?: string; url_from_env?: string; timeout_seconds?: number };
  if (given === undefined && variable === undefined) return { failure: noUrl };
  const url = given ?? environment[variable ?? ''];
  if (url === undefined) return { failure: `environment variable '${variable}' not set` };
  const failure = `HTTP exception occurred while sending the request to ${JSON.stringify(given ?? variable)}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: getIntrospectionQuery() }),
      signal: AbortSignal.timeout((seconds ?? 60) * 1000),
    });
    const answer = (await response.json()) as { data: IntrospectionQuery };
    const schema = buildClientSchema(answer.data, { assumeValid: true });
    const fault = faultOf(schema);
    return fault ? { failure: fault } : { schema, answer: answer as unknown as Json };
  } catch (error) {
    return { failure, details: { message: error instanceof Error ? error.message : String(error) } };
  }
}

/** The first field of an interface that an implementing type lacks. */
function faultOf(schema: GraphQLSchema): string | undefined {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const parent of type.getInterfaces().filter(isInterfaceType)) {
      const missing = Object.keys(parent.getFields()).find((field) => !type.getFields()[field]);
      if (missing) {
        return `Interface field '${parent.name}'."${missing}" expected, but '${type.name}' does not provide it`;
      }
    }
  }
  return undefined;
}
