import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { readMetadataDocument } from '../../../common/src/metadataApi/document/metadataDocument.ts';
import {
  canonicalTableName,
  tableKey,
  tableText,
} from '../../../common/src/metadataApi/document/tableName.ts';
import {
  consistencyOf,
  readInconsistentObjects,
} from '../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import { changedMetadata } from '../../../common/src/metadataApi/plan/changes.ts';
import {
  inconsistentTable,
  inconsistentTableRelationship,
  inconsistentTypeRelationship,
  metadata,
  ofTable,
  ofType,
  profile,
  stateOf,
  tickets,
} from './fixtures.ts';

describe('table names', () => {
  it.each<[string | undefined, Json, Json | undefined, string]>([
    [undefined, 'c', 'c', 'c'],
    [undefined, { schema: 'public', name: 'c' }, { schema: 'public', name: 'c' }, 'c'],
    [undefined, { schema: 'dbo', name: 'c' }, { schema: 'dbo', name: 'c' }, 'c'],
    [undefined, { schema: 's', name: 'c' }, { schema: 's', name: 'c' }, 's.c'],
    [undefined, { dataset: 'd', name: 'c' }, { dataset: 'd', name: 'c' }, 'd.c'],
    ['sqlite', ['c', 1], undefined, 'c.1'],
    ['sqlite', [1], undefined, '1'],
    ['postgres', 'c', { schema: 'public', name: 'c' }, 'c'],
    ['citus', { name: 'c' }, { schema: 'public', name: 'c' }, 'c'],
    ['cockroach', { schema: 's', name: 'c', x: 1 }, { schema: 's', name: 'c' }, 's.c'],
    ['postgres', { schema: null, name: 'c' }, { schema: 'public', name: 'c' }, 'c'],
    ['postgres', ['c'], undefined, 'c'],
    ['postgres', { schema: 1, name: 'c' }, undefined, 'c'],
    ['mssql', 'c', { schema: 'dbo', name: 'c' }, 'c'],
    ['mssql', { schema: 'public', name: 'c' }, { schema: 'public', name: 'c' }, 'public.c'],
    ['bigquery', { dataset: 'd', name: 'c' }, { dataset: 'd', name: 'c' }, 'd.c'],
    ['bigquery', 'c', undefined, 'c'],
    ['sqlite', 'c', ['c'], 'c'],
    ['sqlite', ['main', 'c'], ['main', 'c'], 'main.c'],
    ['sqlite', [], undefined, ''],
    ['sqlite', { name: 'c' }, undefined, 'c'],
  ])('of %s: %j', (kind, table, canonical, text) => {
    expect(canonicalTableName(kind, table)).toEqual(canonical);
    expect(tableText(kind, table)).toBe(text);
    if (canonical !== undefined) expect(tableKey(kind, table)).toBe(tableKey(kind, canonical));
  });

  it('that are wrong for the kind equal only themselves', () => {
    expect(tableKey('bigquery', 'c')).not.toBe(tableKey('bigquery', { dataset: 'd', name: 'c' }));
    expect(tableKey('postgres', ['c'])).not.toBe(tableKey('postgres', 'c'));
    expect(tableKey('postgres', ['c'])).not.toBe(tableKey('postgres', ['d']));
    expect(tableKey('bigquery', { name: 'c', x: 1 })).toBe(tableKey('bigquery', { x: 1, name: 'c' }));
    expect(tableKey('sqlite', { schema: 'public', name: 'c' })).not.toBe(tableKey('postgres', 'c'));
  });
});

