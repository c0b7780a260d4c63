import type { Node, SelectStmt } from 'libpg-query';
import { isBuiltinType, printedNames } from './builtinTypes.ts';
import {
  type Catalogue,
  type Column,
  findRelation,
  findType,
  type Relation,
  type SqlType,
  schemaName,
} from './catalogue.ts';
import type { Session } from './session.ts';
import { qualifiedName, words } from './types.ts';
import { type Evaluation, evaluate, type SubLink, type Value } from './values.ts';

/** A row of one of the database's own tables. */
interface Row {
  readonly values: Readonly<Record<string, Value>>;
  /** It may not be there. */
  readonly maybe: boolean;
}

/** Evaluates what a migration asks of the database before it changes it. */
export function evaluationOf(session: Session, variables: ReadonlyMap<string, Value>): Evaluation {
  const { catalogue } = session;
  const evaluation: Evaluation = {
    lookUp: (names) => (names.length === 1 ? variables.get(names[0] ?? '') : undefined),
    ask: (link) => askQuery(catalogue, evaluation, link),
    call: (name, args) => {
      if (name === 'to_regclass') return regclass(catalogue, args[0]);
      if (name === 'to_regtype') return regtype(catalogue, args[0]);
      if (name === 'to_regnamespace')
        return typeof args[0] === 'string' ? namespace(catalogue, args[0]) : undefined;
      return name === 'current_schema' ? (catalogue.searchPath[0] ?? null) : undefined;
    },
    cast: (type, value) => {
      if (type === 'regclass') return regclass(catalogue, value);
      if (type === 'regtype') return regtype(catalogue, value);
      if (type === 'regnamespace') return typeof value === 'string' ? namespace(catalogue, value) : undefined;
      return value;
    },
  };
  return evaluation;
}

/** As the rows below have it: an object's identity, as good as its number. */
function identity(catalogue: Catalogue, found: { schema: number; name: string }): string {
  return `${schemaName(catalogue, found.schema)}.${found.name}`;
}

function splitName(value: string): string[] {
  return value.split('.').map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()));
}

function regclass(catalogue: Catalogue, value: Value): Value {
  if (typeof value !== 'string') return undefined;
  const relation = findRelation(catalogue, qualifiedName(splitName(value)));
  if (relation) return relation.existence === 'maybe' ? undefined : identity(catalogue, relation);
  return catalogue.wild ? undefined : null;
}

function regtype(catalogue: Catalogue, value: Value): Value {
  if (typeof value !== 'string') return undefined;
  const names = splitName(value);
  if (isBuiltinType(names.at(-1) ?? '')) return names.at(-1);
  const type = findType(catalogue, qualifiedName(names));
  if (type) return identity(catalogue, type);
  return catalogue.wild ? undefined : null;
}

function namespace(catalogue: Catalogue, name: string): Value {
  return [...catalogue.schemas.values()].some((schema) => schema.name === name)
    ? `schema ${name}`
    : undefined;
}

function askQuery(catalogue: Catalogue, evaluation: Evaluation, link: SubLink): Value {
  const select = link.subselect && 'SelectStmt' in link.subselect ? link.subselect.SelectStmt : undefined;
  if (!select || select.larg) return undefined;
  if (link.subLinkType === 'EXISTS_SUBLINK') return hasRows(catalogue, evaluation, select);
  return link.subLinkType === 'EXPR_SUBLINK' ? firstValue(catalogue, evaluation, select) : undefined;
}

/** Whether a query has a row. */
export function hasRows(
  catalogue: Catalogue,
  evaluation: Evaluation,
  select: SelectStmt,
): boolean | undefined {
  const found = matching(catalogue, evaluation, select);
  if (!found) return undefined;
  if (found.some(({ match, row }) => match === true && !row.maybe)) return true;
  return found.length > 0 || catalogue.wild ? undefined : false;
}

/** The first value of a query, or how many rows it has. */
export function firstValue(catalogue: Catalogue, evaluation: Evaluation, select: SelectStmt): Value {
  const target = select.targetList?.[0];
  const node = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  if (!select.fromClause) return evaluate(evaluation, node);
  const found = matching(catalogue, evaluation, select);
  if (!found || found.some(({ match, row }) => match !== true || row.maybe)) return undefined;
  if (found.length === 0 && catalogue.wild) return undefined;
  if (node && 'FuncCall' in node && words(node.FuncCall.funcname).at(-1) === 'count') return found.length;
  const [first] = found;
  if (!first) return null;
  return found.length === 1 ? evaluate(inRow(evaluation, first.row), node) : truth(found, evaluation, node);
}

