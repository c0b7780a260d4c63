import { expect, it, vi } from 'vitest';
import type { CancellationToken, TextDocument } from 'vscode';
import { RelationshipLenses } from '../../../client/src/relationshipLenses.ts';
import { relationshipsRequest, requestsRequest } from '../../../common/src/protocol.ts';

vi.mock('vscode', () => ({
  CodeLens: class {
    readonly command: unknown;
    constructor(_range: unknown, command: unknown) {
      this.command = command;
    }
  },
  Disposable: class {},
  EventEmitter: class {
    readonly event = () => undefined;
  },
  Range: class {},
  workspace: { isTrusted: true, getConfiguration: () => ({ get: () => true }) },
}));

const lines = (start: number, end: number) => ({
  start: { line: start, character: 2 },
  end: { line: end, character: 0 },
});
const answers: Readonly<Record<string, unknown>> = {
  [relationshipsRequest.method]: [
    { identity: {}, form: 'unified', range: lines(20, 29) },
    // In the request, which is sent as it stands.
    { identity: {}, form: 'unified', range: lines(5, 8) },
  ],
  [requestsRequest.method]: [{ range: lines(3, 9) }],
};

/** Lenses by a server that is asked; `token` is what VS Code gives, and may cancel. */
async function provide(token: { isCancellationRequested: boolean }, answer: (method: string) => unknown) {
  const asked: unknown[] = [];
  const lenses = new RelationshipLenses({
    onDidChange: () => ({ dispose: () => undefined }),
    ask: async (request: { readonly method: string }, _params: unknown, given?: unknown) => {
      asked.push([request.method, given]);
      return answer(request.method) as undefined;
    },
  });
  const document = { uri: { toString: () => 'file:///a.yaml' } } as TextDocument;
  const shown = await lenses.provideCodeLenses(document, token as CancellationToken);
  return { titles: shown.map(({ command }) => command?.title), asked };
}

it('lenses stand above relationships and requests; the server is told when nobody wants them any more', async () => {
  const token = { isCancellationRequested: false };
  const { titles, asked } = await provide(token, (method) => answers[method]);
  expect(titles).toEqual(['Send to Hasura', 'Apply to Hasura', 'Delete from Hasura', 'Roles']);
  expect(asked).toEqual([
    [relationshipsRequest.method, token],
    [requestsRequest.method, token],
  ]);
});

it('lenses that are not wanted any more are not asked for', async () => {
  expect(await provide({ isCancellationRequested: true }, () => [])).toEqual({ titles: [], asked: [] });
});

it('lenses that are cancelled while the server is asked are none, and no error', async () => {
  const token = { isCancellationRequested: false };
  const { titles } = await provide(token, () => {
    token.isCancellationRequested = true;
    throw new Error('Request got cancelled');
  });
  expect(titles).toEqual([]);
});

it('lenses that fail otherwise are an error', async () => {
  const failing = provide({ isCancellationRequested: false }, () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
});
