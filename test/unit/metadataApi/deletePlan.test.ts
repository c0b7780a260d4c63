import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { readMetadataDocument } from '../../../common/src/metadataApi/document/metadataDocument.ts';
import type { Attempt } from '../../../common/src/metadataApi/plan/changes.ts';
import { planDelete, storedQueriesNaming } from '../../../common/src/metadataApi/plan/deletePlan.ts';
import { planRename } from '../../../common/src/metadataApi/plan/renamePlan.ts';
import {
  planUndo,
  readUndoEntry,
  type UndoEntry,
  undoEntry,
} from '../../../common/src/metadataApi/plan/undo.ts';
import {
  inconsistentTable,
  inconsistentTableRelationship,
  inconsistentTypeRelationship,
  legacyProfile,
  metadata,
  ofTable,
  ofType,
  profile,
  type StateParts,
  stateOf,
  tickets,
} from './fixtures.ts';

const customer = { schema: 'public', name: 'customer' };
const args = { source: 'shop', table: customer, name: 'tickets' };
const sorted = { to_remote_schema: { ...profile.to_remote_schema, lhs_fields: ['id', 'person_id'] } };

function bodies(attempts: readonly Attempt[]): unknown[] {
  return attempts.map(({ command }) => command.body);
}

/** The names left by a `replace_metadata`. */
function namesLeft(attempt: Attempt | undefined): string[] | undefined {
  const sent = attempt?.command.body?.['args'] as { metadata: JsonObject } | undefined;
  return sent && readMetadataDocument(sent.metadata)?.relationships.map(({ identity }) => identity.name);
}

describe('planDelete', () => {
  it('names the relationship as the server has it', () => {
    const plan = planDelete([ofTable('tickets')], stateOf());
    expect(plan.items).toMatchObject([{ action: 'delete', now: { definition: tickets }, warnings: [] }]);
    expect(bodies(plan.attempts)).toEqual([
      { type: 'pg_delete_remote_relationship', resource_version: 12, args },
    ]);
  });

  it('of a type, also when it is inconsistent', () => {
    const body = {
      type: 'delete_remote_schema_remote_relationship',
      resource_version: 12,
      args: { remote_schema: 'people', type_name: 'Person', name: 'posts' },
    };
    for (const inconsistent of [[], [inconsistentTypeRelationship('posts')]]) {
      expect(bodies(planDelete([ofType('posts')], stateOf({ inconsistent })).attempts)).toEqual([body]);
    }
  });

  it('puts something valid in the place of an inconsistent one first; else replaces the metadata', () => {
    const state = stateOf({ inconsistent: [inconsistentTableRelationship('tickets')] });
    const plan = planDelete([ofTable('tickets')], state);
    expect(plan.attempts).toHaveLength(2);
    expect(plan.attempts[0]?.command.body).toEqual({
      type: 'bulk',
      resource_version: 12,
      args: [
        {
          type: 'pg_create_remote_relationship',
          args: {
            ...args,
            definition: {
              to_source: { relationship_type: 'object', source: 'shop', table: customer, field_mapping: {} },
            },
          },
        },
        { type: 'pg_delete_remote_relationship', args },
      ],
    });
    expect(plan.attempts[1]).toMatchObject({
      replacesAllMetadata: true,
      command: {
        effect: 'write',
        body: {
          type: 'replace_metadata',
          version: 2,
          resource_version: 12,
          args: { allow_inconsistent_metadata: true },
        },
      },
    });
    expect(namesLeft(plan.attempts[1])).toEqual(['before', 'posts']);
  });

  it.each<[string, StateParts]>([
    ['its table is inconsistent', { inconsistent: [inconsistentTable] }],
    [
      'the server is older than 2.1',
      { inconsistent: [inconsistentTableRelationship('tickets')], version: 'v2.0.11' },
    ],
  ])('only replaces the metadata when %s', (_why, parts) => {
    const plan = planDelete([ofTable('tickets')], stateOf(parts));
    expect(plan.attempts.map(({ replacesAllMetadata }) => replacesAllMetadata)).toEqual([true]);
    expect(plan.items).toMatchObject([{ warnings: [{ code: 'replaces-all-metadata' }] }]);
  });

  it('is blocked when replacing would change other parts', () => {
    const document = { ...metadata, cron_triggers: [{ payload: 2 ** 60 }] };
    const plan = planDelete([ofTable('tickets')], stateOf({ document, inconsistent: [inconsistentTable] }));
    expect(plan.items).toMatchObject([{ action: 'blocked', block: { code: 'no-safe-way' } }]);
    expect(plan.attempts).toEqual([]);
  });

  it('takes several in one bulk, and tells what is not there', () => {
    const plan = planDelete([ofTable('tickets'), ofTable('nope'), ofType('posts')], stateOf());
    expect(plan.items.map(({ action }) => action)).toEqual(['delete', 'absent', 'delete']);
    expect(plan.attempts[0]?.command.body).toMatchObject({ type: 'bulk', args: [{}, {}] });
    expect(planDelete([ofTable('nope')], stateOf()).attempts).toEqual([]);
  });

  it('names stored queries that ask for a field of that name', () => {
    const queries = [
      { name: 'q', query: 'query { customer { tickets { id } } }' },
      { name: 'other', query: 'query { customer { ticketsX } }' },
    ];
    const document = {
      ...metadata,
      query_collections: [{ name: 'c', definition: { queries } }],
      rest_endpoints: [
        { name: 'e', url: 'e/:id', definition: { query: { collection_name: 'c', query_name: 'q' } } },
      ],
    };
    const state = stateOf({ document });
    expect(storedQueriesNaming('tickets', state.document)).toEqual([
      { collection: 'c', query: 'q', restEndpoints: ['e/:id'] },
    ]);
    expect(planDelete([ofTable('tickets')], state).items).toMatchObject([
      { warnings: [{ code: 'used-in-queries' }] },
    ]);
  });
});

