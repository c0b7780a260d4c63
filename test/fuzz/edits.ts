import type { Position, Range } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** An edit as the protocol has it. */
export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/** Why edits can't be applied together, in words; `undefined` when they can. */
export function whyNotTogether(document: TextDocument, edits: readonly Edit[]): string | undefined {
  const outside = edits.find(({ range }) => !isInside(document, range));
  if (outside !== undefined) return `an edit at ${show(outside.range)} lies outside of the text`;
  const spans = edits
    .map(({ range }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const [at, span] of spans.entries()) {
    const next = spans[at + 1];
    if (next !== undefined && next.start < span.end)
      return `edits overlap at ${span.start} and ${next.start}`;
  }
  return undefined;
}

/** A range whose ends are where its document has them, and in their order. */
export function isInside(document: TextDocument, { start, end }: Range): boolean {
  return isPosition(document, start) && isPosition(document, end) && !isBefore(end, start);
}

function isPosition(document: TextDocument, position: Position): boolean {
  const back = document.positionAt(document.offsetAt(position));
  return back.line === position.line && back.character === position.character;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

export function show({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** The changes an editor tells of after it has applied edits: later ones first, so that each is where it was. */
export function changesOf(edits: readonly Edit[]): { range: Range; text: string }[] {
  return edits
    .map(({ range, newText }, index) => ({ range, text: newText, index }))
    .sort((a, b) =>
      isBefore(a.range.start, b.range.start)
        ? 1
        : isBefore(b.range.start, a.range.start)
          ? -1
          : b.index - a.index,
    )
    .map(({ range, text }) => ({ range, text }));
}

/** A snippet as text, its placeholders as they stand. */
export function textOfSnippet(snippet: string): string {
  return snippet
    .replace(
      /(?<!\\)\$(?:\d+|\{(\d+)(?::((?:\\.|[^}\\])*)|\|((?:\\.|[^,|\\])*)[^}]*)?\})/g,
      (_, _n, text, choice) => String(text ?? choice ?? ''),
    )
    .replace(/\\([$}\\,|])/g, '$1');
}

/** The document after the edits. */
export function afterEdits(document: TextDocument, edits: readonly Edit[]): string {
  const copy = TextDocument.create(document.uri, document.languageId, 0, document.getText());
  return TextDocument.update(copy, changesOf(edits), 1).getText();
}
