import { firstProblems } from '../syntax/firstProblems.ts';
import type { SyntaxProblem } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

export const yamlSyntax: Rule = {
  code: 'yaml-syntax',
  specification: [],
  title: 'A metadata file is no valid YAML.',
  severity: 'error',
  needs: 'document',
  check: ({ tree, model }, report) => {
    if (tree.language !== 'yaml' || model.roles.every((role) => role === 'none')) return;
    for (const problem of firstProblems(tree)) {
      const { offset, length } = problem;
      report({ message: isStrayLine(problem, tree.text) ? strayLine : problem.message, offset, length });
    }
  },
};

const strayLine =
  'This line is no key with a value and no list item: a colon is missing, or it does not belong here.';

/** Whether an error is about a line of words alone, whatever the parser takes it for. */
function isStrayLine({ message, offset }: SyntaxProblem, text: string): boolean {
  if (!/^(?:Implicit (?:map )?keys|Sequence item without)/.test(message)) return false;
  const end = text.indexOf('\n', offset);
  const line = text.slice(offset, end === -1 ? text.length : end);
  return line.length < 1000 && /^[^-:"'[\]{}&*!|>%@`#\s][^:"'[\]{}]*$/.test(line);
}
