import { visible } from '../foreignText.ts';
import { localized } from '../localized.ts';
import { withoutTrailing } from '../trailing.ts';

/** How an endpoint is named to people, so that what a file or a setting says can't pass for another place. */

/**
 * The address as it is reached: the host in ASCII, so that letters of another script show, and neither user nor password.
 * What is no address: without what it is.
 */
export function endpointAddress(url: string): string {
  const parsed = parsedUrl(url);
  return parsed === undefined
    ? localized`no address`
    : `${originOf(parsed)}${withoutTrailing(parsed.pathname, '/')}`;
}

/** The name; where it could be taken for a host or an address, the real host first. */
export function endpointName({ name, url }: { readonly name: string; readonly url: string }): string {
  const shown = visible(name);
  if (isPlainName(name)) return shown;
  return `${parsedUrl(url)?.host ?? localized`no address`} ("${shown.replaceAll('"', "'")}")`;
}

function parsedUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** Of other schemes than http the class gives none. */
function originOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/** Nothing that stands in a host or an address between words; words of one script, none the name of this machine. */
function isPlainName(name: string): boolean {
  const normal = name.normalize('NFKC');
  if (normal !== name || !/^[\p{L}\p{M}\p{N}\p{Extended_Pictographic} _()&+#,'-]+$/u.test(name)) return false;
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u);
  return words.every((word) => !/^localhost$/i.test(word) && !isMixed(word));
}

/** Latin letters among those of other scripts: what looks like one word may be another. */
function isMixed(word: string): boolean {
  return /\p{Script=Latin}/u.test(word) && /(?!\p{Script=Latin})\p{L}/u.test(word);
}
