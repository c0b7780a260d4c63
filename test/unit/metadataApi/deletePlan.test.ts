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
    const message =
      'The server does not find it, because it is inconsistent (no such table/view exists in source: "customer"), and its metadata can\'t be replaced without a change to other parts.';
    const block = { code: 'no-safe-way', message };
    expect(plan.items).toMatchObject([{ action: 'blocked', block }]);
    expect(plan.attempts).toEqual([]);
  });

  it.each<[string, string, string, boolean]>([
    ['shop', 'postgres', 'v2.1.0', true],
    ['shop', 'mssql', 'v2.5.0', false],
    ['shop', 'mssql', 'v2.6.0', true],
    ['shop', 'sqlite', 'v2.20.0', false],
    ['shop', 'sqlite', 'v2.21.0', true],
  ])(
    'puts something in its place where the server can take it: %s of kind %s on %s',
    (source, kind, version, expected) => {
      const table = kind === 'sqlite' ? ['main', 'customer'] : { schema: 'x', name: 'customer' };
      const written = { name: 'tickets', definition: tickets };
      const document = {
        version: 3,
        sources: [{ name: source, kind, tables: [{ table, remote_relationships: [written] }] }],
      };
      const said = { source, table, name: 'tickets', definition: tickets };
      const inconsistent = [{ type: 'remote_relationship', name: 'r', reason: 'x', definition: said }];
      const plan = planDelete(
        [ofTable('tickets', source, table)],
        stateOf({ document, inconsistent, version }),
      );
      expect(plan.attempts.map(({ replacesAllMetadata }) => replacesAllMetadata)).toEqual(
        expected ? [false, true] : [true],
      );
    },
  );

  it('says of each why there is no safe way', () => {
    const exported = { metadata };
    const document = readMetadataDocument(exported);
    if (document === undefined) throw new Error('unreadable metadata');
    const reasons = ['one', 'two'].map((reason) => inconsistentTableRelationship('tickets', reason));
    const state = { ...stateOf({ version: 'v2.0.10', inconsistent: reasons }), document };
    const { items } = planDelete([ofTable('before'), ofTable('tickets')], state);
    const end = "and its metadata can't be replaced without a change to other parts.";
    expect(items.map((item) => item.action === 'blocked' && item.block.message)).toEqual([
      `The server does not find it, because it is inconsistent, ${end}`,
      `The server does not find it, because it is inconsistent (one, two), ${end}`,
    ]);
  });

  it('warns of replacing all metadata, where no command finds it', () => {
    const { items } = planDelete([ofTable('tickets')], stateOf({ inconsistent: [inconsistentTable] }));
    expect(items).toMatchObject([
      {
        warnings: [
          {
            code: 'replaces-all-metadata',
            message:
              'The server does not find it, because its table is inconsistent: all metadata is replaced by a copy without it.',
          },
        ],
      },
    ]);
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
        { name: 'f', url: 'f', definition: { query: { collection_name: 'd', query_name: 'q' } } },
        { name: 'g', url: 'g', definition: { query: { collection_name: 'c', query_name: 'r' } } },
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
    ['the same name', 'tickets', 'duplicate', 'Its name is already "tickets".', {}],
    ['no name', '', 'empty-name', 'The new name is empty.', {}],
    [
      'what is not a valid GraphQL name',
      'my issues',
      'invalid-name',
      '"my issues" can\'t be the name of a field: GraphQL names have only letters, digits and "_", and don\'t begin with a digit.',
      {},
    ],
    [
      'that of another remote relationship',
      'before',
      'name-taken',
      'before (table customer of source shop) exists on the server and would be replaced.',
      {},
    ],
    [
      'that of a local relationship',
      'orders',
      'name-taken',
      'The name "orders" is taken by an array relationship of the table.',
      {},
    ],
    ['that of a column', 'id', 'name-taken', 'The name "id" is taken by a column of the table.', {}],
    [
      'an owner that is inconsistent',
      'issues',
      'owner-inconsistent',
      'Table "customer" or its source is inconsistent on the server: no such table/view exists in source: "customer".',
      { inconsistent: [inconsistentTable] },
    ],
  ])('is blocked for %s', (_what, name, code, message, parts) => {
    const plan = planRename(ofTable('tickets'), name, stateOf(parts), ['id']);
    expect(plan).toMatchObject({ items: [{ action: 'blocked', block: { code, message } }], attempts: [] });
  });

  it('is blocked where the server’s definition can’t be read', () => {
    const document = {
      version: 3,
      sources: [
        {
          name: 'shop',
          kind: 'postgres',
          tables: [{ table: 'customer', remote_relationships: [{ name: 'odd', definition: {} }] }],
        },
      ],
    };
    const message = "The server's definition can't be read.";
    expect(planRename(ofTable('odd'), 'even', stateOf({ document }))).toEqual({
      items: [
        { action: 'blocked', identity: ofTable('odd'), block: { code: 'unreadable-definition', message } },
      ],
      changes: [],
      attempts: [],
    });
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

  it.each<[unknown]>([
    [undefined],
    [null],
    ['x'],
    [{}],
    [{ endpoint: 'e', at, verb: 'other', changes: [] }],
    [{ endpoint: 'e', at, verb: 'apply', changes: [{}] }],
    [{ endpoint: 'e', at, verb: 'apply', changes: [{ identity: { name: 'x' } }] }],
    [{ at, verb: 'apply', changes: [] }],
    [{ endpoint: 'e', verb: 'apply', changes: [] }],
    [{ endpoint: 'e', at, changes: [] }],
    [{ endpoint: 1, at, verb: 'apply', changes: [] }],
    [{ endpoint: 'e', at: 1, verb: 'apply', changes: [] }],
    ...[
      { source: 's', table: 't' },
      { source: 's', name: 'x' },
      { table: 't', name: 'x' },
      { remoteSchema: 'r', name: 'x' },
      { typeName: 't', name: 'x' },
      { remoteSchema: 'r', typeName: 't' },
      { source: 's', typeName: 't', name: 'x' },
    ].map((identity): [unknown] => [{ endpoint: 'e', at, verb: 'apply', changes: [{ identity }] }]),
    // One that can't be read leaves nothing that could be undone as a whole.
    [{ endpoint: 'e', at, verb: 'apply', changes: [{ identity: ofTable('tickets') }, {}] }],
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

  it.each([
    ['apply', ofTable('tickets'), tickets, null],
    ['delete', ofType('posts'), null, profile],
    ['rename', ofTable('x', 'lite', ['main', 'customer']), null, null],
  ] as const)('is read as it was kept: %s', (verb, identity, before, after) => {
    const kept = { endpoint: 'e', at, verb, changes: [{ identity, before, after }] };
    expect(readUndoEntry({ ...kept, more: 1 })).toEqual(kept);
  });

  it('keeps nothing where there was nothing', () => {
    const change = { identity: ofTable('x'), before: undefined, after: undefined };
    expect(undoEntry('rename', 'e', at, [change])).toEqual({
      endpoint: 'e',
      at,
      verb: 'rename',
      changes: [{ identity: ofTable('x'), before: null, after: null }],
    });
    expect(
      readUndoEntry({ endpoint: 'e', at, verb: 'apply', changes: [{ identity: ofTable('x') }] })?.changes,
    ).toEqual([{ identity: ofTable('x'), before: null, after: null }]);
  });

  describe('of a definition that can’t be read', () => {
    const future = { to_action: { name: 'refund' } };
    const state = (definition: JsonObject) =>
      stateOf({
        document: {
          version: 3,
          sources: [
            {
              name: 'shop',
              kind: 'postgres',
              tables: [{ table: 'customer', remote_relationships: [{ name: 'tickets', definition }] }],
            },
          ],
        },
      });
    it.each<[string, JsonObject, UndoEntry['changes'][number], object]>([
      [
        'which is there again, has nothing to do',
        future,
        { identity: ofTable('tickets'), before: future, after: tickets },
        { action: 'in-place' },
      ],
      [
        'which was replaced, can’t be sent',
        tickets,
        { identity: ofTable('tickets'), before: future, after: tickets },
        {
          action: 'blocked',
          block: {
            code: 'unreadable-definition',
            message: "The definition that the server had can't be sent to it any more.",
          },
        },
      ],
      [
        'which someone has put there since, leaves it',
        future,
        { identity: ofTable('tickets'), before: profile, after: tickets },
        { action: 'blocked', block: { code: 'changed-since' } },
      ],
      [
        'of which someone has made another since, leaves it',
        { to_action: { name: 'another' } },
        { identity: ofTable('tickets'), before: profile, after: future },
        { action: 'blocked', block: { code: 'changed-since' } },
      ],
    ])('%s', (_what, now, change, item) => {
      const plan = planUndo(entry(change), state(now));
      expect(plan).toMatchObject({ items: [item], changes: [], attempts: [] });
    });
  });

  it.each<[string, StateParts, UndoEntry['changes'][number], string]>([
    [
      'its source is gone',
      {},
      { identity: ofTable('x', 'nope'), before: tickets, after: null },
      'unknown-source',
    ],
    [
      'its table is not tracked any more',
      {},
      { identity: ofTable('x', 'shop', 'nope'), before: tickets, after: null },
      'untracked-table',
    ],
    [
      'its remote schema is gone',
      {},
      { identity: ofType('x', 'nope'), before: profile, after: null },
      'unknown-remote-schema',
    ],
    [
      'the server is another',
      { version: 'v1.3.3' },
      { identity: ofTable('x'), before: profile, after: null },
      'unsupported',
    ],
  ])('is blocked when %s', (_what, parts, change, code) => {
    expect(planUndo(entry(change), stateOf(parts))).toMatchObject({
      items: [{ action: 'blocked', block: { code } }],
      attempts: [],
    });
  });

  it('goes on when only its table is inconsistent: the metadata can be replaced', () => {
    const plan = planUndo(
      entry({ identity: ofTable('gone'), before: tickets, after: null }),
      stateOf({ inconsistent: [inconsistentTable] }),
    );
    expect(plan.items).toMatchObject([{ action: 'restore', now: undefined, definition: tickets }]);
    expect(plan.attempts.map(({ replacesAllMetadata }) => replacesAllMetadata)).toEqual([true]);
  });

  it('says what it restores, and what the server has now', () => {
    const plan = planUndo(
      entry({ identity: ofTable('tickets'), before: profile, after: tickets }),
      stateOf(),
    );
    expect(plan.items).toMatchObject([
      { action: 'restore', identity: ofTable('tickets'), now: { definition: tickets }, definition: sorted },
    ]);
    expect(plan.changes).toEqual([{ identity: ofTable('tickets'), before: tickets, after: sorted }]);
  });

  it('stops as a whole when one of several is blocked', () => {
    const plan = planUndo(
      entry(
        { identity: ofTable('tickets'), before: null, after: tickets },
        { identity: ofTable('before'), before: null, after: profile },
      ),
      stateOf(),
    );
    expect(plan.items.map(({ action }) => action)).toEqual(['blocked', 'restore']);
    expect(plan.attempts).toEqual([]);
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
      items: [
        {
          action: 'blocked',
          block: {
            code: 'changed-since',
            message: 'tickets (table customer of source shop) has been changed on the server since.',
          },
        },
      ],
      attempts: [],
    });
    expect(planUndo(changed, stateOf(), true).attempts).not.toEqual([]);
  });
});
