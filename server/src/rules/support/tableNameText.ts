import { backendOf } from '../../../../common/src/metadataApi/document/sourceKinds.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Property, TableOwner } from '../../metadata/relationship.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { sourceJoins } from './joinReaders.ts';
import { inconsistentObject } from './messages.ts';

/**
 * The server's text about a table name it can't read. The table of a `to_source` is only read once the target's kind is
 * known (R31), any other with the document or request (R65). Nothing where that is no table, or the text is not known.
 */
export function unreadableTableText(
  context: DocumentContext,
  { shape, node }: { readonly shape: string; readonly node: SyntaxNode },
  textOf: (kind: string) => string | undefined,
): { readonly serverMessage?: string } {
  const text = shape === 'table' ? textOfTable(context, node, textOf) : undefined;
  return text === undefined ? {} : { serverMessage: text };
}

function textOfTable(
  context: DocumentContext,
  node: SyntaxNode,
  textOf: (kind: string) => string | undefined,
): string | undefined {
  const join = sourceJoins(context).find(({ definition }) => isUnreadable(definition.table, node));
  if (join !== undefined) {
    const kind = knownValue(join.source)?.kind;
    const text = kind === undefined ? undefined : textOf(kind);
    return text && inconsistentObject(context, join.relationship, text);
  }
  const kind = ownKind(context, node);
  return kind === undefined ? undefined : textOf(kind);
}

/** The kind of the source whose table, with relationships of its own, has the unreadable name. */
function ownKind({ model, catalogue }: DocumentContext, node: SyntaxNode): string | undefined {
  const kindOf = (source: TableOwner['source']) => source && knownValue(catalogue.source(source.name))?.kind;
  const entry = model.tables.find(({ table }) => isUnreadable(table, node));
  if (entry !== undefined) return kindOf(entry.source);
  for (const { owner, request } of model.relationships) {
    if (owner.kind !== 'table' || !isUnreadable(owner.table, node)) continue;
    return kindOf(owner.source) ?? (request?.prefix === undefined ? undefined : backendOf(request.prefix));
  }
  return undefined;
}

function isUnreadable(table: Property<unknown>, node: SyntaxNode): boolean {
  return table.state === 'malformed' && table.node === node;
}

/** What the server says of a table name that is neither a string nor an object, where the text is its own. */
export function tableParserText(kind: string): string | undefined {
  const backend = backendOf(kind);
  if (backend === 'bigquery' || backend === 'data-connector') return undefined;
  return `expecting a string/object for ${backend === 'mssql' ? 'TableName' : 'QualifiedObject'}`;
}

/** What it says of an object without a `name`, where that is known. */
export function tableWithoutNameText(kind: string): string | undefined {
  return tableParserText(kind) && 'key "name" not found';
}
