import { localized } from '../../localized.ts';
import type { Json } from './json.ts';
import { tableKey, tableText } from './tableName.ts';

/** What makes a relationship that one relationship: its owner and its name. */
export type RelationshipIdentity = TableRelationshipIdentity | TypeRelationshipIdentity;

export interface TableRelationshipIdentity {
  readonly owner: 'table';
  readonly source: string;
  /** In any of the forms of spec 2.6. */
  readonly table: Json;
  readonly name: string;
}

export interface TypeRelationshipIdentity {
  readonly owner: 'remote-schema';
  readonly remoteSchema: string;
  readonly typeName: string;
  readonly name: string;
}

/** The kind of a source by its name; `undefined` when there is no such source. */
export type KindOf = (source: string) => string | undefined;

/** Equal for equal relationships, however their tables are written. */
export function identityKey(identity: RelationshipIdentity, kindOf: KindOf): string {
  return JSON.stringify(
    identity.owner === 'table'
      ? [identity.source, tableKey(kindOf(identity.source), identity.table), identity.name]
      : [identity.remoteSchema, identity.typeName, identity.name, 'type'],
  );
}

/** `table sales.customer of source shop`, `type Person of remote schema people`. */
export function ownerText(identity: RelationshipIdentity, kindOf: KindOf): string {
  return identity.owner === 'table'
    ? localized`table ${tableText(kindOf(identity.source), identity.table)} of source ${identity.source}`
    : localized`type ${identity.typeName} of remote schema ${identity.remoteSchema}`;
}

export function identityText(identity: RelationshipIdentity, kindOf: KindOf): string {
  return `${identity.name} (${ownerText(identity, kindOf)})`;
}
