import { isJsonArray, type Json } from '../../../common/src/metadataApi/document/json.ts';
import * as tables from '../../../common/src/metadataApi/document/tableName.ts';
import { type Catalogue, knownValue } from '../catalogue/catalogue.ts';
import { tableKey, tableNameJson, tableText } from '../catalogue/tableNames.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { TableName } from '../schema/tableName.ts';

/** What a relationship belongs to. */
export interface RelationshipOwner {
  /** Equal for the same owner in two states. */
  readonly key: string;
  /** `table "customer" of source "shop"`: two tables can have the same. */
  readonly text: string;
  /** `table "public.customer" of source "shop"`, as a lock has it: of one owner alone, whatever the kind of its source. */
  readonly locked: string;
}

/** `table "sales.customer" of source "shop"`: names as they are, as other programs read it. */
export function tableOwnerText(table: string, source: string): string {
  return `table "${table}" of source "${source}"`;
}

/** `type "Person" of remote schema "people"`: the same. */
export function typeOwnerText(type: string, remoteSchema: string): string {
  return `type "${type}" of remote schema "${remoteSchema}"`;
}

/** `undefined` where it is not known. */
export function ownerOf({ owner }: Relationship, catalogue: Catalogue): RelationshipOwner | undefined {
  if (owner.kind === 'table') {
    const table = knownValue(owner.table);
    if (table === undefined || owner.source === undefined) return undefined;
    const { name } = owner.source;
    const kind = knownValue(catalogue.source(name))?.kind;
    const text = tableOwnerText(tableText(kind, table), name);
    return {
      key: JSON.stringify([name, tableKey(kind, table) ?? text]),
      text,
      locked: `table ${lockedTable(kind, table)} of source ${JSON.stringify(name)}`,
    };
  }
  const type = knownValue(owner.typeName);
  if (type === undefined) return undefined;
  if (owner.kind === 'action-type') {
    const locked = `action type ${JSON.stringify(type)}`;
    return { key: JSON.stringify([type]), text: `action type "${type}"`, locked };
  }
  if (owner.remoteSchema === undefined) return undefined;
  const { name } = owner.remoteSchema;
  return {
    key: JSON.stringify([name, type, '']),
    text: typeOwnerText(type, name),
    locked: `type ${JSON.stringify(type)} of remote schema ${JSON.stringify(name)}`,
  };
}

/** `"public.customer"`, with its default written out; JSON where a dot is in a part, or the kind takes no such name. */
function lockedTable(kind: string | undefined, table: TableName): string {
  const key = tableKey(kind, table);
  if (key === undefined) return JSON.stringify([tableNameJson(table)]);
  const parts = Object.values(JSON.parse(key) as Readonly<Record<string, string>>);
  return parts.some((part) => part.includes('.')) ? key : JSON.stringify(parts.join('.'));
}

/** The text of an owner from what a lock has of it; `kindOf`: the kind of a source, `undefined` where it is not known. */
export function textOfLocked(locked: string, kindOf: (source: string) => string | undefined): string {
  const [, written, quotedSource] = /^table (["[{].*) of source ("(?:[^"\\]|\\.)*")$/s.exec(locked) ?? [];
  const table = jsonIn(written);
  const source = jsonIn(quotedSource);
  if (table === undefined || typeof source !== 'string') return locked;
  return tableOwnerText(tables.tableText(kindOf(source), nameIn(table)), source);
}

function nameIn(table: Json): Json {
  if (isJsonArray(table) && table.length === 1) return table[0] ?? '';
  const [schema, name, ...more] = typeof table === 'string' ? table.split('.') : [];
  return schema === undefined || name === undefined || more.length > 0 ? table : { schema, name };
}

function jsonIn(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}
