import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { type MetadataObject, objectName } from '../../../common/src/metadataApi/document/metadataObject.ts';
import {
  inconsistencyDocument,
  inconsistencyText,
  inconsistencyTitle,
} from '../../../common/src/metadataApi/inconsistency/inconsistencyText.ts';
import { locateInconsistencies } from '../../../common/src/metadataApi/inconsistency/inconsistentLocations.ts';
import { readInconsistentObjects } from '../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import { objectOfSubject } from '../../../common/src/metadataApi/inconsistency/inconsistentSubject.ts';
import type { FileLocations, ObjectLocation } from '../../../common/src/protocol.ts';
import {
  inconsistentTable,
  inconsistentTableRelationship,
  inconsistentTypeRelationship,
  ofTable,
  ofType,
  stateOf,
} from './fixtures.ts';

const shopCustomer = { source: 'shop', table: { schema: 'public', name: 'customer' } };
const reason = 'Inconsistent object: x';

/** The place of an object on a line of its own. */
function placeOf(object: MetadataObject, line = 0): ObjectLocation {
  const at = (first: number, last: number) => ({
    start: { line, character: first },
    end: { line, character: last },
  });
  return { object, range: at(2, 40), nameRange: at(10, 18) };
}

function placed(objects: readonly Json[], files: readonly FileLocations[]) {
  return locateInconsistencies(stateOf({ inconsistent: objects }), files);
}

/** Whether what the server says leads to the object among others. */
function leadsTo(said: JsonObject, object: MetadataObject): boolean {
  const decoys: MetadataObject[] = [
    { what: 'relationship', identity: ofTable('decoy') },
    { what: 'table', source: 'helpdesk', table: 'decoy' },
    { what: 'remote-schema', remoteSchema: 'decoy' },
  ];
  const locations = [object, ...decoys].map(placeOf);
  const { problems, unplaced } = placed(
    [{ reason, ...said }],
    [{ uri: 'file:///a.yaml', locations: locations }],
  );
  return problems.length === 1 && problems[0]?.range.start.line === 0 && unplaced.length === 0;
}

function tableItem(type: string, name: string, table: Json = 'customer', source = 'shop'): MetadataObject {
  return { what: 'table-item', type, source, table, name };
}

