import { nextTurn } from '../../../../common/src/nextTurn.ts';
import { type Catalogue, knownValue } from '../../catalogue/catalogue.ts';
import { tableText } from '../../catalogue/tableNames.ts';
import type { MetadataModel, Property, Relationship } from '../../metadata/relationship.ts';
import type { Workspace } from '../../project/workspace.ts';
import { contentRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { tableNameNode } from './references.ts';

/** Something that the metadata of the workspace declares. */
export interface WorkspaceSymbolEntry {
  /** Of a relationship with its table or type: `customer.tickets`. */
  readonly name: string;
  /** Source or remote schema it belongs to. */
  readonly container: string | undefined;
  readonly kind: 'source' | 'table' | 'remote-schema' | 'type' | 'relationship';
  readonly node: SyntaxNode;
}

/** With its name as queries are compared with it. */
interface Searchable {
  readonly entry: WorkspaceSymbolEntry;
  readonly whole: string;
  /** Behind the last dot. */
  readonly own: string;
}

interface FoundSymbol extends WorkspaceSymbolEntry {
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
}

/** Nobody reads further; the editor asks again for each letter. */
const mostSymbols = 200;
/** Longest that others wait, in milliseconds. */
const slice = 20;

/** The symbols of all projects by their names; those of each file are kept as long as it says the same. */
export class WorkspaceSymbols {
  readonly #workspace: Workspace;
  readonly #known = new WeakMap<
    MetadataModel,
    { readonly kinds: string; readonly symbols: readonly Searchable[] }
  >();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Those with the letters of the query in their names, best first; all, as far as there is room, for an empty one. */
  async find(query: string): Promise<readonly FoundSymbol[]> {
    const wanted = query.trim().toLowerCase();
    const ranks: { readonly uri: string; readonly entry: WorkspaceSymbolEntry }[][] = [[], [], [], []];
    let since = performance.now();
    for (const project of this.#workspace.projects) {
      const catalogue = project.sharedCatalogue;
      const kinds = JSON.stringify(catalogue.sources.map(({ name, kind }) => [name, kind]));
      for (const { uri, model } of catalogue.documents) {
        for (const symbol of this.#of(model, catalogue, kinds)) {
          const rank = rankOf(symbol, wanted);
          if (rank !== undefined) ranks[rank]?.push({ uri, entry: symbol.entry });
        }
        if (performance.now() - since < slice) continue;
        await nextTurn();
        since = performance.now();
      }
    }
    return ranks
      .flat()
      .slice(0, mostSymbols)
      .map(({ uri, entry }) => ({ ...entry, uri, ...contentRange(entry.node) }));
  }

  #of(model: MetadataModel, catalogue: Catalogue, kinds: string): readonly Searchable[] {
    const known = this.#known.get(model);
    if (known?.kinds === kinds) return known.symbols;
    const symbols = symbolsOf(model, catalogue).map((entry): Searchable => {
      const whole = entry.name.toLowerCase();
      return { entry, whole, own: whole.slice(whole.lastIndexOf('.') + 1) };
    });
    this.#known.set(model, { kinds, symbols });
    return symbols;
  }
}

function symbolsOf(model: MetadataModel, catalogue: Catalogue): readonly WorkspaceSymbolEntry[] {
  const symbols: WorkspaceSymbolEntry[] = [];
  const add = (
    { kind, container }: Pick<WorkspaceSymbolEntry, 'kind' | 'container'>,
    name: Property<string>,
  ): void => {
    if (name.state !== 'present' || name.value === '') return;
    symbols.push({ name: name.value, kind, container, node: name.node });
  };
  for (const { name } of model.sources) add({ kind: 'source', container: undefined }, name);
  for (const { table, source } of model.tables) {
    if (table.state !== 'present') continue;
    const kind = source && knownValue(catalogue.source(source.name))?.kind;
    const name = tableText(kind, table.value);
    symbols.push({ name, kind: 'table', container: source?.name, node: tableNameNode(table.node) });
  }
  for (const { name, types } of model.remoteSchemas) {
    add({ kind: 'remote-schema', container: undefined }, name);
    for (const { typeName } of types) add({ kind: 'type', container: knownValue(name) }, typeName);
  }
  for (const { name } of model.actionTypes) add({ kind: 'type', container: undefined }, name);
  const ofActions = model.actionTypes.flatMap(({ relationships }) => relationships);
  for (const relationship of [...model.relationships, ...ofActions]) {
    const { name } = relationship;
    if (name.state !== 'present' || name.value === '') continue;
    const { owner, container } = ownerOf(relationship, catalogue);
    const full = owner === undefined ? name.value : `${owner}.${name.value}`;
    symbols.push({ name: full, kind: 'relationship', container, node: name.node });
  }
  return symbols;
}

function ownerOf(
  { owner }: Relationship,
  catalogue: Catalogue,
): { readonly owner: string | undefined; readonly container: string | undefined } {
  if (owner.kind !== 'table') {
    const container = owner.kind === 'remote-schema-type' ? owner.remoteSchema?.name : undefined;
    return { owner: knownValue(owner.typeName), container };
  }
  const { source, table } = owner;
  const kind = source && knownValue(catalogue.source(source.name))?.kind;
  const name = knownValue(table);
  return { owner: name && tableText(kind, name), container: source?.name };
}

/** 0 is best; `undefined`: not meant. */
function rankOf({ whole, own }: Searchable, wanted: string): number | undefined {
  if (whole === wanted || own === wanted) return 0;
  if (whole.startsWith(wanted) || own.startsWith(wanted)) return 1;
  if (whole.includes(wanted)) return 2;
  return hasLetters(whole, wanted) ? 3 : undefined;
}

/** Whether all letters come in that order. */
function hasLetters(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
