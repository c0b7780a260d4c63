import { describe, expect, it } from 'vitest';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import type { HttpResult } from '../../../common/src/metadataApi/http/httpResult.ts';
import { readInconsistentObjects } from '../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { Change } from '../../../common/src/metadataApi/plan/changes.ts';
import { compareWithServer } from '../../../common/src/metadataApi/plan/compare.ts';
import {
  type Answer,
  answerOf,
  newlyInconsistent,
  verify,
} from '../../../common/src/metadataApi/plan/verify.ts';
import {
  inconsistentTable,
  inconsistentTableRelationship,
  legacyProfile,
  local,
  ofTable,
  ofType,
  profile,
  stateOf,
  tickets,
} from './fixtures.ts';

function change(name: string, before: Json | undefined, after: Change['after']): Change {
  return { identity: ofTable(name), before, after };
}

describe('verify', () => {
  it.each<[string, Change, Answer, Json[], string, string[]]>([
    ['there and consistent', change('tickets', undefined, tickets), 'accepted', [], 'applied', []],
    ['there after an unclear answer', change('tickets', profile, tickets), 'unclear', [], 'applied', []],
    [
      'there and inconsistent',
      change('tickets', profile, tickets),
      'accepted',
      [inconsistentTableRelationship('tickets', 'gone')],
      'inconsistent',
      ['gone'],
    ],
    [
      'there, its owner inconsistent',
      change('tickets', profile, tickets),
      'accepted',
      [inconsistentTable],
      'not-checked',
      ['no such table/view exists in source: "customer"'],
    ],
    ['not there after a yes', change('new', undefined, tickets), 'accepted', [], 'lost', []],
    [
      'not there after an unclear answer',
      change('new', undefined, tickets),
      'unclear',
      [],
      'not-carried-out',
      [],
    ],
    ['as before after a no', change('tickets', tickets, profile), 'refused', [], 'not-carried-out', []],
    ['as before after a yes', change('tickets', tickets, profile), 'accepted', [], 'lost', []],
    ['something else', change('tickets', undefined, profile), 'accepted', [], 'overwritten', []],
    [
      'something else after an unclear answer',
      change('tickets', legacyProfile, { ...legacyProfile, remote_schema: 'x' }),
      'unclear',
      [],
      'overwritten',
      [],
    ],
    ['gone', change('gone', tickets, undefined), 'accepted', [], 'deleted', []],
    ['gone after an unclear answer', change('gone', tickets, undefined), 'unclear', [], 'deleted', []],
    ['not gone', change('tickets', tickets, undefined), 'accepted', [], 'lost', []],
    ['replaced instead of gone', change('tickets', profile, undefined), 'unclear', [], 'overwritten', []],
  ])('%s', (_what, wanted, answer, inconsistent, outcome, reasons) => {
    expect(verify([wanted], answer, stateOf({ inconsistent }))).toMatchObject([{ outcome, reasons }]);
  });

  it('does not mind the form', () => {
    const identity = ofType('posts');
    expect(
      verify([{ identity, before: undefined, after: legacyProfile }], 'accepted', stateOf()),
    ).toMatchObject([{ outcome: 'applied' }]);
  });

  describe('compares what can’t be read as it is written', () => {
    const future = { to_action: { name: 'refund', fields: ['id'] } };
    const other = { to_action: { name: 'refund', fields: ['nr'] } };
    const reordered = { to_action: { fields: ['id'], name: 'refund' } };
    const withTickets = (definition: Json) =>
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
    it.each<[string, Json, Change, Answer, string]>([
      ['as before after a no', future, change('tickets', reordered, tickets), 'refused', 'not-carried-out'],
      ['as before after a yes', future, change('tickets', reordered, tickets), 'accepted', 'lost'],
      ['something else', other, change('tickets', future, tickets), 'unclear', 'overwritten'],
      ['as wanted instead of it', tickets, change('tickets', future, tickets), 'accepted', 'applied'],
      ['instead of what was wanted', future, change('tickets', profile, tickets), 'accepted', 'overwritten'],
      ['wanted, and there', reordered, change('tickets', profile, future), 'accepted', 'applied'],
      ['wanted, and another there', other, change('tickets', profile, future), 'accepted', 'overwritten'],
    ])('%s', (_what, now, wanted, answer, outcome) => {
      expect(verify([wanted], answer, withTickets(now))).toMatchObject([{ outcome }]);
    });
  });

  it.each([
    ['accepted', 'unknown'],
    ['unclear', 'unknown'],
    ['refused', 'not-carried-out'],
  ] as const)('knows little when the server can not be read: %s', (answer, outcome) => {
    expect(verify([change('tickets', undefined, tickets)], answer, undefined)).toEqual([
      { identity: ofTable('tickets'), outcome, reasons: [], now: undefined },
    ]);
  });
});

