import { cutText } from '../../../../common/src/boundedText.ts';
import { visible } from '../../../../common/src/foreignText.ts';
import { groupBy } from '../../../../common/src/groupBy.ts';
import type { GraphNode, GraphPoint } from '../../../../common/src/protocol.ts';
import { type Component, componentsOf, packed } from './graphComponents.ts';
import { inProject } from './graphGroups.ts';
import type { GraphEdge, RelationshipGraph } from './relationshipGraph.ts';

/** A box; `x` and `y` are its middle. */
export interface PlacedNode extends GraphPoint {
  readonly node: GraphNode;
  readonly width: number;
  readonly height: number;
  /** Two lines: its name, and what it is in. */
  readonly lines: readonly [string, string];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly GraphPoint[];
  readonly label: GraphPoint & { readonly text: string };
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

type Part = Component<GraphNode, GraphEdge>;

type Library = typeof import('./dagre.ts');

const longestLabel = 40;
/** About as wide as a letter is, in a font of twelve pixels. */
const letter = 7;
const nodeHeight = 40;

/** From so many boxes, or arrows, of one part on the fastest way is taken, which finds longer arrows. */
const many = 100;

/** From so many arrows of one part on the library takes minutes, or runs out of stack. */
const tooMany = 400;

/** The same of the pieces it cuts them into. */
const tooManyPieces = 1000;

const gap = 24;

/** Parts that were laid out, by what is in them. */
export type KnownParts = Map<string, PlacedGraph>;

/**
 * Where everything stands in a picture that reads from left to right; what is not connected stands in rows. `known`: parts of an earlier
 * picture, of which those that are the same are not laid out again; afterwards it has those of this one.
 */
export async function placedGraph(
  { nodes, edges }: RelationshipGraph,
  known: KnownParts = new Map(),
): Promise<PlacedGraph> {
  const library = await import('./dagre.ts');
  const keyed = componentsOf(nodes, edges).map((part) => {
    const key = partKey(part);
    const before = known.get(key);
    return { key, placed: before === undefined ? placedPart(library, part) : again(before, part) };
  });
  known.clear();
  for (const { key, placed } of keyed) known.set(key, placed);
  const parts = keyed.map(({ placed }) => placed);
  const { width, height, corners } = packed(parts, gap);
  const places = new Map<GraphEdge, PlacedEdge>();
  const boxes = new Map<GraphNode, PlacedNode>();
  for (const [index, part] of parts.entries()) {
    const { x, y } = corners[index] ?? { x: 0, y: 0 };
    const moved = <Place extends GraphPoint>(place: Place): Place => ({
      ...place,
      x: place.x + x,
      y: place.y + y,
    });
    for (const box of part.nodes) boxes.set(box.node, moved(box));
    for (const { edge, points, label } of part.edges) {
      places.set(edge, { edge, points: points.map(moved), label: moved(label) });
    }
  }
  return {
    width,
    height,
    nodes: nodes.flatMap((node) => boxes.get(node) ?? []),
    edges: edges.flatMap((edge) => places.get(edge) ?? []),
  };
}

/** Everything that the layout looks at. */
function partKey({ nodes, edges }: Part): string {
  return JSON.stringify([
    nodes.map(({ id, kind, label, group }) => [id, kind, label, group]),
    edges.map(({ from, to, name }) => [from, to, name]),
  ]);
}

/** The same places for nodes and edges that are read anew. */
function again(before: PlacedGraph, { nodes, edges }: Part): PlacedGraph {
  return {
    ...before,
    nodes: before.nodes.map((placed, index) => ({ ...placed, node: nodes[index] ?? placed.node })),
    edges: before.edges.map((placed, index) => ({ ...placed, edge: edges[index] ?? placed.edge })),
  };
}

function placedPart(library: Library, part: Part): PlacedGraph {
  const isTooMuch = part.edges.length > tooMany || piecesOf(part) > tooManyPieces;
  return isTooMuch ? inTwoColumns(part) : byLibrary(library, part);
}

/** How many columns the arrows cross: the library cuts them at each. */
function piecesOf({ edges }: Part): number {
  const arrows = groupBy(edges, ({ from }) => from);
  const columns = new Map<string, number>();
  const open = new Set<string>();
  // Where it leads back it does not count: the library turns such an arrow round.
  const column = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    open.add(id);
    let farthest = 0;
    for (const { to } of arrows.get(id) ?? [])
      if (!open.has(to)) farthest = Math.max(farthest, column(to) + 1);
    open.delete(id);
    columns.set(id, farthest);
    return farthest;
  };
  return edges.reduce((sum, { from, to }) => sum + Math.abs(column(from) - column(to)), 0);
}

