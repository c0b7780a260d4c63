import { Uri } from 'vscode';
import type { ChangedFile } from '../../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { type Change, showChanges } from '../../ui/diff.ts';
import { display } from '../../ui/displayText.ts';
import type { ShownTexts } from '../../ui/shownTexts.ts';

/** The files a pull has written, side by side with what they said before; those of the last pull only. */
export class SnapshotChanges {
  readonly #texts: ShownTexts;
  #before: readonly Uri[] = [];
  #pulls = 0;

  constructor(texts: ShownTexts) {
    this.#texts = texts;
  }

  /** Takes the files of a new pull in place of those of the one before; the function it gives shows them. */
  keep(files: readonly ChangedFile[], host: string): () => Thenable<unknown> {
    for (const uri of this.#before) this.#texts.forget(uri);
    // Another address for each pull: what is open of the one before is not to change.
    const pull = ++this.#pulls;
    const resources = files.map(({ path, before }): Change => {
      const file = Uri.file(path);
      const earlier =
        before === undefined ? undefined : this.#texts.uriOfFile(file, before, `before pull ${pull}`);
      return [file, earlier, file];
    });
    this.#before = resources.flatMap(([, before]) => before ?? []);
    return () => showChanges(display`Snapshots from ${host}`, resources);
  }
}
