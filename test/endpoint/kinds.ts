import type { At } from './at.ts';
import { isList, isObject, type Json } from './json.ts';

/** A kind of source (spec 1.1). Data connectors share one family: their names are interchangeable as a prefix. */
export interface Kind {
  readonly name: string;
  readonly family: 'postgres' | 'citus' | 'cockroach' | 'mssql' | 'bigquery' | 'mysql' | 'connector';
}

const families = ['postgres', 'citus', 'cockroach', 'mssql', 'bigquery', 'mysql'] as const;

/** The kind of a name or prefix; `mysql` is native before its removal in 2.26, then a data connector's name. */
export function kindOfName(name: string, nativeMysql: boolean): Kind {
  const own = families.find((family) => family === (name === 'pg' ? 'postgres' : name));
  if (!own || (own === 'mysql' && !nativeMysql)) return { name, family: 'connector' };
  return { name: own, family: own };
}

/** Whether the kind has Postgres' catalogue and commands. */
export function isPostgresLike({ family }: Kind): boolean {
  return family === 'postgres' || family === 'citus' || family === 'cockroach';
}

export interface TableName {
  /** As the server writes it. */
  readonly json: Json;
  /** The same for equal tables of one source. */
  readonly key: string;
  /** As messages name it (spec 2.6). */
  readonly text: string;
  readonly schema: string;
  readonly name: string;
}

/** A table name in the form of its kind; a wrong form is a shape error (spec 2.6). */
export function readTableName(at: At, kind: Kind): TableName {
  if (kind.family === 'bigquery') {
    const name = at.required('name').string();
    const dataset = at.required('dataset').string();
    return tableName({ dataset, name }, `${dataset}.${name}`, dataset, name);
  }
  if (kind.family === 'connector') {
    const parts = typeof at.value === 'string' ? [at.value] : at.strings();
    if (parts.length === 0) at.fail('Empty list of a table name');
    const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : 'public';
    return tableName(parts, parts.join('.'), schema, parts.at(-1) ?? '');
  }
  const mssql = kind.family === 'mssql';
  if (typeof at.value !== 'string' && !isObject(at.value)) {
    at.fail(`expecting a string/object for ${mssql ? 'TableName' : 'QualifiedObject'}`);
  }
  const name = typeof at.value === 'string' ? at.value : at.required('name').string();
  const standard = mssql ? 'dbo' : 'public';
  const given = typeof at.value === 'string' ? undefined : at.optional('schema')?.string();
  return qualifiedName(given ?? standard, name, standard);
}

function qualifiedName(schema: string, name: string, standard: string): TableName {
  return tableName({ schema, name }, schema === standard ? name : `${schema}.${name}`, schema, name);
}

function tableName(json: Json, text: string, schema: string, name: string): TableName {
  return { json, key: JSON.stringify(isList(json) ? json : [schema, name]), text, schema, name };
}

/** A table of the database, as a source of that kind names it. */
export function nameInDatabase(schema: string, name: string, kind: Kind): TableName {
  if (kind.family === 'bigquery')
    return tableName({ dataset: schema, name }, `${schema}.${name}`, schema, name);
  if (kind.family === 'connector') {
    const parts = schema === 'public' ? [name] : [schema, name];
    return tableName(parts, parts.join('.'), schema, name);
  }
  return qualifiedName(schema, name, kind.family === 'mssql' ? 'dbo' : 'public');
}
