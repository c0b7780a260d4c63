import { lineStart } from '../syntax/lines.ts';
import { startOf } from '../syntax/nodes.ts';
import { lastIndexAt } from '../syntax/textChange.ts';
import { keyColons, wrongTabs } from '../syntax/yaml/libyaml.ts';
import type { Rule, RuleFinding } from './rule.ts';

/** C17 */
export const cliSyntax: Rule = {
  code: 'cli-syntax',
  specification: ['C17'],
  title:
    'YAML at which the Hasura CLI stops, or that it reads in another way than it looks: a tab in an indentation, or no blank behind a colon.',
  severity: 'error',
  needs: 'document',
  check: ({ tree, model }, report) => {
    // Lines of a template or a conflict are not what the CLI gets in the end.
    if (tree.language !== 'yaml' || tree.foreign !== undefined) return;
    if (tree.problems.some(({ code }) => code === 'yaml-syntax')) return;
    const isReadByCli = (offset: number): boolean => {
      const role = model.roles[Math.max(0, lastIndexAt(tree.roots, offset, startOf))];
      return role !== undefined && role !== 'none' && role !== 'request';
    };
    for (const tab of wrongTabs(tree)) if (isReadByCli(tab)) report(ofTab(tree.text, tab));
    for (const colon of keyColons(tree)) if (isReadByCli(colon)) report(ofColon(tree.text, colon));
  },
};

function ofColon(text: string, offset: number): RuleFinding {
  const isBracket = /[[{]/.test(text.charAt(offset + 1));
  return {
    message: isBracket
      ? 'The Hasura CLI stops at this colon, and builds no metadata at all: a blank is missing behind it.'
      : 'The Hasura CLI takes this colon for a part of the word before it: a blank is missing behind it.',
    severity: isBracket ? 'error' : 'warning',
    offset,
    length: 1,
    fixes: [
      {
        title: 'Add a blank behind the colon',
        edits: [{ offset: offset + 1, length: 0, text: ' ' }],
        preferred: true,
      },
    ],
  };
}

function ofTab(text: string, offset: number): RuleFinding {
  let start = offset;
  let end = offset;
  while (/[ \t]/.test(text.charAt(end))) end++;
  const isBlank = /^(?:\r?\n|$)/.test(text.slice(end, end + 2));
  const isBehindDash = text.slice(lineStart(text, offset), offset).includes('-');
  if (isBlank && !isBehindDash) while (text.charAt(start - 1) === ' ') start--;
  return {
    message: 'The Hasura CLI stops at a tab where an entry could begin, and builds no metadata at all.',
    offset,
    length: 1,
    fixes: [
      {
        title: 'Remove the tab',
        // Behind a dash a blank has to stay.
        edits: [{ offset: start, length: end - start, text: text[start - 1] === '-' && !isBlank ? ' ' : '' }],
        preferred: true,
      },
    ],
  };
}
