import { distance } from 'fastest-levenshtein';
import { isBulk } from '../../../common/src/metadataApi/document/commands.ts';
import { nativeKinds } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { isOtherCommand, relationshipCommand } from './commands.ts';
import {
  definition,
  keyNames,
  metadata,
  otherMetadataKeys,
  remoteSchema,
  remoteSchemaDefinition,
  source,
  tableConfigurationKeys,
  tableEntry,
} from './metadataSchema.ts';
import { given, isInclude, isOpaque, keyText } from './nodes.ts';
import type { DocumentRole } from './relationship.ts';
import { request } from './requestSchema.ts';
import { tableName } from './tableName.ts';

/** How many items of a list are looked at before it counts as nobody's. */
const looked = 100;

/**
 * What a document is, by what it says; its file's name plays no part. A document is Hasura's when it has
 *
 * - metadata: `sources` with at least one source (below); or `tables` with a table entry; or `remote_schemas` with a
 *   remote schema; or empty ones of these and no key that metadata doesn't have. Also below `metadata`.
 * - source: a `name` beside tables (an include or table entries), or beside a `configuration` or a backend's `kind`
 *   with no key that sources don't have. (dbt's sources, whose tables have a `name`, and source maps are neither.)
 * - table entry: a `table` that can be a table name, beside a list or flag only Hasura's tables have
 *   (`object_relationships`, `select_permissions`, `is_enum`, ...) or a list of relationships under any key. A `table`
 *   of schema and name also counts alone, beside a `configuration`, or beside a misspelt key. A `table` alone that is a string or list is nobody's.
 * - remote schema: a `name` and a `definition` with `url` or `url_from_env`, and other keys only of a remote schema
 *   (one misspelt); or a `remote_relationships` with types.
 * - type item: `type_name` beside `relationships`; or `type` beside `relationships` with a relationship.
 * - relationship: `definition` with a key of a definition, or a `name` beside such keys.
 * - actions: `actions` and `custom_types`, and nothing else, with a relationship of an object type.
 * - request: a `type` that is a command of the metadata API or a misspelt relationship command; or `args` with
 *   the keys of a relationship, or with such requests; or `up` or `down` with such requests. A body sent to a metadata API endpoint counts by its `type` alone.
 *
 * A list is what its first item is that says anything; a list of includes alone is one of tables.
 */
export function documentRole(root: SyntaxNode, sentToHasura = false): DocumentRole {
  if (root.kind === 'array') return listRole(root);
  if (root.kind !== 'object' || root.unresolved) return 'none';
  if (isRequest(root) || (sentToHasura && (property(root, 'type') !== undefined || isBegunRequest(root))))
    return 'request';
  const wrapped = property(root, 'metadata');
  if (isMetadata(root) || (wrapped?.kind === 'object' && isMetadata(wrapped))) return 'metadata';
  if (isActions(root)) return 'actions';
  const role = itemRole(root);
  return role === 'tables' ? 'table' : role === 'sources' ? 'none' : role;
}

function listRole(list: SyntaxNode): DocumentRole {
  let includes = false;
  for (const item of list.children.slice(0, looked)) {
    if (isInclude(item)) includes = true;
    else if (item.kind === 'array') {
      const role = item.children.some(isRequest) ? 'request' : 'none';
      if (role !== 'none') return role;
    } else if (item.kind === 'object') {
      const role = isRequest(item) ? 'request' : itemRole(item);
      if (role !== 'none') return role;
    } else if (item.kind !== 'null') return 'none';
  }
  return includes ? 'tables' : 'none';
}

function itemRole(node: SyntaxNode): DocumentRole {
  if (isTableEntry(node)) return 'tables';
  if (isSource(node)) return 'sources';
  if (isTypeItem(node)) return 'remote-schema-types';
  if (isRemoteSchema(node)) return 'remote-schemas';
  return isRelationship(node) ? 'relationships' : 'none';
}

// ---- documents -----------------------------------------------------------------------------------------------

