import type { HttpClient } from '../http/http.ts';
import type { ChangeJournal } from '../plan/changeJournal.ts';
import type { Told } from '../plan/outcome.ts';
import type { Question } from '../plan/question.ts';
import type { ServerState, StateResult } from '../plan/serverState.ts';

/** A server that is to be changed. */
export interface ChangedEndpoint {
  readonly name: string;
  readonly url: string;
  readonly host: string;
  /** Whoever agrees to a change has to name the host. */
  readonly protected: boolean;
  readonly readOnly: boolean;
}

/** Where a change is made, and who is asked and told of it: by the windows of an editor, a terminal, or a test. */
export interface ChangeEnvironment {
  readonly endpoint: ChangedEndpoint;
  readonly client: HttpClient;
  readonly journal: ChangeJournal;
  /** Reads the server, with whatever it takes to be let in; whoever gives that up has cancelled. */
  read(): Promise<StateResult>;
  /** `host`: the answer has to name it. */
  ask(question: Question, host: string | undefined): Promise<boolean>;
  /** Shows that something takes time; the signal is the person's way to cancel it. */
  during<T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Says what came of a change whose end nobody had seen. */
  tell(told: Told): void;
  /** The server was read after it was changed. */
  wasRead(state: ServerState): void;
}

/** The host, where an answer has to name it. */
export function hostToName({ host, protected: isProtected }: ChangedEndpoint): string | undefined {
  return isProtected ? host : undefined;
}
