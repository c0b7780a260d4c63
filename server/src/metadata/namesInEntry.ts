import type { TableName } from '../schema/tableName.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { isOpaque, keyText } from './nodes.ts';
import type { Located, TableEntry } from './relationship.ts';
import { tableName } from './tableName.ts';

/** What a table entry names outside of its remote relationships. */
export interface EntryNames {
  /** Columns and computed fields of the table itself, beside those its configuration and its computed fields name. */
  readonly columns: readonly Located<string>[];
  /** Tables of the same source that its relationships lead to, each with the columns of it that are named. */
  readonly tables: readonly {
    readonly table: Located<TableName>;
    readonly columns: readonly Located<string>[];
  }[];
}

const permissions = ['select_permissions', 'insert_permissions', 'update_permissions', 'delete_permissions'];
const conditions = ['filter', 'check'];
const deepest = 50;

/** Names in permissions, relationships inside the source and event triggers. Looks at them when it is asked, for nobody else does. */
export function namesInEntry({ node }: TableEntry): EntryNames {
  const columns: Located<string>[] = [];
  const tables: { table: Located<TableName>; columns: Located<string>[] }[] = [];
  for (const child of node.children) {
    const key = String(child.key?.value);
    if (permissions.includes(key)) {
      for (const item of itemsOf(child)) addPermission(columns, property(item, 'permission'));
    } else if (key === 'object_relationships' || key === 'array_relationships') {
      for (const item of itemsOf(child)) addRelationship(columns, tables, property(item, 'using'));
    } else if (key === 'event_triggers') {
      for (const item of itemsOf(child)) addTrigger(columns, property(item, 'definition'));
    }
  }
  return { columns, tables };
}

function itemsOf(list: SyntaxNode): readonly SyntaxNode[] {
  return list.kind === 'array' && !isOpaque(list) ? list.children : [];
}

function addPermission(columns: Located<string>[], permission: SyntaxNode | undefined): void {
  if (permission === undefined) return;
  for (const key of ['columns', 'computed_fields']) addNames(columns, property(permission, key));
  addKeys(columns, property(permission, 'set'));
  for (const key of conditions) addCondition(columns, property(permission, key), 0);
}

function addTrigger(columns: Located<string>[], definition: SyntaxNode | undefined): void {
  for (const operation of definition?.children ?? []) {
    for (const key of ['columns', 'payload']) addNames(columns, property(operation, key));
  }
}

/** Keys that stand for no column begin with a `_`; what a relationship leads to is another table's. */
function addCondition(columns: Located<string>[], node: SyntaxNode | undefined, depth: number): void {
  if (node === undefined || isOpaque(node) || depth > deepest) return;
  if (node.kind === 'array') {
    for (const item of node.children) addCondition(columns, item, depth + 1);
    return;
  }
  for (const child of node.children) {
    const key = keyText(child);
    if (/^[_$](?:and|or|not)$/.test(key)) addCondition(columns, child, depth + 1);
    else if (!/^[_$]/.test(key) && child.key !== undefined && isComparison(child)) {
      columns.push({ value: key, node: child.key });
    }
  }
}

/** Operators below a column; a condition on other rows stands below a relationship. */
function isComparison(node: SyntaxNode): boolean {
  if (node.kind !== 'object') return node.kind !== 'array';
  return (
    node.children.length > 0 &&
    node.children.every((child) => /^[_$](?!(?:and|or|not|exists)$)/.test(keyText(child)))
  );
}

function addRelationship(
  columns: Located<string>[],
  tables: { table: Located<TableName>; columns: Located<string>[] }[],
  using: SyntaxNode | undefined,
): void {
  if (using === undefined) return;
  const key = property(using, 'foreign_key_constraint_on');
  if (key !== undefined && key.kind !== 'object') addNames(columns, key);
  else if (key !== undefined) {
    const others: Located<string>[] = [];
    for (const name of ['column', 'columns']) addNames(others, property(key, name));
    addTable(tables, property(key, 'table'), others);
  }
  const manual = property(using, 'manual_configuration');
  const mapping = manual && property(manual, 'column_mapping');
  if (manual === undefined || mapping === undefined) return;
  addKeys(columns, mapping);
  const others: Located<string>[] = [];
  for (const value of mapping.children) addNames(others, value);
  addTable(tables, property(manual, 'remote_table'), others);
}

function addTable(
  tables: { table: Located<TableName>; columns: Located<string>[] }[],
  node: SyntaxNode | undefined,
  columns: Located<string>[],
): void {
  const name = node && tableName(node);
  if (node !== undefined && typeof name === 'object') tables.push({ table: { value: name, node }, columns });
}

/** One name, or a list of them; `*` is none. */
function addNames(columns: Located<string>[], node: SyntaxNode | undefined): void {
  if (node === undefined || isOpaque(node)) return;
  if (node.kind === 'array') for (const item of node.children) addNames(columns, item);
  else if (typeof node.value === 'string' && node.value !== '*') columns.push({ value: node.value, node });
}

function addKeys(columns: Located<string>[], node: SyntaxNode | undefined): void {
  if (node === undefined || isOpaque(node)) return;
  for (const { key } of node.children) {
    if (typeof key?.value === 'string' && !isOpaque(key)) columns.push({ value: key.value, node: key });
  }
}