it.each<[HttpResult, Answer]>([
  [{ outcome: 'answered', status: 200, json: {}, requestId: undefined }, 'accepted'],
  [{ outcome: 'conflict', status: 409, error: undefined }, 'refused'],
  [{ outcome: 'unauthorized', status: 401, error: undefined }, 'refused'],
  [{ outcome: 'unreachable', reason: 'dns', detail: '' }, 'refused'],
  [{ outcome: 'not-sent', detail: '' }, 'refused'],
  [{ outcome: 'redirect', status: 302, location: undefined }, 'refused'],
  [{ outcome: 'busy', status: 429, retryAfter: undefined, message: undefined }, 'refused'],
  [{ outcome: 'busy', status: 503, retryAfter: undefined, message: undefined }, 'unclear'],
  [
    {
      outcome: 'answered',
      status: 200,
      json: [{ message: 'success' }, { path: '$.args', error: 'no', code: 'not-exists' }],
      requestId: undefined,
    },
    'unclear',
  ],
  ...(
    [
      [[{ message: 'success' }, { message: 'success' }], 'accepted'],
      [[], 'accepted'],
      [[{ message: 'success' }, [{ message: 'success' }]], 'accepted'],
      [[{ message: 'success' }, [{ path: '$', error: 'no', code: 'not-exists' }]], 'unclear'],
      [[[[{ path: '$', error: 'no', code: 'not-exists' }]]], 'unclear'],
      [{ path: '$', error: 'no', code: 'not-exists' }, 'accepted'],
    ] satisfies [Json, Answer][]
  ).map(([json, answer]): [HttpResult, Answer] => [
    { outcome: 'answered', status: 200, json, requestId: undefined },
    answer,
  ]),
  [{ outcome: 'cut', status: 200, detail: '' }, 'unclear'],
  [{ outcome: 'timeout', milliseconds: 1 }, 'unclear'],
  [{ outcome: 'cancelled' }, 'unclear'],
  [{ outcome: 'too-large', status: 200, limit: 1 }, 'unclear'],
  [{ outcome: 'unexpected-answer', status: 200, contentType: undefined, excerpt: '' }, 'unclear'],
  [{ outcome: 'unexpected-answer', status: 403, contentType: undefined, excerpt: '' }, 'refused'],
])('%j is %s', (result, answer) => {
  expect(answerOf(result)).toBe(answer);
});

it('newlyInconsistent leaves out what was broken before', () => {
  const before = readInconsistentObjects([
    inconsistentTableRelationship('tickets', 'old'),
    inconsistentTable,
  ]);
  const after = readInconsistentObjects([
    inconsistentTableRelationship('tickets', 'with another reason'),
    inconsistentTableRelationship('other', 'new'),
    inconsistentTable,
  ]);
  expect(newlyInconsistent(before, after).map(({ reason }) => reason)).toEqual(['Inconsistent object: new']);
});

describe('newlyInconsistent tells objects apart', () => {
  const object = (type: string, name: string | undefined, definition: Json = { a: 1 }) => ({
    type,
    ...(name === undefined ? {} : { name }),
    definition,
    reason: 'r',
  });
  const fresh = (before: Json[], after: Json[]) =>
    newlyInconsistent(readInconsistentObjects(before), readInconsistentObjects(after)).length;
  it.each<[string, Json, Json, number]>([
    ['by name, whatever the definition', object('table', 'n'), object('table', 'n', { b: 2 }), 0],
    ['by another name', object('table', 'n'), object('table', 'm'), 1],
    ['by another type', object('table', 'n'), object('function', 'n'), 1],
    ['by definition, where there is no name', object('table', undefined), object('table', undefined), 0],
    ['by type, where there is no name', object('table', undefined), object('function', undefined), 1],
    ['by another definition', object('table', undefined), object('table', undefined, { b: 2 }), 1],
    [
      'by the order of keys',
      object('t', undefined, { a: 1, b: 2 }),
      object('t', undefined, { b: 2, a: 1 }),
      0,
    ],
  ])('%s', (_what, before, after, count) => {
    expect(fresh([before], [after])).toBe(count);
  });

  it('of several in each other’s way one new is enough', () => {
    const clash = (...names: string[]) => ({
      reason: 'r',
      objects: names.map((name) => object('table', name)),
    });
    expect(fresh([object('table', 'a')], [clash('a', 'b')])).toBe(1);
    expect(fresh([clash('a', 'b')], [clash('b', 'a')])).toBe(0);
  });
});

describe('compareWithServer', () => {
  it('lays both sides beside each other', () => {
    const compared = compareWithServer(
      [
        local(ofTable('tickets', 'shop', { name: 'customer' }), tickets),
        local(ofTable('before'), profile),
        local(ofTable('new'), tickets),
        local(ofTable('broken', 'erp'), {}),
        local(ofType('posts'), legacyProfile),
      ],
      stateOf({ inconsistent: [inconsistentTableRelationship('tickets')] }),
    );
    expect(
      compared.map(({ identity, state, consistency }) => [identity.name, state, consistency?.state]),
    ).toEqual([
      ['broken', 'only-here', undefined],
      ['before', 'changed', 'consistent'],
      ['new', 'only-here', undefined],
      ['tickets', 'same', 'inconsistent'],
      ['posts', 'same', 'consistent'],
    ]);
  });

  it('does not take an unreadable definition for the same', () => {
    expect(compareWithServer([local(ofTable('tickets'), {})], stateOf())).toContainEqual(
      expect.objectContaining({ state: 'changed', identity: ofTable('tickets') }),
    );
  });

  it('shows what is only there', () => {
    expect(compareWithServer([], stateOf()).map(({ state }) => state)).toEqual([
      'only-there',
      'only-there',
      'only-there',
    ]);
  });
});
