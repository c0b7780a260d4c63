import type { Knowledge } from '../../catalogue/catalogue.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import { suggest } from '../../schema/suggest.ts';
import { contentRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import type { RuleFinding } from '../rule.ts';
import { didYouMean, renameFixes } from './suggestion.ts';

/**
 * Whether the server lacks what a relationship names. Metadata is applied as a whole, so what only the configuration has is not
 * there; a request goes to a server that may have more.
 */
export function isLacking(
  target: Knowledge<{ readonly isOnlyConfigured: boolean }>,
  { request }: Pick<Relationship, 'request'>,
): boolean {
  return (
    target.state === 'absent' ||
    (target.state === 'present' && target.value.isOnlyConfigured && request === undefined)
  );
}

/** What is said of it: `known` are those that are there. */
export function lackingName(
  what: 'remote schema' | 'source',
  { value: name, node }: { readonly value: string; readonly node: SyntaxNode },
  target: Knowledge<unknown>,
  known: readonly { readonly name: string }[],
): RuleFinding {
  if (target.state !== 'absent') {
    const message = `The metadata has no ${what} "${name}": only the configuration does.`;
    return { message, ...contentRange(node) };
  }
  const suggestion = suggest(
    name,
    known.map((each) => each.name),
  );
  return {
    message: `There is no ${what} "${name}".${didYouMean(suggestion)}`,
    ...contentRange(node),
    fixes: renameFixes(node, suggestion),
  };
}
