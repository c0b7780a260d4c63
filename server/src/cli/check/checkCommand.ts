import { quoted } from '../../../../common/src/foreignText.ts';
import type { PullPart } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import { relationshipChanges, type Verdict } from '../../changes/relationshipChanges.ts';
import { absolutePath, normalisePath } from '../../project/files.ts';
import { type CheckOptions, nothingChecked } from '../checkedFiles.ts';
import { CommandError } from '../commandError.ts';
import type { ConnectOptions } from '../connect.ts';
import { nearOne } from '../nearOne.ts';
import type { Terminal } from '../terminal.ts';
import { changeEntries, changeLines, changeTable } from './changesReport.ts';
import { type FactsOfEndpoint, factsOfEndpoint, replacedBy, schemaOfFile } from './otherFacts.ts';
import { type CheckedState, ofOneProject, stateAt, stateOf } from './states.ts';
import { unreadableIn } from './unreadable.ts';

/** How an endpoint is asked, once it is. */
export type AskEndpoint = () => Promise<
  Omit<ConnectOptions, 'root'> & { readonly signal: AbortSignal | undefined }
>;

export interface CheckArguments {
  /** Files and directories. */
  readonly paths: readonly string[];
  /** A directory inside a project stands for all of the project. */
  readonly wholeProjects: boolean;
  readonly configuration: string | undefined;
  readonly againstRevision: string | undefined;
  readonly againstFile: string | undefined;
  readonly againstEndpoint: boolean;
  /** The one that `againstFile` is of; those that an endpoint is asked for. */
  readonly remoteSchemas: readonly string[];
  /** The mildest verdict that fails: `breaks` where none is given, or `weakens`. */
  readonly failOn: string | undefined;
  readonly format: 'text' | 'json' | 'markdown';
  readonly cacheFolder?: string | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly askEndpoint: AskEndpoint;
}

/**
 * Says which relationships a change of the metadata, of tables or of a remote schema breaks or weakens.
 * @returns the exit code. @throws CommandError when it can't run
 */
export async function runCheck(given: CheckArguments): Promise<number> {
  const { terminal, format, againstRevision, againstFile, againstEndpoint } = given;
  const ways = [againstRevision !== undefined, againstFile !== undefined, againstEndpoint];
  if (ways.filter(Boolean).length !== 1) {
    throw new CommandError(
      'check takes one of --against-revision REVISION, --against-file FILE and --against-endpoint.',
    );
  }
  const failing = failingVerdicts(given.failOn ?? 'breaks');
  let isWhole = true;
  const options = checkOptions(given, () => {
    isWhole = false;
  });
  const now = await stateOf(options);
  const nothing = nothingChecked(now.files, given.paths);
  if (nothing !== undefined) throw new CommandError(nothing);
  for (const message of unreadableIn(now.files)) {
    isWhole = false;
    options.note(message);
  }
  let [before, after]: [CheckedState, CheckedState] = [now, now];
  if (againstRevision !== undefined) before = await stateAt(againstRevision, now.files, options);
  else if (againstFile !== undefined) after = await stateWithFile(given, now, options, againstFile);
  else {
    before = ofOneProject(now);
    const facts = await endpointFacts(given, before);
    if (!facts.isWhole) isWhole = false;
    after = ofOneProject(await stateOf(options, replacedBy(facts)));
  }
  const entries = changeEntries(relationshipChanges(before.state, after.state), before.files, after.files);
  await (format === 'json'
    ? terminal.printJson({ relationships: entries })
    : terminal.printAll(format === 'markdown' ? changeTable(entries) : changeLines(entries)));
  if (entries.some(({ verdict }) => failing.includes(verdict))) return 1;
  return isWhole ? 0 : 2;
}

function failingVerdicts(mildest: string): readonly Verdict[] {
  if (mildest === 'breaks') return ['breaks'];
  if (mildest === 'weakens') return ['breaks', 'weakens'];
  throw new CommandError(`--fail-on takes "breaks" or "weakens", not ${quoted(mildest)}.`);
}

