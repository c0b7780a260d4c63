import { knownValue, type Source, type Table } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Relationship, TableOwner } from '../../metadata/relationship.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { relationshipName } from './messages.ts';

/** A known table that a document gives remote relationships. */
export interface OwnerTable {
  readonly source: Source;
  readonly table: Table;
  /** Its name, where it gets them. */
  readonly node: SyntaxNode;
  /** How many. */
  readonly relationships: number;
  /** The name of the only one. */
  readonly relationship: string | undefined;
  /** By a request. */
  readonly requested: boolean;
}

/** The known tables the document gives relationships: one for each table entry, and one for each request that gives one. */
export function ownerTables({ model, catalogue }: DocumentContext): readonly OwnerTable[] {
  const found: OwnerTable[] = [];
  const add = (
    { table, source }: Pick<TableOwner, 'table' | 'source'>,
    relationships: readonly Relationship[],
    requested: boolean,
  ): void => {
    const [first, second] = relationships;
    if (first === undefined || source === undefined || table.state !== 'present') return;
    const known = knownValue(catalogue.source(source.name));
    const value = known && knownValue(known.table(table.value));
    if (known === undefined || value === undefined) return;
    found.push({
      source: known,
      table: value,
      node: table.node,
      relationships: relationships.length,
      relationship: second === undefined ? relationshipName(first) : undefined,
      requested,
    });
  };
  for (const entry of model.tables) add(entry, entry.relationships, false);
  for (const relationship of model.relationships) {
    const { owner, request } = relationship;
    if (owner.kind !== 'table' || request === undefined || request.verb === 'delete') continue;
    add(owner, [relationship], true);
  }
  return found;
}
