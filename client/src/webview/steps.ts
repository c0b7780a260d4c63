import type { DrawnEdge, DrawnGraph } from '../graph/graphMessages.ts';

/** A node or relationship. */
export interface ItemName {
  readonly what: 'node' | 'edge';
  readonly index: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

type Items = Pick<DrawnGraph, 'nodes' | 'edges'>;

/**
 * Where an arrow key leads: to the right along a relationship to what it leads to, to the left back, up and down to what
 * stands there. `undefined`: nowhere.
 */
export function stepFrom(
  graph: Items,
  { what, index }: ItemName,
  direction: Direction,
): ItemName | undefined {
  return what === 'node' ? fromNode(graph, index, direction) : fromEdge(graph, index, direction);
}

/** Everything in the order in which it is read: each node, and the relationships that lead from it. */
export function readingOrder({ nodes, edges }: Items): readonly ItemName[] {
  const leading = new Map<number, ItemName[]>();
  for (const [index, { from }] of edges.entries()) {
    const known = leading.get(from);
    if (known === undefined) leading.set(from, [{ what: 'edge', index }]);
    else known.push({ what: 'edge', index });
  }
  return nodes.flatMap((_, index) => [{ what: 'node' as const, index }, ...(leading.get(index) ?? [])]);
}

function fromNode(graph: Items, index: number, direction: Direction): ItemName | undefined {
  if (direction === 'right' || direction === 'left') {
    const end = direction === 'right' ? 'from' : 'to';
    const edge = highest(graph.edges, (each) => each[end] === index);
    if (edge !== undefined) return { what: 'edge', index: edge };
  }
  return nearest(graph, index, direction);
}

function fromEdge({ edges }: Items, index: number, direction: Direction): ItemName | undefined {
  const edge = edges[index];
  if (edge === undefined) return undefined;
  if (direction === 'right') return nodeNamed(edge.to);
  if (direction === 'left') return nodeNamed(edge.from);
  // Those that begin at the same node, in the order they stand in.
  const beside = [...edges.entries()]
    .filter(([, { from }]) => from === edge.from)
    .sort(([one, a], [other, b]) => a.label.y - b.label.y || one - other)
    .map(([each]) => each);
  const next = beside[beside.indexOf(index) + (direction === 'down' ? 1 : -1)];
  return next === undefined ? undefined : { what: 'edge', index: next };
}

function nodeNamed(index: number): ItemName | undefined {
  return index === -1 ? undefined : { what: 'node', index };
}

function highest(edges: readonly DrawnEdge[], is: (edge: DrawnEdge) => boolean): number | undefined {
  let found: number | undefined;
  for (const [index, edge] of edges.entries()) {
    const before = found === undefined ? undefined : edges[found];
    if (is(edge) && (before === undefined || edge.label.y < before.label.y)) found = index;
  }
  return found;
}

/** What lies aside counts thrice as far as what lies straight ahead. */
const aside = 3;

function nearest({ nodes }: Items, index: number, direction: Direction): ItemName | undefined {
  const from = nodes[index];
  if (from === undefined) return undefined;
  const isUpright = direction === 'up' || direction === 'down';
  const sign = direction === 'down' || direction === 'right' ? 1 : -1;
  let [found, least] = [-1, Number.POSITIVE_INFINITY];
  for (const [other, { x, y }] of nodes.entries()) {
    const [ahead, across] = isUpright ? [y - from.y, x - from.x] : [x - from.x, y - from.y];
    const distance = ahead * sign + aside * Math.abs(across);
    if (other === index || ahead * sign <= 0 || distance >= least) continue;
    [found, least] = [other, distance];
  }
  return nodeNamed(found);
}
