import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../client/src/endpoint/connection/connection.ts';
import type { Endpoint } from '../../../client/src/endpoint/connection/endpoints.ts';
import { environmentOf, mayWrite } from '../../../client/src/endpoint/connection/writing.ts';
import { ask } from '../../../client/src/endpoint/ui/ask.ts';
import { chooseEndpoint } from '../../../client/src/endpoint/ui/messages.ts';
import { confirm, tell } from '../../../client/src/ui/messages.ts';
import { withProgress } from '../../../client/src/ui/progress.ts';
import { writePlan } from '../../../common/src/metadataApi/change/carryOut.ts';
import { Journal } from '../../../common/src/metadataApi/change/journal.ts';
import { planApply } from '../../../common/src/metadataApi/plan/applyPlan.ts';
import { planDelete } from '../../../common/src/metadataApi/plan/deletePlan.ts';
import type { Plan } from '../../../common/src/metadataApi/plan/plan.ts';
import type { Question } from '../../../common/src/metadataApi/plan/question.ts';
import type { ServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
import { readUndoEntry, type UndoEntry } from '../../../common/src/metadataApi/plan/undo.ts';
import {
  type Answer,
  type Answers,
  definition,
  exported,
  fakeClient,
  inconsistent,
  inconsistentRelationship,
  ofCustomer,
  older,
  stateOf,
} from '../metadataApi/fakeServer.ts';

vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  chooseEndpoint: { title: 'Choose Endpoint' },
  tellEarlier: vi.fn(),
}));
vi.mock('../../../client/src/ui/messages.ts', () => ({ confirm: vi.fn(), tell: vi.fn() }));
vi.mock('../../../client/src/ui/progress.ts', () => ({
  withProgress: vi.fn((_title: string, work: (signal: AbortSignal) => unknown) =>
    work(new AbortController().signal),
  ),
}));

const identity = ofCustomer('profile');
const success: Answer = { json: { message: 'success' } };
const refusal: Answer = { status: 400, json: { path: '$.args', error: 'no', code: 'not-supported' } };
const conflict: Answer = { status: 409, json: { path: '$', error: 'did not match', code: 'conflict' } };
const cut = new Error('socket hang up');

let folder: string;
let journal: Journal;
beforeEach(async () => {
  vi.clearAllMocks();
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'writing-')), 'journal');
  journal = new Journal(folder);
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

/** As the commands write. */
function write(
  connection: Connection,
  verb: UndoEntry['verb'] | undefined,
  plan: Plan<unknown>,
  before: ServerState,
) {
  const questions = { ask: (_: string, question: Question, host: string | undefined) => ask(question, host) };
  return writePlan(environmentOf(connection, { journal, questions }), verb, plan, before);
}

const endpoint = { name: 'dev', url: 'http://hasura.test', host: 'hasura.test' };

/** What the journal holds: files that are under way, left open and settled. */
async function journalNow() {
  const names = await readdir(folder).catch((): string[] => []);
  return names.map((name) =>
    /\.0\.json$/.test(name) ? 'open' : /\.\d+\.json$/.test(name) ? 'begun' : 'settled',
  );
}

function connectionTo(answers: Answers) {
  const { client, sent } = fakeClient(answers);
  const tellRead = vi.fn();
  const connection = { endpoint, host: endpoint.host, client, tellRead } as unknown as Connection;
  return { connection, sent, tellRead };
}

/** Replaces `older` by `definition`; the server answers `answer` and has `after` then. */
async function apply(answer: Answer | Error, after: Answer | Error, { undoable = true } = {}) {
  const before = await stateOf({ profile: older });
  let duringWrite: string[] | undefined;
  const { connection, sent, tellRead } = connectionTo({
    pg_create_remote_relationship: async () => {
      duringWrite = await journalNow();
      return answer;
    },
    export_metadata: after,
    get_inconsistent_metadata: inconsistent(),
  });
  const outcome = await write(
    connection,
    undoable ? 'apply' : undefined,
    planApply([{ identity, definition }], before),
    before,
  );
  return { outcome, sent, tellRead, duringWrite, afterwards: await journalNow() };
}

