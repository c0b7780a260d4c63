import { conflictSign } from './foreignLines.ts';
import { patchJson } from './json/patchJson.ts';
import { lineEnd, lineStart } from './lines.ts';
import { parse } from './parse.ts';
import {
  markPlaceholders,
  restoredMessage,
  restorePlaceholders,
  withPlainPlaceholders,
} from './placeholders.ts';
import { strayLine } from './strayLine.ts';
import { type AppliedChange, coverOf, narrowed } from './textChange.ts';
import type { SyntaxTree } from './tree.ts';
import { patchYaml } from './yaml/patchYaml.ts';

/**
 * The tree `parse` would give for `newText`, made from the tree of an earlier text: where the change lies within an entry
 * that can be read alone, only that is read. `changes` led from that text to the new one, where that is known. The old
 * tree is used up: its nodes may be changed and reused.
 */
export function patch(
  tree: SyntaxTree,
  newText: string,
  changes: readonly AppliedChange[] = [everything(tree.text, newText)],
  own?: RegExp,
): SyntaxTree {
  if (tree.text === newText) return tree;
  const [cover] = coverOf(changes);
  const patched =
    tree.isPatchable === false
      ? undefined
      : ((cover && patchOnce(tree, cover)) ?? (changes.length > 1 ? patchEach(tree, changes) : undefined));
  // What is wrong may be a line or a placeholder for which all of the text is read in another way.
  const isForeign = patched?.problems.length === 0 ? conflictSign.test(newText) : mayBeForeign(newText);
  if (patched === undefined || isForeign || strayLine(newText, patched.problems) !== undefined) {
    return parse(newText, tree.language, own);
  }
  markPlaceholders(patched.roots, newText, own);
  return patched;
}

function mayBeForeign(text: string): boolean {
  return /\{\{|\{%|\{#|<%|%\{|[$]\{|%%|<{7}|>{7}/.test(text);
}

/** In places far from each other, as with several cursors: one by one. */
function patchEach(tree: SyntaxTree, changes: readonly AppliedChange[]): SyntaxTree | undefined {
  let patched: SyntaxTree | undefined = tree;
  for (const change of changes) patched = patched && patchOnce(patched, change);
  return patched;
}

function patchOnce(tree: SyntaxTree, { text, ...applied }: AppliedChange): SyntaxTree | undefined {
  const change = narrowed(applied, tree.text, text);
  if (tree.language === 'json') return patchJson(tree, text, change);
  if (tree.language !== 'yaml') return undefined;
  // A placeholder may begin before the change, and end behind it.
  if (brackets.test(lines(tree.text, change.start, change.oldEnd))) return undefined;
  if (brackets.test(lines(text, change.start, change.newEnd))) return undefined;
  const patched = patchYaml(tree, withPlainPlaceholders(text), change);
  if (patched === undefined || patched.text === text) return patched;
  restorePlaceholders(patched.roots);
  const problems = patched.problems.map((problem) => ({
    ...problem,
    message: restoredMessage(problem.message),
  }));
  return { ...patched, text, problems };
}

function everything(oldText: string, newText: string): AppliedChange {
  return { start: 0, oldEnd: oldText.length, newEnd: newText.length, text: newText };
}

/** What placeholders are made of, where they mean something in YAML. */
const brackets = /\{\{|\}\}|[$#]\{|\}|%|ENC\[/;

/** The lines that a range of a text touches. */
function lines(text: string, start: number, end: number): string {
  return text.slice(lineStart(text, start), lineEnd(text, end));
}
