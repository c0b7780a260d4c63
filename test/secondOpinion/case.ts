import type { JsonObject } from '../endpoint/endpoint.ts';

/** A request or a metadata document both sides are asked about, in some world. */
export interface Case {
  /** What it is and what was done to it, for people. */
  readonly title: string;
  readonly form: 'request' | 'metadata';
  readonly document: JsonObject;
}

export interface Verdict {
  readonly refused: boolean;
  /** Why, in the server's words: what it says, or what is said that it would say. */
  readonly texts: readonly string[];
}
