import { spawnSync } from 'node:child_process';
import { quoted } from '../../../common/src/foreignText.ts';
import { type Knowledge, knownValue, type Table } from '../catalogue/catalogue.ts';
import type { Join } from '../join/joinPath.ts';
import { joinPath } from '../project/files.ts';
import type { Workspace } from '../project/workspace.ts';
import type { Finding } from '../rules/rule.ts';
import { touches } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { CommandError } from './commandError.ts';

/** Runs nothing that a repository configures. */
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Objects that are missing are not fetched. */
const offline = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' };

/**
 * The files that differ from a revision, those Git does not know included, as absolute paths.
 * @throws when there is no repository, or no such revision
 */
export function filesChangedSince(revision: string, directory: string): ReadonlySet<string> {
  // The way up, rather than the root's own path: that may be spelled in another way.
  const root = joinPath(directory, git(directory, 'rev-parse', '--show-cdup').trimEnd());
  const changed = git(
    root,
    ...withoutFilters(root),
    'diff',
    '--name-only',
    '--no-ext-diff',
    '--no-textconv',
    // A submodule's own filters would run where Git looks for changes in it.
    '--ignore-submodules=dirty',
    '-z',
    commitOf(revision, root),
    '--',
  );
  const added = git(root, 'ls-files', '--others', '--exclude-standard', '-z');
  const names = `${changed}${added}`.split('\0').filter((name) => name !== '');
  return new Set(names.map((name) => joinPath(root, name)));
}

function commitOf(revision: string, directory: string): string {
  const name = `${revision}^{commit}`;
  const { status, printed } = runGit(directory, 'rev-parse', '--verify', '--quiet', '--end-of-options', name);
  if (status === 0) return printed.trim();
  throw new CommandError(`Git knows no revision ${quoted(revision)}.`);
}

/** What makes Git read files of the work tree as they are: filters are programs that the repository names. */
function withoutFilters(directory: string): readonly string[] {
  const list = ['config', '--null', '--name-only', '--get-regexp', String.raw`^filter\.`];
  const { status, printed, reason } = runGit(directory, ...list);
  // No key matches.
  if (status === 1) return [];
  if (status !== 0) throw unanswered(reason);
  return [...new Set(printed.split('\0'))].flatMap((key) => {
    const [, setting] = /\.(clean|smudge|process|required)$/.exec(key) ?? [];
    if (setting === undefined) return [];
    // Git would take what follows the sign for the value.
    if (key.includes('=')) throw unanswered(`the name of the filter ${quoted(key)} has an equals sign.`);
    return ['-c', `${key}=${setting === 'required' ? 'false' : ''}`];
  });
}

function git(directory: string, ...args: readonly string[]): string {
  const { status, printed, reason } = runGit(directory, ...args);
  if (status === 0) return printed;
  throw unanswered(reason);
}

function unanswered(reason: string): CommandError {
  return new CommandError(`Git can't say what has changed${reason === '' ? '.' : `: ${reason}`}`);
}

interface Answer {
  readonly status: number | null;
  readonly printed: string;
  /** Why there is no answer, where Git says it. */
  readonly reason: string;
}

function runGit(directory: string, ...args: readonly string[]): Answer {
  const { status, output, error } = spawnSync('git', [...safely, ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, ...offline },
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [, printed, words] = output ?? [];
  return {
    status: error === undefined ? status : null,
    printed: printed ?? '',
    reason: error?.message ?? words?.trim() ?? '',
  };
}

/**
 * Which findings of a file count when these files have changed: all where it has changed itself, else those of
 * relationships whose tables, snapshots or remote schema have.
 */
export function changedFindings(
  workspace: Workspace,
  path: string,
  changed: ReadonlySet<string>,
): (finding: Finding) => boolean {
  if (changed.has(path)) return () => true;
  const context = workspace.context(path);
  if (context === undefined) return () => false;
  const touched: SyntaxNode[] = [];
  const { documents } = workspace;
  for (const join of context.joins) {
    const files = [...urisOf(join)].map((uri) => documents.keyOf(uri));
    const schemaFiles = [...filesOfRemoteSchema(workspace, path, join), ...sqlOf(workspace, path, join)];
    if ([...files, ...schemaFiles].some((file) => changed.has(file))) touched.push(join.relationship.node);
  }
  return ({ offset }) => touched.some((node) => touches(node, offset));
}

function urisOf(join: Join): ReadonlySet<string> {
  const uris = new Set<string>();
  const add = (location: { readonly uri: string } | undefined): void => {
    if (location !== undefined) uris.add(location.uri);
  };
  if (join.lhs.kind === 'table') addTable(join.lhs.table, add);
  if (join.kind === 'to-source') addTable(join.table, add);
  else {
    for (const step of join.path) {
      add(step.parentType?.location);
      add(step.returns?.location);
    }
  }
  return uris;
}

function addTable(
  table: Knowledge<Table>,
  add: (location: { readonly uri: string } | undefined) => void,
): void {
  if (table.state !== 'present') return;
  for (const declaration of table.value.declarations) add(declaration);
  if (table.value.columns.state === 'present') {
    for (const column of table.value.columns.value) add(column.location);
  }
}

/** What SQL no longer makes has no place in it. */
function sqlOf(workspace: Workspace, path: string, join: Join): readonly string[] {
  const names = [
    ...(join.lhs.kind === 'table' ? [knownValue(join.lhs.source)?.name] : []),
    ...(join.kind === 'to-source' ? [knownValue(join.source)?.name] : []),
  ];
  const { sources } = workspace.projectOf(path).schemas;
  return sources.filter(({ name }) => names.includes(name)).flatMap(({ sqlFiles }) => sqlFiles);
}

/** A remote schema may be in several files; the walk meets only those of its types. */
function filesOfRemoteSchema(workspace: Workspace, path: string, join: Join): readonly string[] {
  if (join.kind !== 'to-remote-schema' || join.target.state !== 'present') return [];
  const { name } = join.target.value;
  const { remoteSchemas } = workspace.projectOf(path).schemas;
  return remoteSchemas.filter((use) => use.name === name).flatMap((use) => use.path ?? []);
}
