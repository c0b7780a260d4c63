import type { ColumnRef, FuncCall, Node, RangeVar } from 'libpg-query';

/** Every kind of node that is somewhere below, whatever lies between. */
interface Found {
  readonly columns: ColumnRef[];
  readonly calls: FuncCall[];
  readonly ranges: RangeVar[];
}

/** References, calls and tables anywhere in a tree. */
export function findInTree(tree: unknown): Found {
  const found: Found = { columns: [], calls: [], ranges: [] };
  const rest: unknown[] = [tree];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'object' && next !== null) {
      const node = next as Record<string, unknown>;
      if (node['ColumnRef']) found.columns.push(node['ColumnRef'] as ColumnRef);
      if (node['FuncCall']) found.calls.push(node['FuncCall'] as FuncCall);
      if (node['RangeVar']) found.ranges.push(node['RangeVar'] as RangeVar);
      for (const value of Object.values(node)) if (typeof value === 'object') rest.push(value);
    }
  }
  return found;
}

/** The nodes of one kind in a list of any. */
export function nodesOf<K extends string>(
  nodes: readonly Node[] | undefined,
  kind: K,
): Extract<Node, Record<K, unknown>>[K][] {
  return (nodes ?? []).flatMap((node) =>
    kind in node ? [(node as Record<string, unknown>)[kind] as Extract<Node, Record<K, unknown>>[K]] : [],
  );
}
