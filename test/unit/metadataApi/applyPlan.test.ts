import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import {
  type LocalRelationship,
  planApply,
  shownDefinition,
} from '../../../common/src/metadataApi/plan/applyPlan.ts';
import { blockedItems, keysInItem, relationshipOfError } from '../../../common/src/metadataApi/plan/plan.ts';
import {
  inconsistentTable,
  inconsistentTableRelationship,
  inconsistentTypeRelationship,
  legacyProfile,
  local,
  metadata,
  ofTable,
  ofType,
  profile,
  type StateParts,
  stateOf,
  tickets,
} from './fixtures.ts';

const sorted = { to_remote_schema: { ...profile.to_remote_schema, lhs_fields: ['id', 'person_id'] } };
const sortedLegacy = { ...legacyProfile, hasura_fields: ['id', 'person_id'] };
const bigqueryTable = { dataset: 'd', name: 'customer' };

function planOf(relationship: LocalRelationship, parts: StateParts = {}) {
  const plan = planApply([relationship], stateOf(parts));
  const [item] = plan.items;
  if (item === undefined) throw new Error('no item');
  return { plan, item, body: plan.attempts[0]?.command.body };
}

describe('what is sent', () => {
  it.each<[string, LocalRelationship, string, JsonObject]>([
    [
      'postgres',
      local(ofTable('r'), profile),
      'pg',
      { source: 'shop', table: 'customer', definition: sorted },
    ],
    [
      'postgres, legacy',
      local(ofTable('r'), legacyProfile),
      'pg',
      { source: 'shop', table: 'customer', ...sortedLegacy },
    ],
    [
      'postgres, to a source',
      local(ofTable('r'), tickets),
      'pg',
      { source: 'shop', table: 'customer', definition: tickets },
    ],
    [
      'citus',
      local(ofTable('r', 'cluster'), tickets),
      'citus',
      { source: 'cluster', table: 'customer', definition: tickets },
    ],
    [
      'cockroach',
      local(ofTable('r', 'roach'), tickets),
      'cockroach',
      { source: 'roach', table: 'customer', definition: tickets },
    ],
    [
      'mssql',
      local(ofTable('r', 'erp'), tickets),
      'mssql',
      { source: 'erp', table: 'customer', definition: tickets },
    ],
    [
      'bigquery',
      local(ofTable('r', 'lake', bigqueryTable), tickets),
      'bigquery',
      { source: 'lake', table: bigqueryTable, definition: tickets },
    ],
    [
      'sqlite',
      local(ofTable('r', 'lite', ['main', 'customer']), tickets),
      'sqlite',
      { source: 'lite', table: ['main', 'customer'], definition: tickets },
    ],
  ])('for a table of %s', (_what, relationship, prefix, args) => {
    const { plan, item } = planOf(relationship);
    expect(item).toMatchObject({ action: 'create', now: undefined });
    expect(plan.attempts).toEqual([
      {
        command: {
          api: 'metadata',
          effect: 'write',
          body: {
            type: `${prefix}_create_remote_relationship`,
            resource_version: 12,
            args: { name: 'r', ...args },
          },
        },
        changeOfItem: [0],
        replacesAllMetadata: false,
      },
    ]);
  });

  it.each([
    ['to a remote schema', profile, sorted],
    ['to a source', tickets, tickets],
    ['written in the legacy form, which requests for types do not have', legacyProfile, sorted],
  ])('for a type of a remote schema %s', (_what, definition, sent) => {
    expect(planOf(local(ofType('r'), definition)).body).toEqual({
      type: 'create_remote_schema_remote_relationship',
      resource_version: 12,
      args: { remote_schema: 'people', type_name: 'Person', name: 'r', definition: sent },
    });
  });

  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['v2.0.11', legacyProfile, sortedLegacy, []],
    ['v2.0.11', profile, sortedLegacy, ['form-changed']],
    ['v2.1.0', legacyProfile, { definition: sorted }, ['form-changed']],
    ['v2.1.0', profile, { definition: sorted }, []],
    ['v2.1.1', legacyProfile, sortedLegacy, []],
    ['v2.48.0-ce', legacyProfile, sortedLegacy, []],
    ['a1b2c3d', legacyProfile, sortedLegacy, []],
  ])('to a server of version %s', (version, written, sent, warnings) => {
    const { item, body } = planOf(local(ofTable('r'), written), { version });
    expect(body?.['args']).toEqual({ source: 'shop', table: 'customer', name: 'r', ...sent });
    expect(item.action === 'create' && item.warnings.map(({ code }) => code)).toEqual(warnings);
  });
});

