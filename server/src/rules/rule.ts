import type { DocumentContext } from '../join/documentContext.ts';
import type { Location } from '../syntax/location.ts';
import type { TextReplacement } from '../syntax/textRange.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextReplacement[];
  /** The one to apply without asking (`Fix all`, the preferred quick fix). */
  readonly preferred: boolean;
}

export interface RelatedLocation {
  readonly message: string;
  readonly location: Location;
}

export interface Finding {
  /** Stable kebab-case code; its page is `docs/rules/<code>.md`. */
  readonly code: string;
  readonly severity: Severity;
  /** In the user's words. */
  readonly message: string;
  /** The server's own words, when the server would refuse it. */
  readonly serverMessage: string | undefined;
  /** The smallest range that holds the mistake, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly related: readonly RelatedLocation[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** Name of the relationship it is about, `undefined` where it belongs to none. */
  readonly relationship: string | undefined;
  readonly fixes: readonly Fix[];
}

export interface Rule {
  readonly code: string;
  /** Rule numbers of the specification, e.g. `['R11', 'R13']`. */
  readonly specification: readonly string[];
  /** One sentence: what it says. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * What it looks at: `document` when the file alone decides, so that a suppression that hides nothing is surely unused.
   * `catalogue` (the default): it may be silent because a table or remote schema is not known.
   */
  readonly needs?: 'document' | 'catalogue';
  /** Reports through `report`, never throws. */
  check(context: DocumentContext, report: Report): void;
}

export type Report = (finding: RuleFinding) => void;

/** What a rule reports; `code`, `severity` and empty lists are filled in unless given. */
export interface RuleFinding {
  readonly severity?: Severity;
  readonly message: string;
  readonly serverMessage?: string | undefined;
  readonly offset: number;
  readonly length: number;
  readonly related?: readonly RelatedLocation[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  readonly relationship?: string | undefined;
  readonly fixes?: readonly Fix[];
}
