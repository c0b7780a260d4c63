import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { ActiveFile } from '../../../client/src/activeFile.ts';
import type { EndpointChoices } from '../../../client/src/endpointChoices.ts';
import { EndpointStatus } from '../../../client/src/endpointStatus.ts';
import type { LanguageServerClient } from '../../../client/src/languageServerClient.ts';

const { editor, keys } = vi.hoisted(() => ({
  editor: { file: 'a.yaml', changed: () => {} },
  keys: [] as unknown[],
}));

vi.mock('vscode', async () => ({
  ...(await import('./fakeEvents.ts')),
  commands: { executeCommand: (_: string, _key: string, value: unknown) => keys.push(value) },
  Disposable: { from: () => ({ dispose: () => undefined }) },
  window: {
    get activeTextEditor() {
      const { file } = editor;
      return { document: { uri: { toString: () => file } } };
    },
    onDidChangeActiveTextEditor: (listener: () => void) => {
      editor.changed = listener;
    },
  },
}));
vi.mock('../../../client/src/ui/status.ts', () => ({
  createStatusBarItem: () => ({ show: () => undefined, hide: () => undefined }),
}));
vi.mock('../../../client/src/hasuraProject.ts', () => ({ projectOfFile: () => undefined }));

beforeEach(() => {
  keys.length = 0;
  editor.file = 'a.yaml';
});

/** A server that answers when it is told to, and tells of changes. */
function start() {
  const answers: ((recognised: boolean) => Promise<unknown>)[] = [];
  let changed = () => {};
  const server = {
    ask: () =>
      new Promise((resolve) => {
        answers.push(async (recognised) => {
          resolve({ recognised });
          await turn();
        });
      }),
    onDidChange: (listener: () => void) => {
      changed = listener;
    },
  };
  new EndpointStatus(new ActiveFile(server as unknown as LanguageServerClient, { debug: () => undefined }), {
    onDidChange: () => undefined,
  } as unknown as EndpointChoices);
  return { answers, change: () => changed() };
}

it('what is known of the file is shown, though the server is being asked again', async () => {
  const { answers, change } = start();
  change();
  change();
  await answers[0]?.(true);
  expect(keys).toEqual([true]);
});

it('an answer that comes after a later one counts for nothing', async () => {
  const { answers, change } = start();
  change();
  await answers[1]?.(true);
  await answers[0]?.(false);
  expect(keys).toEqual([true]);
});

it('nor does one about a file that is not in front any more', async () => {
  const { answers } = start();
  editor.file = 'b.yaml';
  editor.changed();
  await answers[0]?.(true);
  expect(keys).toEqual([]);
  await answers[1]?.(false);
  expect(keys).toEqual([false]);
});
