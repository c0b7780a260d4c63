import { beforeEach, expect, it, vi } from 'vitest';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { reportProblem } from '../../../client/src/endpoint/commands/reportProblem.ts';
import { choiceOf } from '../../../client/src/endpoint/connection/chosenEndpoint.ts';
import { cliName } from '../../../client/src/endpoint/connection/endpoints.ts';
import { endpointsOf } from '../../../client/src/endpoint/connection/project.ts';
import type { EndpointChoice } from '../../../client/src/endpointChoice.ts';
import { openInBrowser } from '../../../client/src/ui/browser.ts';
import { tell } from '../../../client/src/ui/messages.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import manifest from '../../../package.json';

const { surroundings } = vi.hoisted(() => ({
  surroundings: {
    trusted: true,
    opened: [] as { language: string; content: string }[],
    shown: [] as unknown[],
  },
}));

vi.mock('vscode', () => ({
  env: { appName: 'Visual Studio Code', remoteName: 'dev-container', uiKind: 1 },
  extensions: { getExtension: () => undefined },
  UIKind: { Desktop: 1, Web: 2 },
  Uri: { parse: (text: string) => ({ toString: () => text }) },
  version: '1.101.0',
  window: {
    activeTextEditor: { document: { uri: { toString: () => 'file:///shop/a.yaml' } } },
    showTextDocument: async (document: unknown) => surroundings.shown.push(document),
  },
  workspace: {
    get isTrusted() {
      return surroundings.trusted;
    },
    workspaceFolders: [{ name: 'shop', uri: { toString: () => 'file:///shop' } }],
    getWorkspaceFolder: () => undefined,
    getConfiguration: () => ({
      inspect: (name: string) => ({
        defaultValue: 'the default',
        globalValue: name === 'codeLens' ? false : undefined,
        workspaceValue: name === 'trace.server' ? 'verbose' : undefined,
      }),
    }),
    openTextDocument: async (document: { language: string; content: string }) => {
      surroundings.opened.push(document);
      return document;
    },
  },
}));
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn() }));
vi.mock('../../../client/src/ui/browser.ts', () => ({ openInBrowser: vi.fn() }));
vi.mock('../../../client/src/endpoint/connection/project.ts', () => ({ endpointsOf: vi.fn() }));

/** An endpoint, and what its secret is. */
function endpoint(host: string, name: string, secret: string) {
  const url = `https://${host}`;
  const place = { name, url, origin: url, host, from: 'the settings', paths: {} };
  const configuredSecret = vi.fn(() => new Secret(secret, 'a test'));
  return {
    ...{ ...place, protected: true, readOnly: false, secretSource: 'a test', foreignVariable: 'ANY' },
    configuredSecret,
  };
}

const stored = vi.fn(async (key: string) =>
  key === 'adminSecret https://own.example.com' ? 'entered-secret' : '',
);

function context(answers = true, choice?: EndpointChoice): CommandContext {
  const parts = {
    extension: { extension: { packageJSON: manifest }, secrets: { get: stored } },
    server: {
      state: answers ? { kind: 'running' } : { kind: 'failed', reason: 'it ended' },
      ask: async ({ method }: { method: string }) => {
        if (!answers) throw new Error('it ended');
        const project = { name: 'shop', uri: 'file:///shop', configurationUri: null };
        const status = { recognised: true, project, serverVersion: 'latest', sources: [], remoteSchemas: [] };
        return method.endsWith('/projects') ? [project] : { ...status, problems: [] };
      },
    },
    choices: { get: () => choice },
    log: {
      lastEntries: [
        '[info] POST https://own.example.com/v1/metadata: entered-secret and own-secret',
        '[info] foreign.example.com: foreign-secret',
      ],
    },
  };
  return parts as unknown as CommandContext;
}

beforeEach(() => {
  vi.clearAllMocks();
  Object.assign(surroundings, { trusted: true, opened: [], shown: [] });
});

it('opens a document to look through, and the page for issues only by its button', async () => {
  vi.mocked(endpointsOf).mockResolvedValue({ endpoints: [], problems: [] });
  await reportProblem(context());
  const [document] = surroundings.opened;
  expect(surroundings.shown).toEqual([document]);
  expect(document?.language).toBe('markdown');
  for (const line of [
    `Remote Relationships for Hasura: ${manifest.version}`,
    'Visual Studio Code: 1.101.0',
    'Remote window: dev-container',
    'project: "shop"',
  ]) {
    expect(document?.content.split('\n')).toContain(line);
  }
  const block = /## Settings that were set\n\n```json\n([^`]*)```/.exec(document?.content ?? '')?.[1] ?? '';
  expect(JSON.parse(block)).toEqual({ codeLens: { user: false }, 'trace.server': { workspace: 'verbose' } });
  expect(openInBrowser).not.toHaveBeenCalled();
  const [severity, message, action, ...others] = vi.mocked(tell).mock.calls[0] ?? [];
  expect([severity, action?.title, others]).toEqual(['information', 'Open Issues Page', []]);
  expect(message).toMatch(/^Nothing was sent\./);
  action?.run();
  expect(openInBrowser).toHaveBeenCalledExactlyOnceWith(manifest.bugs.url);
});

it('hides the secrets that are known; of endpoints that were not chosen no variable is read', async () => {
  const own = endpoint('own.example.com', cliName, 'own-secret');
  const foreign = endpoint('foreign.example.com', 'staging', 'foreign-secret');
  vi.mocked(endpointsOf).mockResolvedValue({ endpoints: [own, foreign], problems: [] });
  await reportProblem(context());
  const content = surroundings.opened[0]?.content;
  expect(content).toContain('[info] POST https://host-1: [secret] and [secret]');
  expect(content).toContain('[info] host-2: foreign-secret');
  expect(foreign.configuredSecret).not.toHaveBeenCalled();
});

it('hides the secret of an endpoint that was chosen', async () => {
  const foreign = endpoint('foreign.example.com', 'staging', 'foreign-secret');
  vi.mocked(endpointsOf).mockResolvedValue({ endpoints: [foreign], problems: [] });
  await reportProblem(context(true, choiceOf(foreign)));
  expect(surroundings.opened[0]?.content).toContain(': [secret]');
  expect(surroundings.opened[0]?.content).not.toContain('foreign-secret');
});

it('reads no file of an untrusted workspace', async () => {
  surroundings.trusted = false;
  await reportProblem(context());
  expect(endpointsOf).not.toHaveBeenCalled();
  expect(surroundings.opened[0]?.content).toContain('Trusted workspace: no');
});

it('works where the language server does not', async () => {
  await reportProblem(context(false));
  expect(surroundings.opened[0]?.content).toContain('language server: failed (it ended)');
});
