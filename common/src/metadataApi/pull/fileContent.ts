import { isTypeSystemDefinitionNode, isTypeSystemExtensionNode, parse as parseGraphql } from 'graphql';
import { attempt } from '../../attempt.ts';
import { megabyte } from '../../files/sizeLimit.ts';
import { snapshotHeadKeys } from '../../snapshotHead.ts';
import { yamlValue } from '../../yamlValue.ts';
import { isJsonArray, isJsonObject, type Json, member } from '../document/json.ts';

/**
 * What a file holds, as far as it matters to who would write over it. `doubtful`: it can't be read, or not all of it, and may
 * have been a schema or a snapshot.
 */
export type FileContent = 'nothing' | 'schema or snapshot' | 'doubtful' | 'something else';

/** YAML is read a hundred times slower than JSON. */
const longestYaml = 4 * megabyte;

/** Says what a text of a `.json`, `.yaml` or GraphQL file is. Never throws. */
export function contentOf(text: string, path: string): FileContent {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.trim() === '') return 'nothing';
  const isGraphql = /\.(?:graphqls?|gql)$/i.test(path);
  const isYaml = /\.ya?ml$/i.test(path);
  const value =
    attempt(() => JSON.parse(plain) as Json) ??
    (!isYaml || plain.length > longestYaml ? undefined : attempt(() => yamlValue(plain)));
  if (value !== undefined) return contentOfValue(value);
  return isGraphql ? contentOfGraphql(plain) : guess(plain, wordsOfSnapshots);
}

function contentOfGraphql(text: string): FileContent {
  if (text.replaceAll(/#.*/g, '').trim() === '') return 'doubtful';
  const document = attempt(() => parseGraphql(text, { noLocation: true }));
  if (document === undefined) return guess(text, wordsOfSchemas);
  return document.definitions.every(
    (definition) => isTypeSystemDefinitionNode(definition) || isTypeSystemExtensionNode(definition),
  )
    ? 'schema or snapshot'
    : 'something else';
}

const wordsOfSchemas = /^[ \t]*(?:extend|type|schema|scalar|enum|input|interface|union|directive)\b/m;
const wordsOfSnapshots = /\bcolumns\b["']?\s*:|\b__schema\b/;
/** Hasura's metadata has columns, too, and so have operations types. */
const wordsOfOthers = [
  /\b(?:definition|configuration)\b["']?\s*:/,
  /\bmetadata_(?:directory|file)\b["']?\s*:/,
  /_permissions\b["']?\s*:/,
  /_relationships\b["']?\s*:/,
  /!include\b/,
  /^[ \t]*(?:query|mutation|subscription|fragment)\b/m,
];

/** Of a text that can't be read. */
function guess(text: string, words: RegExp): FileContent {
  return words.test(text) && !wordsOfOthers.some((each) => each.test(text)) ? 'doubtful' : 'something else';
}

function contentOfValue(value: Json): FileContent {
  if (member(member(value, 'data') ?? value, '__schema') !== undefined) return 'schema or snapshot';
  if (isJsonArray(value)) return contentOfTables(value, false);
  // YAML of comments alone.
  if (value === null) return 'doubtful';
  if (!isJsonObject(value)) return 'something else';
  const tables = value['tables'];
  if (tables !== undefined)
    return onlyHead(value, 'tables') ? contentOfTables(tables, true) : 'something else';
  const sources = value['sources'];
  if (sources !== undefined && !onlyHead(value, 'sources')) return 'something else';
  if (sources !== undefined && !isJsonObject(sources)) return 'something else';
  const lists = Object.entries(sources ?? value)
    .filter(([key]) => sources !== undefined || !snapshotHeadKeys.has(key))
    .map(([, list]) => contentOfTables(member(list, 'tables') ?? list, sources !== undefined));
  // Lists of nothing, below names that say nothing, are anybody's.
  const telling = lists.filter((content) => content !== 'nothing');
  if (telling.length > 0) return together(telling);
  if (lists.length > 0) return 'doubtful';
  return Object.keys(value).length === 0 ? 'nothing' : 'something else';
}

function onlyHead(value: Json, key: string): boolean {
  return (
    isJsonObject(value) && Object.keys(value).every((each) => each === key || snapshotHeadKeys.has(each))
  );
}

/** `expected`: where it stands already says that these are tables. */
function contentOfTables(list: Json, expected: boolean): FileContent {
  if (!isJsonArray(list)) return 'something else';
  return list.length === 0 ? 'nothing' : together(list.map((table) => contentOfTable(table, expected)));
}

/** A part of it that is a snapshot's says what it is; beside parts that are none, that it has been damaged. */
function together(contents: readonly FileContent[]): FileContent {
  const some = (content: FileContent): boolean => contents.includes(content);
  if (some('something else'))
    return contents.every((content) => content === 'something else') ? 'something else' : 'doubtful';
  return some('schema or snapshot') ? 'schema or snapshot' : 'doubtful';
}

const tableKeys: ReadonlySet<string> = new Set([
  'schema',
  'dataset',
  'name',
  'description',
  'isEnum',
  'enum',
  'columns',
  'computedFields',
  'foreignKeys',
  'foreign_keys',
]);

function contentOfTable(table: Json, expected: boolean): FileContent {
  const name = member(table, 'name');
  if (!isJsonObject(table) || name === undefined || typeof name === 'number' || typeof name === 'boolean') {
    return 'something else';
  }
  const columns = member(table, 'columns');
  if (columns !== undefined) {
    if (!isJsonArray(columns)) return 'something else';
    const named = columns.filter((column) => typeof member(column, 'name') === 'string').length;
    if (named === columns.length) return 'schema or snapshot';
    return named > 0 ? 'doubtful' : 'something else';
  }
  if (!Object.keys(table).every((key) => tableKeys.has(key))) return 'something else';
  // Many things have a name, and a description.
  const telling = ['schema', 'dataset', 'computedFields', 'foreignKeys'].some((key) =>
    Object.hasOwn(table, key),
  );
  return expected || telling || isJsonArray(name) ? 'schema or snapshot' : 'doubtful';
}
