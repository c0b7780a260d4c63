import type { FailedResult, UnreachableReason } from './httpResult.ts';

/**
 * Reads what a `fetch` threw before there was an answer: Node's own with a `cause`, or Chromium's `net::ERR_…`. What
 * happened before a connection stood is `unreachable`; everything else may have reached the server and is `cut`.
 */
export function connectionFailure(error: unknown): FailedResult {
  const detail = failureDetail(error);
  for (const [pattern, reason] of reasons) {
    if (pattern.test(detail)) return { outcome: 'unreachable', reason, detail };
  }
  return { outcome: 'cut', status: undefined, detail };
}

/** The codes and the words of an error and of all its causes, once each. */
export function failureDetail(error: unknown): string {
  const words = new Set<string>();
  collect(error, words, 0);
  words.delete('fetch failed');
  return words.size === 0 ? 'unknown failure' : [...words].join(': ');
}

function collect(error: unknown, words: Set<string>, depth: number): void {
  if (depth > 5 || error === undefined || error === null) return;
  if (typeof error !== 'object') {
    words.add(String(error));
    return;
  }
  const { code, message, cause, errors } = error as Record<string, unknown>;
  if (typeof code === 'string') words.add(code);
  if (typeof message === 'string' && message !== '') words.add(message);
  collect(cause, words, depth + 1);
  // Several addresses were tried.
  if (Array.isArray(errors)) collect(errors[0], words, depth + 1);
}

const reasons: readonly (readonly [RegExp, UnreachableReason])[] = [
  [/ERR_(?:PROXY|TUNNEL|SOCKS)_|HTTP_1_1_REQUIRED|[Pp]roxy response/, 'proxy'],
  [/ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, 'dns'],
  [
    /CERT_|_CERT|CERTIFICATE|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED|HOSTNAME_MISMATCH/,
    'tls',
  ],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED/, 'connection-refused'],
  [
    /EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_ADDRESS_UNREACHABLE|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_TIMED_OUT|ERR_NETWORK_ACCESS_DENIED|ERR_UNSAFE_PORT|bad port/,
    'other',
  ],
];
