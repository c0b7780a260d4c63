import { fileText } from '../../../../common/src/files/fileText.ts';
import type { ReadResult } from '../../../../common/src/files/readResult.ts';
import { failure } from '../../../../common/src/files/readResult.ts';
import { sizeLimit } from '../../../../common/src/files/sizeLimit.ts';
import type { ConfiguredFacts } from '../../catalogue/catalogueInput.ts';
import type { CheckedDocument, State } from '../../changes/checkedRelationships.ts';
import { withEarlierTexts } from '../../project/earlierTexts.ts';
import { type FileSystem, joinPath } from '../../project/files.ts';
import type { Project } from '../../project/project.ts';
import { type CheckedFiles, type CheckOptions, readCheckedFiles } from '../checkedFiles.ts';
import { CommandError } from '../commandError.ts';
import { blobsOf, changedSince, mayCount } from '../git.ts';

/** Files in one state, and the relationships in it. */
export interface CheckedState {
  readonly files: CheckedFiles;
  readonly state: State;
}

/** The files as they are, beside what is known of tables and remote schemas elsewhere. */
export async function stateOf(
  options: CheckOptions,
  replacedFacts?: (facts: ConfiguredFacts) => ConfiguredFacts,
): Promise<CheckedState> {
  const files = await readCheckedFiles(replacedFacts === undefined ? options : { ...options, replacedFacts });
  return { files, state: stateIn(files) };
}

/** The part of a state that is of the one project which was named. @throws CommandError where there are several, or none */
export function ofOneProject({ files, state }: CheckedState): CheckedState & { readonly project: Project } {
  const { workspace, directories } = files;
  const named = directories.flatMap(
    (each) => workspace.projectAt(each) ?? workspace.projectAt(joinPath(each, 'config.yaml')) ?? [],
  );
  const [project, another] = new Set(named.length > 0 ? named : workspace.projects);
  if (project === undefined) throw new CommandError('There is no Hasura project here.');
  if (another !== undefined) throw new CommandError('There are several projects: name one with --project.');
  const documents = state.documents.filter(
    ({ context }) => workspace.projectOf(workspace.key(context.uri)) === project,
  );
  return { files, state: { ...state, documents }, project };
}

/** The files as they were at a revision; what Git ignores is taken as it is. */
export async function stateAt(
  revision: string,
  now: CheckedFiles,
  options: CheckOptions,
): Promise<CheckedState> {
  const texts = new Map<string, ReadResult>();
  const directories = [...now.directories, ...now.workspace.projects.map(({ location }) => location.root)];
  for (const directory of new Set(directories)) {
    const { root, changed } = changedSince(revision, directory);
    const read = changed
      .map(({ path, blob }) => ({ path: now.workspace.documents.keyOfWritten(path), blob }))
      .filter(({ path }) => !texts.has(path));
    const held = blobsOf(
      read.flatMap(({ path, blob }) => (blob === undefined || !mayCount.test(path) ? [] : [blob])),
      root,
    );
    for (const { path, blob } of read) {
      const bytes = blob === undefined ? undefined : held.get(blob);
      texts.set(path, bytes === undefined ? failure('missing', path) : earlierText(bytes, path));
    }
  }
  const disk = (files: FileSystem): FileSystem => withEarlierTexts(files, texts);
  return stateOf({ ...options, disk });
}

function earlierText(bytes: Buffer, path: string): ReadResult {
  const limit = sizeLimit(path);
  if (bytes.length > limit) return failure('too-large', path, limit);
  const result = fileText(bytes, path);
  return result.ok ? { ok: true, text: result.text.replace(/^\uFEFF/, '') } : result;
}

function stateIn({ workspace, paths }: CheckedFiles): State {
  const documents = paths.flatMap((path): readonly CheckedDocument[] => {
    const context = workspace.context(path);
    if (context === undefined) return [];
    const { root, metadata } = workspace.projectOf(path).location;
    return [{ context, findings: workspace.findings(path).findings, project: metadata ?? root }];
  });
  return {
    documents,
    catalogueFor: ({ context: { uri, model } }) => {
      const key = workspace.key(uri);
      return workspace.projectOf(key).catalogue(key, model);
    },
  };
}
