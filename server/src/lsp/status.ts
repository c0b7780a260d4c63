import { boundedList, boundedName, thousands } from '../../../common/src/boundedText.ts';
import type { FileStatus, SchemaStatus } from '../../../common/src/protocol.ts';
import { baseName, uriOfPath } from '../project/files.ts';
import type { SchemaUse } from '../project/knownSchemas.ts';
import type { Project } from '../project/project.ts';
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
          configurationUri: configurationFile === undefined ? null : workspace.uri(configurationFile),
        }
      : null,
    serverVersion: schemas.serverVersion ?? 'latest',
    sources: schemas.sources.map((use) => sourceStatus(workspace, project, use)),
    remoteSchemas: schemas.remoteSchemas.map((use) => schemaStatus(workspace, use)),
    problems: workspace.settingsOf(location.folder).problems,
  };
}

/** A source known by a schema of Hasura, by SQL, or by both: how much of it is. */
function sourceStatus(workspace: Workspace, project: Project, use: SchemaUse): SchemaStatus {
  const path = use.hasuraSchema;
  const schema = path === undefined ? undefined : project.hasuraSchemaUse(use.name);
  const status = sqlStatus(workspace, project, use);
  if (path === undefined || schema === undefined) return status;
  const { isHasuraSchemaUnnamed: isUnnamed } = use;
  if (isUnnamed && (!schema.isUsed || schema.tables === 0)) return status;
  const file = `"${boundedName(baseName(path))}"`;
  const words = schema.isUsed
    ? `${tables(schema.tables)} known by ${file}, the GraphQL schema of Hasura`
    : `${file} is not used: ${schema.reason}`;
  if (use.sql === undefined && !isUnnamed) {
    return schema.isUsed
      ? { ...status, detail: words }
      : { ...status, state: 'missing', problem: status.problem ?? `${words}.` };
  }
  if (status.state === 'missing' && schema.isUsed) {
    const origin = isUnnamed ? 'convention' : status.origin;
    return { ...status, state: 'loaded', origin, problem: null, uri: workspace.uri(path), detail: words };
  }
  return { ...status, detail: [status.detail, words].filter((each) => each !== null).join('; ') };
}

function tables(count: number): string {
  return `${thousands(count)} tracked ${count === 1 ? 'table' : 'tables'}`;
}

function sqlStatus(workspace: Workspace, project: Project, use: SchemaUse): SchemaStatus {
  const status = schemaStatus(workspace, use);
  if (use.sql === undefined) return status;
  if (use.sql === 'reading') return { ...status, state: 'reading' };
  const coverage = use.loaded ? project.migrationCoverage(use.name) : undefined;
  if (coverage === undefined) return status;
  const { files, tracked, missing } = coverage;
  const from = `from ${thousands(files)} ${use.origin === 'migrations' ? 'migration' : 'SQL file'}${files === 1 ? '' : 's'}`;
  const found = tracked - missing.length;
  if (found === 0 && tracked > 0) {
    const problem = `None of the ${thousands(tracked)} tracked tables is created by the SQL (${thousands(files)} read). There is no table snapshot for this source.`;
    return { ...status, state: 'missing', problem: status.problem ?? problem };
  }
  const unknown =
    missing.length === 0 ? '' : `; not known: ${boundedList(missing.map((name) => boundedName(name)))}`;
  return {
    ...status,
    detail: `${thousands(found)} of ${thousands(tracked)} tracked tables known, ${from}${unknown}`,
  };
}

function schemaStatus(
  workspace: Workspace,
  { name, origin, path, loaded, readAt, problem }: SchemaUse,
): SchemaStatus {
  const missing = origin === undefined || path === undefined;
  return {
    name,
    state: missing ? 'missing' : problem === undefined ? 'loaded' : 'failed',
    uri: path === undefined ? null : workspace.uri(path),
    origin: origin ?? null,
    since: loaded ? (readAt ?? null) : null,
    problem: problem ?? null,
    detail: null,
  };
}
