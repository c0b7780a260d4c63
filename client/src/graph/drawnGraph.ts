import { boundedName, cutText } from '../../../common/src/boundedText.ts';
import { counted } from '../../../common/src/counted.ts';
import { visible } from '../../../common/src/foreignText.ts';
import { localized } from '../../../common/src/localized.ts';
import type {
  GraphEdge,
  GraphGroup,
  GraphNode,
  PlacedGraphEdge,
  PlacedGraphNode,
  PositionRange,
  RelationshipGraph,
  TextPosition,
} from '../../../common/src/protocol.ts';
import type { DrawnEdge, DrawnGraph, DrawnNode } from './graphMessages.ts';
import type { PlacedState } from './placedState.ts';

/** What the boxes have room for. */
const longestLine = 40;

/** A graph beside what is known of the server. */
export function drawnGraph(graph: RelationshipGraph, states: readonly PlacedState[]): DrawnGraph {
  const { width, height, groups, nodes, edges } = graph;
  const indexes = new Map(nodes.map(({ id }, index) => [id, index]));
  const [loops, arrows] = [edges.filter(isLoop), edges.filter((edge) => !isLoop(edge))];
  const starts = counts(arrows.map(({ from }) => from));
  const ends = counts(arrows.map(({ to }) => to));
  const own = counts(loops.map(({ from }) => from));
  const compared = new Map(states.map((state) => [placeKey(state.uri, state.start), state]));
  const drawn = edges.map((edge): DrawnEdge => {
    const [from = -1, to = -1] = [indexes.get(edge.from), indexes.get(edge.to)];
    const { state, points, label } = edge;
    const server = compared.get(placeKey(edge.uri, edge.range.start));
    const spoken = spokenEdge(edge, nodes[from], nodes[to], server?.text);
    return { from, to, state, isDifferent: server?.isDifferent ?? false, points, label, spoken };
  });
  return {
    width,
    height,
    groups: groups.map((group) => ({ id: group.id, text: groupText(group) })),
    nodes: nodes.map((node) => {
      const [from = 0, to = 0, within = 0] = [starts, ends, own].map((count) => count.get(node.id));
      return drawnNode(node, { from, to, within });
    }),
    edges: drawn,
    summary: summaryOf(graph, drawn),
  };
}

/** The index of the innermost relationship around a place. */
export function edgeAt(
  { edges }: Pick<RelationshipGraph, 'edges'>,
  isFile: (uri: string) => boolean,
  position: TextPosition,
): number | undefined {
  let found: number | undefined;
  for (const [index, { uri, range }] of edges.entries()) {
    if (!contains(range, position) || !isFile(uri)) continue;
    const before = found === undefined ? undefined : edges[found];
    if (before === undefined || contains(before.range, range.start)) found = index;
  }
  return found;
}

function contains({ start, end }: PositionRange, position: TextPosition): boolean {
  return compare(start, position) <= 0 && compare(position, end) <= 0;
}

function compare(one: TextPosition, other: TextPosition): number {
  return one.line - other.line || one.character - other.character;
}

function placeKey(uri: string, { line, character }: TextPosition): string {
  return `${line}:${character} ${uri}`;
}

function counts(ids: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1);
  return found;
}

function isLoop({ from, to }: GraphEdge): boolean {
  return from === to;
}

/** How many relationships lead from it to others, from others to it, and from it to itself. */
interface NodeCounts {
  readonly from: number;
  readonly to: number;
  readonly within: number;
}

function drawnNode(node: PlacedGraphNode, { from, to, within }: NodeCounts): DrawnNode {
  const { kind, text, x, y, width, height } = node;
  const spoken = [
    nodeText(node),
    ...(from === 0 ? [] : [localized`${counted(from, 'relationship')} from here`]),
    ...(to === 0 ? [] : [localized`${counted(to, 'relationship')} to here`]),
    ...(within === 0 ? [] : [localized`${counted(within, 'relationship')} from here to itself`]),
    ...(node.definition === null ? [localized`where it is declared is not known`] : []),
  ].join(', ');
  return { kind, x, y, width, height, lines: [text, secondLine(node)], spoken };
}

function spokenEdge(
  { name, state }: PlacedGraphEdge,
  from: GraphNode | undefined,
  to: GraphNode | undefined,
  server: string | undefined,
): string {
  const ends = localized`relationship ${shownName(name)} from ${nodeText(from)} to ${nodeText(to)}`;
  return [
    ends,
    ...(state === 'error' ? [localized`something is wrong with it`] : []),
    ...(state === 'unknown' ? [localized`a side of it is not known, so that it is not checked`] : []),
    ...(server === undefined ? [] : [localized`compared with the server: ${server}`]),
  ].join(', ');
}

/** `table customer of source shop` */
function nodeText(node: GraphNode | undefined): string {
  if (node === undefined) return '';
  const { kind, label, group } = node;
  const [name, within] = [shownName(label), shownName(group)];
  switch (kind) {
    case 'table':
      return within === '' ? localized`table ${name}` : localized`table ${name} of source ${within}`;
    case 'type':
      return within === '' ? localized`type ${name}` : localized`type ${name} of remote schema ${within}`;
    case 'action-type':
      return localized`type ${name} of actions`;
    case 'remote-schema':
      return localized`remote schema ${name}`;
  }
}

function secondLine({ kind, group }: GraphNode): string {
  if (kind === 'remote-schema') return localized`remote schema`;
  return kind === 'action-type' ? localized`actions` : cutText(shownName(group), longestLine);
}

function groupText({ kind, name }: GraphGroup): string {
  switch (kind) {
    case 'source':
      return name === '' ? localized`source not known` : localized`source ${shownName(name)}`;
    case 'remote-schema':
      return name === '' ? localized`remote schema not known` : localized`remote schema ${shownName(name)}`;
    case 'actions':
      return localized`actions`;
  }
}

function shownName(name: string): string {
  return visible(boundedName(name));
}

function summaryOf({ edges }: RelationshipGraph, drawn: readonly DrawnEdge[]): string {
  if (edges.length === 0) return localized`No relationship here leads anywhere yet.`;
  const count = (is: (edge: DrawnEdge) => boolean): number => drawn.filter(is).length;
  const [wrong, dark, differing] = [
    count(({ state }) => state === 'error'),
    count(({ state }) => state === 'unknown'),
    count(({ isDifferent }) => isDifferent),
  ];
  return [
    counted(edges.length, 'relationship'),
    ...(wrong === 0 ? [] : [localized`${wrong} with errors`]),
    ...(dark === 0 ? [] : [localized`${dark} not checked`]),
    ...(differing === 0 ? [] : [localized`${differing} not as on the server`]),
  ].join(', ');
}
