/** How `format_type` prints built-in types that it does not print by their name. */
export const printedNames: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['varchar', 'character varying'],
  ['varbit', 'bit varying'],
  ['time', 'time without time zone'],
  ['timetz', 'time with time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timestamptz', 'timestamp with time zone'],
  ['any', '"any"'],
]);

/** By category, as common types are decided by it. */
const categories: Readonly<Record<string, string>> = {
  B: 'bool',
  D: 'date time timetz timestamp timestamptz',
  G: 'point line lseg box path polygon circle',
  I: 'inet cidr',
  N: 'int2 int4 int8 numeric float4 float8 money oid regclass regproc regtype regrole regnamespace regoper regoperator regprocedure regconfig regdictionary regcollation',
  R: 'int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange',
  S: 'text varchar bpchar name',
  T: 'interval',
  V: 'bit varbit',
  U: 'json jsonb uuid bytea xml macaddr macaddr8 tsvector tsquery txid_snapshot pg_snapshot pg_lsn xid xid8 cid tid refcursor jsonpath aclitem',
  Z: 'char pg_node_tree',
  A: 'int2vector oidvector',
  P: 'record void trigger event_trigger anyelement anyarray anynonarray anyenum anyrange anymultirange anycompatible anycompatiblearray anycompatiblenonarray anycompatiblerange anycompatiblemultirange cstring internal language_handler fdw_handler index_am_handler table_am_handler tsm_handler any unknown',
};

const categoryOf = new Map(
  Object.entries(categories).flatMap(([category, names]) =>
    names.split(' ').map((name): [string, string] => [name, category]),
  ),
);

const preferred = new Set(['bool', 'timestamptz', 'inet', 'float8', 'oid', 'text', 'interval', 'varbit']);

const implicitCasts: Readonly<Record<string, string>> = {
  int2: 'int4 int8 numeric float4 float8',
  int4: 'int8 numeric float4 float8',
  int8: 'numeric float4 float8',
  numeric: 'float4 float8',
  float4: 'float8',
  date: 'timestamp timestamptz',
  timestamp: 'timestamptz',
  time: 'timetz interval',
  varchar: 'text bpchar name',
  bpchar: 'text varchar name',
  text: 'varchar bpchar name',
  name: 'text',
  cidr: 'inet',
  bit: 'varbit',
  varbit: 'bit',
  macaddr: 'macaddr8',
  macaddr8: 'macaddr',
};

export function isBuiltinType(name: string): boolean {
  return categoryOf.has(name);
}

/** `undefined` for what is no built-in type. */
export function typeCategory(name: string): string | undefined {
  return categoryOf.get(name);
}

export function isPreferredType(name: string): boolean {
  return preferred.has(name);
}

export function castsImplicitly(from: string, to: string): boolean {
  return implicitCasts[from]?.split(' ').includes(to) ?? false;
}
