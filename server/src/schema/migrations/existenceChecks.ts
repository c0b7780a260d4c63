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
import { possibleUserSchemas } from './userSchema.ts';
import { castAsItIs, type Evaluation, evaluate, identityMark, type SubLink, type Value } from './values.ts';

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
      const [schema] = catalogue.searchPath;
      return name === 'current_schema' && schema === 'public' && isPathKnown(catalogue) ? schema : undefined;
    },
    cast: (type, value) => {
      if (type === 'regclass') return regclass(catalogue, value);
      if (type === 'regtype') return regtype(catalogue, value);
      if (type === 'regnamespace') return typeof value === 'string' ? namespace(catalogue, value) : undefined;
      return castAsItIs(type, value);
    },
  };
  return evaluation;
}

/** As the rows below have it: an object's identity, as good as its number. */
function identity(catalogue: Catalogue, found: { schema: number; name: string }): string {
  return `${identityMark}${schemaName(catalogue, found.schema)}.${found.name}`;
}

function splitName(value: string): string[] {
  return value.split('.').map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()));
}

function isQuotedDot(value: string): boolean {
  return /"[^".]*\.[^"]*"|[^\w."$]/.test(value);
}

/** Whether it is known what a name without a schema means. */
function isPathKnown(catalogue: Catalogue): boolean {
  return !catalogue.pathUnknown && possibleUserSchemas(catalogue).length === 0;
}

function regclass(catalogue: Catalogue, value: Value): Value {
  if (typeof value !== 'string' || !isPathKnown(catalogue) || isQuotedDot(value)) return undefined;
  const relation = findRelation(catalogue, qualifiedName(splitName(value)));
  return relation && isCertain(relation) ? identity(catalogue, relation) : undefined;
}

function regtype(catalogue: Catalogue, value: Value): Value {
  if (typeof value !== 'string' || !isPathKnown(catalogue)) return undefined;
  const names = splitName(value);
  if (isBuiltinType(names.at(-1) ?? '')) return `${identityMark}${names.at(-1)}`;
  const type = findType(catalogue, qualifiedName(names));
  if (!type || ('columns' in type ? !isCertain(type) : type.maybe)) return undefined;
  return identity(catalogue, type);
}

function namespace(catalogue: Catalogue, name: string): Value {
  return [...catalogue.schemas.values()].some((schema) => schema.name === name)
    ? `${identityMark}schema ${name}`
    : undefined;
}

function askQuery(catalogue: Catalogue, evaluation: Evaluation, link: SubLink): Value {
  const select = link.subselect && 'SelectStmt' in link.subselect ? link.subselect.SelectStmt : undefined;
  if (!select) return undefined;
  if (link.subLinkType === 'EXISTS_SUBLINK') return hasRows(catalogue, evaluation, select);
  return link.subLinkType === 'EXPR_SUBLINK' ? firstValue(catalogue, evaluation, select) : undefined;
}

/** Whether a query has a row. */
export function hasRows(
  catalogue: Catalogue,
  evaluation: Evaluation,
  select: SelectStmt,
): boolean | undefined {
  // An aggregate has a row even of none.
  const targets = (select.targetList ?? []).map((each) =>
    'ResTarget' in each ? each.ResTarget.val : undefined,
  );
  if (!targets.every((each) => each && ('A_Const' in each || 'ColumnRef' in each))) return undefined;
  const found = matching(catalogue, evaluation, select);
  if (!found) return undefined;
  if (found.rows.some(({ match, row }) => match === true && !row.maybe)) return true;
  return found.rows.length > 0 || !found.complete ? undefined : false;
}

/** The first value of a query, or how many rows it has. */
export function firstValue(catalogue: Catalogue, evaluation: Evaluation, select: SelectStmt): Value {
  const target = select.targetList?.[0];
  const node = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  if (!select.fromClause)
    return isPlain(select) && !select.whereClause ? evaluate(evaluation, node) : undefined;
  const found = matching(catalogue, evaluation, select);
  if (!found?.complete || found.rows.some(({ match, row }) => match !== true || row.maybe)) return undefined;
  if (node && 'FuncCall' in node) {
    const { funcname, agg_star, agg_filter, over } = node.FuncCall;
    const isCount = words(funcname).at(-1) === 'count' && agg_star === true && !agg_filter && !over;
    return isCount && !select.limitCount ? found.rows.length : undefined;
  }
  if (!node || !('ColumnRef' in node || 'A_Const' in node)) return undefined;
  const [first, ...others] = found.rows;
  if (!first) return null;
  return others.length === 0 ? evaluate(inRow(evaluation, first.row), node) : undefined;
}

interface Match {
  readonly row: Row;
  readonly match: Value;
}

interface Matches {
  readonly rows: readonly Match[];
  /** There certainly are no others. */
  readonly complete: boolean;
}

/** One that does nothing but pick rows. */
function isPlain(select: SelectStmt): boolean {
  const {
    larg,
    valuesLists,
    distinctClause,
    groupClause,
    havingClause,
    withClause,
    limitOffset,
    limitCount,
  } = select;
  if (larg || valuesLists || distinctClause || groupClause || havingClause || withClause || limitOffset)
    return false;
  if (!limitCount) return true;
  return 'A_Const' in limitCount && (limitCount.A_Const.ival?.ival ?? 0) > 0;
}

/** Rows that match, or may; `undefined` when it is no single table of the database's own, or one of which nothing is kept. */
function matching(catalogue: Catalogue, evaluation: Evaluation, select: SelectStmt): Matches | undefined {
  const [from, ...joined] = select.fromClause ?? [];
  if (!from || !('RangeVar' in from) || joined.length > 0 || !isPlain(select)) return undefined;
  const { schemaname, relname = '' } = from.RangeVar;
  const schema = schemaname ?? (relname.startsWith('pg_') ? 'pg_catalog' : '');
  const source = sources.get(`${schema}.${relname}`);
  if (!source) return undefined;
  const rows = source(catalogue).flatMap((row) => {
    const match = select.whereClause ? evaluate(inRow(evaluation, row), select.whereClause) : true;
    return match === false || match === null ? [] : [{ row, match }];
  });
  return { rows, complete: !catalogue.wild && isAboutKnownTable(catalogue, evaluation, relname, select) };
}

/** Of a table that statements made, all is known; of others nothing is, not even that there are none. */
function isAboutKnownTable(
  catalogue: Catalogue,
  evaluation: Evaluation,
  source: string,
  select: SelectStmt,
): boolean {
  if (!answerable.has(source)) return false;
  const asked = new Map(equalities(evaluation, select.whereClause));
  // System columns are there as well.
  if (source === 'pg_attribute' && /^(?:ctid|tableoid|[xc]m(?:in|ax))$/.test(String(asked.get('attname'))))
    return false;
  const schema = asked.get('table_schema') ?? asked.get('schemaname');
  const name = asked.get('table_name') ?? asked.get('tablename');
  const relation = [...catalogue.relations.values()].find((each) =>
    source === 'pg_attribute'
      ? identity(catalogue, each) === asked.get('attrelid')
      : each.name === name && schemaName(catalogue, each.schema) === schema,
  );
  return relation !== undefined && relation.kind === 'table' && relation.closed && isCertain(relation);
}

const answerable = new Set(['columns', 'tables', 'pg_tables', 'pg_attribute']);

/** `name = value` of each of what a condition asks for. */
function equalities(evaluation: Evaluation, node: Node | undefined): [string, Value][] {
  if (!node) return [];
  if ('BoolExpr' in node)
    return node.BoolExpr.boolop === 'AND_EXPR'
      ? (node.BoolExpr.args ?? []).flatMap((each) => equalities(evaluation, each))
      : [];
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP' || words(node.A_Expr.name).at(-1) !== '=')
    return [];
  const { lexpr, rexpr } = node.A_Expr;
  if (!lexpr || !('ColumnRef' in lexpr)) return [];
  return [[words(lexpr.ColumnRef.fields).at(-1) ?? '', evaluate(evaluation, rexpr)]];
}

function isCertain(relation: Relation): boolean {
  return relation.existence === 'certain' && !relation.temporary;
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

type Source = (catalogue: Catalogue) => Row[];

const ordinary = ['table', 'view', 'foreign table'] as const;

const sources: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['information_schema.columns', (catalogue) => columnRows(catalogue, ordinary)],
  ['information_schema.tables', (catalogue) => relationRows(catalogue, ordinary)],
  ['information_schema.views', (catalogue) => relationRows(catalogue, ['view'])],
  ['information_schema.table_constraints', constraintRows],
  ['information_schema.routines', routineRows],
  ['information_schema.schemata', schemaRows],
  ['pg_catalog.pg_attribute', (catalogue) => columnRows(catalogue)],
  ['pg_catalog.pg_class', (catalogue) => relationRows(catalogue)],
  ['pg_catalog.pg_tables', (catalogue) => relationRows(catalogue, ['table'])],
  ['pg_catalog.pg_views', (catalogue) => relationRows(catalogue, ['view'])],
  ['pg_catalog.pg_matviews', (catalogue) => relationRows(catalogue, ['materialized view'])],
  ['pg_catalog.pg_constraint', constraintRows],
  ['pg_catalog.pg_proc', routineRows],
  ['pg_catalog.pg_type', typeRows],
  ['pg_catalog.pg_extension', extensionRows],
  ['pg_catalog.pg_namespace', schemaRows],
]);

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
    relkind: relation.divided ? 'p' : relkind,
    table_type: type,
    table_schema: schema,
    schemaname: schema,
    nspname: schema,
    relnamespace: `${identityMark}schema ${schema}`,
    table_catalog: undefined,
  };
}

