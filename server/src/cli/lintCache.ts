import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { answersTheSame } from '../../../common/src/files/askAgain.ts';
import { CacheFolder } from '../../../common/src/files/cacheFolder.ts';
import { DiskAnswers, type DiskAsked } from '../../../common/src/files/diskAnswers.ts';
import { programDigest } from '../../../common/src/files/programDigest.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { absolutePath } from '../project/files.ts';
import { withoutByteOrderMark } from '../project/nodeFiles.ts';
import { lineOf } from '../project/positions.ts';
import { type CheckOptions, checkedTargets } from './checkedFiles.ts';
import type { Linted } from './linted.ts';
import type { ReportedFinding } from './report/finding.ts';

interface Entry {
  readonly answers: readonly (readonly [asked: DiskAsked, answer: string])[];
  readonly linted: Omit<Linted, 'findings'> & { readonly findings: readonly KeptFinding[] };
}

type KeptFinding = Omit<ReportedFinding, 'sourceLine'>;

/**
 * What was found in files, on disk, with all that the disk was asked for it. It counts as long as the same program, asked the same way,
 * would be answered the same: there is nothing else that findings depend on.
 */
export class LintCache {
  readonly #folder: CacheFolder;
  readonly #name: string;
  readonly #workingDirectory: string;

  /** @throws CommandError when something that was named does not exist. */
  constructor(folder: string, options: CheckOptions) {
    const { workingDirectory, folders } = checkedTargets(options);
    this.#workingDirectory = workingDirectory;
    this.#folder = new CacheFolder(path.join(folder, 'lint'), () => [workingDirectory, ...folders]);
    this.#name = nameOf(options);
  }

  /** What was found the last time; else what `lint` finds now, which says whether it may be kept. */
  async linted(lint: () => Promise<Linted>, mayBeKept: () => boolean): Promise<Linted> {
    const kept = this.#kept();
    if (kept !== undefined) return kept;
    const answers = new DiskAnswers();
    const linted = await answers.during(lint);
    if (answers.isSteady && mayBeKept() && !this.#tellsOfSecrets(linted, answers)) {
      // Lines are read again: anything may stand in them.
      const findings = linted.findings.map(({ sourceLine: _, ...finding }) => finding);
      const entry: Entry = { answers: [...answers.all], linted: { ...linted, findings } };
      this.#folder.write(this.#name, JSON.stringify(entry));
    }
    return linted;
  }

  #kept(): Linted | undefined {
    const content = this.#folder.read(this.#name);
    if (content === undefined) return undefined;
    try {
      const { answers, linted } = JSON.parse(content) as Entry;
      return answersTheSame(answers) ? { ...linted, findings: this.#withLines(linted.findings) } : undefined;
    } catch {
      // Then it is none of ours.
      return undefined;
    }
  }

  /** Whether something is found in a file that may hold a secret, and may be said with it. */
  #tellsOfSecrets({ findings }: Linted, { secretPaths }: DiskAnswers): boolean {
    if (secretPaths.size === 0) return false;
    const files = [...new Set(findings.map(({ file }) => file))];
    try {
      return files.some((file) => secretPaths.has(realPath(this.#path(file))));
    } catch {
      // It is gone by now: what it held nobody can tell.
      return true;
    }
  }

  #withLines(findings: readonly KeptFinding[]): readonly ReportedFinding[] {
    const texts = new Map<string, TextDocument>();
    return findings.map((finding) => {
      const text = texts.get(finding.file) ?? documentAt(this.#path(finding.file));
      texts.set(finding.file, text);
      return { ...finding, sourceLine: lineOf(text, finding.line - 1) };
    });
  }

  #path(file: string): string {
    return absolutePath(file, this.#workingDirectory);
  }
}

function documentAt(file: string): TextDocument {
  const read = readRegularFile(file);
  return TextDocument.create('', '', 0, read.ok ? withoutByteOrderMark(read.text) : '');
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
