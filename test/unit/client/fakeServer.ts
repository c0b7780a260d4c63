import { createHttpClient, type HttpClient } from '../../../common/src/metadataApi/http.ts';
import type { Json, JsonObject } from '../../../common/src/metadataApi/json.ts';

export interface Answer {
  readonly status?: number;
  readonly json: Json;
}

/** What a server answers to a request of a type; an error stands for a connection that breaks. */
export type Answers = Readonly<Record<string, Answer | Error | ((request: JsonObject) => Answer | Error)>>;

/** A client whose requests go nowhere: `sent` has the bodies, the answers are given by type. */
export function fakeClient(answers: Answers): { readonly client: HttpClient; readonly sent: JsonObject[] } {
  const sent: JsonObject[] = [];
  const client = createHttpClient({
    endpoint: 'http://hasura.test',
    retries: 0,
    fetch: async (url, { body }) => {
      if (url.endsWith('/v1/version')) return Response.json({ version: 'v2.48.0' });
      const request = JSON.parse(String(body)) as JsonObject;
      sent.push(request);
      const given = answers[String(request['type'])];
      const answer = typeof given === 'function' ? given(request) : given;
      if (answer === undefined) throw new Error(`no answer for ${request['type']}`);
      if (answer instanceof Error) throw answer;
      return Response.json(answer.json, { status: answer.status ?? 200 });
    },
  });
  return { client, sent };
}

export const definition = {
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['id'],
    remote_field: { person: { arguments: { id: '$id' } } },
  },
};

/** An export with one table and these relationships, by name. */
export function exported(relationships: Readonly<Record<string, Json>>, resourceVersion = 7): Answer {
  return {
    json: {
      resource_version: resourceVersion,
      metadata: {
        version: 3,
        sources: [
          {
            name: 'shop',
            kind: 'postgres',
            tables: [
              {
                table: { schema: 'public', name: 'customer' },
                remote_relationships: Object.entries(relationships).map(([name, each]) => ({
                  name,
                  definition: each,
                })),
              },
            ],
          },
        ],
        remote_schemas: [{ name: 'people', definition: { url: 'http://people.test' } }],
      },
    },
  };
}

export function inconsistent(...objects: readonly Json[]): Answer {
  return { json: { is_consistent: objects.length === 0, inconsistent_objects: objects } };
}

export function inconsistentRelationship(name: string, reason: string): Json {
  return {
    type: 'remote_relationship',
    name: `remote_relationship ${name} in table customer in source shop`,
    reason: `Inconsistent object: ${reason}`,
    definition: { source: 'shop', table: { schema: 'public', name: 'customer' }, name, definition },
  };
}
