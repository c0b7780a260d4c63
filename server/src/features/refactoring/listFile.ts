import { tableText } from '../../catalogue/tableNames.ts';
import { isInclude } from '../../metadata/nodes.ts';
import type { TableEntry } from '../../metadata/relationship.ts';
import { baseName, directoryOf, isInside, relativePath, uriOfPath } from '../../project/files.ts';
import { includablePath } from '../../project/includes.ts';
import type { PositionIn } from '../../project/positions.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { lineBreakOf } from '../../syntax/edit/layout.ts';
import { lineContentStart, lineEnd } from '../../syntax/lines.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import type { SyntaxTree } from '../../syntax/tree.ts';
import type { FileChange } from './fileChange.ts';

/** The edit after which a list of tables includes a file that nothing leads to. */
export interface Listing {
  /** Name of the file with the list. */
  readonly list: string;
  readonly edit: FileChange;
}

/**
 * How the table file `key` is included by the nearest list of tables at or above its folder; `undefined` where there is
 * none, its text can't be added to, or the table is in the metadata already.
 */
export function listFile(
  workspace: Workspace,
  project: Project,
  key: string,
  positionIn: PositionIn,
): Listing | undefined {
  const [own, ...others] = workspace.context(key)?.model.tables ?? [];
  if (own === undefined || others.length > 0 || own.node.parent !== undefined) return undefined;
  const lists = [...project.files].filter(
    ([path, { role }]) => role === 'tables' && isInside(key, directoryOf(path)),
  );
  const [list] = lists.map(([path]) => path).toSorted((a, b) => b.length - a.length);
  const tree = list === undefined ? undefined : workspace.documents.get(list)?.tree;
  if (list === undefined || tree === undefined || isTracked(workspace, project, own)) return undefined;
  const addition = withItem(tree, relativePath(directoryOf(list), key));
  if (addition === undefined) return undefined;
  const uri = uriOfPath(list);
  const start = positionIn(uri, addition.offset);
  const end = positionIn(uri, addition.offset + addition.length);
  return {
    list: baseName(list),
    edit: { uri, exists: true, edits: [{ range: { start, end }, newText: addition.text }] },
  };
}

function isTracked(workspace: Workspace, project: Project, own: TableEntry): boolean {
  const nameOf = ({ table }: TableEntry): string | undefined =>
    table.state === 'present' ? tableText(undefined, table.value) : undefined;
  const name = nameOf(own);
  return [...project.files].some(([path, context]) => {
    const tables = workspace.documents.get(path)?.outline(context).tables ?? [];
    return tables.some((table) => nameOf(table) === name);
  });
}

/** One more include in a list that holds nothing else, or nothing. */
function withItem(tree: SyntaxTree, path: string): TextReplacement | undefined {
  const [list, ...others] = tree.roots;
  if (list?.kind !== 'array' || others.length > 0 || tree.problems.length > 0) return undefined;
  const item = `"!include ${path}"`;
  if (!includablePath.test(path)) return undefined;
  const last = list.children.at(-1);
  if (last === undefined) {
    const isFirst = lineContentStart(tree.text, list.offset) === list.offset;
    return isFirst ? { offset: list.offset, length: list.length, text: `- ${item}` } : undefined;
  }
  if (list.style !== 'block' || last.aliasOf !== undefined || !isInclude(last)) return undefined;
  const start = lineContentStart(tree.text, last.offset);
  const dash = tree.text.slice(start, last.offset).replace(/!include\s*$/, '');
  if (!/^ *- +$/.test(dash)) return undefined;
  const end = lineEnd(tree.text, last.offset + last.length);
  return {
    offset: end,
    length: 0,
    text: `${lineBreakOf(tree)}${dash}${last.tag === undefined ? item : `!include ${path}`}`,
  };
}
