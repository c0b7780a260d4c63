import type { GraphPoint } from '../../../../common/src/protocol.ts';

interface Ends {
  readonly from: string;
  readonly to: string;
}

/** A part of a graph that nothing connects with the rest. */
export interface Component<Node, Edge> {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** The parts of a graph, in the order their first nodes come in. Edges whose ends are not there are left out. */
export function componentsOf<Node extends { readonly id: string }, Edge extends Ends>(
  nodes: readonly Node[],
  edges: readonly Edge[],
): readonly Component<Node, Edge>[] {
  const parents = new Map(nodes.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) {
      // Halves the way for whoever comes after.
      parents.set(root, parents.get(next) ?? next);
      root = next;
    }
    return root;
  };
  const known = edges.filter(({ from, to }) => parents.has(from) && parents.has(to));
  for (const { from, to } of known) parents.set(rootOf(from), rootOf(to));
  const components = new Map<string, { nodes: Node[]; edges: Edge[] }>();
  for (const node of nodes) {
    const root = rootOf(node.id);
    const component = components.get(root) ?? { nodes: [], edges: [] };
    component.nodes.push(node);
    components.set(root, component);
  }
  for (const edge of known) components.get(rootOf(edge.from))?.edges.push(edge);
  return [...components.values()];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** About as wide to high as a screen. */
const proportion = 1.6;

/** Where rectangles stand in rows, none over another, the high ones first; and how large all of it is. */
export function packed(
  sizes: readonly Size[],
  gap: number,
): Size & { readonly corners: readonly GraphPoint[] } {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = sizes.reduce((most, { width }) => Math.max(most, width), 0);
  const rowWidth = Math.max(widest, Math.sqrt(area * proportion));
  const corners: GraphPoint[] = sizes.map(() => ({ x: gap, y: gap }));
  let [x, y, rowHeight, right] = [gap, gap, 0, 0];
  for (const [index, { width, height }] of [...sizes.entries()].sort(([, a], [, b]) => b.height - a.height)) {
    if (x > gap && x + width > rowWidth + gap) [x, y, rowHeight] = [gap, y + rowHeight + gap, 0];
    corners[index] = { x, y };
    x += width + gap;
    rowHeight = Math.max(rowHeight, height);
    right = Math.max(right, x);
  }
  return sizes.length === 0
    ? { width: 0, height: 0, corners }
    : { width: Math.ceil(right), height: Math.ceil(y + rowHeight + gap), corners };
}
