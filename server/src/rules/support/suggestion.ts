import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import { suggest } from '../../schema/suggest.ts';
import { replaceContent } from '../../syntax/edit/scalarText.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import type { Fix } from '../rule.ts';

/** ` Did you mean "x"?`, or nothing: the end of a message. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
}

/**
 * The fix that writes another name in place of what the scalar says (behind `prefix`, for `$column`: then it must be a
 * GraphQL name). None without a suggestion, for an alias or a block scalar.
 */
export function renameFixes(node: SyntaxNode, suggestion: string | undefined, prefix = ''): readonly Fix[] {
  if (suggestion === undefined || node.kind !== 'string' || node.style === 'block-scalar') return [];
  if (node.aliasOf !== undefined || (prefix !== '' && !isGraphqlName(suggestion))) return [];
  const text = prefix + suggestion;
  return [{ title: `Change to "${text}"`, edits: [replaceContent(node, text)], preferred: true }];
}

/** The name nearest to what the scalar says, the end of the message that offers it, and the fix that writes it. */
export function suggestName(
  node: SyntaxNode,
  candidates: Iterable<string>,
): { readonly hint: string; readonly fixes: readonly Fix[] } {
  const suggestion = typeof node.value === 'string' ? suggest(node.value, candidates) : undefined;
  return { hint: didYouMean(suggestion), fixes: renameFixes(node, suggestion) };
}
