import type { DrawnGraph } from '../graph/graphMessages.ts';
import type { ItemName } from './steps.ts';

/** Nodes and relationships in whose names every word of a query stands, in the order of the graph; of an empty query none. */
export function found(
  { nodes, edges }: Pick<DrawnGraph, 'nodes' | 'edges'>,
  query: string,
): readonly ItemName[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const has = (text: string): boolean => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
  return [
    ...nodes.flatMap(({ lines }, index) => (has(lines.join(' ')) ? { what: 'node' as const, index } : [])),
    ...edges.flatMap(({ label }, index) => (has(label.text) ? { what: 'edge' as const, index } : [])),
  ];
}
