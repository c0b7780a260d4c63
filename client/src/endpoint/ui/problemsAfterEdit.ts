import type { InconsistentProblem } from '../../../../common/src/metadataApi/inconsistency/inconsistentLocations.ts';
import type { PositionRange, TextPosition } from '../../../../common/src/protocol.ts';

/** A change of a text: what stood in the range became the text. */
export interface Edit {
  readonly range: PositionRange;
  readonly text: string;
}

/**
 * What is left of the problems of a file after an edit, where it stands then: what was edited itself may be mended, so
 * it goes until the server is read again.
 */
export function problemsAfterEdit(
  problems: readonly InconsistentProblem[],
  edit: Edit,
): readonly InconsistentProblem[] {
  return problems.flatMap((problem) => {
    const { item, range } = problem;
    if (compare(edit.range.start, item.end) > 0) return [problem];
    if (compare(edit.range.end, item.start) > 0) return [];
    return [{ ...problem, item: moved(item, edit), range: moved(range, edit) }];
  });
}

function compare(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}

/** A range behind an edit. */
function moved({ start, end }: PositionRange, edit: Edit): PositionRange {
  return { start: movedPosition(start, edit), end: movedPosition(end, edit) };
}

function movedPosition({ line, character }: TextPosition, { range, text }: Edit): TextPosition {
  const lines = text.split(/\r\n|\r|\n/);
  const added = lines.length - 1;
  const last = lines.at(-1)?.length ?? 0;
  const behind = added === 0 ? range.start.character + last : last;
  return {
    line: line + added - (range.end.line - range.start.line),
    character: line === range.end.line ? character - range.end.character + behind : character,
  };
}
