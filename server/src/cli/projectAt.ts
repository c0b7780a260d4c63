import { statSync } from 'node:fs';
import { absolutePath, isInside, joinPath, normalisePath } from '../project/files.ts';
import { nodeFileSystem, spelledOnDisk } from '../project/nodeFiles.ts';
import type { Project } from '../project/project.ts';
import { Workspace } from '../project/workspace.ts';
import { CommandError } from './commandError.ts';
import { outermost, rootFor } from './roots.ts';

export interface ProjectAt {
  readonly workspace: Workspace;
  readonly project: Project;
  /** The files and directories that were named, absolute. */
  readonly paths: readonly string[];
}

/**
 * The one project that files and directories belong to, read whole.
 * @throws CommandError when there is none, or more than one
 */
export async function projectAt(
  paths: readonly string[],
  workingDirectory: string,
  note: (message: string) => void,
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<ProjectAt> {
  const base = spelledOnDisk(normalisePath(workingDirectory));
  const targets = paths.map((path) => {
    const absolute = spelledOnDisk(absolutePath(path, base));
    const status = statSync(absolute, { throwIfNoEntry: false });
    if (status === undefined) throw new CommandError(`"${path}" does not exist.`);
    return { written: path, absolute, isDirectory: status.isDirectory() };
  });
  const workspace = new Workspace({ disk: nodeFileSystem, trusted: true, environment, log: note });
  workspace.setFolders(
    outermost(targets.map(({ absolute, isDirectory }) => rootFor(absolute, isDirectory, base))),
  );
  await workspace.discover();
  for (const _ of workspace.load());
  const projects = new Set(
    targets.map(({ written, absolute, isDirectory }) => projectOf(workspace, written, absolute, isDirectory)),
  );
  const [project, another] = projects;
  if (project === undefined) throw new CommandError('No project is named.');
  if (another !== undefined) {
    throw new CommandError(
      `These paths belong to different projects: ${roots([...projects])}. Name those of one project at a time.`,
    );
  }
  return { workspace, project, paths: targets.map(({ absolute }) => absolute) };
}

/** The project that begins in a directory, or holds it, or is the only one in it. */
function projectOf(workspace: Workspace, written: string, path: string, isDirectory: boolean): Project {
  const { projects } = workspace;
  const holding =
    workspace.projectAt(path) ??
    (isDirectory ? workspace.projectAt(joinPath(path, 'config.yaml')) : undefined);
  if (holding !== undefined) return holding;
  const [only, ...others] = projects.filter(({ location }) => isInside(location.root, path));
  if (only === undefined) throw new CommandError(`There is no Hasura project in "${written}".`);
  if (others.length > 0) {
    throw new CommandError(
      `There are several projects in "${written}": ${roots([only, ...others])}. Name one.`,
    );
  }
  return only;
}

function roots(projects: readonly Project[]): string {
  return projects.map(({ location }) => location.metadata ?? location.root).join(', ');
}
