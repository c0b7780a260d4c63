import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import { defaultSchemaOf, isDataConnector } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import * as tables from '../../../common/src/metadataApi/document/tableName.ts';
import type { TableName } from '../schema/tableName.ts';

/** Table names as they are read, compared and shown as the metadata API has them. */

/**
 * A key that is equal for equal tables of a source of this kind; case counts.
 * `undefined` when the name has a form the backend does not take (R31). Of an unknown kind any form goes.
 */
export function tableKey(kind: string | undefined, table: TableName): string | undefined {
  const known = lastKeys.get(table);
  if (known !== undefined && known.kind === kind) return known.key;
  const key = readKey(kind, table);
  lastKeys.set(table, { kind, key });
  return key;
}

/** Those of thousands of tables are asked for after every keystroke. */
const lastKeys = new WeakMap<
  TableName,
  { readonly kind: string | undefined; readonly key: string | undefined }
>();

function readKey(kind: string | undefined, table: TableName): string | undefined {
  if (kind === undefined) return looseKey(table);
  if (table.form === 'dataset' && kind !== 'bigquery') return undefined;
  const canonical = tables.canonicalTableName(kind, tableNameJson(table));
  return canonical === undefined ? undefined : JSON.stringify(canonical);
}

/** The key of a table of a snapshot, whose entries may be written less strictly than metadata. */
export function snapshotTableKey(kind: string | undefined, table: TableName): string {
  const key = tableKey(kind, table);
  if (key !== undefined || kind === undefined) return key ?? looseKey(table);
  const written = table.form === 'list' ? table.parts : [table.schema, table.name];
  const parts = written.filter((part) => part !== undefined);
  const [name = '', group] = parts.toReversed();
  const fitting =
    isDataConnector(kind) || parts.length > 2
      ? parts
      : { [kind === 'bigquery' ? 'dataset' : 'schema']: group ?? defaultSchemaOf(kind) ?? null, name };
  return JSON.stringify(fitting);
}

/** The server's text form of a table name: `customer`, `sales.customer`. */
export function tableText(kind: string | undefined, table: TableName): string {
  return tables.tableText(kind, tableNameJson(table));
}

/** What the server makes of a table's name in GraphQL, where its metadata gives no other (R49). */
export function graphqlTableName(kind: string | undefined, table: TableName): string {
  const parts =
    table.form === 'list' ? table.parts : [table.schema ?? defaultSchemaOf(kind) ?? '', table.name];
  const hidden = table.form !== 'list' && (parts[0] === '' || parts[0] === defaultSchemaOf(kind));
  return parts.slice(hidden ? 1 : 0).join('_');
}

/** A name as JSON, in the form it was written in. */
export function tableNameJson({ form, schema, name, parts }: TableName): Json {
  if (form === 'string') return name;
  if (form === 'list') return parts;
  return schema === undefined ? { name } : { [form]: schema, name };
}

function looseKey({ form, schema, name, parts }: TableName): string {
  if (form === 'list' || form === 'string') return JSON.stringify(parts);
  const hidden = schema === undefined || tables.isDefaultSchema(schema);
  return JSON.stringify(hidden ? [name] : [schema, name]);
}
