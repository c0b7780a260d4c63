import { cutText } from '../../boundedText.ts';
import { localized } from '../../localized.ts';
import { deepestNesting } from '../../nesting.ts';
import type { Json } from '../document/json.ts';
import type { ServerError } from './serverError.ts';

/**
 * What a request came to. Exactly one of these holds:
 *
 * - `answered`: status 2xx with JSON.
 * - `refused`: the server itself said no; nothing was changed.
 * - `unauthorized`: 401, the secret is missing or wrong.
 * - `conflict`: 409, the metadata has changed since it was read.
 * - `busy`: 429 or 503, come back later.
 * - `unexpected-answer`: something answered that does not speak like Hasura: a page in HTML, a gateway's error.
 * - `redirect`: it points elsewhere; nothing is followed, so that the secret goes nowhere else.
 * - `unreachable`: there was no connection.
 * - `cut`: the connection broke after the request had been sent.
 * - `too-large`: more bytes than allowed; the rest was not read.
 * - `too-deep`: JSON that is nested deeper than anything a Hasura server says.
 * - `holds-secret`: what was to be kept in files has the admin secret in it.
 * - `timeout`, `cancelled`: nobody waits any more; the server may go on.
 * - `not-sent`: the request could not be made.
 */
export type HttpResult =
  | {
      readonly outcome: 'answered';
      readonly status: number;
      readonly json: Json;
      readonly requestId: string | undefined;
    }
  | { readonly outcome: 'refused'; readonly status: number; readonly error: ServerError }
  | { readonly outcome: 'unauthorized'; readonly status: number; readonly error: ServerError | undefined }
  | { readonly outcome: 'conflict'; readonly status: number; readonly error: ServerError | undefined }
  | {
      readonly outcome: 'busy';
      readonly status: number;
      /** Milliseconds; `undefined` when the server does not say. */
      readonly retryAfter: number | undefined;
      readonly message: string | undefined;
    }
  | {
      readonly outcome: 'unexpected-answer';
      readonly status: number;
      readonly contentType: string | undefined;
      /** How the answer begins, or its own words for what is wrong. */
      readonly excerpt: string;
    }
  | { readonly outcome: 'redirect'; readonly status: number; readonly location: string | undefined }
  | { readonly outcome: 'unreachable'; readonly reason: UnreachableReason; readonly detail: string }
  | { readonly outcome: 'cut'; readonly status: number | undefined; readonly detail: string }
  | { readonly outcome: 'too-large'; readonly status: number; readonly limit: number }
  | { readonly outcome: 'too-deep'; readonly status: number }
  | { readonly outcome: 'holds-secret'; readonly status: number }
  | { readonly outcome: 'timeout'; readonly milliseconds: number }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'not-sent'; readonly detail: string };

export type UnreachableReason = 'connection-refused' | 'dns' | 'tls' | 'proxy' | 'other';

export type FailedResult = Exclude<HttpResult, { readonly outcome: 'answered' }>;

/**
 * Whether the server may have carried the request out although no clear answer came. After such a write the server must
 * be read again; the request must not be sent again.
 */
export function mayHaveHappened(result: HttpResult): boolean {
  switch (result.outcome) {
    case 'cut':
    case 'timeout':
    case 'cancelled':
    case 'too-large':
    case 'too-deep':
      return true;
    case 'busy':
      // 503 can come from a gateway that had passed the request on.
      return result.status !== 429;
    case 'unexpected-answer':
      // What refuses in between with a page of its own (403, 404, 413) has passed nothing on.
      return result.status < 400 || result.status >= 500;
    default:
      return false;
  }
}

/** What happened, in a sentence for the person who asked. `host` names the endpoint. Holds no secret. */
export function describeFailure(result: FailedResult, host: string): string {
  return cutText(failureText(result, host), longestFailure);
}

/** A server may have a megabyte to say. */
const longestFailure = 1000;

