import { partText } from '../../../../common/src/metadataApi/pull/partText.ts';
import type { PartResult, PullOptions, PullPart } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import { pulledText } from '../../../../common/src/metadataApi/pull/pulledText.ts';
import { type KeptPart, SnapshotWriter } from '../../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import type { CommandContext } from '../commandContext.ts';
import { showLog } from '../ui/messages.ts';
import { type SnapshotPlaces, shown } from './snapshotPlaces.ts';

/** What a way of pulling is given: it tells of each part before it, and hands over what came of it. */
export interface Keeping extends Pick<PullOptions, 'signal' | 'starting'> {
  finished(part: PullPart, result: PartResult): void;
}

/** Pulls part by part, by `pull`, and writes each at once: what is there stays when something fails later. */
export async function keepPulled(
  { log }: CommandContext,
  from: string,
  places: SnapshotPlaces,
  pull: (options: Keeping) => Promise<void>,
): Promise<readonly KeptPart[]> {
  const writer = new SnapshotWriter({
    files: places.files,
    targetOf: (part) => places.targetOf(part),
    shown,
  });
  await withProgress(display`Pulling from ${from}`, (signal, progress) =>
    pull({
      signal,
      starting: (part, index, total) => {
        const message = display`${partText(part)} (${index + 1} of ${total})`;
        progress.report({ message, increment: index === 0 ? 0 : 100 / total });
      },
      finished: (part, result) => {
        const { text, state, notes } = writer.keep(part, result);
        const line = `${partText(part)}: ${text}`;
        if (state === 'failed') log.error(line);
        else log.info(line);
        for (const note of notes) log.warn(`${partText(part)}: ${note}`);
      },
    }),
  );
  return writer.kept;
}

export interface PulledFrom {
  readonly from: string;
  /** What a project has and the server has not. */
  readonly missing: readonly string[];
  /** What may get the rest. */
  readonly instead: Action | undefined;
  again(failed: readonly PullPart[]): unknown;
}

/** Says what became of a pull. */
export function tellPulled(
  { snapshotChanges }: CommandContext,
  kept: readonly KeptPart[],
  { from, missing, instead, again }: PulledFrom,
): void {
  const { severity, message } = pulledText(kept, missing, from);
  const changed = kept.flatMap((each) => each.changed ?? []);
  const open = snapshotChanges.keep(changed, from);
  const failed = kept.filter(({ state }) => state === 'failed').map(({ part }) => part);
  const actions: readonly (Action | false)[] = [
    changed.length > 0 && { title: display`Show Changes`, run: open },
    failed.length > 0 && { title: display`Try Again`, run: () => again(failed) },
    instead ?? false,
    (severity !== 'information' || / log\b/.test(message)) && showLog,
  ];
  tell(severity, display(message), ...actions.filter((action) => action !== false));
}
