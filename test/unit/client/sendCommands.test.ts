import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reloadMetadata, reloadRemoteSchema } from '../../../client/src/endpoint/commands/reloading.ts';
import { sendRequest } from '../../../client/src/endpoint/commands/sendRequest.ts';
import { tellInconsistent } from '../../../client/src/endpoint/commands/showInconsistentMetadata.ts';
import { connect } from '../../../client/src/endpoint/connection/connect.ts';
import { ask } from '../../../client/src/endpoint/ui/ask.ts';
import { tellFailure, tellServerDown } from '../../../client/src/endpoint/ui/messages.ts';
import { confirm } from '../../../client/src/ui/messages.ts';
import { withProgress } from '../../../client/src/ui/progress.ts';
import { pick } from '../../../client/src/ui/quickPick.ts';
import type { JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import type { RequestPayload } from '../../../common/src/protocol.ts';
import { conflict, cut, refusal, serverOf, success } from '../metadataApi/change/changedServer.ts';
import {
  type Answer,
  type Answers,
  definition,
  exported,
  inconsistent,
  inconsistentRelationship,
  older,
} from '../metadataApi/fakeServer.ts';
import { type Around, file, host, press, said, startCommands } from './fakeCommands.ts';

const active = vi.hoisted((): { line: number | undefined } => ({ line: undefined }));

vi.mock('vscode', async () => {
  const { URI } = await import('vscode-uri');
  const { Position, Range } = await import('./fakeRanges.ts');
  return {
    Position,
    Range,
    Uri: URI,
    window: {
      get activeTextEditor() {
        if (active.line === undefined) return undefined;
        return {
          document: { uri: URI.parse('file:///shop/customer.yaml') },
          selection: { active: new Position(active.line, 0) },
        };
      },
    },
  };
});
vi.mock('../../../client/src/endpoint/connection/connect.ts', () => ({ connect: vi.fn() }));
vi.mock('../../../client/src/endpoint/commands/showInconsistentMetadata.ts', () => ({
  tellInconsistent: vi.fn(),
}));
vi.mock('../../../client/src/endpoint/ui/ask.ts', () => ({ ask: vi.fn() }));
vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  chooseEndpoint: { title: 'Choose Endpoint' },
  showLog: { title: 'Show Log' },
  tellEarlier: vi.fn(),
  tellFailure: vi.fn(),
  tellServerDown: vi.fn(),
}));
vi.mock('../../../client/src/ui/messages.ts', () => ({ confirm: vi.fn(), tell: vi.fn() }));
vi.mock('../../../client/src/ui/progress.ts', () => ({
  withProgress: vi.fn((_: string, work: (signal: AbortSignal) => unknown) =>
    work(new AbortController().signal),
  ),
}));
vi.mock('../../../client/src/ui/quickPick.ts', () => ({ pick: vi.fn() }));

const customer = { schema: 'public', name: 'customer' };
const creating: JsonObject = {
  type: 'pg_create_remote_relationship',
  args: { source: 'shop', table: customer, name: 'profile', definition },
};
const exporting: JsonObject = { type: 'export_metadata', args: {} };

function payload(
  body: JsonObject | null,
  [first, last]: readonly [number, number] = [3, 8],
  parts: Partial<RequestPayload> = {},
): RequestPayload {
  return {
    type: String(body?.['type'] ?? 'bulk'),
    range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
    body,
    api: null,
    errors: [],
    obstacle: null,
    ...parts,
  };
}

const lens = { uri: String(file), position: { line: 3, character: 0 } };

function start(server: Answers, requests?: readonly RequestPayload[], around: Around = {}) {
  const started = startCommands(server, { ...around, answers: { requests, ...around.answers } });
  vi.mocked(ask).mockImplementation(started.ask);
  return started;
}

const typesOf = (sent: readonly JsonObject[]) => sent.map(({ type }) => type);

beforeEach(() => {
  vi.clearAllMocks();
  active.line = undefined;
});

