import { type Disposable, Uri, workspace } from 'vscode';
import type { ChangedFile } from '../../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { type Change, showChanges } from '../../ui/diff.ts';
import { display } from '../../ui/displayText.ts';

const scheme = 'hasura-snapshot-before';

/** The files a pull has written, side by side with what they said before; those of the last pull only. */
export class SnapshotChanges implements Disposable {
  readonly #before = new Map<string, string>();
  readonly #provider = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => this.#before.get(uri.toString()) ?? '',
  });
  #pulls = 0;

  dispose(): void {
    this.#provider.dispose();
  }

  /** Takes the files of a new pull in place of those of the one before; the function it gives shows them. */
  keep(files: readonly ChangedFile[], host: string): () => Thenable<unknown> {
    this.#before.clear();
    // Another address for each pull: an open editor does not ask again for the same.
    const pull = ++this.#pulls;
    const resources = files.map(({ path, before }): Change => {
      const file = Uri.file(path);
      const earlier = Uri.from({ scheme, path: file.path, query: String(pull) });
      if (before !== undefined) this.#before.set(earlier.toString(), before);
      return [file, before === undefined ? undefined : earlier, file];
    });
    return () => showChanges(display`Snapshots from ${host}`, resources);
  }
}
