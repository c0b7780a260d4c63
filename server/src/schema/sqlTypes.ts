import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import type { TypeReference } from './remoteSchema.ts';
import { listOf, namedType } from './typeReference.ts';

/** A SQL type taken apart: `character varying(20)[]` is the name `character varying` in one list. */
export interface SqlType {
  /** Without length, precision and schema; lower case unless it was quoted. */
  readonly name: string;
  readonly lists: number;
}

/** Longer than any name of a type. */
const longestType = 1000;

/** `undefined` for what is no name of a type: records, `ARRAY` and `USER-DEFINED` of an information schema. */
export function readSqlType(text: string): SqlType | undefined {
  if (text.length > longestType) return undefined;
  let rest = text.trim();
  let lists = 0;
  const bigqueryArray = /^array\s*<(.*)>$/is.exec(rest);
  if (bigqueryArray !== null) {
    const inner = readSqlType(bigqueryArray[1] ?? '');
    return inner && { name: inner.name, lists: inner.lists + 1 };
  }
  for (let match = arraySuffix.exec(rest); match !== null; match = arraySuffix.exec(rest)) {
    rest = rest.slice(0, match.index);
    lists += 1;
  }
  rest = rest
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const quoted = /^(?:(?:"[^"]+"|[\w$]+)\.)*"([^"]+)"$/.exec(rest)?.[1];
  if (quoted !== undefined) return { name: quoted, lists };
  const name = rest.toLowerCase().replace(/^(?:[\w$]+\.)+(?=[\w$])/, '');
  if (name === '' || name === 'array' || name === 'user-defined' || /[<>,]/.test(name)) return undefined;
  // The internal name of an array type: `_int4`.
  const element = /^_(\w+)$/.exec(name)?.[1];
  return element === undefined ? { name, lists } : { name: element, lists: lists + 1 };
}

const arraySuffix = /\s*\[\d*\]$/;

type Names = Readonly<Record<string, string>>;

/** To the short names the server uses. */
const postgresAliases: Names = {
  integer: 'int4',
  int: 'int4',
  serial: 'int4',
  serial4: 'int4',
  smallint: 'int2',
  smallserial: 'int2',
  serial2: 'int2',
  bigint: 'int8',
  bigserial: 'int8',
  serial8: 'int8',
  boolean: 'bool',
  real: 'float4',
  'double precision': 'float8',
  float: 'float8',
  decimal: 'numeric',
  'character varying': 'varchar',
  character: 'bpchar',
  char: 'bpchar',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  'bit varying': 'varbit',
  // Cockroach's own names.
  string: 'text',
  bytes: 'bytea',
};

const postgresScalars: Names = {
  int4: 'Int',
  int2: 'smallint',
  int8: 'bigint',
  bool: 'Boolean',
  float4: 'Float',
  text: 'String',
  varchar: 'String',
};

const mssqlScalars: Names = {
  int: 'Int',
  bit: 'Boolean',
  float: 'Float',
  char: 'String',
  varchar: 'String',
  nchar: 'String',
  nvarchar: 'String',
  text: 'String',
  ntext: 'String',
};

const bigqueryScalars: Names = {
  int64: 'Int',
  int: 'Int',
  integer: 'Int',
  float64: 'Float',
  numeric: 'Float',
  decimal: 'Float',
  bignumeric: 'Float',
  bigdecimal: 'Float',
  bool: 'Boolean',
  boolean: 'Boolean',
  string: 'String',
  bytes: 'String',
  date: 'String',
  time: 'String',
  datetime: 'String',
  timestamp: 'String',
  geography: 'String',
};

/** The short name the postgres family gives a type: `int4` for `integer`; other names as they are. */
export function postgresTypeName(name: string): string {
  return own(postgresAliases, name) ?? name;
}

/**
 * The GraphQL type a column of this SQL type has (spec 5.3, 5.4); nullable, arrays as lists.
 * `undefined` when it can't be told. Of an unknown `kind` the postgres names are taken.
 */
export function graphqlTypeOfColumn(
  kind: string | undefined,
  sqlType: string | undefined,
): TypeReference | undefined {
  if (sqlType === undefined) return undefined;
  const type = readSqlType(sqlType);
  if (type === undefined) return undefined;
  const name = scalarName(kind, type.name, sqlType);
  if (name === undefined) return undefined;
  let reference = namedType(name);
  for (let depth = 0; depth < type.lists; depth += 1) reference = listOf(reference);
  return reference;
}

/**
 * A SQL type that Postgres columns of this GraphQL type may have: `String` stays, for it is that of several. `undefined` when none
 * is known.
 */
export function sqlTypeOfScalar(reference: TypeReference): string | undefined {
  if (reference.kind === 'list') {
    const element = sqlTypeOfScalar(reference.of);
    return element && `${element}[]`;
  }
  const { name } = reference;
  const type = own(builtInTypes, name) ?? name;
  const read = readSqlType(type);
  // Names of types that are not in lower case would have to be quoted.
  return read !== undefined && (read.lists > 0 || scalarName('postgres', read.name, type) === name)
    ? type
    : undefined;
}

const builtInTypes: Names = { Int: 'integer', Float: 'real', Boolean: 'boolean' };

/** The GraphQL scalar for one element of a SQL type. */
export function scalarName(kind: string | undefined, name: string, written: string): string | undefined {
  switch (kind) {
    case undefined:
    case 'postgres':
    case 'pg':
    case 'citus':
    case 'cockroach': {
      const short = postgresTypeName(name);
      return asGraphqlName(own(postgresScalars, short) ?? short);
    }
    case 'mssql':
      return asGraphqlName(own(mssqlScalars, name) ?? name);
    case 'bigquery':
      return own(bigqueryScalars, name);
    default:
      // A data connector names its scalars itself.
      return asGraphqlName(written.replace(/\(.*\)/, '').trim());
  }
}

function own(names: Names, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

function asGraphqlName(name: string): string | undefined {
  return isGraphqlName(name) ? name : undefined;
}
