import { indentationOf, lineEnd, lineStart, nextLine } from './lines.ts';
import type { TextRange } from './textRange.ts';
import type { SyntaxProblem } from './tree.ts';

/**
 * The line of the first problem of a YAML text, where it is nothing but words in the middle of a list that goes on below it:
 * it belongs to nothing, and takes what follows away from the list. `undefined` for a key that is being typed.
 */
export function strayLine(text: string, problems: readonly SyntaxProblem[]): TextRange | undefined {
  const [first] = problems;
  if (first === undefined || !isAboutKeys.test(first.message)) return undefined;
  const start = lineStart(text, first.offset);
  const end = lineEnd(text, start);
  if (!isWords(text.slice(start, end).trim())) return undefined;
  const column = indentationOf(text, start);
  const before = text.slice(0, start).trimEnd();
  const above = indentationOf(text, lineStart(text, before.length));
  let next = nextLine(text, start);
  while (next < text.length && text.slice(next, lineEnd(text, next)).trim() === '')
    next = nextLine(text, next);
  const below = indentationOf(text, next);
  const goesOn = text.startsWith('- ', next + below) && below >= column;
  return goesOn && above > column ? { offset: start, length: end - start } : undefined;
}

/** How the parser puts it. */
export const isAboutKeys = /^(?:Implicit (?:map )?keys|Sequence item without)/;

/** A line that is nothing but words: no key, no value, no item. */
export function isWords(line: string): boolean {
  return line.length < 1000 && /^[^-:"'[\]{}&*!|>%@`#\s][^:"'[\]{}]*$/.test(line);
}
