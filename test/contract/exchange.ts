import type { Json, JsonObject } from '../endpoint/endpoint.ts';

/** One request to a server and what it answers, with the world it is sent in. */
export interface Exchange {
  readonly title: string;
  /** The tables, metadata and remote schemas there are: a name from `worlds/`. */
  readonly world: string;
  /** What happens before, in that world. */
  readonly before?: readonly Step[];
  readonly request: Request;
  readonly status: number;
  /** The whole answer. */
  readonly response?: Json;
  /** The part of the answer that is known; see `difference`. */
  readonly responseMatches?: Json;
  /** Requests sent afterwards that show what the first one did. */
  readonly after?: readonly Check[];
  /** The first release that answers so. */
  readonly since?: string;
  /** The release the embedded endpoint plays, for what later ones do not do. */
  readonly server?: string;
  /** How the embedded endpoint is set up otherwise; a real server has its own settings. */
  readonly settings?: JsonObject;
  /** Which admin secret is sent; the right one when absent. */
  readonly secret?: 'none' | 'wrong';
  /** Why this fact is known from reading only, or not for sure. A real server may differ without a failure. */
  readonly uncertain?: string;
  /** Why no server here can answer it. */
  readonly skip?: string;
}

export interface Request {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export interface Check {
  readonly request: Request;
  readonly response?: Json;
  readonly responseMatches?: Json;
}

export type Step = Request | { readonly sql: string } | { readonly stop: string };

/** A request to `/v1/metadata`. */
export function metadata(type: string, args: Json, more: JsonObject = {}): Request {
  return { path: '/v1/metadata', body: { type, args, ...more } };
}