describe('what there is to do', () => {
  it.each<[string, LocalRelationship, StateParts, string, string[]]>([
    ['nothing there', local(ofTable('new'), tickets), {}, 'create', []],
    ['another definition there', local(ofTable('tickets'), profile), {}, 'update', ['replaces']],
    ['the same there', local(ofTable('tickets'), tickets), {}, 'in-place', []],
    [
      'the same there, otherwise written',
      local(ofType('posts'), legacyProfile),
      {},
      'in-place',
      ['other-form'],
    ],
    [
      'the same there, in the other form',
      local(ofTable('tickets'), legacyProfile),
      { document: withTickets(profile) },
      'in-place',
      ['other-form'],
    ],
    [
      'an inconsistent one there',
      local(ofTable('tickets'), profile),
      { inconsistent: [inconsistentTableRelationship('tickets')] },
      'update',
      ['replaces', 'inconsistent-now'],
    ],
    [
      'an inconsistent one there, on a server that does not look again',
      local(ofTable('tickets'), profile),
      { inconsistent: [inconsistentTableRelationship('tickets')], version: 'v2.45.1' },
      'update',
      ['replaces', 'inconsistent-now', 'unchecked'],
    ],
    [
      'an inconsistent remote schema that owns it',
      local(ofType('new'), profile),
      { inconsistent: [{ type: 'remote_schema', name: 'remote_schema people', reason: 'r' }] },
      'create',
      ['unchecked'],
    ],
    [
      'no such remote schema to point to',
      local(ofTable('new'), { ...legacyProfile, remote_schema: 'nope' }),
      {},
      'create',
      ['missing-target'],
    ],
    [
      'no such source to point to',
      local(ofTable('new'), { to_source: { ...tickets.to_source, source: 'nope' } }),
      {},
      'create',
      ['missing-target'],
    ],
    [
      'no such table to point to',
      local(ofTable('new'), { to_source: { ...tickets.to_source, table: 'nope' } }),
      {},
      'create',
      ['missing-target'],
    ],
    ['a custom name equal to its column', local(ofTable('cust_no'), tickets), {}, 'create', []],
  ])('%s', (_what, relationship, parts, action, warnings) => {
    const { plan, item } = planOf(relationship, parts);
    expect(item.action).toBe(action);
    expect(item.action !== 'blocked' && item.warnings.map(({ code }) => code)).toEqual(warnings);
    expect(plan.attempts).toHaveLength(action === 'in-place' ? 0 : 1);
    expect(plan.attempts.some(({ replacesAllMetadata }) => replacesAllMetadata)).toBe(false);
  });

  it('tells when what is in place is inconsistent all the same', () => {
    const inconsistent = [inconsistentTypeRelationship('posts', 'gone')];
    expect(planOf(local(ofType('posts'), profile), { inconsistent }).item).toMatchObject({
      action: 'in-place',
      consistency: { state: 'inconsistent', reasons: ['gone'] },
    });
  });

  it('tells what will change', () => {
    const { item } = planOf(
      local(ofTable('tickets'), { to_source: { ...tickets.to_source, relationship_type: 'object' } }),
    );
    expect(item).toMatchObject({
      now: { definition: tickets },
      differences: [{ path: ['to_source', 'relationship_type'], before: 'array', after: 'object' }],
    });
  });
});