describe('an inconsistent object leads to its place', () => {
  it.each<[string, JsonObject, MetadataObject]>([
    [
      'remote relationship',
      inconsistentTableRelationship('tickets'),
      { what: 'relationship', identity: ofTable('tickets') },
    ],
    [
      'remote relationship of a type',
      inconsistentTypeRelationship('posts'),
      { what: 'relationship', identity: ofType('posts') },
    ],
    [
      'remote relationship, inlined as in version 1.3',
      {
        type: 'remote_relationship',
        name: 'remote_relationship profile in table customer in source shop',
        definition: { ...shopCustomer, name: 'profile', remote_schema: 'people', hasura_fields: [] },
      },
      { what: 'relationship', identity: ofTable('profile') },
    ],
    [
      'remote relationship, by its name alone',
      {
        type: 'remote_relationship',
        name: 'remote_relationship tickets in table sales.invoice in source shop',
      },
      { what: 'relationship', identity: ofTable('tickets', 'shop', { schema: 'sales', name: 'invoice' }) },
    ],
    ['table', inconsistentTable, { what: 'table', source: 'shop', table: 'customer' }],
    [
      'source',
      { type: 'source', name: 'source shop', definition: 'shop', message: 'no connection' },
      { what: 'source', source: 'shop' },
    ],
    [
      'remote schema',
      {
        type: 'remote_schema',
        name: 'remote_schema people',
        definition: { name: 'people', definition: { url: 'http://x' } },
      },
      { what: 'remote-schema', remoteSchema: 'people' },
    ],
    [
      'permission of a remote schema',
      {
        type: 'remote_schema_permission',
        name: 'remote_schema_permission user permission in remote_schema people',
        definition: { remote_schema: 'people', role: 'user', definition: { schema: '' } },
      },
      { what: 'remote-schema-permission', remoteSchema: 'people', role: 'user' },
    ],
    [
      'object relationship',
      {
        type: 'object_relation',
        name: 'object_relation region in table customer in source shop',
        definition: { ...shopCustomer, name: 'region', using: {}, comment: null },
      },
      tableItem('object_relation', 'region'),
    ],
    [
      'array relationship',
      { type: 'array_relation', definition: { ...shopCustomer, name: 'orders' } },
      tableItem('array_relation', 'orders'),
    ],
    [
      'computed field',
      { type: 'computed_field', definition: { ...shopCustomer, name: 'full_name' } },
      tableItem('computed_field', 'full_name'),
    ],
    ...['insert', 'select', 'update', 'delete'].map((verb): [string, JsonObject, MetadataObject] => [
      `permission to ${verb}`,
      {
        type: `${verb}_permission`,
        name: `${verb}_permission user in table customer in source shop`,
        definition: { ...shopCustomer, role: 'user', permission: {}, comment: null },
      },
      tableItem(`${verb}_permission`, 'user'),
    ]),
    [
      'event trigger, whose source only the text tells',
      {
        type: 'event_trigger',
        name: 'event_trigger notify in table sales.invoice in source shop',
        definition: { table: { schema: 'sales', name: 'invoice' }, configuration: { name: 'notify' } },
      },
      tableItem('event_trigger', 'notify', { schema: 'sales', name: 'invoice' }),
    ],
    [
      'function',
      {
        type: 'function',
        name: 'function search in source shop',
        definition: { schema: 'public', name: 'search' },
      },
      { what: 'source-item', type: 'function', source: 'shop', name: 'search' },
    ],
    [
      'function, named by a key',
      { type: 'function', definition: { source: 'shop', function: 'search', configuration: {} } },
      {
        what: 'source-item',
        type: 'function',
        source: 'shop',
        name: { schema: 'public', name: 'search' },
      },
    ],
    [
      'permission of a function',
      { type: 'function_permission', definition: { source: 'shop', function: 'search', role: 'user' } },
      { what: 'source-item', type: 'function', source: 'shop', name: 'search' },
    ],
    [
      'native query',
      {
        type: 'native_query',
        name: 'native_query totals in source shop',
        definition: { root_field_name: 'totals', code: 'select 1' },
      },
      { what: 'source-item', type: 'native_query', source: 'shop', name: 'totals' },
    ],
    [
      'logical model',
      {
        type: 'logical_model',
        name: 'logical_model total in source shop',
        definition: { name: 'total' },
      },
      { what: 'source-item', type: 'logical_model', source: 'shop', name: 'total' },
    ],
    [
      'action',
      { type: 'action', name: 'action pay', definition: { name: 'pay', definition: {} } },
      { what: 'item', type: 'action', name: 'pay' },
    ],
    [
      'permission of an action',
      { type: 'action_permission', definition: { action: 'pay', role: 'user' } },
      { what: 'item', type: 'action', name: 'pay' },
    ],
    [
      'custom types',
      { type: 'custom_types', name: 'custom_types custom_types', definition: {} },
      { what: 'item', type: 'custom_types', name: 'custom_types' },
    ],
    [
      'cron trigger, by its name alone',
      { type: 'cron_trigger', name: 'cron_trigger nightly' },
      { what: 'item', type: 'cron_trigger', name: 'nightly' },
    ],
    [
      'REST endpoint, by its older name',
      { type: 'endpoint', name: 'endpoint list', definition: { name: 'list', url: 'list' } },
      { what: 'item', type: 'rest_endpoint', name: 'list' },
    ],
    [
      'query of a collection',
      { type: 'query_collections', name: 'query_collections one in allowed', definition: { name: 'one' } },
      { what: 'item', type: 'query_collections', name: 'allowed' },
    ],
    [
      'role that inherits',
      {
        type: 'inherited role permission inconsistency',
        name: 'manager',
        entity: { remote_schema: 'people' },
      },
      { what: 'item', type: 'inherited_role', name: 'manager' },
    ],
  ])('%s', (_what, said, object) => {
    expect(leadsTo(said, object)).toBe(true);
  });

  it.each<[string, Json, string, Json]>([
    ['shop', 'customer', 'customer', { schema: 'public', name: 'customer' }],
    ['cluster', 'customer', 'customer', { schema: 'public', name: 'customer' }],
    ['roach', { name: 'customer' }, 'customer', { schema: 'public', name: 'customer' }],
    ['erp', 'customer', 'customer', { schema: 'dbo', name: 'customer' }],
    ['lake', { dataset: 'd', name: 'customer' }, 'd.customer', { dataset: 'd', name: 'customer' }],
    ['lite', ['main', 'customer'], 'main.customer', ['main', 'customer']],
    ['lite', 'customer', 'customer', ['customer']],
  ])('a table of %s written %j', (source, written, text, said) => {
    const table: MetadataObject = { what: 'table', source, table: written };
    const name = `table ${text} in source ${source}`;
    expect(leadsTo({ type: 'table', name, definition: said }, table)).toBe(true);
    const permission = { type: 'select_permission', definition: { source, table: said, role: 'user' } };
    expect(leadsTo(permission, tableItem('select_permission', 'user', written, source))).toBe(true);
    // A name alone is enough as well.
    const relationship: MetadataObject = { what: 'relationship', identity: ofTable('a', source, written) };
    expect(
      leadsTo({ type: 'remote_relationship', name: `remote_relationship a in ${name}` }, relationship),
    ).toBe(true);
  });

  it.each<[string, JsonObject]>([
    ['a reason alone', {}],
    ['a name that nobody has', { type: 'action', name: 'action other' }],
    ['a relationship that only the server has', inconsistentTableRelationship('elsewhere')],
    ['a type without a name', { type: 'select_permission', definition: { role: 'user' } }],
    ['what is unknown', { type: 'open_telemetry', name: 'open_telemetry open_telemetry', definition: {} }],
  ])('not %s: it is listed', (_what, said) => {
    const locations = [placeOf({ what: 'relationship', identity: ofTable('tickets') })];
    const { problems, unplaced } = placed(
      [{ ...said, reason }],
      [{ uri: 'file:///a.yaml', locations: locations }],
    );
    expect(problems).toEqual([]);
    expect(unplaced).toMatchObject([{ reason }]);
  });
});

