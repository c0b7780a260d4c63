import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { keyNames, remoteSchema, typeItem } from './metadataSchema.ts';
import { isGiven, isOpaque } from './nodes.ts';
import { checkKeys, type Reading, readEntries, readText, report, reportKind, spend } from './reading.ts';
import { readRelationships } from './readRelationships.ts';
import {
  checkScalar,
  readRemoteSchemaDefinition,
  readRemoteSchemaPermissions,
} from './readRemoteSchemaDefinition.ts';
import type {
  Property,
  Relationship,
  RemoteSchemaEntry,
  RemoteSchemaTypeEntry,
  RemoteSchemaTypeOwner,
} from './relationship.ts';

/** Remote schema entries and the relationships of their types (spec 2.5). */

const remoteSchemaKeys = keyNames(remoteSchema.keys);
const typeKeys = keyNames(typeItem.keys);
const noTypes: readonly RemoteSchemaTypeEntry[] = [];

/** Reads the `remote_schemas` of a metadata document, or `remote_schemas.yaml`. */
export function readRemoteSchemas(reading: Reading, node: SyntaxNode): void {
  readEntries(reading, node, 'remote_schemas', {
    read: (item) => readRemoteSchema(reading, item),
    unknown: (item) => reading.model.remoteSchemas.push(unknownRemoteSchema(item)),
  });
}

/** What is filled in later may be any remote schema. */
function unknownRemoteSchema(node: SyntaxNode): RemoteSchemaEntry {
  return {
    node,
    name: { state: 'unknown', node },
    types: noTypes,
    urlProblem: undefined,
    customization: undefined,
    permissions: [],
    permissionsKnown: false,
  };
}

export function readRemoteSchema(reading: Reading, node: SyntaxNode): void {
  const shape = 'remote schema';
  checkKeys(reading, node, shape, remoteSchemaKeys);
  const name = readText(reading, node, 'name', shape);
  checkScalar(reading, node, 'comment', shape, 'String');
  const owner = name.state === 'present' ? { name: name.value, node: name.node } : undefined;
  const written = property(node, 'permissions');
  const permissions = readRemoteSchemaPermissions(reading, written);
  const entry: RemoteSchemaEntry = {
    node,
    name,
    types: readTypes(reading, property(node, 'remote_relationships'), owner),
    ...readRemoteSchemaDefinition(reading, node, shape),
    permissions,
    permissionsKnown:
      !isGiven(written) ||
      (written.kind === 'array' &&
        ![written, ...written.children].some(isOpaque) &&
        permissions.every(({ role }) => role.state !== 'unknown')),
  };
  reading.model.remoteSchemas.push(entry);
}

/** Reads a list of `{type_name, relationships}`. */
export function readTypes(
  reading: Reading,
  node: SyntaxNode | undefined,
  owner: RemoteSchemaTypeOwner['remoteSchema'],
): readonly RemoteSchemaTypeEntry[] {
  if (!isGiven(node) || isOpaque(node)) return noTypes;
  if (node.kind !== 'array') {
    reportKind(reading, node, 'remote_relationships', 'Array', { key: 'remote_relationships' });
    return noTypes;
  }
  const types: RemoteSchemaTypeEntry[] = [];
  for (const item of node.children) {
    if (!spend(reading)) break;
    const type = readType(reading, item, owner);
    if (type !== undefined) types.push(type);
  }
  return types;
}

export function readType(
  reading: Reading,
  node: SyntaxNode,
  owner: RemoteSchemaTypeOwner['remoteSchema'],
): RemoteSchemaTypeEntry | undefined {
  const shape = 'remote_relationships item';
  if (isOpaque(node)) return undefined;
  if (node.kind !== 'object') {
    reportKind(reading, node, shape, 'Object');
    return undefined;
  }
  const typeName = readTypeName(reading, node, shape);
  checkKeys(reading, node, shape, typeWritten(node) ? [...typeKeys, 'type'] : typeKeys);
  const relationships: readonly Relationship[] = readRelationships(
    reading,
    property(node, 'relationships'),
    'relationships',
    { kind: 'remote-schema-type', remoteSchema: owner, typeName },
  );
  return { node, typeName, relationships };
}

/** True when `type` stands where `type_name` should: the published docs call it so, the server does not read it. */
export function typeWritten(node: SyntaxNode): boolean {
  return property(node, 'type_name') === undefined && property(node, 'type') !== undefined;
}

export function readTypeName(reading: Reading, owner: SyntaxNode, shape: string): Property<string> {
  const mistaken = typeWritten(owner) ? property(owner, 'type') : undefined;
  if (mistaken?.key !== undefined) {
    report(reading, {
      kind: 'type-for-type-name',
      node: mistaken.key,
      shape,
      key: 'type_name',
      serverMessage: 'key "type_name" not found',
    });
    return typeof mistaken.value === 'string' && !isOpaque(mistaken)
      ? { state: 'present', value: mistaken.value, node: mistaken }
      : { state: isOpaque(mistaken) ? 'unknown' : 'malformed', node: mistaken };
  }
  const typeName = readText(reading, owner, 'type_name', shape);
  if (typeName.state === 'present' && !isGraphqlName(typeName.value)) {
    report(reading, {
      kind: 'type-name',
      node: typeName.node,
      shape,
      key: 'type_name',
      serverMessage: `${typeName.value} is not valid GraphQL name`,
    });
  }
  return typeName;
}
