import { readServerVersion } from '../../../common/src/serverVersion.ts';
import type { Catalogue, Knowledge, Source, Table } from '../../../server/src/catalogue/catalogue.ts';
import type {
  ConfiguredFacts,
  ConfiguredSource,
  MetadataFacts,
} from '../../../server/src/catalogue/catalogueInput.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { TableName } from '../../../server/src/schema/tableName.ts';
import { tableNameOf } from '../../../server/src/schema/tableName.ts';
import { readTableSnapshot, tablesOfSource } from '../../../server/src/schema/tableSnapshot.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage, SyntaxNode } from '../../../server/src/syntax/tree.ts';

export const serverVersion = readServerVersion('2.48');

// ---- inputs, written short -----------------------------------------------------------------------------------

/** The project's metadata: one document for each value, all of it complete unless said otherwise. */
export function metadata(
  documents: readonly unknown[],
  more: Partial<Omit<MetadataFacts, 'documents'>> = {},
  language: SyntaxLanguage = 'json',
): MetadataFacts {
  return {
    documents: documents.map((document, index) => ({
      uri: `file:///metadata/${index}`,
      model: readModel(parse(JSON.stringify(document), language)),
    })),
    sourcesComplete: true,
    remoteSchemasComplete: true,
    tablesComplete: new Map(),
    ...more,
  };
}

export function source(name: string, tables: readonly unknown[], more: object = {}) {
  return { name, kind: 'postgres', tables, configuration: {}, ...more };
}

export function snapshot(
  name: string,
  tables: unknown,
  more: Partial<ConfiguredSource> = {},
): ConfiguredSource {
  const read = readTableSnapshot(`file:///schema/${name}.tables.json`, parse(JSON.stringify(tables), 'json'));
  const own = tablesOfSource(read, name);
  return {
    name,
    kind: 'postgres',
    tables: own?.tables,
    complete: own?.complete === true,
    location: undefined,
    ...more,
  };
}

export function configured(
  sources: readonly ConfiguredSource[],
  more: Partial<ConfiguredFacts> = {},
): ConfiguredFacts {
  return { sources, sourcesDeclared: true, remoteSchemas: [], remoteSchemasDeclared: true, ...more };
}

export function requests(...list: readonly unknown[]) {
  const model = readModel(parse(JSON.stringify({ type: 'bulk', args: list }), 'json'));
  return [{ uri: 'file:///request.json', requests: model.otherRequests }];
}

// ---- questions -----------------------------------------------------------------------------------------------

export function nodeOf(json: unknown): SyntaxNode {
  const root = parse(JSON.stringify(json), 'json').roots[0];
  if (root === undefined) throw new Error('no value');
  return root;
}

export function nameOf(json: unknown): TableName {
  const name = tableNameOf(nodeOf(json));
  if (name === undefined) throw new Error('no table name');
  return name;
}

export function known<T>(knowledge: Knowledge<T>): T {
  if (knowledge.state !== 'present') throw new Error(knowledge.state);
  return knowledge.value;
}

export function sourceOf(catalogue: Catalogue, name = 'shop'): Source {
  return known(catalogue.source(name));
}

export function tableOf(catalogue: Catalogue, table: unknown, name = 'shop'): Table {
  return known(sourceOf(catalogue, name).table(nameOf(table)));
}

export function tableState(catalogue: Catalogue, table: unknown, name = 'shop') {
  return sourceOf(catalogue, name).table(nameOf(table)).state;
}

export const customer = { table: { schema: 'public', name: 'customer' } };
export const customerColumns = {
  schema: 'public',
  name: 'customer',
  columns: [
    { name: 'id', type: 'uuid', nullable: false },
    { name: 'role', type: 'text', nullable: true },
  ],
};