describe('readMetadataDocument', () => {
  it.each<[string, Json, number | undefined]>([
    ['an export of version 2', { resource_version: 7, metadata }, 7],
    ['an export of version 1', metadata, undefined],
  ])('reads %s', (_what, json, resourceVersion) => {
    const document = readMetadataDocument(json);
    expect(document?.resourceVersion).toBe(resourceVersion);
    expect(document?.relationships.map(({ identity }) => identity.name)).toEqual([
      'before',
      'tickets',
      'posts',
    ]);
    expect(document?.kindOf('helpdesk')).toBe('postgres');
    expect(document?.kindOf('nope')).toBeUndefined();
  });

  it.each([
    [ofTable('tickets')],
    [ofTable('tickets', 'shop', { name: 'customer' })],
    [ofTable('tickets', 'shop', { schema: 'public', name: 'customer' })],
    [ofType('posts')],
  ])('finds %j', (identity) => {
    expect(stateOf().document.find(identity)?.definition).toBeDefined();
  });

  it.each([
    [ofTable('Tickets')],
    [ofTable('tickets', 'helpdesk')],
    [ofTable('tickets', 'shop', { schema: 'sales', name: 'customer' })],
    [ofType('posts', 'forum')],
    [ofType('posts', 'people', 'Human')],
    [ofTable('posts', 'people', 'Person')],
  ])('does not find %j', (identity) => {
    expect(stateOf().document.find(identity)).toBeUndefined();
  });

  it('takes the later of two, as the server does', () => {
    const type = (definition: Json) => ({ type_name: 'T', relationships: [{ name: 'r', definition }] });
    const document = readMetadataDocument({
      sources: [],
      remote_schemas: [{ name: 'a', remote_relationships: [type(profile), type(tickets)] }],
    });
    expect(document?.find(ofType('r', 'a', 'T'))?.definition).toEqual(tickets);
  });

  it('reads version 2 metadata as that of the source default', () => {
    const document = readMetadataDocument({
      version: 2,
      tables: [{ table: 'customer', remote_relationships: [{ name: 'r', definition: profile }] }],
    });
    expect(document?.find(ofTable('r', 'default'))?.path).toEqual(['tables', 0, 'remote_relationships', 0]);
  });

  it.each<[Json]>([[null], ['x'], [[]], [{}], [{ metadata: 3 }], [{ metadata: {} }]])(
    'refuses %j',
    (json) => {
      expect(readMetadataDocument(json)).toBeUndefined();
    },
  );

  it('survives anything in the lists', () => {
    const odd: Json = [
      null,
      1,
      'x',
      {},
      { table: null },
      { table: 't', remote_relationships: [null, {}, { name: 1 }] },
    ];
    const document = readMetadataDocument({
      sources: [null, {}, { name: 's', kind: null, tables: odd }, { name: 't', tables: 3 }],
      remote_schemas: [
        null,
        {},
        { name: 'r', remote_relationships: [null, {}, { type_name: 'T', relationships: 1 }] },
      ],
    });
    expect(document?.relationships).toEqual([]);
    expect([...(document?.sources.keys() ?? [])]).toEqual(['s', 't']);
  });
});

describe('changedMetadata', () => {
  const { document } = stateOf();
  const find = (changed: JsonObject | undefined, identity: ReturnType<typeof ofTable>) =>
    changed && readMetadataDocument(changed)?.find(identity);

  it.each([
    ['a table', ofTable('tickets'), profile],
    ['a table without any', ofTable('new', 'shop', { schema: 'sales', name: 'invoice' }), tickets],
    ['a type', ofType('posts'), tickets],
    ['a type, beside another', ofType('new'), tickets],
    ['a new type', ofType('new', 'people', 'Company'), tickets],
    ['a remote schema without any', ofType('new', 'forum', 'Post'), tickets],
  ])('sets a relationship of %s', (_what, identity, after) => {
    const changed = changedMetadata(document, [{ identity, before: undefined, after }]);
    expect(find(changed, identity)?.definition).toEqual(after);
    const others = document.relationships.filter(({ identity: { name } }) => name !== identity.name);
    for (const other of others) expect(find(changed, other.identity)).toMatchObject(other);
  });

  it.each([['tickets'], ['before']])('removes %s and nothing else', (name) => {
    const changed = changedMetadata(document, [
      { identity: ofTable(name), before: tickets, after: undefined },
    ]);
    expect(find(changed, ofTable(name))).toBeUndefined();
    const [shop, ...sources] = metadata.sources;
    const [customer, ...tables] = metadata.sources[0]?.tables ?? [];
    const left = document.relationships
      .filter(({ identity }) => identity.owner === 'table' && identity.name !== name)
      .map((other) => ({ name: other.identity.name, definition: other.definition }));
    expect(changed).toEqual({
      ...metadata,
      sources: [
        { ...shop, tables: [{ ...Object(customer), remote_relationships: left }, ...tables] },
        ...sources,
      ],
    });
  });

  it('removes several of one list', () => {
    const changes = ['before', 'tickets'].map((name) => ({
      identity: ofTable(name),
      before: tickets,
      after: undefined,
    }));
    const changed = changedMetadata(document, changes);
    for (const { identity } of changes) expect(find(changed, identity)).toBeUndefined();
    expect(JSON.stringify(metadata)).toContain('tickets');
  });

  it.each([[ofTable('x', 'nope')], [ofTable('x', 'shop', 'nope')], [ofType('x', 'nope')]])(
    'can set nothing where there is no owner: %j',
    (identity) => {
      expect(changedMetadata(document, [{ identity, before: undefined, after: tickets }])).toBeUndefined();
    },
  );
});

