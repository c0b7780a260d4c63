import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { URI } from 'vscode-uri';
import type { ToGraphPage } from '../../../client/src/graph/graphMessages.ts';
import { GraphPanel } from '../../../client/src/graph/graphPanel.ts';
import { graphRequest, graphTextRequest, type RelationshipGraph } from '../../../common/src/protocol.ts';
import { EventEmitter } from './fakeEvents.ts';

const fake = vi.hoisted(() => ({
  editor: undefined as object | undefined,
  panels: [] as FakePanel[],
  told: [] as string[],
  opened: [] as unknown[],
  shown: [] as unknown[],
  fire: {} as Record<string, (event: unknown) => void>,
  makePanel: undefined as (() => FakePanel) | undefined,
  restore: undefined as ((panel: FakePanel, state: unknown) => Promise<void>) | undefined,
}));

interface FakePanel {
  readonly posted: ToGraphPage[];
  readonly webview: { html: string; options: object };
  visible: boolean;
  disposed: boolean;
  receive(message: unknown): void;
  changed(): void;
}

vi.mock('vscode', async () => {
  const { URI, Utils } = await import('vscode-uri');
  const { EventEmitter } = await import('./fakeEvents.ts');
  const on = (name: string) => (listener: (event: unknown) => void) => {
    fake.fire[name] = listener;
    return { dispose: () => undefined };
  };
  const panel = () => {
    const [received, changed, disposed] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
    const made = {
      posted: [] as ToGraphPage[],
      webview: {
        html: '',
        options: {},
        asWebviewUri: (uri: unknown) => uri,
        onDidReceiveMessage: received.event,
        postMessage: async (message: ToGraphPage) => made.posted.push(message),
      },
      visible: true,
      disposed: false,
      viewColumn: 2,
      onDidChangeViewState: changed.event,
      onDidDispose: disposed.event,
      reveal: () => undefined,
      receive: (message: unknown) => received.fire(message),
      changed: () => changed.fire(undefined),
      dispose: () => {
        made.disposed = true;
        disposed.fire(undefined);
      },
    };
    fake.panels.push(made);
    return made;
  };
  fake.makePanel = panel;
  return {
    Disposable: { from: () => ({ dispose: () => undefined }) },
    EventEmitter,
    Uri: Object.assign(URI, { joinPath: Utils.joinPath }),
    Range: class {},
    WorkspaceEdit: class {},
    ViewColumn: { Beside: -2, Active: -1, One: 1 },
    env: { language: 'en' },
    languages: { match: (_: unknown, { uri }: { uri: URI }) => (uri.path.endsWith('.yaml') ? 10 : 0) },
    window: {
      get activeTextEditor() {
        return fake.editor;
      },
      createWebviewPanel: panel,
      registerWebviewPanelSerializer: (
        _: string,
        { deserializeWebviewPanel }: { deserializeWebviewPanel: NonNullable<typeof fake.restore> },
      ) => {
        fake.restore = deserializeWebviewPanel;
        return { dispose: () => undefined };
      },
      onDidChangeTextEditorSelection: on('selection'),
      onDidChangeActiveTextEditor: on('editor'),
      showInformationMessage: async (message: string) => fake.told.push(message),
      showTextDocument: async (document: unknown, options: unknown) => fake.shown.push([document, options]),
    },
    workspace: {
      onDidChangeTextDocument: on('edit'),
      openTextDocument: async (what: unknown) => {
        fake.opened.push(what instanceof URI ? what.toString() : what);
        return what;
      },
    },
  };
});

