import type { Json } from './json.ts';
import type { KindOf, RelationshipIdentity } from './relationshipIdentity.ts';
import { tableKey } from './tableName.ts';

/** What relationships belong to, or lead to. */
export type Owner =
  | { readonly what: 'source'; readonly source: string }
  /** The table's name in any of the forms of spec 2.6. */
  | { readonly what: 'table'; readonly source: string; readonly table: Json }
  | { readonly what: 'remote-schema'; readonly remoteSchema: string };

/** Whether a relationship is one of this table, of a type of this remote schema, or of any table of this source. */
export function owns(owner: Owner, identity: RelationshipIdentity, kindOf: KindOf): boolean {
  if (identity.owner === 'remote-schema') {
    return owner.what === 'remote-schema' && owner.remoteSchema === identity.remoteSchema;
  }
  if (owner.what === 'remote-schema' || owner.source !== identity.source) return false;
  const kind = kindOf(owner.source);
  return owner.what === 'source' || tableKey(kind, owner.table) === tableKey(kind, identity.table);
}
