import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { At } from '../at.ts';
import { isObject, type Json } from '../json.ts';

/** Something that goes wrong with the next matching requests. */
export interface Fault {
  /** Which requests: by path, and by the command's type, also inside a bulk. All when absent. */
  readonly path?: string;
  readonly type?: string;
  /** How many requests it strikes; every one when absent. */
  readonly times?: number;
  /** The request is carried out before anything else happens to it, not after. */
  readonly carriedOut?: boolean;
  /** Milliseconds that pass first. */
  readonly delay?: number;
  /**
   * Where the connection is cut: `before` the request is carried out, `after` it was but before a byte of the answer,
   * or in the `middle` of the answer.
   */
  readonly cut?: 'before' | 'after' | 'middle';
  /** Answers with this instead: status 200 and HTML where nothing else is said. */
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Appends so many blanks to the answer: JSON stays JSON, only large. */
  readonly padding?: number;
}

/** The faults that are set; the first that matches a request strikes it. */
export class Faults {
  #active: { readonly fault: Fault; left: number }[] = [];

  set(fault: Fault): void {
    this.#active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#active = [];
  }

  take(path: string, body: string): Fault | undefined {
    const struck = this.#active.find(({ fault }) => matches(fault, path, body));
    if (struck) {
      struck.left -= 1;
      this.#active = this.#active.filter(({ left }) => left > 0);
    }
    return struck?.fault;
  }
}

function matches({ path, type }: Fault, requested: string, body: string): boolean {
  if (path !== undefined && path !== requested) return false;
  return type === undefined || body.includes(JSON.stringify(type));
}

/** Lets a fault happen; says whether that was the end of it. */
export async function strike(fault: Fault, response: ServerResponse): Promise<boolean> {
  if (fault.delay !== undefined) await wait(fault.delay, undefined, { ref: false });
  if (fault.cut === 'before') {
    response.destroy();
    return true;
  }
  if (fault.status === undefined && fault.body === undefined) return false;
  const headers = { 'content-type': 'text/html; charset=utf-8', ...fault.headers };
  response.writeHead(fault.status ?? 200, headers);
  finish(fault, response, fault.body ?? '');
  return true;
}

/** Sends the rest of an answer whose head is written, as far as the fault lets it. */
export function finish(fault: Fault | undefined, response: ServerResponse, body: string | Buffer): void {
  if (fault?.cut === 'after') {
    response.destroy();
  } else if (fault?.cut === 'middle') {
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
  } else {
    response.write(body);
    pad(response, fault?.padding ?? 0);
  }
}

const block = Buffer.alloc(1 << 20, ' ');

function pad(response: ServerResponse, left: number): void {
  if (left <= 0 || response.destroyed) {
    response.end();
    return;
  }
  response.write(block.subarray(0, Math.min(left, block.length)), () => pad(response, left - block.length));
}

const keys: Readonly<Record<keyof Fault, (value: Json) => boolean>> = {
  path: isText,
  type: isText,
  times: isNumber,
  carriedOut: (value) => typeof value === 'boolean',
  delay: isNumber,
  cut: (value) => value === 'before' || value === 'after' || value === 'middle',
  status: isNumber,
  body: isText,
  headers: (value) => isObject(value) && Object.values(value).every((each) => isText(each ?? null)),
  padding: isNumber,
};

/** A fault as the control route takes it, in the same words. */
export function readFault(at: At): Fault {
  for (const [key, { value }] of at.entries()) {
    if (!Object.hasOwn(keys, key) || !keys[key as keyof Fault](value))
      at.fail(`no fault has such a "${key}"`);
  }
  return at.value as Fault;
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}

function isNumber(value: Json): boolean {
  return typeof value === 'number';
}