describe('blocked', () => {
  const long = {
    to_remote_schema: { ...profile.to_remote_schema, remote_field: { a: { arguments: { id: 2 ** 60 } } } },
  };
  const told: Readonly<Record<string, string>> = {
    'no readable definition': 'The definition has none of the forms that a server accepts. Correct it first.',
    'two definitions in one': 'The definition has none of the forms that a server accepts. Correct it first.',
    'a number that would change':
      'A number in the definition is too long to be sent unchanged. Write it as a string.',
    'no name': 'The relationship has no name.',
    'no source': 'The server has no source "nope".',
    'an untracked table': 'Table "nope" is not tracked in source "shop".',
    'a table of another schema': 'Table "x.customer" is not tracked in source "shop".',
    'a wrong form of table name':
      'The name of the table is not written as source "lake" (bigquery) needs it.',
    'no remote schema': 'The server has no remote schema "nope".',
    'an inconsistent table':
      'Table "customer" or its source is inconsistent on the server: no such table/view exists in source: "customer".',
    'an inconsistent source': 'Table "customer" or its source is inconsistent on the server: r.',
    'an object relationship': 'The name "region" is taken by an object relationship of the table.',
    'an array relationship': 'The name "orders" is taken by an array relationship of the table.',
    'a computed field': 'The name "full_name" is taken by a computed field of the table.',
    'a custom column name': 'The name "number" is taken by the custom name of column "cust_no" of the table.',
    'a custom column name of old':
      'The name "oldNumber" is taken by the custom name of column "old_no" of the table.',
    'a column': 'The name "id" is taken by a column of the table.',
    'version 1': 'Only servers of version 2 are supported; this one is v1.3.3.',
    'to a source before 2.1': 'This server is older than version 2.1 and has no relationships to sources.',
    'a type before 2.5': 'Relationships of remote schemas need server version 2.5; this one is v2.4.0.',
    'citus before 2.0.2':
      'Relationships of sources of kind citus need server version 2.0.2; this one is v2.0.1.',
    'bigquery before 2.1':
      'Relationships of sources of kind bigquery need server version 2.1.0; this one is v2.0.11.',
    'mssql before 2.6':
      'Relationships of sources of kind mssql need server version 2.6.0; this one is v2.5.2.',
    'cockroach before 2.12':
      'Relationships of sources of kind cockroach need server version 2.12.0; this one is v2.11.3.',
    'data connectors before 2.21':
      'Relationships of sources of kind sqlite need server version 2.21.0; this one is v2.20.0.',
  };

  it.each<[string, string, LocalRelationship, StateParts]>([
    ['no readable definition', 'unreadable-definition', local(ofTable('r'), {}), {}],
    ['two definitions in one', 'unreadable-definition', local(ofTable('r'), { ...profile, ...tickets }), {}],
    ['a number that would change', 'inexact-number', local(ofTable('r'), long), {}],
    ['no name', 'empty-name', local(ofTable(''), tickets), {}],
    ['no source', 'unknown-source', local(ofTable('r', 'nope'), tickets), {}],
    ['an untracked table', 'untracked-table', local(ofTable('r', 'shop', 'nope'), tickets), {}],
    [
      'a table of another schema',
      'untracked-table',
      local(ofTable('r', 'shop', { schema: 'x', name: 'customer' }), tickets),
      {},
    ],
    ['a wrong form of table name', 'table-name-form', local(ofTable('r', 'lake', 'customer'), tickets), {}],
    ['no remote schema', 'unknown-remote-schema', local(ofType('r', 'nope'), profile), {}],
    [
      'an inconsistent table',
      'owner-inconsistent',
      local(ofTable('r'), tickets),
      { inconsistent: [inconsistentTable] },
    ],
    [
      'an inconsistent source',
      'owner-inconsistent',
      local(ofTable('r'), tickets),
      { inconsistent: [{ type: 'source', definition: 'shop', reason: 'r' }] },
    ],
    ['an object relationship', 'name-taken', local(ofTable('region'), tickets), {}],
    ['an array relationship', 'name-taken', local(ofTable('orders'), tickets), {}],
    ['a computed field', 'name-taken', local(ofTable('full_name'), tickets), {}],
    ['a custom column name', 'name-taken', local(ofTable('number'), tickets), {}],
    ['a custom column name of old', 'name-taken', local(ofTable('oldNumber'), tickets), {}],
    ['a column', 'name-taken', { ...local(ofTable('id'), tickets), columns: ['id'] }, {}],
    ['version 1', 'unsupported', local(ofTable('r'), legacyProfile), { version: 'v1.3.3' }],
    ['to a source before 2.1', 'unsupported', local(ofTable('r'), tickets), { version: 'v2.0.9' }],
    ['a type before 2.5', 'unsupported', local(ofType('r'), profile), { version: 'v2.4.0' }],
    [
      'citus before 2.0.2',
      'unsupported',
      local(ofTable('r', 'cluster'), legacyProfile),
      { version: 'v2.0.1' },
    ],
    [
      'bigquery before 2.1',
      'unsupported',
      local(ofTable('r', 'lake', bigqueryTable), legacyProfile),
      { version: 'v2.0.11' },
    ],
    ['mssql before 2.6', 'unsupported', local(ofTable('r', 'erp'), tickets), { version: 'v2.5.2' }],
    ['cockroach before 2.12', 'unsupported', local(ofTable('r', 'roach'), tickets), { version: 'v2.11.3' }],
    [
      'data connectors before 2.21',
      'unsupported',
      local(ofTable('r', 'lite', ['main', 'customer']), tickets),
      { version: 'v2.20.0' },
    ],
  ])('by %s', (what, code, relationship, parts) => {
    const { plan, item } = planOf(relationship, parts);
    expect(item).toMatchObject({ action: 'blocked', block: { code, message: told[what] } });
    expect(plan.attempts).toEqual([]);
    expect(blockedItems(plan)).toEqual(plan.items);
  });

  it.each([
    ['v2.1.0', ofTable('r', 'lake', bigqueryTable)],
    ['v2.0.2', ofTable('r', 'cluster')],
    ['v2.6.0', ofTable('r', 'erp')],
    ['v2.12.0', ofTable('r', 'roach')],
    ['v2.21.0', ofTable('r', 'lite', ['main', 'customer'])],
    ['v2.5.0', ofType('r')],
  ])('no more since %s', (version, identity) => {
    expect(planOf(local(identity, profile), { version }).item.action).toBe('create');
  });
});

