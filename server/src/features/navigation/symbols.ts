import { knownValue } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Property, Relationship, TableEntry } from '../../metadata/relationship.ts';
import { property } from '../../syntax/nodes.ts';
import { isWithin } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** A table, type or relationship of a document; offsets are UTF-16. */
export interface DocumentSymbolEntry {
  readonly name: string;
  readonly kind: 'table' | 'remote-schema' | 'type' | 'relationship';
  readonly node: SyntaxNode;
  /** What is selected: the name. */
  readonly selection: SyntaxNode;
  readonly children: readonly DocumentSymbolEntry[];
}

/** The outline of a document: tables and types of remote schemas with their remote relationships. */
export function symbols({ model }: DocumentContext): DocumentSymbolEntry[] {
  const tables = model.tables.map(tableSymbol);
  const schemas = model.remoteSchemas.map(
    (schema): DocumentSymbolEntry => ({
      name: textOf(schema.name) ?? 'remote schema',
      kind: 'remote-schema',
      node: schema.node,
      selection: nodeOf(schema.name) ?? schema.node,
      children: schema.types.map((type) => ({
        name: textOf(type.typeName) ?? 'type',
        kind: 'type' as const,
        node: type.node,
        selection: nodeOf(type.typeName) ?? type.node,
        children: type.relationships.map(relationshipSymbol),
      })),
    }),
  );
  const owned = new Set(
    [...model.tables, ...model.remoteSchemas.flatMap((schema) => schema.types)].flatMap(
      (owner) => owner.relationships,
    ),
  );
  const others = model.relationships.filter((relationship) => !owned.has(relationship));
  return [...tables, ...schemas, ...others.map(relationshipSymbol)].toSorted(
    (a, b) => a.node.offset - b.node.offset,
  );
}

function tableSymbol(entry: TableEntry): DocumentSymbolEntry {
  const { table } = entry;
  const name = knownValue(table);
  return {
    name: name === undefined ? 'table' : name.form === 'list' ? name.parts.join('.') : qualified(name),
    kind: 'table',
    node: entry.node,
    selection:
      table.state === 'present' && isWithin(table.node, entry.node) ? nameIn(table.node) : entry.node,
    children: entry.relationships.map(relationshipSymbol),
  };
}

/** Where a table's own name stands: an editor shows that line above what it scrolls through. */
function nameIn(table: SyntaxNode): SyntaxNode {
  const name = table.kind === 'array' ? table.children.at(-1) : property(table, 'name');
  return name !== undefined && isWithin(name, table) ? name : table;
}

function qualified({ schema, name }: { readonly schema: string | undefined; readonly name: string }): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

function relationshipSymbol(relationship: Relationship): DocumentSymbolEntry {
  const name = nodeOf(relationship.name);
  return {
    name: textOf(relationship.name) ?? 'relationship',
    kind: 'relationship',
    node: relationship.node,
    // What comes from an anchor elsewhere can't be selected inside.
    selection: name !== undefined && isWithin(name, relationship.node) ? name : relationship.node,
    children: [],
  };
}

function textOf(property: Property<string>): string | undefined {
  return property.state === 'present' && property.value !== '' ? property.value : undefined;
}

function nodeOf(property: Property<string>): SyntaxNode | undefined {
  return property.state === 'present' ? property.node : undefined;
}
