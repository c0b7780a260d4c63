import { boundedName } from '../../../../common/src/boundedText.ts';
import { groupBy } from '../../../../common/src/groupBy.ts';
import type { GraphGroup } from '../../../../common/src/protocol.ts';
import { groupOf, groupsOf, inProject } from './graphGroups.ts';
import type { GraphEdge, RelationshipGraph } from './relationshipGraph.ts';

const colours: Readonly<Record<GraphEdge['state'], string | undefined>> = {
  checked: undefined,
  error: '#d13438',
  unknown: '#8a8886',
};

/** A graph as a Mermaid flowchart: a box for each source and remote schema, errors red, what can't be checked grey. */
export function graphMermaid({ nodes, edges }: RelationshipGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const members = groupBy(nodes, (node) => groupOf(node).id);
  const lines = ['flowchart LR'];
  for (const [index, group] of groupsOf({ nodes }).entries()) {
    lines.push(`  subgraph g${index}["${text(inProject(titleOf(group), group))}"]`);
    for (const { id, label } of members.get(group.id) ?? [])
      lines.push(`    ${names.get(id)}["${text(label)}"]`);
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

function titleOf({ kind, name }: GraphGroup): string {
  if (kind === 'actions') return kind;
  return `${kind === 'source' ? kind : 'remote schema'} ${name}`;
}

/**
 * What is no letter, digit or plain mark stands as its number: no name is syntax, or markup where the chart is drawn. An
 * empty text would be a mistake.
 */
function text(name: string): string {
  return (boundedName(name) || ' ').replaceAll(/[^\p{L}\p{N} _.,-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}
