import { codeBlock } from '../../../../common/src/codeBlock.ts';
import type { GraphNode } from '../../../../common/src/protocol.ts';
import { code, list, paragraphs } from '../hover/markdown.ts';
import { graphMermaid, isDrawn } from './graphMermaid.ts';
import type { GraphEdge, RelationshipGraph } from './relationshipGraph.ts';

const states: Readonly<Record<GraphEdge['state'], string>> = {
  checked: '',
  error: ': something is wrong with it',
  unknown: ': a side of it is not known, so that it is not checked',
};

/** A graph as a page: the chart, and the same as a list. `placeOf`: the address of a relationship. */
export function graphMarkdown(graph: RelationshipGraph, placeOf: (edge: GraphEdge) => string): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const items = graph.edges.map((edge) => {
    const [from, to] = [edge.from, edge.to].map((id) => nodeText(nodes.get(id)));
    // An address may hold what ends a link.
    const place = placeOf(edge).replaceAll(/[()<>\\]/g, (mark) =>
      encodeURIComponent(mark).replace(/^\W$/, percent),
    );
    return `${from} → [${code(edge.name)}](${place}) → ${to}${states[edge.state]}`;
  });
  const chart = graphMermaid(graph);
  const text =
    items.length === 0
      ? 'No relationship here leads anywhere yet.'
      : paragraphs(
          isDrawn(chart, graph)
            ? codeBlock('mermaid', chart.trimEnd())
            : 'They are too many for a chart on this page. The command line draws them: `remote-relationships graph --format svg`.',
          list(items),
        );
  return `${paragraphs('# Relationships', text)}\n`;
}

/** `encodeURIComponent` leaves parentheses as they are. */
function percent(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

function nodeText(node: GraphNode | undefined): string {
  if (node === undefined) return '';
  return node.kind === 'remote-schema' ? code(node.label) : code(`${node.group}.${node.label}`);
}