const uri = 'file:///project/customer.yaml';
const range = { start: { line: 4, character: 4 }, end: { line: 9, character: 0 } };
const place = { x: 0, y: 0, width: 80, height: 40 };
const answer: RelationshipGraph = {
  ...{ project: 'file:///project', width: 100, height: 100 },
  groups: [{ id: 'source shop', kind: 'source', name: 'shop' }],
  nodes: [
    {
      ...{ id: 'a', kind: 'table', label: 'customer', group: 'shop', text: 'customer', ...place },
      definition: { uri: 'file:///project/tables.yaml', range },
    },
    {
      ...{ id: 'b', kind: 'type', label: 'Person', group: 'people', text: 'Person', ...place },
      definition: null,
    },
  ],
  edges: [
    {
      ...{ name: 'profile', from: 'a', to: 'b', state: 'checked', uri, range, points: [] },
      label: { x: 0, y: 0, text: 'profile' },
    },
  ],
};

let asked: unknown[] = [];
let states: unknown[] = [];
const serverChanged = new EventEmitter<void>();
const viewChanged = new EventEmitter<void>();
let running = true;

function panelFor(): GraphPanel {
  const server = {
    onDidChange: serverChanged.event,
    ask: async ({ method }: { method: string }, params: unknown) => {
      asked.push(params);
      if (!running) return undefined;
      return method === graphTextRequest.method
        ? 'text'
        : method === graphRequest.method
          ? answer
          : undefined;
    },
  } as unknown as ConstructorParameters<typeof GraphPanel>[0];
  const view = {
    onDidChange: viewChanged.event,
    states: async (folder: string) => (folder === answer.project ? states : []),
  } as unknown as ConstructorParameters<typeof GraphPanel>[1];
  return new GraphPanel(server, view, URI.file('/extension') as never);
}

function editorAt(line: number, file = uri) {
  return { document: { uri: URI.parse(file) }, selection: { active: { line, character: 6 } }, viewColumn: 1 };
}

async function opened(): Promise<FakePanel> {
  await panelFor().show();
  const page = fake.panels.at(-1) ?? expect.fail('no page');
  page.receive({ kind: 'show', group: '' });
  await vi.runAllTimersAsync();
  return page;
}

/** A page that VS Code opens again, with what it has kept. */
async function restored(state: unknown): Promise<FakePanel> {
  const page = fake.makePanel?.() ?? expect.fail('no page');
  await fake.restore?.(page, state);
  page.receive({ kind: 'show', group: '' });
  await vi.runAllTimersAsync();
  return page;
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, states, running] = [[], [], true];
  for (const list of [fake.panels, fake.told, fake.opened, fake.shown]) list.length = 0;
  fake.editor = editorAt(5);
});
afterEach(() => vi.useRealTimers());

it('shows the graph of the project of the file, with the relationship at the cursor', async () => {
  const page = await opened();
  expect(page.posted).toMatchObject([{ kind: 'graph', version: 1, source: uri, group: '', current: 0 }]);
  expect(page.webview.html).toContain("default-src 'none'");
  expect(page.webview.options).toMatchObject({ enableScripts: true });
  expect(JSON.stringify(page.webview.options)).not.toContain('project');
});

it('follows the cursor, also out of a relationship, but not into other files', async () => {
  const page = await opened();
  for (const editor of [editorAt(20), editorAt(5, 'file:///notes.md'), editorAt(6)]) {
    fake.fire['selection']?.({ textEditor: editor });
  }
  expect(page.posted.slice(1)).toEqual([
    { kind: 'current', version: 1, current: null },
    { kind: 'current', version: 1, current: 0 },
  ]);
});

it('follows files, the server and the view, once it can be seen', async () => {
  const page = await opened();
  states = [{ uri, start: range.start, text: 'changed', isDifferent: true }];
  viewChanged.fire();
  serverChanged.fire();
  fake.fire['edit']?.({ document: { uri: URI.parse(uri) }, contentChanges: [{}] });
  await vi.runAllTimersAsync();
  expect(page.posted.slice(1)).toMatchObject([{ version: 2, graph: { edges: [{ isDifferent: true }] } }]);
  page.visible = false;
  serverChanged.fire();
  await vi.runAllTimersAsync();
  expect(page.posted).toHaveLength(2);
  page.visible = true;
  page.changed();
  await vi.runAllTimersAsync();
  expect(page.posted).toHaveLength(3);
});

