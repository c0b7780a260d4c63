import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RelationshipDocuments } from '../../../client/src/relationshipDocuments.ts';
import {
  publishedSchemaRequest,
  type RelationshipsParams,
  rolesTableRequest,
} from '../../../common/src/protocol.ts';

const fake = vi.hoisted(() => {
  const listeners: Record<string, ((event: unknown) => void)[]> = {};
  const on = (name: string) => (listener: (event: unknown) => void) => {
    listeners[name] = [...(listeners[name] ?? []), listener];
    return { dispose: () => undefined };
  };
  return {
    listeners,
    on,
    fire: (name: string, event?: unknown) => {
      for (const listener of listeners[name] ?? []) listener(event);
    },
    provide: undefined as ((uri: { toString(): string }) => string) | undefined,
    opened: [] as string[],
    /** Editors that documents were opened with. */
    openedWith: [] as unknown[][],
    /** Whether VS Code has its extension for Markdown, and that shows something. */
    markdown: 'works' as 'works' | 'fails' | 'disabled',
    told: [] as string[],
    editor: undefined as object | undefined,
  };
});

vi.mock('vscode', async () => {
  const { URI } = await import('vscode-uri');
  const { EventEmitter } = await import('./fakeEvents.ts');
  class TabInputText {
    readonly uri: unknown;
    constructor(uri: unknown) {
      this.uri = uri;
    }
  }
  class TabInputCustom extends TabInputText {}
  return {
    commands: {
      executeCommand: async (...given: unknown[]) => {
        if (fake.markdown === 'fails') throw new Error('There is no such editor.');
        fake.openedWith.push(given);
      },
    },
    extensions: {
      getExtension: (id: string) =>
        id === 'vscode.markdown-language-features' && fake.markdown !== 'disabled' ? {} : undefined,
    },
    TabInputCustom,
    Disposable: { from: () => ({ dispose: () => undefined }) },
    EventEmitter,
    TabInputText,
    Uri: URI,
    ViewColumn: { Beside: -2, Active: -1 },
    window: {
      get activeTextEditor() {
        return fake.editor;
      },
      onDidChangeTextEditorSelection: fake.on('selection'),
      showTextDocument: async (document: { uri: { toString(): string } }) => {
        fake.opened.push(document.uri.toString());
      },
      showInformationMessage: async (message: string) => {
        fake.told.push(message);
      },
      tabGroups: { onDidChangeTabs: fake.on('tabs') },
    },
    workspace: {
      onDidChangeTextDocument: fake.on('edit'),
      openTextDocument: async (uri: unknown) => ({ uri }),
      registerTextDocumentContentProvider: (
        _: string,
        {
          provideTextDocumentContent,
        }: { provideTextDocumentContent: (uri: { toString(): string }) => string },
      ) => {
        fake.provide = provideTextDocumentContent;
        return { dispose: () => undefined };
      },
    },
  };
});

const { URI } = await import('vscode-uri');
const source = URI.file('/project/customer.yaml');
const document = { uri: source };

/** What the server says now, and what it was asked. */
let version = 1;
let asked: unknown[] = [];
const server: ConstructorParameters<typeof RelationshipDocuments>[0] = {
  onDidChange: () => ({ dispose: () => undefined }),
  ask: async ({ method }, params) => answer(method, params as RelationshipsParams) as undefined,
};

function answer(method: string, params: RelationshipsParams): unknown {
  asked.push(params);
  if (method === rolesTableRequest.method) return `# Roles ${version}`;
  expect(method).toBe(publishedSchemaRequest.method);
  return params.position?.line === 0 ? [] : [{ text: `# ${params.position?.line} ${version}` }];
}

beforeEach(() => {
  vi.useFakeTimers();
  version = 1;
  asked = [];
  fake.opened.length = 0;
  fake.told.length = 0;
  fake.openedWith.length = 0;
  fake.markdown = 'works';
  for (const name of Object.keys(fake.listeners)) delete fake.listeners[name];
  fake.editor = { document, selection: { active: { line: 4, character: 2 } } };
});
afterEach(() => vi.useRealTimers());

const roles = 'hasura-preview:/project/customer%20roles.md';
const published = 'hasura-preview:/project/customer%20published.graphql';
const shown = (address: string) => fake.provide?.({ toString: () => address });

it('shows the relationship at the cursor beside the file, and follows edits and the cursor', async () => {
  const documents = new RelationshipDocuments(server);
  await documents.show('published');
  expect(fake.opened).toEqual([published]);
  expect(shown(published)).toBe('# 4 1');
  version = 2;
  fake.fire('edit', { document: { uri: URI.file('/project/other.yaml') } });
  await vi.runAllTimersAsync();
  expect(shown(published)).toBe('# 4 1');
  fake.fire('edit', { document });
  await vi.runAllTimersAsync();
  expect(shown(published)).toBe('# 4 2');
  fake.fire('selection', { textEditor: { document }, selections: [{ active: { line: 9, character: 0 } }] });
  await vi.runAllTimersAsync();
  expect(shown(published)).toBe('# 9 2');
});

it('shows all of the file where the cursor is in no relationship', async () => {
  fake.editor = { document, selection: { active: { line: 0, character: 0 } } };
  await new RelationshipDocuments(server).show('published');
  expect(shown(published)).toBe('# undefined 1');
});

it('shows the roles of the file that a lens or the view names', async () => {
  fake.editor = undefined;
  const documents = new RelationshipDocuments(server);
  await documents.show('roles', { uri: source.toString(), position: { line: 7, character: 0 } });
  expect(shown(roles)).toBe('# Roles 1');
  expect(asked).toEqual([{ uri: source.toString() }]);
});

it.each([
  ['works', true],
  ['fails', false],
  ['disabled', false],
] as const)("shows roles as a page, where VS Code's preview %s", async (markdown, isPage) => {
  fake.markdown = markdown;
  await new RelationshipDocuments(server).show('roles');
  const beside = { viewColumn: -2, preview: true, preserveFocus: true };
  expect(fake.openedWith.map(([command, uri, ...others]) => [command, String(uri), ...others])).toEqual(
    isPage ? [['vscode.openWith', roles, 'vscode.markdown.preview.editor', beside]] : [],
  );
  expect(fake.opened).toEqual(isPage ? [] : [roles]);
});

it.each([
  ['published', published],
  ['roles', roles],
] as const)('asks no more once the tab of %s is closed', async (kind, address) => {
  const { TabInputText, TabInputCustom } = await import('vscode');
  await new RelationshipDocuments(server).show(kind);
  const uri = URI.parse(address);
  const input = kind === 'roles' ? new TabInputCustom(uri, 'page') : new TabInputText(uri);
  fake.fire('tabs', { closed: [{ input }] });
  asked = [];
  fake.fire('edit', { document });
  await vi.runAllTimersAsync();
  expect(asked).toEqual([]);
  expect(shown(address)).toBe('');
});

it('says why there is nothing to show', async () => {
  fake.editor = undefined;
  await new RelationshipDocuments(server).show('published');
  const stopped = { ...server, ask: async () => undefined };
  await new RelationshipDocuments(stopped).show('published', {
    uri: source.toString(),
    position: { line: 0, character: 0 },
  });
  expect(fake.opened).toEqual([]);
  expect(fake.told).toEqual([
    'Open a file with remote relationships first.',
    'This file has no remote relationships, or the language server does not run.',
  ]);
});