/** What is read, and what is said meanwhile. */
export function checkOptions(
  given: Pick<
    CheckArguments,
    | 'paths'
    | 'wholeProjects'
    | 'configuration'
    | 'workingDirectory'
    | 'environment'
    | 'cacheFolder'
    | 'terminal'
  >,
  unread: () => void,
): CheckOptions {
  const { paths, wholeProjects, configuration, workingDirectory, environment, cacheFolder, terminal } = given;
  // What is read in two states is said once.
  const said = new Set<string>();
  return {
    ...{ paths, wholeProjects, configuration, workingDirectory, environment, cacheFolder },
    note: (message) => {
      if (!said.has(message)) terminal.note(message);
      said.add(message);
    },
    unread: (folder) => {
      unread();
      terminal.note(`The folder ${quoted(folder)} can't be read: nothing below it was checked.`);
    },
  };
}

async function stateWithFile(
  { remoteSchemas, workingDirectory }: CheckArguments,
  now: CheckedState,
  options: CheckOptions,
  file: string,
): Promise<CheckedState> {
  const [name, another] = remoteSchemas;
  if (name === undefined || another !== undefined) {
    throw new CommandError('--remote-schema NAME says which remote schema the file is of.');
  }
  const names = partsIn(now).flatMap((part) => (part.what === 'remote-schema' ? part.name : []));
  if (!names.includes(name)) {
    throw new CommandError(`No relationship uses a remote schema ${quoted(name)}.${nearOne(name, names)}`);
  }
  const schema = schemaOfFile(absolutePath(file, normalisePath(workingDirectory)), file);
  return stateOf(options, replacedBy({ remoteSchemas: new Map([[name, schema]]), tables: new Map() }));
}

/** What the endpoint of a project says of what relationships use. */
export async function endpointFacts(
  { askEndpoint, remoteSchemas }: Pick<CheckArguments, 'askEndpoint' | 'remoteSchemas'>,
  now: CheckedState,
): Promise<FactsOfEndpoint> {
  const { project } = ofOneProject(now);
  const parts = partsIn(now);
  const unused = remoteSchemas.find((name) => !parts.some((part) => isSchema(part, name)));
  if (unused !== undefined) {
    const names = parts.flatMap(({ what, name }) => (what === 'remote-schema' ? name : []));
    throw new CommandError(
      `No relationship uses a remote schema ${quoted(unused)}.${nearOne(unused, names)}`,
    );
  }
  const only =
    remoteSchemas.length === 0
      ? parts
      : parts.filter((part) => remoteSchemas.some((name) => isSchema(part, name)));
  return factsOfEndpoint({ ...(await askEndpoint()), root: project.location.root }, only);
}

function isSchema(part: PullPart, name: string): boolean {
  return part.what === 'remote-schema' && part.name === name;
}

/** The sources and remote schemas that relationships lead from and to, as far as the metadata has them. */
function partsIn({ state }: CheckedState): readonly PullPart[] {
  const parts = new Map<string, PullPart>();
  const add = (what: PullPart['what'], name: string): void => {
    parts.set(JSON.stringify([what, name]), { what, name });
  };
  for (const { context } of state.documents) {
    for (const join of [...context.joins, ...context.actionJoins]) {
      const { lhs } = join;
      if (lhs.kind === 'table' && lhs.source.state === 'present') add('source', lhs.source.value.name);
      if (lhs.kind === 'remote-schema-type' && lhs.remoteSchema.state === 'present')
        add('remote-schema', lhs.remoteSchema.value.name);
      if (join.kind === 'to-source' && join.source.state === 'present') add('source', join.source.value.name);
      if (join.kind === 'to-remote-schema' && join.target.state === 'present')
        add('remote-schema', join.target.value.name);
    }
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}
