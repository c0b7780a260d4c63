import { backendOf } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Property, Relationship } from '../metadata/relationship.ts';
import type { TableName } from '../schema/tableName.ts';
import { quoteScalar, replaceContent } from '../syntax/edit/scalarText.ts';
import type { TextReplacement } from '../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import type { Fix, Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { tableParserText } from './support/tableNameText.ts';

/** A table name in a form that the source's backend does not take (R31). */
export const tableNameForm: Rule = {
  code: 'table-name-form',
  specification: ['R31'],
  title: 'A table name is in the form of another kind of database.',
  severity: 'error',
  check(context, report) {
    const seen = new Set<SyntaxNode>();
    const check = (
      relationship: Relationship | undefined,
      table: Property<TableName>,
      kind: string | undefined,
      serverMessage: (text: string) => string,
    ) => {
      if (table.state !== 'present' || kind === undefined || seen.has(table.node)) return;
      const wrong = wrongForm(table.value, kind);
      if (wrong === undefined) return;
      seen.add(table.node);
      const edit = rewritten(context.tree, table.node, table.value, kind);
      report({
        message: `This is not a table name for a ${kind} source: ${wrong.expected}.`,
        serverMessage: wrong.text && serverMessage(wrong.text),
        ...valueRange(context, table.node),
        relationship: relationship && relationshipName(relationship),
        fixes: edit ? [fixOf(edit)] : [],
      });
    };
    for (const join of context.joins) {
      if (join.kind !== 'to-source' || join.source.state !== 'present') continue;
      check(join.relationship, join.definition.table, join.source.value.kind, (text) =>
        inconsistentObject(context, join.relationship, text),
      );
    }
    for (const relationship of context.model.relationships) {
      if (relationship.owner.kind !== 'table') continue;
      const kind = ownKind(context, relationship);
      // The owner's table is parsed with the request or document: no context comes before the text.
      check(relationship, relationship.owner.table, kind, (text) => text);
    }
    // Every other table that is tracked refuses the document as well.
    for (const { table, source } of context.model.tables) {
      check(
        undefined,
        table,
        source && knownValue(context.catalogue.source(source.name))?.kind,
        (text) => text,
      );
    }
  },
};

/** The kind the owner's table name is read by: the source's; where that is not known, that of the command's prefix. */
function ownKind(context: DocumentContext, { owner, request }: Relationship): string | undefined {
  const source = owner.kind === 'table' && owner.source && context.catalogue.source(owner.source.name);
  const kind = source && source.state === 'present' ? source.value.kind : undefined;
  if (request?.prefix === undefined) return kind;
  const byPrefix = backendOf(request.prefix);
  // Where the two differ, the prefix is what is wrong.
  return kind === undefined || backendOf(kind) === byPrefix ? (kind ?? byPrefix) : undefined;
}

interface WrongForm {
  readonly expected: string;
  /** The server's text where it is the server's own and not its JSON library's. */
  readonly text: string | undefined;
}

function wrongForm({ form, schema }: TableName, kind: string): WrongForm | undefined {
  switch (kind) {
    case 'postgres':
    case 'citus':
    case 'cockroach':
    case 'mssql': {
      if (form === 'string' || form === 'schema') return undefined;
      return {
        expected: 'write "name" or {schema, name}',
        text: form === 'list' ? tableParserText(kind) : undefined,
      };
    }
    case 'bigquery':
      if (form === 'dataset' && schema !== undefined) return undefined;
      return { expected: 'write {dataset, name}', text: undefined };
    case 'mysql':
      // Of the native backend, gone since v2.26, the forms are not known.
      return undefined;
    default:
      if (form === 'list' || form === 'string') return undefined;
      return { expected: 'a data connector takes a list such as ["schema", "name"]', text: undefined };
  }
}

function fixOf(edit: TextReplacement): Fix {
  return { title: `Change to ${edit.text}`, edits: [edit], preferred: true };
}

/** The same name in the backend's form; `undefined` where a part of it is missing or it stands elsewhere. */
function rewritten(
  tree: SyntaxTree,
  node: SyntaxNode,
  { form, parts, schema: group, name: own }: TableName,
  kind: string,
): TextReplacement | undefined {
  if (node.aliasOf !== undefined || node.merged) return undefined;
  const groupKey = kind === 'bigquery' ? 'dataset' : 'schema';
  const scalar = (text: string) => quoteScalar(text, 'plain', tree.language, true);
  const written = form === 'list' ? parts : [group ?? '', own];
  if (written.length !== 2 || written.includes('')) return undefined;
  const [schema, name] = written.map(scalar);
  if (schema === undefined || name === undefined) return undefined;
  const whole = { offset: node.offset, length: endOf(node) - node.offset };
  if (form === 'list') {
    return {
      ...whole,
      text: `{${scalar(groupKey)}: ${schema}, ${scalar('name')}: ${name}}`,
    };
  }
  if (form === 'string') return undefined;
  if (backendOf(kind) === 'data-connector') {
    return node.style === 'flow' ? { ...whole, text: `[${schema}, ${name}]` } : undefined;
  }
  const key = node.children.find(
    (child) => child.key?.value === (groupKey === 'schema' ? 'dataset' : 'schema'),
  )?.key;
  return key === undefined ? undefined : replaceContent(key, groupKey);
}

/** A block list may end behind its last line break: what counts is its last item. */
function endOf(node: SyntaxNode): number {
  const last = node.style === 'block' ? node.children.at(-1) : undefined;
  return last === undefined ? node.offset + node.length : endOf(last);
}
