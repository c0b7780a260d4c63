import type { Knowledge } from '../../catalogue/catalogue.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import { contentRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import type { RuleFinding } from '../rule.ts';

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

export function onlyConfigured(
  what: 'remote schema' | 'source',
  name: string,
  node: SyntaxNode,
): Pick<RuleFinding, 'message' | 'offset' | 'length' | 'fixes'> {
  return {
    message: `The metadata has no ${what} "${name}": only the configuration does.`,
    ...contentRange(node),
    fixes: [],
  };
}
