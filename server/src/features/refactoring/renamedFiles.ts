import { readConfiguration } from '../../project/configuration.ts';
import { directoryOf, isAbsolute, isInside, isPath, joinPath, relativePath } from '../../project/files.ts';
import { patternSign } from '../../project/globs.ts';
import { configurableCodes } from '../../project/knownSchemas.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { replaceScalar } from '../../syntax/edit/edits.ts';
import { nodeAt } from '../../syntax/nodes.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';

/** A file or folder that gets another path; both as keys of documents. */
export interface RenamedPath {
  readonly from: string;
  readonly to: string;
}

/** Paths that can be written into an `!include` as they stand, whatever it stands in. */
const plainPath = /^[\w./@+-]+(?: [\w./@+-]+)*$/;

/**
 * Edits that make includes, and paths of the configuration, lead to where files are going to be; in the texts as they are
 * before that.
 */
export function editsForRenamedFiles(
  workspace: Workspace,
  renamed: readonly RenamedPath[],
): readonly { readonly uri: string; readonly edits: readonly TextReplacement[] }[] {
  const moved = (path: string): string => {
    for (const { from, to } of renamed) {
      if (path === from) return to;
      if (isInside(path, from)) return joinPath(to, relativePath(from, path));
    }
    return path;
  };
  const files = new Map<string, readonly TextReplacement[]>();
  for (const project of workspace.projects) {
    for (const key of project.files.keys()) {
      const edits = isPath(key) ? includeEdits(workspace, key, moved) : [];
      if (edits.length > 0) files.set(workspace.uri(key), edits);
    }
    const edits = configurationEdits(workspace, project, moved);
    if (edits.length > 0 && project.configurationFile !== undefined) {
      files.set(workspace.uri(project.configurationFile), edits);
    }
  }
  return [...files].map(([uri, edits]) => ({ uri, edits }));
}

function includeEdits(
  workspace: Workspace,
  key: string,
  moved: (path: string) => string,
): readonly TextReplacement[] {
  const includes = workspace.context(key)?.model.includes ?? [];
  return includes.flatMap(({ path, offset, length }) => {
    const text = path === '' ? undefined : writtenAnew(key, joinPath(directoryOf(key), path), moved);
    return text === undefined || !plainPath.test(text) ? [] : [{ offset, length, text }];
  });
}

/** Absolute paths, patterns, and what can't be read stay as they are. */
function configurationEdits(
  { documents }: Workspace,
  { configurationFile }: Project,
  moved: (path: string) => string,
): readonly TextReplacement[] {
  const tree = configurationFile === undefined ? undefined : documents.get(configurationFile)?.tree;
  if (tree === undefined || configurationFile === undefined) return [];
  const { sources, remoteSchemas } = readConfiguration(tree, configurableCodes).configuration;
  const references = [
    ...[...sources.values()].flatMap(({ tables, sql }) => [tables ?? [], sql ?? []].flat()),
    ...[...remoteSchemas.values()].flatMap(({ schema }) => schema ?? []),
  ];
  return references.flatMap(({ text, offset }) => {
    if (patternSign.test(text) || isAbsolute(text)) return [];
    const written = writtenAnew(configurationFile, joinPath(directoryOf(configurationFile), text), moved);
    const node = nodeAt(tree, offset);
    return written === undefined || node === undefined ? [] : replaceScalar(tree, node, written);
  });
}

/** The path from where a file will be to where another will be; `undefined` where it stays the same. */
function writtenAnew(file: string, target: string, moved: (path: string) => string): string | undefined {
  const before = relativePath(directoryOf(file), target);
  const after = relativePath(directoryOf(moved(file)), moved(target));
  return before === after ? undefined : after;
}
