import { firstProblems } from '../syntax/firstProblems.ts';
import type { Rule } from './rule.ts';

export const yamlSyntax: Rule = {
  code: 'yaml-syntax',
  specification: [],
  title: 'A metadata file is no valid YAML.',
  severity: 'error',
  needs: 'document',
  check: ({ tree, model }, report) => {
    if (tree.language !== 'yaml' || model.roles.every((role) => role === 'none')) return;
    for (const { message, offset, length } of firstProblems(tree)) report({ message, offset, length });
  },
};
