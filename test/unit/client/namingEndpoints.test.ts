import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { connect } from '../../../client/src/endpoint/connection/connect.ts';
import { Connection } from '../../../client/src/endpoint/connection/connection.ts';
import { type EndpointList, listEndpoints } from '../../../client/src/endpoint/connection/endpoints.ts';
import { nameEndpoint } from '../../../client/src/endpoint/connection/nameEndpoint.ts';
import { pickEndpoint } from '../../../client/src/endpoint/connection/pickEndpoint.ts';
import { endpointsOf, findProject } from '../../../client/src/endpoint/connection/project.ts';
import { tellObstacle, tellUntrusted } from '../../../client/src/endpoint/ui/messages.ts';
import type { EndpointChoice } from '../../../client/src/endpointChoice.ts';
import type { HasuraProject } from '../../../client/src/hasuraProject.ts';
import { enterText } from '../../../client/src/ui/inputBox.ts';
import { confirm, tell } from '../../../client/src/ui/messages.ts';
import { type Entry, pick } from '../../../client/src/ui/quickPick.ts';

interface Editor {
  trusted: boolean;
  hasFolder: boolean;
  settings: Record<string, unknown>;
  updated: unknown[];
  refuses: boolean;
}

const editor = vi.hoisted(
  (): Editor => ({ trusted: true, hasFolder: true, settings: {}, updated: [], refuses: false }),
);

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 'global', Workspace: 'workspace' },
  env: {},
  workspace: {
    get isTrusted() {
      return editor.trusted;
    },
    get workspaceFolders() {
      return editor.hasFolder ? [{}] : undefined;
    },
    getConfiguration: () => ({
      inspect: () => editor.settings,
      update: async (...change: unknown[]) => {
        if (editor.refuses) throw new Error('it is read-only');
        editor.updated.push(change);
      },
    }),
  },
}));
vi.mock('../../../client/src/ui/inputBox.ts', () => ({ enterText: vi.fn() }));
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn(), confirm: vi.fn() }));
vi.mock('../../../client/src/ui/quickPick.ts', () => ({ pick: vi.fn() }));
vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  tellObstacle: vi.fn(),
  tellUntrusted: vi.fn(),
}));
vi.mock('../../../client/src/endpoint/connection/project.ts', () => ({
  endpointsOf: vi.fn(),
  findProject: vi.fn(),
}));
vi.mock('../../../client/src/endpoint/connection/connection.ts', () => ({ Connection: { open: vi.fn() } }));

const written: unknown[] = [];
vi.mock('../../../client/src/configurationFile.ts', () => ({
  writeConfiguration: async (_: unknown, __: unknown, entries: unknown) => {
    written.push(entries);
    return editor.refuses ? undefined : {};
  },
}));

const project = { name: 'shop', folder: 'file:///shop' } as unknown as HasuraProject;
const choices = new Map<unknown, EndpointChoice>();
const context = {
  choices: {
    get: (folder: unknown) => choices.get(folder),
    set: async (folder: unknown, choice: EndpointChoice) => void choices.set(folder, choice),
  },
  server: {},
} as unknown as CommandContext;

function listOf(value: Record<string, unknown>, ofRepository = false): EndpointList {
  const named = [{ value, from: 'the settings', ofRepository }];
  return listEndpoints({ cli: undefined, named, environment: {} });
}

const none = listOf({});
const local = listOf({ local: { url: 'http://localhost:8080' }, far: { url: 'https://far.example' } });

/** What the person enters, in order; what is asked meanwhile. */
interface Asked {
  readonly title: string;
  readonly value: string | undefined;
  readonly problemOf: (text: string) => string | undefined;
}
let texts: (string | undefined)[];
let asked: Asked[];
/** The beginning of the entry that is chosen, for each list. */
let chosen: (string | undefined)[];
let offered: string[][];