/** Of several rows, a value that all have. */
function truth(found: readonly Match[], evaluation: Evaluation, node: Node | undefined): Value {
  const [first, ...rest] = found.map(({ row }) => evaluate(inRow(evaluation, row), node));
  return rest.every((value) => value === first) ? first : undefined;
}

interface Match {
  readonly row: Row;
  readonly match: Value;
}

/** Rows that match, or may; `undefined` when it is no table of the database's own, or one of which nothing is kept. */
function matching(catalogue: Catalogue, evaluation: Evaluation, select: SelectStmt): Match[] | undefined {
  const tables = (select.fromClause ?? []).flatMap(tablesOf);
  const conditions = [select.whereClause, ...(select.fromClause ?? []).flatMap(joinConditions)];
  const source = sources.find(({ names }) => tables.some((name) => names.includes(name)));
  if (!source || !tables.every((name) => knownTables.has(name)) || select.groupClause) return undefined;
  return source.rows(catalogue).flatMap((row) => {
    const match = conditions.reduce<Value>((sofar, condition) => {
      if (sofar === false || !condition) return sofar;
      const value = evaluate(inRow(evaluation, row), condition);
      return value === false ? false : value === true ? sofar : undefined;
    }, true);
    return match === false ? [] : [{ row, match }];
  });
}

function inRow(evaluation: Evaluation, { values }: Row): Evaluation {
  return {
    ...evaluation,
    lookUp: (names) => {
      const name = names.at(-1) ?? '';
      return Object.hasOwn(values, name) ? values[name] : evaluation.lookUp(names);
    },
  };
}

function tablesOf(node: Node): string[] {
  if ('RangeVar' in node) return [node.RangeVar.relname ?? ''];
  if ('JoinExpr' in node)
    return [node.JoinExpr.larg, node.JoinExpr.rarg].flatMap((each) => (each ? tablesOf(each) : ['']));
  return [''];
}

/** Each source has what the tables joined to it would add; how they are joined says nothing more. */
function joinConditions(node: Node): Node[] {
  if (!('JoinExpr' in node)) return [];
  const { larg, rarg, quals } = node.JoinExpr;
  return [
    ...[larg, rarg].flatMap((each) => (each ? joinConditions(each) : [])),
    ...(quals ? withoutKeys(quals) : []),
  ];
}

function withoutKeys(node: Node): Node[] {
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR')
    return (node.BoolExpr.args ?? []).flatMap(withoutKeys);
  const isKey =
    'A_Expr' in node &&
    node.A_Expr.lexpr !== undefined &&
    'ColumnRef' in node.A_Expr.lexpr &&
    node.A_Expr.rexpr !== undefined &&
    'ColumnRef' in node.A_Expr.rexpr;
  return isKey ? [] : [node];
}

interface Source {
  readonly names: readonly string[];
  readonly rows: (catalogue: Catalogue) => Row[];
}

/** The tables that say most first. */
const sources: readonly Source[] = [
  { names: ['columns', 'pg_attribute'], rows: columnRows },
  {
    names: [
      'pg_constraint',
      'table_constraints',
      'referential_constraints',
      'constraint_column_usage',
      'key_column_usage',
    ],
    rows: constraintRows,
  },
  { names: ['pg_proc', 'routines'], rows: routineRows },
  { names: ['pg_type'], rows: typeRows },
  { names: ['pg_class', 'pg_tables', 'tables', 'pg_views', 'views', 'pg_matviews'], rows: relationRows },
  { names: ['pg_extension'], rows: extensionRows },
  { names: ['pg_namespace', 'schemata'], rows: schemaRows },
];

const knownTables = new Set(sources.flatMap(({ names }) => names));

const relationKinds: Readonly<Record<Relation['kind'], readonly [string, string]>> = {
  table: ['r', 'BASE TABLE'],
  view: ['v', 'VIEW'],
  'materialized view': ['m', 'MATERIALIZED VIEW'],
  'foreign table': ['f', 'FOREIGN'],
  'composite type': ['c', 'COMPOSITE'],
};

function relationValues(catalogue: Catalogue, relation: Relation): Record<string, Value> {
  const schema = schemaName(catalogue, relation.schema);
  const [relkind, type] = relationKinds[relation.kind];
  return {
    oid: identity(catalogue, relation),
    relname: relation.name,
    table_name: relation.name,
    tablename: relation.name,
    viewname: relation.name,
    matviewname: relation.name,
    relkind,
    table_type: type,
    table_schema: schema,
    schemaname: schema,
    nspname: schema,
    relnamespace: `schema ${schema}`,
    table_catalog: undefined,
  };
}

