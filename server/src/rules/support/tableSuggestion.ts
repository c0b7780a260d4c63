import { defaultSchemaOf } from '../../../../common/src/metadataApi/document/sourceKinds.ts';
import type { Source, Table } from '../../catalogue/catalogue.ts';
import { tableText } from '../../catalogue/tableNames.ts';
import { suggest } from '../../schema/suggest.ts';
import type { TableName } from '../../schema/tableName.ts';
import { quoteScalar, replaceContent } from '../../syntax/edit/scalarText.ts';
import { contentRange, type TextRange, type TextReplacement } from '../../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../../syntax/tree.ts';
import type { Fix } from '../rule.ts';

/** The table of the source that was most likely meant by a name it does not have. */
export function nearestTable(source: Source, name: TableName): Table | undefined {
  const { tables, kind } = source;
  const text = tableText(kind, name);
  const bySpelling = new Map(tables.map((table) => [table.text, table]));
  return (
    // A string is never split at its dot, though the server writes names so.
    bySpelling.get(name.name) ??
    tables.find((table) => table.name.name === name.name) ??
    bySpelling.get(suggest(text, bySpelling.keys()) ?? '') ??
    nearestByName(tables, name.name)
  );
}

function nearestByName(tables: readonly Table[], name: string): Table | undefined {
  const near = suggest(
    name,
    tables.map((table) => table.name.name),
  );
  return near === undefined ? undefined : tables.find((table) => table.name.name === near);
}

/** The part of a table name that is wrong: its schema where only that differs from the table meant, else its name. */
export function tableNameRange(node: SyntaxNode, name: TableName, meant: Table | undefined): TextRange {
  const nameNode = partNode(node, 'name');
  const schemaNode = partNode(node, 'schema');
  if (meant?.name.name === name.name && schemaNode !== undefined) return contentRange(schemaNode);
  return contentRange(nameNode ?? node);
}

/** Rewrites a table name as another table's, in the form it is written in; no fix where that is not safe. */
export function tableNameFixes(
  tree: SyntaxTree,
  node: SyntaxNode,
  kind: string | undefined,
  meant: Table | undefined,
): Fix[] {
  if (meant === undefined || [node, ...node.children].some(standsElsewhere)) return [];
  const edits = tableNameEdits(tree, node, kind, meant.name);
  if (edits === undefined || edits.length === 0) return [];
  return [{ title: `Change to table "${meant.text}"`, edits, preferred: true }];
}

function standsElsewhere({ aliasOf, merged }: SyntaxNode): boolean {
  return aliasOf !== undefined || merged;
}

function tableNameEdits(
  tree: SyntaxTree,
  node: SyntaxNode,
  kind: string | undefined,
  { name, schema, parts }: TableName,
): TextReplacement[] | undefined {
  const scalar = (text: string) => quoteScalar(text, 'plain', tree.language, true);
  if (node.kind === 'array') {
    if (node.children.length !== parts.length) return undefined;
    return node.children.flatMap((item, index) => replacePart(item, parts[index]));
  }
  const group = schema === defaultSchemaOf(kind) ? undefined : schema;
  if (node.kind === 'string') {
    if (group === undefined) return [replaceContent(node, name)];
    const entry = (key: string, value: string) => `${scalar(key)}: ${scalar(value)}`;
    return [
      {
        offset: node.offset,
        length: node.length,
        text: `{${entry('schema', group)}, ${entry('name', name)}}`,
      },
    ];
  }
  const nameNode = partNode(node, 'name');
  const schemaNode = partNode(node, 'schema');
  if (nameNode?.key === undefined) return undefined;
  const edits = replacePart(nameNode, name);
  if (schemaNode !== undefined)
    return [...edits, ...replacePart(schemaNode, schema ?? defaultSchemaOf(kind))];
  if (group === undefined) return edits;
  if (node.style === 'block') return undefined;
  const text = `${scalar('schema')}: ${scalar(group)}, `;
  return [{ offset: nameNode.key.offset, length: 0, text }, ...edits];
}

function replacePart(node: SyntaxNode, text: string | undefined): TextReplacement[] {
  return text === undefined || node.value === text ? [] : [replaceContent(node, text)];
}

/** The node of the name, or of the schema or dataset, of a table name. */
function partNode(node: SyntaxNode, part: 'name' | 'schema'): SyntaxNode | undefined {
  if (node.aliasOf !== undefined) return undefined;
  if (node.kind === 'array') return part === 'name' ? node.children.at(-1) : node.children.at(-2);
  if (node.kind !== 'object') return undefined;
  const keys = part === 'name' ? ['name'] : ['schema', 'dataset'];
  return node.children.find((child) => keys.includes(String(child.key?.value)) && !child.merged);
}
