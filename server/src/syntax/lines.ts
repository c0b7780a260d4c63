/** Offset of the first character of the line an offset is in. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The same, behind a byte order mark. */
export function lineContentStart(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}
