import { Disposable, type Memento } from 'vscode';
import { missingParts, missingText } from '../../common/src/missingSchemas.ts';
import type { FileStatus } from '../../common/src/protocol.ts';
import type { ActiveFile, ActiveFileStatus } from './activeFile.ts';
import { display, withIcon } from './ui/displayText.ts';
import { createStatusBarItem } from './ui/status.ts';

/** A project of which something is not known. */
export type Incomplete = FileStatus & { readonly project: NonNullable<FileStatus['project']> };

/**
 * Says what is not known of the project of the file in front: in the status bar as long as it is so, and once for each
 * project in a message, by `tell`. What is said once is not said again, whatever was answered.
 */
export class MissingSchemas implements Disposable {
  readonly #state: Memento;
  readonly #tell: (status: Incomplete) => Promise<unknown>;
  readonly #item = createStatusBarItem(
    'remoteRelationships.missingSchemas',
    display`Hasura Schemas`,
    'remoteRelationships.showStatus',
    49,
  );
  readonly #subscriptions: Disposable;

  constructor(active: ActiveFile, state: Memento, tell: (status: Incomplete) => Promise<unknown>) {
    this.#state = state;
    this.#tell = tell;
    this.#subscriptions = Disposable.from(
      this.#item,
      active.onDidChange((now) => now.isLast && void this.#update(now)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #update({ document, status }: ActiveFileStatus): Promise<void> {
    const text = status?.recognised && status.project ? missingText(status) : undefined;
    if (!isInProject(status) || text === undefined) {
      this.#item.hide();
      return;
    }
    const count = missingParts(status).length;
    const all = status.sources.length + status.remoteSchemas.length;
    this.#item.show(
      withIcon('warning', display`${count} of ${all} schemas unknown`),
      display`Nothing is known of ${text} in ${status.project.name}: what depends on that is not checked. Click to see what is in use.`,
    );
    // While a name is being typed, there may be one that nobody means.
    if (document?.isDirty) return;
    const key = `missingSchemas ${status.project.uri}`;
    if (this.#state.get(key) === true) return;
    await this.#state.update(key, true);
    await this.#tell(status);
  }
}

function isInProject(status: FileStatus | undefined): status is Incomplete {
  return status?.project != null;
}
