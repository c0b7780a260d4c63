import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { TableName } from './tableName.ts';

/** The value below `key`; of a key written twice the later one counts. `undefined` for anything but an object. */
export function memberOf(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  return node && property(node, key);
}

/** The string below `key`, when there is one. */
export function stringMember(node: SyntaxNode | undefined, key: string): string | undefined {
  const value = memberOf(node, key)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The boolean below `key`, when there is one. */
export function booleanMember(node: SyntaxNode | undefined, key: string): boolean | undefined {
  const value = memberOf(node, key)?.value;
  return typeof value === 'boolean' ? value : undefined;
}

/** The items of a list that are strings; `undefined` for anything but a list. */
export function stringItems(node: SyntaxNode | undefined): readonly string[] | undefined {
  if (node?.kind !== 'array') return undefined;
  return node.children.map((child) => child.value).filter((value) => typeof value === 'string');
}

/** A table name in any form of spec 2.6; `undefined` when it is none. */
export function tableNameOf(node: SyntaxNode | undefined): TableName | undefined {
  if (node === undefined) return undefined;
  if (typeof node.value === 'string') {
    return { form: 'string', name: node.value, schema: undefined, parts: [node.value] };
  }
  if (node.kind === 'array') return listName(stringItems(node) ?? [], node.children.length);
  const nameNode = memberOf(node, 'name');
  if (nameNode?.kind === 'array') return tableNameOf(nameNode);
  const name = nameNode?.value;
  if (typeof name !== 'string') return undefined;
  const dataset = stringMember(node, 'dataset');
  const schema = dataset ?? stringMember(node, 'schema');
  return { form: dataset === undefined ? 'schema' : 'dataset', name, schema, parts: [name] };
}

function listName(parts: readonly string[], written: number): TableName | undefined {
  const name = parts.at(-1);
  if (name === undefined || parts.length !== written) return undefined;
  return { form: 'list', name, schema: undefined, parts };
}
