import { statSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { configurationLimit } from '../../../common/src/files/sizeLimit.ts';
import { absolutePath, isInside, normalisePath, relativePath } from '../project/files.ts';
import { nodeFileSystem } from '../project/nodeFiles.ts';
import { Workspace } from '../project/workspace.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import { languageOf } from '../syntax/parse.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { distinctMistakes } from './distinctMistakes.ts';
import { outermost, rootFor } from './roots.ts';

export interface LintOptions {
  /** Files and directories, absolute or relative to the working directory. */
  readonly paths: readonly string[];
  /** A configuration file that counts for everything. */
  readonly configuration: string | undefined;
  readonly workingDirectory: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Told what is worth knowing but no finding. */
  note(message: string): void;
  /** Told of each folder that can't be read: what is below it was not checked. Relative to the working directory. */
  unread?(folder: string): void;
  /** Told how much could be checked. */
  coverage?(coverage: Coverage): void;
}

/** A finding as it is printed: places are 1-based, columns count UTF-16 units. */
export interface LintFinding {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly serverMessage?: string;
  /** Name of the relationship; `null` where the finding belongs to none. */
  readonly relationship: string | null;
}

/** The reason why nothing could be checked, in the user's words. */
export class LintError extends Error {}

/** Files that may hold metadata or requests, whatever they are called. */
const candidatePatterns = ['**/*.{json,yaml,yml,http,rest}'];

/** Words without which a file says nothing of remote relationships. */
const telling = /remote_relationship|to_remote_schema|to_source|hasura_fields/;

/** Checks files and directories. @throws LintError when something that was named does not exist. */
export async function lint(options: LintOptions): Promise<LintFinding[]> {
  const workingDirectory = normalisePath(options.workingDirectory);
  const absolute = (path: string): string => absolutePath(path, workingDirectory);
  const configuration = options.configuration === undefined ? undefined : absolute(options.configuration);
  if (configuration !== undefined) {
    const result = readRegularFile(configuration, configurationLimit);
    if (!result.ok) throw new LintError(`The configuration can't be used. ${result.message}`);
  }
  const targets = options.paths.map((path) => {
    const kind = kindOf(absolute(path));
    if (kind === undefined) throw new LintError(`"${path}" does not exist.`);
    return { path: absolute(path), kind };
  });

  // What is named is read, wherever a link leads.
  const links: string[] = [];
  const unread = new Set<string>();
  const workspace = new Workspace({
    disk: (readable) =>
      nodeFileSystem({ ...readable, folders: () => [...readable.folders(), ...links] }, (folder) =>
        unread.add(folder),
      ),
    trusted: true,
    configurationOverride: configuration,
    reportAllSyntax: true,
    environment: options.environment ?? {},
    log: options.note,
  });
  workspace.setFolders(
    outermost(targets.map(({ path, kind }) => rootFor(path, kind === 'directory', workingDirectory))),
  );
  links.push(...targets.map(({ path }) => path).filter((path) => workspace.documents.files.isOutside(path)));
  await workspace.discover();
  for (const _ of workspace.load());

  const files = new Set<string>();
  /** Files that only say something of remote relationships. */
  const mentioning = new Set<string>();
  for (const { path, kind } of targets) {
    if (kind === 'file') {
      if (languageOf(path) === undefined) options.note(`${path}: neither JSON nor YAML nor HTTP requests`);
      files.add(path);
    } else {
      const found = await filesIn(workspace, path);
      for (const file of found.own) files.add(file);
      for (const file of found.mentioning) mentioning.add(file);
    }
  }
  for (const project of new Set([...files].map((file) => workspace.projectOf(file)))) {
    for (const file of project.schemas.files) files.add(file);
  }
  for (const file of mentioning) if (workspace.context(file) !== undefined) files.add(file);
  options.coverage?.(coverageOf([...files].flatMap((file) => workspace.context(file) ?? [])));
  const print = (path: string): string => relativePath(workingDirectory, path);
  for (const folder of [...unread].sort()) options.unread?.(print(folder));
  return [...files].sort().flatMap((path) => findingsOf(workspace, path, print));
}

interface FoundFiles {
  readonly own: ReadonlySet<string>;
  /** No file of a project, but with a word of remote relationships: what it is, it says itself. */
  readonly mentioning: readonly string[];
}

/** Files of projects that begin below the directory or lie there, and whatever else there may be metadata or a request. */
async function filesIn(workspace: Workspace, directory: string): Promise<FoundFiles> {
  const own = new Set<string>();
  for (const project of workspace.projects) {
    // The metadata of a project may lie beside it.
    const begins = isInside(project.location.root, directory);
    for (const file of project.allFiles()) if (begins || isInside(file, directory)) own.add(file);
  }
  const mentioning: string[] = [];
  for (const path of await workspace.documents.files.find(directory, candidatePatterns)) {
    if (own.has(path)) continue;
    const result = workspace.documents.read(path);
    if (result.ok && telling.test(result.text)) mentioning.push(path);
  }
  return { own, mentioning };
}

function findingsOf(workspace: Workspace, path: string, print: (path: string) => string): LintFinding[] {
  const { findings } = workspace.findings(path);
  if (findings.length === 0) return [];
  const result = workspace.documents.read(path);
  const text = TextDocument.create(path, '', 0, result.ok ? result.text : '');
  const distinct = distinctMistakes(findings, workspace.documents.get(path)?.tree);
  return distinct.map((finding) => lintFinding(finding, text, print(path)));
}

function lintFinding(finding: Finding, text: TextDocument, file: string): LintFinding {
  const start = text.positionAt(finding.offset);
  const end = text.positionAt(finding.offset + finding.length);
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    ...(finding.serverMessage === undefined ? {} : { serverMessage: finding.serverMessage }),
    relationship: finding.relationship ?? null,
  };
}

function kindOf(path: string): 'file' | 'directory' | undefined {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch {
    return undefined;
  }
}