describe('several objects of one inconsistency', () => {
  const orders = placeOf(tableItem('array_relation', 'orders'), 3);
  const tickets = placeOf({ what: 'relationship', identity: ofTable('tickets') }, 7);
  const conflict = {
    reason: 'Conflicting objects: conflicting definitions for field "orders"',
    objects: [
      {
        type: 'array_relation',
        name: 'array_relation orders in table customer in source shop',
        definition: { ...shopCustomer, name: 'orders' },
      },
      inconsistentTableRelationship('tickets'),
    ],
  };

  it('lead to each place, with the others beside it', () => {
    const { problems } = placed(
      [conflict],
      [
        { uri: 'file:///a.yaml', locations: [orders] },
        { uri: 'file:///b.yaml', locations: [tickets] },
      ],
    );
    expect(problems.map(({ uri, type, range }) => [uri, type, range.start.line])).toEqual([
      ['file:///a.yaml', 'array_relation', 3],
      ['file:///b.yaml', 'remote_relationship', 7],
    ]);
    expect(problems.map(({ related }) => related)).toMatchObject([
      [
        {
          uri: 'file:///b.yaml',
          message: 'remote_relationship tickets in table customer in source shop',
        },
      ],
      [{ uri: 'file:///a.yaml', message: 'array_relation orders in table customer in source shop' }],
    ]);
    expect(problems[0]?.message).toContain('conflicting definitions for field "orders"\nIt is about array');
  });

  it('of which one is in no file are shown at the other', () => {
    const { problems, unplaced } = placed([conflict], [{ uri: 'file:///a.yaml', locations: [orders] }]);
    expect(problems).toMatchObject([{ related: [], type: 'array_relation' }]);
    expect(unplaced).toEqual([]);
  });

  it('that are one defined twice lead to both places, and to the later when it is about one', () => {
    const twice = [
      { uri: 'file:///a.yaml', locations: [tickets, { ...tickets, nameRange: orders.nameRange }] },
    ];
    const one = inconsistentTableRelationship('tickets');
    const { definition } = one;
    const both = {
      reason: 'Multiple definitions for: tickets',
      type: 'remote_relationship',
      definitions: [definition, definition],
    };
    const lines = (said: Json) => placed([said], twice).problems.map(({ range }) => range.start.line);
    expect(lines(both)).toEqual([7, 3]);
    expect(lines(one)).toEqual([3]);
  });

  it('are the REST endpoints whose paths clash', () => {
    const endpoint = (name: string): MetadataObject => ({ what: 'item', type: 'rest_endpoint', name });
    const conflicts = [
      { name: 'a', url: ':x', methods: ['GET'] },
      { name: 'b', url: ':y', methods: ['GET'] },
    ];
    const { problems } = placed(
      [{ reason: 'Ambiguous URL paths: :x', conflicts }],
      [{ uri: 'file:///rest.yaml', locations: [placeOf(endpoint('a'), 1), placeOf(endpoint('b'), 2)] }],
    );
    expect(problems.map(({ range, type }) => [range.start.line, type])).toEqual([
      [1, 'rest_endpoint'],
      [2, 'rest_endpoint'],
    ]);
  });
});