function relationRows(catalogue: Catalogue): Row[] {
  return [...catalogue.relations.values()].map((relation) => ({
    values: relationValues(catalogue, relation),
    maybe: relation.existence === 'maybe',
  }));
}

function columnRows(catalogue: Catalogue): Row[] {
  return [...catalogue.relations.values()].flatMap((relation) => {
    const values = relationValues(catalogue, relation);
    const more = { ...values, attrelid: values['oid'], attisdropped: false };
    const rows = relation.columns.map((column, index) => ({
      values: { ...more, attnum: index + 1, ...columnValues(column) },
      maybe: column.maybe || relation.existence === 'maybe',
    }));
    const others = { values: { ...more, column_name: undefined, attname: undefined }, maybe: true };
    return relation.closed ? rows : [...rows, others];
  });
}

function columnValues({ name, type, nullable }: Column): Record<string, Value> {
  return {
    column_name: name,
    attname: name,
    data_type: type && dataType(type),
    udt_name:
      typeof type?.base === 'string' && !type.unseen ? `${type.array ? '_' : ''}${type.base}` : undefined,
    is_nullable: nullable === undefined ? undefined : nullable ? 'YES' : 'NO',
    attnotnull: nullable === undefined ? undefined : !nullable,
    character_maximum_length:
      type?.base === 'varchar' ? (type.modifiers === undefined ? null : Number(type.modifiers)) : undefined,
  };
}

function dataType(type: SqlType): Value {
  if (type.array) return 'ARRAY';
  if (typeof type.base === 'number') return 'USER-DEFINED';
  return type.unseen ? undefined : (printedNames.get(type.base) ?? type.base);
}

const constraintKinds = {
  'primary key': ['p', 'PRIMARY KEY'],
  unique: ['u', 'UNIQUE'],
  'foreign key': ['f', 'FOREIGN KEY'],
  other: [undefined, undefined],
} as const;

function constraintRows(catalogue: Catalogue): Row[] {
  return [...catalogue.relations.values()].flatMap((relation) => {
    const values = relationValues(catalogue, relation);
    const more = {
      ...values,
      conrelid: values['oid'],
      constraint_schema: values['nspname'],
      column_name: undefined,
    };
    const rows: Row[] = relation.constraints.map(({ name, kind }) => ({
      values: {
        ...more,
        conname: name,
        constraint_name: name,
        contype: constraintKinds[kind][0],
        constraint_type: constraintKinds[kind][1],
      },
      maybe: relation.existence === 'maybe',
    }));
    const others = { values: { ...more, conname: undefined, constraint_name: undefined }, maybe: true };
    return relation.foreignKeysKnown ? rows : [...rows, others];
  });
}

function routineRows(catalogue: Catalogue): Row[] {
  return [...catalogue.routines.values()].map(({ name, schema, maybe }) => ({
    values: {
      proname: name,
      routine_name: name,
      nspname: schemaName(catalogue, schema),
      routine_schema: schemaName(catalogue, schema),
      pronamespace: `schema ${schemaName(catalogue, schema)}`,
    },
    maybe,
  }));
}

function typeRows(catalogue: Catalogue): Row[] {
  const kinds = { enum: 'e', domain: 'd', range: 'r', other: 'b' };
  const types = [...catalogue.types.values()].map((type) => ({ ...type, typtype: kinds[type.kind] }));
  const rows = [...catalogue.relations.values()].map((relation) => ({
    ...relation,
    typtype: 'c',
    maybe: relation.existence === 'maybe',
  }));
  return [...types, ...rows].map((type) => ({
    values: {
      oid: identity(catalogue, type),
      typname: type.name,
      typtype: type.typtype,
      nspname: schemaName(catalogue, type.schema),
      typnamespace: `schema ${schemaName(catalogue, type.schema)}`,
    },
    maybe: type.maybe,
  }));
}

function extensionRows(catalogue: Catalogue): Row[] {
  return [...catalogue.extensions].map(([extname]) => ({ values: { extname }, maybe: false }));
}

function schemaRows(catalogue: Catalogue): Row[] {
  return [...catalogue.schemas.values()].map(({ name }) => ({
    values: { oid: `schema ${name}`, nspname: name, schema_name: name },
    maybe: false,
  }));
}
