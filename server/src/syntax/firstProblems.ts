import { indentationOf, lineEnd, lineStart, nextLine } from './lines.ts';
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
  const column = indentationOf(text, start);
  const end = Math.min(problem.offset, text.length - 1);
  for (let line = nextLine(text, start); line <= end; line = nextLine(text, line)) {
    if (!isBlank(text, line) && indentationOf(text, line) <= column) return false;
  }
  return true;
}

function isBlank(text: string, line: number): boolean {
  return text.slice(line, lineEnd(text, line)).trim() === '';
}
