import { localized } from '../../../common/src/localized.ts';

/** What the page says by itself, in the person's language. */
export interface GraphTexts {
  readonly graph: string;
  readonly search: string;
  /** What stands in the box for it, which may be narrow. */
  readonly searchShort: string;
  readonly filter: string;
  readonly everything: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly svg: string;
  readonly mermaid: string;
  readonly checked: string;
  readonly error: string;
  readonly unknown: string;
  readonly different: string;
  readonly current: string;
  readonly keys: string;
  /** With `{0}`, how many were found, and `{1}`, of how many. */
  readonly found: string;
}

export function graphTexts(): GraphTexts {
  return {
    graph: localized`Graph of relationships`,
    search: localized`Search tables, types and relationships`,
    searchShort: localized`Search`,
    filter: localized`Source or remote schema`,
    everything: localized`All sources and remote schemas`,
    zoomIn: localized`Zoom In`,
    zoomOut: localized`Zoom Out`,
    fit: localized`Show All`,
    svg: localized`Open as SVG`,
    mermaid: localized`Open as Mermaid`,
    checked: localized`without an error`,
    error: localized`with an error`,
    unknown: localized`not known, so not checked`,
    different: localized`not as on the server`,
    current: localized`at the cursor`,
    keys: localized`Tab and the arrow keys lead from one to the next, Enter to the definition, Escape back to the search. Shift and the arrow keys move the graph; +, - and 0 zoom.`,
    found: localized`${'{0}'} of ${'{1}'} found`,
  };
}
