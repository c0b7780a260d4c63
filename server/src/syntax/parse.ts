import { sortProblems } from './build.ts';
import { conflictSign, foreignLines } from './foreignLines.ts';
import { parseHttp } from './http/parseHttp.ts';
import { parseJson } from './json/parseJson.ts';
import { markPlaceholders, withQuotedPlaceholders } from './placeholders.ts';
import { strayLine } from './strayLine.ts';
import type { SyntaxLanguage, SyntaxTree } from './tree.ts';
import { parseYaml } from './yaml/parseYaml.ts';

/**
 * Reads a text. Never throws: whatever is wrong is in `problems`, and what can be read around it is in `roots`.
 * `own`: the project's own placeholders.
 */
export function parse(text: string, language: SyntaxLanguage, own?: RegExp): SyntaxTree {
  const tree = parseLines(text, language);
  markPlaceholders(tree.roots, text, own);
  return tree;
}

function parseLines(text: string, language: SyntaxLanguage): SyntaxTree {
  const tree = parseText(text, language);
  if (language === 'http') return tree;
  // A list between the markers of a conflict can pass for one long word.
  if (tree.problems.length === 0 && !conflictSign.test(text)) return tree;
  const rest = withoutStrayLine(text, tree);
  if (rest !== undefined) return rest;
  const foreign = foreignLines(text, language);
  const source = foreign?.firstAlternatives ?? text;
  // Without quotes they are no JSON.
  const around = language === 'json' ? withQuotedPlaceholders(source) : source;
  if (around === text) return tree;
  const read = parseText(around, language);
  if (foreign?.kind !== 'conflict' && read.problems.length >= tree.problems.length) return tree;
  if (foreign === undefined) return { ...read, text, isPatchable: false };
  const { message, offset, length, conflicts, conditional } = foreign;
  const code = language === 'json' ? 'json-syntax' : 'yaml-syntax';
  // What is still wrong may come of what a template leaves out.
  const others = conditional.length > 0 || conflicts.length === 0 ? [] : read.problems;
  const problems = sortProblems([{ code, message, offset, length }, ...others]);
  return { ...read, text, problems, foreign: { conflicts, conditional }, isPatchable: false };
}

/** What is read around a line that belongs to nothing, where all is well then. */
function withoutStrayLine(text: string, tree: SyntaxTree): SyntaxTree | undefined {
  const line = tree.language === 'yaml' ? strayLine(text, tree.problems) : undefined;
  if (line === undefined) return undefined;
  const { offset, length } = line;
  const read = parseYaml(text.slice(0, offset) + ' '.repeat(length) + text.slice(offset + length));
  const problems = tree.problems.slice(0, 1);
  return read.problems.length > 0 ? undefined : { ...read, text, problems, isPatchable: false };
}

function parseText(text: string, language: SyntaxLanguage): SyntaxTree {
  if (language === 'json') return parseJson(text);
  return language === 'yaml' ? parseYaml(text) : parseHttp(text);
}

/**
 * The language of a file by what the editor calls it, else by the end of its name (a path or a URI).
 * `undefined` for a file that is none of ours.
 */
export function languageOf(path: string, languageId?: string): SyntaxLanguage | undefined {
  switch (languageId) {
    case 'json':
    case 'jsonc':
    case 'json5':
      return 'json';
    case 'yaml':
    case 'dockercompose':
      return 'yaml';
    case 'http':
    case 'rest':
      return 'http';
    default:
  }
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  switch (extension) {
    case 'json':
    case 'jsonc':
      return 'json';
    case 'yaml':
    case 'yml':
      return 'yaml';
    case 'http':
    case 'rest':
      return 'http';
    default:
      return undefined;
  }
}
