import type { GraphTexts } from './graphTexts.ts';

/** What the page draws: text, places and states, but no address. Nodes and edges are called by their index. */
export interface DrawnGraph {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly DrawnGroup[];
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** What it is made of, in a sentence. */
  readonly summary: string;
}

export interface DrawnGroup {
  readonly id: string;
  readonly text: string;
}

/** In pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

interface DrawnItem {
  /** What a screen reader says of it, and the pointer shows. */
  readonly spoken: string;
}

/** `x` and `y` are its middle. */
export interface DrawnNode extends Point, DrawnItem {
  readonly kind: 'table' | 'type' | 'action-type' | 'remote-schema';
  readonly width: number;
  readonly height: number;
  /** Its name, and what it is in. */
  readonly lines: readonly [string, string];
}

export interface DrawnEdge extends DrawnItem {
  readonly from: number;
  readonly to: number;
  readonly state: 'checked' | 'error' | 'unknown';
  readonly isDifferent: boolean;
  readonly points: readonly Point[];
  readonly label: Point & { readonly text: string };
}

/** What the extension and the page that draws the graph say to each other. */
export type ToGraphPage =
  | {
      readonly kind: 'graph';
      /** What the page calls it when it asks for something of it. */
      readonly version: number;
      /** Given back by the page's state when VS Code opens it again. */
      readonly source: string;
      /** The group it is filtered by; empty: none. */
      readonly group: string;
      readonly graph: DrawnGraph;
      readonly texts: GraphTexts;
      readonly current: number | null;
    }
  /** There is no graph, and why; where one is drawn it stays. */
  | { readonly kind: 'nothing'; readonly text: string }
  /** The cursor is in another relationship, or in none. */
  | { readonly kind: 'current'; readonly version: number; readonly current: number | null };

export type FromGraphPage =
  /** It wants a graph, the first time or by another group. */
  | { readonly kind: 'show'; readonly group: string }
  | {
      readonly kind: 'open';
      readonly version: number;
      readonly what: 'node' | 'edge';
      readonly index: number;
    }
  | { readonly kind: 'export'; readonly form: 'svg' | 'mermaid' };

/** What the page keeps in VS Code. */
export interface GraphPageState {
  readonly source: string;
  readonly group: string;
}

/** A message of the page, which runs apart from the extension: whatever is none is left out. */
export function readFromGraphPage(message: unknown): FromGraphPage | undefined {
  const { kind, group, version, what, index, form } = fieldsOf(message);
  if (kind === 'show' && typeof group === 'string') return { kind, group };
  if (kind === 'export' && (form === 'svg' || form === 'mermaid')) return { kind, form };
  if (kind !== 'open' || (what !== 'node' && what !== 'edge')) return undefined;
  if (typeof version !== 'number' || typeof index !== 'number') return undefined;
  return { kind, version, what, index };
}

/** The file of a page that VS Code opens again. */
export function sourceInState(state: unknown): string | undefined {
  const { source } = fieldsOf(state);
  return typeof source === 'string' && source !== '' ? source : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
