import { errorMessage } from '../../errorMessage.ts';
import { localized } from '../../localized.ts';
import type { MetadataDocument } from '../document/metadataDocument.ts';
import { partText } from './partText.ts';
import type { ProjectFiles } from './projectFiles.ts';
import type { PartResult, PullPart } from './pullAll.ts';
import { snapshotText } from './snapshotText.ts';

/** The file a snapshot goes to. */
export type SnapshotTarget =
  | {
      readonly path: string;
      /** Whether the same file is named for other sources, too. */
      readonly shared: boolean;
    }
  | { readonly problem: string };

/** What became of one part on disk. */
export interface KeptPart {
  readonly part: PullPart;
  /** `cancelled`: nobody knows what the server would have said. */
  readonly state: 'written' | 'unchanged' | 'failed' | 'cancelled';
  /** `written, schema/shop.tables.json (3 tables, 9 columns)`, `failed: …` */
  readonly text: string;
  /** Why it is not as it should be; empty when it is. */
  readonly reason: string;
  /** What could not be learned on the way. */
  readonly notes: readonly string[];
  /** The file that has another text now. */
  readonly changed: ChangedFile | undefined;
}

export interface ChangedFile {
  readonly path: string;
  /** `undefined`: there was none. */
  readonly before: string | undefined;
}

export interface SnapshotWriterOptions {
  readonly files: ProjectFiles;
  targetOf(part: PullPart): SnapshotTarget;
  /** A path as it is shown to people. */
  shown(path: string): string;
}

/** Writes what comes from a server to the files of a project, part by part, and keeps count. */
export class SnapshotWriter {
  /** In the order they came. */
  readonly kept: KeptPart[] = [];
  readonly #options: SnapshotWriterOptions;

  constructor(options: SnapshotWriterOptions) {
    this.#options = options;
  }

  /** Writes one part, when there is something to write. Never throws. */
  keep(part: PullPart, result: PartResult): KeptPart {
    const kept = { part, ...this.#outcome(part, result), notes: notesOf(result) };
    this.kept.push(kept);
    return kept;
  }

  count(state: KeptPart['state']): number {
    return this.kept.filter((each) => each.state === state).length;
  }

  #outcome(part: PullPart, result: PartResult): Omit<KeptPart, 'part' | 'notes'> {
    if (result.outcome === 'failed') {
      return failed(result.message, result.cancelled ? 'cancelled' : 'failed');
    }
    const { files, targetOf, shown } = this.#options;
    const target = targetOf(part);
    if ('problem' in target) return failed(target.problem);
    const file = shown(target.path);
    const decision = files.decide(target.path, part.what);
    if (decision.outcome === 'refused') return failed(localized`${file} is not written: ${decision.reason}`);
    const { before } = decision;
    let text: string;
    try {
      text = snapshotText(result, { ...target, source: part.name, before });
    } catch (error) {
      return failed(`${file}: ${errorMessage(error)}`);
    }
    const written = files.write(decision, text);
    if (written.outcome === 'refused') return failed(localized`${file} can't be written: ${written.reason}`);
    const changed =
      written.outcome === 'written' && !files.dryRun ? { path: target.path, before } : undefined;
    if (result.outcome === 'tables' && !result.columnsKnown) {
      const reason = localized`${file} has only the names of the tables`;
      return { state: 'failed', text: localized`incomplete: ${reason}`, reason, changed };
    }
    const verb =
      files.dryRun && written.outcome === 'written' ? localized`would be written` : written.outcome;
    return { state: written.outcome, text: `${verb}, ${file}${sizeOf(result)}`, reason: '', changed };
  }
}

function failed(reason: string, state: 'failed' | 'cancelled' = 'failed') {
  return { state, text: localized`failed: ${reason}`, reason, changed: undefined };
}

function notesOf(result: PartResult): readonly string[] {
  return result.outcome === 'tables' ? result.notes : [];
}

function sizeOf(result: PartResult): string {
  if (result.outcome !== 'tables') return '';
  const columns = result.tables.reduce((sum, table) => sum + (table.columns?.length ?? 0), 0);
  return localized` (${result.tables.length} tables, ${columns} columns)`;
}

/** What a project has and the server has not keeps its snapshot as it is: one text for each. */
export function missingThere(
  known: readonly PullPart[],
  { sources, remoteSchemas }: MetadataDocument,
): readonly string[] {
  return known
    .filter(({ what, name }) => !(what === 'source' ? sources : remoteSchemas).has(name))
    .map((part) => localized`${partText(part)}: the server does not have it; its file is left as it is`);
}