describe('which request is sent', () => {
  const first = payload(exporting, [0, 3]);
  const second = payload({ type: 'get_inconsistent_metadata', args: {} }, [3, 6]);

  it.each<[string, unknown, number | undefined, readonly RequestPayload[], string | undefined]>([
    ['the one that a lens stands above', lens, undefined, [first, second], 'get_inconsistent_metadata'],
    ['the one at the cursor', undefined, 1, [first, second], 'export_metadata'],
    [
      'of two that touch, the one that begins there',
      undefined,
      3,
      [first, second],
      'get_inconsistent_metadata',
    ],
    ['the only one of the file', undefined, 20, [first], 'export_metadata'],
  ])('%s', async (_, argument, line, requests, expected) => {
    active.line = line;
    const { context, sent, asked } = start(serverOf({}, success), requests);
    await sendRequest(context, argument);
    expect(asked[0]?.[1]).toEqual({ uri: String(file) });
    expect(typesOf(sent)).toEqual([expected]);
    expect(pick).not.toHaveBeenCalled();
  });

  it('that the person chooses where the cursor is in none', async () => {
    active.line = 20;
    vi.mocked(pick).mockImplementation(async (items) => (await items)[1] as never);
    const { context, sent } = start(serverOf({}, success), [first, second]);
    await sendRequest(context, undefined);
    const [[items, options]] = vi.mocked(pick).mock.calls as unknown as [[unknown, unknown]];
    expect(items).toMatchObject([
      { label: 'export_metadata', description: 'line 1' },
      { label: 'get_inconsistent_metadata', description: 'line 4' },
    ]);
    expect(options).toEqual({ title: 'Which request? The cursor is in none.' });
    expect(typesOf(sent)).toEqual(['get_inconsistent_metadata']);
  });

  it('none when none is chosen', async () => {
    active.line = 20;
    vi.mocked(pick).mockResolvedValue(undefined);
    const { context, sent } = start(serverOf({}, success), [first, second]);
    await sendRequest(context, undefined);
    expect([sent, said()]).toEqual([[], []]);
  });

  it.each<[string, number | undefined, readonly RequestPayload[], string, string, string[]]>([
    [
      'no file is open',
      undefined,
      [],
      'information',
      'Open a file with a request and put the cursor in it.',
      [],
    ],
    ['there is none', 1, [], 'information', 'This file has no requests to the metadata API.', []],
    [
      'it can’t be read',
      4,
      [payload(null, [3, 8], { obstacle: 'It has an !include.' })],
      'error',
      'This request can’t be sent. It has an !include.',
      ['Open Request'],
    ],
    [
      'a number would be sent changed',
      4,
      [payload({ type: 'export_metadata', args: { a: 2 ** 60 } })],
      'error',
      'This request can’t be sent. A number in it is too long to be sent unchanged. Write it as a string.',
      ['Open Request'],
    ],
  ])('none when %s', async (_, line, requests, severity, message, buttons) => {
    active.line = line;
    const { context, sent } = start(serverOf({}, success), requests);
    await sendRequest(context, undefined);
    expect(said()).toEqual([[severity, message, buttons]]);
    expect(sent).toEqual([]);
    expect(connect).not.toHaveBeenCalled();
  });

  it('none when the language server is down, or there is no endpoint', async () => {
    active.line = 4;
    const { context } = start(serverOf({}, success));
    await sendRequest(context, undefined);
    expect(tellServerDown).toHaveBeenCalledTimes(1);
    const { context: other, sent } = start(serverOf({}, success), [payload(exporting)]);
    vi.mocked(connect).mockResolvedValue(undefined);
    await sendRequest(other, undefined);
    expect([sent, said()]).toEqual([[], []]);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('with errors only by who knows better: %s', async (agreed, count) => {
    vi.mocked(confirm).mockResolvedValue(agreed);
    const { context, sent } = start(serverOf({}, success), [
      payload(exporting, [3, 8], { errors: ['a', 'b'] }),
    ]);
    await sendRequest(context, lens);
    expect(vi.mocked(confirm).mock.calls).toEqual([
      ['warning', 'export_metadata has 2 errors.', 'a\nb', 'Send Anyway'],
    ]);
    expect(sent).toHaveLength(count);
  });
});

describe('a request that reads', () => {
  it('is sent without a question, and its answer shown', async () => {
    const { context, questions, texts, cleared } = start(serverOf({}, success), [payload(exporting)], {
      readOnly: true,
    });
    await sendRequest(context, lens);
    expect(questions).toEqual([]);
    expect(cleared).toHaveLength(1);
    const [[where, text, beside]] = texts as [[string[], string, string]];
    expect([where[0], beside]).toEqual([host, 'beside']);
    expect(where[1]).toMatch(/^export_metadata [^:]+\.json$/);
    expect(text).toBe(`${JSON.stringify(exported({}).json, null, 2)}\n`);
    expect(said()).toEqual([['information', 'Sent: hasura.test answered export_metadata.', []]]);
  });

  it('and is refused has its error where it lies', async () => {
    const range = { start: { line: 4, character: 2 }, end: { line: 6, character: 0 } };
    const started = start({ export_metadata: refusal }, [payload(exporting)], { answers: { keys: range } });
    await sendRequest(started.context, lens);
    expect(started.asked.at(-1)?.[1]).toEqual({
      uri: String(file),
      position: { line: 3, character: 0 },
      keys: ['args'],
    });
    const firstLine = { start: range.start, end: { line: 5, character: 0 } };
    expect(started.problems).toEqual([
      [
        { uri: expect.anything(), range: firstLine },
        { severity: 'error', message: 'no', host, code: 'not-supported' },
      ],
    ]);
    expect(started.texts).toEqual([]);
    expect(said()).toEqual([
      ['error', 'Nothing was changed: hasura.test refused export_metadata: no', ['Show Log', 'Open Request']],
    ]);
  });

  it('has an error on one line where it is nowhere in it', async () => {
    const request = payload(exporting, [3, 3]);
    const { context, problems } = start({ export_metadata: refusal }, [request], { answers: { keys: null } });
    await sendRequest(context, lens);
    expect(problems).toMatchObject([[{ range: request.range }, {}]]);
  });
});

describe('a request that changes something', () => {
  const send = async (server: Answers, around: Around = {}, body = creating) => {
    const started = start(server, [payload(body)], around);
    await sendRequest(started.context, lens);
    return started;
  };
  const done = 'Sent: hasura.test answered pg_create_remote_relationship.';

  it('is asked about, kept in the journal, and sent as it stands', async () => {
    const { questions, sent, journal, cleared } = await send(
      serverOf({ profile: older }, success, { profile: definition }),
      { protected: true },
    );
    expect(questions).toEqual([
      {
        question: {
          verb: 'Send',
          message: 'Send pg_create_remote_relationship to hasura.test?',
          details: [
            'The server has "profile", which is replaced.',
            'Undo Last Apply or Delete gives the server back what it had.',
          ],
        },
        host,
      },
    ]);
    expect(sent.filter(({ type }) => type === creating['type'])).toEqual([creating]);
    expect(journal.entries).toMatchObject([{ state: 'settled', entry: { verb: 'apply' } }]);
    expect(cleared).toHaveLength(1);
    expect(said()).toEqual([['information', done, []]]);
  });

  it('is not sent when the answer is no, or the endpoint only read, or can’t be read', async () => {
    const no = await send(serverOf({}, success), { agrees: () => false });
    expect([
      typesOf(no.sent).includes('pg_create_remote_relationship'),
      no.cleared,
      no.journal.entries,
    ]).toEqual([false, [], []]);
    const readOnly = await send(serverOf({}, success), { readOnly: true });
    expect([readOnly.sent, readOnly.questions]).toEqual([[], []]);
    expect(said()).toMatchObject([['warning', expect.stringContaining('read-only'), ['Choose Endpoint']]]);
    const broken = await send({ ...serverOf({}, success), export_metadata: cut });
    expect(broken.questions).toEqual([]);
  });

  it('and is overtaken can be tried again', async () => {
    const { journal, questions } = await send(serverOf({}, conflict));
    expect(said()).toEqual([
      [
        'error',
        'hasura.test has carried nothing out: its metadata was changed by someone else in the meantime, or since the resource_version that the request names.',
        ['Try Again', 'Show Log'],
      ],
    ]);
    expect(journal.entries).toEqual([]);
    await press('Try Again');
    expect(questions).toHaveLength(2);
  });

  it('says what became of it other than was to be expected', async () => {
    const server = serverOf({}, success, { profile: definition, other: older });
    let reads = 0;
    const objects = [
      inconsistentRelationship('profile', 'no such field'),
      inconsistentRelationship('other', 'by this'),
    ];
    const { problems } = await send({
      ...server,
      get_inconsistent_metadata: () => inconsistent(...(reads++ === 0 ? [] : objects)),
    });
    const message = 'hasura.test accepted "profile", but it is inconsistent: no such field';
    expect(said()).toEqual([
      ['information', done, []],
      ['warning', message, ['Show Log', 'Open Request']],
      ['warning', 'Since this change, hasura.test reports as inconsistent: by this', ['Show Log']],
    ]);
    expect(problems).toEqual([
      [
        {
          uri: expect.anything(),
          range: { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } },
        },
        { severity: 'warning', message, host },
      ],
    ]);
  });

  it('and breaks says what is known of its relationships', async () => {
    const { problems } = await send(serverOf({}, cut, { profile: definition }));
    expect(tellFailure).not.toHaveBeenCalled();
    expect(said()).toEqual([
      ['information', 'Applied: hasura.test has "profile".', ['Show Log', 'Open Request']],
    ]);
    expect(problems).toEqual([]);
  });

  it('and breaks without any relationship says why', async () => {
    await send({ ...serverOf({}, success), clear_metadata: cut }, {}, { type: 'clear_metadata', args: {} });
    expect(vi.mocked(tellFailure).mock.calls).toEqual([
      [expect.objectContaining({ outcome: 'cut' }), host, expect.anything()],
    ]);
    expect(said()).toEqual([]);
  });
});

describe('reloading', () => {
  const all = 'the metadata, all sources and remote schemas';
  const people = 'remote schema "people"';
  const server = (answer: Answer | Error): Answers => ({
    ...serverOf({}, success),
    reload_metadata: answer,
    reload_remote_schema: answer,
  });

  it('is not asked about, and says what is inconsistent then', async () => {
    const { context, connection, sent, questions } = start(server(success));
    await reloadMetadata(context);
    expect(typesOf(sent).filter((type) => /^reload/.test(String(type)))).toEqual(['reload_metadata']);
    expect(questions).toEqual([]);
    expect(vi.mocked(withProgress).mock.calls.map(([title]) => title)).toEqual([
      `Reloading ${all} on hasura.test`,
    ]);
    expect(vi.mocked(tellInconsistent).mock.calls).toEqual([
      [context, connection, expect.anything(), `hasura.test has reloaded ${all}.`],
    ]);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('is asked about where the host has to be named: %s', async (agreed, count) => {
    const { context, sent, questions } = start(server(success), [], {
      protected: true,
      agrees: () => agreed,
    });
    await reloadRemoteSchema(context, 'people');
    expect(questions).toEqual([
      {
        question: { verb: 'Reload', message: `Reload ${people} on hasura.test?`, details: [] },
        host,
      },
    ]);
    expect(typesOf(sent).filter((type) => type === 'reload_remote_schema')).toHaveLength(count);
    expect(tellInconsistent).toHaveBeenCalledTimes(count);
  });

  it.each<[string, unknown]>([
    ['by name', 'people'],
    ['of what has one', { remoteSchema: 'people' }],
    ['that is chosen', undefined],
    ['that is chosen, of something else', { remoteSchema: 3 }],
    ['that is chosen, of nothing', null],
  ])('a remote schema %s', async (_, argument) => {
    vi.mocked(pick).mockImplementation(async (items) => (await items)[0] as never);
    const { context, sent } = start(server(success));
    await reloadRemoteSchema(context, argument);
    expect(sent.find(({ type }) => type === 'reload_remote_schema')).toMatchObject({
      args: { name: 'people' },
    });
    const known = argument === 'people' || JSON.stringify(argument) === '{"remoteSchema":"people"}';
    expect(vi.mocked(pick).mock.calls).toEqual(
      known
        ? []
        : [[[{ label: 'people', name: 'people' }], { title: 'Remote schema of hasura.test to reload' }]],
    );
  });

  it.each<[string, unknown, Answers, string[][]]>([
    ['it is unknown', 'other', server(success), [['error', 'hasura.test has no remote schema "other".']]],
    [
      'there is none',
      undefined,
      {
        ...server(success),
        export_metadata: { json: { resource_version: 1, metadata: { version: 3, sources: [] } } },
      },
      [['information', 'hasura.test has no remote schema.']],
    ],
    ['none is chosen', undefined, server(success), []],
    ['the server can’t be read', 'people', { ...server(success), export_metadata: cut }, []],
  ])('sends nothing when %s', async (_, argument, answers, messages) => {
    vi.mocked(pick).mockResolvedValue(undefined);
    const { context, sent } = start(answers);
    await reloadRemoteSchema(context, argument);
    expect(said()).toEqual(messages.map((each) => [...each, []]));
    expect(typesOf(sent)).not.toContain('reload_remote_schema');
  });

  it('sends nothing without an endpoint to write to', async () => {
    const { context, sent } = start(server(success), [], { readOnly: true });
    await reloadMetadata(context);
    await reloadRemoteSchema(context, 'people');
    expect([sent, said().length]).toEqual([[], 2]);
    vi.mocked(connect).mockResolvedValue(undefined);
    await reloadMetadata(context);
    await reloadRemoteSchema(context, 'people');
    expect(said()).toHaveLength(2);
    const unread = start({ ...server(success), export_metadata: cut });
    await reloadMetadata(unread.context);
    expect(typesOf(unread.sent)).not.toContain('reload_metadata');
  });

  const because = (...reasons: string[]): Answer => ({
    status: 400,
    json: {
      path: '$',
      error: 'no',
      code: 'unexpected',
      internal: reasons.map((reason) => inconsistentRelationship('r', reason)),
    },
  });

  it.each<[string, Answer | Error, unknown[][], number]>([
    [
      'refused says why it stays as it was, in a few words',
      because('one', 'two', 'three', 'four'),
      [['error', `hasura.test keeps ${all} as it was: one; two; three`, ['Show Log']]],
      0,
    ],
    [
      'broken off may go on',
      cut,
      [
        [
          'warning',
          expect.stringMatching(/broke .* hasura\.test may still be reloading the metadata/),
          ['Try Again', 'Show Log'],
        ],
      ],
      0,
    ],
    ['refused for no reason is told as any failure', refusal, [], 1],
    [
      'that needs a secret is told as any failure',
      { status: 401, json: { error: 'no', code: 'access-denied' } },
      [],
      1,
    ],
  ])('%s', async (_, answer, messages, failures) => {
    const { context } = start(server(answer));
    await reloadMetadata(context);
    expect(said()).toEqual(messages);
    expect(tellFailure).toHaveBeenCalledTimes(failures);
    expect(tellInconsistent).not.toHaveBeenCalled();
  });

  it('cancelled may go on', async () => {
    const { context, connection } = start(server(success));
    const { client } = connection;
    const send: typeof client.send = async (command, signal) =>
      String(command.body?.['type']).startsWith('reload')
        ? { outcome: 'cancelled' }
        : client.send(command, signal);
    const cancelling = { ...connection, client: { host, send } };
    vi.mocked(connect).mockResolvedValue(cancelling as never);
    await reloadMetadata(context);
    expect(said()).toEqual([
      ['information', `hasura.test may still be reloading ${all}.`, ['Try Again', 'Show Log']],
    ]);
  });
});
