import { boundedName } from '../../../../common/src/boundedText.ts';
import type { GraphNode } from '../../../../common/src/protocol.ts';
import type { GraphEdge, RelationshipGraph } from './relationshipGraph.ts';

const colours: Readonly<Record<GraphEdge['state'], string | undefined>> = {
  checked: undefined,
  error: '#d13438',
  unknown: '#8a8886',
};

/** A graph as a Mermaid flowchart: a box for each source and remote schema, errors red, what can't be checked grey. */
export function graphMermaid({ nodes, edges }: RelationshipGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const title = groupTitle(node);
    groups.set(title, [...(groups.get(title) ?? []), node]);
  }
  const lines = ['flowchart LR'];
  for (const [index, [group, members]] of [...groups].entries()) {
    lines.push(`  subgraph g${index}["${text(group)}"]`);
    for (const { id, label } of members) lines.push(`    ${names.get(id)}["${text(label)}"]`);
    lines.push('  end');
  }
  for (const { from, to, name } of edges) {
    lines.push(`  ${names.get(from)} -->|"${text(name)}"| ${names.get(to)}`);
  }
  for (const [index, { state }] of edges.entries()) {
    const colour = colours[state];
    if (colour !== undefined) lines.push(`  linkStyle ${index} stroke:${colour},color:${colour}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Whether Mermaid draws it, unless it is told to take more than it does by itself. */
export function isDrawn(chart: string, { edges }: RelationshipGraph): boolean {
  return edges.length <= 500 && chart.length <= 50_000;
}

function groupTitle({ kind, group }: GraphNode): string {
  if (kind === 'action-type') return 'actions';
  return `${kind === 'table' ? 'source' : 'remote schema'} ${group}`;
}

/**
 * What is no letter, digit or plain mark stands as its number: no name is syntax, or markup where the chart is drawn. An
 * empty text would be a mistake.
 */
function text(name: string): string {
  return (boundedName(name) || ' ').replaceAll(/[^\p{L}\p{N} _.,-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}
