import { describe, expect, it } from 'vitest';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import { planApply } from '../../../common/src/metadataApi/plan/applyPlan.ts';
import { planDelete } from '../../../common/src/metadataApi/plan/deletePlan.ts';
import { executePlan, mayHaveChanged } from '../../../common/src/metadataApi/plan/executePlan.ts';
import { outcomeText } from '../../../common/src/metadataApi/plan/outcome.ts';
import type { ServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
import { readServerVersion } from '../../../common/src/serverVersion.ts';
import {
  type Answer,
  definition,
  exported,
  fakeClient,
  inconsistent,
  inconsistentRelationship,
  ofCustomer,
  older,
  stateOf,
} from './fakeServer.ts';

const identity = ofCustomer('profile');
const success: Answer = { json: { message: 'success' } };
const refusal = (error: string, extra: object = {}): Answer => ({
  status: 400,
  json: { path: '$.args', error, code: 'invalid-configuration', ...extra },
});

/** Applies `definition` where the server has `before`, answers `answer` and has `after` then. */
async function apply(
  before: ServerState,
  answer: Answer | Error,
  after: Answer | Error,
  objects: Json[] = [],
) {
  const { client, sent } = fakeClient({
    pg_create_remote_relationship: answer,
    export_metadata: after,
    get_inconsistent_metadata: inconsistent(...objects),
  });
  const plan = planApply([{ identity, definition }], before);
  const outcome = await executePlan(client, plan, before, { mayReplaceAll: async () => false });
  const told =
    outcome.outcome === 'done' && outcome.verdicts[0] !== undefined
      ? outcomeText(outcome.verdicts[0], outcome.result, 'the host', before.document.kindOf).message
      : undefined;
  const writes = sent.filter(({ type }) => String(type).startsWith('pg_'));
  return { outcome, told, sent, writes };
}

describe('what became of an apply', () => {
  it('applied, when the server has it afterwards; the write names the version that was read', async () => {
    const { told, writes } = await apply(await stateOf({}), success, exported({ profile: definition }, 8));
    expect(told).toBe('Applied: the host has "profile".');
    expect(writes).toEqual([expect.objectContaining({ resource_version: 7 })]);
  });

  it('accepted but inconsistent, when the server lists it', async () => {
    const { told } = await apply(await stateOf({}), success, exported({ profile: definition }), [
      inconsistentRelationship('profile', 'no such field'),
    ]);
    expect(told).toBe('the host accepted "profile", but it is inconsistent: no such field');
  });

  it('refused, with the reason of this relationship among all that are given', async () => {
    const internal = [
      { type: 'table', name: 'table other in source shop', reason: 'Inconsistent object: another' },
      inconsistentRelationship('profile', 'the real reason'),
    ];
    const { told, sent } = await apply(
      await stateOf({}),
      refusal('cannot continue', { internal }),
      exported({}),
    );
    expect(told).toBe('the host refused "profile": the real reason');
    expect(sent.map(({ type }) => type)).toEqual(['pg_create_remote_relationship']);
  });

  it('a conflict changes nothing and is not sent again', async () => {
    const answer = { status: 409, json: { path: '$', error: 'did not match', code: 'conflict' } };
    const { outcome, writes } = await apply(await stateOf({}), answer, exported({}));
    expect(outcome.outcome).toBe('conflict');
    expect(writes).toHaveLength(1);
  });

  it.each([
    ['had been carried out', exported({ profile: definition }, 8), 'Applied: the host has "profile".'],
    ['had not', exported({}), /"profile" on the host is unchanged: The connection .* broke/],
    ['was overtaken', exported({ profile: older }, 9), /a different "profile"/],
    ['can’t be known', new Error('socket hang up'), /is not known/],
  ])(
    'after a cut connection the server is read, and it is said whether it %s',
    async (_, after, expected) => {
      const { told, writes } = await apply(await stateOf({}), new Error('socket hang up'), after);
      expect(told).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
      expect(writes).toHaveLength(1);
    },
  );

  it('a yes without an effect is no success', async () => {
    const { told } = await apply(await stateOf({}), success, exported({}));
    expect(told).toMatch(/accepted this, but/);
  });

  it('what else has become inconsistent is told, what was so before is not', async () => {
    const known = inconsistentRelationship('known', 'as ever');
    const { outcome } = await apply(
      await stateOf({ known: older }, [known]),
      success,
      exported({ known: older, profile: definition, other: older }),
      [known, inconsistentRelationship('other', 'by this')],
    );
    expect(outcome).toMatchObject({ broken: [{ reason: 'Inconsistent object: by this' }] });
  });
});

describe('what else has become inconsistent', () => {
  const clash = (...names: string[]) => ({
    reason: 'Inconsistent object: in each other’s way',
    objects: names.map((name) => inconsistentRelationship(name, '')),
  });
  const broken = async (...objects: Json[]) => {
    const { outcome } = await apply(
      await stateOf({ other: older }),
      success,
      exported({ other: older, profile: definition }),
      objects,
    );
    return outcome.outcome === 'done' ? outcome.broken.length : undefined;
  };
  it.each<[string, Json[], number]>([
    ['is not the relationship itself', [inconsistentRelationship('profile', 'r')], 0],
    ['is another relationship', [inconsistentRelationship('other', 'r')], 1],
    ['is another beside it', [clash('profile', 'other')], 1],
    ['is no clash of it with itself', [clash('profile', 'profile')], 0],
    ['is what is no relationship', [{ type: 'source', name: 'source shop', reason: 'r' }], 1],
  ])('%s', async (_, objects, count) => expect(await broken(...objects)).toBe(count));
});

describe('whether there may be something to undo', () => {
  const timeout = new Error('socket hang up');
  it.each<[string, Answer | Error, Answer | Error, boolean]>([
    ['when it was applied', success, exported({ profile: definition }), true],
    ['when it was overwritten', success, exported({ profile: older }), true],
    ['not when a yes had no effect', success, exported({}), false],
    ['not when it was refused', refusal('no'), exported({}), false],
    [
      'not after a conflict',
      { status: 409, json: { path: '$', error: 'e', code: 'conflict' } },
      exported({}),
      false,
    ],
    ['when it was cut and is not there yet', timeout, exported({}), true],
    ['when nobody knows', timeout, timeout, true],
  ])('%s', async (_, answer, after, expected) => {
    const { outcome } = await apply(await stateOf({}), answer, after);
    expect(mayHaveChanged(outcome)).toBe(expected);
  });
});

it('what was refused is not read again, and what was read before stays the version', async () => {
  const refused = await apply(await stateOf({}), refusal('no'), exported({}));
  expect(refused.outcome).toMatchObject({ afterwards: undefined, broken: [] });
  const before = { ...(await stateOf({})), version: readServerVersion('v2.3.0') };
  const done = await apply(before, success, exported({ profile: definition }));
  expect(done.outcome).toMatchObject({ afterwards: { version: { text: 'v2.3.0' } } });
});

describe('cancelling', () => {
  const run = async (abortAt: 'before' | 'waiting', after: Answer) => {
    const before = await stateOf({});
    const controller = new AbortController();
    const { client, sent } = fakeClient({
      pg_create_remote_relationship: () => {
        controller.abort();
        return new Error('aborted');
      },
      export_metadata: after,
      get_inconsistent_metadata: inconsistent(),
    });
    if (abortAt === 'before') controller.abort();
    const { signal } = controller;
    const plan = planApply([{ identity, definition }], before);
    const outcome = await executePlan(client, plan, before, { signal, mayReplaceAll: async () => false });
    if (outcome.outcome !== 'done' || outcome.verdicts[0] === undefined) throw new Error('conflict');
    const { kindOf } = before.document;
    return {
      told: outcomeText(outcome.verdicts[0], outcome.result, 'the host', kindOf).message,
      writes: sent.filter(({ type }) => String(type).startsWith('pg_')).length,
    };
  };

  it('before it is sent: nothing is', async () => {
    const cancelled = 'Cancelled: "profile" on the host is unchanged.';
    expect(await run('before', exported({}))).toEqual({ told: cancelled, writes: 0 });
  });

  it.each([
    ['was not carried out', exported({}), 'Cancelled: "profile" on the host is unchanged.'],
    ['was', exported({ profile: definition }, 8), 'Applied: the host has "profile".'],
  ])('while the answer is awaited: it is read again and said that it %s', async (_, after, told) => {
    expect(await run('waiting', after)).toEqual({ told, writes: 1 });
  });
});

describe('a second way', () => {
  const run = async (answer: Answer | Error) => {
    const before = await stateOf({ profile: older }, [inconsistentRelationship('profile', 'no such field')]);
    const { client, sent } = fakeClient({
      bulk: answer,
      replace_metadata: success,
      export_metadata: exported({ profile: older }),
      get_inconsistent_metadata: inconsistent(),
    });
    const plan = planDelete([identity], before);
    expect(plan.attempts).toHaveLength(2);
    await executePlan(client, plan, before, { mayReplaceAll: async () => true });
    return sent.map(({ type }) => type).filter((type) => type === 'bulk' || type === 'replace_metadata');
  };
  it.each<[string, Answer | Error, string[]]>([
    ['is taken after a refusal', refusal('not found'), ['bulk', 'replace_metadata']],
    ['is not after a yes', success, ['bulk']],
    ['is not when the connection was cut', new Error('socket hang up'), ['bulk']],
    ['is not after a conflict', { status: 409, json: { path: '$', error: 'e', code: 'conflict' } }, ['bulk']],
    [
      'is not when the secret is wrong',
      { status: 401, json: { path: '$', error: 'e', code: 'access-denied' } },
      ['bulk'],
    ],
  ])('%s', async (_, answer, expected) => expect(await run(answer)).toEqual(expected));
});

it('of several changes one is enough for something to undo', async () => {
  const before = await stateOf({});
  const both = [ofCustomer('profile'), ofCustomer('other')].map((each) => ({ identity: each, definition }));
  const { client } = fakeClient({
    bulk: success,
    export_metadata: exported({ profile: definition }),
    get_inconsistent_metadata: inconsistent(),
  });
  const outcome = await executePlan(client, planApply(both, before), before, {
    mayReplaceAll: async () => false,
  });
  expect(outcome).toMatchObject({ verdicts: [{ outcome: 'applied' }, { outcome: 'lost' }] });
  expect(mayHaveChanged(outcome)).toBe(true);
});

describe('deleting what is inconsistent', () => {
  const broken = inconsistentRelationship('profile', 'no such field');
  const run = async (mayReplaceAll: boolean) => {
    const before = await stateOf({ profile: older }, [broken]);
    const { client, sent } = fakeClient({
      bulk: refusal('not found'),
      replace_metadata: { json: { is_consistent: true, inconsistent_objects: [] } },
      export_metadata: exported({}),
      get_inconsistent_metadata: inconsistent(),
    });
    const asked: string[] = [];
    const outcome = await executePlan(client, planDelete([identity], before), before, {
      mayReplaceAll: async ({ outcome: why }) => {
        asked.push(why);
        return mayReplaceAll;
      },
    });
    return { outcome, asked, sent: sent.map(({ type }) => type) };
  };

  it('replaces all metadata only after the gentle way was refused, and only when that is allowed', async () => {
    const { outcome, asked, sent } = await run(true);
    expect(asked).toEqual(['refused']);
    expect(sent).toEqual(['bulk', 'replace_metadata', 'export_metadata', 'get_inconsistent_metadata']);
    expect(outcome).toMatchObject({ verdicts: [{ outcome: 'deleted' }] });
  });

  it('otherwise leaves everything as it is', async () => {
    const { outcome, sent } = await run(false);
    expect(sent).toEqual(['bulk']);
    expect(outcome).toMatchObject({ verdicts: [{ outcome: 'not-carried-out' }] });
  });
});

it('a plan without anything to send is a mistake of the caller', async () => {
  const state = await stateOf({ profile: definition });
  const plan = planApply([{ identity, definition }], state);
  const { client } = fakeClient({});
  await expect(executePlan(client, plan, state, { mayReplaceAll: async () => true })).rejects.toThrow(
    'There is nothing to send.',
  );
});
