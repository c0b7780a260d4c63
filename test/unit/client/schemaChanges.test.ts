import { beforeEach, expect, it, vi } from 'vitest';
import { URI } from 'vscode-uri';
import { SchemaChanges } from '../../../client/src/schemaChanges.ts';

const fake = vi.hoisted(() => ({
  save: undefined as ((document: object) => void) | undefined,
  isTrusted: true,
  wanted: true,
  told: [] as string[],
  pressed: undefined as string | undefined,
  listed: [] as { readonly label: string; readonly detail: string }[],
  opened: [] as unknown[],
}));

vi.mock('vscode', async () => {
  const { URI, Utils } = await import('vscode-uri');
  return {
    Disposable: class {},
    Range: class {
      readonly start: number;
      constructor(start: number) {
        this.start = start;
      }
    },
    Uri: { parse: URI.parse, joinPath: Utils.joinPath },
    workspace: {
      get isTrusted() {
        return fake.isTrusted;
      },
      getConfiguration: () => ({ get: () => fake.wanted }),
      onDidSaveTextDocument: (listener: (document: object) => void) => {
        fake.save = listener;
        return { dispose: () => undefined };
      },
      openTextDocument: async (uri: { toString(): string }) => uri.toString(),
    },
    window: {
      showWarningMessage: async (message: string) => {
        fake.told.push(message);
        return fake.pressed;
      },
      showQuickPick: async (entries: typeof fake.listed) => {
        fake.listed = entries;
        return entries[0];
      },
      showTextDocument: async (uri: string, options: { selection: { start: number } }) =>
        fake.opened.push([uri, options.selection.start]),
    },
  };
});

const status = {
  project: { name: 'p', uri: 'file:///p', configurationUri: null },
  sources: [{ uri: 'file:///p/migrations', origin: 'migrations' }],
  remoteSchemas: [{ uri: 'file:///p/schema/people.graphql', origin: 'convention' }],
};
const broken = (name: string, owner = 'table users of source default') => ({
  ...{ verdict: 'breaks', name, owner, reasons: ['It is gone.'], file: 'metadata/a.yaml', line: 4 },
});

let checked: string[] = [];
let printed: readonly object[] = [];

function watching(check?: () => Promise<string | undefined>): SchemaChanges {
  const server = { ask: async () => status as never };
  const run = async (folder: string) => {
    checked.push(folder);
    return check === undefined ? JSON.stringify({ relationships: printed }) : check();
  };
  return new SchemaChanges(server, run, { debug: () => undefined });
}

async function save(path = '/p/schema/people.graphql'): Promise<void> {
  fake.save?.({ uri: URI.file(path) });
  await new Promise((resolve) => setTimeout(resolve, 5));
}

beforeEach(() => {
  Object.assign(fake, {
    isTrusted: true,
    wanted: true,
    told: [],
    pressed: undefined,
    listed: [],
    opened: [],
  });
  checked = [];
  printed = [broken('profile'), { ...broken('other'), verdict: 'untouched' }];
});

it('says which relationships a saved schema breaks, once, and again when that changes', async () => {
  watching();
  await save();
  await save();
  expect(fake.told).toEqual([
    '1 relationship breaks since the last commit: profile (table users of source default)',
  ]);
  const other = broken('profile', 'type Person of remote schema people');
  printed = [broken('profile'), other];
  await save();
  // Another of that name.
  printed = [other];
  await save('/p/migrations/default/1_a/up.sql');
  expect(fake.told.slice(1)).toEqual([
    '2 relationships break since the last commit: profile (table users of source default), profile (type Person of remote schema people)',
    '1 relationship breaks since the last commit: profile (type Person of remote schema people)',
  ]);
  expect(checked).toEqual(Array(4).fill('/p'));
});

it('lists them with the reasons, and leads to them', async () => {
  fake.pressed = 'Show';
  watching();
  await save();
  expect(fake.listed).toMatchObject([
    {
      label: 'profile',
      description: 'table users of source default, metadata/a.yaml:4',
      detail: 'It is gone.',
    },
  ]);
  expect(fake.opened).toEqual([['file:///p/metadata/a.yaml', 3]]);
});

it.each([
  ['the workspace is not trusted', { isTrusted: false }, undefined],
  ['the settings do not want it', { wanted: false }, undefined],
  ['the file is no schema in use', {}, '/p/other.graphql'],
  ['the file is none of a schema', {}, '/p/metadata/a.yaml'],
])('runs nothing where %s', async (_, state, path) => {
  Object.assign(fake, state);
  watching();
  await save(path);
  expect([checked, fake.told]).toEqual([[], []]);
});

it('says nothing where it can not be told, as without Git', async () => {
  watching(async () => undefined);
  await save();
  watching(async () => 'not JSON');
  await save();
  await save();
  expect(checked).toHaveLength(3);
  expect(fake.told).toEqual([]);
});

it('checks once more, and only once, what is saved meanwhile', async () => {
  let end: (text: string) => void = () => undefined;
  watching(() => new Promise((resolve) => (end = resolve)));
  await save();
  await save();
  await save();
  expect(checked).toHaveLength(1);
  end('{"relationships":[]}');
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(checked).toHaveLength(2);
  end('{"relationships":[]}');
  await save();
  expect(checked).toHaveLength(3);
});
