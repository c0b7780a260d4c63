import type { Disagreement } from './tally.ts';

/** A disagreement that is right. */
export interface Justified {
  readonly title: string;
  /** Why, with the section of the specification. */
  readonly why: string;
  is(disagreement: Disagreement): boolean;
}

export const justified: readonly Justified[] = [];
