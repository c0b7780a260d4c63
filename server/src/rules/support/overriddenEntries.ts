import { counted } from '../../../../common/src/counted.ts';
import { groupBy } from '../../../../common/src/groupBy.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import { tableKey, tableText } from '../../catalogue/tableNames.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type {
  Property,
  RemoteSchemaTypeEntry,
  SourceEntry,
  TableEntry,
} from '../../metadata/relationship.ts';
import type { Location } from '../../syntax/location.ts';
import { nodeLocation } from '../../syntax/location.ts';
import { contentRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import type { RuleFinding } from '../rule.ts';
import { valueRange } from '../shapeRule.ts';
import { duplicates } from './duplicates.ts';
import { relationshipName } from './messages.ts';

/** An entry the server drops, because another of the same name comes after it (R43). */
export interface OverriddenEntry {
  readonly entry: SyntaxNode;
  /** What is said of it. */
  readonly finding: RuleFinding;
}

type Report = (entry: SyntaxNode, finding: RuleFinding) => void;

const known = new WeakMap<DocumentContext, readonly OverriddenEntry[]>();

/** Every overridden source, table, type and relationship of the document. */
export function overriddenEntries(context: DocumentContext): readonly OverriddenEntry[] {
  const found = known.get(context);
  if (found !== undefined) return found;
  const entries: OverriddenEntry[] = [];
  const report: Report = (entry, finding) => entries.push({ entry, finding });
  for (const { types } of context.model.remoteSchemas) {
    checkTypes(context, types, report);
    for (const type of types) checkNames(context, type, report);
  }
  checkSources(context, report);
  checkTables(context, report);
  known.set(context, entries);
  return entries;
}

function checkTypes({ uri }: DocumentContext, types: readonly RemoteSchemaTypeEntry[], report: Report): void {
  for (const list of duplicates(types, ({ typeName }) => nameIn(typeName))) {
    const last = list.at(-1);
    if (last?.typeName.state !== 'present') continue;
    const location = nodeLocation(uri, last.typeName.node);
    for (const { node, typeName, relationships } of list.slice(0, -1)) {
      if (typeName.state !== 'present') continue;
      report(node, {
        ...lost(`"${typeName.value}" is listed again in this remote schema`, relationships.length),
        ...contentRange(typeName.node),
        related: [{ message: 'This one counts.', location: location }],
      });
    }
  }
}

function checkNames(
  { uri }: DocumentContext,
  { relationships }: RemoteSchemaTypeEntry,
  report: Report,
): void {
  for (const list of duplicates(relationships, relationshipName)) {
    const last = list.at(-1);
    if (last?.name.state !== 'present') continue;
    const location = nodeLocation(uri, last.name.node);
    for (const { node, name } of list.slice(0, -1)) {
      if (name.state !== 'present') continue;
      report(node, {
        message: `"${name.value}" is defined again for this type: the server silently drops this one.`,
        tags: ['unnecessary'],
        ...contentRange(name.node),
        relationship: name.value,
        related: [{ message: 'This one counts.', location: location }],
      });
    }
  }
}

function checkSources(context: DocumentContext, report: Report): void {
  const { model, catalogue, uri } = context;
  const winners = new Map<string, Location>();
  for (const list of groupBy(model.sources, ({ name }) => nameIn(name)).values()) {
    const name = list[0]?.name;
    if (name?.state !== 'present') continue;
    const source = catalogue.source(name.value);
    const winner = lastOfSeveral(
      source.state === 'present' ? source.value.declarations : [],
      list.flatMap((other) => locationOf(uri, other.name)),
      uri,
    );
    if (winner !== undefined) winners.set(name.value, winner);
  }
  for (const { node, name, tables } of model.sources) {
    if (name.state !== 'present') continue;
    const winner = winners.get(name.value);
    if (winner === undefined || isSamePlace(winner, nodeLocation(uri, name.node))) continue;
    report(node, {
      ...lost(`Source "${name.value}" is listed again`, relationshipCount(tables)),
      ...contentRange(name.node),
      related: [{ message: 'This one counts.', location: winner }],
    });
  }
}

function checkTables(context: DocumentContext, report: Report): void {
  const { uri, catalogue } = context;
  const local = localTables(context);
  const winners = new Map<unknown, Location | undefined>();
  for (const entry of context.model.tables) {
    if (entry.table.state !== 'present' || entry.source === undefined) continue;
    const source = catalogue.source(entry.source.name);
    const table = source.state === 'present' ? source.value.table(entry.table.value) : source;
    const others = local.get(entry) ?? [];
    const known = table.state === 'present' ? table.value.declarations : [];
    const group = others.length > 0 ? others : known;
    if (!winners.has(group)) {
      const ownPlaces = others.flatMap((other) => locationOf(uri, other.table));
      winners.set(group, lastOfSeveral(known, ownPlaces, uri));
    }
    const winner = winners.get(group);
    if (winner === undefined || isSamePlace(winner, nodeLocation(uri, entry.table.node))) continue;
    const kind = source.state === 'present' ? source.value.kind : undefined;
    const text = tableText(kind, entry.table.value);
    report(entry.node, {
      ...lost(`Table "${text}" of source "${entry.source.name}" is listed again`, entry.relationships.length),
      ...valueRange(context, entry.table.node),
      related: [{ message: 'This one counts.', location: winner }],
    });
  }
}

/** Entries of one table of one source in this document, where there are several. */
function localTables({ model, catalogue }: DocumentContext): ReadonlyMap<TableEntry, readonly TableEntry[]> {
  const lists = duplicates(model.tables, ({ source, table }) => {
    if (source === undefined || table.state !== 'present') return undefined;
    const known = catalogue.source(source.name);
    const key = tableKey(known.state === 'present' ? known.value.kind : undefined, table.value);
    return key === undefined ? undefined : JSON.stringify([source.name, key]);
  });
  return new Map(lists.flatMap((list) => list.map((entry) => [entry, list] as const)));
}

/**
 * The place that wins over the others: the last the catalogue tells, or, where it leaves this document out (a request that
 * replaces the metadata), the last of this document. `undefined` where there is one only.
 */
function lastOfSeveral(
  known: readonly Location[],
  local: readonly Location[],
  uri: string,
): Location | undefined {
  const declarations = known.some((location) => location.uri === uri) ? known : local;
  return declarations.length < 2 ? undefined : declarations.at(-1);
}

function isSamePlace(a: Location, b: Location): boolean {
  return a.uri === b.uri && a.offset === b.offset;
}

function lost(what: string, relationships: number): Pick<RuleFinding, 'message' | 'tags'> {
  const count = relationships === 0 ? '' : `, with ${counted(relationships, 'remote relationship')},`;
  return {
    message: `${what}: the server silently drops this entry${count} and takes the last.`,
    tags: ['unnecessary'],
  };
}

function relationshipCount(tables: SourceEntry['tables']): number {
  return tables.reduce((sum, { relationships }) => sum + relationships.length, 0);
}

function nameIn(property: Property<string>): string | undefined {
  return knownValue(property);
}

function locationOf(uri: string, property: Property<unknown>): Location[] {
  return property.state === 'present' ? [nodeLocation(uri, property.node)] : [];
}
