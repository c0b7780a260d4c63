import type { At } from '../at.ts';
import { isGraphqlName, type JsonObject, withoutDefaults } from '../json.ts';
import type { Release } from '../release.ts';
import { type RemoteRelationship, readRelationship, relationshipJson } from './definition.ts';
import { put, type RemoteSchemaEntry, type TypeEntry } from './metadata.ts';

/** An entry of `remote_schemas`, or the args of the commands that add and update one. */
export function readRemoteSchemaEntry(at: At, release: Release): RemoteSchemaEntry {
  const definition = at.required('definition');
  if (!definition.optional('url') && !definition.optional('url_from_env')) {
    definition.fail('expecting url or url_from_env');
  }
  // Before 2.3.0 a key like any other that is not known: ignored.
  const types = (release.since(2, 3, 0) ? at.optional('remote_relationships') : undefined)
    ?.list()
    .map((item) => readType(item, release));
  return {
    name: at.required('name').nonEmptyString(),
    definition: withoutDefaults(definition.object(), { forward_client_headers: false, customization: {} }),
    comment: at.optional('comment')?.string() ?? null,
    permissions:
      at
        .optional('permissions')
        ?.list()
        .map(({ value }) => value) ?? [],
    types: lastWins(types ?? []),
  };
}

function readType(at: At, release: Release): TypeEntry {
  const items = at
    .optional('relationships')
    ?.list()
    .map((item) => readRelationship(item, release));
  const relationships = (items ?? []).reduce<readonly RemoteRelationship[]>(put, []);
  return { typeName: readTypeName(at), relationships };
}

export function readTypeName(at: At): string {
  const typeName = at.required('type_name');
  return isGraphqlName(typeName.string())
    ? typeName.string()
    : typeName.fail(`${typeName.string()} is not valid GraphQL name`);
}

/** Doubled type names are not refused: the later one wins (spec 2.5). */
function lastWins(types: readonly TypeEntry[]): readonly TypeEntry[] {
  return [...new Map(types.map((type) => [type.typeName, type])).values()];
}

export function remoteSchemaJson(entry: RemoteSchemaEntry): JsonObject {
  return withoutDefaults({
    name: entry.name,
    definition: entry.definition,
    comment: entry.comment,
    permissions: entry.permissions,
    remote_relationships: entry.types.map(({ typeName, relationships }) => ({
      relationships: relationships.map(relationshipJson),
      type_name: typeName,
    })),
  });
}