it.each([
  ['a node', { what: 'node', index: 0, version: 1 }, ['file:///project/tables.yaml']],
  ['a relationship', { what: 'edge', index: 0, version: 1 }, [uri]],
  ['what is declared nowhere', { what: 'node', index: 1, version: 1 }, []],
  ['what is not there', { what: 'node', index: 7, version: 1 }, []],
  ['what an earlier graph had', { what: 'node', index: 0, version: 0 }, []],
])('goes to %s', async (_, message, files) => {
  const page = await opened();
  page.receive({ kind: 'open', ...message });
  await vi.runAllTimersAsync();
  expect(fake.opened).toEqual(files);
  // Where the file was, so that the graph stays in sight.
  expect(fake.shown.map((each) => (each as [unknown, { viewColumn: number }])[1].viewColumn)).toEqual(
    files.map(() => 1),
  );
});

it('filters, and forgets a filter that has gone', async () => {
  const page = await opened();
  page.receive({ kind: 'show', group: 'source shop' });
  await vi.runAllTimersAsync();
  expect(asked.at(-1)).toEqual({ uri, group: 'source shop' });
  page.receive({ kind: 'show', group: 'source gone' });
  await vi.runAllTimersAsync();
  expect(asked.slice(-2)).toEqual([{ uri, group: 'source gone' }, { uri }]);
  expect(page.posted.map((each) => each.kind === 'graph' && each.group)).toEqual(['', 'source shop', '']);
});

it('shows what was asked for last, whichever answer comes first', async () => {
  const page = await opened();
  for (const group of ['source gone', 'source shop']) page.receive({ kind: 'show', group });
  await vi.runAllTimersAsync();
  expect(page.posted.map((each) => each.kind === 'graph' && each.group)).toEqual(['', 'source shop']);
});

it('opens what is shown as text that is nowhere written', async () => {
  const page = await opened();
  page.receive({ kind: 'show', group: 'source shop' });
  page.receive({ kind: 'export', form: 'svg' });
  await vi.runAllTimersAsync();
  expect(asked).toContainEqual({ uri, form: 'svg', group: 'source shop' });
  expect(fake.opened).toEqual([{ content: 'text', language: 'xml' }]);
});

const forgotten = 'What this graph was of is not known any more: open it again from a file.';
const noProject = 'This file belongs to no Hasura project, or the language server does not run.';
it.each([
  [{ source: uri, group: '' }, true, [{ kind: 'graph', source: uri }]],
  [{ source: uri, group: '' }, false, [{ kind: 'nothing', text: noProject }]],
  [{ source: 7 }, true, [{ kind: 'nothing', text: forgotten }]],
  [{ source: '1 2://nowhere' }, true, [{ kind: 'nothing', text: forgotten }]],
  [{ source: 'customer.yaml' }, true, [{ kind: 'nothing', text: forgotten }]],
  [null, true, [{ kind: 'nothing', text: forgotten }]],
])(
  'is opened again by VS Code with what it kept, %o, and says what is missing: %s',
  async (state, runs, posted) => {
    running = runs;
    panelFor();
    const page = await restored(state);
    expect(page.posted).toMatchObject(posted);
    expect(page.disposed).toBe(false);
  },
);

it('shows a graph in a page that had none, as soon as there is one', async () => {
  running = false;
  panelFor();
  const page = await restored({ source: uri });
  running = true;
  serverChanged.fire();
  await vi.runAllTimersAsync();
  expect(page.posted.map(({ kind }) => kind)).toEqual(['nothing', 'graph']);
});

it('says why there is nothing to show', async () => {
  running = false;
  await panelFor().show();
  fake.editor = undefined;
  await panelFor().show();
  expect(fake.panels).toEqual([]);
  expect(fake.told).toEqual([
    'This file belongs to no Hasura project, or the language server does not run.',
    'Open a file with remote relationships first.',
  ]);
});
