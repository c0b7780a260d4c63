import { expect, it } from 'vitest';
import type { JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import type { MetadataObject } from '../../../common/src/metadataApi/document/metadataObject.ts';
import { objectOfSubject } from '../../../common/src/metadataApi/inconsistency/inconsistentSubject.ts';

const table = { schema: 'public', name: 'customer' };

it.each<[string, string | undefined, JsonObject | string | undefined, MetadataObject | undefined]>([
  ['source', undefined, 'shop', { what: 'source', source: 'shop' }],
  ['source', 'source shop', undefined, { what: 'source', source: 'shop' }],
  ['source', 'source shop', {}, { what: 'source', source: 'shop' }],
  ['source', undefined, undefined, undefined],
  ['table', 'table customer in source shop', table, { what: 'table', source: 'shop', table }],
  ['table', 'table customer in source shop', undefined, undefined],
  ['table', undefined, table, undefined],
  ['remote_schema', undefined, 'people', { what: 'remote-schema', remoteSchema: 'people' }],
  ['remote_schema', 'remote_schema people', {}, { what: 'remote-schema', remoteSchema: 'people' }],
  ['remote_schema', undefined, undefined, undefined],
  [
    'remote_schema_permission',
    undefined,
    { remote_schema: 'people', role: 'user' },
    { what: 'remote-schema-permission', remoteSchema: 'people', role: 'user' },
  ],
  ['remote_schema_permission', undefined, { remote_schema: 'people' }, undefined],
  ['remote_schema_permission', undefined, { role: 'user' }, undefined],
  ['remote_schema_remote_relationship', undefined, { remote_schema: 'people', name: 'a' }, undefined],
  ['remote_schema_remote_relationship', undefined, { type: 'Person', name: 'a' }, undefined],
  ['remote_schema_remote_relationship', undefined, { remote_schema: 'people', type: 'Person' }, undefined],
  [
    'remote_schema_remote_relationship',
    undefined,
    { remote_schema: 'people', type_name: 'Person', name: 'a' },
    {
      what: 'relationship',
      identity: { owner: 'remote-schema', remoteSchema: 'people', typeName: 'Person', name: 'a' },
    },
  ],
  ['remote_relationship', undefined, { source: 'shop', name: 'a' }, undefined],
  [
    'remote_relationship',
    undefined,
    { table, name: 'a' },
    { what: 'relationship', identity: { owner: 'table', source: 'default', table, name: 'a' } },
  ],
  [
    'event_trigger',
    'event_trigger notify in table customer in source shop',
    { table, configuration: { name: 'notify' } },
    { what: 'table-item', type: 'event_trigger', source: 'shop', table, name: 'notify' },
  ],
  ['event_trigger', undefined, { table, configuration: { name: 'notify' } }, undefined],
  ['event_trigger', undefined, { source: 'shop', configuration: { name: 'notify' } }, undefined],
  ['event_trigger', undefined, { source: 'shop', table, configuration: {} }, undefined],
  ['array_relation', undefined, { source: 'shop', table, using: {} }, undefined],
  ['unknown', undefined, { source: 'shop', table, name: 'a' }, undefined],
  [
    'function',
    'function search in source shop',
    { schema: 'public', name: 'search' },
    {
      what: 'source-item',
      type: 'function',
      source: 'shop',
      name: { schema: 'public', name: 'search' },
    },
  ],
  ['function', 'function search', { schema: 'public', name: 'search' }, undefined],
  ['native_query', 'native_query totals in source shop', { code: 'select 1' }, undefined],
  ['action_permission', undefined, { role: 'user' }, undefined],
  [
    'query_collections',
    'query_collections',
    undefined,
    { what: 'item', type: 'query_collections', name: 'query_collections' },
  ],
])('%s called %s with %j is %j', (type, name, definition, object) => {
  expect(objectOfSubject({ type, name, definition })).toEqual(object);
});
