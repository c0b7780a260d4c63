import { quoted } from '../../../../common/src/foreignText.ts';
import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import { type Catalogue, knownValue, type Table } from '../../catalogue/catalogue.ts';
import { type NamedThing, type TableThing, thingKey } from '../../join/namedThing.ts';
import { tableThing, type Use } from '../../join/uses.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import type { TableName } from '../../schema/tableName.ts';
import { isKeyNode } from '../../syntax/cursor/cursor.ts';
import { renameKey, replaceScalar } from '../../syntax/edit/edits.ts';
import type { TextRange, TextReplacement } from '../../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../../syntax/tree.ts';
import { nameRange, tableNameNode, usesIn } from '../navigation/references.ts';
import type { UseIndex } from '../navigation/useIndex.ts';

/** Why a name can't be renamed, as a sentence. */
export interface Refusal {
  readonly refusal: string;
}

export interface RenameStart {
  readonly range: TextRange;
  readonly name: string;
}

export interface Rename {
  /** `Rename column "id" to "key"`. */
  readonly title: string;
  /** What keeps the old name, as a sentence. */
  readonly outside: string;
  readonly files: readonly { readonly uri: string; readonly edits: readonly TextReplacement[] }[];
}

type Renameable = Extract<
  NamedThing,
  { readonly kind: 'source' | 'table' | 'column' | 'remote-schema' | 'relationship' }
>;

interface Start extends RenameStart {
  readonly thing: Renameable;
  readonly project: Project;
}

/** The name at an offset, if it can be renamed; `undefined` where there is none. */
export function prepareRename(
  workspace: Workspace,
  index: UseIndex,
  uri: string,
  offset: number,
): RenameStart | Refusal | undefined {
  return startAt(workspace, index, uri, offset);
}

/** The edits that give what stands at an offset another name, wherever the metadata and the configuration name it. */
export async function rename(
  workspace: Workspace,
  index: UseIndex,
  {
    uri,
    offset,
    newName: given,
  }: { readonly uri: string; readonly offset: number; readonly newName: string },
): Promise<Rename | Refusal | undefined> {
  await index.prepare(workspace.projectOf(workspace.key(uri)));
  const start = startAt(workspace, index, uri, offset);
  if (start === undefined || 'refusal' in start) return start;
  const { thing, name, project } = start;
  // Who renames a variable may write one.
  const newName = thing.kind === 'column' ? given.replace(/^\$/, '') : given;
  const files: { uri: string; edits: readonly TextReplacement[] }[] = [];
  const key = thingKey(thing);
  let isVariable = false;
  let isField = thing.kind === 'relationship';
  for (const file of index.filesOf(project)) {
    const uses = file.uses.of(key);
    const tree = workspace.documents.get(workspace.key(file.uri))?.tree;
    if (uses.length === 0 || tree === undefined || project.isHistory(workspace.key(file.uri))) continue;
    const shared = sharedPlace(file.uses.all, uses, key);
    if (shared !== undefined) return { refusal: sharedText(name) };
    isVariable ||= uses.some(isVariableUse);
    // Of the metadata's own columns there are computed fields alone.
    isField ||= thing.kind === 'column' && uses.some(({ declares }) => declares);
    files.push({ uri: file.uri, edits: editsOf(tree, uses, newName) });
  }
  const refusal =
    newName === name
      ? undefined
      : (nameProblem(newName, isField, isVariable) ?? takenBy(index, project, thing, newName));
  if (refusal !== undefined) return { refusal };
  const kind = thing.kind === 'column' && isField ? 'computed-field' : thing.kind;
  const title = `Rename ${labels[kind]} ${quoted(name)} to ${quoted(newName)}`;
  return { title, outside: `${outside[kind]} ${elsewhere}`, files: newName === name ? [] : files };
}

