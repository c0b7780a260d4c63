import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** A table name in whichever of the forms of the backends it was written. */
export interface TableName {
  /**
   * `string`: `"customer"`; `schema`: `{schema, name}` or `{name}`; `dataset`: `{dataset, name}`;
   * `list`: `["db", "Customer"]`.
   */
  readonly form: 'string' | 'schema' | 'dataset' | 'list';
  /** The table's own name: the last part of a list. */
  readonly name: string;
  /** Schema or dataset as written; `undefined` when not written (the backend's default applies). */
  readonly schema: string | undefined;
  /** All parts of a list; one part for a string. */
  readonly parts: readonly string[];
}

/**
 * The name a node spells, in any form of spec 2.6; `undefined` when it is none, `unknown` when a part of it is one of
 * those that say nothing.
 */
export function tableNameOf(
  node: SyntaxNode,
  saysNothing: (part: SyntaxNode) => boolean,
): TableName | 'unknown' | undefined;
export function tableNameOf(node: SyntaxNode): TableName | undefined;
export function tableNameOf(
  node: SyntaxNode,
  saysNothing: (part: SyntaxNode) => boolean = () => false,
): TableName | 'unknown' | undefined {
  switch (node.kind) {
    case 'string': {
      const name = String(node.value);
      return { form: 'string', name, schema: undefined, parts: [name] };
    }
    case 'array':
      return listName(node, saysNothing);
    case 'object':
      return objectName(node, saysNothing);
    default:
      return undefined;
  }
}

function listName(
  node: SyntaxNode,
  saysNothing: (part: SyntaxNode) => boolean,
): TableName | 'unknown' | undefined {
  const parts: string[] = [];
  for (const item of node.children) {
    if (saysNothing(item)) return 'unknown';
    if (typeof item.value !== 'string') return undefined;
    parts.push(item.value);
  }
  const name = parts.at(-1);
  return name === undefined ? undefined : { form: 'list', name, schema: undefined, parts };
}

function objectName(
  node: SyntaxNode,
  saysNothing: (part: SyntaxNode) => boolean,
): TableName | 'unknown' | undefined {
  // `null` counts as not written.
  const given = (key: string): SyntaxNode | undefined => {
    const value = property(node, key);
    return value?.kind === 'null' && !saysNothing(value) ? undefined : value;
  };
  const schema = given('schema');
  const group = schema ?? given('dataset');
  const name = property(node, 'name');
  if ([name, group].some((part) => part !== undefined && saysNothing(part))) return 'unknown';
  if (typeof name?.value !== 'string') return undefined;
  if (group !== undefined && typeof group.value !== 'string') return undefined;
  return {
    form: schema === undefined && group !== undefined ? 'dataset' : 'schema',
    name: name.value,
    schema: group === undefined ? undefined : String(group.value),
    parts: [name.value],
  };
}