beforeEach(() => {
  vi.resetAllMocks();
  Object.assign(editor, { trusted: true, hasFolder: true, settings: {}, updated: [], refuses: false });
  written.length = 0;
  choices.clear();
  [texts, asked, chosen, offered] = [[], [], [], []];
  vi.mocked(enterText).mockImplementation(async ({ title, value, validate }) => {
    asked.push({ title, value, problemOf: (text) => validate?.(text) });
    return texts.shift();
  });
  vi.mocked(pick).mockImplementation(async (entries) => {
    const list = (await entries) as readonly Entry[];
    offered.push(list.map(({ label }) => label.replace(/^\$\([\w-]+\) /, '')));
    const wanted = chosen.shift();
    return wanted === undefined ? undefined : list.find(({ label }) => label.includes(wanted));
  });
  vi.mocked(confirm).mockResolvedValue(false);
  answers('read');
});

/** How an endpoint answers when it is tried. */
function answers(how: 'read' | 'cancelled' | 'timeout'): void {
  const result =
    how === 'read'
      ? { outcome: 'read', state: {} }
      : {
          outcome: 'failed',
          failure: how === 'timeout' ? { outcome: how, milliseconds: 1000 } : { outcome: how },
        };
  vi.mocked(Connection.open).mockResolvedValue({ tryRead: async () => result } as unknown as Connection);
}

const told = () => vi.mocked(tell).mock.calls.map(([severity, text]) => `${severity}: ${text}`);

describe('an endpoint that is named', () => {
  async function name(guard: string, place: string, list = none, url = 'https://shop.example') {
    texts = [url, ' staging '];
    chosen = [guard, place];
    vi.mocked(endpointsOf).mockResolvedValue(
      listOf({ staging: { url, ...(guard === 'Read only' && { readOnly: true }) } }),
    );
    return nameEndpoint(context, project, list);
  }

  it.each<[string, string, object]>([
    ['Protected', 'My settings', { url: 'https://shop.example' }],
    ['Read only', 'Settings of this workspace', { url: 'https://shop.example', readOnly: true }],
  ])('%s is kept in: %s', async (guard, place, entry) => {
    editor.settings = { globalValue: { mine: { url: 'a' } }, workspaceValue: { ours: { url: 'b' } } };
    const kept = await name(guard, place);
    const before = place === 'My settings' ? { mine: { url: 'a' } } : { ours: { url: 'b' } };
    const target = place === 'My settings' ? 'global' : 'workspace';
    expect(editor.updated).toEqual([['endpoints', { ...before, staging: entry }, target]]);
    expect(kept?.name).toBe('staging');
    expect(choices.get(project.folder)).toMatchObject({ name: 'staging', url: 'https://shop.example' });
    expect(told()).toEqual(['information: staging (https://shop.example) is the endpoint of shop.']);
    expect(asked.map(({ title }) => title)).toEqual([
      'Name an endpoint (1/4): address',
      'Name an endpoint (2/4): name',
    ]);
  });

  it('is kept in the configuration file, for everyone', async () => {
    expect((await name('Protected', 'configuration file'))?.name).toBe('staging');
    expect(written).toEqual([[{ keys: ['endpoints', 'staging'], value: { url: 'https://shop.example' } }]]);
    expect(editor.updated).toEqual([]);
  });

  it('is proposed with what is usual', async () => {
    await name('Protected', 'My settings', local);
    expect(asked.map(({ value }) => value)).toEqual(['http://localhost:8080', 'shop']);
    expect(asked[0]?.problemOf('')).toMatch(/^Enter the address/);
    expect(asked[0]?.problemOf('https://x.example')).toBeUndefined();
    expect(asked[1]?.problemOf('far')).toMatch(/already/);
    expect(asked[1]?.problemOf('near')).toBeUndefined();
    expect(offered).toEqual([
      ['Protected', 'Not protected', 'Read only'],
      ['My settings', 'Settings of this workspace', 'The project’s configuration file'],
    ]);
    offered.length = 0;
    editor.hasFolder = false;
    await name('Not protected', 'My settings', none, 'http://localhost:9090');
    expect(offered).toEqual([
      ['Not protected', 'Protected', 'Read only'],
      ['My settings', 'The project’s configuration file'],
    ]);
  });

  it.each<[string, (string | undefined)[], (string | undefined)[]]>([
    ['at the address', [undefined], []],
    ['at the name', ['https://a.example', undefined], []],
    ['at what is allowed', ['https://a.example', 'a'], [undefined]],
    ['at the place', ['https://a.example', 'a'], ['Protected', undefined]],
  ])('can be given up %s', async (_, entered, picked) => {
    [texts, chosen] = [entered, picked];
    expect(await nameEndpoint(context, project, none)).toBeUndefined();
    expect([editor.updated, written, told(), choices.size]).toEqual([[], [], [], 0]);
  });

  it.each<['cancelled' | 'timeout', RegExp]>([
    ['cancelled', /^The attempt was cancelled\.$/],
    ['timeout', /shop\.example.*did not answer/],
  ])('is kept where it did not answer (%s) only if that is wanted', async (how, reason) => {
    answers(how);
    expect(await name('Protected', 'My settings')).toBeUndefined();
    expect(vi.mocked(confirm).mock.calls.map((call) => call.map(String))).toEqual([
      ['warning', 'Keep staging anyway?', expect.stringMatching(reason), 'Keep'],
    ]);
    expect(editor.updated).toEqual([]);
    vi.mocked(confirm).mockResolvedValue(true);
    expect((await name('Protected', 'My settings'))?.name).toBe('staging');
  });

  it('is asked about before anything is sent to it in plain http', async () => {
    expect(await name('Protected', 'My settings', none, 'http://shop.example')).toBeUndefined();
    expect(Connection.open).not.toHaveBeenCalled();
    vi.mocked(confirm).mockResolvedValue(true);
    expect((await name('Protected', 'My settings', none, 'http://shop.example'))?.name).toBe('staging');
  });

  it('is not chosen where it could not be kept, and it is said why', async () => {
    editor.refuses = true;
    expect(await name('Protected', 'My settings')).toBeUndefined();
    expect(await name('Protected', 'configuration file')).toBeUndefined();
    expect(told()).toEqual(['error: The endpoint could not be kept: it is read-only']);
    expect(choices.size).toBe(0);
  });

  it('is not chosen where other settings hide it', async () => {
    texts = ['https://shop.example', 'staging'];
    chosen = ['Protected', 'My settings'];
    vi.mocked(endpointsOf).mockResolvedValue(listOf({ staging: { url: 'https://other.example' } }));
    expect(await nameEndpoint(context, project, none)).toBeUndefined();
    expect(told()).toEqual(['warning: The endpoint staging was kept, but other settings hide it.']);
    expect(choices.size).toBe(0);
  });
});

