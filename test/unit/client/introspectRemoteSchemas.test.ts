import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memento, Uri } from 'vscode';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { introspectionOffer } from '../../../client/src/endpoint/commands/introspectRemoteSchemas.ts';
import { tellUntrusted } from '../../../client/src/endpoint/ui/messages.ts';
import { confirm, tell } from '../../../client/src/ui/messages.ts';
import { type Entry, pickSeveral } from '../../../client/src/ui/quickPick.ts';
import type { RemoteSchemaAddress } from '../../../common/src/metadataApi/pull/ownServer.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

const { editor } = vi.hoisted(() => ({ editor: { trusted: true, folder: '', remoteName: '' } }));

vi.mock('vscode', () => ({
  env: {
    get remoteName() {
      return editor.remoteName || undefined;
    },
  },
  ProgressLocation: { Notification: 15 },
  Uri: { parse: (text: string) => ({ fsPath: decodeURIComponent(new URL(text).pathname) }) },
  window: {},
  workspace: {
    get isTrusted() {
      return editor.trusted;
    },
    get workspaceFolders() {
      return [{ uri: { scheme: 'file', fsPath: editor.folder } }];
    },
    textDocuments: [],
    asRelativePath: (file: string) => file.slice(editor.folder.length + 1),
    getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }),
  },
}));
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn(), confirm: vi.fn() }));
vi.mock('../../../client/src/ui/quickPick.ts', () => ({ pickSeveral: vi.fn() }));
vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  showLog: { title: 'Show Log', run: () => undefined },
  tellServerDown: vi.fn(),
  tellUntrusted: vi.fn(),
}));

const data = introspectionFromSchema(buildSchema('type Query { wallet: Int }'));
const written = 'type Query {\n  wallet: Int\n}\n';
const payments: RemoteSchemaAddress = {
  url: { text: 'https://payments.example/graphql' },
  headers: [['authorization', { variable: 'PAYMENTS_TOKEN' }]],
};

const kept = new Map<string, unknown>();
const sent: { url: string; headers: unknown; redirect: unknown }[] = [];
const logged: string[] = [];
let folder: TemporaryFolder;
/** Whether the person agrees. */
let answer: boolean;
let respond: () => Response;

