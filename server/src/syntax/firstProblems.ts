import { lineStart } from './lines.ts';
import type { SyntaxProblem, SyntaxTree } from './tree.ts';

/** So many are told: when they are mended, the next are. */
const most = 20;

/**
 * What is wrong with the syntax of a text, without what follows from it: in JSON one mistake leads to the next; in YAML
 * all lines below a broken one that stand further right may only seem to be wrong.
 */
export function firstProblems({ language, problems, text }: SyntaxTree): readonly SyntaxProblem[] {
  if (language === 'json') return problems.slice(0, 1);
  if (language === 'http') return problems;
  let before: SyntaxProblem | undefined;
  let count = 0;
  return problems.filter((problem) => {
    if (problem.code !== 'yaml-syntax') return true;
    if (before !== undefined && follows(problem, before, text)) return false;
    before = problem;
    return ++count <= most;
  });
}

/** Whether a problem stands on the line of another one, or below it and no line between begins as far left as that. */
function follows(problem: SyntaxProblem, before: SyntaxProblem, text: string): boolean {
  const start = lineStart(text, before.offset);
  const column = indentation(text, start);
  for (let line = lineEnd(text, start) + 1; line <= problem.offset; line = lineEnd(text, line) + 1) {
    if (!isBlank(text, line) && indentation(text, line) <= column) return false;
  }
  return true;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function indentation(text: string, line: number): number {
  let position = line;
  while (text.charCodeAt(position) === 32) position++;
  return position - line;
}

function isBlank(text: string, line: number): boolean {
  return text.slice(line, lineEnd(text, line)).trim() === '';
}
