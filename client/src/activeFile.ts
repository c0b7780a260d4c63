import { Disposable, EventEmitter, type LogOutputChannel, type TextDocument, window } from 'vscode';
import { type FileStatus, statusRequest } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';

/** The file in front, and what the language server says of it. */
export interface ActiveFileStatus {
  readonly document: TextDocument | undefined;
  /** Nothing where the server does not run, or does not know the file. */
  readonly status: FileStatus | undefined;
  /** False while the server is being asked again. */
  readonly isLast: boolean;
}

/** What the language server says of the file in front: asked once for all who show it, whenever it may have changed. */
export class ActiveFile implements Disposable {
  readonly #server: Pick<LanguageServerClient, 'ask' | 'onDidChange'>;
  readonly #log: Pick<LogOutputChannel, 'debug'>;
  readonly #changed = new EventEmitter<ActiveFileStatus>();
  readonly #subscriptions: Disposable;
  #now: ActiveFileStatus | undefined;
  #questions = 0;
  /** The last question whose answer was taken. */
  #answered = 0;

  /** Fires with each answer that none about another file, and no later one, has overtaken. */
  readonly onDidChange = this.#changed.event;

  constructor(
    server: Pick<LanguageServerClient, 'ask' | 'onDidChange'>,
    log: Pick<LogOutputChannel, 'debug'>,
  ) {
    this.#server = server;
    this.#log = log;
    const ask = () => void this.#ask();
    this.#subscriptions = Disposable.from(
      this.#changed,
      window.onDidChangeActiveTextEditor(ask),
      server.onDidChange(ask),
    );
    ask();
  }

  /** The last answer; `undefined` before the first. */
  get now(): ActiveFileStatus | undefined {
    return this.#now;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #ask(): Promise<void> {
    const question = ++this.#questions;
    const document = window.activeTextEditor?.document;
    const status = await (document && this.#statusOf(document));
    const isInFront = document?.uri.toString() === window.activeTextEditor?.document.uri.toString();
    if (question < this.#answered || !isInFront) return;
    this.#answered = question;
    this.#now = { document, status, isLast: question === this.#questions };
    this.#changed.fire(this.#now);
  }

  async #statusOf({ uri }: TextDocument): Promise<FileStatus | undefined> {
    try {
      return (await this.#server.ask(statusRequest, { uri: uri.toString() })) ?? undefined;
    } catch (error) {
      // The server may stop between the question and its answer; the state's change brings the next one.
      this.#log.debug(`No status for ${uri.toString(true)}: ${String(error)}`);
      return undefined;
    }
  }
}