function byLibrary({ Graph, layout }: Library, { nodes, edges }: Part): PlacedGraph {
  const graph = new Graph({ multigraph: true });
  const isLarge = nodes.length > many || edges.length > many;
  const ranker = isLarge ? 'longest-path' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', ranker, nodesep: 24, edgesep: 12, ranksep: 60 });
  const boxes = nodes.map(boxOf);
  for (const { node, width } of boxes) graph.setNode(node.id, { width, height: nodeHeight });
  for (const [index, { from, to, name }] of edges.entries()) {
    // Without a width the library says of no place.
    const label = { width: letter * Math.max(1, shown(name).length), height: 14, labelpos: 'c' as const };
    graph.setEdge(from, to, label, String(index));
  }
  layout(graph, { disableOptimalOrderHeuristic: isLarge });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: finite(width),
    height: finite(height),
    nodes: boxes.map(({ node, lines, width: boxWidth }) => {
      const { x, y } = graph.node(node.id) as GraphPoint;
      return { node, lines, x, y, width: boxWidth, height: nodeHeight };
    }),
    edges: edges.map((edge, index) => {
      const placed = graph.edge(edge.from, edge.to, String(index)) as GraphPoint & {
        points: readonly GraphPoint[];
      };
      return {
        edge,
        points: placed.points,
        label: { x: placed.x, y: placed.y, text: shown(edge.name) },
      };
    }),
  };
}

/** What has relationships, and beside it what is only led to. */
function inTwoColumns({ nodes, edges }: Part): PlacedGraph {
  const owners = new Set(edges.map(({ from }) => from));
  const boxes = nodes.map(boxOf);
  const columns = [true, false].map((isOwner) => boxes.filter(({ node }) => owners.has(node.id) === isOwner));
  const placed = new Map<string, PlacedNode>();
  let right = 0;
  for (const column of columns) {
    const columnWidth = column.reduce((widest, { width }) => Math.max(widest, width), 0);
    const x = right + columnWidth / 2;
    for (const [index, box] of column.entries()) {
      const y = nodeHeight / 2 + index * (nodeHeight + gap);
      placed.set(box.node.id, { ...box, x, y, height: nodeHeight });
    }
    right += columnWidth + letter * longestLabel;
  }
  const rows = Math.max(...columns.map(({ length }) => length));
  return {
    width: right,
    height: rows * (nodeHeight + gap),
    nodes: nodes.flatMap(({ id }) => placed.get(id) ?? []),
    edges: edges.flatMap((edge) => {
      const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
      return from === undefined || to === undefined ? [] : [straight(edge, from, to)];
    }),
  };
}

/** To the other column, or round to the right within one. */
function straight(edge: GraphEdge, from: PlacedNode, to: PlacedNode): PlacedEdge {
  const start = { x: from.x + from.width / 2, y: from.y };
  const ahead = to.x > from.x;
  const end = { x: to.x + (to.width / 2) * (ahead ? -1 : 1), y: ahead ? to.y : to.y + nodeHeight / 4 };
  const outside = { x: Math.max(start.x, end.x) + gap, y: (start.y + end.y) / 2 };
  const label = ahead ? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } : outside;
  return {
    edge,
    points: ahead ? [start, end] : [start, outside, end],
    label: { ...label, text: shown(edge.name) },
  };
}

function boxOf(node: GraphNode): Pick<PlacedNode, 'node' | 'lines' | 'width'> {
  const lines = [shown(node.label), shown(inProject(groupText(node), node))] as const;
  return { node, lines, width: 24 + letter * Math.max(...lines.map((line) => line.length)) };
}

/** Of nothing the library says that it is endlessly small. */
function finite(size: number): number {
  return Number.isFinite(size) ? Math.ceil(size) : 0;
}

function groupText({ kind, group }: GraphNode): string {
  if (kind === 'remote-schema') return 'remote schema';
  return kind === 'action-type' ? 'actions' : group;
}

function shown(text: string): string {
  return cutText(visible(text), longestLabel);
}