const metadataKeys: ReadonlySet<string> = new Set([
  ...keyNames(metadata.keys),
  ...otherMetadataKeys,
  'resource_version',
]);

function isMetadata(node: SyntaxNode): boolean {
  const sources = property(node, 'sources');
  const tables = property(node, 'tables');
  const remoteSchemas = property(node, 'remote_schemas');
  const lists = [sources, tables, remoteSchemas].filter((list) => list !== undefined);
  if (lists.length === 0) return false;
  if (some(sources, isSource) || some(tables, isTableEntry) || some(remoteSchemas, isRemoteSchema))
    return true;
  return (
    lists.every((list) => list.children.length === 0 || isOpaque(list)) &&
    (property(node, 'version') !== undefined || lists.length > 1) &&
    node.children.every((child) => metadataKeys.has(keyText(child)))
  );
}

function isActions(node: SyntaxNode): boolean {
  const types = property(node, 'custom_types');
  const hasRelationship = (type: SyntaxNode) =>
    some(property(type, 'relationships'), (item) => property(item, 'remote_table') !== undefined);
  return (
    node.children.length === 2 &&
    property(node, 'actions')?.kind === 'array' &&
    types !== undefined &&
    some(property(types, 'objects'), hasRelationship)
  );
}

function isRequest(node: SyntaxNode): boolean {
  const type = property(node, 'type')?.value;
  if (typeof type === 'string') {
    const args = property(node, 'args');
    if (isBulk(type)) return isBulkOf(args);
    const command = relationshipCommand(type);
    if (command !== undefined) return args !== undefined || command.meant === undefined;
    if (args !== undefined && isOtherCommand(type)) return true;
  }
  if (saysRelationship(property(node, 'args'))) return true;
  return [property(node, 'up'), property(node, 'down')].some((steps) => some(steps, isRequest));
}

/** One request, or an object of them, where a list must stand is a mistake in a bulk. */
function isBulkOf(args: SyntaxNode | undefined): boolean {
  if (args?.kind === 'array') {
    return args.children.length === 0 || some(args, isRequest);
  }
  return args?.kind === 'object' && (isRequest(args) || args.children.slice(0, looked).some(isRequest));
}

/** Arguments that only a relationship command or several requests have: the command itself may be half-typed. */
function saysRelationship(args: SyntaxNode | undefined): boolean {
  if (args?.kind === 'array') return some(args, isRequest);
  const definition = args && property(args, 'definition');
  const has = (node: SyntaxNode | undefined, key: string) =>
    node !== undefined && property(node, key) !== undefined;
  return (
    has(definition, 'to_source') ||
    has(definition, 'to_remote_schema') ||
    (has(args, 'remote_schema') && has(args, 'hasura_fields') && has(args, 'remote_field'))
  );
}

const requestKeys = keyNames(request.keys);

/** A body that is being begun: it has no key yet, or only those of a request, the last half-typed. */
function isBegunRequest(node: SyntaxNode): boolean {
  return node.children.every((child) => requestKeys.some((key) => key.startsWith(keyText(child))));
}

// ---- items ---------------------------------------------------------------------------------------------------

const backendKinds: ReadonlySet<unknown> = new Set(['pg', ...nativeKinds]);
const sourceKeys: ReadonlySet<string> = new Set(keyNames(source.keys));

function isSource(node: SyntaxNode): boolean {
  if (property(node, 'name') === undefined) return false;
  const tables = property(node, 'tables');
  if (
    tables !== undefined &&
    (isInclude(tables) || some(tables, (item) => isTableEntry(item) || isInclude(item)))
  ) {
    return true;
  }
  const kind = property(node, 'kind')?.value;
  return (
    (backendKinds.has(kind) || (given(node, 'configuration')?.kind === 'object' && tables !== undefined)) &&
    node.children.every((child) => sourceKeys.has(keyText(child)))
  );
}