describe('shownDefinition', () => {
  it.each<[string, Json, Json]>([
    ['is in order', profile, sorted],
    ['keeps the form', legacyProfile, sortedLegacy],
    ['is what the server takes', { ...legacyProfile, more: 1, to_source: null }, sortedLegacy],
    ['is as it stands when it can’t be read', { to_action: { b: 1, a: 2 } }, { to_action: { b: 1, a: 2 } }],
    ['is nothing more when it is no object', 'x', 'x'],
  ])('%s', (_what, definition, expected) => {
    expect(JSON.stringify(shownDefinition(definition, stateOf()))).toBe(JSON.stringify(expected));
  });
});

describe('warnings', () => {
  const messages = (relationship: LocalRelationship, parts: StateParts = {}) => {
    const { item } = planOf(relationship, parts);
    return item.action === 'blocked' ? [item.block.message] : item.warnings.map(({ message }) => message);
  };
  it.each<[string, LocalRelationship, StateParts, string[]]>([
    [
      'of a definition there that can’t be read',
      local(ofTable('tickets'), tickets),
      { document: withTickets({ to_action: {} }) },
      [
        'The definition that the server has now is replaced.',
        "The server's present definition can't be read.",
      ],
    ],
    [
      'of the form that the server has, and the one that is sent',
      local(ofTable('tickets'), legacyProfile),
      { document: withTickets(profile), version: 'v2.1.0' },
      ['The server has it in the unified form.'],
    ],
    [
      'of the legacy form there',
      local(ofTable('tickets'), { to_remote_schema: { ...profile.to_remote_schema, lhs_fields: [] } }),
      { document: withTickets(legacyProfile) },
      ['The definition that the server has now is replaced.', 'The server has it in the legacy form.'],
    ],
    [
      'of an owner that is inconsistent',
      local(ofType('new'), profile),
      {
        inconsistent: [
          { type: 'remote_schema', name: 'remote_schema people', reason: 'Inconsistent object: r' },
        ],
      },
      ['Its owner is inconsistent on the server (r), so the server does not check it.'],
    ],
    [
      'of what the server says now',
      local(ofTable('tickets'), profile),
      { inconsistent: [inconsistentTableRelationship('tickets', 'gone')], version: 'v2.45.3' },
      [
        'The definition that the server has now is replaced.',
        'It is inconsistent on the server now: gone.',
        'A server of version v2.45.3 accepts any definition for it unchecked; it is checked afterwards.',
      ],
    ],
    [
      'not of a server that checks',
      local(ofTable('tickets'), profile),
      { inconsistent: [inconsistentTableRelationship('tickets', 'gone')], version: 'v2.46.0' },
      ['The definition that the server has now is replaced.', 'It is inconsistent on the server now: gone.'],
    ],
    [
      'of a target that is not there',
      local(ofTable('new'), { to_source: { ...tickets.to_source, source: 'nope' } }),
      {},
      ['The server has no source "nope"; it will refuse.'],
    ],
    [
      'of a form that has to change',
      local(ofTable('new'), profile),
      { version: 'v2.0.11' },
      ['The server accepts only the legacy form for it, so it is sent in that form.'],
    ],
    [
      'of the other',
      local(ofType('new'), legacyProfile),
      {},
      ['The server accepts only the unified form for it, so it is sent in that form.'],
    ],
  ])('%s', (_what, relationship, parts, expected) => {
    expect(messages(relationship, parts)).toEqual(expected);
  });
});

