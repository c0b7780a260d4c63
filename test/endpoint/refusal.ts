import type { Json, JsonObject } from './json.ts';

/** A request the server does not carry out: the error body and its HTTP status. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  /** Where in the request; when absent, the place of the command that was being run. */
  readonly path: string | undefined;
  readonly internal: Json | undefined;

  constructor(
    code: string,
    text: string,
    { status = 400, path, internal }: { status?: number; path?: string; internal?: Json | undefined } = {},
  ) {
    super(text);
    this.code = code;
    this.status = status;
    this.path = path;
    this.internal = internal;
  }

  /** The error body (spec 6.1); `path` is used when the refusal names no place of its own. */
  body(path: string): JsonObject {
    return {
      error: this.message,
      path: this.path ?? path,
      code: this.code,
      internal: this.internal,
    };
  }
}
