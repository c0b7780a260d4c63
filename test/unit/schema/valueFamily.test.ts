import { describe, expect, it } from 'vitest';
import { familyOf, type ValueFamily } from '../../../server/src/schema/valueFamily.ts';

/** Written down a second time on purpose: a name that goes, or changes its family, has to be meant. */
const families: Readonly<Record<ValueFamily, string>> = {
  integer: 'int, integer, smallint, tinyint, mediumint, int2, int4, int16, int32, smallserial, serial',
  'big-integer': 'bigint, int8, int64, long, bigserial',
  decimal: 'numeric, decimal, bignumeric, bigdecimal, number',
  float: 'float, float4, float8, float32, float64, real, double, double precision',
  boolean: 'boolean, bool',
  text: 'string, text, varchar, bpchar, char, character, character varying, citext, name, nchar, nvarchar, ntext, clob, mediumtext, longtext, tinytext',
  uuid: 'uuid, uniqueidentifier, guid',
  date: 'date',
  timestamp:
    'timestamp, timestamptz, timestamp without time zone, timestamp with time zone, datetime, datetime2, smalldatetime, datetimeoffset, timestamp_ntz, timestamp_tz, timestamp_ltz',
  time: 'time, timetz, time without time zone, time with time zone',
  json: 'json, jsonb, jsonobject',
  geometry: 'geometry, geography',
  id: 'id',
};
const rows = Object.entries(families).flatMap(([family, names]) =>
  names.split(', ').map((name) => [name, family] as const),
);

describe('familyOf', () => {
  it.each(rows)('%s is %s, in any case', (name, family) => {
    expect([familyOf(name), familyOf(name.toUpperCase())]).toEqual([family, family]);
  });

  it('has each name once', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  it.each(['', 'int128', 'money', 'Date range', 'text[]', 'constructor', '__proto__', 'hstore', ' int'])(
    'does not know %j',
    (name) => expect(familyOf(name)).toBeUndefined(),
  );
});
