import type { Journal } from './connection/journal.ts';
import type { DefinitionDiff } from './ui/definitionDiff.ts';
import type { InconsistentProblems } from './ui/inconsistentProblems.ts';
import type { ServerProblems } from './ui/serverProblems.ts';
import type { ShownTexts } from './ui/shownTexts.ts';
import type { SnapshotChanges } from './ui/snapshotChanges.ts';

/** What the commands share as long as the window is open. */
export interface Tools {
  readonly diff: DefinitionDiff;
  readonly journal: Journal;
  readonly problems: ServerProblems;
  readonly snapshotChanges: SnapshotChanges;
  readonly inconsistent: InconsistentProblems;
  readonly texts: ShownTexts;
}
