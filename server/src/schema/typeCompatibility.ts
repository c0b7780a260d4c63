import { isBuiltInScalar } from './builtInScalars.ts';
import type { RemoteSchema, TypeReference } from './remoteSchema.ts';
import { postgresTypeName, readSqlType, scalarName } from './sqlTypes.ts';
import { listDepth, namedTypeOf } from './typeReference.ts';
import { familyOf, type ValueFamily } from './valueFamily.ts';

/** Whether values of one type do as values of another: `differs` only where a query would really fail. */
export type Agreement = 'agrees' | 'differs' | 'unknown';

/**
 * R23: the server's message when a scalar literal does not fit the type a place expects; `undefined` when it does.
 * Lists around the expected type don't count: a single value is coerced. Servers before 2.0 took nothing else for an ID
 * (`idTakesOthers`, spec 5.3).
 */
export function literalAgrees(
  literalType: 'Int' | 'Float' | 'Boolean' | 'String',
  expected: TypeReference,
  idTakesOthers = true,
): string | undefined {
  const base = namedTypeOf(expected);
  if (base === 'ID' && idTakesOthers) {
    return literalType === 'Int' || literalType === 'String' ? undefined : idMessage(literalType);
  }
  return base === literalType ? undefined : typeMessage(base, literalType);
}

/**
 * R24, servers before 2.2.0 (spec 5.3): the message with which they refuse a column as a variable, `undefined` when they
 * take it or when it can't be told. They checked postgres, citus, mssql and bigquery only. Before 2.0 no column did for an ID
 * (`idTakesOthers`).
 */
export function strictVariableMessage(
  column: {
    readonly kind: string | undefined;
    readonly type: string | undefined;
    readonly enumReference?: boolean | undefined;
  },
  expected: TypeReference,
  idTakesOthers = true,
): string | undefined {
  if (!strictKinds.has(column.kind ?? '')) return undefined;
  if (column.enumReference === true) return 'enum value is not supported';
  if (column.type === undefined) return undefined;
  const type = readSqlType(column.type);
  if (type === undefined) return undefined;
  // An array has a scalar of its own, named after the SQL name of its element.
  const actual =
    type.lists > 0 ? `_${postgresTypeName(type.name)}` : scalarName(column.kind, type.name, column.type);
  if (actual === undefined) return undefined;
  const base = namedTypeOf(expected);
  if (base === 'ID' && idTakesOthers) return strictIds.has(actual) ? undefined : idMessage(actual);
  const fits = actual === base || (actual === 'bpchar' && base === 'character');
  return fits ? undefined : typeMessage(base, actual);
}

const strictKinds = new Set(['postgres', 'citus', 'mssql', 'bigquery']);
const strictIds = new Set(['ID', 'Int', 'String', 'bigint', 'smallint', 'uuid']);

function idMessage(actual: string): string {
  return `Only ID, Int, uuid or String scalar types can be joined to the ID type, but received "${actual}"`;
}

function typeMessage(expected: string, actual: string): string {
  return `expected type "${expected}" but got "${actual}"`;
}

/**
 * R24, all newer servers, which check nothing: would the remote schema take values of the left-hand side's type?
 * Custom scalars and enums on the remote side are unknown, but for values they can't possibly take.
 */
export function variableAgreement(
  lhsType: TypeReference | undefined,
  expected: TypeReference,
  schema: RemoteSchema | undefined,
): Agreement {
  if (lhsType === undefined) return 'unknown';
  const base = namedTypeOf(expected);
  const lhsName = namedTypeOf(lhsType);
  const lhsLists = listDepth(lhsType);
  const lists = listDepth(expected);
  if (lhsName === base && lhsLists === lists) return 'agrees';
  const family = lhsFamily(lhsName);
  if (lhsLists > 0 && lhsLists !== lists) {
    // A list is never coerced to a single value; between lists of different depth servers differ.
    return lists === 0 && takesNoList(base, schema) ? 'differs' : 'unknown';
  }
  // JSON may hold the list that is expected.
  if (family === undefined || (family === 'json' && lists > lhsLists)) return 'unknown';
  if (isBuiltInScalar(base))
    return builtInAgreement[base]?.[family] ?? (lhsName === base ? 'agrees' : 'unknown');
  const kind = schema?.type(base)?.kind;
  if (kind === 'input-object') return family === 'json' || family === 'geometry' ? 'unknown' : 'differs';
  if (kind === 'enum') return numberOrBoolean.has(family) ? 'differs' : 'unknown';
  return 'unknown';
}

