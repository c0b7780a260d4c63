import { describe, expect, it } from 'vitest';
import {
  type MetadataObject,
  objectKey,
  objectName,
} from '../../../common/src/metadataApi/document/metadataObject.ts';
import { type Owner, owns } from '../../../common/src/metadataApi/document/owner.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';

const kindOf = (source: string) => (source === 'erp' ? 'mssql' : 'postgres');
const written = { schema: 'public', name: 'customer' };
const ofTable: RelationshipIdentity = { owner: 'table', source: 'shop', table: written, name: 'r' };
const ofType: RelationshipIdentity = {
  owner: 'remote-schema',
  remoteSchema: 'people',
  typeName: 'Person',
  name: 'r',
};

/** No two of them are the same. */
const objects: readonly MetadataObject[] = [
  { what: 'source', source: 'shop' },
  { what: 'source', source: 'erp' },
  { what: 'remote-schema', remoteSchema: 'shop' },
  { what: 'table', source: 'shop', table: written },
  { what: 'table', source: 'erp', table: written },
  { what: 'table', source: 'shop', table: { schema: 'sales', name: 'customer' } },
  { what: 'table-item', type: 'select_permission', source: 'shop', table: written, name: 'user' },
  { what: 'table-item', type: 'select_permission', source: 'shop', table: written, name: 'guest' },
  { what: 'table-item', type: 'insert_permission', source: 'shop', table: written, name: 'user' },
  { what: 'table-item', type: 'select_permission', source: 'erp', table: written, name: 'user' },
  { what: 'source-item', type: 'function', source: 'shop', name: written },
  { what: 'source-item', type: 'function', source: 'erp', name: written },
  { what: 'source-item', type: 'native_query', source: 'shop', name: written },
  { what: 'source-item', type: 'function', source: 'shop', name: 'total' },
  { what: 'remote-schema-permission', remoteSchema: 'people', role: 'user' },
  { what: 'remote-schema-permission', remoteSchema: 'people', role: 'guest' },
  { what: 'remote-schema-permission', remoteSchema: 'forum', role: 'user' },
  { what: 'item', type: 'action', name: 'shop' },
  { what: 'item', type: 'cron_trigger', name: 'shop' },
  { what: 'relationship', identity: ofTable },
  { what: 'relationship', identity: ofType },
];

describe('an object of the metadata', () => {
  it('is told from every other one', () => {
    expect(new Set(objects.map((object) => objectKey(object, kindOf))).size).toBe(objects.length);
  });

  it.each<[MetadataObject, string]>([
    [{ what: 'source', source: 'shop' }, 'source shop'],
    [{ what: 'remote-schema', remoteSchema: 'people' }, 'remote_schema people'],
    [{ what: 'table', source: 'shop', table: written }, 'table customer in source shop'],
    [{ what: 'table', source: 'erp', table: written }, 'table public.customer in source erp'],
    [
      { what: 'table-item', type: 'select_permission', source: 'shop', table: written, name: 'user' },
      'select_permission user in table customer in source shop',
    ],
    [
      { what: 'source-item', type: 'function', source: 'shop', name: 'total' },
      'function total in source shop',
    ],
    [
      { what: 'remote-schema-permission', remoteSchema: 'people', role: 'user' },
      'remote_schema_permission user permission in remote schema people',
    ],
    [{ what: 'item', type: 'action', name: 'confirm' }, 'action confirm'],
    [{ what: 'relationship', identity: ofTable }, 'remote_relationship r in table customer in source shop'],
    [
      { what: 'relationship', identity: ofType },
      'remote_schema_remote_relationship remote_relationship r on type Person in remote schema people',
    ],
  ])('is named as the server does: %j', (object, name) => {
    expect(objectName(object, kindOf)).toBe(name);
  });

  it('is told from a relationship of a table that has such a key', () => {
    const odd: RelationshipIdentity = { owner: 'table', source: 'people', table: 'Person', name: 'r' };
    const kindOfOdd = (): string => 'bigquery';
    expect(objectKey({ what: 'relationship', identity: odd }, kindOfOdd)).not.toBe(
      objectKey({ what: 'relationship', identity: ofType }, kindOfOdd),
    );
  });

  it.each<[string, MetadataObject, MetadataObject]>([
    [
      'a table',
      { what: 'table', source: 'shop', table: 'customer' },
      { what: 'table', source: 'shop', table: written },
    ],
    [
      'a permission',
      { what: 'table-item', type: 'select_permission', source: 'shop', table: 'customer', name: 'user' },
      { what: 'table-item', type: 'select_permission', source: 'shop', table: written, name: 'user' },
    ],
    [
      'a function',
      { what: 'source-item', type: 'function', source: 'shop', name: 'total' },
      { what: 'source-item', type: 'function', source: 'shop', name: { schema: 'public', name: 'total' } },
    ],
    [
      'a relationship',
      { what: 'relationship', identity: ofTable },
      { what: 'relationship', identity: { ...ofTable, table: 'customer' } },
    ],
  ])('is the same however its table is written: %s', (_, one, other) => {
    expect(objectKey(one, kindOf)).toBe(objectKey(other, kindOf));
  });
});

describe('what a relationship belongs to', () => {
  it.each<[string, Owner, boolean, boolean]>([
    ['its source', { what: 'source', source: 'shop' }, true, false],
    ['another source', { what: 'source', source: 'erp' }, false, false],
    ['its table', { what: 'table', source: 'shop', table: written }, true, false],
    ['its table, written otherwise', { what: 'table', source: 'shop', table: 'customer' }, true, false],
    ['another table', { what: 'table', source: 'shop', table: 'order' }, false, false],
    ['such a table of another source', { what: 'table', source: 'erp', table: written }, false, false],
    ['its remote schema', { what: 'remote-schema', remoteSchema: 'people' }, false, true],
    ['another remote schema', { what: 'remote-schema', remoteSchema: 'shop' }, false, false],
  ])('%s', (_, owner, table, type) => {
    expect([owns(owner, ofTable, kindOf), owns(owner, ofType, kindOf)]).toEqual([table, type]);
  });
});
