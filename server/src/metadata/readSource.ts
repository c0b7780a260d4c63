import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { given, isOpaque, keyText } from './nodes.ts';
import { type Reading, readEntries, readText, reportKind, reportMissing, spend } from './reading.ts';
import { readTables } from './readTable.ts';
import type { Affixes, LogicalModelEntry, Property, SourceEntry, TableEntry } from './relationship.ts';

const noModels: readonly LogicalModelEntry[] = [];

/** Reads the `sources` of a metadata document, or the list in `databases.yaml`. */
export function readSources(reading: Reading, node: SyntaxNode): void {
  readEntries(reading, node, 'sources', {
    read: (item) => readSource(reading, item),
    unknown: (item) => reading.model.sources.push(unknownSource(item)),
  });
}

/** What is filled in later may be any source. */
function unknownSource(node: SyntaxNode): SourceEntry {
  return {
    node,
    name: { state: 'unknown', node },
    kind: undefined,
    namingConvention: undefined,
    typeNames: noAffixes,
    tables: [],
    logicalModels: noModels,
    tablesComplete: false,
  };
}

function readSource(reading: Reading, node: SyntaxNode): void {
  const name = readName(reading, node);
  const owner = name.state === 'present' ? { name: name.value, node: name.node } : undefined;
  const list = property(node, 'tables');
  for (const key of ['tables', 'configuration']) {
    const value = property(node, key);
    if (value === undefined) reportMissing(reading, node, 'source', key);
    else if (value.kind === 'null') {
      reportKind(reading, value, 'source', key === 'tables' ? 'Array' : 'Object', { key });
    }
  }
  const tables: TableEntry[] = [];
  const tablesComplete = list !== undefined && readTables(reading, list, owner, tables);
  reading.model.sources.push({
    node,
    name,
    kind: readKind(given(node, 'kind')),
    namingConvention: readNamingConvention(property(node, 'customization')),
    typeNames: readTypeNames(property(node, 'customization')),
    tables,
    logicalModels: readLogicalModels(reading, property(node, 'logical_models')),
    tablesComplete,
  });
  for (const table of tables) reading.model.tables.push(table);
}

/** In databases.yaml the Hasura CLI takes a number or a boolean for the text that it is written as (C13). */
function readName(reading: Reading, source: SyntaxNode): Property<string> {
  const node = property(source, 'name');
  const isPlain = node?.style === 'plain' && (node.kind === 'number' || node.kind === 'boolean');
  if (!isPlain || !reading.isDatabases) return readText(reading, source, 'name', 'source');
  const { offset, length } = node.aliasOf ?? node;
  return { state: 'present', value: reading.tree.text.slice(offset, offset + length), node };
}

function readKind(node: SyntaxNode | undefined): SourceEntry['kind'] {
  if (node === undefined) return 'postgres';
  if (typeof node.value !== 'string' || isOpaque(node)) return undefined;
  return node.value === 'pg' ? 'postgres' : node.value;
}

function readNamingConvention(customization: SyntaxNode | undefined): string | undefined {
  const value = customization && property(customization, 'naming_convention')?.value;
  return typeof value === 'string' ? value : undefined;
}

const noAffixes: Affixes = { prefix: '', suffix: '' };

function readTypeNames(customization: SyntaxNode | undefined): Affixes {
  const names = customization && property(customization, 'type_names');
  if (names === undefined) return noAffixes;
  const textOf = (key: string): string => {
    const value = property(names, key)?.value;
    return typeof value === 'string' ? value : '';
  };
  return { prefix: textOf('prefix'), suffix: textOf('suffix') };
}

function readLogicalModels(reading: Reading, node: SyntaxNode | undefined): readonly LogicalModelEntry[] {
  if (node === undefined || node.children.length === 0) return noModels;
  const models: LogicalModelEntry[] = [];
  for (const item of node.children) {
    if (!spend(reading)) break;
    const name = property(item, 'name')?.value;
    if (typeof name !== 'string') continue;
    const fields = property(item, 'fields');
    models.push({ name, fields: (fields?.children ?? []).flatMap(readLogicalField) });
  }
  return models;
}

/** Fields are a list of `{name, type}`, in old documents a map from name to the rest. */
function readLogicalField(node: SyntaxNode): LogicalModelEntry['fields'] {
  const name = node.key === undefined ? property(node, 'name')?.value : keyText(node);
  if (typeof name !== 'string') return [];
  const type = property(node, 'type');
  if (type?.kind === 'string') {
    return [{ name, type: String(type.value), nullable: flag(property(node, 'nullable')), scalar: true }];
  }
  if (type?.kind !== 'object') return [{ name, type: undefined, nullable: undefined, scalar: true }];
  const scalar = property(type, 'scalar');
  const nested = property(type, 'array') ?? property(type, 'logical_model');
  return [
    {
      name,
      type: typeof scalar?.value === 'string' ? scalar.value : undefined,
      nullable: flag(property(type, 'nullable')),
      scalar: nested === undefined,
    },
  ];
}

function flag(node: SyntaxNode | undefined): boolean | undefined {
  return typeof node?.value === 'boolean' ? node.value : undefined;
}
