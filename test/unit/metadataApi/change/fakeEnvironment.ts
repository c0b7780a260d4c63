import { expect } from 'vitest';
import type { ChangeEnvironment } from '../../../../common/src/metadataApi/change/environment.ts';
import type { ChangeJournal, JournalEntry } from '../../../../common/src/metadataApi/plan/changeJournal.ts';
import type { Told } from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { Question } from '../../../../common/src/metadataApi/plan/question.ts';
import { readServerState, type ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import type { UndoEntry } from '../../../../common/src/metadataApi/plan/undo.ts';
import { type Answers, fakeClient } from '../fakeServer.ts';

export interface Circumstances {
  readonly protected?: boolean;
  readonly readOnly?: boolean;
  /** What the person says to each question; yes when nothing is given. */
  readonly answer?: (question: Question) => boolean;
  readonly signal?: AbortSignal;
  readonly version?: string;
}

type Kept = JournalEntry & { readonly state: 'begun' | 'settled' | 'open' };

/** A journal in memory, which is asked only about what it keeps. */
export function memoryJournal(): ChangeJournal & { entries: Kept[] } {
  const journal = {
    entries: [] as Kept[],
    async add(entry: UndoEntry) {
      const id = `id ${journal.entries.length}`;
      // Not at once, as on a disk.
      await new Promise((resolve) => setTimeout(resolve, 5));
      journal.entries.push({ id, entry, state: 'begun' });
      return id;
    },
    settle: async (id: string) => end(id, 'settled'),
    leaveOpen: async (id: string) => end(id, 'open'),
    async remove(id: string) {
      expect(journal.entries.map((each) => each.id)).toContain(id);
      journal.entries = journal.entries.filter((each) => each.id !== id);
    },
    unsettled: async (endpoint: string) =>
      journal.entries.filter(({ entry, state }) => entry.endpoint === endpoint && state === 'open'),
    last: async (endpoint: string) =>
      journal.entries.findLast(({ entry, state }) => entry.endpoint === endpoint && state !== 'begun'),
  };
  const end = (id: string, state: Kept['state']) => {
    expect(journal.entries.map((each) => each.id)).toContain(id);
    journal.entries = journal.entries.map((each) => (each.id === id ? { ...each, state } : each));
  };
  return journal;
}

/** Whoever carries out changes without VS Code: `events` has, in order, what was read, asked, begun, sent and told. */
export function fakeEnvironment(
  answers: Answers,
  { answer = () => true, signal, version, ...endpoint }: Circumstances = {},
) {
  const { client, sent } = fakeClient(answers, version);
  const journal = memoryJournal();
  const events: string[] = [];
  const questions: { readonly question: Question; readonly host: string | undefined }[] = [];
  const told: Told[] = [];
  const readAfterwards: ServerState[] = [];
  const environment: ChangeEnvironment = {
    endpoint: {
      name: 'dev',
      url: 'http://hasura.test',
      host: 'hasura.test',
      protected: endpoint.protected ?? false,
      readOnly: endpoint.readOnly ?? false,
    },
    client: {
      host: client.host,
      send: async (command, abort) => {
        if (command.effect === 'write') events.push(`send, ${journal.entries.map(({ state }) => state)}`);
        return client.send(command, abort);
      },
    },
    journal,
    read: async () => {
      events.push('read');
      return readServerState(client);
    },
    ask: async (question, host) => {
      events.push(`ask ${question.verb}`);
      questions.push({ question, host });
      return answer(question);
    },
    during: async (what, work) => {
      events.push(what);
      return work(signal ?? new AbortController().signal);
    },
    tell: (each) => told.push(each),
    wasRead: (state) => readAfterwards.push(state),
  };
  return { environment, journal, sent, events, questions, told, readAfterwards };
}