describe('planRename', () => {
  it('deletes and creates in one bulk, with what the server has', () => {
    const plan = planRename(ofTable('tickets'), 'issues', stateOf());
    expect(bodies(plan.attempts)).toEqual([
      {
        type: 'bulk',
        resource_version: 12,
        args: [
          { type: 'pg_delete_remote_relationship', args },
          { type: 'pg_create_remote_relationship', args: { ...args, name: 'issues', definition: tickets } },
        ],
      },
    ]);
    expect(plan.changes).toMatchObject([
      { before: tickets, after: undefined },
      { before: undefined, after: tickets },
    ]);
  });

  it('of a type', () => {
    expect(planRename(ofType('posts'), 'articles', stateOf()).attempts[0]?.command.body).toMatchObject({
      args: [
        { type: 'delete_remote_schema_remote_relationship', args: { name: 'posts' } },
        { type: 'create_remote_schema_remote_relationship', args: { name: 'articles', definition: sorted } },
      ],
    });
  });

  it('of an inconsistent one has a second way', () => {
    const state = stateOf({ inconsistent: [inconsistentTableRelationship('tickets')] });
    const plan = planRename(ofTable('tickets'), 'issues', state);
    expect(plan.attempts[0]?.command.body?.['args']).toHaveLength(3);
    expect(namesLeft(plan.attempts[1])).toEqual(['before', 'issues', 'posts']);
  });

  it.each([
    ['the same name', 'tickets', 'duplicate', {}],
    ['no name', '', 'empty-name', {}],
    ['what is no GraphQL name', 'my issues', 'invalid-name', {}],
    ['that of another remote relationship', 'before', 'name-taken', {}],
    ['that of a local relationship', 'orders', 'name-taken', {}],
    ['that of a column', 'id', 'name-taken', {}],
    ['an owner that is inconsistent', 'issues', 'owner-inconsistent', { inconsistent: [inconsistentTable] }],
  ])('is blocked for %s', (_what, name, code, parts) => {
    const plan = planRename(ofTable('tickets'), name, stateOf(parts), ['id']);
    expect(plan).toMatchObject({ items: [{ action: 'blocked', block: { code } }], attempts: [] });
  });

  it('has nothing to rename', () => {
    expect(planRename(ofTable('nope'), 'x', stateOf()).items).toMatchObject([{ action: 'absent' }]);
  });
});

