/** The JSON body of a `.http` file that holds the offset, also when it does not parse; `undefined` outside of bodies. */
export function httpBodyStart(text: string, offset: number): { start: number; end: number } | undefined {
  const request = /^(?:###.*|(?:GET|POST|PUT|PATCH|DELETE)[ \t].*)$/gm;
  let from = 0;
  let to = text.length;
  for (const match of text.matchAll(request)) {
    if (match.index + match[0].length < offset) from = match.index + match[0].length;
    else {
      to = Math.min(to, match.index);
      break;
    }
  }
  const body = /^[ \t]*[{[]/gm;
  body.lastIndex = from;
  const start = body.exec(text);
  if (start === null || start.index > offset || start.index >= to || offset > to) return undefined;
  return { start: start.index, end: to };
}