beforeEach(() => {
  folder = new TemporaryFolder({ 'config.yaml': 'version: 3\n' });
  Object.assign(editor, { trusted: true, folder: folder.path, remoteName: '' });
  answer = true;
  respond = () => Response.json({ data });
  for (const list of [sent, logged]) list.length = 0;
  kept.clear();
  vi.stubEnv('PAYMENTS_TOKEN', 'a-long-token-of-ours');
  vi.stubGlobal('fetch', async (url: string, { headers, redirect }: RequestInit) => {
    sent.push({ url, headers, redirect });
    return respond();
  });
  vi.mocked(confirm).mockImplementation(async () => answer);
  vi.mocked(pickSeveral).mockImplementation(async (items: readonly Entry[]) => items);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

const state: Memento = {
  keys: () => [...kept.keys()],
  get: <T>(key: string) => kept.get(key) as T | undefined,
  update: async (key: string, value: unknown) => void kept.set(key, value),
};

/** What is offered for these remote schemas, and taken. The title of the offer. */
async function take(
  addresses: Readonly<Record<string, RemoteSchemaAddress | null>>,
  names?: readonly string[],
): Promise<string | undefined> {
  const log = (line: string) => logged.push(line);
  const context = {
    extension: { workspaceState: state },
    log: { info: log, error: log, warn: log, trace: log },
    snapshotChanges: { keep: () => () => undefined },
    server: {
      ask: async (_: unknown, { parts }: { parts: readonly { name: string }[] }) => ({
        targets: parts.map(({ name }) => ({
          uri: pathToFileURL(folder.file(`schema/${name}.graphql`)).href,
          shared: false,
        })),
        known: [],
        addresses: Object.entries(addresses).map(([remoteSchema, address]) => ({ remoteSchema, address })),
      }),
    },
  } as unknown as CommandContext;
  const uri = { fsPath: folder.path, toString: () => 'file:///projects/shop' } as Uri;
  const project = { name: 'shop', folder: uri, configuration: undefined };
  folder.write('schema/kept.graphql', written);
  const offer = await introspectionOffer(context, project, names);
  await offer?.run();
  return offer?.title;
}

const questions = () =>
  vi.mocked(confirm).mock.calls.map(([, message, detail, button]) => [message, detail, button]);
const told = () => vi.mocked(tell).mock.calls.map(([severity, message]) => `${severity}: ${message}`);

describe('asking remote schemas themselves', () => {
  it('asks first, naming host and variables, and writes what is answered', async () => {
    expect(await take({ payments })).toBe('Ask the Remote Schema Itself…');
    expect(questions()).toEqual([
      [
        'Send the values of PAYMENTS_TOKEN to payments.example?',
        [
          'The project’s metadata has remote schema "payments" at https://payments.example.',
          'They are environment variables, and part of the request that asks for its schema.',
          'It is asked again when the host or the variables are others.',
        ].join('\n'),
        'Ask payments.example',
      ],
    ]);
    expect(sent).toMatchObject([
      {
        url: 'https://payments.example/graphql',
        headers: { authorization: 'a-long-token-of-ours' },
        redirect: 'manual',
      },
    ]);
    expect(readFileSync(folder.file('schema/payments.graphql'), 'utf8')).toBe(written);
    expect(told()).toEqual(['information: Snapshots from payments.example: 1 written.']);
    expect(JSON.stringify([logged, [...kept], questions(), told()])).not.toContain('a-long-token');
  });

  it.each<[string, RemoteSchemaAddress]>([
    ['another host', { ...payments, url: { text: 'https://payments.example.evil/graphql' } }],
    ['another port', { ...payments, url: { text: 'https://payments.example:8443/graphql' } }],
    ['plain http', { ...payments, url: { text: 'http://payments.example/graphql' } }],
    ['another variable', { ...payments, headers: [['authorization', { variable: 'HOME' }]] }],
    ['one more variable', { ...payments, headers: [...payments.headers, ['x-more', { variable: 'HOME' }]] }],
    ['one in the URL', { ...payments, url: { text: 'https://payments.example/{{HOME}}' } }],
    ['no variable', { ...payments, headers: [] }],
  ])('asks once, and again at %s', async (_, other) => {
    await take({ payments });
    await take({ payments });
    await take({ payments: { ...payments, url: { text: 'https://payments.example/v2' } } });
    expect([questions().length, sent.length]).toEqual([1, 3]);
    answer = false;
    await take({ payments: other });
    expect([questions().length, sent.length]).toEqual([2, 3]);
    await take({ payments });
    expect([questions().length, sent.length]).toEqual([2, 4]);
  });

  it('sends nothing, keeps nothing and says nothing when the answer is no', async () => {
    answer = false;
    await take({ payments });
    expect({ sent, told: told(), kept: [...kept] }).toEqual({ sent: [], told: [], kept: [] });
    await take({ payments });
    expect(questions()).toHaveLength(2);
  });

  it('sends nothing from an untrusted workspace, agreed to or not', async () => {
    await take({ payments });
    editor.trusted = false;
    await take({ payments });
    expect([questions().length, sent.length]).toEqual([1, 1]);
    expect(tellUntrusted).toHaveBeenCalledOnce();
  });

  it('sends nothing when the list is closed', async () => {
    vi.mocked(pickSeveral).mockResolvedValue(undefined);
    await take({ payments });
    expect([questions(), sent, told()]).toEqual([[], [], []]);
  });

  it('asks each host once, and goes on with the others where the answer is no', async () => {
    const people: RemoteSchemaAddress = {
      url: { text: 'http://people.example/' },
      headers: [['a', { text: 'b' }]],
    };
    vi.mocked(confirm).mockImplementation(async (_, message) => message.includes('people'));
    expect(await take({ payments, cards: payments, others: { ...payments, headers: [] }, people })).toBe(
      'Ask the Remote Schemas Themselves…',
    );
    expect(questions().map(([message]) => message)).toEqual([
      'Send the values of PAYMENTS_TOKEN to payments.example?',
      'Ask payments.example for its schema?',
      'Ask people.example for its schema?',
    ]);
    expect(questions()[0]?.[1]).toContain('remote schemas "payments", "cards" at');
    expect(questions()[2]?.[1]).toContain(
      'No environment variable is sent.\npeople.example is reached over plain http',
    );
    expect(sent.map(({ url }) => url)).toEqual(['http://people.example/']);
    expect(told()).toEqual([
      'information: Snapshots from the remote schemas themselves: 1 written, 3 cancelled.',
    ]);
  });

  it('says whose localhost it is where extensions run elsewhere', async () => {
    editor.remoteName = 'dev-container';
    await take({ local: { url: { text: 'http://localhost:4000/' }, headers: [] } });
    expect(questions()[0]?.[1]).toContain('localhost is that of the container');
  });

  it('says what is missing, of those that were chosen, and asks nothing for it', async () => {
    vi.stubEnv('PAYMENTS_TOKEN', '');
    await take({ payments });
    expect([questions(), sent]).toEqual([[], []]);
    expect(told().join()).toContain('remote schema "payments": The environment has no PAYMENTS_TOKEN.');
  });

  it('follows no redirect, and keeps the file', async () => {
    respond = () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } });
    await take({ kept: payments });
    expect(sent).toHaveLength(1);
    expect(told().join()).toContain('1 failed');
    expect(readFileSync(folder.file('schema/kept.graphql'), 'utf8')).toBe(written);
  });

  it('writes no schema that holds the value', async () => {
    respond = () => Response.json({ data: { ...data, told: 'a-long-token-of-ours' } });
    await take({ payments });
    expect(told().join()).toContain('1 failed');
    expect(JSON.stringify([logged, told()])).not.toContain('a-long-token');
  });

  it('is offered for none whose address can not be read, and for those alone that are lacking', async () => {
    expect(await take({ payments: null })).toBeUndefined();
    expect(await take({ payments }, [])).toBeUndefined();
    expect(await take({ payments }, ['people'])).toBeUndefined();
    expect(await take({ payments, people: payments }, ['people'])).toBe('Ask the Remote Schema Itself…');
    expect(sent).toHaveLength(1);
  });
});