describe('undo', () => {
  const at = '2026-05-01T12:00:00.000Z';
  const entry = (...changes: UndoEntry['changes']): UndoEntry => ({
    endpoint: 'http://127.0.0.1',
    at,
    verb: 'apply',
    changes,
  });

  it('survives a restart', () => {
    const { changes } = planDelete([ofTable('tickets'), ofType('posts')], stateOf());
    const kept = undoEntry('delete', 'http://127.0.0.1', at, changes);
    expect(readUndoEntry(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it.each([
    [undefined],
    [null],
    ['x'],
    [{}],
    [{ endpoint: 'e', at, verb: 'other', changes: [] }],
    [{ endpoint: 'e', at, verb: 'apply', changes: [{}] }],
    [{ endpoint: 'e', at, verb: 'apply', changes: [{ identity: { name: 'x' } }] }],
  ])('is not read from %j', (value) => {
    expect(readUndoEntry(value)).toBeUndefined();
  });

  it.each([
    [
      'removes what was created',
      { identity: ofTable('tickets'), before: null, after: tickets },
      'pg_delete_remote_relationship',
      args,
    ],
    [
      'restores what was replaced',
      { identity: ofTable('tickets'), before: profile, after: tickets },
      'pg_create_remote_relationship',
      { source: 'shop', table: 'customer', name: 'tickets', definition: sorted },
    ],
    [
      'restores what was deleted, in its form',
      { identity: ofTable('gone'), before: legacyProfile, after: null },
      'pg_create_remote_relationship',
      {
        source: 'shop',
        table: 'customer',
        name: 'gone',
        ...legacyProfile,
        hasura_fields: ['id', 'person_id'],
      },
    ],
  ])('%s', (_what, change, type, expected) => {
    const plan = planUndo(entry(change), stateOf());
    const body = plan.attempts[0]?.command.body;
    expect(body).toMatchObject({ type, resource_version: 12 });
    expect(body?.['args']).toMatchObject(type.includes('delete') ? { name: expected.name } : expected);
  });

  it('has replacing the metadata as the last way: what was there may not have been valid', () => {
    const plan = planUndo(entry({ identity: ofTable('gone'), before: profile, after: null }), stateOf());
    expect(plan.attempts.map(({ replacesAllMetadata }) => replacesAllMetadata)).toEqual([false, true]);
    expect(namesLeft(plan.attempts[1])).toEqual(['before', 'tickets', 'gone', 'posts']);
  });

  it('of a rename goes in one bulk', () => {
    const plan = planUndo(
      entry(
        { identity: ofTable('issues'), before: tickets, after: null },
        { identity: ofTable('tickets'), before: null, after: tickets },
      ),
      stateOf(),
    );
    expect(plan.attempts[0]?.command.body).toMatchObject({
      type: 'bulk',
      args: [
        { type: 'pg_delete_remote_relationship', args: { name: 'tickets' } },
        { type: 'pg_create_remote_relationship', args: { name: 'issues' } },
      ],
    });
  });

  it('does nothing twice', () => {
    const plan = planUndo(
      entry({ identity: ofTable('tickets'), before: tickets, after: profile }),
      stateOf(),
    );
    expect(plan).toMatchObject({ items: [{ action: 'in-place' }], attempts: [] });
  });

  it('leaves alone what someone has changed since, unless told otherwise', () => {
    const changed = entry({ identity: ofTable('tickets'), before: null, after: profile });
    expect(planUndo(changed, stateOf())).toMatchObject({
      items: [{ action: 'blocked', block: { code: 'changed-since' } }],
      attempts: [],
    });
    expect(planUndo(changed, stateOf(), true).attempts).not.toEqual([]);
  });
});
