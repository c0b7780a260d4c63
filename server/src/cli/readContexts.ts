import { quoted } from '../../../common/src/foreignText.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { DocumentKey } from '../project/files.ts';
import type { Finding } from '../rules/rule.ts';
import { nothingChecked, readCheckedFiles } from './checkedFiles.ts';
import { FileRanges } from './fileRanges.ts';
import type { Terminal } from './terminal.ts';

export interface ReadingArguments {
  /** Files and directories. */
  readonly paths: readonly string[];
  /** A directory inside a project stands for all of the project. */
  readonly wholeProjects?: boolean;
  readonly configuration: string | undefined;
  /** Where what was read is kept for the next time; nowhere unless said. */
  readonly cacheFolder?: string | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
}

export interface ReadContexts {
  /** The files with metadata or requests, in order. */
  readonly contexts: readonly { readonly path: DocumentKey; readonly context: DocumentContext }[];
  readonly ranges: FileRanges;
  findings(path: DocumentKey): readonly Finding[];
  /** The project of a file: where its metadata is, relative to the working directory. */
  projectOf(path: DocumentKey): string;
  /** Every folder could be read. */
  readonly isWhole: boolean;
  /** There is no metadata at all, in words. */
  readonly nothing: string | undefined;
}

/** Reads what paths of the command line name, and says which folders can't be read. */
export async function readContexts(given: ReadingArguments): Promise<ReadContexts> {
  const { terminal } = given;
  let isWhole = true;
  const read = await readCheckedFiles({
    ...given,
    note: (message) => terminal.note(message),
    unread: (folder) => {
      isWhole = false;
      terminal.note(`The folder ${quoted(folder)} can't be read: nothing below it was looked at.`);
    },
  });
  const { workspace, paths, print } = read;
  return {
    contexts: paths.flatMap((path) => {
      const context = workspace.context(path);
      return context === undefined ? [] : [{ path, context }];
    }),
    ranges: new FileRanges(workspace.documents, print),
    projectOf: (path) => {
      const { metadata, root } = workspace.projectOf(path).location;
      return print(metadata ?? root);
    },
    findings: (path) => workspace.findings(path).findings,
    isWhole,
    nothing: nothingChecked(read, given.paths),
  };
}
