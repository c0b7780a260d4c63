import type { DocumentContext } from '../../join/documentContext.ts';
import { replaceScalar } from '../../syntax/edit/edits.ts';
import { isWithin, type TextReplacement } from '../../syntax/textRange.ts';

/**
 * Edits that give the relationship that begins at an offset another name, in the quotes that are there; `undefined` when
 * there is none, or its name stands elsewhere, where others read it too.
 */
export function newName(
  { model, tree }: DocumentContext,
  offset: number,
  name: string,
): readonly TextReplacement[] | undefined {
  const found = model.relationships.find(({ node }) => node.offset === offset);
  if (found?.name.state !== 'present') return undefined;
  const written = found.name.node;
  if (written.aliasOf !== undefined || !isWithin(written, found.node)) return undefined;
  return replaceScalar(tree, written, name);
}
