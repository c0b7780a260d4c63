import type { UndoEntry } from './undo.ts';

/** An entry of the journal, under the name it can be found by. */
export interface JournalEntry {
  readonly id: string;
  readonly entry: UndoEntry;
}

/** What is kept of each change to a server, so that it can be undone, and settled when its end was not seen. */
export interface ChangeJournal {
  /** Keeps an entry of a change that is about to begin; resolves with its id once it is kept for good. */
  add(entry: UndoEntry): Promise<string>;
  /** What came of the change is known. */
  settle(id: string): Promise<void>;
  /** The change has ended, and what came of it is not known. */
  leaveOpen(id: string): Promise<void>;
  /** Nothing has changed, or it was undone. */
  remove(id: string): Promise<void>;
  /** The newest change of an endpoint that has ended. */
  last(endpoint: string): Promise<JournalEntry | undefined>;
  /** Changes of an endpoint of which nobody knows what came. */
  unsettled(endpoint: string): Promise<readonly JournalEntry[]>;
}
