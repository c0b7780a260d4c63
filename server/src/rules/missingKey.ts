import type { DocumentContext } from '../join/documentContext.ts';
import { lhsFieldsKeys } from '../metadata/metadataSchema.ts';
import type { ShapeProblemOf } from '../metadata/relationship.ts';
import { headRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Fix } from './rule.ts';
import { shapeRule, shapeWords } from './shapeRule.ts';
import { insertKeyFixes } from './support/insertKeyFixes.ts';
import { meantKeys } from './support/meantKeys.ts';
import { tableWithoutNameText, unreadableTableText } from './support/tableNameText.ts';

export const missingKey = shapeRule(
  {
    code: 'missing-key',
    specification: ['R6', 'R61', 'R65', '2'],
    title: 'A key that the server requires is missing.',
    severity: 'error',
  },
  ['key-not-found'],
  (problem, context) => ({
    message: `"${problem.key}" is missing in ${shapeWords(problem.shape)}.`,
    range: headRange(problem.node),
    fixes: fixes(problem, context),
    ...unreadableTableText(context, problem, tableWithoutNameText),
  }),
);

/** An object and those that are merged into it. */
function writtenObjects(node: SyntaxNode): readonly (SyntaxNode | undefined)[] {
  return [node, ...new Set(node.children.flatMap(({ merged, key }) => (merged ? [key?.parent] : [])))];
}

/** Only keys with a value that is right as it stands; preferred where none is meant to be called so. */
function fixes({ key, node }: ShapeProblemOf<'key-not-found'>, context: DocumentContext): readonly Fix[] {
  const { tree } = context;
  const preferred = !writtenObjects(node).some((object) => meantKeys(context, object)?.first.has(key));
  switch (key) {
    case 'arguments':
      return insertKeyFixes(tree, node, key, {}, preferred);
    case lhsFieldsKeys.unified:
    case lhsFieldsKeys.legacy:
      return insertKeyFixes(tree, node, key, [], preferred);
    case 'relationship_type':
      return ['object', 'array'].flatMap((value) => insertKeyFixes(tree, node, key, value, false));
    default:
      return [];
  }
}
