import type { FileStatus, SchemaStatus } from '../../../common/src/protocol.ts';
import { baseName, uriOfPath } from '../project/files.ts';
import type { SchemaUse } from '../project/knownSchemas.ts';
import type { Workspace } from '../project/workspace.ts';

/** Which project, source snapshots and remote schemas are in use for a document, and what is missing. */
export function fileStatus(workspace: Workspace, uri: string): FileStatus {
  const key = workspace.key(uri);
  const context = workspace.context(key);
  // Also of the folder of a project.
  const project = workspace.projectAt(key) ?? workspace.projectOf(key);
  const { schemas, location, configurationFile } = project;
  return {
    recognised: context !== undefined,
    project: workspace.isFound(project)
      ? {
          name: baseName(location.root) || location.root,
          uri: uriOfPath(location.root),
          configurationUri: configurationFile === undefined ? null : uriOfPath(configurationFile),
        }
      : null,
    serverVersion: schemas.serverVersion ?? 'latest',
    sources: schemas.sources.map(schemaStatus),
    remoteSchemas: schemas.remoteSchemas.map(schemaStatus),
    problems: workspace.settingsOf(location.folder).problems,
  };
}

function schemaStatus({ name, origin, path, loaded, readAt, problem }: SchemaUse): SchemaStatus {
  const missing = origin === undefined || path === undefined;
  return {
    name,
    state: missing ? 'missing' : problem === undefined ? 'loaded' : 'failed',
    uri: path === undefined ? null : uriOfPath(path),
    origin: origin ?? null,
    since: loaded ? (readAt ?? null) : null,
    problem: problem ?? null,
  };
}
