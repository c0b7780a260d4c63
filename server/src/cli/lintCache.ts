import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { answersTheSame } from '../../../common/src/files/askAgain.ts';
import { CacheFolder, entryLimit } from '../../../common/src/files/cacheFolder.ts';
import { DiskAnswers, type DiskAsked } from '../../../common/src/files/diskAnswers.ts';
import { programDigest } from '../../../common/src/files/programDigest.ts';
import { type CheckOptions, checkedTargets } from './checkedFiles.ts';
import type { Linted } from './linted.ts';

interface Entry {
  readonly answers: readonly (readonly [asked: DiskAsked, answer: string])[];
  readonly linted: Linted;
}

/**
 * What was found in files, on disk, with all that the disk was asked for it. It counts as long as the same program, asked the same way,
 * would be answered the same: there is nothing else that findings depend on.
 */
export class LintCache {
  readonly #folder: CacheFolder;
  readonly #name: string;

  /** @throws CommandError when something that was named does not exist. */
  constructor(folder: string, options: CheckOptions) {
    const { workingDirectory, folders } = checkedTargets(options);
    this.#folder = new CacheFolder(path.join(folder, 'lint'), () => [workingDirectory, ...folders]);
    this.#name = nameOf(options);
  }

  /** What was found the last time; else what `lint` finds now, which says whether it may be kept. */
  async linted(lint: () => Promise<Linted>, mayBeKept: () => boolean): Promise<Linted> {
    const kept = this.#kept();
    if (kept !== undefined) return kept;
    const answers = new DiskAnswers();
    const linted = await answers.during(lint);
    if (answers.isSteady && mayBeKept() && lengthOf(linted) < entryLimit) {
      const entry: Entry = { answers: [...answers.all], linted };
      this.#folder.write(this.#name, JSON.stringify(entry));
    }
    return linted;
  }

  #kept(): Linted | undefined {
    const content = this.#folder.read(this.#name);
    if (content === undefined) return undefined;
    const { answers, linted } = JSON.parse(content) as Entry;
    return answersTheSame(answers) ? linted : undefined;
  }
}

function nameOf(options: CheckOptions): string {
  const { paths, wholeProjects, configuration, workingDirectory, environment, severities } = options;
  const asked = {
    ...{ paths, wholeProjects, configuration, workingDirectory, environment, severities },
    ...{ home: homedir(), user: process.getuid?.() },
    ...{ program: programDigest(), node: process.version, system: [process.platform, process.arch] },
  };
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

/** At least; a line can be long, and there may be as many as findings. */
function lengthOf({ findings }: Linted): number {
  return findings.reduce((sum, { sourceLine, message }) => sum + sourceLine.length + message.length, 0);
}
