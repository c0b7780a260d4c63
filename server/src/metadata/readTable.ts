import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import type { TableName } from '../schema/tableName.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { keyNames, tableEntry } from './metadataSchema.ts';
import { isGiven, isOpaque, isWholeList, keyText } from './nodes.ts';
import { checkName, cliReading, type Reading, report, reportKind, spend } from './reading.ts';
import { readSelectPermissions } from './readPermissions.ts';
import { readRelationships } from './readRelationships.ts';
import type {
  ComputedFieldEntry,
  LocalRelationshipEntry,
  Located,
  Relationship,
  SelectPermission,
  TableConfiguration,
  TableEntry,
  TableOwner,
} from './relationship.ts';
import { readTableName, tableName } from './tableName.ts';

/** The server refuses all others (spec 1.1). */
const tableKeys: ReadonlySet<unknown> = new Set(keyNames(tableEntry.keys));

const noNames: ReadonlyMap<string, Located<string>> = new Map();
const noComputedFields: readonly ComputedFieldEntry[] = [];
const noLocalRelationships: readonly LocalRelationshipEntry[] = [];
const noPermissions: readonly SelectPermission[] = [];
const noKeys: readonly SyntaxNode[] = [];
const noneRepeated: TableEntry['repeated'] = [];
const noConfiguration: TableConfiguration = { readable: true, customName: undefined, columns: [] };

/**
 * Reads a list of table entries into `tables`. False when it could not be read whole: an include, an unresolved
 * alias, a value of the wrong kind.
 */
export function readTables(
  reading: Reading,
  node: SyntaxNode,
  source: TableOwner['source'],
  tables: TableEntry[],
): boolean {
  if (isOpaque(node)) return false;
  if (node.kind !== 'array') {
    if (node.kind !== 'null') reportKind(reading, node, 'tables', 'Array', { key: 'tables' });
    return false;
  }
  let whole = true;
  for (const item of node.children) {
    if (!spend(reading)) return false;
    if (isOpaque(item)) whole = false;
    else if (item.kind === 'object') whole = readTable(reading, item, source, tables) && whole;
    else {
      reportKind(reading, item, 'tables item', 'Object');
      whole = false;
    }
  }
  return whole;
}

/** Reads one table entry; false when its name can't be read. */
export function readTable(
  reading: Reading,
  node: SyntaxNode,
  source: TableOwner['source'],
  tables: TableEntry[],
): boolean {
  let isEnum = false;
  let customNames = noNames;
  let configuration = noConfiguration;
  let computedFields = noComputedFields;
  let computedFieldsWhole = true;
  let localRelationships = noLocalRelationships;
  let selectPermissions: TableEntry['selectPermissions'] = noPermissions;
  let relationshipList: SyntaxNode | undefined;
  let logicalModel: string | undefined;
  let unknownKeys: SyntaxNode[] | undefined;
  let repeated = noneRepeated;
  for (const child of node.children) {
    switch (child.key?.value) {
      case 'is_enum':
        isEnum = readFlag(reading, child, 'is_enum');
        break;
      case 'configuration':
        checkCollection(reading, child, 'Object');
        customNames = readCustomNames(child);
        configuration = readConfiguration(reading, child);
        break;
      case 'computed_fields':
        checkCollection(reading, child, 'Array');
        computedFields = readComputedFields(reading, child);
        computedFieldsWhole = isWholeList(child);
        break;
      case 'object_relationships':
        checkCollection(reading, child, 'Array');
        localRelationships = readLocalRelationships(reading, child, 'object', localRelationships);
        break;
      case 'array_relationships':
        checkCollection(reading, child, 'Array');
        localRelationships = readLocalRelationships(reading, child, 'array', localRelationships);
        break;
      case 'select_permissions':
        repeated = readRepeated(reading, child, repeated);
        selectPermissions = readSelectPermissions(child);
        break;
      case 'insert_permissions':
      case 'update_permissions':
      case 'delete_permissions':
      case 'event_triggers':
        repeated = readRepeated(reading, child, repeated);
        break;
      case 'remote_relationships':
        relationshipList = child;
        break;
      case 'logical_model':
        logicalModel = typeof child.value === 'string' ? child.value : undefined;
        break;
      default:
        if (child.key !== undefined && !tableKeys.has(child.key.value)) {
          unknownKeys ??= [];
          unknownKeys.push(child.key);
        }
    }
  }
  const relationships: Relationship[] = [];
  const table = readTableName(reading, node, 'table', 'table entry');
  const entry: TableEntry = {
    node,
    table,
    source,
    isEnum,
    customNames,
    configuration,
    computedFields,
    computedFieldsWhole,
    localRelationships,
    selectPermissions,
    repeated,
    relationships,
    relationshipsWhole: relationshipList === undefined || isWholeList(relationshipList),
    logicalModel,
    unknownKeys: unknownKeys ?? noKeys,
  };
  tables.push(entry);
  if (relationshipList !== undefined) {
    const owner: TableOwner = { kind: 'table', source, table, entry };
    for (const one of readRelationships(reading, relationshipList, 'remote_relationships', owner)) {
      relationships.push(one);
    }
  }
  return table.state === 'present';
}

