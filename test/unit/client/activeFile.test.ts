import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { ActiveFile, type ActiveFileStatus } from '../../../client/src/activeFile.ts';
import type { FileStatus } from '../../../common/src/protocol.ts';

const { editor } = vi.hoisted(() => ({
  editor: { file: 'a.yaml' as string | undefined, changed: () => {} },
}));

vi.mock('vscode', async () => ({
  ...(await import('./fakeEvents.ts')),
  Disposable: { from: () => ({ dispose: () => undefined }) },
  window: {
    get activeTextEditor() {
      const { file } = editor;
      return file === undefined ? undefined : { document: { uri: { toString: () => file } } };
    },
    onDidChangeActiveTextEditor: (listener: () => void) => {
      editor.changed = listener;
    },
  },
}));

/** Readers of a file about which the server answers like this, and what each of them was told. */
function read(answer: (uri: string) => Promise<FileStatus | undefined>, readers: number) {
  const asked: string[] = [];
  const logged: string[] = [];
  let changed = () => {};
  const server = {
    ask: async (_: unknown, { uri }: { readonly uri: string }) => {
      asked.push(uri);
      return (await answer(uri)) as never;
    },
    onDidChange: (listener: () => void) => {
      changed = listener;
      return { dispose: () => undefined };
    },
  };
  const active = new ActiveFile(server as never, { debug: (text) => logged.push(text) });
  const told = Array.from({ length: readers }, () => {
    const answers: ActiveFileStatus[] = [];
    active.onDidChange((now) => answers.push(now));
    return answers;
  });
  return { asked, logged, told, active, change: () => changed() };
}

const status = { recognised: true } as FileStatus;

it('the server is asked once, however many show what it says', async () => {
  editor.file = 'a.yaml';
  const { asked, told, active } = read(async () => status, 3);
  expect(active.now).toBeUndefined();
  await turn();
  expect(asked).toEqual(['a.yaml']);
  expect(told.map((answers) => answers.map((each) => each.status))).toEqual([[status], [status], [status]]);
  expect(active.now).toMatchObject({ status, isLast: true });
});

it('of a burst of changes only the end is the last word', async () => {
  editor.file = 'a.yaml';
  const { told, change } = read(async () => status, 1);
  change();
  change();
  await turn();
  expect(told[0]?.map(({ isLast }) => isLast)).toEqual([false, false, true]);
});

it('a server that stops meanwhile is as good as none, and logged', async () => {
  editor.file = 'a.yaml';
  const { logged, told } = read(() => Promise.reject(new Error('stopped')), 1);
  await turn();
  expect(told).toMatchObject([[{ status: undefined, isLast: true }]]);
  expect(logged).toEqual(['No status for a.yaml: Error: stopped']);
});

it('nobody is asked about no file, which is said', async () => {
  editor.file = undefined;
  const { asked, told } = read(async () => status, 1);
  await turn();
  expect(asked).toEqual([]);
  expect(told).toEqual([[{ document: undefined, status: undefined, isLast: true }]]);
});