function failureText(result: FailedResult, host: string): string {
  switch (result.outcome) {
    case 'refused':
      return refusedText(result.error, host);
    case 'unauthorized':
      return unauthorizedText(result.error, host);
    case 'conflict':
      return localized`The metadata on ${host} was changed by someone else in the meantime. Nothing was changed from here.`;
    case 'busy':
      return localized`${host} is busy (status ${result.status})${
        result.retryAfter === undefined ? '' : localized`; it asks to wait ${durationText(result.retryAfter)}`
      }.`;
    case 'unexpected-answer':
      return localized`What answers at ${host} is not a Hasura server, or something is in front of it (status ${result.status}): ${result.excerpt}`;
    case 'redirect':
      return localized`${host} redirects${result.location === undefined ? '' : localized` to ${result.location}`}. Redirects are not followed, so that the admin secret goes nowhere else; set the endpoint to its final address.`;
    case 'unreachable':
      return unreachableText(result.reason, host, result.detail);
    case 'cut':
      return localized`The connection to ${host} broke before the answer was complete (${result.detail}).`;
    case 'too-large':
      return localized`The answer of ${host} is larger than ${Math.floor(result.limit / 1_000_000)} MB and was not read.`;
    case 'too-deep':
      return localized`The answer of ${host} is nested deeper than ${deepestNesting} levels and was not read.`;
    case 'holds-secret':
      return localized`The answer of ${host} contains the admin secret and was not used.`;
    case 'timeout':
      return localized`${host} did not answer within ${result.milliseconds / 1000} s.`;
    case 'cancelled':
      return localized`Cancelled.`;
    case 'not-sent':
      return result.detail;
  }
}

/** `9 s`, `20 minutes`, `3 hours`; from two days on nobody counts. */
function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 120) return `${seconds} s`;
  if (seconds <= 2 * 3600) return localized`${Math.ceil(seconds / 60)} minutes`;
  return seconds <= 48 * 3600 ? localized`${Math.ceil(seconds / 3600)} hours` : localized`more than two days`;
}

/** The server's words alone, unless they say more about the server than about what was sent (spec 6.1). */
function refusedText({ code, reason }: ServerError, host: string): string {
  if (code === 'access-denied') return localized`${host} allows this for the role admin only: ${reason}`;
  if (code === 'not-found') {
    return localized`${host} has no metadata API at this address (${reason}): it is disabled there, the server has version 1, or the address is wrong.`;
  }
  if (/in (?:read-only|maintenance) mode/.test(reason)) {
    return localized`${host} accepts no changes at the moment: ${reason}`;
  }
  return reason.trim() === ''
    ? localized`${host} refused this and gave no reason${code === undefined ? '' : ` (${code})`}.`
    : reason;
}

function unauthorizedText(error: ServerError | undefined, host: string): string {
  const words = error === undefined ? '' : `: ${error.message}`;
  return /\brequired\b/.test(words)
    ? localized`${host} asks for an admin secret${words}.`
    : localized`${host} does not accept the admin secret${words}.`;
}

function unreachableText(reason: UnreachableReason, host: string, detail: string): string {
  switch (reason) {
    case 'connection-refused':
      return localized`Nothing listens at ${host} (connection refused).`;
    case 'dns':
      return localized`The name of ${host} can't be resolved (${detail}).`;
    case 'tls':
      return tlsText(host, detail);
    case 'proxy':
      return localized`The proxy refuses connections to ${host} (${detail}).`;
    case 'other':
      return localized`${host} can't be reached (${detail}).`;
  }
}

function tlsText(host: string, detail: string): string {
  if (/EXPIRED|DATE_INVALID|NOT_YET_VALID/.test(detail)) {
    return localized`The certificate of ${host} is not valid at this time (${detail}).`;
  }
  if (/ALTNAME|HOSTNAME_MISMATCH|COMMON_NAME/.test(detail)) {
    return localized`The certificate of ${host} is issued for another name (${detail}).`;
  }
  if (isUnknownAuthority(detail)) {
    return localized`The certificate of ${host} is signed by an authority that is not trusted here (${detail}).`;
  }
  if (/WRONG_VERSION|wrong version|packet length|ERR_SSL_PROTOCOL_ERROR/.test(detail)) {
    return localized`${host} does not speak https (${detail}). Is its address http?`;
  }
  return localized`No secure connection to ${host}: ${detail}.`;
}

function isUnknownAuthority(detail: string): boolean {
  return /SELF_SIGNED|UNABLE_TO_|AUTHORITY_INVALID/.test(detail);
}

/** Whether a further certificate would mend it: one that the person trusts, but not yet this program. */
export function wantsCertificate(result: FailedResult): boolean {
  return result.outcome === 'unreachable' && result.reason === 'tls' && isUnknownAuthority(result.detail);
}
