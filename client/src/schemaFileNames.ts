import { posix, win32 } from 'node:path';
import { type Memento, Uri, window, workspace } from 'vscode';
import { quoted } from '../../common/src/foreignText.ts';
import { localized } from '../../common/src/localized.ts';
import { partText } from '../../common/src/metadataApi/pull/partText.ts';
import type { PullPart } from '../../common/src/metadataApi/pull/pullAll.ts';
import type {
  ConfigurationEntry,
  FileStatus,
  SchemaCandidateAnswer,
  SchemaCandidatesAnswer,
} from '../../common/src/protocol.ts';
import { editConfiguration, writeConfiguration } from './configurationFile.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { seenVersion } from './seenVersions.ts';
import { display } from './ui/displayText.ts';
import { chooseFile } from './ui/fileDialog.ts';
import { tell } from './ui/messages.ts';
import { type Entry, pick } from './ui/quickPick.ts';

/** Lets a file be chosen for each of these, and names them in the configuration file; ends at the first that is given up. */
export async function nameSchemaFiles(
  server: Pick<LanguageServerClient, 'ask'>,
  state: Memento,
  status: FileStatus,
  parts: readonly PullPart[],
): Promise<void> {
  const { project } = status;
  if (project === null) {
    await editConfiguration(status, undefined);
    return;
  }
  const folder = Uri.parse(project.uri);
  const base = project.configurationUri ? Uri.joinPath(Uri.parse(project.configurationUri), '..') : folder;
  const entries: ConfigurationEntry[] = [];
  let place = folder;
  for (const part of parts) {
    const file = await chooseFile({
      title: display`${part.what === 'source' ? localized`Table snapshot` : localized`GraphQL schema`} of the ${partText(part)}`,
      button: display`Use This File`,
      folder: place,
      ...(part.what === 'source'
        ? { kind: display`Table snapshot`, endings: ['json', 'yaml', 'yml'] }
        : { kind: display`GraphQL schema`, endings: ['graphql', 'graphqls', 'gql', 'json'] }),
    });
    if (file === undefined) break;
    place = Uri.joinPath(file, '..');
    entries.push(entryOf(part, relativePath(base.fsPath, file.fsPath)));
  }
  await nameFiles(server, state, project, entries);
}

/** Names files of the workspace for sources and remote schemas; where several fit one, it is asked which. */
export async function useCandidates(
  server: Pick<LanguageServerClient, 'ask'>,
  state: Memento,
  { project }: Pick<FileStatus, 'project'>,
  answers: readonly SchemaCandidatesAnswer[],
): Promise<void> {
  if (project === null) return;
  const entries: ConfigurationEntry[] = [];
  for (const { part, candidates } of answers) {
    const [only, ...others] = candidates;
    const candidate = others.length === 0 ? only : await pickCandidate(part, candidates);
    if (candidate === undefined) break;
    entries.push(candidate.entry);
  }
  await nameFiles(server, state, project, entries);
}

async function pickCandidate(
  part: PullPart,
  candidates: readonly SchemaCandidateAnswer[],
): Promise<SchemaCandidateAnswer | undefined> {
  const entries = candidates.map((candidate): Entry & { candidate: SchemaCandidateAnswer } => ({
    label: display(candidate.text),
    candidate,
  }));
  const title = display`GraphQL schema of the ${partText(part)}`;
  return (await pick(entries, { title }))?.candidate;
}

async function nameFiles(
  server: Pick<LanguageServerClient, 'ask'>,
  state: Memento,
  project: NonNullable<FileStatus['project']>,
  entries: readonly ConfigurationEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const folder = Uri.parse(project.uri);
  const version = project.configurationUri === null ? seenVersion(state, folder) : undefined;
  const written = await writeConfiguration(server, folder, [
    ...(version === undefined ? [] : [{ keys: ['serverVersion'], value: version }]),
    ...entries,
  ]);
  if (written === undefined) return;
  const names = entries.map(({ keys }) => quoted(keys[1] ?? '')).join(', ');
  tell('information', display`${workspace.asRelativePath(written)} names the files of ${names}.`, {
    title: display`Open`,
    run: () => window.showTextDocument(written),
  });
}

function entryOf({ what, name }: PullPart, path: string): ConfigurationEntry {
  return what === 'source'
    ? { keys: ['sources', name, 'tables'], value: path }
    : { keys: ['remoteSchemas', name, 'schema'], value: path };
}

/** A path as the configuration file has it: with slashes, from the folder that file lies in; whole on another drive. */
export function relativePath(folder: string, file: string): string {
  const path = /^(?:[a-z]:|\\\\)/i.test(folder) ? win32 : posix;
  return path.relative(folder, file).replaceAll(path.sep, '/');
}
