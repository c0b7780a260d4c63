import { isJsonObject, type Json } from '../../../../common/src/metadataApi/document/json.ts';
import type { ReplayedDatabase } from './replayedDatabase.ts';

/** What a replay left behind, as it was written as JSON. `undefined` of any other text. */
export function keptDatabase(text: string): ReplayedDatabase | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isDatabase(value) ? (value as unknown as ReplayedDatabase) : undefined;
  } catch {
    return undefined;
  }
}

type Test = (value: Json | undefined) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isNumber: Test = (value) => typeof value === 'number';
const isTruth: Test = (value) => typeof value === 'boolean';

function oneOf(...values: readonly string[]): Test {
  return (value) => typeof value === 'string' && values.includes(value);
}

/** JSON leaves out what is `undefined`; in a list it is `null`. */
function maybe(test: Test): Test {
  return (value) => value === undefined || test(value);
}

function listOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every(test);
}

function object(members: Readonly<Record<string, Test>>): Test {
  const tests = Object.entries(members);
  return (value) => isJsonObject(value) && tests.every(([name, test]) => test(value[name]));
}

const isPlace = { uri: isText, offset: isNumber, length: isNumber };
const isOrigin = object({ location: object(isPlace), line: isNumber });
const isName = { schema: isText, name: isText };
const isGone = { name: isText, how: oneOf('dropped', 'renamed'), origin: isOrigin };

const isColumn = object({
  name: isText,
  type: maybe(isText),
  nullable: maybe(isTruth),
  description: maybe(isText),
  origin: isOrigin,
});

const isDatabase = object({
  tables: listOf(
    object({
      ...isName,
      kind: oneOf('table', 'view', 'materialized view', 'foreign table'),
      columns: listOf(isColumn),
      closed: isTruth,
      goneColumns: listOf(object(isGone)),
      foreignKeys: maybe(listOf(object({ columns: listOf(isText), table: object(isName) }))),
      description: maybe(isText),
      origin: isOrigin,
    }),
  ),
  goneTables: listOf(object({ ...isGone, ...isName })),
  functions: listOf(
    object({
      ...isName,
      returnType: maybe(isText),
      returnsSet: isTruth,
      argumentTypes: listOf((value) => value === null || isText(value)),
      origin: isOrigin,
    }),
  ),
  problems: listOf(object({ ...isPlace, message: isText })),
});