const labels: Readonly<Record<Renameable['kind'] | 'computed-field', string>> = {
  source: 'source',
  table: 'table',
  column: 'column',
  'computed-field': 'computed field',
  'remote-schema': 'remote schema',
  relationship: 'relationship',
};

const elsewhere = 'Requests that are not open, other projects and scripts are not looked at.';

const outside: Readonly<Record<Renameable['kind'] | 'computed-field', string>> = {
  source:
    'The Hasura server, and files and folders that are called like the source, keep the old name: migrations, snapshots, tables.',
  table:
    'The database, its migrations and snapshots, SQL functions and names of files keep the old name; the API has the new one, unless the table has a custom name.',
  column:
    'The database, its migrations and snapshots, and SQL functions keep the old name; clients of the API need the new one, unless the column has a custom name.',
  'computed-field':
    'Clients of the API ask for the old name; so do allow lists and REST endpoints. The Hasura server has it until the metadata is applied.',
  'remote-schema': 'The Hasura server, and files that are called like the remote schema, keep the old name.',
  relationship:
    'Clients of the API ask for the old name; so do allow lists and REST endpoints. The Hasura server has it until the new one is applied.',
};

function startAt(
  workspace: Workspace,
  index: UseIndex,
  uri: string,
  offset: number,
): Start | Refusal | undefined {
  const project = workspace.projectOf(workspace.key(uri));
  const { uses, text } = usesIn(workspace, index, project, uri, offset);
  const [use, ...others] = uses;
  if (use === undefined) return undefined;
  const { thing } = use;
  const name = nameOf(thing);
  const key = thingKey(thing);
  if (others.some((other) => thingKey(other.thing) !== key)) return { refusal: sharedText(name) };
  const range = nameRange(text, use);
  const isHere = range.offset <= offset && offset <= range.offset + range.length;
  if (thing.kind === 'table' && !isHere)
    return { refusal: 'Only the table’s own name can be renamed, not the schema it is in.' };
  switch (thing.kind) {
    case 'source':
    case 'table':
    case 'column':
    case 'remote-schema':
    case 'relationship':
      return { range, name, thing, project };
    case 'type':
    case 'field':
    case 'argument':
      return {
        refusal: `${quoted(name)} is a name of the remote schema’s own: it can only be renamed there.`,
      };
    case 'action-type':
    case 'action-field':
      return { refusal: `${quoted(name)} is a name of the types of actions, which are not renamed here.` };
  }
}

function nameOf(thing: NamedThing): string {
  switch (thing.kind) {
    case 'source':
      return thing.source;
    case 'table':
      return thing.tableName.name;
    case 'remote-schema':
      return thing.remoteSchema;
    case 'type':
    case 'action-type':
      return thing.type;
    default:
      return thing.name;
  }
}

// ---- edits ---------------------------------------------------------------------------------------------------

function isVariableUse({ thing, node }: Use): boolean {
  return thing.kind === 'column' && !isKeyNode(node) && node.value === `$${thing.name}`;
}

/** Where the name is written: of an alias at its anchor. */
function writtenNode({ thing, node }: Use): SyntaxNode {
  const name = thing.kind === 'table' ? tableNameNode(node.aliasOf ?? node) : node;
  return name.aliasOf ?? name;
}

function editsOf(tree: SyntaxTree, uses: readonly Use[], newName: string): readonly TextReplacement[] {
  const edits = new Map<number, TextReplacement>();
  for (const use of uses) {
    const node = writtenNode(use);
    const written = isKeyNode(node)
      ? renameKey(tree, node, newName)
      : replaceScalar(tree, node, isVariableUse(use) ? `$${newName}` : newName);
    for (const edit of written) edits.set(edit.offset, edit);
  }
  return [...edits.values()].toSorted((a, b) => a.offset - b.offset);
}

