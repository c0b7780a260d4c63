import type { ProjectSummary } from '../../../../common/src/protocol.ts';
import { baseName, isInside, uriOfPath } from '../../project/files.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';

/**
 * The projects with metadata, in the order of their folders. An export that lies in the folder of another project is a
 * copy of that one's, or of its server's: it is left out.
 */
export function projectList({ projects }: Workspace): readonly ProjectSummary[] {
  const withMetadata = projects.filter(({ location }) => location.metadata !== undefined);
  return withMetadata
    .filter((project) => !withMetadata.some((other) => isCopyIn(project, other)))
    .map(({ location: { root }, configurationFile }) => ({
      name: baseName(root) || root,
      uri: uriOfPath(root),
      configurationUri: configurationFile === undefined ? null : uriOfPath(configurationFile),
    }))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

function isCopyIn({ location }: Project, other: Project): boolean {
  return (
    location.layout === 'file' &&
    other.location.layout !== 'file' &&
    isInside(location.root, other.location.root)
  );
}
