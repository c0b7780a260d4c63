import type {
  KindOf,
  RelationshipIdentity,
} from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { tableText } from '../../../common/src/metadataApi/document/tableName.ts';
import { tableOwnerText, typeOwnerText } from '../changes/relationshipOwner.ts';

/** The owner of a relationship as other programs read it. */
export function quotedOwnerText(identity: RelationshipIdentity, kindOf: KindOf): string {
  return identity.owner === 'table'
    ? tableOwnerText(tableText(kindOf(identity.source), identity.table), identity.source)
    : typeOwnerText(identity.typeName, identity.remoteSchema);
}
