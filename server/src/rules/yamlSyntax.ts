import { firstProblems } from '../syntax/firstProblems.ts';
import { lineEnd } from '../syntax/lines.ts';
import { isAboutKeys, isWords } from '../syntax/strayLine.ts';
import type { Rule } from './rule.ts';

export const yamlSyntax: Rule = {
  code: 'yaml-syntax',
  specification: [],
  title: 'A metadata file is not valid YAML.',
  severity: 'error',
  needs: 'document',
  check: ({ tree, model }, report) => {
    if (tree.language !== 'yaml' || model.roles.every((role) => role === 'none')) return;
    for (const { message, offset, length } of firstProblems(tree)) {
      const stray = isAboutKeys.test(message) ? restOfLine(tree.text, offset) : undefined;
      if (stray === undefined) report({ message, offset, length });
      else report({ message: ofStrayLine, offset, length: stray.length });
    }
  },
};

const ofStrayLine =
  'This line is neither a key with a value nor a list item: a colon is missing, or the line does not belong here.';

/** The rest of a line that is nothing but words. */
function restOfLine(text: string, offset: number): string | undefined {
  const line = text.slice(offset, lineEnd(text, offset)).trimEnd();
  return isWords(line) ? line : undefined;
}
