import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { Connection, requestTimeout } from '../../../client/src/endpoint/connection/connection.ts';
import type { Endpoint } from '../../../client/src/endpoint/connection/endpoints.ts';
import { tellEarlier, tellFailure } from '../../../client/src/endpoint/ui/messages.ts';
import type { HasuraProject } from '../../../client/src/hasuraProject.ts';
import { enterText } from '../../../client/src/ui/inputBox.ts';
import { tell } from '../../../client/src/ui/messages.ts';
import {
  exportMetadata,
  getInconsistentMetadata,
} from '../../../common/src/metadataApi/document/commands.ts';
import type { HttpClient } from '../../../common/src/metadataApi/http/http.ts';
import type { StateResult } from '../../../common/src/metadataApi/plan/serverState.ts';
import { undoEntry } from '../../../common/src/metadataApi/plan/undo.ts';
import { memoryJournal } from '../metadataApi/change/fakeEnvironment.ts';
import { definition, exported, ofCustomer } from '../metadataApi/fakeServer.ts';

const settings = vi.hoisted((): Record<string, unknown> => ({}));

vi.mock('vscode', () => ({
  workspace: {
    getConfiguration: (section: string) => ({
      get: (key: string, otherwise: unknown) => settings[`${section}.${key}`] ?? otherwise,
    }),
  },
}));
vi.mock('../../../client/src/ui/inputBox.ts', () => ({ enterText: vi.fn() }));
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn() }));
vi.mock('../../../client/src/ui/progress.ts', () => ({
  withProgress: (_title: string, work: (signal: AbortSignal) => unknown) =>
    work(new AbortController().signal),
}));
vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  tellEarlier: vi.fn(),
  tellFailure: vi.fn(),
}));

const refused = { path: '$', error: 'required, but not found.', code: 'access-denied' };
const consistent = { is_consistent: true, inconsistent_objects: [] };

afterEach(() => vi.unstubAllGlobals());

it('who took the client before a secret was entered sends with it afterwards', async () => {
  const kept = new Map<string, string>();
  const secrets: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const secret = new Headers(init.headers).get('x-hasura-admin-secret');
    secrets.push(secret);
    return Response.json(secret === 'top-secret' ? consistent : refused, {
      status: secret === 'top-secret' ? 200 : 401,
    });
  });
  const silent = { error: () => undefined, info: () => undefined, trace: () => undefined };
  const context = {
    extension: {
      secrets: {
        get: async (key: string) => kept.get(key),
        store: async (key: string, value: string) => void kept.set(key, value),
        delete: async (key: string) => void kept.delete(key),
      },
    },
    inconsistencies: { fire: () => undefined },
    log: silent,
  } as unknown as CommandContext;
  const endpoint = {
    url: 'http://127.0.0.1:1',
    origin: 'http://127.0.0.1:1',
    host: '127.0.0.1:1',
    paths: {},
    configuredSecret: () => undefined,
  } as unknown as Endpoint;
  const connection = await Connection.open(context, { folder: {} } as HasuraProject, endpoint);
  const { client } = connection;
  vi.mocked(enterText).mockResolvedValueOnce('top-secret');

  expect((await connection.ask(getInconsistentMetadata, () => undefined))?.outcome).toBe('answered');
  expect((await client.send(getInconsistentMetadata)).outcome).toBe('answered');
  await connection.forgetSecret();
  expect((await client.send(getInconsistentMetadata)).outcome).toBe('unauthorized');
  expect(secrets).toEqual([null, 'top-secret', 'top-secret', 'top-secret', null]);
});

