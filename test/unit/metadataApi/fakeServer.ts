import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { createHttpClient, type HttpClient } from '../../../common/src/metadataApi/http/http.ts';
import { readServerState, type ServerState } from '../../../common/src/metadataApi/plan/serverState.ts';

export interface Answer {
  readonly status?: number;
  readonly json: Json;
}

/** What a server answers to a request of a type; an error stands for a connection that breaks. */
export type Answers = Readonly<
  Record<string, Answer | Error | ((request: JsonObject) => Answer | Error | Promise<Answer | Error>)>
>;

/** A client whose requests go nowhere: `sent` has the bodies, the answers are given by type. */
export function fakeClient(
  answers: Answers,
  version = 'v2.48.0',
): { readonly client: HttpClient; readonly sent: JsonObject[] } {
  const sent: JsonObject[] = [];
  const client = createHttpClient({
    endpoint: 'http://hasura.test',
    retries: 0,
    fetch: async (url, { body }) => {
      if (url.endsWith('/v1/version')) return Response.json({ version });
      const request = JSON.parse(String(body)) as JsonObject;
      sent.push(request);
      const given = answers[String(request['type'])];
      const answer = typeof given === 'function' ? await given(request) : given;
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

/** The same with another field. */
export const older = { to_remote_schema: { ...definition.to_remote_schema, lhs_fields: ['nr'] } };

/** A relationship of the one table. */
export function ofCustomer(name: string): RelationshipIdentity {
  return { owner: 'table', source: 'shop', table: 'customer', name };
}

/** What is read from a server with these relationships and inconsistent objects. */
export async function stateOf(
  relationships: Readonly<Record<string, Json>>,
  objects: readonly Json[] = [],
): Promise<ServerState> {
  const { client } = fakeClient({
    export_metadata: exported(relationships),
    get_inconsistent_metadata: inconsistent(...objects),
  });
  const result = await readServerState(client);
  if (result.outcome !== 'read') throw new Error(result.failure.outcome);
  return result.state;
}

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
