import { afterEach, expect, it, vi } from 'vitest';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { Connection } from '../../../client/src/endpoint/connection/connection.ts';
import type { Endpoint } from '../../../client/src/endpoint/connection/endpoints.ts';
import type { HasuraProject } from '../../../client/src/hasuraProject.ts';
import { enterText } from '../../../client/src/ui/inputBox.ts';
import { getInconsistentMetadata } from '../../../common/src/metadataApi/document/commands.ts';

vi.mock('vscode', () => ({
  workspace: { getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }) },
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
