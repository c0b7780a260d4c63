import type { GraphGroup, GraphNode } from '../../../../common/src/protocol.ts';
import type { RelationshipGraph } from './relationshipGraph.ts';

/** What a table, type or remote schema is in. */
export function groupOf({ kind, group, project }: GraphNode): GraphGroup {
  const within = project === undefined ? {} : { project };
  const place = project === undefined ? '' : ` ${project}`;
  if (kind === 'action-type') return { id: `actions${place}`, kind: 'actions', name: '', ...within };
  const groupKind = kind === 'table' ? 'source' : 'remote-schema';
  return { id: `${groupKind} ${group}${place}`, kind: groupKind, name: group, ...within };
}

/** What is shown of where something is: with its project, where several are drawn. */
export function inProject(text: string, { project }: Pick<GraphNode, 'project'>): string {
  return project === undefined ? text : `${text}, ${project}`;
}

/** Those of a graph, in the order they come up in. */
export function groupsOf({ nodes }: Pick<RelationshipGraph, 'nodes'>): readonly GraphGroup[] {
  return [...new Map(nodes.map(groupOf).map((group) => [group.id, group])).values()];
}

/** The relationships that lead from or to something in a group, with both their ends. */
export function withinGroup<Graph extends RelationshipGraph>(graph: Graph, id: string): Graph {
  const members = new Set(graph.nodes.flatMap((node) => (groupOf(node).id === id ? node.id : [])));
  const edges = graph.edges.filter(({ from, to }) => members.has(from) || members.has(to));
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return { ...graph, nodes: graph.nodes.filter((node) => ends.has(node.id)), edges };
}
