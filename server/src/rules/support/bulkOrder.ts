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
  const keys = new Map(model.relationships.map((each) => [each, keyOf(each, catalogue)]));
  const bulks = groupBy(model.relationships, (each) =>
    keys.get(each) ? bulkOf(each.request?.type) : undefined,
  );
  // Each item is one of them: no bulk within, no placeholder, and no command that is about something else.
  const inBulk = [...bulks].flatMap(([bulk, list]) => (list.length === bulk.children.length ? list : []));
  const groups = groupBy(inBulk, (each) => `${bulkOf(each.request?.type)?.offset} ${keys.get(each)}`);
  const groupOf = new Map(
    [...groups.values()].flatMap((group) => group.map((each) => [each, group] as const)),
  );
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
