import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memento } from 'vscode';
import { ActiveFile } from '../../../client/src/activeFile.ts';
import { MissingSchemas } from '../../../client/src/missingSchemas.ts';
import { relativePath } from '../../../client/src/schemaFileNames.ts';
import { keepVersion, seenVersion } from '../../../client/src/seenVersions.ts';
import { candidatesQuestion, missingParts, missingText } from '../../../common/src/missingSchemas.ts';
import type { FileStatus, SchemaStatus } from '../../../common/src/protocol.ts';

const { editor, bar } = vi.hoisted(() => ({
  editor: { file: 'a.yaml', dirty: false, changed: () => {} },
  bar: { text: '' },
}));

vi.mock('vscode', async () => ({
  ...(await import('./fakeEvents.ts')),
  Disposable: { from: () => ({ dispose: () => undefined }) },
  window: {
    get activeTextEditor() {
      const { file, dirty } = editor;
      return { document: { uri: { toString: () => file }, isDirty: dirty } };
    },
    onDidChangeActiveTextEditor: (listener: () => void) => {
      editor.changed = listener;
    },
  },
}));
vi.mock('../../../client/src/ui/status.ts', () => ({
  createStatusBarItem: () => ({
    show: (text: string) => {
      bar.text = text;
    },
    hide: () => {
      bar.text = '';
    },
  }),
}));

beforeEach(() => {
  Object.assign(editor, { file: 'a.yaml', dirty: false });
  bar.text = '';
});

function schemas(states: Readonly<Record<string, SchemaStatus['state']>>): readonly SchemaStatus[] {
  return Object.entries(states).map(([name, state]) => ({
    name,
    state,
    uri: null,
    origin: null,
    since: null,
    problem: null,
    detail: null,
  }));
}

function statusOf(
  sources: Readonly<Record<string, SchemaStatus['state']>>,
  remoteSchemas: Readonly<Record<string, SchemaStatus['state']>>,
  parts: Partial<FileStatus> = {},
): FileStatus {
  return {
    recognised: true,
    project: { name: 'shop', uri: 'file:///shop', configurationUri: null },
    serverVersion: 'latest',
    sources: schemas(sources),
    remoteSchemas: schemas(remoteSchemas),
    problems: [],
    ...parts,
  };
}

const half = statusOf({ shop: 'loaded' }, { people: 'missing', payments: 'loaded' });
const whole = statusOf({ shop: 'loaded' }, { people: 'loaded', payments: 'failed' });

class State implements Memento {
  readonly values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string, otherwise?: T): T | undefined {
    return (this.values.get(key) as T | undefined) ?? otherwise;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
  }
}

/** What is told where a server answers like this, one answer after the other. */
async function told(state: Memento, ...answers: readonly (FileStatus | null)[]): Promise<readonly string[]> {
  const names: string[] = [];
  let [answer] = answers;
  let changed = () => {};
  const server = {
    ask: async () => answer as never,
    onDidChange: (listener: () => void) => {
      changed = listener;
      return { dispose: () => undefined };
    },
  };
  const active = new ActiveFile(server, { debug: () => undefined });
  new MissingSchemas(active, state, async ({ project }) => names.push(project.name));
  await turn();
  for (answer of answers.slice(1)) {
    changed();
    await turn();
  }
  return names;
}

describe('what is not known', () => {
  it.each([
    [{ shop: 'loaded' }, { people: 'failed' }, undefined],
    [{}, {}, undefined],
    [{ shop: 'missing' }, {}, 'the source "shop"'],
    [{ a: 'missing', b: 'missing' }, { people: 'missing' }, 'the remote schema "people" and both sources'],
    [{ a: 'missing', b: 'missing', c: 'loaded' }, {}, '2 of 3 sources'],
    [{ shop: 'loaded' }, { 'a"b': 'missing' }, 'the remote schema "a\\"b"'],
  ] as const)('is counted, or named: %j %j', (sources, remoteSchemas, text) => {
    const status = statusOf(sources, remoteSchemas);
    expect(missingText(status)).toBe(text);
    expect(missingParts(status).length > 0).toBe(text !== undefined);
  });

  it('is told once for each project, and not again in the next window', async () => {
    const state = new State();
    const other = { ...half, project: { name: 'other', uri: 'file:///other', configurationUri: null } };
    expect(await told(state, half, half, other, whole, half)).toEqual(['shop', 'other']);
    expect(await told(state, half)).toEqual([]);
  });

  it.each<[string, FileStatus | null]>([
    ['all of it is known', whole],
    ['the file is none of Hasura’s', { ...half, recognised: false }],
    ['it belongs to no project', { ...half, project: null }],
    ['the server does not know', null],
  ])('is not told where %s', async (_, status) => {
    const state = new State();
    expect(await told(state, status)).toEqual([]);
    expect(state.keys()).toEqual([]);
    expect(bar.text).toBe('');
  });

  it('is not told while it is being typed, but shown', async () => {
    editor.dirty = true;
    expect(await told(new State(), half)).toEqual([]);
    expect(bar.text).toBe('$(warning) 1 of 3 schemas unknown');
  });

  it('is in the status bar as long as it is so', async () => {
    await told(new State(), half);
    expect(bar.text).toContain('1 of 3');
    await told(new State(), half, whole);
    expect(bar.text).toBe('');
  });
});

it.each<[readonly [string, ...string[]][], string | undefined]>([
  [[], undefined],
  [[['payments']], undefined],
  [[['payments', 'services/payments/schema.graphql']], 'Use services/payments/schema.graphql for payments?'],
  [[['a', 'x.graphql', 'y.graphql']], 'Use x.graphql or another for a?'],
  [
    [
      ['a', 'x.graphql', 'y', 'z'],
      ['b', 'b.json'],
    ],
    'Use x.graphql or one of others for a, b.json for b?',
  ],
  [[['a\n', 'x\u202e']], 'Use x\\u202e for a\\n?'],
])('files of the workspace are offered: %j', (found, question) => {
  const answers = found.map(([name, ...texts]) => ({
    part: { what: 'remote-schema' as const, name },
    candidates: texts.map((text) => ({ text, entry: { keys: [], value: text } })),
  }));
  expect(candidatesQuestion(answers)).toBe(question);
});

it.each([
  ['/shop', '/shop/schema/a.graphql', 'schema/a.graphql'],
  ['/projects/shop', '/projects/schemas/a.graphql', '../schemas/a.graphql'],
  ['c:\\shop', 'c:\\shop\\schema\\a.graphql', 'schema/a.graphql'],
  ['c:\\shop', 'd:\\a.graphql', 'd:/a.graphql'],
])('a file is named from %s: %s', (folder, file, path) => {
  expect(relativePath(folder, file)).toBe(path);
});

it.each([
  ['v2.48.0', '2.48.0'],
  ['2.36.1-ce', '2.36.1'],
  ['dev-1234', undefined],
  ['2.48.0"}', undefined],
])('of a version of a server %j is kept %j', async (text, kept) => {
  const state = new State();
  const project = { toString: () => 'file:///shop' } as Parameters<typeof keepVersion>[1];
  await keepVersion(state, project, text);
  expect(seenVersion(state, project)).toBe(kept);
});
