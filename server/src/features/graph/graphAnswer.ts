import type { RelationshipGraph as Answer, PositionRange } from '../../../../common/src/protocol.ts';
import type { Location } from '../../syntax/location.ts';
import { groupsOf } from './graphGroups.ts';
import { type KnownParts, placedGraph } from './graphLayout.ts';
import type { LocatedGraph } from './relationshipGraph.ts';

/** A graph laid out for a client. `whole`: with what was left out, whose groups can be chosen. `project`: its folder's URI.
 * `known`: see `placedGraph`. */
export async function graphAnswer(
  whole: LocatedGraph,
  graph: LocatedGraph,
  project: string,
  rangeOf: (location: Location) => PositionRange,
  known: KnownParts,
): Promise<Answer> {
  // Places first: the text may be another one once the graph is laid out.
  const definitions = new Map(
    [...graph.definitions].map(([id, location]) => [id, { uri: location.uri, range: rangeOf(location) }]),
  );
  const ranges = new Map(
    graph.edges.map((edge) => {
      const { offset, length } = edge.node;
      return [edge, rangeOf({ uri: edge.uri, offset, length })];
    }),
  );
  const { width, height, nodes, edges } = await placedGraph(graph, known);
  return {
    project,
    width,
    height,
    groups: groupsOf(whole),
    nodes: nodes.map(({ node, lines: [text], ...place }) => ({
      ...node,
      ...place,
      text,
      definition: definitions.get(node.id) ?? null,
    })),
    edges: edges.flatMap(({ edge, points, label }) => {
      const { node: _, ...named } = edge;
      const range = ranges.get(edge);
      return range === undefined ? [] : [{ ...named, range, points, label }];
    }),
  };
}
