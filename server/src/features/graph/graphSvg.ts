import { boundedName } from '../../../../common/src/boundedText.ts';
import type { GraphPoint } from '../../../../common/src/protocol.ts';
import { type PlacedEdge, type PlacedNode, placedGraph } from './graphLayout.ts';
import type { RelationshipGraph } from './relationshipGraph.ts';

const style = `
text { font: 12px sans-serif; text-anchor: middle; fill: #242424 }
.node rect { fill: #fff; stroke: #616161; rx: 4 }
.type rect, .remote-schema rect { fill: #eff6fc; stroke: #115ea3 }
.node .group { font-size: 10px; fill: #616161 }
.edge path { fill: none; stroke: #424242 }
.edge text { font-size: 11px; paint-order: stroke; stroke: #fff; stroke-width: 3px }
.error path { stroke: #d13438 } .error text { fill: #d13438 }
.unknown path { stroke: #8a8886 } .unknown text { fill: #8a8886 }
`;

/** A graph as a picture that stands alone, on white. */
export async function graphSvg(graph: RelationshipGraph): Promise<string> {
  const { width, height, nodes, edges } = await placedGraph(graph);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Remote relationships">
<style>${style}</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>
<rect width="100%" height="100%" fill="#fff"/>
${[...edges.map(edgeSvg), ...nodes.map(nodeSvg)].join('\n')}
</svg>
`;
}

const states = { checked: '', error: ': something is wrong with it', unknown: ': not known, so not checked' };

function edgeSvg({ edge, points, label }: PlacedEdge): string {
  return `<g class="edge ${edge.state}"><title>${escaped(boundedName(edge.name) + states[edge.state])}</title><path d="${pathOf(points)}" marker-end="url(#arrow)"/><text x="${number(label.x)}" y="${number(label.y + 4)}">${escaped(label.text)}</text></g>`;
}

function nodeSvg({ node, lines, x, y, width, height }: PlacedNode): string {
  const [name, group] = lines;
  return `<g class="node ${node.kind}"><title>${escaped(`${boundedName(node.label)} (${group})`)}</title><rect x="${number(x - width / 2)}" y="${number(y - height / 2)}" width="${width}" height="${height}"/><text x="${number(x)}" y="${number(y - 2)}">${escaped(name)}</text><text class="group" x="${number(x)}" y="${number(y + 12)}">${escaped(group)}</text></g>`;
}

function pathOf(points: readonly GraphPoint[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join('');
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As text, whatever it is: what XML can't hold is left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}
