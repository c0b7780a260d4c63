import { Document, isMap, isSeq } from 'yaml';
import { isJsonObject, type Json } from '../../../common/src/metadataApi/document/json.ts';
import { yamlValue } from '../../../common/src/yamlValue.ts';
import { memberOf } from '../schema/nodeReading.ts';
import { readTableSnapshot, type SnapshotTables } from '../schema/tableSnapshot.ts';
import { parse } from '../syntax/parse.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { findingsOf, relationshipsOf, type State } from './checkedRelationships.ts';
import type { ReliedUpon } from './reliedUpon.ts';
import { missingSides } from './sides.ts';

const head = ` What the remote relationships of this project rely on, written by "remote-relationships lock".`;

/** Of the only form that is read. */
export const lockVersion = 3;

/** By owner, then by name, each in order: what is found in a relationship as `findingsOf` names it, and `missingSides`. */
export type FoundInRelationships = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

export function foundInRelationships(state: State): FoundInRelationships {
  const owners = new Map<string, Map<string, readonly string[]>>();
  for (const each of relationshipsOf(state).values()) {
    const owner = each.owner.locked;
    const names = owners.get(owner) ?? new Map<string, readonly string[]>();
    owners.set(owner, names);
    names.set(each.name, [...new Set([...findingsOf(each).keys(), ...missingSides(each.join)])].sort());
  }
  return new Map(sorted(owners).map(([owner, names]) => [owner, new Map(sorted(names))]));
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What relationships rely on as a file: in order of names, a column, a field and a relationship on a line. */
export function lockText(relied: ReliedUpon, found: FoundInRelationships): string {
  const document = new Document({
    version: lockVersion,
    remoteSchemas: Object.fromEntries([...relied.remoteSchemas].map(([name, { sdl }]) => [name, sdl])),
    sources: Object.fromEntries(relied.tables),
    relationships: Object.fromEntries(
      [...found].map(([owner, names]) => [owner, Object.fromEntries(names)] as const),
    ),
  });
  document.commentBefore = head;
  const sources = document.get('sources');
  for (const { value: tables } of isMap(sources) ? sources.items : []) {
    for (const table of isSeq(tables) ? tables.items : []) {
      const columns = isMap(table) ? table.get('columns') : undefined;
      for (const column of isSeq(columns) ? columns.items : []) if (isMap(column)) column.flow = true;
    }
  }
  const owners = document.get('relationships');
  for (const { value: names } of isMap(owners) ? owners.items : []) {
    for (const { value: words } of isMap(names) ? names.items : []) if (isSeq(words)) words.flow = true;
  }
  return document.toString({ lineWidth: 0, blockQuote: 'literal' });
}

/** A relationship as a lock has it. */
export interface LockedRelationship {
  /** As `RelationshipOwner.locked`. */
  readonly owner: string;
  readonly name: string;
  /** What was found in it, and sides that were missing. */
  readonly found: ReadonlySet<string>;
  /** In the lock. */
  readonly place: { readonly uri: string; readonly node: SyntaxNode };
}

/** What a lock says. */
export interface Lock {
  /** SDL by remote schema; empty of one that has none of the names that are relied on. */
  readonly remoteSchemas: ReadonlyMap<string, string>;
  /** By source. Other columns than those that are listed may be there. */
  readonly tables: ReadonlyMap<string, SnapshotTables>;
  readonly relationships: readonly LockedRelationship[];
}

/** Whether a text begins like a lock of whatever version, whether it can be read or not. */
export function isLockStart(text: string): boolean {
  return /^(?:#.*\n|[ \t]*\n)*version: \d+\n(?:[ \t]*\n)*remoteSchemas:/.test(text);
}

/** `undefined` of what is no lock, or one of another version. */
export function readLock(uri: string, text: string): Lock | undefined {
  const value = yamlOf(text);
  if (!isJsonObject(value)) return undefined;
  const { version, remoteSchemas, sources } = value;
  if (version !== lockVersion || !isJsonObject(remoteSchemas) || !isJsonObject(sources)) return undefined;
  const schemas = new Map<string, string>();
  for (const [name, sdl] of Object.entries(remoteSchemas)) {
    if (typeof sdl !== 'string') return undefined;
    schemas.set(name, sdl);
  }
  const tree = parse(text, 'yaml');
  const { bySource, problems } = readTableSnapshot(uri, tree);
  if (Object.keys(sources).length > 0 && problems.some(({ severity }) => severity === 'error')) {
    return undefined;
  }
  const tables = new Map(
    [...bySource].map(([name, listed]) => [
      name,
      { tables: listed.tables.map((table) => ({ ...table, columnsComplete: false })), complete: false },
    ]),
  );
  const relationships = readRelationships(uri, memberOf(tree.roots[0], 'relationships'));
  return relationships && { remoteSchemas: schemas, tables, relationships };
}

function readRelationships(
  uri: string,
  owners: SyntaxNode | undefined,
): readonly LockedRelationship[] | undefined {
  const nodes = owners?.children.flatMap((names) => names.children.map((words) => ({ names, words })));
  const readable = nodes?.flatMap(({ names, words }): readonly LockedRelationship[] => {
    const [owner, name] = [names.key?.value, words.key?.value];
    if (typeof owner !== 'string' || typeof name !== 'string' || words.kind !== 'array') return [];
    const found = words.children.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    return found.length < words.children.length
      ? []
      : [{ owner, name, found: new Set(found), place: { uri, node: words } }];
  });
  const isReadable = owners?.kind === 'object' && owners.children.every(({ kind }) => kind === 'object');
  return isReadable && readable?.length === nodes?.length ? readable : undefined;
}

function yamlOf(text: string): Json | undefined {
  try {
    return yamlValue(text) as Json;
  } catch {
    return undefined;
  }
}
