import { type Knowledge, knownValue, type Table } from '../catalogue/catalogue.ts';
import type { Join } from '../join/joinPath.ts';
import { type FileSystem, isInside, joinPath } from '../project/files.ts';
import type { SchemaUse } from '../project/knownSchemas.ts';
import type { Project } from '../project/project.ts';
import type { Workspace } from '../project/workspace.ts';
import { rules } from '../rules/list.ts';
import type { Finding } from '../rules/rule.ts';
import { unusedSuppression } from '../rules/suppressions.ts';
import { touches } from '../syntax/textRange.ts';
import { mayCount } from './git.ts';

/** Which findings of a file count. */
type Counts = (path: string) => (finding: Finding) => boolean;

/**
 * Which findings count when these files have changed, came or went: those that may depend on one of them, and rather one
 * too many than one too few. `changed`: by where they really are.
 */
export function changedFindings(workspace: Workspace, changed: ReadonlySet<string>): Counts {
  const { documents } = workspace;
  const hasChanged = (file: string): boolean => changed.has(realOf(file, documents.files));
  const reaches = new Map<Project, Reach>();
  const reachIn = (project: Project): Reach => {
    const known = reaches.get(project) ?? reachOf(project, workspace, changed);
    reaches.set(project, known);
    return known;
  };
  return (path) => {
    if (hasChanged(path)) return () => true;
    const project = workspace.projectOf(path);
    const reach = reachIn(project);
    if (reach !== 'some') return () => reach === 'all';
    const context = workspace.context(path);
    const joins = context === undefined ? [] : [...context.joins, ...context.actionJoins];
    const read = joins.map((join) => {
      const files = [...urisOf(join)].map((uri) => documents.keyOf(uri));
      const isTouched = !isFound(join) || [...files, ...filesOf(join, project)].some(hasChanged);
      return { node: join.relationship.node, isTouched };
    });
    return ({ code, offset, related }) => {
      if (related.some(({ location }) => hasChanged(documents.keyOf(location.uri)))) return true;
      const around = read.filter(({ node }) => touches(node, offset));
      // What is about no relationship that can be followed may depend on anything.
      return around.length === 0 ? !ownCodes.has(code) : around.some(({ isTouched }) => isTouched);
    };
  };
}

/** Whether what has changed of a project concerns nothing else in it, some of its findings, or all. */
type Reach = 'none' | 'some' | 'all';

/** What a file says by itself, as long as nothing concerns all of its project; a comment hides what others cause, too. */
const ownCodes: ReadonlySet<string> = new Set(
  rules
    .filter(({ code, needs }) => needs === 'document' && code !== unusedSuppression.code)
    .map(({ code }) => code),
);

function reachOf(project: Project, { documents }: Workspace, changed: ReadonlySet<string>): Reach {
  const { files } = documents;
  const { root, metadata, migrations, cliConfiguration } = project.location;
  const real = (path: string): string => realOf(path, files);
  const hasChanged = (path: string): boolean => changed.has(real(path));
  const ofAll = [
    cliConfiguration,
    project.configurationFile,
    joinPath(root, '.env'),
    metadata === undefined ? undefined : joinPath(metadata, 'version.yaml'),
  ];
  if (ofAll.some((path) => path !== undefined && hasChanged(path))) return 'all';
  const top = real(root);
  const folders = [metadata, migrations, ...project.schemas.folders].flatMap((folder) =>
    folder === undefined || real(folder) === top ? [] : real(folder),
  );
  for (const path of changed) {
    if (files.real(path) !== undefined) continue;
    // Nobody knows any more what it said.
    const isOwn = folders.some((folder) => isInside(path, folder));
    if (isOwn || (isInside(path, top) && mayCount.test(path))) return 'all';
  }
  const read = project.filesRead().filter(hasChanged);
  if (read.length === 0) return 'none';
  const { sources, remoteSchemas } = project.schemas;
  const narrow = new Set([...sources, ...remoteSchemas].flatMap(filesOfUse));
  return read.every((path) => narrow.has(path) || isTable(path, project, documents)) ? 'some' : 'all';
}

/** Whether a file has one table, and nothing that tells of others. */
function isTable(path: string, project: Project, documents: Workspace['documents']): boolean {
  const context = project.files.get(path);
  const document = context && documents.get(path);
  if (document?.tree.roots[0]?.kind !== 'object') return false;
  const { sources, remoteSchemas, tables, includes } = document.model(context ?? {});
  return tables.length === 1 && sources.length + remoteSchemas.length + includes.length === 0;
}

/** Whether both sides are found: what is not may have been in any file that has changed. */
function isFound(join: Join): boolean {
  const { lhs } = join;
  const left = lhs.kind === 'table' ? isTracked(lhs.table) : lhs.type.state === 'present';
  const right = join.kind === 'to-source' ? isTracked(join.table) : join.schema.state === 'present';
  return left && right;
}

function isTracked(table: Knowledge<Table>): boolean {
  return table.state === 'present' && table.value.declarations.length > 0;
}

/** Where a file really is, as the disk spells it; what is gone was where it would be. */
export function realOf(path: string, { real }: Pick<FileSystem, 'real'>): string {
  return real(path) ?? path;
}

function urisOf(join: Join): ReadonlySet<string> {
  const uris = new Set<string>();
  const add = (location: { readonly uri: string } | undefined): void => {
    if (location !== undefined) uris.add(location.uri);
  };
  if (join.lhs.kind === 'table') addTable(join.lhs.table, add);
  else add(knownValue(join.lhs.type)?.location);
  if (join.kind === 'to-source') addTable(join.table, add);
  else {
    for (const step of join.path) {
      add(step.parentType?.location);
      add(step.returns?.location);
    }
  }
  return uris;
}

function addTable(
  table: Knowledge<Table>,
  add: (location: { readonly uri: string } | undefined) => void,
): void {
  if (table.state !== 'present') return;
  for (const declaration of table.value.declarations) add(declaration);
  if (table.value.columns.state === 'present') {
    for (const column of table.value.columns.value) add(column.location);
  }
}

/** What says something of the sources and remote schemas of a relationship: what is no longer there has no place in it. */
function filesOf(join: Join, project: Project): readonly string[] {
  const { lhs } = join;
  const sources = [
    ...(lhs.kind === 'table' ? [knownValue(lhs.source)?.name] : []),
    ...(join.kind === 'to-source' ? [knownValue(join.source)?.name] : []),
  ];
  const remoteSchemas = [
    ...(lhs.kind === 'remote-schema-type' ? [knownValue(lhs.remoteSchema)?.name] : []),
    ...(join.kind === 'to-remote-schema' ? [knownValue(join.target)?.name] : []),
  ];
  const { schemas } = project;
  return [
    ...schemas.sources.filter(({ name }) => sources.includes(name)),
    ...schemas.remoteSchemas.filter(({ name }) => remoteSchemas.includes(name)),
  ].flatMap(filesOfUse);
}

function filesOfUse({ path, sqlFiles, hasuraSchema }: SchemaUse): readonly string[] {
  return [path, hasuraSchema].flatMap((each) => each ?? []).concat(sqlFiles);
}
