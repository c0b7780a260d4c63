import type { RemoteSchemaJoin } from '../../join/joinPath.ts';
import { lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import type { Cursor } from '../../syntax/cursor/cursor.ts';
import { lineStart } from '../../syntax/lines.ts';
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
  const { definition } = join;
  const key = lhsFieldsKeys[definition.form];
  const list = definition.node.children.find((child) => child.key?.value === key);
  if (list === undefined) return addKey(definition.node, key, cursor, names);
  if (list.merged || list.aliasOf !== undefined) return undefined;
  if (list.kind === 'null' && list.length === 0 && cursor.style !== 'json') {
    return insertion(cursor, list.offset, ` [${names.map((name) => scalar(name, cursor)).join(', ')}]`);
  }
  if (list.kind !== 'array') return undefined;
  return addItems(list, cursor, names);
}

function addItems(list: SyntaxNode, cursor: Cursor, names: readonly string[]): TextReplacement[] | undefined {
  const last = list.children.at(-1);
  if (last === undefined) {
    return insertion(cursor, list.offset + 1, names.map((name) => scalar(name, cursor)).join(', '));
  }
  if (last.value === '' || (last.kind === 'null' && last.length === 0)) return fillItem(last, cursor, names);
  const end = last.offset + last.length;
  const { text } = cursor.tree;
  const line = lineStart(text, last.offset);
  if (list.style !== 'block') {
    const before = text.slice(line, last.offset);
    const ownLine = line > list.offset && before.trim() === '';
    const gap = ownLine ? cursor.newline + before : ' ';
    return insertion(cursor, end, names.map((name) => `,${gap}${scalar(name, cursor)}`).join(''));
  }
  const dash = /^ *- */.exec(text.slice(line, last.offset))?.[0];
  if (dash === undefined || line + dash.length !== last.offset) return undefined;
  return insertion(
    cursor,
    end,
    names.map((name) => `${cursor.newline}${dash}${scalar(name, cursor)}`).join(''),
  );
}

/** The first of the names in place of an item that is empty yet, the others behind it. */
function fillItem(item: SyntaxNode, cursor: Cursor, names: readonly string[]): TextReplacement[] | undefined {
  const [first, ...more] = names;
  const offset = cursor.toDocument(item.offset);
  if (first === undefined || offset === undefined) return undefined;
  if (more.length > 0 && item.parent?.style === 'block') return undefined;
  const text = `${item.length === 0 ? ' ' : ''}${[first, ...more].map((name) => scalar(name, cursor)).join(', ')}`;
  return [{ offset, length: item.length, text }];
}

/** The whole key, before `remote_field`. */
function addKey(
  definition: SyntaxNode,
  key: string,
  cursor: Cursor,
  names: readonly string[],
): TextReplacement[] | undefined {
  const next = definition.children.find((child) => child.key?.value === 'remote_field')?.key;
  if (next === undefined) return undefined;
  const { text } = cursor.tree;
  const before = text.slice(lineStart(text, next.offset), next.offset);
  const list = `[${names.map((name) => scalar(name, cursor)).join(', ')}]`;
  const member = `${scalar(key, cursor)}: ${list}`;
  if (definition.style === 'block') {
    // Behind a dash the next line is indented to where the key stands.
    const indentation = ' '.repeat(before.length);
    return insertion(cursor, next.offset, `${member}${cursor.newline}${indentation}`);
  }
  const ownLine = before.trim() === '';
  return insertion(cursor, next.offset, `${member},${ownLine ? `${cursor.newline}${before}` : ' '}`);
}

function scalar(text: string, cursor: Cursor): string {
  return quoteScalar(text, 'plain', cursor.tree.language, true);
}

function insertion(cursor: Cursor, at: number, text: string): TextReplacement[] | undefined {
  const offset = cursor.toDocument(at);
  return offset === undefined ? undefined : [{ offset, length: 0, text }];
}
