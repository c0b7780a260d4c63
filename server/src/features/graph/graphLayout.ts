import { Graph, layout } from '@dagrejs/dagre';
import { cutText } from '../../../../common/src/boundedText.ts';
import { visible } from '../../../../common/src/foreignText.ts';
import type { GraphNode } from '../../../../common/src/protocol.ts';
import type { GraphEdge, RelationshipGraph } from './relationshipGraph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box; `x` and `y` are its middle. */
export interface PlacedNode extends Point {
  readonly node: GraphNode;
  readonly width: number;
  readonly height: number;
  /** Two lines: its name, and what it is in. */
  readonly lines: readonly [string, string];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label: Point & { readonly text: string };
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const longestLabel = 40;
/** About as wide as a letter is, in a font of twelve pixels. */
const letter = 7;
const nodeHeight = 40;

/** From so many boxes on the fastest way is taken, which finds longer arrows. */
const many = 200;

/** Where everything stands in a picture that reads from left to right. */
export function placedGraph({ nodes, edges }: RelationshipGraph): PlacedGraph {
  const graph = new Graph({ multigraph: true });
  const ranker = nodes.length > many ? 'longest-path' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', ranker, nodesep: 24, edgesep: 12, ranksep: 60, marginx: 16, marginy: 16 });
  const boxes = nodes.map((node) => {
    const lines = [shown(node.label), shown(groupText(node))] as const;
    const width = 24 + letter * Math.max(...lines.map((line) => line.length));
    graph.setNode(node.id, { width, height: nodeHeight });
    return { node, lines, width };
  });
  for (const [index, { from, to, name }] of edges.entries()) {
    const label = { width: letter * shown(name).length, height: 14, labelpos: 'c' as const };
    graph.setEdge(from, to, label, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: finite(width),
    height: finite(height),
    nodes: boxes.map(({ node, lines, width: boxWidth }) => {
      const { x, y } = graph.node(node.id) as Point;
      return { node, lines, x, y, width: boxWidth, height: nodeHeight };
    }),
    edges: edges.map((edge, index) => {
      const placed = graph.edge(edge.from, edge.to, String(index)) as Point & { points: readonly Point[] };
      return {
        edge,
        points: placed.points,
        label: { x: placed.x, y: placed.y, text: shown(edge.name) },
      };
    }),
  };
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