/** A place that names something else too: what is written once, and used for several things by an anchor. */
function sharedPlace(all: readonly Use[], uses: readonly Use[], key: string): SyntaxNode | undefined {
  const places = new Set(uses.map(writtenNode));
  for (const use of all) {
    const node = writtenNode(use);
    if (places.has(node) && thingKey(use.thing) !== key) return node;
  }
  return undefined;
}

function sharedText(name: string): string {
  return `${quoted(name)} is written once, behind an anchor, for several things: it can’t be renamed for one of them.`;
}

// ---- the new name --------------------------------------------------------------------------------------------

function nameProblem(newName: string, isField: boolean, isVariable: boolean): string | undefined {
  if (newName.trim() === '') return 'A name can’t be empty.';
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(newName)) return 'A name can’t have line breaks or control characters.';
  if (isGraphqlName(newName)) return undefined;
  if (isField) {
    return `${quoted(newName)} can’t be the name of a field: GraphQL names have only letters, digits and "_", and don’t begin with a digit.`;
  }
  return isVariable
    ? `${quoted(newName)} can’t be the name of a variable, as which this column is used: those have only letters, digits and "_", and don’t begin with a digit.`
    : undefined;
}

/** What has the new name already. */
function takenBy(index: UseIndex, project: Project, thing: Renameable, newName: string): string | undefined {
  const catalogue = project.sharedCatalogue;
  const isDeclared = (other: NamedThing | undefined): boolean => {
    const key = other && thingKey(other);
    if (key === undefined) return false;
    for (const { uses } of index.filesOf(project))
      if (uses.of(key).some(({ declares }) => declares)) return true;
    return false;
  };
  switch (thing.kind) {
    case 'source':
      return isDeclared({ kind: 'source', source: newName })
        ? `There is a source ${quoted(newName)}.`
        : undefined;
    case 'remote-schema':
      return isDeclared({ kind: 'remote-schema', remoteSchema: newName })
        ? `There is a remote schema ${quoted(newName)}.`
        : undefined;
    case 'table': {
      const other = tableThing({ catalogue }, thing.source, withName(thing.tableName, newName));
      return isDeclared(other) ? `The source has a table ${quoted(newName)}.` : undefined;
    }
    case 'column': {
      const table = tableOf(catalogue, thing);
      const known =
        table?.column(thing.name).state === 'present' && table.column(newName).state === 'present';
      // Where the old one is gone, the new one is what was meant.
      return known
        ? `The table has a column ${quoted(newName)}.`
        : (fieldTaken(table, newName) ??
            (isDeclared(relationshipOf(thing, newName)) ? hasRelationship(newName) : undefined));
    }
    case 'relationship': {
      if (isDeclared({ ...thing, name: newName })) return hasRelationship(newName);
      const table = thing.table && tableOf(catalogue, thing.table);
      return table?.column(newName).state === 'present'
        ? `The table has a column ${quoted(newName)}.`
        : fieldTaken(table, newName);
    }
  }
}

function hasRelationship(name: string): string {
  return `There is a remote relationship ${quoted(name)}.`;
}

function fieldTaken(table: Table | undefined, name: string): string | undefined {
  if (table?.computedField(name) !== undefined) return `The table has a computed field ${quoted(name)}.`;
  const local = table?.localRelationships.find((relationship) => relationship.name === name);
  return local === undefined ? undefined : `The table has an ${local.kind} relationship ${quoted(name)}.`;
}

function relationshipOf({ source, table, tableName }: Omit<TableThing, 'kind'>, name: string): NamedThing {
  return {
    kind: 'relationship',
    owner: thingKey({ kind: 'table', source, table, tableName }),
    name,
    table: undefined,
  };
}

function tableOf(catalogue: Catalogue, { source, tableName }: Omit<TableThing, 'kind'>): Table | undefined {
  const known = source === undefined ? undefined : knownValue(catalogue.source(source));
  return known && knownValue(known.table(tableName));
}

function withName(table: TableName, name: string): TableName {
  return { ...table, name, parts: [...table.parts.slice(0, -1), name] };
}
