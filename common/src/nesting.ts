/** Deeper than anything a person or a server writes on purpose: whoever walks what was read may recurse. */
export const deepestNesting = 500;

/**
 * Offset of the first bracket that is nested deeper than the limit in a text of JSON or GraphQL; `undefined` when none
 * is. To be asked before a parser is: most of them recurse. Brackets in strings and comments do not count.
 */
export function tooDeepAt(
  text: string,
  language: 'json' | 'graphql',
  limit = deepestNesting,
): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 91: // [
      case 123: // {
      case 40: // (
        if (++depth > limit) return at;
        break;
      case 93: // ]
      case 125: // }
      case 41: // )
        depth--;
        break;
      case 34: // "
        at = stringEnd(text, at, language);
        break;
      case 35: // #
        if (language === 'graphql') at = lineEnd(text, at);
        break;
      default:
    }
  }
  return undefined;
}

/** Offset of the last character of the string that begins at `start`. */
function stringEnd(text: string, start: number, language: 'json' | 'graphql'): number {
  if (language === 'graphql' && text.startsWith('"""', start)) {
    let end = text.indexOf('"""', start + 3);
    while (end > 0 && text[end - 1] === '\\') end = text.indexOf('"""', end + 3);
    return end === -1 ? text.length : end + 2;
  }
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at;
    else if (code === 10 && language === 'graphql') return at;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
