import { type Knowledge, knownValue, type Table } from '../catalogue/catalogue.ts';
import type { Join } from '../join/joinPath.ts';
import type { FileSystem } from '../project/files.ts';
import type { Workspace } from '../project/workspace.ts';
import type { Finding } from '../rules/rule.ts';
import { touches } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/**
 * Which findings of a file count when these files have changed: all where it has changed itself, else those of
 * relationships whose tables, snapshots or remote schema have. `changed`: by where they really are.
 */
export function changedFindings(
  workspace: Workspace,
  path: string,
  changed: ReadonlySet<string>,
): (finding: Finding) => boolean {
  const { documents } = workspace;
  const hasChanged = (file: string): boolean => changed.has(realOf(file, documents.files));
  if (hasChanged(path)) return () => true;
  const context = workspace.context(path);
  if (context === undefined) return () => false;
  const touched: SyntaxNode[] = [];
  for (const join of context.joins) {
    const files = [...urisOf(join)].map((uri) => documents.keyOf(uri));
    const schemaFiles = [...filesOfRemoteSchema(workspace, path, join), ...sqlOf(workspace, path, join)];
    if ([...files, ...schemaFiles].some(hasChanged)) touched.push(join.relationship.node);
  }
  return ({ offset }) => touched.some((node) => touches(node, offset));
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

/** What SQL no longer makes has no place in it. */
function sqlOf(workspace: Workspace, path: string, join: Join): readonly string[] {
  const names = [
    ...(join.lhs.kind === 'table' ? [knownValue(join.lhs.source)?.name] : []),
    ...(join.kind === 'to-source' ? [knownValue(join.source)?.name] : []),
  ];
  const { sources } = workspace.projectOf(path).schemas;
  return sources.filter(({ name }) => names.includes(name)).flatMap(({ sqlFiles }) => sqlFiles);
}

/** A remote schema may be in several files; the walk meets only those of its types. */
function filesOfRemoteSchema(workspace: Workspace, path: string, join: Join): readonly string[] {
  if (join.kind !== 'to-remote-schema' || join.target.state !== 'present') return [];
  const { name } = join.target.value;
  const { remoteSchemas } = workspace.projectOf(path).schemas;
  return remoteSchemas.filter((use) => use.name === name).flatMap((use) => use.path ?? []);
}
