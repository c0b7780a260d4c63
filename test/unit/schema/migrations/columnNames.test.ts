import { describe, expect, it } from 'vitest';
import { setup } from './cases/typesOfExpressions.ts';
import { replayTexts } from './replayText.ts';

/** A name, and expressions to which PostgreSQL gives it where they have none. */
const expressionsByName: Readonly<Record<string, string>> = {
  i: `
    i ; t.i ; public.t.i ; (i) ; i::text ; i::text::bigint ; (SELECT i) ; (SELECT i FROM t LIMIT 1) ; (SELECT 1 AS i) ;
    (SELECT i UNION SELECT 2) ; (SELECT i UNION SELECT 2 UNION SELECT 3) ; CASE WHEN bl THEN 1 ELSE i END ;
    CASE WHEN bl THEN 1 ELSE i::text END ; (SELECT i)::text
  `,
  x: 'x ; x COLLATE "C" ; (p).x ; (t.p).x ; (pa[1]).x ; (x COLLATE "C")::varchar',
  xa: 'xa[1] ; xa[1:2] ; (xa)[1] ; xa[1]::varchar',
  int4: "1::int ; '1'::integer ; CAST(NULL AS int4) ; (1 + 1)::int ; (CASE WHEN bl THEN 1 END)::int",
  int8: "'1'::bigint ; CAST(NULL AS bigint)",
  varchar: "'x'::varchar(3) ; ''::character varying ; (x || x)::varchar",
  bool: '1::boolean',
  mood: "'a'::mood ; 'a'::public.mood",
  timestamptz: "timestamptz '2020-01-01'",
  interval: "interval '1 day'",
  '?column?': `
    1 ; 'a' ; NULL ; true ; false ; 1.5 ; i + 1 ; -i ; x || 'a' ; NOT bl ; bl AND bl ; i IS NULL ; bl IS TRUE ; i BETWEEN 1 AND 2 ; i IN (1, 2) ;
    i IN (SELECT 1) ; i = ANY (ia) ; i = ALL (SELECT 1) ; x LIKE 'a' ; i IS DISTINCT FROM 1 ; (SELECT 1) ; (SELECT i + 1) ;
    x::xml IS DOCUMENT
  `,
  case: `
    CASE WHEN bl THEN i END ; CASE WHEN bl THEN i ELSE 1 END ; CASE i WHEN 1 THEN x ELSE 'a'::text END ;
    CASE WHEN bl THEN i ELSE i + 1 END
  `,
  coalesce: 'coalesce(i, 1) ; coalesce(i, 1)::text',
  nullif: 'nullif(i, 1) ; nullif(i, 1)::text',
  greatest: 'greatest(i, 1) ; greatest(x, x)',
  least: 'least(i, 1) ; least(i, b)::text',
  array: 'ARRAY[1] ; ARRAY[]::int[] ; ARRAY(SELECT 1) ; ARRAY[ARRAY[1]]',
  row: 'ROW(1, 2) ; (1, 2) ; ROW(i)',
  exists: 'EXISTS (SELECT 1)',
  column1: '(VALUES (1)) ; (VALUES (1), (2) LIMIT 1)',
  grouping: 'grouping(t.i)',
  count: 'count(*) ; count(i) ; count(*) OVER () ; count(*)::int',
  own: 'own(1) ; public.own(1) ; own(1)::varchar',
  own2: 'app.own2()',
  lost: 'lost() ; other.lost(i)',
  extract: 'extract(year FROM ts)',
  position: "position('a' IN x)",
  substring: 'substring(x FROM 1 FOR 2) ; substring(x, 1)',
  overlay: "overlay(x PLACING 'a' FROM 1)",
  btrim: 'trim(x) ; trim(BOTH FROM x) ; btrim(x)',
  ltrim: "trim(LEADING 'a' FROM x)",
  rtrim: "trim(TRAILING 'a' FROM x)",
  timezone: "ts AT TIME ZONE 'UTC'",
  normalize: 'normalize(x)',
  pg_collation_for: 'collation for (x)',
  overlaps: '(ts, ts) OVERLAPS (ts, ts)',
  current_date: 'current_date ; current_date::text',
  current_time: 'current_time ; current_time(2)',
  current_timestamp: 'current_timestamp ; current_timestamp(3)',
  localtime: 'localtime ; localtime(1)',
  localtimestamp: 'localtimestamp ; localtimestamp(3)',
  current_role: 'current_role',
  current_user: 'current_user',
  session_user: 'session_user',
  user: 'user',
  current_catalog: 'current_catalog',
  current_schema: 'current_schema ; current_schema()',
  xmlconcat: 'xmlconcat(x::xml, x::xml)',
  xmlelement: 'xmlelement(name a, x)',
  xmlforest: 'xmlforest(x, i)',
  xmlparse: 'xmlparse(document x)',
  xmlpi: 'xmlpi(name php)',
  xmlroot: "xmlroot(x::xml, version '1.0')",
  xmlserialize: 'xmlserialize(content x::xml AS text)',
  json: 'JSON(x)',
  json_scalar: 'JSON_SCALAR(i)',
  json_serialize: 'JSON_SERIALIZE(x)',
  json_object: "JSON_OBJECT('a': i)",
  json_array: 'JSON_ARRAY(i, x) ; JSON_ARRAY(SELECT i FROM t)',
  json_objectagg: 'JSON_OBJECTAGG(x: i)',
  json_arrayagg: 'JSON_ARRAYAGG(i)',
  json_exists: "JSON_EXISTS(jb, '$.a')",
  json_value: "JSON_VALUE(jb, '$.a')",
  json_query: "JSON_QUERY(jb, '$.a')",
};

const cases = Object.entries(expressionsByName).flatMap(([name, expressions]) =>
  expressions.split(';').map((expression): [string, string] => [expression.trim(), name]),
);

describe('a column of a view without a name', () => {
  it.each(cases)('%s: %s', (expression, name) => {
    const { tables } = replayTexts(`${setup} CREATE VIEW w AS SELECT ${expression} FROM t GROUP BY t.i, t.*`);
    expect(tables.find((table) => table.name === 'w')?.columns.map((column) => column.name)).toEqual([name]);
  });
});
