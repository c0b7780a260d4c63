import { groupBy } from '../../../../common/src/groupBy.ts';
import { type Catalogue, knownValue } from '../../catalogue/catalogue.ts';
import { tableKey } from '../../catalogue/tableNames.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import { property } from '../../syntax/nodes.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** What the items of a bulk do to one relationship before and behind a request there. */
export interface BulkOrder {
  /** The last that creates, changes or deletes it before; `undefined` where none does. */
  readonly before: 'create' | 'update' | 'delete' | undefined;
  /** The request that creates it behind. */
  readonly creator: Relationship | undefined;
}

/**
 * Each item of a `bulk` is checked against what the items before it left (6.5). The answer is `undefined` outside of one, where the
 * owner is not known, and where an item is something else than a request of a relationship that is known.
 */
export function bulkOrders({
  model,
  catalogue,
}: DocumentContext): (relationship: Relationship) => BulkOrder | undefined {
  const items = model.relationships.flatMap((relationship) => {
    const bulk = bulkOf(relationship.request?.type);
    const key = bulk && keyOf(relationship, catalogue);
    return bulk === undefined || key === undefined ? [] : [{ relationship, bulk, key }];
  });
  const groupOf = new Map<Relationship, readonly Relationship[]>();
  for (const [bulk, list] of groupBy(items, (item) => item.bulk)) {
    // No bulk within, no placeholder, and no command that is about something else.
    if (list.length !== bulk.children.length) continue;
    for (const same of groupBy(list, ({ key }) => key).values()) {
      const group = same.map(({ relationship }) => relationship);
      for (const each of group) groupOf.set(each, group);
    }
  }
  return (relationship) => {
    const group = groupOf.get(relationship);
    if (group === undefined) return undefined;
    const index = group.indexOf(relationship);
    const behind = group.slice(index + 1);
    return {
      before: group[index - 1]?.request?.verb,
      creator: behind.find(({ request }) => request?.verb === 'create'),
    };
  };
}

/** The list of the bulk whose item has this `type`. */
function bulkOf(type: SyntaxNode | undefined): SyntaxNode | undefined {
  const list = type?.parent?.parent;
  const command = list?.parent && property(list.parent, 'type')?.value;
  return list?.kind === 'array' && list.key?.value === 'args' && command === 'bulk' ? list : undefined;
}

function keyOf({ name, owner }: Relationship, catalogue: Catalogue): string | undefined {
  if (name.state !== 'present') return undefined;
  if (owner.kind === 'table') {
    const table = knownValue(owner.table);
    if (table === undefined || owner.source === undefined) return undefined;
    const key = tableKey(knownValue(catalogue.source(owner.source.name))?.kind, table);
    return key === undefined ? undefined : JSON.stringify([owner.source.name, key, name.value]);
  }
  const type = knownValue(owner.typeName);
  if (owner.kind === 'action-type' || type === undefined || owner.remoteSchema === undefined)
    return undefined;
  return JSON.stringify([owner.remoteSchema.name, type, '', name.value]);
}
