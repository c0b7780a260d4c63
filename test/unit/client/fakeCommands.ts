import { vi } from 'vitest';
import { URI } from 'vscode-uri';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { connect } from '../../../client/src/endpoint/connection/connect.ts';
import type { Connection } from '../../../client/src/endpoint/connection/connection.ts';
import type { HasuraProject } from '../../../client/src/hasuraProject.ts';
import { tell } from '../../../client/src/ui/messages.ts';
import type { Question } from '../../../common/src/metadataApi/plan/question.ts';
import { readServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
import { memoryJournal } from '../metadataApi/change/fakeEnvironment.ts';
import { type Answers, fakeClient } from '../metadataApi/fakeServer.ts';

export const host = 'hasura.test';
export const file = URI.parse('file:///shop/customer.yaml');
export const project = { folder: URI.parse('file:///shop') } as unknown as HasuraProject;

/** What is around a command, as far as it differs from test to test. */
export interface Around {
  readonly readOnly?: boolean;
  readonly protected?: boolean;
  /** What the person says to each question; yes when nothing is given. */
  readonly agrees?: (question: Question) => boolean;
  /** What the language server answers, by request. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** A window with an endpoint: what commands send, ask, tell and show. `connect` and `tell` have to be mocked. */
export function startCommands(server: Answers, around: Around = {}) {
  const { client, sent } = fakeClient(server);
  const journal = memoryJournal();
  const questions: { readonly question: Question; readonly host: string | undefined }[] = [];
  const cleared: unknown[] = [];
  const problems: unknown[] = [];
  const texts: unknown[][] = [];
  const asked: unknown[][] = [];
  const endpoint = {
    name: 'dev',
    url: 'http://hasura.test',
    host,
    readOnly: around.readOnly ?? false,
    protected: around.protected ?? false,
  };
  const connection = {
    endpoint,
    host,
    project,
    client,
    tryRead: () => readServerState(client),
    tellRead: () => undefined,
    readState: async () => {
      const result = await readServerState(client);
      return result.outcome === 'read' ? result.state : undefined;
    },
    ask: (command: Parameters<typeof client.send>[0]) => client.send(command),
  };
  vi.mocked(connect).mockResolvedValue(connection as unknown as Connection);
  const ask = async (question: Question, hostToName: string | undefined) => {
    questions.push({ question, host: hostToName });
    return around.agrees?.(question) ?? true;
  };
  const context = {
    journal,
    questions: { ask: (_: string, question: Question, named: string | undefined) => ask(question, named) },
    diff: { close: () => undefined },
    problems: {
      clear: (each: unknown) => cleared.push(each),
      add: (...each: unknown[]) => problems.push(each),
    },
    inconsistent: { set: () => undefined },
    texts: { show: async (...each: unknown[]) => void texts.push(each) },
    server: {
      ask: async ({ method }: { readonly method: string }, parameters: unknown) => {
        asked.push([method, parameters]);
        return around.answers?.[method.slice(method.lastIndexOf('/') + 1)];
      },
    },
  } as unknown as CommandContext;
  return { context, connection, journal, ask, sent, questions, cleared, problems, texts, asked };
}

/** What the person was told: how grave it is, in which words, with which buttons. */
export function said(): readonly (readonly unknown[])[] {
  return vi
    .mocked(tell)
    .mock.calls.map(([severity, message, ...actions]) => [
      severity,
      message,
      actions.map(({ title }) => title),
    ]);
}

/** Presses a button of a message. */
export async function press(title: string): Promise<void> {
  const actions = vi.mocked(tell).mock.calls.flatMap(([, , ...each]) => each);
  await actions.find((each) => each.title === title)?.run();
}
