import type { At } from '../at.ts';
import { isGraphqlName, type Json, type JsonObject, kindOf, withoutDefaults } from '../json.ts';
import type { Release } from '../release.ts';
import { type RemoteRelationship, readRelationship, relationshipJson } from './definition.ts';
import { put, type RemoteSchemaEntry, type TypeEntry } from './metadata.ts';

/** An entry of `remote_schemas`, or the args of the commands that add and update one. */
export function readRemoteSchemaEntry(at: At, release: Release): RemoteSchemaEntry {
  const definition = at.required('definition');
  checkDefinition(definition);
  const permissions = at.optional('permissions')?.list() ?? [];
  refuseDoubledRoles(permissions);
  // Before 2.3.0 a key like any other that is not known: ignored.
  const types = (release.since(2, 3, 0) ? at.optional('remote_relationships') : undefined)
    ?.list()
    .map((item) => readType(item, release));
  return {
    name: at.required('name').nonEmptyString(),
    definition: withoutDefaults(definition.object(), { forward_client_headers: false, customization: {} }),
    comment: at.optional('comment')?.string() ?? null,
    permissions: permissions.map(({ value }) => value),
    types: lastWins(types ?? []),
  };
}

/** R57 */
function checkDefinition(definition: At): void {
  const [url, variable] = [definition.optional('url'), definition.optional('url_from_env')];
  // That both are missing is for those to say who need one.
  if (url !== undefined && variable !== undefined) {
    definition.fail("both `url` and `url_from_env` can't be present");
  }
  const timeout = definition.optional('timeout_seconds');
  if (timeout !== undefined && typeof timeout.value !== 'number') {
    timeout.fail(`parsing Int failed, expected Number, but encountered ${kindOf(timeout.value)}`);
  }
  for (const header of definition.optional('headers')?.list() ?? []) header.required('name').nonEmptyString();
  const customization = definition.optional('customization');
  const namespace = customization?.optional('root_fields_namespace');
  if (namespace !== undefined && !isGraphqlName(namespace.string())) {
    namespace.fail(`${namespace.string()} is not valid GraphQL name`);
  }
  for (const entry of customization?.optional('field_names')?.list() ?? [])
    entry.required('parent_type').string();
}

/** R59 */
function refuseDoubledRoles(permissions: readonly At[]): void {
  const roles = permissions.map((permission) => permission.required('role').nonEmptyString());
  const doubled = roles.find((role, index) => roles.indexOf(role) !== index);
  if (doubled !== undefined)
    permissions[0]?.fail(`multiple declarations exist for the following permissions: ${doubled}`);
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
    remote_relationships: typesJson(entry),
  });
}

export function typesJson({ types }: RemoteSchemaEntry): Json {
  return types.map(({ typeName, relationships }) => ({
    relationships: relationships.map(relationshipJson),
    type_name: typeName,
  }));
}