/** Types of columns are in one case; a name like `Date` is a remote schema's own, with values nobody knows. */
function lhsFamily(name: string): ValueFamily | undefined {
  const oneCase = name === name.toLowerCase() || name === name.toUpperCase();
  return oneCase || isBuiltInScalar(name) ? familyOf(name) : undefined;
}

const numberOrBoolean = new Set<ValueFamily>(['integer', 'big-integer', 'decimal', 'float', 'boolean']);

function takesNoList(base: string, schema: RemoteSchema | undefined): boolean {
  if (isBuiltInScalar(base)) return true;
  const kind = schema?.type(base)?.kind;
  return kind === 'enum' || kind === 'input-object';
}

const agree = (...list: readonly ValueFamily[]) => rows('agrees', list);
const differ = (...list: readonly ValueFamily[]) => rows('differs', list);

function rows(agreement: Agreement, list: readonly ValueFamily[]): { [family in ValueFamily]?: Agreement } {
  return Object.fromEntries(list.map((family) => [family, agreement]));
}

/** What is not listed is unknown: text of digits for an `ID` of a number, JSON that may hold a string, ... */
const builtInAgreement: Readonly<Record<string, { readonly [family in ValueFamily]?: Agreement }>> = {
  Int: {
    ...agree('integer'),
    ...differ('float', 'boolean', 'text', 'uuid', 'date', 'timestamp', 'time', 'json', 'geometry'),
  },
  Float: {
    ...agree('integer', 'big-integer', 'decimal', 'float'),
    ...differ('boolean', 'text', 'uuid', 'date', 'timestamp', 'time', 'json', 'geometry'),
  },
  String: {
    ...agree('text', 'uuid', 'id', 'date', 'timestamp', 'time'),
    ...differ('integer', 'big-integer', 'decimal', 'float', 'boolean', 'geometry'),
  },
  Boolean: {
    ...agree('boolean'),
    ...differ('integer', 'big-integer', 'decimal', 'float', 'text', 'uuid', 'id', 'date', 'timestamp'),
    ...differ('time', 'json', 'geometry'),
  },
  ID: {
    ...agree('id', 'integer', 'big-integer', 'text', 'uuid'),
    ...differ('float', 'boolean', 'json', 'geometry'),
  },
};

/**
 * How well a left-hand side field suits an argument, for ranking: 5 the same type, 4 the same kind of value,
 * 3 agrees, 2 not known, 0 differs. One less where a single value stands for a list.
 */
export function agreementRank(
  lhsType: TypeReference | undefined,
  expected: TypeReference,
  schema?: RemoteSchema,
): number {
  if (lhsType === undefined) return 2;
  const agreement = variableAgreement(lhsType, expected, schema);
  if (agreement === 'differs') return 0;
  const lhsName = namedTypeOf(lhsType);
  const base = namedTypeOf(expected);
  const family = familyOf(lhsName);
  const same = lhsName === base;
  const alike = same || (family !== undefined && family === familyOf(base));
  const rank = same ? 5 : alike ? 4 : agreement === 'agrees' ? 3 : 2;
  return listDepth(lhsType) === listDepth(expected) ? rank : rank - 1;
}

/** Families whose values are told apart for certain when joined to one another. */
type JoinFamily = 'number' | 'text' | 'uuid' | 'boolean' | 'moment' | 'other';

