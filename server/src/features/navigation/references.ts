import type { DocumentContext } from '../../join/documentContext.ts';
import { cursorTargetAt } from '../../join/locate.ts';
import { type NamedThing, thingKey } from '../../join/namedThing.ts';
import { type DocumentUses, joiningOf, type Use } from '../../join/uses.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import type { Location } from '../../syntax/location.ts';
import { nodeAt, property } from '../../syntax/nodes.ts';
import { contentRange, type TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { schemaLocations, schemaThingsAt } from './schemaPlaces.ts';
import type { UseIndex } from './useIndex.ts';

/** A place where a thing is named, and whether it is declared there. */
export interface Reference extends Location {
  readonly declares: boolean;
}

/** Every place that names what stands at an offset: in the metadata, in schema files and snapshots, in open requests. */
export async function references(
  workspace: Workspace,
  index: UseIndex,
  uri: string,
  offset: number,
): Promise<readonly Reference[]> {
  const found: Reference[] = [];
  for (const project of projectsOf(workspace, uri)) {
    await index.prepare(project);
    for (const reference of referencesIn(
      workspace,
      index,
      project,
      thingsAt(workspace, index, project, uri, offset),
    )) {
      found.push(reference);
    }
  }
  return distinct(found);
}

/**
 * The names of the relationships that lead to what stands at an offset of a metadata file: as many as its code lens says. Those that lead
 * there by what is written at the offset itself are left out. None of a document that is none of Hasura's.
 */
export async function joiningRelationships(
  workspace: Workspace,
  index: UseIndex,
  uri: string,
  offset: number,
): Promise<readonly Location[]> {
  const key = workspace.key(uri);
  if (workspace.context(key) === undefined) return [];
  const project = workspace.projectOf(key);
  await index.prepare(project);
  const context = workspace.context(key);
  if (context === undefined) return [];
  const here = usesAt(index.of(context), context, offset);
  const keys = new Set(here.map(({ thing }) => thingKey(thing)));
  const own = new Set(joiningOf(here).map((node) => node.offset));
  const found: Location[] = [];
  for (const file of index.filesOf(project)) {
    for (const node of joiningOf([...keys].flatMap((each) => file.uses.of(each)))) {
      if (file.uri === context.uri && own.has(node.offset)) continue;
      found.push({ uri: file.uri, ...contentRange(node) });
    }
  }
  return found;
}

/** Every place in a project that names one of the things; declarations in schema files last. */
export function referencesIn(
  workspace: Workspace,
  index: UseIndex,
  project: Project,
  things: readonly NamedThing[],
): readonly Reference[] {
  if (things.length === 0) return [];
  const keys = [...new Set(things.map(thingKey))];
  const found: Reference[] = [];
  const { documents } = workspace;
  for (const { uri, uses } of index.filesOf(project)) {
    for (const key of keys) {
      for (const use of uses.of(key)) {
        const text = documents.get(documents.keyOf(uri))?.tree.text ?? '';
        found.push({ uri, ...nameRange(text, use), declares: use.declares });
      }
    }
  }
  for (const thing of things) {
    for (const location of schemaLocations(project.sharedCatalogue, thing)) {
      found.push({ ...withoutQuotes(workspace, location), declares: true });
    }
  }
  return distinct(found);
}

/** The places of a document that name what stands at an offset. */
export function highlights(index: UseIndex, context: DocumentContext, offset: number): readonly Reference[] {
  const uses = index.of(context);
  const keys = new Set(usesAt(uses, context, offset).map(({ thing }) => thingKey(thing)));
  const { uri, tree } = context;
  return distinct(
    [...keys]
      .flatMap((key) => uses.of(key))
      .map((use) => ({ uri, ...nameRange(tree.text, use), declares: use.declares })),
  );
}

/** What the name at an offset stands for; of a name that several relationships share, one use for each thing it means. */
export function usesAt(uses: DocumentUses, context: DocumentContext, offset: number): readonly Use[] {
  const written = nodeAt(context.tree, offset);
  const target = cursorTargetAt(context, offset)?.node;
  const isHere = ({ node }: Use): boolean => node === target || node === written || node === written?.parent;
  const here = uses.all.filter(isHere);
  // A part of a table name stands for the whole; what is named itself counts first.
  const exact = here.filter(({ node }) => node === written);
  return exact.length > 0
    ? exact
    : here.filter(({ node, thing }) => node === target || thing.kind === 'table');
}

/** What the name at an offset of a metadata file, a request or the configuration stands for, and the text it stands in. */
export function usesIn(
  workspace: Workspace,
  index: UseIndex,
  project: Project,
  uri: string,
  offset: number,
): { readonly uses: readonly Use[]; readonly text: string } {
  const key = workspace.key(uri);
  const context = workspace.context(key);
  if (context !== undefined) {
    return { uses: usesAt(index.of(context), context, offset), text: context.tree.text };
  }
  const tree = key === project.configurationFile ? workspace.documents.get(key)?.tree : undefined;
  if (tree === undefined) return { uses: [], text: '' };
  const node = nodeAt(tree, offset);
  return { uses: index.ofConfiguration(tree).all.filter((use) => use.node === node), text: tree.text };
}

function thingsAt(
  workspace: Workspace,
  index: UseIndex,
  project: Project,
  uri: string,
  offset: number,
): readonly NamedThing[] {
  const { uses } = usesIn(workspace, index, project, uri, offset);
  if (uses.length > 0) return uses.map(({ thing }) => thing);
  const key = workspace.key(uri);
  const read = workspace.context(key) === undefined ? workspace.documents.read(key) : undefined;
  if (read?.ok !== true) return [];
  const place = { uri: workspace.uri(key), offset, text: read.text };
  return schemaThingsAt(project, place).map(({ thing }) => thing);
}

/** The project of a file of metadata; of a schema file all that may read it. */
function projectsOf(workspace: Workspace, uri: string): readonly Project[] {
  const key = workspace.key(uri);
  if (workspace.context(key) !== undefined) return [workspace.projectOf(key)];
  return workspace.projects.filter(
    (project) => project.allFiles().includes(key) || isMigration(project, key),
  );
}

function isMigration(project: Project, key: string): boolean {
  return project.schemas.sources.some(({ sqlFiles }) => sqlFiles.includes(key));
}

/** Where the name itself stands: without quotes and the `$` of a variable; of a table the table's own name. */
export function nameRange(text: string, { thing, node }: Use): TextRange {
  const name = thing.kind === 'table' ? tableNameNode(node) : node;
  const range = contentRange(name);
  if (thing.kind === 'table' || !('name' in thing)) return range;
  const isVariable =
    text[range.offset] === '$' && text.slice(range.offset + 1, range.offset + range.length) === thing.name;
  return isVariable ? { offset: range.offset + 1, length: range.length - 1 } : range;
}

/** The node of a table's own name, in a whole name of any form. */
export function tableNameNode(table: SyntaxNode): SyntaxNode {
  if (table.aliasOf !== undefined) return table;
  const name = table.kind === 'array' ? table.children.at(-1) : property(table, 'name');
  return name === undefined || name.merged ? table : name;
}

function withoutQuotes({ documents }: Workspace, { uri, offset, length }: Location): Location {
  const text = documents.text(uri);
  const quoted = length > 2 && text[offset] === '"' && text[offset + length - 1] === '"';
  return quoted ? { uri, offset: offset + 1, length: length - 2 } : { uri, offset, length };
}

function distinct(references: readonly Reference[]): readonly Reference[] {
  const known = new Map<string, Reference>();
  for (const reference of references) {
    const key = `${reference.offset} ${reference.uri}`;
    if (!known.has(key) || reference.declares) known.set(key, reference);
  }
  return [...known.values()];
}