function relationsOf(catalogue: Catalogue, kinds?: readonly Relation['kind'][]): Relation[] {
  return [...catalogue.relations.values()].filter(({ kind }) => !kinds || kinds.includes(kind));
}

function relationRows(catalogue: Catalogue, kinds?: readonly Relation['kind'][]): Row[] {
  return relationsOf(catalogue, kinds).map((relation) => ({
    values: relationValues(catalogue, relation),
    maybe: !isCertain(relation),
  }));
}

function columnRows(catalogue: Catalogue, kinds?: readonly Relation['kind'][]): Row[] {
  return relationsOf(catalogue, kinds).flatMap((relation) => {
    const values = relationValues(catalogue, relation);
    const more = { ...values, attrelid: values['oid'], attisdropped: false };
    const rows = relation.columns.map((column) => ({
      values: { ...more, attnum: undefined, ...columnValues(column) },
      maybe: column.maybe || !relation.closed || !isCertain(relation),
    }));
    const others = { values: { ...more, column_name: undefined, attname: undefined }, maybe: true };
    return relation.closed ? rows : [...rows, others];
  });
}

function columnValues({ name, type, nullable: declared }: Column): Record<string, Value> {
  // A domain may be NOT NULL by itself.
  const nullable = typeof type?.base === 'string' && !type.unseen ? declared : undefined;
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
  // Of a domain it is the type it is made of.
  if (typeof type.base === 'number') return undefined;
  if (type.array) return 'ARRAY';
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
      maybe: !isCertain(relation),
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
      pronamespace: `${identityMark}schema ${schemaName(catalogue, schema)}`,
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
    maybe: !isCertain(relation),
  }));
  return [...types, ...rows].map((type) => ({
    values: {
      oid: identity(catalogue, type),
      typname: type.name,
      typtype: type.typtype,
      nspname: schemaName(catalogue, type.schema),
      typnamespace: `${identityMark}schema ${schemaName(catalogue, type.schema)}`,
    },
    maybe: type.maybe,
  }));
}

function extensionRows(catalogue: Catalogue): Row[] {
  return [...catalogue.extensions].map(([extname]) => ({ values: { extname }, maybe: false }));
}

function schemaRows(catalogue: Catalogue): Row[] {
  return [...catalogue.schemas.values()].map(({ name }) => ({
    values: { oid: `${identityMark}schema ${name}`, nspname: name, schema_name: name },
    maybe: false,
  }));
}