describe('what is sent', () => {
  const kept = new Map<string, string>();
  let sent: string[];
  let logged: string[];
  let fired: string[];
  /** Status and body of each answer, by the secret; without one the server asks for it. */
  let answerTo: (secret: string | null) => readonly [status: number, body: unknown];

  beforeEach(() => {
    vi.clearAllMocks();
    kept.clear();
    [sent, logged, fired] = [[], [], []];
    answerTo = (secret) => (secret === 'right' ? [200, consistent] : [401, refused]);
    vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
      const secret = new Headers(init.headers).get('x-hasura-admin-secret');
      sent.push(secret ?? 'no secret');
      const [status, body] = answerTo(secret);
      return Response.json(body, { status });
    });
  });

  function open(journal = memoryJournal()) {
    const logs = (level: string) => (text: string) => void logged.push(`${level} ${text}`);
    const context = {
      journal,
      extension: {
        secrets: {
          get: async (key: string) => kept.get(key),
          store: async (key: string, value: string) => void kept.set(key, value),
          delete: async (key: string) => void kept.delete(key),
        },
      },
      inconsistencies: { fire: ({ host }: { host: string }) => void fired.push(`inconsistent ${host}`) },
      reads: { fire: ({ result }: { result: { outcome: string } }) => void fired.push(result.outcome) },
      log: { error: logs('error'), info: logs('info'), trace: logs('trace') },
    } as unknown as CommandContext;
    const endpoint = {
      url: 'http://127.0.0.1:1',
      origin: 'http://127.0.0.1:1',
      host: '127.0.0.1:1',
      paths: {},
      configuredSecret: () => undefined,
    } as unknown as Endpoint;
    return Connection.open(context, { folder: {} } as HasuraProject, endpoint);
  }
  const enters = (...entered: readonly (string | undefined)[]) => {
    for (const text of entered) vi.mocked(enterText).mockResolvedValueOnce(text);
  };
  const prompts = () => vi.mocked(enterText).mock.calls.map(([{ prompt }]) => String(prompt));

  it('goes with a secret that is entered until the endpoint takes it', async () => {
    const connection = await open();
    enters('wrong', ' right ');
    expect(await connection.askSecret()).toBe(true);
    expect(sent).toEqual(['wrong', 'right']);
    expect(prompts()).toEqual([
      'It is checked, then saved in the secret storage of VS Code for this host only.',
      expect.stringMatching(/^127\.0\.0\.1:1 .* Enter another one\.$/),
    ]);
    expect([...kept]).toEqual([['adminSecret http://127.0.0.1:1', 'right']]);
    expect(vi.mocked(enterText).mock.calls.every(([{ password }]) => password === true)).toBe(true);
  });

  it.each([undefined, '', '  '])('goes without one where none is entered: %j', async (text) => {
    const connection = await open();
    enters(text);
    expect(await connection.askSecret()).toBe(false);
    expect([sent, kept.size]).toEqual([[], 0]);
    enters(text);
    expect(await connection.ask(exportMetadata, () => undefined)).toBeUndefined();
    expect([sent, vi.mocked(tell).mock.calls, vi.mocked(tellFailure).mock.calls]).toEqual([
      ['no secret'],
      [],
      [],
    ]);
  });

  it('goes without one that can’t be checked', async () => {
    const connection = await open();
    answerTo = () => [404, 'nothing here'];
    enters('right');
    expect(await connection.askSecret()).toBe(false);
    expect(kept.size).toBe(0);
    expect(vi.mocked(tell).mock.calls.map((call) => call.map(String))).toEqual([
      ['error', expect.stringMatching(/^The secret was not saved, because it could not be checked: ./)],
    ]);
  });

  it('is told to have failed, with a way to try again', async () => {
    const connection = await open();
    answerTo = () => [404, 'nothing here'];
    const again = () => undefined;
    expect(await connection.ask(exportMetadata, again)).toBeUndefined();
    expect(vi.mocked(tellFailure).mock.calls).toMatchObject([
      [{ outcome: 'unexpected-answer' }, '127.0.0.1:1', again],
    ]);
    expect(await connection.readState(again)).toBeUndefined();
    expect(fired).toEqual(['failed']);
  });

  it('is given up by who does not enter the secret, which nobody is told of', async () => {
    const connection = await open();
    enters(undefined);
    expect(await connection.tryRead()).toEqual({ outcome: 'failed', failure: { outcome: 'cancelled' } });
    connection.tellRead({ outcome: 'failed', failure: { outcome: 'cancelled' } });
    expect(fired).toEqual(['failed']);
  });

  it('is read again once the secret was entered, and given up without', async () => {
    const connection = await open();
    const state = {};
    const reading = async (client: HttpClient): Promise<StateResult<object>> => {
      const result = await client.send(exportMetadata);
      return result.outcome === 'answered'
        ? { outcome: 'read', state }
        : { outcome: 'failed', failure: result };
    };
    const again = () => undefined;
    const action = { title: 'Instead' } as never;
    const instead = vi.fn(async () => action);
    enters('right');
    expect(await connection.read(reading, again, instead)).toBe(state);
    expect([instead.mock.calls, vi.mocked(tellFailure).mock.calls]).toEqual([[], []]);

    await connection.forgetSecret();
    enters(undefined);
    expect(await connection.read(reading, again, instead)).toBeUndefined();
    answerTo = () => [404, 'nothing here'];
    expect(await connection.read(reading, again, instead)).toBeUndefined();
    expect(vi.mocked(tellFailure).mock.calls).toEqual([
      [{ outcome: 'cancelled' }, '127.0.0.1:1', again, action],
      [expect.objectContaining({ outcome: 'unexpected-answer' }), '127.0.0.1:1', again, action],
    ]);
    expect(enterText).toHaveBeenCalledTimes(2);
  });

  it('says what came of a change whose end nobody saw', async () => {
    const url = 'http://127.0.0.1:1';
    const journal = memoryJournal();
    const changes = [{ identity: ofCustomer('profile'), before: undefined, after: definition }];
    await journal.leaveOpen(await journal.add(undoEntry('apply', url, '2026-05-01T12:00:00Z', changes)));
    vi.stubGlobal('fetch', async (to: string, { body }: RequestInit) =>
      Response.json(
        to.endsWith('/v1/version')
          ? { version: 'v2.48.0' }
          : String(body).includes('export_metadata')
            ? exported({ profile: definition }).json
            : consistent,
      ),
    );
    const connection = await open(journal);
    expect(await connection.readState(() => undefined)).toBeDefined();
    expect(vi.mocked(tellEarlier).mock.calls).toEqual([
      [expect.objectContaining({ message: expect.stringMatching(/It was carried out\.$/) })],
    ]);
    await connection.readState(() => undefined);
    expect(tellEarlier).toHaveBeenCalledTimes(1);
  });

  it('is no failure in the log when it was cancelled', async () => {
    const connection = await open();
    const controller = new AbortController();
    vi.stubGlobal('fetch', async () => {
      controller.abort();
      throw new Error('aborted');
    });
    await connection.client.send(exportMetadata, controller.signal);
    expect(logged).toEqual([
      'info POST http://127.0.0.1:1/v1/metadata: cancelled',
      `trace ${JSON.stringify(exportMetadata.body)}`,
    ]);
  });

  it('tells whoever shows what is inconsistent, once that is known', async () => {
    kept.set('adminSecret http://127.0.0.1:1', 'right');
    const connection = await open();
    await connection.client.send(exportMetadata);
    expect(fired).toEqual([]);
    await connection.client.send(getInconsistentMetadata);
    expect(fired).toEqual(['inconsistent 127.0.0.1:1']);
    answerTo = () => [500, { path: '$', error: 'no', code: 'unexpected' }];
    await connection.client.send(getInconsistentMetadata);
    expect(fired).toHaveLength(1);
  });

  it('is logged by what came of it, with its body where it failed', async () => {
    kept.set('adminSecret http://127.0.0.1:1', 'right');
    const connection = await open();
    await connection.client.send(exportMetadata);
    const place = 'POST http://127.0.0.1:1/v1/metadata';
    const body = JSON.stringify(exportMetadata.body);
    expect(logged).toEqual([`info ${place}: 200, answered`, `trace ${body}`]);
    logged.length = 0;
    answerTo = () => [401, refused];
    await connection.client.send(exportMetadata);
    expect(logged).toEqual([expect.stringMatching(/^error POST .*: 401, unauthorized/)]);
    expect(logged[0]?.split('\n').at(-1)).toBe(body);
  });

  it.each([
    ['as long as usual', undefined, 30_000],
    ['as long as is said', 5, 5000],
    ['a second at least', 0, 1000],
  ])('waits for its answer %s', (_, said, milliseconds) => {
    settings['remoteRelationships.requestTimeout'] = said;
    expect(requestTimeout({} as never)).toBe(milliseconds);
    delete settings['remoteRelationships.requestTimeout'];
  });
});
