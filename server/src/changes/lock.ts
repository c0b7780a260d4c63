import { Document, isMap, isSeq } from 'yaml';
import { isJsonObject, type Json } from '../../../common/src/metadataApi/document/json.ts';
import { yamlValue } from '../../../common/src/yamlValue.ts';
import { readTableSnapshot, type SnapshotTables } from '../schema/tableSnapshot.ts';
import { parse } from '../syntax/parse.ts';
import type { ReliedUpon } from './reliedUpon.ts';

const head = ` What the remote relationships of this project rely on, written by "remote-relationships lock".`;

/** What relationships rely on as a file: in order of names, a column and a field on a line. */
export function lockText(relied: ReliedUpon): string {
  const remoteSchemas = Object.fromEntries([...relied.remoteSchemas].map(([name, part]) => [name, part.sdl]));
  const document = new Document({
    version: 1,
    remoteSchemas,
    sources: Object.fromEntries(relied.tables),
  });
  document.commentBefore = head;
  const sources = document.get('sources');
  for (const { value: tables } of isMap(sources) ? sources.items : []) {
    for (const table of isSeq(tables) ? tables.items : []) {
      const columns = isMap(table) ? table.get('columns') : undefined;
      for (const column of isSeq(columns) ? columns.items : []) if (isMap(column)) column.flow = true;
    }
  }
  return document.toString({ lineWidth: 0, blockQuote: 'literal' });
}

/** What a lock says. */
export interface Lock {
  /** SDL by remote schema. */
  readonly remoteSchemas: ReadonlyMap<string, string>;
  /** By source. Other columns than those that are listed may be there. */
  readonly tables: ReadonlyMap<string, SnapshotTables>;
}

/** `undefined` of what is no lock. */
export function readLock(uri: string, text: string): Lock | undefined {
  const value = yamlOf(text);
  if (!isJsonObject(value) || value['version'] !== 1) return undefined;
  const { remoteSchemas, sources } = value;
  if (!isJsonObject(remoteSchemas) || !isJsonObject(sources)) return undefined;
  const schemas = new Map<string, string>();
  for (const [name, sdl] of Object.entries(remoteSchemas)) {
    if (typeof sdl !== 'string') return undefined;
    schemas.set(name, sdl);
  }
  const { bySource, problems } = readTableSnapshot(uri, parse(text, 'yaml'));
  if (Object.keys(sources).length > 0 && problems.some(({ severity }) => severity === 'error')) {
    return undefined;
  }
  const tables = new Map(
    [...bySource].map(([name, listed]) => [
      name,
      { tables: listed.tables.map((table) => ({ ...table, columnsComplete: false })), complete: false },
    ]),
  );
  return { remoteSchemas: schemas, tables };
}

function yamlOf(text: string): Json | undefined {
  try {
    return yamlValue(text) as Json;
  } catch {
    return undefined;
  }
}
