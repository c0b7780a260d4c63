import { describe, expect, it } from 'vitest';
import { requestAsWritten } from '../../../common/src/metadataApi/document/commands.ts';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { executePlan } from '../../../common/src/metadataApi/plan/executePlan.ts';
import {
  errorsOf,
  sendQuestion,
  sentText,
  surpriseText,
  undoable,
} from '../../../common/src/metadataApi/plan/sending.ts';
import {
  type Answer,
  definition,
  exported,
  fakeClient,
  inconsistent,
  inconsistentRelationship,
  older,
  stateOf,
} from './fakeServer.ts';

const host = 'the host';
const owner = { source: 'shop', table: 'customer' };
const create = (name: string): JsonObject => ({
  type: 'pg_create_remote_relationship',
  args: { ...owner, name, definition },
});
const remove = (name: string): JsonObject => ({
  type: 'pg_delete_remote_relationship',
  args: { ...owner, name },
});

/** Sends it where the server has `profile` in another form. */
async function send(
  body: JsonObject,
  answer: Answer | Error,
  after: Record<string, Json>,
  objects: readonly Json[] = [],
) {
  const state = await stateOf({ profile: older });
  const { client, sent } = fakeClient({
    [String(body['type'])]: answer,
    export_metadata: exported(after),
    get_inconsistent_metadata: inconsistent(...objects),
  });
  const attempt = { command: requestAsWritten(body), changeOfItem: [], replacesAllMetadata: false };
  const { changes } = undoable(body, state);
  const plan = { items: [], changes, attempts: [attempt] };
  const done = await executePlan(client, plan, state, { mayReplaceAll: async () => false });
  if (done.outcome !== 'done') throw new Error(done.outcome);
  const errors = errorsOf(body, done.result);
  return {
    sent,
    errors,
    told: sentText(body, done.result, errors, host),
    surprise: surpriseText(done, state, host),
  };
}

const success: Answer = { json: { message: 'success' } };

describe('the question', () => {
  it.each<[string, JsonObject, RegExp[], string | undefined]>([
    [
      'a replacement',
      create('profile'),
      [/has "profile", which is replaced/, /^Undo Last Apply or Delete/],
      'apply',
    ],
    ['a creation', create('new'), [/^Undo/], 'apply'],
    ['a deletion', remove('profile'), [/has "profile", which is deleted/, /^Undo/], 'delete'],
    ['both', { type: 'bulk', args: [create('new'), remove('profile')] }, [/deleted/, /^Undo/], 'apply'],
    [
      'a command that does more',
      { type: 'clear_metadata', args: {} },
      [/removes all metadata/, /can’t be undone/],
      undefined,
    ],
    ['a deletion of none', remove('nope'), [/has no relationship/], undefined],
  ])('for %s says what it takes away, and whether that can be undone', async (_, body, details, verb) => {
    const { changes, complete, verb: kept } = undoable(body, await stateOf({ profile: older }));
    const question = sendQuestion(body, { changes, complete }, host);
    expect(question.details).toEqual(details.map((text) => expect.stringMatching(text)));
    expect(question.message).toContain('to the host?');
    expect(kept).toBe(verb);
  });
});

describe('what came of it', () => {
  it('answered: sent as it stands, without a resource version', async () => {
    const { told, surprise, sent } = await send(create('profile'), success, { profile: definition });
    expect(sent[0]).toEqual(create('profile'));
    expect(told.message).toBe('Sent: the host answered pg_create_remote_relationship.');
    expect(surprise).toBeUndefined();
  });

  it('accepted, but inconsistent', async () => {
    const objects = [inconsistentRelationship('profile', 'no such field')];
    const { told, surprise } = await send(create('profile'), success, { profile: definition }, objects);
    expect(told.severity).toBe('information');
    expect(surprise).toMatchObject({
      severity: 'warning',
      message: 'the host accepted "profile", but it is inconsistent: no such field',
      problem: true,
    });
  });

  it('is as grave as the gravest of what became of each', async () => {
    const objects = [inconsistentRelationship('new', 'no such field')];
    const body = { type: 'bulk', args: [create('new'), remove('profile')] };
    const after = { new: definition, profile: older };
    const { surprise } = await send(body, success, after, objects);
    expect(surprise).toMatchObject({
      severity: 'error',
      message:
        'the host accepted "new", but it is inconsistent: no such field; the host accepted this, but "profile" is still there. Someone else may have put it back.',
    });
  });

  it('refused, with the place below the request', async () => {
    const answer = {
      status: 400,
      json: { path: '$.args.definition', error: 'no', code: 'parse-failed' },
    };
    const { told, errors, surprise } = await send(create('profile'), answer, { profile: older });
    expect(told).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(/^Nothing was changed: .* refused .*: no$/),
    });
    expect(errors.map(({ keys }) => keys)).toEqual([['args', 'definition']]);
    expect(surprise).toBeUndefined();
  });

  it('a yes with errors inside says each, and nothing else is a surprise', async () => {
    const body = { type: 'bulk_keep_going', args: [create('new'), remove('profile'), remove('nope')] };
    const no = (error: string) => ({ path: '$.args', error, code: 'not-exists' });
    const answer = { json: [{ message: 'success' }, no('first'), no('second')] };
    const { told, errors, surprise } = await send(body, answer, { profile: older, new: definition });
    expect(told).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(/refused 2 items of it: first; second$/),
    });
    expect(errors.map(({ keys }) => keys)).toEqual([
      ['args', 1, 'args'],
      ['args', 2, 'args'],
    ]);
    expect(surprise).toBeUndefined();
  });

  it.each([
    ['and was carried out', { profile: definition }, /Applied: the host has "profile"/],
    ['and was not', { profile: older }, /unchanged: The connection/],
  ])('cut: it is read again %s', async (_, after, expected) => {
    const { surprise } = await send(create('profile'), new Error('socket hang up'), after);
    expect(surprise?.message).toMatch(expected);
  });
});
