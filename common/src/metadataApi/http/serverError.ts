import { cutText } from '../../boundedText.ts';
import { isJsonArray, isJsonObject, type Json, type JsonPath, member, textMember } from '../document/json.ts';
import { type InconsistentObject, readInconsistentObjects } from '../inconsistency/inconsistentObjects.ts';

/** What a server says when it refuses a request (spec 6.1). */
export interface ServerError {
  /** The server's text as it stands, cut where it goes on and on. */
  readonly message: string;
  /** The text without the frame that the server puts around shape errors of a command. */
  readonly reason: string;
  /** `parse-failed`, `invalid-configuration`, `not-exists`, … */
  readonly code: string | undefined;
  /** `$.args[0].args.table` as it stands. */
  readonly path: string | undefined;
  /** The path taken apart; `undefined` when there is none or it can't be read. */
  readonly keys: JsonPath | undefined;
  readonly internal: Json | undefined;
  /** The objects the refusal is about, from `internal`. */
  readonly inconsistentObjects: readonly InconsistentObject[];
}

/** A server may have a megabyte to say, most of it what was sent. */
const longestMessage = 1000;

/** Reads an error body; `undefined` when this is none of Hasura's (a proxy's, or no error at all). */
export function readServerError(body: Json | undefined): ServerError | undefined {
  const message = textMember(body, 'error');
  if (message === undefined) return undefined;
  const code = textMember(body, 'code');
  const path = textMember(body, 'path');
  if (code === undefined && path === undefined) return undefined;
  const internal = member(body, 'internal');
  return {
    message: cutText(message, longestMessage),
    reason: cutText(withoutFrame(message), longestMessage),
    code,
    path,
    keys: path === undefined ? undefined : readErrorPath(path),
    internal,
    inconsistentObjects: readInconsistentObjects(internal),
  };
}

/** Longer than any path into a request. */
const longestPath = 10_000;

/**
 * Takes `$.args[0].args['a b'].c` apart into `args, 0, args, a b, c`. The server does not escape what stands between
 * the quotes; `undefined` when the text is no such path.
 */
export function readErrorPath(path: string): JsonPath | undefined {
  if (!path.startsWith('$') || path.length > longestPath) return undefined;
  const keys: (string | number)[] = [];
  let rest = path.slice(1);
  while (rest !== '') {
    const step = /^(?:\.([^.[\]]+)|\[(\d+)\]|\['(.*?)'\](?=$|[.[])|\["(.*?)"\](?=$|[.[]))/s.exec(rest);
    if (step === null) return undefined;
    const [whole, plain, index, single, double] = step;
    keys.push(index === undefined ? (plain ?? single ?? double ?? '') : Number(index));
    rest = rest.slice(whole.length);
  }
  return keys;
}

/** Where in a request an error lies: the items of `bulk`s from the outside in, and the keys below the last `args`. */
export interface RequestPlace {
  readonly items: readonly number[];
  readonly argumentKeys: JsonPath;
}

/** `args, 1, args, definition` is item 1, `definition`. `undefined` when the error is about the request as a whole. */
export function requestPlace(keys: JsonPath | undefined): RequestPlace | undefined {
  if (keys?.[0] !== 'args') return undefined;
  const items: number[] = [];
  let at = 1;
  while (typeof keys[at] === 'number') {
    items.push(Number(keys[at]));
    at += 1;
    if (keys[at] !== 'args') break;
    at += 1;
  }
  return { items, argumentKeys: keys.slice(at) };
}

/** What became of one item of a `bulk` or `bulk_keep_going` that was answered with 200. */
export type BulkItem =
  | { readonly outcome: 'done'; readonly answer: Json }
  | { readonly outcome: 'refused'; readonly error: ServerError };

/** `undefined` when the answer is no list: that of a single command. */
export function readBulkAnswer(answer: Json): readonly BulkItem[] | undefined {
  if (!isJsonArray(answer)) return undefined;
  return answer.map((item) => {
    const error = isJsonObject(item) && !('message' in item) ? readServerError(item) : undefined;
    return error === undefined ? { outcome: 'done', answer: item } : { outcome: 'refused', error };
  });
}

function withoutFrame(message: string): string {
  const [first = '', second = '', third = ''] = message.split('\n', 3);
  const frame = 'Internal error message: ';
  if (!first.startsWith('Error when parsing command ') || !third.startsWith(frame)) return message;
  return message.slice(first.length + second.length + frame.length + 2);
}