const joinFamilies: Readonly<Record<ValueFamily, JoinFamily>> = {
  integer: 'number',
  'big-integer': 'number',
  decimal: 'number',
  float: 'number',
  boolean: 'boolean',
  text: 'text',
  uuid: 'uuid',
  date: 'moment',
  timestamp: 'moment',
  time: 'moment',
  json: 'other',
  geometry: 'other',
  id: 'other',
};

/**
 * Do columns of two sources hold values that can be equal? Text may hold a uuid or a time, so those are unknown.
 * No server compares them (R36).
 */
export function columnTypesAgree(
  kindA: string | undefined,
  typeA: string | undefined,
  kindB: string | undefined,
  typeB: string | undefined,
): Agreement {
  const a = columnFamily(kindA, typeA);
  const b = columnFamily(kindB, typeB);
  if (a === undefined || b === undefined) return 'unknown';
  if (a.lists > 0 !== b.lists > 0) {
    return a.family === 'json' || b.family === 'json' ? 'unknown' : 'differs';
  }
  if (a.lists !== b.lists) return 'unknown';
  if (a.name === b.name) return a.family === undefined && kindA !== kindB ? 'unknown' : 'agrees';
  return familiesAgree(a.family, b.family);
}

function familiesAgree(a: ValueFamily | undefined, b: ValueFamily | undefined): Agreement {
  if (a === undefined || b === undefined) return 'unknown';
  if (a === b) return 'agrees';
  const joinA = joinFamilies[a];
  const joinB = joinFamilies[b];
  if (joinA === 'other' || joinB === 'other') return 'unknown';
  if (joinA === joinB) return joinA === 'moment' ? 'unknown' : 'agrees';
  const withText = joinA === 'text' ? joinB : joinB === 'text' ? joinA : undefined;
  return withText === 'uuid' || withText === 'moment' ? 'unknown' : 'differs';
}

/**
 * Can the value of a remote schema's field equal that of a column? What is inside of a list or an object has no SQL type,
 * and JSON may hold both. No server compares them (R36).
 */
export function fieldAndColumnAgree(
  fieldType: TypeReference,
  schema: RemoteSchema | undefined,
  columnKind: string | undefined,
  columnType: string | undefined,
): Agreement {
  const column = columnFamily(columnKind, columnType);
  if (column === undefined || column.family === 'json') return 'unknown';
  const name = namedTypeOf(fieldType);
  const lists = listDepth(fieldType);
  const family = lhsFamily(name);
  if (lists > 0 !== column.lists > 0) {
    // A single value of JSON may be a list.
    if (lists === 0 && (family === undefined || family === 'json') && !isSingle(name, schema))
      return 'unknown';
    return column.family === undefined && lists > 0 ? 'unknown' : 'differs';
  }
  if (lists !== column.lists) return 'unknown';
  const kind = schema?.type(name)?.kind;
  if (kind === 'object' || kind === 'interface' || kind === 'union') {
    return column.family === undefined ? 'unknown' : 'differs';
  }
  if (kind === 'enum') {
    return column.family === 'text' ? 'unknown' : familiesAgree('text', column.family);
  }
  return familiesAgree(family, column.family);
}

/** Whether a type is certain to have no lists for values. */
function isSingle(name: string, schema: RemoteSchema | undefined): boolean {
  const kind = schema?.type(name)?.kind;
  return isBuiltInScalar(name) || (kind !== undefined && kind !== 'scalar');
}

function columnFamily(kind: string | undefined, sqlType: string | undefined) {
  const type = sqlType === undefined ? undefined : readSqlType(sqlType);
  if (type === undefined) return undefined;
  // A single bit is the boolean of mssql; elsewhere it is a string of bits.
  const name = kind === 'mssql' && type.name === 'bit' ? 'boolean' : type.name;
  return { name, lists: type.lists, family: familyOf(name) };
}
