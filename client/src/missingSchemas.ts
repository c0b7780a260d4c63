import { Disposable, type Memento, window } from 'vscode';
import { missingParts, missingText } from '../../common/src/missingSchemas.ts';
import { type FileStatus, statusRequest } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { display, withIcon } from './ui/displayText.ts';
import { createStatusBarItem } from './ui/status.ts';

/** A project of which something is not known. */
export type Incomplete = FileStatus & { readonly project: NonNullable<FileStatus['project']> };

/**
 * Says what is not known of the project of the file in front: in the status bar as long as it is so, and once for each
 * project in a message, by `tell`. What is said once is not said again, whatever was answered.
 */
export class MissingSchemas implements Disposable {
  readonly #server: Pick<LanguageServerClient, 'ask' | 'onDidChange'>;
  readonly #state: Memento;
  readonly #tell: (status: Incomplete) => Promise<unknown>;
  readonly #item = createStatusBarItem(
    'remoteRelationships.missingSchemas',
    display`Hasura Schemas`,
    'remoteRelationships.showStatus',
    49,
  );
  readonly #subscriptions: Disposable;
  #updates = 0;

  constructor(
    server: Pick<LanguageServerClient, 'ask' | 'onDidChange'>,
    state: Memento,
    tell: (status: Incomplete) => Promise<unknown>,
  ) {
    this.#server = server;
    this.#state = state;
    this.#tell = tell;
    const update = () => void this.#update();
    this.#subscriptions = Disposable.from(
      this.#item,
      window.onDidChangeActiveTextEditor(update),
      server.onDidChange(update),
    );
    update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #update(): Promise<void> {
    const update = ++this.#updates;
    const document = window.activeTextEditor?.document;
    // A server that stops in between is as good as none.
    const status =
      document &&
      (await this.#server.ask(statusRequest, { uri: document.uri.toString() }).catch(() => undefined));
    if (update !== this.#updates) return;
    const text = status?.recognised && status.project ? missingText(status) : undefined;
    if (!isInProject(status) || text === undefined) {
      this.#item.hide();
      return;
    }
    const count = missingParts(status).length;
    const all = status.sources.length + status.remoteSchemas.length;
    this.#item.show(
      withIcon('warning', display`${count} of ${all} schemas unknown`),
      display`Nothing is known of ${text} in ${status.project.name}: what depends on that is not checked. Choose this to see what is in use.`,
    );
    // While a name is being typed, there may be one that nobody means.
    if (document?.isDirty) return;
    const key = `missingSchemas ${status.project.uri}`;
    if (this.#state.get(key) === true) return;
    await this.#state.update(key, true);
    await this.#tell(status);
  }
}

function isInProject(status: FileStatus | null | undefined): status is Incomplete {
  return status?.project != null;
}
