import type {
  KindOf,
  RelationshipIdentity,
} from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { tableText } from '../../../common/src/metadataApi/document/tableName.ts';

/** `table "sales.customer" of source "shop"`, `type "Person" of remote schema "people"`: as other programs read it. */
export function quotedOwnerText(identity: RelationshipIdentity, kindOf: KindOf): string {
  return identity.owner === 'table'
    ? `table "${tableText(kindOf(identity.source), identity.table)}" of source "${identity.source}"`
    : `type "${identity.typeName}" of remote schema "${identity.remoteSchema}"`;
}
