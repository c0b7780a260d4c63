import type { DefinitionDiff } from './definitionDiff.ts';
import type { InconsistentProblems } from './inconsistentProblems.ts';
import type { Journal } from './journal.ts';
import type { ServerProblems } from './serverProblems.ts';
import type { ShownTexts } from './shownTexts.ts';
import type { SnapshotChanges } from './snapshotChanges.ts';

/** What the commands share as long as the window is open. */
export interface Tools {
  readonly diff: DefinitionDiff;
  readonly journal: Journal;
  readonly problems: ServerProblems;
  readonly snapshotChanges: SnapshotChanges;
  readonly inconsistent: InconsistentProblems;
  readonly texts: ShownTexts;
}