describe('what is said', () => {
  it('are the server’s words, with those of a driver, without passwords', () => {
    const [source] = readInconsistentObjects([
      {
        type: 'source',
        definition: 'shop',
        reason: 'Inconsistent object: connection error',
        message: 'missing "=" after "postgres://me:hunter2@db/shop"\n',
      },
    ]);
    if (source === undefined) throw new Error('not read');
    expect(inconsistencyText(source)).toBe(
      'connection error\nmissing "=" after "postgres://[secret]@db/shop"',
    );
    expect(JSON.stringify(inconsistencyDocument(source))).not.toContain('hunter2');
    expect(inconsistencyTitle(source)).toBe('source');
  });

  it('names how many relationships are not checked because of it', () => {
    const locations = [placeOf({ what: 'table', source: 'shop', table: 'customer' })];
    const { problems } = placed([inconsistentTable], [{ uri: 'file:///a.yaml', locations: locations }]);
    expect(problems[0]?.message).toBe(
      'no such table/view exists in source: "customer"\nIts 2 remote relationships are not checked.',
    );
  });

  it.each<[Json, string]>([
    [{ reason }, 'an object without a name'],
    [{ reason, type: 'custom_types' }, 'custom_types'],
    [{ reason, objects: [{ name: 'a' }, { type: 'b' }] }, 'a, b'],
  ])('%j is titled %s', (said, title) => {
    expect(readInconsistentObjects([said]).map(inconsistencyTitle)).toEqual([title]);
  });

  it('leaves headers and connections out of what is opened', () => {
    const [object] = readInconsistentObjects([
      {
        reason,
        type: 'remote_schema',
        definition: { name: 'p', definition: { headers: [{ value: 's3' }] } },
      },
    ]);
    expect(object && JSON.stringify(inconsistencyDocument(object))).not.toContain('s3');
  });
});

describe('inconsistent objects of the recorded exchanges', () => {
  const folder = path.join(import.meta.dirname, '../../contract/exchanges');
  const recorded = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => objectsIn(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Json));
  const whole = new Map(recorded.map((said) => [JSON.stringify(said), said]));

  it.each([...whole.values()].map((said) => [String(said['name']), said] as const))('%s', (name, said) => {
    const [subject] = readInconsistentObjects([said])[0]?.subjects ?? [];
    const object = subject && objectOfSubject(subject);
    expect(object && objectName(object, () => undefined).replace('public.', '')).toBe(name);
  });

  it('are some', () => expect(whole.size).toBeGreaterThan(3));
});

/** What has the shape of a single inconsistent object, wherever it stands, and no pattern in place of its parts. */
function objectsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isJsonObject(value)) return [];
  const { type, name, reason: said, definition } = value;
  const own = [type, name, said].every((part) => typeof part === 'string') && definition !== undefined;
  return own ? [value] : Object.values(value).flatMap(objectsIn);
}
