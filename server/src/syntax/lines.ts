/** Offset of the first character of the line an offset is in. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The same, behind a byte order mark. */
export function lineContentStart(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** Column (in spaces) of the first character of the line that starts at `start`. */
export function indentationOf(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  return at - start;
}

/** Offset of the end of the line, its `\r` left out. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/** Start of the next line, or the length of the text. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