describe('many at once', () => {
  const several = [
    local(ofType('author', 'forum', 'Post'), profile),
    local(ofTable('tickets'), tickets),
    local(ofTable('new'), tickets),
    local(ofTable('r', 'erp'), tickets),
  ];

  it('go in one bulk, tables first, without what is in place', () => {
    const plan = planApply(several, stateOf());
    expect(plan.items.map(({ action }) => action)).toEqual(['create', 'in-place', 'create', 'create']);
    expect(plan.attempts).toHaveLength(1);
    const [attempt] = plan.attempts;
    expect(attempt?.command.body).toMatchObject({
      type: 'bulk',
      resource_version: 12,
      args: [
        { type: 'pg_create_remote_relationship', args: { name: 'new' } },
        { type: 'mssql_create_remote_relationship', args: { name: 'r' } },
        { type: 'create_remote_schema_remote_relationship', args: { name: 'author' } },
      ],
    });
    expect(attempt?.command.body?.['args']).not.toHaveProperty([0, 'resource_version']);
    expect(attempt?.changeOfItem.map((index) => plan.changes[index]?.identity.name)).toEqual([
      'new',
      'r',
      'author',
    ]);
  });

  it('are not sent when one is blocked, unless that one is left out', () => {
    const withBlocked = [...several, local(ofTable('orders'), tickets)];
    expect(planApply(withBlocked, stateOf()).attempts).toEqual([]);
    const plan = planApply(withBlocked, stateOf(), { leaveOutBlocked: true });
    expect(plan.attempts[0]?.changeOfItem).toHaveLength(3);
  });

  it('are not sent when one is there twice', () => {
    const twice = [local(ofTable('r'), tickets), local(ofTable('r', 'shop', { name: 'customer' }), profile)];
    const plan = planApply(twice, stateOf());
    expect(plan.items.map(({ action }) => action)).toEqual(['create', 'blocked']);
    const message = '"r" would be applied twice, from two places.';
    expect(plan.items[1]).toMatchObject({ block: { code: 'duplicate', message } });
    expect(plan.attempts).toEqual([]);
  });

  it('may have the name of a column that is its own custom name', () => {
    const [shop, ...others] = metadata.sources;
    const [customer] = shop?.tables ?? [];
    const configuration = { column_config: { own: { custom_name: 'own' }, no: { custom_name: 'other' } } };
    const document = {
      ...metadata,
      sources: [{ ...shop, tables: [{ ...customer, configuration }] }, ...others],
    };
    const plan = planApply(
      ['own', 'other'].map((name) => local(ofTable(name), tickets)),
      stateOf({ document }),
    );
    expect(plan.items.map(({ action }) => action)).toEqual(['create', 'blocked']);
  });

  it('is nothing for none', () => {
    expect(planApply([], stateOf())).toEqual({ items: [], changes: [], attempts: [] });
  });
});