/** `column_config` wins over the deprecated `custom_column_names`. */
function readCustomNames(configuration: SyntaxNode): ReadonlyMap<string, Located<string>> {
  const deprecated = property(configuration, 'custom_column_names');
  const columns = property(configuration, 'column_config');
  const names = new Map<string, Located<string>>();
  for (const name of deprecated?.children ?? []) {
    if (typeof name.value === 'string') names.set(keyText(name), { value: name.value, node: name });
  }
  for (const column of columns?.children ?? []) {
    const name = property(column, 'custom_name');
    if (typeof name?.value === 'string') names.set(keyText(column), { value: name.value, node: name });
  }
  return names;
}

function readFlag(reading: Reading, node: SyntaxNode, key: string): boolean {
  const sent = cliReading(reading, node);
  if (sent === 'true' || sent === 'false') return sent === 'true';
  if (isGiven(node) && !isOpaque(node) && node.kind !== 'boolean') {
    reportKind(reading, node, 'table entry', 'Boolean', { key });
  }
  return node.value === true;
}

/** R61: what the server reads of a table entry is of its kind, or nothing of the document is read. */
function checkCollection(reading: Reading, node: SyntaxNode, expected: 'Array' | 'Object'): void {
  if (!isGiven(node) || isOpaque(node) || node.kind === expected.toLowerCase()) return;
  reportKind(reading, node, 'table entry', expected, { key: keyText(node) });
}

/** Adds a list of permissions or event triggers to those `before`, if it has a role or a name twice. */
function readRepeated(
  reading: Reading,
  node: SyntaxNode,
  before: TableEntry['repeated'],
): TableEntry['repeated'] {
  checkCollection(reading, node, 'Array');
  if (node.children.length < 2) return before;
  const kind = keyText(node).slice(0, -1).replace('_', ' ');
  const names: Located<string>[] = [];
  for (const item of node.children) {
    if (!spend(reading)) break;
    const name = property(item, kind === 'event trigger' ? 'name' : 'role');
    if (typeof name?.value === 'string' && !isOpaque(name)) names.push({ value: name.value, node: name });
  }
  const distinct = new Set(names.map(({ value }) => value));
  return distinct.size === names.length ? before : [...before, { kind, names }];
}

function readConfiguration(reading: Reading, node: SyntaxNode): TableConfiguration {
  const customName = property(node, 'custom_name');
  checkCustomName(reading, customName);
  readRootFields(reading, node);
  const columns: Located<string>[] = [];
  let readable = !isOpaque(node) && (customName === undefined || !isOpaque(customName));
  for (const key of ['custom_column_names', 'column_config']) {
    const list = property(node, key);
    if (list === undefined) continue;
    checkCollection(reading, list, 'Object');
    if (isOpaque(list)) readable = false;
    for (const column of list.children) {
      const name = key === 'custom_column_names' ? column : (property(column, 'custom_name') ?? column);
      if (name !== column || column.kind === 'string') checkCustomName(reading, name);
      if (isOpaque(column.key ?? column) || isOpaque(name)) readable = false;
      else columns.push({ value: keyText(column), node: column.key ?? column });
    }
  }
  return {
    readable,
    customName:
      typeof customName?.value === 'string' ? { value: customName.value, node: customName } : undefined,
    columns,
  };
}

/** Each is a name, or an object with a name. */
function readRootFields(reading: Reading, configuration: SyntaxNode): void {
  const fields = property(configuration, 'custom_root_fields');
  if (fields === undefined) return;
  checkCollection(reading, fields, 'Object');
  for (const field of fields.children) {
    checkCustomName(reading, field.kind === 'object' ? property(field, 'name') : field);
  }
}

/** R61: a custom name is a GraphQL name, or the server reads nothing of the document. */
function checkCustomName(reading: Reading, node: SyntaxNode | undefined): void {
  if (!isGiven(node) || isOpaque(node)) return;
  if (typeof node.value !== 'string') {
    reportKind(reading, node, 'table entry', 'String', { key: keyText(node), parsed: 'Name' });
  } else if (!isGraphqlName(node.value)) {
    report(reading, {
      kind: 'custom-name',
      node,
      shape: 'table entry',
      key: node.value,
      serverMessage: `${node.value} is not valid GraphQL name`,
    });
  } else checkName(reading, node, 'table entry');
}

function readComputedFields(reading: Reading, node: SyntaxNode): readonly ComputedFieldEntry[] {
  const fields: ComputedFieldEntry[] = [];
  for (const item of node.children) {
    if (!spend(reading)) break;
    const name = property(item, 'name');
    if (typeof name?.value !== 'string') continue;
    const definition = property(item, 'definition');
    const sqlFunction = definition === undefined ? undefined : property(definition, 'function');
    const functionName = sqlFunction === undefined ? undefined : tableName(sqlFunction);
    fields.push({
      name: { value: name.value, node: name },
      functionName: typeof functionName === 'object' ? functionText(functionName) : undefined,
      hasSessionArgument:
        definition !== undefined && property(definition, 'session_argument')?.kind === 'string',
      node: item,
    });
  }
  return fields;
}

/** As Postgres' messages name it; other backends have no computed fields. */
function functionText({ schema, name }: TableName): string {
  return schema === undefined || schema === 'public' ? name : `${schema}.${name}`;
}

function readLocalRelationships(
  reading: Reading,
  node: SyntaxNode,
  kind: 'object' | 'array',
  before: readonly LocalRelationshipEntry[],
): readonly LocalRelationshipEntry[] {
  if (node.children.length === 0) return before;
  const entries = [...before];
  for (const item of node.children) {
    if (!spend(reading)) break;
    const name = property(item, 'name');
    if (typeof name?.value === 'string') {
      entries.push({ kind, name: { value: name.value, node: name }, node: item });
    }
  }
  return entries;
}
