import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../../../common/src/metadataApi/change/applyOperation.ts';
import { carryOut } from '../../../../common/src/metadataApi/change/carryOut.ts';
import { deleteOperation } from '../../../../common/src/metadataApi/change/deleteOperation.ts';
import type { Operation } from '../../../../common/src/metadataApi/change/operation.ts';
import { renameOperation } from '../../../../common/src/metadataApi/change/renameOperation.ts';
import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import type { JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import { undoEntry } from '../../../../common/src/metadataApi/plan/undo.ts';
import {
  type Answer,
  type Answers,
  definition,
  inconsistent,
  inconsistentRelationship,
  ofCustomer,
  older,
} from '../fakeServer.ts';
import { conflict, cut, type Relationships, refusal, serverOf, success, writes } from './changedServer.ts';
import { type Circumstances, fakeEnvironment } from './fakeEnvironment.ts';

const identity = ofCustomer('profile');
const unauthorized: Answer = { status: 401, json: { path: '$', error: 'invalid', code: 'access-denied' } };

const applying = () => applyOperation([{ local: { identity, definition }, where: 'customer.yaml:3' }], []);
const deleting = () => deleteOperation(identity, { written: true });
const renaming = (name = 'person') => renameOperation(identity, async () => name);

interface Verb {
  readonly name: string;
  readonly operation: () => Operation<unknown, unknown>;
  readonly before: Relationships;
  readonly after: Relationships;
  readonly question: string;
}

const verbs: readonly Verb[] = [
  {
    name: 'apply',
    operation: applying,
    before: { profile: older },
    after: { profile: definition },
    question: 'Update profile (table customer of source shop) on hasura.test?',
  },
  {
    name: 'delete',
    operation: deleting,
    before: { profile: older },
    after: {},
    question: 'Delete profile (table customer of source shop) on hasura.test?',
  },
  {
    name: 'rename',
    operation: renaming,
    before: { profile: older },
    after: { person: older },
    question: 'Rename profile (table customer of source shop) to person on hasura.test?',
  },
];

/** Carries out an operation; what has to be there for it to be undone is there already. */
async function run<Item, Report>(
  operation: Operation<Item, Report>,
  answers: Answers,
  circumstances: Circumstances = {},
) {
  const fake = fakeEnvironment(answers, circumstances);
  return { outcome: await carryOut(operation, fake.environment), ...fake };
}

describe.each(verbs)('$name', ({ name, operation, before, after, question }) => {
  it('reads, asks, keeps what there was, sends once, and reads again', async () => {
    const { outcome, events, questions, journal, sent, readAfterwards } = await run(
      operation(),
      serverOf(before, success, after),
    );
    expect(outcome.outcome).toBe('sent');
    const verb = question.slice(0, question.indexOf(' '));
    expect(events).toEqual(['read', `ask ${verb}`, 'Changing hasura.test', 'send, begun']);
    expect(questions).toEqual([
      { question: expect.objectContaining({ message: question }), host: undefined },
    ]);
    expect(journal.entries).toMatchObject([{ state: 'settled', entry: { verb: name } }]);
    expect(journal.entries[0]?.entry.changes[0]).toMatchObject({
      identity: { name: 'profile' },
      before: older,
    });
    expect(sent.map(({ type }) => type).filter((type) => type === 'export_metadata')).toHaveLength(2);
    expect(readAfterwards.map(({ document }) => document.relationships.length)).toEqual([
      Object.keys(after).length,
    ]);
  });

  it('names the host of a protected endpoint in the answer', async () => {
    const { questions } = await run(operation(), serverOf(before, success, after), { protected: true });
    expect(questions.map(({ host }) => host)).toEqual(['hasura.test']);
  });

  it('asks nothing of a read-only endpoint, not even what it has', async () => {
    const { outcome, events, sent, journal } = await run(operation(), serverOf(before, success, after), {
      readOnly: true,
      protected: true,
    });
    const message = '"dev" (hasura.test) is set to read-only: nothing is changed there.';
    expect(outcome).toEqual({ outcome: 'read-only', told: { severity: 'warning', message, problem: false } });
    expect([events, sent, journal.entries]).toEqual([[], [], []]);
  });

  it('stops where the server can’t be read, or answers what nobody can read', async () => {
    const page = { ...serverOf(before, success, after), export_metadata: { json: 'no metadata' } };
    const { outcome, events, journal } = await run(operation(), page);
    expect(outcome).toMatchObject({ outcome: 'not-read', failure: { outcome: 'unexpected-answer' } });
    expect([events, journal.entries]).toEqual([['read'], []]);
    const broken = await run(operation(), { ...serverOf(before, success, after), export_metadata: cut });
    expect(broken.outcome).toMatchObject({ outcome: 'not-read', failure: { outcome: 'cut' } });
  });

  it('sends nothing when the answer is no', async () => {
    const { outcome, events, journal } = await run(operation(), serverOf(before, success, after), {
      answer: () => false,
    });
    expect(outcome).toEqual({ outcome: 'given-up' });
    expect(events.at(-1)).toMatch(/^ask /);
    expect(journal.entries).toEqual([]);
  });

  it('begins anew after a conflict, says so in the question, and leaves one entry', async () => {
    let conflicts = 1;
    const answers = serverOf(before, success, after);
    const once = (type: string) => (request: JsonObject) => {
      if (conflicts-- > 0) return conflict;
      const answer = answers[type];
      return typeof answer === 'function' ? answer(request) : success;
    };
    const { outcome, questions, journal, events } = await run(operation(), {
      ...answers,
      ...Object.fromEntries(writes.map((type) => [type, once(type)])),
    });
    expect(outcome.outcome).toBe('sent');
    expect(events.filter((event) => event === 'read')).toHaveLength(2);
    const texts = questions.map(({ question: { details } }) => details.join('\n'));
    expect(texts[0]).not.toMatch(/in the meantime/);
    expect(texts[1]).toMatch(/^The metadata on hasura\.test was changed by someone else in the meantime/);
    expect(journal.entries).toMatchObject([{ state: 'settled' }]);
  });

  it('cancelled before it is sent sends nothing, and says that all is as before', async () => {
    const { outcome, sent } = await run(operation(), serverOf(before, success, after), {
      signal: AbortSignal.abort(),
    });
    expect(JSON.stringify(outcome)).toMatch(/Cancelled: \\"profile\\" on hasura\.test is unchanged\./);
    expect(sent.filter(({ type }) => /remote_relationship|bulk/.test(String(type)))).toEqual([]);
  });

  it('cancelled while the answer is awaited is read again: what the server has decides', async () => {
    const controller = new AbortController();
    const answers = serverOf(before, cut, after);
    const { outcome, journal } = await run(
      operation(),
      Object.fromEntries(
        Object.entries(answers).map(([type, answer]) => [
          type,
          async (request: JsonObject) => {
            if (writes.includes(type)) controller.abort();
            return typeof answer === 'function' ? answer(request) : answer;
          },
        ]),
      ),
      { signal: controller.signal },
    );
    expect(outcome).toMatchObject({ outcome: 'sent', done: { result: { outcome: 'cancelled' } } });
    expect(JSON.stringify(outcome)).not.toContain('unchanged');
    expect(journal.entries).toMatchObject([{ state: 'settled' }]);
  });

  it('whose end is not known stays open, and is looked at by the next one', async () => {
    const { outcome, journal, environment } = await run(operation(), serverOf(before, cut, cut));
    expect(outcome).toMatchObject({ outcome: 'sent', done: { afterwards: undefined } });
    expect(JSON.stringify(outcome)).toContain('is not known');
    expect(journal.entries).toMatchObject([{ state: 'open' }]);

    const later = fakeEnvironment(serverOf(after, success));
    await carryOut(deleteOperation(ofCustomer('another'), { written: false }), {
      ...later.environment,
      journal: environment.journal,
    });
    expect(later.told.map(({ message }) => message)).toEqual([
      expect.stringMatching(new RegExp(`^The ${name} of .* It was carried out\\.$`)),
    ]);
    expect(journal.entries).toMatchObject([{ state: 'settled' }]);
  });

  it('that is refused leaves nothing to undo', async () => {
    const { outcome, journal, readAfterwards } = await run(operation(), serverOf(before, refusal));
    expect(JSON.stringify(outcome)).toContain('hasura.test refused \\"profile\\": no');
    expect([journal.entries, readAfterwards]).toEqual([[], []]);
  });

  it('that does not get as far as to be looked at says why, and leaves nothing to undo', async () => {
    const { outcome, journal } = await run(operation(), serverOf(before, unauthorized));
    expect(outcome).toMatchObject({ outcome: 'failed', failure: { outcome: 'unauthorized' } });
    expect(journal.entries).toEqual([]);
  });

  it('says what else has become inconsistent', async () => {
    const answers = serverOf({ ...before, other: older }, success, { ...after, other: older });
    const other = inconsistentRelationship('other', 'by this');
    let reads = 0;
    const { outcome } = await run(operation(), {
      ...answers,
      get_inconsistent_metadata: () => (reads++ === 0 ? inconsistent() : inconsistent(other)),
    });
    const message = 'Since this change, hasura.test reports as inconsistent: by this';
    expect(outcome).toMatchObject({ broken: { severity: 'warning', message } });
  });

  it('can be undone, once', async () => {
    const { journal, environment } = await run(operation(), serverOf(before, success, after));
    const undoing = fakeEnvironment(serverOf(after, success, before), { protected: true });
    const undoable = { ...undoing.environment, journal: environment.journal };
    const outcome = await carryOut(undoOperation(), undoable);
    const message = `Undone: hasura.test has what it had before the last ${name}.`;
    expect(outcome).toMatchObject({ outcome: 'sent', report: { severity: 'information', message } });
    expect(undoing.questions).toEqual([
      { question: expect.objectContaining({ verb: 'Undo' }), host: 'hasura.test' },
    ]);
    expect(journal.entries).toEqual([]);
    const nothing = 'There is nothing left to undo on hasura.test.';
    expect(await carryOut(undoOperation(), undoable)).toMatchObject({
      outcome: 'nothing-to-do',
      report: { message: nothing },
    });
  });
});

describe('the journal', () => {
  it('that can’t be written stops the write', async () => {
    const { environment, sent } = fakeEnvironment(serverOf({}, success));
    const full = { ...environment.journal, add: () => Promise.reject(new Error('no space left')) };
    await expect(carryOut(applying(), { ...environment, journal: full })).rejects.toThrow('no space left');
    expect(sent.map(({ type }) => type)).not.toContain('pg_create_remote_relationship');
  });
});

describe('nothing to do', () => {
  it.each<[string, Operation<unknown, unknown>, Relationships, string]>([
    ['what is applied already', applying(), { profile: definition }, '"profile" is already in place'],
    [
      'what is deleted already',
      deleting(),
      {},
      'hasura.test has no profile (table customer of source shop).',
    ],
    ['what is to be renamed and is not there', renaming(), {}, 'hasura.test has no profile'],
    ['what was never changed', undoOperation(), {}, 'There is nothing left to undo on hasura.test.'],
  ])('%s: nothing is asked or sent', async (_, operation, before, text) => {
    const { outcome, events } = await run(operation, serverOf(before, success));
    expect(outcome.outcome).toBe('nothing-to-do');
    expect(JSON.stringify(outcome).replaceAll('\\', '')).toContain(text);
    expect(events).toEqual(['read']);
  });

  it('what has been undone by others: the entry goes', async () => {
    const { environment, journal, events } = fakeEnvironment(serverOf({ profile: older }, success));
    const changes = [{ identity, before: older, after: definition }];
    const { url } = environment.endpoint;
    await journal.settle(await journal.add(undoEntry('apply', url, '2026-05-01T12:00:00Z', changes)));
    const message = 'hasura.test has what it had before the last apply.';
    expect(await carryOut(undoOperation(), environment)).toMatchObject({
      outcome: 'nothing-to-do',
      report: { message },
    });
    expect([journal.entries, events]).toEqual([[], ['read']]);
  });
});

describe('undoing one change', () => {
  const at = '2026-05-01T12:00:00Z';
  const changes = [{ identity, before: older, after: definition }];

  it.each([
    ['is done as long as it is the last', at, 'sent'],
    ['is not, when something was changed since', '2026-05-01T11:00:00Z', 'nothing-to-do'],
  ])('%s', async (_, wanted, expected) => {
    const { environment, journal, sent } = fakeEnvironment(
      serverOf({ profile: definition }, success, { profile: older }),
    );
    await journal.settle(await journal.add(undoEntry('apply', environment.endpoint.url, at, changes)));
    const { outcome } = await carryOut(undoOperation(wanted), environment);
    expect(outcome).toBe(expected);
    expect(journal.entries).toHaveLength(expected === 'sent' ? 0 : 1);
    expect(sent.some(({ type }) => /_remote_relationship$|^bulk/.test(String(type)))).toBe(
      expected === 'sent',
    );
  });
});

describe('what is asked about', () => {
  it.each<[string, Operation<unknown, unknown>, Relationships, unknown, unknown]>([
    ['an apply', applying(), { profile: older }, older, definition],
    ['a delete', deleting(), { profile: older }, older, undefined],
  ])('is shown side by side, not told in one line: %s', async (_, operation, before, now, wanted) => {
    const { environment, questions } = fakeEnvironment(serverOf(before, success));
    await carryOut(operation, environment);
    const [{ question }] = questions as [(typeof questions)[number]];
    const shapeOf = (value: unknown) => (value === undefined ? undefined : expect.anything());
    expect(question.changes).toEqual([
      { name: 'profile', owner: expect.any(String), now: shapeOf(now), after: shapeOf(wanted) },
    ]);
    expect(question.details.join(' ')).not.toMatch(/"to_remote_schema"|\{"/);
  });

  it('is shown side by side of an undo as well', async () => {
    const { environment, journal, questions } = fakeEnvironment(serverOf({ profile: definition }, success));
    const changes = [{ identity, before: undefined, after: definition }];
    const { url } = environment.endpoint;
    await journal.settle(await journal.add(undoEntry('apply', url, '2026-05-01T12:00:00Z', changes)));
    await carryOut(undoOperation(), environment);
    expect(questions[0]?.question.changes).toEqual([
      { name: 'profile', owner: expect.any(String), now: expect.anything(), after: undefined },
    ]);
  });
});

describe('what stands in the way', () => {
  const unknown = { ...identity, table: 'unknown' };
  const untracked = 'Table "unknown" is not tracked in source "shop".';
  const apply = (...locals: (typeof identity)[]) =>
    applyOperation(
      locals.map((each, index) => ({
        local: { identity: each, definition },
        where: `customer.yaml:${index + 1}`,
      })),
      [],
    );

  it.each<[string, Operation<unknown, unknown>, string]>([
    ['of an apply', apply(unknown), `"profile" is not sent. ${untracked}`],
    [
      'of all that were to be applied',
      apply(unknown, { ...unknown, name: 'other' }),
      `2 relationships can’t be sent. "profile" (customer.yaml:1): ${untracked}`,
    ],
    ['of a rename', renaming('no name'), '"profile" is not renamed. "no name" can\'t be the name of a field'],
  ])('%s is said, and nothing is asked or sent', async (_, operation, text) => {
    const { outcome, events } = await run(operation, serverOf({ profile: older }, success));
    expect(outcome).toMatchObject({
      outcome: 'blocked',
      told: { severity: 'error', message: expect.stringContaining(text) },
      index: 0,
    });
    expect(events).toEqual(['read']);
  });

  it('of an undo is that someone has changed it since', async () => {
    const { environment, journal, events } = fakeEnvironment(serverOf({ profile: older }, success));
    const changes = [{ identity, before: undefined, after: definition }];
    const { url } = environment.endpoint;
    await journal.settle(await journal.add(undoEntry('apply', url, '2026-05-01T12:00:00Z', changes)));
    const message =
      'The last apply can’t be undone. profile (table customer of source shop) has been changed on the server since.';
    expect(await carryOut(undoOperation(), environment)).toMatchObject({
      outcome: 'blocked',
      told: { message },
    });
    expect(journal.entries).toHaveLength(1);
    expect(events).toEqual(['read']);
  });

  it('is left out of several when that is agreed to, without naming the host', async () => {
    const sending = apply(identity, unknown);
    const { outcome, questions, events } = await run(
      sending,
      serverOf({}, success, { profile: definition }),
      {
        protected: true,
      },
    );
    expect(questions.map(({ question: { verb }, host }) => [verb, host])).toEqual([
      ['Leave Them Out', undefined],
      ['Apply', 'hasura.test'],
    ]);
    expect(questions[0]?.question).toMatchObject({
      message: '1 relationship can’t be sent.',
      details: [`"profile" (customer.yaml:2): ${untracked}`],
    });
    expect(outcome).toMatchObject({
      outcome: 'sent',
      report: { lines: [{ outcome: 'created' }, { outcome: 'left-out' }] },
    });
    expect(events.filter((event) => event.startsWith('send'))).toHaveLength(1);
  });

  it('is not, when it is not agreed to', async () => {
    const sending = apply(identity, unknown);
    const { outcome, events } = await run(sending, serverOf({}, success), { answer: () => false });
    expect(outcome).toEqual({ outcome: 'given-up' });
    expect(events).toEqual(['read', 'ask Leave Them Out']);
  });
});

describe('a rename', () => {
  it('asks for the name once, and says what the server would not take', async () => {
    const asked: unknown[] = [];
    const operation = renameOperation(identity, async (question) => {
      asked.push([question.title, question.value]);
      expect(question.obstacle('1st')).toMatch(/can't be the name of a field/);
      expect(question.obstacle(' person ')).toBeUndefined();
      return ' person ';
    });
    let conflicts = 1;
    const answers = serverOf({ profile: older }, success, { person: older });
    const { outcome } = await run(operation, {
      ...answers,
      bulk: (request) => {
        if (conflicts-- > 0) return conflict;
        return typeof answers['bulk'] === 'function' ? answers['bulk'](request) : success;
      },
    });
    const message = 'Renamed: hasura.test has "person" instead of "profile".';
    expect(outcome).toMatchObject({ outcome: 'sent', report: { message } });
    expect(asked).toEqual([
      ['New name of profile (table customer of source shop) on hasura.test', 'profile'],
    ]);
  });

  it('without a name is given up', async () => {
    const operation = renameOperation(identity, async () => undefined);
    const { outcome, events } = await run(operation, serverOf({ profile: older }, success));
    expect([outcome, events]).toEqual([{ outcome: 'given-up' }, ['read']]);
  });
});

it('an apply shows both definitions before it asks', async () => {
  const { questions } = await run(applying(), serverOf({ profile: older }, success, { profile: definition }));
  expect(questions[0]?.question.changes).toEqual([
    { name: 'profile', owner: 'table customer of source shop', now: older, after: definition },
  ]);
});
