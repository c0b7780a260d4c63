import type { DocumentContext } from '../../join/documentContext.ts';
import { readConfiguration } from '../../project/configuration.ts';
import { directoryOf, isPath, joinPath, uriOfPath, writtenPath } from '../../project/files.ts';
import { patternSign } from '../../project/globs.ts';
import { configurableCodes } from '../../project/knownSchemas.ts';
import type { Workspace } from '../../project/workspace.ts';
import type { TextRange } from '../../syntax/textRange.ts';

/** A path in a document, and the file it leads to. */
export interface DocumentLinkEntry extends TextRange {
  readonly uri: string;
}

/** The paths of a metadata file or a configuration that lead to a file that is there. */
export function documentLinks(workspace: Workspace, uri: string): readonly DocumentLinkEntry[] | undefined {
  const { documents } = workspace;
  const key = workspace.key(uri);
  if (!isPath(key)) return undefined;
  const links: DocumentLinkEntry[] = [];
  const add = ({ offset, length }: TextRange, path: string): void => {
    const target = documents.keyOfWritten(path);
    const isFile = documents.files.read(target).ok;
    if (length > 0 && isFile) links.push({ offset, length, uri: uriOfPath(target) });
  };
  const configuration = workspace.projects.find((project) => project.configurationFile === key);
  const document = configuration && documents.get(key);
  if (document !== undefined) {
    const { sources, remoteSchemas } = readConfiguration(document.tree, configurableCodes).configuration;
    const named = [
      ...[...sources.values()].flatMap(({ tables, sql }) => [tables ?? [], sql ?? []].flat()),
      ...[...remoteSchemas.values()].flatMap(({ schema }) => schema ?? []),
    ];
    for (const reference of named) {
      if (!patternSign.test(reference.text)) add(reference, writtenPath(reference.text, directoryOf(key)));
    }
    return links;
  }
  const context: DocumentContext | undefined = workspace.context(key);
  for (const include of context?.model.includes ?? []) add(include, joinPath(directoryOf(key), include.path));
  return context && links;
}
