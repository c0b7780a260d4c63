import { withoutTrailing } from '../trailing.ts';
/**
 * The address of an API below an endpoint; `undefined` when the path leads elsewhere, or could be taken to by what
 * stands between here and the server: upwards, to another host, or with separators in disguise.
 */
export function urlBelow(endpoint: URL, path: string): string | undefined {
  const plain = decoded(path);
  if (
    plain === undefined ||
    /[\\?#\p{Cc}]/u.test(plain) ||
    /^\s*(?:\/\s*\/|[a-z][a-z0-9+.-]*:)/i.test(plain)
  ) {
    return undefined;
  }
  if (plain.split('/').some((segment) => /^\s*\.{1,2}\s*(?:;|$)/.test(segment))) return undefined;
  const base = withoutTrailing(endpoint.pathname, '/');
  const url = new URL(endpoint);
  url.search = '';
  url.hash = '';
  url.pathname = `${base}/${path.replace(/^\//, '')}`;
  return url.origin === endpoint.origin && url.pathname.startsWith(`${base}/`) ? url.href : undefined;
}

/** Without its escapes, however often they were escaped; `undefined` when that has no end, or no meaning. */
function decoded(path: string): string | undefined {
  let text = path;
  for (let round = 0; round < 5; round++) {
    try {
      const next = decodeURIComponent(text);
      if (next === text) return text;
      text = next;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