describe('inconsistent objects', () => {
  const { kindOf } = stateOf().document;
  const consistency = (identity: ReturnType<typeof ofTable>, ...objects: Json[]) =>
    consistencyOf(
      identity,
      readInconsistentObjects({ is_consistent: false, inconsistent_objects: objects }),
      kindOf,
    );
  const reason = 'Inconsistent object: x';
  const own = inconsistentTableRelationship('tickets', 'x');
  const type = inconsistentTypeRelationship('posts', 'x');

  it.each<[string, ReturnType<typeof ofTable>, Json]>([
    ['by definition', ofTable('tickets'), own],
    [
      'with the bare name of the table',
      ofTable('tickets'),
      { ...own, definition: { ...own.definition, table: 'customer' } },
    ],
    [
      'legacy, inlined',
      ofTable('tickets'),
      { ...own, definition: { source: 'shop', table: 'customer', name: 'tickets', remote_schema: 'x' } },
    ],
    ['by name alone', ofTable('tickets'), { type: own.type, name: own.name, reason }],
    ['of a type, with `type`', ofType('posts'), type],
    [
      'of a type, with `type_name`',
      ofType('posts'),
      { ...type, definition: { remote_schema: 'people', type_name: 'Person', name: 'posts' } },
    ],
    [
      'by name, when the definition does not say which it is',
      ofTable('tickets'),
      { type: own.type, name: own.name, reason, definition: { comment: null } },
    ],
    ['of a type, by name alone', ofType('posts'), { type: type.type, name: type.name, reason }],
    ['among conflicting ones', ofTable('tickets'), { reason, objects: [{ type: 'array_relation' }, own] }],
    [
      'defined several times',
      ofTable('tickets'),
      { reason, type: 'remote_relationship', definitions: [{}, own.definition] },
    ],
  ])('are matched %s', (_how, identity, object) => {
    expect(consistency(identity, object)).toEqual({ state: 'inconsistent', reasons: ['x'] });
  });

  it.each<[string, ReturnType<typeof ofTable>, Json]>([
    ['another name', ofTable('other'), own],
    ['another source', ofTable('tickets', 'helpdesk'), own],
    ['another table', ofTable('tickets', 'shop', { schema: 'sales', name: 'customer' }), own],
    ['another type', ofType('posts', 'people', 'Human'), type],
    ['a table instead of a type', ofTable('posts', 'people', 'Person'), type],
    [
      'a local relationship',
      ofTable('orders'),
      {
        ...own,
        type: 'array_relation',
        name: 'array_relation orders in table customer in source shop',
        definition: { source: 'shop', table: 'customer', name: 'orders' },
      },
    ],
    ['a shape without subject', ofTable('tickets'), { reason }],
    [
      'a role',
      ofTable('tickets'),
      {
        reason,
        name: 'tickets',
        type: 'inherited role permission inconsistency',
        entity: { remote_schema: 'people' },
      },
    ],
    [
      'a table of another source',
      ofTable('tickets'),
      { ...inconsistentTable, name: 'table customer in source cluster' },
    ],
    [
      'another remote schema',
      ofType('posts'),
      { reason, type: 'remote_schema', name: 'remote_schema forum', definition: { name: 'forum' } },
    ],
  ])('are not matched with %s', (_what, identity, object) => {
    expect(consistency(identity, object)).toEqual({ state: 'consistent' });
  });

  it.each<[string, ReturnType<typeof ofTable>, Json]>([
    ['its table', ofTable('tickets'), inconsistentTable],
    ['its table, by its bare name', ofTable('tickets'), { ...inconsistentTable, definition: 'customer' }],
    ['its source', ofTable('tickets'), { reason, type: 'source', name: 'source shop', definition: 'shop' }],
    [
      'its remote schema',
      ofType('posts'),
      { reason, type: 'remote_schema', name: 'remote_schema people', definition: { name: 'people' } },
    ],
  ])('are not checked when %s is inconsistent', (_what, identity, object) => {
    expect(consistency(identity, object)).toMatchObject({ state: 'not-checked' });
  });

  it('says every reason once', () => {
    const other = { ...own, reason: 'Inconsistent object: y' };
    expect(consistency(ofTable('tickets'), own, own, other, inconsistentTable)).toEqual({
      state: 'inconsistent',
      reasons: ['x', 'y'],
    });
  });

  it.each<[Json | undefined]>([[undefined], [null], [{}], ['x'], [[null, 1, {}, { name: 'x' }]]])(
    'are none in %j',
    (value) => {
      expect(readInconsistentObjects(value)).toEqual([]);
    },
  );
});
