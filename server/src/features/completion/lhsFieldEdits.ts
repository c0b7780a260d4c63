import type { RemoteSchemaJoin } from '../../join/joinPath.ts';
import { lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import type { Cursor } from '../../syntax/cursor/cursor.ts';
import { appendItems } from '../../syntax/edit/edits.ts';
import { insertKey } from '../../syntax/edit/insertKey.ts';
import { inlineText } from '../../syntax/edit/renderValue.ts';
import { quoteScalar } from '../../syntax/edit/scalarText.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** Names in `lhs_fields`; `undefined` when the list can't be read. */
export function listedFields(join: RemoteSchemaJoin): ReadonlySet<string> | undefined {
  const { lhsFields } = join.definition;
  if (lhsFields.state === 'present') return new Set(lhsFields.value.map((field) => field.value));
  return lhsFields.state === 'missing' ? new Set() : undefined;
}

/**
 * Edits of the document that add names to `lhs_fields` (or `hasura_fields`) in the style the list is written in, the
 * whole key when there is none. `undefined` where that can't be done safely: an alias, a value of another kind.
 */
export function lhsFieldEdits(
  join: RemoteSchemaJoin,
  cursor: Cursor,
  names: readonly string[],
): TextReplacement[] | undefined {
  const { form, node } = join.definition;
  const key = lhsFieldsKeys[form];
  const child = (name: string) => node.children.find((each) => each.key?.value === name);
  const list = child(key);
  const { tree } = cursor;
  if (list === undefined) {
    const next = child('remote_field');
    const edit = next && insertKey(tree, node, key, names, next);
    return edit && inDocument(cursor, [edit]);
  }
  if (list.merged || list.aliasOf !== undefined) return undefined;
  if (list.kind === 'null' && list.length === 0 && cursor.style !== 'json') {
    const text = ` ${inlineText(names, tree.language)}`;
    return inDocument(cursor, [{ offset: list.offset, length: 0, text }]);
  }
  if (list.kind !== 'array') return undefined;
  const last = list.children.at(-1);
  if (last?.value === '' || (last?.kind === 'null' && last.length === 0))
    return fillItem(last, cursor, names);
  const edits = appendItems(tree, list, names);
  return edits && inDocument(cursor, edits);
}

/** The first of the names in place of an item that is empty yet, the others behind it. */
function fillItem(item: SyntaxNode, cursor: Cursor, names: readonly string[]): TextReplacement[] | undefined {
  if (names.length > 1 && item.parent?.style === 'block') return undefined;
  const scalars = names.map((name) => quoteScalar(name, 'plain', cursor.tree.language, true));
  const text = `${item.length === 0 ? ' ' : ''}${scalars.join(', ')}`;
  return inDocument(cursor, [{ offset: item.offset, length: item.length, text }]);
}

/** Edits of the excerpt as edits of the document; `undefined` where one of them is not in the document. */
function inDocument(cursor: Cursor, edits: readonly TextReplacement[]): TextReplacement[] | undefined {
  const moved = edits.flatMap((edit) => {
    const offset = cursor.toDocument(edit.offset);
    return offset === undefined ? [] : [{ ...edit, offset }];
  });
  return moved.length === edits.length ? moved : undefined;
}
