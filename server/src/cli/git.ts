import { spawnSync } from 'node:child_process';
import { quoted } from '../../../common/src/foreignText.ts';
import { joinPath } from '../project/files.ts';
import { realDirectory } from '../project/searchedDirectories.ts';
import { CommandError } from './commandError.ts';
import { gitProgram } from './gitProgram.ts';

/** Runs nothing that a repository configures. */
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Objects that are missing are not fetched. */
const offline = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' };

/** Files that can say something of metadata, schemas or tables. */
export const mayCount = /\.(?:json|jsonc|ya?ml|graphqls?|gqls?|sdl|sql|http|rest|[cm]?[jt]sx?|env)$/i;

/** A file that differs from a revision. */
export interface ChangedFile {
  /** Absolute, with no links on the way; as Git spells it, which may be otherwise than the disk does. */
  readonly path: string;
  /** Git's name for what the file held; `undefined` where there was none. */
  readonly blob: string | undefined;
}

export interface Repository {
  readonly root: string;
  readonly changed: readonly ChangedFile[];
}

/**
 * The files that differ from a revision in the repository around a directory, those Git does not know included.
 * @throws CommandError when there is no repository, or no such revision
 */
export function changedSince(revision: string, directory: string): Repository {
  // The way up, rather than the root's own path: that may be spelled in another way. Git goes up from the real folder.
  const way = git(directory, 'rev-parse', '--show-cdup').trimEnd();
  const root = joinPath(realDirectory(directory) ?? directory, way);
  const changed = git(
    root,
    ...withoutFilters(root),
    'diff',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    // A submodule's own filters would run where Git looks for changes in it.
    '--ignore-submodules=dirty',
    '-z',
    commitOf(revision, root),
    '--',
  );
  const added = git(root, 'ls-files', '--others', '--exclude-standard', '-z');
  const names = added.split('\0').filter((name) => name !== '');
  return {
    root,
    changed: [
      ...rawEntries(changed).map(({ name, blob }) => ({ path: joinPath(root, name), blob })),
      ...names.map((name) => ({ path: joinPath(root, name), blob: undefined })),
    ],
  };
}

/** `:100644 100644 <before> <after> M`, a zero, the name, a zero. */
function rawEntries(output: string): readonly { readonly name: string; readonly blob: string | undefined }[] {
  const parts = output.split('\0');
  const entries = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [mode = '', , blob = ''] = (parts[at] ?? '').split(' ');
    // What was a link or a submodule had no text of its own.
    const isFile = mode.startsWith(':100') && !/^0+$/.test(blob);
    entries.push({ name: parts[at + 1] ?? '', blob: isFile ? blob : undefined });
  }
  return entries;
}

/** What files held, by Git's names for it. @throws CommandError when Git has not all of it */
export function blobsOf(names: readonly string[], root: string): ReadonlyMap<string, Buffer> {
  const held = new Map<string, Buffer>();
  if (names.length === 0) return held;
  const input = `${[...new Set(names)].join('\n')}\n`;
  const { status, output, error } = spawnSync(program(), [...safely, 'cat-file', '--batch'], {
    ...surroundings(root),
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const answer = output?.[1];
  if (status !== 0 || error !== undefined || answer === null || answer === undefined) {
    throw unanswered(error?.message ?? output?.[2]?.toString().trim() ?? '');
  }
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf('\n', at);
    const [name = '', kind, size] = answer.toString('latin1', at, end).split(' ');
    if (kind !== 'blob') throw unanswered(`${quoted(name)} is missing.`);
    const begin = end + 1;
    at = begin + Number(size);
    held.set(name, answer.subarray(begin, at));
    at++;
  }
  return held;
}

function commitOf(revision: string, directory: string): string {
  const name = `${revision}^{commit}`;
  const { status, printed } = runGit(directory, 'rev-parse', '--verify', '--quiet', '--end-of-options', name);
  if (status === 0) return printed.trim();
  throw new CommandError(`Git does not know the revision ${quoted(revision)}.`);
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
  const { status, output, error } = spawnSync(program(), [...safely, ...args], {
    ...surroundings(directory),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [, printed, words] = output ?? [];
  return {
    status: error === undefined ? status : null,
    printed: printed ?? '',
    reason: error?.message ?? words?.trim() ?? '',
  };
}

/** @throws CommandError when Git is not installed */
function program(): string {
  const found = gitProgram(process.env['PATH']);
  if (found === undefined) throw unanswered('it is not installed.');
  return found;
}

function surroundings(directory: string) {
  return { cwd: directory, env: { ...process.env, ...offline }, maxBuffer: 512 * 1024 * 1024 };
}
