import { localized } from '../../localized.ts';
import type { FailedResult, UnreachableReason } from './httpResult.ts';

/**
 * Reads what a `fetch` threw before there was an answer: Node's own with a `cause`, or Chromium's `net::ERR_…`. What
 * happened before a connection stood is `unreachable`; everything else may have reached the server and is `cut`.
 */
export function connectionFailure(error: unknown, url: string): FailedResult {
  const detail = failureDetail(error);
  for (const [pattern, reason] of reasons) {
    if (!pattern.test(detail)) continue;
    const elsewhere = reason === 'connection-refused' && isRefusedElsewhere(error, url);
    return { outcome: 'unreachable', reason: elsewhere ? 'proxy' : reason, detail };
  }
  return { outcome: 'cut', status: undefined, detail };
}

/** Whether another port refused than was asked for: that of a proxy. Nobody says so in words. */
function isRefusedElsewhere(error: unknown, url: string): boolean {
  const { port, protocol } = new URL(url);
  const asked = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const refused = chainOf(error).flatMap((each) => (typeof each['port'] === 'number' ? [each['port']] : []));
  return refused.length > 0 && !refused.includes(asked);
}

/** The codes and the words of an error and of all its causes, once each. */
export function failureDetail(error: unknown): string {
  if (error === undefined || error === null) return localized`unknown failure`;
  if (typeof error !== 'object') return String(error);
  const words = new Set(
    chainOf(error)
      .flatMap(({ code, message }) => [code, message])
      .filter((word) => typeof word === 'string')
      .map((word) => withoutNoise(word.slice(0, longestWords)).replace(/\s+/g, ' ').trim())
      .filter((word) => word !== '' && word !== 'fetch failed'),
  );
  return words.size === 0 ? localized`unknown failure` : [...words].join(': ');
}

/** Of what an error says: a certificate may name thousands of hosts. */
const longestWords = 2000;

/** Where in its code OpenSSL was, and Node's advice to whoever starts it. */
const noise = [
  /[0-9A-F]{8,16}:error:[0-9A-F]{1,16}:/g,
  /:\.\.\/\S*/g,
  '; if the root CA is installed locally, try running Node.js with --use-system-ca',
];

function withoutNoise(words: string): string {
  return noise.reduce<string>((text, each) => text.replaceAll(each, ''), words);
}

/** An error, its causes, and the first of those that are told together: several addresses were tried. */
function chainOf(error: unknown): readonly Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  const open = [error];
  for (let next = open.shift(); next !== undefined && chain.length < 12; next = open.shift()) {
    if (typeof next === 'string') chain.push({ message: next });
    if (typeof next !== 'object' || next === null) continue;
    const one = next as Record<string, unknown>;
    chain.push(one);
    if (one['cause'] !== undefined) open.push(one['cause']);
    if (Array.isArray(one['errors'])) open.push(one['errors'][0]);
  }
  return chain;
}

const reasons: readonly (readonly [RegExp, UnreachableReason])[] = [
  [/ERR_(?:PROXY|TUNNEL|SOCKS)_|HTTP_1_1_REQUIRED|[Pp]roxy response|Proxy authentication/, 'proxy'],
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