describe('where an error lies', () => {
  const single = planApply([local(ofTable('new'), tickets)], stateOf());
  const bulk = planApply([local(ofType('author'), profile), local(ofTable('new'), tickets)], stateOf());

  it.each([
    ['one request', single, ['args', 'definition', 'to_source'], 'new', ['definition', 'to_source']],
    ['one request, as a whole', single, [], 'new', []],
    ['an item', bulk, ['args', 0, 'args', 'table'], 'new', ['table']],
    ['another item', bulk, ['args', 1, 'args'], 'author', []],
  ] as const)('of %s', (_what, plan, keys, name, argumentKeys) => {
    const [attempt] = plan.attempts;
    expect(attempt && relationshipOfError(plan, attempt, keys)).toMatchObject({
      identity: { name },
      argumentKeys,
    });
  });

  it.each([[[]], [['args']], [['args', 7, 'args']], [undefined]])('is open for %j of a bulk', (keys) => {
    const [attempt] = bulk.attempts;
    expect(attempt && relationshipOfError(bulk, attempt, keys)).toBeUndefined();
  });

  it.each<[(string | number)[], Json, (string | number)[]]>([
    [['name'], profile, ['name']],
    [['definition'], profile, ['definition']],
    [['definition', 'to_source', 'table'], tickets, ['definition', 'to_source', 'table']],
    [
      ['definition', 'to_remote_schema', 'remote_field', 'a'],
      profile,
      ['definition', 'to_remote_schema', 'remote_field', 'a'],
    ],
    [
      ['definition', 'to_remote_schema', 'lhs_fields', 1],
      profile,
      ['definition', 'to_remote_schema', 'lhs_fields'],
    ],
    [['definition', 'to_remote_schema', 'lhs_fields', 1], legacyProfile, ['definition', 'hasura_fields']],
    [['remote_field', 'a', 'arguments'], legacyProfile, ['definition', 'remote_field', 'a', 'arguments']],
    [['remote_field', 'a'], profile, ['definition', 'to_remote_schema', 'remote_field', 'a']],
    [['hasura_fields', 0], profile, ['definition', 'to_remote_schema', 'lhs_fields']],
    [['table'], profile, []],
    [[], profile, []],
  ])('%j in the item', (keys, written, expected) => {
    expect(keysInItem(keys, written)).toEqual(expected);
  });
});

function withTickets(definition: Json): JsonObject {
  const [shop] = metadata.sources;
  const tables = [{ table: 'customer', remote_relationships: [{ name: 'tickets', definition }] }];
  return { ...metadata, sources: [{ ...Object(shop), tables }, ...metadata.sources.slice(1)] };
}