describe('the journal', () => {
  it('has what the server had before the write starts', async () => {
    let atStart: unknown;
    const before = await stateOf({ profile: older });
    const { connection } = connectionTo({
      pg_create_remote_relationship: async () => {
        const [name = '', ...others] = await readdir(folder);
        expect(others).toEqual([]);
        atStart = readUndoEntry(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
        return success;
      },
      export_metadata: exported({ profile: definition }),
      get_inconsistent_metadata: inconsistent(),
    });
    await write(connection, 'apply', planApply([{ identity, definition }], before), before);
    expect(atStart).toEqual({
      endpoint: endpoint.url,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      verb: 'apply',
      changes: [{ identity, before: older, after: definition }],
    });
  });

  it.each<[string, Answer | Error, Answer | Error, string[]]>([
    ['is settled when it was carried out', success, exported({ profile: definition }, 8), ['settled']],
    ['is settled when someone else was there', success, exported({}, 9), ['settled']],
    ['is settled when a cut connection had done it', cut, exported({ profile: definition }, 8), ['settled']],
    ['is settled when the server may yet do it', cut, exported({ profile: older }), ['settled']],
    ['is left open when nobody knows', cut, cut, ['open']],
    ['is left open when it was accepted and the server can’t be read', success, cut, ['open']],
    ['has nothing when it was refused', refusal, exported({ profile: older }), []],
    ['has nothing after a conflict', conflict, exported({ profile: older }, 9), []],
    ['has nothing when a yes had no effect', success, exported({ profile: older }), []],
  ])('%s', async (_, answer, after, expected) => {
    const { duringWrite, afterwards } = await apply(answer, after);
    expect(duringWrite).toEqual(['begun']);
    expect(afterwards).toEqual(expected);
  });

  it('gives back what is to be undone', async () => {
    await apply(success, exported({ profile: definition }, 8));
    expect((await journal.last(endpoint.url))?.entry.changes).toEqual([
      { identity, before: older, after: definition },
    ]);
  });

  it('keeps nothing of a request that can’t be undone, which is sent all the same', async () => {
    const { duringWrite, afterwards, sent } = await apply(success, exported({ profile: definition }), {
      undoable: false,
    });
    expect(sent[0]).toMatchObject({ type: 'pg_create_remote_relationship' });
    expect([duringWrite, afterwards]).toEqual([[], []]);
  });

  it('that can’t be written stops the write', async () => {
    await writeFile(folder, 'a file where the folder should be');
    const before = await stateOf({});
    const { connection, sent } = connectionTo({ pg_create_remote_relationship: success });
    const writing = write(connection, 'apply', planApply([{ identity, definition }], before), before);
    await expect(writing).rejects.toThrow();
    expect(sent).toEqual([]);
  });

  it('is done with when the write is over', async () => {
    const slow = { add: 'add', settle: 'settle', remove: 'remove', leaveOpen: 'leaveOpen' } as const;
    const ended: string[] = [];
    for (const name of Object.values(slow)) {
      vi.spyOn(journal, name).mockImplementation(async () => {
        for (let turns = 0; turns < 5; turns++) await turn();
        ended.push(name);
        return 'id';
      });
    }
    await apply(success, exported({ profile: definition }, 8));
    await apply(refusal, exported({ profile: older }));
    await apply(success, cut);
    expect(ended).toEqual(['add', 'settle', 'add', 'remove', 'add', 'leaveOpen']);
  });

  it.each([
    ['settle', success, exported({ profile: definition }, 8)],
    ['remove', refusal, exported({ profile: older })],
    ['leaveOpen', success, cut],
  ] as const)('is told by the id it gave: %s', async (name, answer, after) => {
    vi.spyOn(journal, 'add').mockResolvedValue('the id');
    const told = vi.spyOn(journal, name).mockResolvedValue();
    await apply(answer, after);
    expect(told.mock.calls).toEqual([['the id']]);
  });
});

describe('what is read afterwards', () => {
  it('refreshes the views, with what the server has now', async () => {
    const { tellRead } = await apply(success, exported({ profile: definition }, 8));
    expect(tellRead).toHaveBeenCalledTimes(1);
    const [reading] = tellRead.mock.calls[0] ?? [];
    expect(reading.outcome).toBe('read');
    expect(reading.state.document.find(identity)?.definition).toEqual(definition);
  });

  it('refreshes them also when there is nothing to undo', async () => {
    expect(
      (await apply(success, exported({ profile: definition }), { undoable: false })).tellRead,
    ).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['after a refusal', refusal, exported({ profile: older })],
    ['after a conflict', conflict, exported({ profile: older })],
    ['when it could not be read', success, cut],
  ])('is nothing %s', async (_, answer, after) => {
    expect((await apply(answer, after)).tellRead).not.toHaveBeenCalled();
  });
});

it('the outcome is handed on, and progress names the host', async () => {
  const { outcome } = await apply(success, exported({ profile: definition }, 8));
  expect(outcome).toMatchObject({ outcome: 'done', verdicts: [{ outcome: 'applied' }] });
  expect(vi.mocked(withProgress).mock.calls.map(([title]) => title)).toEqual(['Changing hasura.test']);
  expect((await apply(conflict, exported({}))).outcome).toEqual({ outcome: 'conflict' });
});

it('cancelling reaches the request', async () => {
  vi.mocked(withProgress).mockImplementationOnce((_title, work) =>
    work(AbortSignal.abort(), { report: () => {} }),
  );
  const { outcome, sent, afterwards } = await apply(success, exported({ profile: older }));
  expect(outcome).toMatchObject({
    result: { outcome: 'cancelled' },
    verdicts: [{ outcome: 'not-carried-out' }],
  });
  expect(sent.map(({ type }) => type)).not.toContain('pg_create_remote_relationship');
  expect(afterwards).toEqual(['settled']);
});

describe('replacing all metadata', () => {
  const run = async (allowed: boolean) => {
    vi.mocked(confirm).mockResolvedValue(allowed);
    const before = await stateOf({ profile: older }, [inconsistentRelationship('profile', 'no such field')]);
    const { connection, sent } = connectionTo({
      bulk: refusal,
      replace_metadata: success,
      export_metadata: exported({}),
      get_inconsistent_metadata: inconsistent(),
    });
    await write(connection, 'delete', planDelete([identity], before), before);
    return sent.map(({ type }) => type).slice(0, 2);
  };

  it('is asked for by a dialog that names the host and the refusal', async () => {
    expect(await run(true)).toEqual(['bulk', 'replace_metadata']);
    expect(vi.mocked(confirm).mock.calls).toEqual([
      [
        'warning',
        expect.stringContaining('Replace all metadata on hasura.test'),
        expect.stringMatching(/refused \(.*\bno\b.*\)/),
        'Replace on hasura.test',
      ],
    ]);
    expect(await journalNow()).toEqual(['settled']);
  });

  it('does not happen without', async () => {
    expect(await run(false)).toEqual(['bulk']);
    expect(await journalNow()).toEqual([]);
  });
});

describe('an endpoint that is only to be read', () => {
  const named = (readOnly: boolean): Endpoint => ({
    ...endpoint,
    readOnly,
    origin: endpoint.url,
    from: 'the settings',
    protected: false,
    paths: {},
    secretSource: undefined,
    foreignVariable: undefined,
    configuredSecret: () => undefined,
  });

  it('is told, with another to choose', () => {
    expect(mayWrite(named(true))).toBe(false);
    expect(vi.mocked(tell).mock.calls).toEqual([
      ['warning', '"dev" (hasura.test) is set to read-only: nothing is changed there.', chooseEndpoint],
    ]);
  });

  it('any other says nothing', () => {
    expect(mayWrite(named(false))).toBe(true);
    expect(tell).not.toHaveBeenCalled();
  });
});