describe('an endpoint that is chosen', () => {
  it.each(['local', 'far', undefined])('is remembered: %s', async (wanted) => {
    chosen = [wanted];
    expect((await pickEndpoint(context, project, local))?.name).toBe(wanted);
    expect(choices.get(project.folder)?.name).toBe(wanted);
    expect(offered).toEqual([['local', 'far', 'Name an endpoint…']]);
    expect(confirm).not.toHaveBeenCalled();
  });

  it('is chosen among what is said of each, and of what has changed since', async () => {
    const shown = () =>
      vi.mocked(pick).mock.calls.map(async ([entries, options]) => ({
        title: String(options?.title),
        placeHolder: String(options?.placeHolder),
        details: ((await entries) as readonly Entry[]).map(
          ({ description = '', detail = '' }) => `${description}|${detail}`,
        ),
      }));
    const nothing = 'Relationships are applied to it. Nothing is sent until you choose one.';
    chosen = ['local'];
    await pickEndpoint(context, project, local);
    await pickEndpoint(context, project, listOf({ local: { url: 'http://localhost:9090' } }));
    await pickEndpoint(context, project, listOf({ bad: { url: 'ftp://a' } }), {
      title: 'x' as never,
      run: () => {},
    });
    expect(await Promise.all(shown())).toEqual([
      {
        title: 'Hasura endpoint of shop',
        placeHolder: nothing,
        details: [
          'http://localhost:8080|the settings',
          'https://far.example|the settings, asks before every change',
          '|',
        ],
      },
      {
        title: 'Hasura endpoint of shop',
        placeHolder: expect.stringContaining('local'),
        details: [
          'http://localhost:9090|address: http://localhost:8080 → http://localhost:9090, the settings',
          '|',
        ],
      },
      {
        title: 'Hasura endpoint of shop',
        placeHolder: expect.not.stringContaining(nothing),
        details: [
          '|The endpoint "bad" in the settings has no http or https URL.',
          '|Neither the project’s files nor the settings name one.',
          '|Without Hasura, at the URL that the metadata has.',
        ],
      },
    ]);
  });

  it('that the repository gives a variable is asked about first', async () => {
    const foreign = listOf({ theirs: { url: 'https://a.example', adminSecretVariable: 'TOKEN' } }, true);
    chosen = ['theirs', 'theirs'];
    expect(await pickEndpoint(context, project, foreign)).toBeUndefined();
    expect(choices.size).toBe(0);
    vi.mocked(confirm).mockResolvedValue(true);
    expect((await pickEndpoint(context, project, foreign))?.name).toBe('theirs');
    expect(String(vi.mocked(confirm).mock.calls[0]?.[1])).toContain('TOKEN');
  });

  it('may be another way, or one to name', async () => {
    const ran: string[] = [];
    const instead = { title: 'Ask them' as never, run: () => void ran.push('asked') };
    chosen = ['Ask them'];
    expect(await pickEndpoint(context, project, none, instead)).toBeUndefined();
    expect(ran).toEqual(['asked']);
    expect(offered).toEqual([['Name an endpoint…', 'Ask them']]);
    chosen = ['Name an endpoint'];
    expect(await pickEndpoint(context, project, local)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('is named at once where there is none', async () => {
    expect(await pickEndpoint(context, project, none)).toBeUndefined();
    expect([offered.length, asked.length]).toEqual([0, 1]);
    const broken = listOf({ bad: { url: 'ftp://a' } });
    expect(await pickEndpoint(context, project, broken)).toBeUndefined();
    expect(offered).toEqual([['Not usable', 'Name an endpoint…']]);
  });
});

describe('what a command connects to', () => {
  const opened = { host: 'opened' } as unknown as Connection;
  beforeEach(() => {
    vi.mocked(Connection.open).mockResolvedValue(opened);
    vi.mocked(findProject).mockResolvedValue(project);
    vi.mocked(endpointsOf).mockResolvedValue(local);
  });

  it('is what was chosen, without a question', async () => {
    chosen = ['far'];
    expect(await connect(context)).toBe(opened);
    expect(await connect(context)).toBe(opened);
    expect(offered).toHaveLength(1);
    expect(vi.mocked(Connection.open).mock.calls.map(([, , { name }]) => name)).toEqual(['far', 'far']);
  });

  it('is nothing where none is chosen', async () => {
    expect(await connect(context)).toBeUndefined();
    expect(Connection.open).not.toHaveBeenCalled();
  });

  it('is nothing in a workspace that is not trusted', async () => {
    editor.trusted = false;
    expect(await connect(context)).toBeUndefined();
    expect(tellUntrusted).toHaveBeenCalledTimes(1);
    expect(findProject).not.toHaveBeenCalled();
  });

  it('is nothing without a project, or where its files name nothing that can be used', async () => {
    vi.mocked(findProject).mockResolvedValueOnce(undefined);
    expect(await connect(context)).toBeUndefined();
    expect(told()).toEqual(['warning: Open the folder of a Hasura project first.']);
    vi.mocked(endpointsOf).mockResolvedValueOnce({ ...none, obstacle: 'config.yaml can’t be read' });
    expect(await connect(context)).toBeUndefined();
    expect(vi.mocked(tellObstacle).mock.calls).toEqual([['config.yaml can’t be read', project]]);
    expect(offered).toEqual([]);
  });
});
