import { dirname } from 'node:path';
import { errorMessage } from '../../errorMessage.ts';
import { removeLeftovers, writeAtOnce } from '../../files/atomicWrite.ts';
import { localized } from '../../localized.ts';
import type { PullPart } from './pullAll.ts';
import { decideWrite, type WritableFile, type WriteDecision, type WritingPlace } from './writingRule.ts';

export interface ProjectFilesOptions extends WritingPlace {
  /** Says what it would write, and writes nothing. */
  readonly dryRun: boolean;
  /** Whether the person wants a file to be replaced of which nobody can say what it holds. */
  replacesDoubtful(path: string): boolean;
  /** What makes it so: for messages. */
  readonly howToReplace: string;
}

export type WriteResult =
  | { readonly outcome: 'written' | 'unchanged' }
  | { readonly outcome: 'refused'; readonly reason: string };

/** Writes files of a project, where the rule of writing lets it, and each at once or not at all. */
export class ProjectFiles {
  readonly #options: ProjectFilesOptions;

  constructor(options: ProjectFilesOptions) {
    this.#options = options;
  }

  get dryRun(): boolean {
    return this.#options.dryRun;
  }

  /** Whether a part may be written to a path. Never throws. */
  decide(path: string, what: PullPart['what']): WriteDecision {
    const decision = decideWrite(path, what, this.#options);
    if (decision.outcome === 'refused') return decision;
    if (!this.dryRun) removeLeftovers(dirname(decision.path));
    if (decision.outcome === 'allowed' || this.#options.replacesDoubtful(path)) return decision;
    const { howToReplace } = this.#options;
    return {
      outcome: 'refused',
      reason: localized`its content can't be read as a schema or snapshot; ${howToReplace}`,
    };
  }

  /** Leaves a file alone that says the same already, whichever line ends it has. Never throws. */
  write({ path, before, mode }: WritableFile, text: string): WriteResult {
    if (before !== undefined && plain(before) === plain(text)) return { outcome: 'unchanged' };
    try {
      if (!this.dryRun) writeAtOnce(path, text, mode);
      return { outcome: 'written' };
    } catch (error) {
      return { outcome: 'refused', reason: errorMessage(error) };
    }
  }
}

/** A checkout may have changed the line ends. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}
