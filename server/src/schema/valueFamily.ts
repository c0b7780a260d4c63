/** What values of a type are like once they are JSON on their way to the other side of a join. */
export type ValueFamily =
  | 'integer'
  /** Beyond 32 bits. */
  | 'big-integer'
  /** Whole or not, by the column's scale. */
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'text'
  | 'uuid'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'json'
  | 'geometry'
  /** GraphQL's own `ID`. */
  | 'id';

const families: Readonly<Record<ValueFamily, readonly string[]>> = {
  integer: [
    'int',
    'integer',
    'smallint',
    'tinyint',
    'mediumint',
    'int2',
    'int4',
    'int16',
    'int32',
    'smallserial',
    'serial',
  ],
  'big-integer': ['bigint', 'int8', 'int64', 'long', 'bigserial'],
  decimal: ['numeric', 'decimal', 'bignumeric', 'bigdecimal', 'number'],
  float: ['float', 'float4', 'float8', 'float32', 'float64', 'real', 'double', 'double precision'],
  boolean: ['boolean', 'bool'],
  text: [
    'string',
    'text',
    'varchar',
    'bpchar',
    'char',
    'character',
    'character varying',
    'citext',
    'name',
    'nchar',
    'nvarchar',
    'ntext',
    'clob',
    'mediumtext',
    'longtext',
    'tinytext',
  ],
  uuid: ['uuid', 'uniqueidentifier', 'guid'],
  date: ['date'],
  timestamp: [
    'timestamp',
    'timestamptz',
    'timestamp without time zone',
    'timestamp with time zone',
    'datetime',
    'datetime2',
    'smalldatetime',
    'datetimeoffset',
    'timestamp_ntz',
    'timestamp_tz',
    'timestamp_ltz',
  ],
  time: ['time', 'timetz', 'time without time zone', 'time with time zone'],
  json: ['json', 'jsonb', 'jsonobject'],
  geometry: ['geometry', 'geography'],
  id: ['id'],
};

const familyByName: ReadonlyMap<string, ValueFamily> = new Map(
  (Object.keys(families) as ValueFamily[]).flatMap((family) =>
    families[family].map((name): [string, ValueFamily] => [name, family]),
  ),
);

/** The family of a SQL type or GraphQL scalar by its name alone, whatever its case; `undefined`: not known. */
export function familyOf(name: string): ValueFamily | undefined {
  return familyByName.get(name.toLowerCase());
}
