import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import nodePath, { basename, dirname, join } from 'node:path';
import { errorMessage } from '../../errorMessage.ts';
import { whyNoFileName } from '../../files/fileNames.ts';
import { isInside, type PathRules, segmentsBelow } from '../../files/paths.ts';
import { realPath, resolvedPath } from '../../files/realPath.ts';
import { readRegularFile } from '../../files/regularFile.ts';
import { localized } from '../../localized.ts';
import { contentOf } from './fileContent.ts';
import type { PullPart } from './pullAll.ts';

/** Where files of a project are written. Paths are absolute. */
export interface WritingPlace {
  /** The project's folder. */
  readonly project: string;
  /** The folders that are open, or that the command line was given. */
  readonly workspace: readonly string[];
}

/** A file that may be written. */
export interface WritableFile {
  /** `doubtful`: what it holds can't be read, and may have been a schema or a snapshot. Only after a question. */
  readonly outcome: 'allowed' | 'doubtful';
  /** Where it really is. */
  readonly path: string;
  /** What it says now; `undefined` when there is none. */
  readonly before: string | undefined;
  readonly mode: number | undefined;
}

export type WriteDecision = WritableFile | { readonly outcome: 'refused'; readonly reason: string };

/** The endings of what is written. */
const endings: Readonly<Record<PullPart['what'], readonly string[]>> = {
  source: ['.json', '.yaml', '.yml'],
  'remote-schema': ['.graphql', '.graphqls', '.gql', '.json'],
};

/**
 * The one rule for whatever this product writes by itself: whether a part may be written to a path, as the disk is now.
 * Inside the project's folder, links resolved; with the ending of its kind; below nothing hidden; over nothing but a
 * schema or a snapshot. Never throws.
 */
export function decideWrite(path: string, what: PullPart['what'], place: WritingPlace): WriteDecision {
  try {
    const target = resolvedPath(path);
    if (target === undefined) return refused(localized`it is a broken link`);
    const project = realPath(place.project);
    const workspace = place.workspace.map((folder) => realPath(folder));
    const reason =
      whyNotThere(target, what, { project, workspace }, nodePath) ??
      (isAmongMetadata(target, project) ? localized`it is among the metadata files` : undefined);
    if (reason !== undefined) return refused(reason);
    const status = lstatSync(target, { throwIfNoEntry: false });
    if (status === undefined) return { outcome: 'allowed', path: target, before: undefined, mode: undefined };
    return decideOver(target, status);
  } catch (error) {
    return refused(errorMessage(error));
  }
}

/** Why nothing is written to a path, by the path alone; `undefined` when that is no reason. Paths are real. */
export function whyNotThere(
  target: string,
  what: PullPart['what'],
  { project, workspace }: WritingPlace,
  rules: PathRules,
): string | undefined {
  const names = segmentsBelow(project, target, rules);
  const name = names?.at(-1);
  if (
    names === undefined ||
    name === undefined ||
    !workspace.some((folder) => isInside(target, folder, rules))
  ) {
    return localized`it is outside the project`;
  }
  const hidden = names.find((each) => each.startsWith('.'));
  if (hidden !== undefined) return localized`"${hidden}" is hidden: its name begins with a dot`;
  for (const each of names) {
    const reason = whyNoFileName(each);
    if (reason !== undefined) return localized`"${each}" is not a valid file name: ${reason}`;
  }
  const known = endings[what];
  return known.some((ending) => name.toLowerCase().endsWith(ending))
    ? undefined
    : localized`its name ends in none of ${known.join(', ')}`;
}

function decideOver(target: string, status: Stats): WriteDecision {
  if (!status.isFile()) return refused(localized`it is not a regular file`);
  if ((status.mode & 0o222) === 0 || !isWritable(target)) return refused(localized`it is read-only`);
  const read = readRegularFile(target);
  if (!read.ok) return refused(read.message);
  const content = contentOf(read.text, target);
  if (content === 'something else') return refused(localized`it contains neither a schema nor a snapshot`);
  const outcome = content === 'doubtful' ? 'doubtful' : 'allowed';
  return { outcome, path: target, before: read.text, mode: status.mode };
}

/** Metadata is what the Hasura CLI sends: also the schema of actions, which reads like any other. */
function isAmongMetadata(target: string, project: string): boolean {
  let child = target;
  for (
    let directory = dirname(target);
    isInside(directory, project, nodePath);
    directory = dirname(directory)
  ) {
    const isMetadata = ['databases/databases.yaml', 'version.yaml', 'remote_schemas.yaml'].some(
      (name) => lstatSync(join(directory, name), { throwIfNoEntry: false }) !== undefined,
    );
    if (isMetadata && (child === target || basename(child) === 'databases')) return true;
    if (directory === dirname(directory)) return false;
    child = directory;
  }
  return false;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refused(reason: string): WriteDecision {
  return { outcome: 'refused', reason };
}