const tableKeys = keyNames(tableEntry.keys);
const tableLists: ReadonlySet<string> = new Set(
  tableKeys.filter((key) => /_(relationships|permissions|triggers|fields)$/.test(key)),
);

function isTableEntry(node: SyntaxNode): boolean {
  const table = property(node, 'table');
  if (table === undefined) return some(property(node, 'remote_relationships'), isRelationship);
  const qualified = isQualifiedName(table);
  if (node.children.some((child) => isTableEvidence(keyText(child), child))) {
    return table.kind === 'null' || tableName(table) !== undefined || table.kind === 'object';
  }
  return (
    qualified &&
    node.children.every((child) => {
      const key = keyText(child);
      return tableKeys.includes(key) || isMisspelt(key, tableLists);
    })
  );
}

/** A key that no foreign document has beside `table`. */
function isTableEvidence(key: string, value: SyntaxNode): boolean {
  if (tableLists.has(key)) return value.kind === 'array' || value.kind === 'null' || isOpaque(value);
  if (key === 'is_enum') return value.kind === 'boolean';
  if (key === 'configuration')
    return tableConfigurationKeys.some((name) => property(value, name) !== undefined);
  return key === 'apollo_federation_config' || some(value, isRelationship);
}

/** `{schema, name}` or `{dataset, name}` and nothing else. */
function isQualifiedName(node: SyntaxNode): boolean {
  return (
    node.children.length === 2 &&
    typeof property(node, 'name')?.value === 'string' &&
    typeof (property(node, 'schema') ?? property(node, 'dataset'))?.value === 'string'
  );
}

const remoteSchemaKeys = keyNames(remoteSchema.keys);
const remoteSchemaDefinitionKeys = keyNames(remoteSchemaDefinition.keys);

function isRemoteSchema(node: SyntaxNode): boolean {
  if (property(node, 'name') === undefined) return false;
  if (some(property(node, 'remote_relationships'), isTypeItem)) return true;
  const definition = property(node, 'definition');
  return (
    definition?.kind === 'object' &&
    (property(definition, 'url') ?? property(definition, 'url_from_env')) !== undefined &&
    definition.children.every((child) => remoteSchemaDefinitionKeys.includes(keyText(child))) &&
    node.children.every((child) => {
      const key = keyText(child);
      return remoteSchemaKeys.includes(key) || isMisspelt(key, remoteSchemaKeys);
    })
  );
}

function isTypeItem(node: SyntaxNode): boolean {
  const relationships = property(node, 'relationships');
  if (relationships === undefined) return false;
  if (property(node, 'type_name') !== undefined) {
    return (
      isOpaque(relationships) ||
      relationships.kind === 'null' ||
      (relationships.kind === 'array' &&
        relationships.children
          .slice(0, looked)
          .every((item) => item.kind === 'null' || isOpaque(item) || isItem(item)))
    );
  }
  return typeof property(node, 'type')?.value === 'string' && some(relationships, isRelationship);
}

function isItem(node: SyntaxNode): boolean {
  return (
    node.kind === 'object' &&
    (node.children.length === 0 || (property(node, 'name') ?? property(node, 'definition')) !== undefined)
  );
}

function isRelationship(node: SyntaxNode): boolean {
  if (property(node, 'table') !== undefined) return false;
  const definition = property(node, 'definition');
  if (definition !== undefined) return hasDefinitionKey(definition);
  return property(node, 'name') !== undefined && hasDefinitionKey(node);
}

function hasDefinitionKey(node: SyntaxNode): boolean {
  return definition.keys.some(({ name }) => name !== 'remote_schema' && property(node, name) !== undefined);
}

function isMisspelt(key: string, keys: Iterable<string>): boolean {
  if (key.length < 8) return false;
  for (const one of keys) {
    if (Math.abs(one.length - key.length) <= 2 && distance(one, key) <= 2) return true;
  }
  return false;
}

function some(list: SyntaxNode | undefined, test: (item: SyntaxNode) => boolean): boolean {
  return list?.kind === 'array' && list.children.slice(0, looked).some(test);
}
