import { absolutePath, type DocumentKey, isInside, relativePath } from '../../project/files.ts';
import type { Workspace } from '../../project/workspace.ts';

export type Input = Readonly<Record<string, string | number>>;

interface Property {
  readonly type: 'string' | 'integer';
  readonly description: string;
}

export interface AgentTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, Property>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
  /** What is answered, to be written as JSON. @throws ToolError */
  answer(workspace: Workspace, input: Input): unknown;
}

/** Why a tool has no answer, in words that may be told. */
export class ToolError extends Error {}

export const pathProperty: Property = {
  type: 'string',
  description: 'A file, relative to the workspace folder, with forward slashes.',
};

/** The file of the workspace that a path names. @throws ToolError when it leads elsewhere, or there is none */
export function fileAt(workspace: Workspace, path: string): DocumentKey {
  for (const folder of workspace.folders) {
    const file = absolutePath(path, folder);
    if (isOwn(workspace, file) && workspace.documents.read(file).ok) return file;
  }
  throw new ToolError(`There is no file ${JSON.stringify(path)} in the workspace that may be read.`);
}

/** Whether a file is in a folder of the workspace, links followed: what else may be read there is not for agents. */
export function isOwn({ folders, documents }: Workspace, file: DocumentKey): boolean {
  const { files } = documents;
  if (!folders.some((folder) => isInside(file, folder)) || files.isOutside(file)) return false;
  const real = files.real(file);
  return real === undefined || folders.some((folder) => isInside(real, files.real(folder) ?? folder));
}

/** A path as tools name it. */
export function shownPath(workspace: Workspace, path: DocumentKey): string {
  const folder = workspace.folders.find((each) => isInside(path, each));
  return folder === undefined ? path : relativePath(folder, path);
}

/** A text of the input; `undefined` where it was left out. */
export function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}
