import { describe, expect, it } from 'vitest';
import { applyConflict, applyQuestion } from '../../../common/src/metadataApi/change/applyOperation.ts';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import { planApply } from '../../../common/src/metadataApi/plan/applyPlan.ts';
import {
  detailsText,
  type ReportLine,
  reportOf,
  summaryOf,
} from '../../../common/src/metadataApi/plan/applyReport.ts';
import { executePlan } from '../../../common/src/metadataApi/plan/executePlan.ts';
import { failureOf } from '../../../common/src/metadataApi/plan/outcome.ts';
import type { ServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
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

const host = 'the host';

/** The server has `old` in another form, and `same`; applied are these, `new` and `strange`, whose table it has not. */
const before = { old: older, same: definition };
const locals = [
  ...['new', 'old', 'same'].map((name) => ({ identity: ofCustomer(name), definition })),
  { identity: { ...ofCustomer('strange'), table: 'unknown' }, definition },
];
const placeText = ({ index }: ReportLine): string => `file.yaml:${index + 1}`;
const all = { ...before, new: definition, old: definition };
const success: Answer = { json: [{ message: 'success' }, { message: 'success' }] };
const refusal = (path: string, extra: object = {}): Answer => ({
  status: 400,
  json: { path, error: 'no such field', code: 'invalid-configuration', ...extra },
});

function planFor(state: ServerState, names = ['new', 'old', 'same', 'strange']) {
  const chosen = locals.filter(({ identity }) => names.includes(identity.name));
  return planApply(chosen, state, { leaveOutBlocked: true });
}

async function apply(
  answer: Answer | Error,
  after: Answer | Error,
  { objects = [], names }: { objects?: Json[]; names?: string[] } = {},
) {
  const state = await stateOf(before);
  const plan = planFor(state, names);
  const { client, sent } = fakeClient({
    bulk: answer,
    pg_create_remote_relationship: answer,
    export_metadata: after,
    get_inconsistent_metadata: inconsistent(...objects),
  });
  const done = await executePlan(client, plan, state, { mayReplaceAll: async () => false });
  if (done.outcome !== 'done') throw new Error(done.outcome);
  const { kindOf } = state.document;
  const lines = reportOf(plan, host, kindOf, done);
  return { lines, done, sent, kindOf, summary: summaryOf(lines, host, done, placeText) };
}

describe('what became of several', () => {
  it.each<[string, Answer | Error, Answer | Error, Json[], string[], string, string]>([
    [
      'all applied',
      success,
      exported(all),
      [],
      ['created', 'updated', 'in-place', 'left-out'],
      'warning',
      'Applied to the host: 1 created, 1 updated, 1 already in place, 1 left out.',
    ],
    [
      'one accepted but inconsistent',
      success,
      exported(all),
      [inconsistentRelationship('old', 'no such field')],
      ['created', 'inconsistent', 'in-place', 'left-out'],
      'warning',
      'Applied to the host: 1 created, 1 already in place, 1 accepted but inconsistent, 1 left out.',
    ],
    [
      'one refused: the path says which',
      refusal('$.args[1].args'),
      exported(before),
      [],
      ['not-carried-out', 'refused', 'in-place', 'left-out'],
      'error',
      'Nothing was changed: the host refused "old": no such field (file.yaml:2)',
    ],
    [
      'one refused: the server’s objects say which',
      refusal('$', { internal: [inconsistentRelationship('new', 'not such a one')] }),
      exported(before),
      [],
      ['refused', 'not-carried-out', 'in-place', 'left-out'],
      'error',
      'Nothing was changed: the host refused "new": not such a one (file.yaml:1)',
    ],
    [
      'refused as a whole',
      refusal('$'),
      exported(before),
      [],
      ['not-carried-out', 'not-carried-out', 'in-place', 'left-out'],
      'error',
      'Nothing was changed: the host refused: no such field',
    ],
    [
      'cut, and carried out',
      new Error('socket hang up'),
      exported(all),
      [],
      ['created', 'updated', 'in-place', 'left-out'],
      'warning',
      'Applied to the host: 1 created, 1 updated, 1 already in place, 1 left out.',
    ],
    [
      'cut, and not known',
      new Error('socket hang up'),
      new Error('socket hang up'),
      [],
      ['unknown', 'unknown', 'in-place', 'left-out'],
      'error',
      'Sent to the host: 1 already in place, 2 unknown, 1 left out.',
    ],
    [
      'overtaken',
      success,
      exported({ ...all, new: older }),
      [],
      ['overwritten', 'updated', 'in-place', 'left-out'],
      'warning',
      'Applied to the host: 1 updated, 1 already in place, 1 overwritten by someone else, 1 left out.',
    ],
  ])('%s', async (_, answer, after, objects, outcomes, severity, message) => {
    const { lines, summary } = await apply(answer, after, { objects });
    expect(lines.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(summary).toMatchObject({ severity, message });
  });

  it('cut and not carried out: the reason is said once', async () => {
    const { summary } = await apply(new Error('socket hang up'), exported(before), { names: ['new', 'old'] });
    expect(summary.message).toMatch(/^All of the 2 relationships on the host are unchanged: The connection/);
  });

  it('a refusal names the keys below the arguments of its request, for the place in the file', async () => {
    const path = '$.args[1].args.definition.to_remote_schema.remote_field';
    const { lines } = await apply(refusal(path), exported(before));
    expect(lines[1]?.refusal).toMatchObject({
      error: { code: 'invalid-configuration' },
      argumentKeys: ['definition', 'to_remote_schema', 'remote_field'],
    });
    expect(lines.filter(({ problem }) => problem).map(({ identity }) => identity.name)).toEqual(['old']);
  });

  it('what did not get as far as to be looked at is a failure, not a report', async () => {
    const { done } = await apply({ status: 401, json: {} }, exported(before));
    expect(failureOf(done)).toMatchObject({ outcome: 'unauthorized' });
  });

  it('all in place', async () => {
    const state = await stateOf(all);
    const lines = reportOf(planFor(state, ['new', 'old', 'same']), host, state.document.kindOf, undefined);
    expect(summaryOf(lines, host, undefined, placeText).message).toBe(
      'All of the 3 relationships are already in place on the host.',
    );
  });

  it('one in place that is inconsistent is no good news', async () => {
    const state = await stateOf(all, [inconsistentRelationship('old', 'no such field')]);
    const lines = reportOf(planFor(state, ['new', 'old']), host, state.document.kindOf, undefined);
    expect(lines[1]).toMatchObject({ severity: 'warning', problem: true });
    expect(summaryOf(lines, host, undefined, placeText)).toMatchObject({
      severity: 'warning',
      message: 'Nothing to change on the host: 2 already in place.',
    });
  });

  it('one alone speaks for itself', async () => {
    const { summary } = await apply({ json: { message: 'success' } }, exported(all), { names: ['new'] });
    expect(summary.message).toBe('Applied: the host has "new".');
  });

  it('the details have a line for each', async () => {
    const { lines, kindOf } = await apply(refusal('$.args[1].args'), exported(before));
    expect(detailsText(lines, 'Applied', kindOf, placeText)).toBe(`Applied
1 already in place, 1 refused, 1 unchanged, 1 left out

unchanged         new (table customer of source shop)     file.yaml:1
refused           old (table customer of source shop)     file.yaml:2  the host refused "old": no such field
already in place  same (table customer of source shop)    file.yaml:3
left out          strange (table unknown of source shop)  file.yaml:4  "strange" was left out. Table "unknown" is not tracked in source "shop".
`);
  });
});

it('none of several is changed when it is cancelled', async () => {
  const state = await stateOf(before);
  const plan = planFor(state, ['new', 'old']);
  const { client } = fakeClient({
    export_metadata: exported(before),
    get_inconsistent_metadata: inconsistent(),
  });
  const signal = AbortSignal.abort();
  const done = await executePlan(client, plan, state, { signal, mayReplaceAll: async () => false });
  if (done.outcome !== 'done') throw new Error(done.outcome);
  const lines = reportOf(plan, host, state.document.kindOf, done);
  expect(summaryOf(lines, host, done, placeText)).toEqual({
    severity: 'information',
    message: 'Cancelled: All of the 2 relationships on the host are unchanged.',
    problem: false,
  });
});

describe('the question', () => {
  it('counts and names what will be', async () => {
    const state = await stateOf(before);
    const { verb, message, details } = applyQuestion(planFor(state), host, state, ['A note.']);
    expect([verb, message]).toEqual(['Apply', 'Apply 2 relationships to the host?']);
    expect(details).toEqual([
      'A note.',
      '1 will be created: new.',
      '1 will be updated: old.',
      '1 already in place: same.',
      '1 left out: strange.',
      'All of them are changed, or none.',
    ]);
  });

  it('for one says whether it is created or updated, and what changes', async () => {
    const state = await stateOf(before);
    expect(applyQuestion(planFor(state, ['old']), host, state, [])).toMatchObject({
      verb: 'Update',
      message: 'Update old (table customer of source shop) on the host?',
      details: expect.arrayContaining([expect.stringContaining('["nr"] → ["id"]')]),
    });
  });

  it.each<[string, Record<string, Json>, string[], string | RegExp]>([
    ['another relationship', { ...before, other: older }, ['old'], /; "old" itself is as it was\.$/],
    [
      'another one than several',
      { ...before, other: older },
      ['new', 'old'],
      /; what is sent is as it was\.$/,
    ],
    ['one that goes', { same: definition }, ['new', 'old'], /: "old" is gone\.$/],
    ['one that comes', { ...before, new: older }, ['new', 'old'], /: "new" is different now .*Both change/],
    [
      'two',
      { new: older, same: definition },
      ['new', 'old'],
      /:\n"new" is different now .*\n"old" is gone\.$/,
    ],
  ])('after a conflict about %s says what someone else has done', async (_, after, names, expected) => {
    const chosen = locals.filter(({ identity }) => names.includes(identity.name));
    const lines = applyConflict(chosen, host, await stateOf(before), await stateOf(after));
    const text = lines.join('\n');
    expect(text).toMatch(/^The metadata on the host was changed by someone else in the meantime/);
    expect(text).toMatch(expected);
  });
});

describe('what is in place already', () => {
  it.each<[string, Json[], string, boolean]>([
    ['as it should be', [], 'is already in place on the host.', false],
    [
      'and not used',
      [inconsistentRelationship('same', 'no such field')],
      'is already in place on the host, but is inconsistent: no such field',
      true,
    ],
  ])('%s', async (_, objects, message, problem) => {
    const state = await stateOf(before, objects);
    const lines = reportOf(planFor(state, ['same']), host, state.document.kindOf, undefined);
    const severity = problem ? 'warning' : 'information';
    expect(lines).toMatchObject([{ outcome: 'in-place', severity, message: `"same" ${message}`, problem }]);
  });
});
