import { boundedName } from './boundedText.ts';

/** Text that is not ours (names from files, words of servers), made so that it can't pass for anything else. */

/**
 * What steers a terminal, breaks a line or turns the direction of reading: control characters, separators of lines, marks
 * of bidirectional text, and the invisible characters that can carry a text of their own.
 */
const steering = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\ufeff\u{e0000}-\u{e007f}]/gu;

/** The text on one line, with such characters written out as JSON and JavaScript write them: `\n`, `\u202e`. */
export function visible(text: string): string {
  return text.replaceAll(steering, (character) => short[character] ?? codeUnits(character));
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function codeUnits(character: string): string {
  return character.split('').map(codeUnit).join('');
}

function codeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A name between quotes, in which it can't end the quotes; the rest of a long one is left out. */
export function quoted(name: string): string {
  return visible(JSON.stringify(boundedName(name)));
}

/** The same JSON with such characters as escapes: they stand in its strings only. */
export function visibleJson(json: string): string {
  return json
    .split('\n')
    .map((line) => visible(line))
    .join('\n');
}

/** For a log: what follows a line break is indented, so that it can't pass for an entry of its own. */
export function logText(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => visible(line))
    .join('\n    ');
}
