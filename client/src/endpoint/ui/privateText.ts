import { isLoopback } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { endpointAddress } from '../../../../common/src/endpoint/endpointText.ts';
import type { Secret } from '../../../../common/src/endpoint/secret.ts';
import { redact } from '../../../../common/src/metadataApi/http/redact.ts';

/** What is known of what belongs to the user alone. */
export interface PrivateThings {
  readonly secrets: readonly Secret[];
  /** Addresses of endpoints. */
  readonly urls: readonly string[];
  /** Path of the home directory. */
  readonly home: string;
}

/** Without the punctuation that follows it. */
const url = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'`<>\\]*[^\s"'`<>\\.,:;!?)]/gi;

/**
 * Makes texts fit to be published: without secrets and the names of other hosts, which get numbers instead, the same in every
 * text; the home directory is `~`. `texts`: all in which hosts may stand.
 */
export function withoutPrivateThings(
  { secrets, urls, home }: PrivateThings,
  texts: readonly string[],
): (text: string) => string {
  const hosts = new Map<string, string>();
  const numberOf = (host: string): string => {
    const number = hosts.get(host) ?? `host-${hosts.size + 1}`;
    hosts.set(host, number);
    return number;
  };
  const written = texts.flatMap((text) => [...text.matchAll(url)].map(([each]) => each));
  for (const each of [...urls, ...written]) {
    const host = otherHost(each);
    if (host !== undefined) numberOf(host);
  }
  return (text) => {
    const addressed = redact(text, secrets).replaceAll(url, (each) => address(each, numberOf));
    const anonymous = [...hosts]
      .toSorted(([a], [b]) => b.length - a.length)
      .flatMap(([host, number]) => [...formsOf(host)].map((form) => [form, number] as const))
      .reduce((left, [form, number]) => left.replaceAll(form, number), addressed);
    return homeForms(home).reduce((left, form) => left.replaceAll(form, '~'), anonymous);
  };
}

function address(text: string, numberOf: (host: string) => string): string {
  if (/^file:/i.test(text)) return text;
  if (isLoopback(text)) return endpointAddress(text);
  const host = otherHost(text);
  // Paths may hold names and keys.
  return `${text.slice(0, text.indexOf('://'))}://${host === undefined ? 'no-address' : numberOf(host)}`;
}

/** The host of an address elsewhere. */
function otherHost(text: string): string | undefined {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || parsed.hostname === '' || parsed.protocol === 'file:') return undefined;
  return isLoopback(text) ? undefined : parsed.host;
}

/** As it stands between words: a name without a dot or a port may be any word. */
function formsOf(host: string): ReadonlySet<string> {
  const name = host.replace(/:\d+$/, '');
  return new Set([host, name].filter((form) => /[.:]/.test(form)));
}

/** A path, and what programs make of it. */
function homeForms(home: string): readonly string[] {
  if (home.length < 4) return [];
  const slashes = home.replaceAll('\\', '/');
  const encoded = encodeURI(slashes);
  const forms = [home, home.replaceAll('\\', '\\\\'), slashes, encoded, encoded.replace(':', '%3A')];
  return [...new Set(forms.flatMap((form) => [form, form.charAt(0).toLowerCase() + form.slice(1)]))];
}
