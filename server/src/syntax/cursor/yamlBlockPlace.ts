import { lineEnd } from '../lines.ts';
import { placeholder } from './writingPosition.ts';
import { firstColumn, type Level, lineBelow, type YamlLine } from './yamlLines.ts';
import { replace, type Word, type Written } from './yamlWord.ts';

/**
 * A word between the lines of block collections: what its indentation says. `inItem`: where it stands below a dash, it goes
 * on with the item there, rather than beginning the next; `undefined` where it does not.
 */
export function blockPlace(
  text: string,
  line: number,
  word: Word,
  above: YamlLine | undefined,
  levels: readonly Level[],
  inItem: boolean,
): Written | undefined {
  const before = text.slice(line, word.start);
  const after = text.slice(word.end, lineEnd(text, word.end));
  const nothingFollows = /^\s*(?:#.*)?$/.test(after);
  const below = lineBelow(text, line);
  const prefix = word.blankMissing ? ' ' : '';
  const base = { style: 'block' as const, prefix, suffix: '', repair: undefined, dashMissing: false };

  const dashes = /^( *)(?:- *)*$/.exec(before);
  if (dashes === null) {
    const value = !before.includes('#') && before.trimEnd().endsWith(':');
    if (!value || !nothingFollows) return undefined;
    const column = contentColumn(before);
    const nested = below !== undefined && (firstColumn(below) > column || opensListAt(below, column));
    if (nested) return undefined;
    return {
      writing: {
        ...base,
        role: 'value',
        colonFollows: false,
        keysBeside: false,
        indentation: ' '.repeat(column),
        atLineStart: false,
      },
      splices: [replace(word, `${prefix}${placeholder}`)],
    };
  }

  const colonFollows = /^ *:(?:\s|$)/.test(after);
  if (!colonFollows && !nothingFollows) return undefined;
  if (before.includes('-')) {
    const column = word.start - line + prefix.length;
    const sibling = isKeyAt(below, column);
    const deeper = below !== undefined && firstColumn(below) > (dashes[1]?.length ?? 0) && !sibling;
    if (deeper && !colonFollows && below.dashes.length === 0) return undefined;
    const key = colonFollows || sibling;
    return {
      writing: {
        ...base,
        role: key ? 'key' : 'value',
        colonFollows,
        keysBeside: sibling,
        indentation: ' '.repeat(column),
        atLineStart: true,
      },
      splices: [replace(word, `${prefix}${placeholder}${sibling && !colonFollows ? ':' : ''}`)],
    };
  }

  const typedColumn = word.start - line;
  const level = colonFollows
    ? { column: typedColumn, dash: false }
    : inItem
      ? itemColumn(typedColumn, levels)
      : blockColumn(typedColumn, above, below, levels);
  if (level === undefined) return undefined;
  const indentation = ' '.repeat(level.column);
  const moved = level.column !== typedColumn;
  const dash = level.dash ? '- ' : '';
  return {
    writing: {
      ...base,
      role: 'key',
      colonFollows,
      keysBeside:
        !level.dash &&
        (isKeyAt(below, level.column) || levels.some((each) => each.column === level.column && !each.dash)),
      prefix: moved ? indentation : '',
      indentation: indentation + (level.dash ? '  ' : ''),
      dashMissing: level.dash,
      atLineStart: true,
      ...(moved ? { start: line, lineIndentation: '' } : {}),
    },
    splices: [
      {
        at: line,
        removed: word.end - line,
        inserted: `${indentation}${dash}${placeholder}${level.dash || colonFollows ? '' : ':'}`,
      },
    ],
  };
}

/** Column a line that is being begun belongs to, by the lines around it. */
function blockColumn(
  typed: number,
  above: YamlLine | undefined,
  below: YamlLine | undefined,
  levels: readonly Level[],
): { column: number; dash: boolean } {
  if (above === undefined) {
    const column = below === undefined ? typed : firstColumn(below);
    return { column, dash: below !== undefined && below.dashes.length > 0 };
  }
  const belowColumn = below === undefined ? -1 : firstColumn(below);
  if (above.opens) {
    const inside = belowColumn > above.content || (above.content === belowColumn && !above.key);
    if (inside) return { column: belowColumn, dash: (below?.dashes.length ?? 0) > 0 };
    if (typed > above.content || !above.key) {
      return { column: above.key ? typed : Math.max(typed, above.content), dash: false };
    }
  }
  const fitting = levels.filter((level) => level.column <= typed);
  const chosen = fitting[0] ?? levels.at(-1);
  if (chosen === undefined) return { column: typed, dash: false };
  const follows = levels.find((level) => level.column === belowColumn && !level.dash);
  if (follows !== undefined && belowColumn > chosen.column) return { column: belowColumn, dash: false };
  const key = fitting.find((level) => level.column === chosen.column && !level.dash);
  return { column: chosen.column, dash: key === undefined && chosen.dash };
}

/** Column of the keys of the item above whose dash stands where the line begins. */
function itemColumn(typed: number, levels: readonly Level[]): { column: number; dash: boolean } | undefined {
  const column = levels.find((level) => level.column <= typed)?.column;
  if (column === undefined || !levels.some((level) => level.column === column && level.dash))
    return undefined;
  const content = levels.findLast((level) => !level.dash && level.column > column);
  return content?.line.key === true ? { column: content.column, dash: false } : undefined;
}

function isKeyAt(line: YamlLine | undefined, column: number): boolean {
  return line !== undefined && line.dashes.length === 0 && line.content === column && line.key;
}

function opensListAt(line: YamlLine, column: number): boolean {
  return line.dashes[0] === column;
}

/** Column of the key on a line, behind its dashes. */
function contentColumn(before: string): number {
  return /^ *(?:- +)*/.exec(before)?.[0].length ?? 0;
}
