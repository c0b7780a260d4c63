import { type Json, stableText } from './json.ts';
import type { Owner } from './owner.ts';
import { identityKey, type KindOf, type RelationshipIdentity } from './relationshipIdentity.ts';
import { tableKey, tableText } from './tableName.ts';

/** A part of the metadata that a server names when it is inconsistent. */
export type MetadataObject =
  | Owner
  | { readonly what: 'relationship'; readonly identity: RelationshipIdentity }
  /** Of one of the lists in a table's entry; a permission's name is its role. */
  | {
      readonly what: 'table-item';
      readonly type: string;
      readonly source: string;
      readonly table: Json;
      readonly name: string;
    }
  /** Of one of the lists in a source. A function's name has the forms of a table's. */
  | { readonly what: 'source-item'; readonly type: string; readonly source: string; readonly name: Json }
  | { readonly what: 'remote-schema-permission'; readonly remoteSchema: string; readonly role: string }
  /** Of one of the lists beside the sources: an action, a cron trigger, … */
  | { readonly what: 'item'; readonly type: string; readonly name: string };

/** Equal for equal objects, however the names of tables are written. */
export function objectKey(object: MetadataObject, kindOf: KindOf): string {
  switch (object.what) {
    case 'relationship':
      return `relationship ${identityKey(object.identity, kindOf)}`;
    case 'table':
      return stableText(['table', object.source, tableKey(kindOf(object.source), object.table)]);
    case 'table-item': {
      const { type, source, table, name } = object;
      return stableText([type, source, tableKey(kindOf(source), table), name]);
    }
    case 'source-item':
      return stableText([object.type, object.source, tableKey(kindOf(object.source), object.name)]);
    case 'source':
      return stableText(['source', object.source]);
    case 'remote-schema':
      return stableText(['remote-schema', object.remoteSchema]);
    case 'remote-schema-permission':
      return stableText([object.what, object.remoteSchema, object.role]);
    case 'item':
      return stableText([object.type, object.name]);
  }
}

/** The name of an object among inconsistent ones, as the server writes it (spec section 8). */
export function objectName(object: MetadataObject, kindOf: KindOf): string {
  switch (object.what) {
    case 'relationship':
      return relationshipName(object.identity, kindOf);
    case 'table':
      return `table ${inSource(object.source, object.table, kindOf)}`;
    case 'table-item':
      return `${object.type} ${object.name} in table ${inSource(object.source, object.table, kindOf)}`;
    case 'source-item':
      return `${object.type} ${inSource(object.source, object.name, kindOf)}`;
    case 'source':
      return `source ${object.source}`;
    case 'remote-schema':
      return `remote_schema ${object.remoteSchema}`;
    case 'remote-schema-permission':
      return `remote_schema_permission ${object.role} permission in remote schema ${object.remoteSchema}`;
    case 'item':
      return `${object.type} ${object.name}`;
  }
}

function relationshipName(identity: RelationshipIdentity, kindOf: KindOf): string {
  const { name } = identity;
  return identity.owner === 'table'
    ? `remote_relationship ${name} in table ${inSource(identity.source, identity.table, kindOf)}`
    : `remote_schema_remote_relationship remote_relationship ${name} on type ${identity.typeName} in remote schema ${identity.remoteSchema}`;
}

function inSource(source: string, table: Json, kindOf: KindOf): string {
  return `${tableText(kindOf(source), table)} in source ${source}`;
}
