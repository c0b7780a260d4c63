import { isList, isObject } from '../../contract/difference.ts';
import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { objects } from '../facts.ts';

const relationshipCommand =
  /^(\w+_)?(create|update)_remote_relationship$|^(create|update)_remote_schema_remote_relationship$/;

/** The relationship commands of a request or a list of them, those of a bulk one by one. */
export function relationshipRequests(body: Json | undefined): readonly JsonObject[] {
  if (isList(body)) return body.flatMap(relationshipRequests);
  if (!isObject(body)) return [];
  const { type, args } = body;
  if (isList(args)) return relationshipRequests(args);
  return typeof type === 'string' && relationshipCommand.test(type) ? [{ type, args }] : [];
}

/** Requests that create the remote relationships of a metadata document. */
export function requestsOf(metadata: JsonObject): readonly JsonObject[] {
  const ofTables = objects(metadata['sources']).flatMap((source) =>
    objects(source['tables']).flatMap(({ table, remote_relationships }) =>
      objects(remote_relationships).map(({ name, definition }) => ({
        type: `${prefixOf(source)}_create_remote_relationship`,
        args: { source: source['name'], table, name, ...writtenAs(definition) },
      })),
    ),
  );
  const ofTypes = objects(metadata['remote_schemas']).flatMap((schema) =>
    objects(schema['remote_relationships']).flatMap(({ type_name, relationships }) =>
      objects(relationships).map(({ name, definition }) => ({
        type: 'create_remote_schema_remote_relationship',
        args: { remote_schema: schema['name'], type_name, name, definition },
      })),
    ),
  );
  return [...ofTables, ...ofTypes];
}

export function prefixOf({ kind }: JsonObject): string {
  return typeof kind === 'string' && kind !== 'postgres' ? kind : 'pg';
}

/** The legacy keys stand beside the name, everything else below `definition`. */
function writtenAs(definition: Json | undefined): JsonObject {
  return isObject(definition) && definition['remote_schema'] ? definition : { definition };
}
