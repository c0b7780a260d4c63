import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'elements, slices and fields',
    [
      "CREATE TYPE pt AS (x int, y text); CREATE TABLE t (a int[], m text[][], j jsonb, p pt, q pt[]); CREATE VIEW v AS SELECT a[1] AS a1, a[1:2] AS a2, m[1][2] AS m1, m[1:2][1] AS m2, j['k'] AS j1, j['k']['l'] AS j2, (ARRAY[1, 2])[1] AS r, (p).x AS px, (q[1]).y AS qy, (p).* FROM t",
    ],
    [
      'public.t: a integer[], m text[], j jsonb, p pt, q pt[]',
      'public.v [view]: a1 integer, a2 integer[], m1 text, m2 text[], j1 jsonb, j2 jsonb, r integer, px integer, qy text, x integer, y text',
    ],
  ],
  [
    'constants',
    [
      "CREATE VIEW v AS SELECT 1 AS a, 3000000000 AS b, 99999999999999999999 AS c, 1.5 AS d, true AS e, B'101' AS f, 'x' AS g, NULL AS h, 1e3 AS i, -1 AS k, 9223372036854775807 AS l, 9223372036854775808 AS m",
    ],
    [
      'public.v [view]: a integer, b bigint, c numeric, d numeric, e boolean, f "bit", g text, h text, i numeric, k integer, l bigint, m numeric',
    ],
  ],
  [
    'values of the session',
    [
      'CREATE VIEW v AS SELECT current_date AS a, current_time AS b, current_time(2) AS c, current_timestamp(3) AS d, localtime AS e, localtimestamp(2) AS f, current_user AS g, current_schema AS h, session_user AS i, localtimestamp AS k',
    ],
    [
      'public.v [view]: a date, b time with time zone, c time(2) with time zone, d timestamp(3) with time zone, e time without time zone, f timestamp(2) without time zone, g name, h name, i name, k timestamp without time zone',
    ],
  ],
  [
    'NULLIF is of its first argument',
    [
      "CREATE TABLE t (i int, s smallint, b bigint, n numeric(4,1), f real, v varchar(3), x text, d date, ia int[]); CREATE VIEW w AS SELECT nullif(i, 1) AS a, nullif(s, i) AS b, nullif(n, i) AS c, nullif(i, n) AS d, nullif(v, 'x') AS e, nullif('a', 'b') AS f, nullif(x, v) AS g, nullif(b, s) AS h, nullif(ia, ia) AS k, nullif(d, d) AS l, nullif('a', x) AS m, nullif(f, i) AS o, nullif(n, n) AS p FROM t",
    ],
    [
      'public.t: i integer, s smallint, b bigint, n numeric(4,1), f real, v character varying(3), x text, d date, ia integer[]',
      'public.w [view]: a integer, b smallint, c numeric(4,1), d numeric, e text, f text, g unknown, h bigint, k integer[], l date, m unknown, o unknown, p numeric(4,1)',
    ],
  ],
  [
    'functions of the migrations, with those that take less than they could',
    [
      "CREATE FUNCTION f(a int, b int DEFAULT 1) RETURNS text LANGUAGE sql AS 'SELECT ''x'''; CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION g(a int, b int) RETURNS text LANGUAGE sql AS 'SELECT ''x'''; CREATE FUNCTION h(VARIADIC a int[]) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'; CREATE FUNCTION k(a anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT a'; CREATE SCHEMA s; CREATE FUNCTION s.l(OUT x int, OUT y text) LANGUAGE sql AS 'SELECT 1, ''x'''; CREATE VIEW v AS SELECT f(1) AS a, f(1, 2) AS b, f(b => 1, a => 2) AS c, g(1) AS d, g(1, 2) AS e, k(1) AS h, (s.l()).y AS i, (s.l()).*",
    ],
    ['public.v [view]: a text, b text, c text, d integer, e text, h unknown, i unknown, …'],
  ],
  [
    'built-in functions of numbers',
    [
      'CREATE TABLE t (i int, s smallint, b bigint, n numeric(4,1), r real, f float8); CREATE VIEW v AS SELECT round(f) AS a, round(n) AS b, round(n, 1) AS c, trunc(n, 2) AS d, abs(i) AS e, abs(n) AS g, ceil(f) AS h, floor(n) AS k, power(f, 2) AS l, power(i, 2) AS m, mod(i, 2) AS o, mod(n, 2) AS p, sqrt(f) AS q, log(n) AS w, random() AS x, sign(f) AS y, div(n, 2) AS z, round(i) AS aa, ceil(i) AS bb, abs(s) AS cc, mod(b, b) AS dd, exp(n) AS ee, greatest(i, b) AS ff, least(n, f) AS gg FROM t',
    ],
    [
      'public.t: i integer, s smallint, b bigint, n numeric(4,1), r real, f double precision',
      'public.v [view]: a double precision, b numeric, c numeric, d numeric, e integer, g numeric, h double precision, k numeric, l unknown, m unknown, o integer, p unknown, q double precision, w numeric, x double precision, y double precision, z unknown, aa double precision, bb double precision, cc smallint, dd bigint, ee numeric, ff bigint, gg double precision',
    ],
  ],
  [
    'aggregates',
    [
      "CREATE TABLE t (i int, s smallint, b bigint, n numeric(4,1), r real, f float8, x text, v varchar(4), d date, o bool, iv interval, j jsonb, a int[]); CREATE VIEW w AS SELECT sum(i) AS a, sum(s) AS b, sum(b) AS c, sum(n) AS d, sum(r) AS e, sum(f) AS g, sum(iv) AS h, avg(i) AS k, avg(r) AS l, avg(n) AS m, avg(iv) AS o, min(v) AS p, max(x) AS q, max(d) AS r, bool_and(o) AS s, count(DISTINCT i) AS t, array_agg(i) AS u, array_agg(v) AS vv, string_agg(x, ',') AS ww, jsonb_agg(i) AS x, json_object_agg(x, i) AS y, max(n) AS z, min(a) AS aa, stddev(n) AS bb, variance(i) AS cc, every(o) AS dd, bit_or(i) AS ee, percentile_cont(0.5) WITHIN GROUP (ORDER BY f) AS ff, percentile_disc(0.5) WITHIN GROUP (ORDER BY i) AS gg, mode() WITHIN GROUP (ORDER BY x) AS hh, count(*) FILTER (WHERE i > 1) AS ii, array_agg(a) AS jj FROM t",
    ],
    [
      'public.t: i integer, s smallint, b bigint, n numeric(4,1), r real, f double precision, x text, v character varying(4), d date, o boolean, iv interval, j jsonb, a integer[]',
      'public.w [view]: a bigint, b bigint, c numeric, d numeric, e real, g double precision, h interval, k numeric, l double precision, m numeric, o interval, p text, q text, r date, s boolean, t bigint, u integer[], vv character varying[], ww text, x jsonb, y json, z numeric, aa integer[], bb numeric, cc numeric, dd boolean, ee integer, ff double precision, gg integer, hh text, ii bigint, jj integer[]',
    ],
  ],
  [
    'window functions',
    [
      'CREATE TABLE t (i int, n numeric(4,1), v varchar(3)); CREATE VIEW w AS SELECT rank() OVER (ORDER BY i) AS a, dense_rank() OVER w AS b, ntile(4) OVER w AS c, lag(v) OVER w AS d, first_value(n) OVER w AS e, sum(i) OVER (PARTITION BY v) AS f, percent_rank() OVER w AS g, nth_value(i, 2) OVER w AS h, last_value(v) OVER w AS k FROM t WINDOW w AS (ORDER BY i)',
    ],
    [
      'public.t: i integer, n numeric(4,1), v character varying(3)',
      'public.w [view]: a bigint, b bigint, c integer, d character varying, e numeric, f bigint, g double precision, h integer, k character varying',
    ],
  ],
  [
    'times and dates',
    [
      "CREATE TABLE t (d date, ts timestamp, tz timestamptz(3), ti time, iv interval, x text); CREATE VIEW v AS SELECT d + 1 AS a, d - 1 AS b, ts - ts AS c, tz + iv AS e, ti + iv AS f, d + ti AS g, iv * 2 AS h, date_trunc('day', ts) AS i, date_trunc('day', tz) AS k, date_part('year', d) AS l, timezone('UTC', tz) AS m, timezone('UTC', ts) AS n, tz AT TIME ZONE 'UTC' AS o, age(ts) AS p, to_char(ts, 'x') AS q, to_date(x, 'x') AS r, make_date(1, 1, 1) AS s, to_timestamp(1) AS u, extract(epoch FROM iv) AS w, ts::date AS y, d::timestamp AS z, generate_series(d, d, iv) AS aa, generate_series(1, 2) AS bb, generate_series(ts, ts, iv) AS cc, iv / 2 AS dd, date_trunc('hour', iv) AS ee FROM t",
    ],
    [
      'public.t: d date, ts timestamp without time zone, tz timestamp(3) with time zone, ti time without time zone, iv interval, x text',
      'public.v [view]: a date, b date, c interval, e timestamp with time zone, f time without time zone, g timestamp without time zone, h interval, i timestamp without time zone, k timestamp with time zone, l double precision, m timestamp without time zone, n timestamp with time zone, o timestamp without time zone, p interval, q text, r date, s date, u timestamp with time zone, w numeric, y date, z timestamp without time zone, aa unknown, bb integer, cc timestamp without time zone, dd interval, ee interval',
    ],
  ],
  [
    'texts',
    [
      `CREATE TABLE t (x text, v varchar(9), c char(3), n name, j json, jb jsonb, b bytea, i int, u uuid); CREATE VIEW w AS SELECT x || v AS a, v || v AS b, c || 'x' AS d, lower(v) AS e, length(x) AS f, substring(x FROM 1 FOR 2) AS g, substr(v, 1) AS h, trim(x) AS k, replace(x, 'a', 'b') AS l, concat(x, i) AS m, format('%s', x) AS o, left(v, 1) AS p, split_part(x, ',', 1) AS q, regexp_replace(x, 'a', 'b') AS r, md5(x) AS s, position('a' IN x) AS t, string_to_array(x, ',') AS u, x LIKE 'a' AS v, x ~ 'a' AS w, jb || jb AS y, jb -> 'a' AS z, jb ->> 'a' AS aa, jb #> '{a}' AS bb, jb #>> '{a}' AS cc, jb ? 'a' AS dd, jb @> '{}' AS ee, j -> 'a' AS ff, to_jsonb(x) AS gg, jsonb_build_object('a', 1) AS hh, row_to_json(t) AS ii, encode(b, 'hex') AS jj, b || b AS kk, gen_random_uuid() AS ll, x COLLATE "C" AS mm, 'x' COLLATE "C" AS nn, upper(n) AS oo, coalesce(v, v) AS pp, coalesce(v, x) AS qq, jb - 'a' AS rr, char_length(v) AS ss, quote_ident(x) AS tt, array_to_string(ARRAY[x], ',') AS uu, cardinality(ARRAY[1]) AS vv, nullif(c, 'x') AS ww FROM t`,
    ],
    [
      'public.t: x text, v character varying(9), c character(3), n name, j json, jb jsonb, b bytea, i integer, u uuid',
      'public.w [view]: a text, b text, d text, e text, f integer, g text, h text, k text, l text, m text, o text, p text, q text, r text, s text, t integer, u unknown, v boolean, w boolean, y jsonb, z jsonb, aa text, bb jsonb, cc text, dd boolean, ee boolean, ff json, gg jsonb, hh jsonb, ii json, jj text, kk bytea, ll uuid, mm text, nn text, oo text, pp character varying(9), qq character varying, rr unknown, ss integer, tt text, uu text, vv integer, ww character(3)',
    ],
  ],
  [
    'conditions',
    [
      "CREATE TABLE t (i int, x text, a int[]); CREATE VIEW v AS SELECT i IN (1, 2) AS a, i BETWEEN 1 AND 2 AS b, x IS NULL AS c, (i > 1) IS TRUE AS d, i IS DISTINCT FROM 1 AS e, i = ANY (a) AS f, i = ANY (SELECT i FROM t) AS g, EXISTS (SELECT 1) AS h, ARRAY(SELECT x FROM t) AS k, (SELECT x FROM t LIMIT 1) AS l, i > ALL (SELECT 1) AS m, NOT true AS o, true AND false OR x = 'a' AS p, x SIMILAR TO 'a' AS q, x ILIKE 'b' AS r, (i, x) = (1, 'a') AS s, i IN (SELECT 1) AS u FROM t",
    ],
    [
      'public.t: i integer, x text, a integer[]',
      'public.v [view]: a boolean, b boolean, c boolean, d boolean, e boolean, f boolean, g boolean, h boolean, k text[], l text, m boolean, o boolean, p boolean, q boolean, r boolean, s boolean, u boolean',
    ],
  ],
  [
    'CASE and COALESCE of what differs',
    [
      "CREATE TABLE t (i int, b bigint, n numeric(3,1), v varchar(3), x text, d date, tz timestamptz, a int[]); CREATE VIEW w AS SELECT CASE i WHEN 1 THEN b ELSE i END AS a, CASE WHEN true THEN NULL ELSE n END AS b, CASE WHEN true THEN v END AS c, CASE WHEN true THEN 'x' END AS d, CASE WHEN true THEN v ELSE x END AS e, coalesce(NULL, 1) AS f, coalesce(d, tz) AS g, coalesce(a, '{}') AS h, coalesce(n, i) AS k, greatest(v, 'a') AS l, least(i, b, n) AS m, ARRAY[i, b] AS o, ARRAY['a', v] AS p, ARRAY[[1, 2], [3, 4]] AS q, ARRAY[]::text[] AS r, CASE WHEN true THEN 1 WHEN false THEN 2.5 ELSE NULL END AS s, coalesce(v, v) AS u FROM t",
    ],
    [
      'public.t: i integer, b bigint, n numeric(3,1), v character varying(3), x text, d date, tz timestamp with time zone, a integer[]',
      'public.w [view]: a bigint, b numeric, c character varying, d text, e text, f integer, g timestamp with time zone, h integer[], k numeric, l character varying, m numeric, o bigint[], p character varying[], q integer[], r text[], s numeric, u character varying(3)',
    ],
  ],
  [
    'joins with aliases',
    [
      'CREATE TABLE a (id int, n text, x int); CREATE TABLE b (id bigint, n text, y int); CREATE VIEW v AS SELECT j.* FROM (a JOIN b USING (id, n)) AS j; CREATE VIEW w AS SELECT * FROM a AS q (k, l) JOIN b ON q.k = b.id; CREATE VIEW x AS SELECT a.*, b.y FROM a LEFT JOIN b USING (id, n); CREATE VIEW y AS SELECT u.id, n FROM a JOIN b USING (id, n) AS u; CREATE VIEW z AS SELECT * FROM a CROSS JOIN (SELECT 1 AS one, 2 AS two) AS s (eins); CREATE VIEW o AS SELECT id, a.id AS i, b.id AS j FROM a RIGHT JOIN b USING (id); CREATE VIEW p AS SELECT * FROM ONLY a TABLESAMPLE SYSTEM (10)',
    ],
    [
      'public.a: id integer, n text, x integer',
      'public.b: id bigint, n text, y integer',
      'public.v [view]: id bigint, n text, x integer, y integer',
      'public.w [view]: k integer, l text, x integer, id bigint, n text, y integer',
      'public.x [view]: id integer, n text, x integer, y integer',
      'public.y [view]: id bigint, n text',
      'public.z [view]: id integer, n text, x integer, eins integer, two integer',
      'public.o [view]: id bigint, i integer, j bigint',
      'public.p [view]: id integer, n text, x integer',
    ],
  ],
  [
    'functions in FROM, with names and columns',
    [
      "CREATE VIEW v AS SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a'])) AS r (n, t); CREATE VIEW w AS SELECT * FROM unnest(ARRAY[1], ARRAY['a']) AS u (a, b); CREATE VIEW x AS SELECT * FROM json_to_recordset('[]') AS r (i int, t text[], d numeric(3,1)); CREATE VIEW y AS SELECT g FROM generate_series(1, 2) AS g; CREATE VIEW z AS SELECT * FROM regexp_split_to_table('a b', ' ') WITH ORDINALITY; CREATE VIEW a AS SELECT x.* FROM jsonb_array_elements('[]') AS x; CREATE VIEW b AS SELECT value, key FROM jsonb_each_text('{}'); CREATE VIEW c AS SELECT d FROM generate_series(now(), now(), interval '1 day') d",
    ],
    [
      'public.v [view]: n integer, t text',
      'public.w [view]: a integer, b text',
      'public.x [view]: i integer, t text[], d numeric(3,1)',
      'public.y [view]: g integer',
      'public.z [view]: regexp_split_to_table text, ordinality bigint',
      'public.a [view]: value jsonb',
      'public.b [view]: value text, key text',
      'public.c [view]: d timestamp with time zone',
    ],
  ],
  [
    'common table expressions, one over the other',
    [
      'CREATE TABLE t (id int, n text); CREATE VIEW v AS WITH a AS (SELECT * FROM t), b AS (SELECT id AS i, count(*) FROM a GROUP BY 1), c (x, y) AS (SELECT * FROM b) SELECT c.*, a.n FROM c JOIN a ON a.id = c.x; CREATE VIEW w AS WITH t AS (SELECT 1 AS one) SELECT * FROM t; CREATE VIEW x AS SELECT * FROM (WITH t AS (SELECT 2 AS two) SELECT * FROM t) s, t; CREATE VIEW y AS WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r',
    ],
    [
      'public.t: id integer, n text',
      'public.v [view]: x integer, y bigint, n text',
      'public.w [view]: one integer',
      'public.x [view]: two integer, id integer, n text',
      'public.y [view]: n integer',
    ],
  ],
  [
    'sets of rows',
    [
      "CREATE TABLE t (i int, b bigint, v varchar(3), w varchar(3), x varchar(5)); CREATE VIEW a AS SELECT i AS k, v FROM t UNION SELECT b, w FROM t; CREATE VIEW c AS (SELECT v FROM t INTERSECT SELECT x FROM t) EXCEPT SELECT 'a'; CREATE VIEW d AS SELECT NULL AS n, 'a' AS s UNION SELECT 1, NULL; CREATE VIEW e AS TABLE t; CREATE VIEW f AS SELECT 1 AS a UNION ALL SELECT 2.5 UNION ALL SELECT 3; CREATE VIEW g (p, q) AS VALUES (1, NULL), (NULL, 'x')",
    ],
    [
      'public.t: i integer, b bigint, v character varying(3), w character varying(3), x character varying(5)',
      'public.a [view]: k bigint, v character varying(3)',
      'public.c [view]: v character varying',
      'public.d [view]: n integer, s text',
      'public.e [view]: i integer, b bigint, v character varying(3), w character varying(3), x character varying(5)',
      'public.f [view]: a numeric',
      'public.g [view]: p integer, q text',
    ],
  ],
  [
    'a view of a view, replaced and renamed',
    [
      'CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT v.a, v FROM v; CREATE OR REPLACE VIEW v AS SELECT a, b, a + 1 AS c FROM t; ALTER VIEW v RENAME COLUMN c TO d; CREATE VIEW x AS SELECT * FROM v; ALTER TABLE t RENAME a TO z; DROP VIEW w; CREATE SCHEMA s; ALTER VIEW x SET SCHEMA s',
    ],
    [
      'public.t: z integer, b text',
      'public.v [view]: a integer, b text, d integer',
      's.x [view]: a integer, b text, d integer',
    ],
  ],
  [
    'bits, times, and types by their other names',
    [
      'CREATE TABLE t (a bit, b bit(3), c varbit, d varbit(5), e char, f bpchar, g time(3), h timetz, i timestamp(0), j interval(3), k interval year, l dec(5), m float(20), n float(30), o int2, p int8, q character varying, r national character(3), s "char", u oid, v pg_catalog.varchar(5), w numeric(3,0)[], x timestamp with time zone[], y jsonb, z point)',
    ],
    [
      'public.t: a bit(1), b bit(3), c bit varying, d bit varying(5), e character(1), f bpchar, g time(3) without time zone, h time with time zone, i timestamp(0) without time zone, j interval(3), k interval year, l numeric(5,0), m real, n double precision, o smallint, p bigint, q character varying, r character(3), s "char", u oid, v character varying(5), w numeric(3,0)[], x timestamp with time zone[], y jsonb, z point',
    ],
  ],
  [
    'columns of functions with several outputs',
    [
      "CREATE FUNCTION f(a int, OUT b text, INOUT c date) LANGUAGE sql AS 'SELECT ''x'', c'; CREATE FUNCTION g(OUT b text) LANGUAGE sql AS 'SELECT ''x'''; CREATE FUNCTION h(INOUT c date) LANGUAGE sql AS 'SELECT c'; CREATE FUNCTION k(a int) RETURNS TABLE (x int, y text[]) LANGUAGE sql AS 'SELECT 1, ARRAY[''x'']'; CREATE TABLE t (id int, n text); CREATE FUNCTION l(t) RETURNS text LANGUAGE sql AS 'SELECT ''x'''; CREATE FUNCTION m() RETURNS SETOF t[] LANGUAGE sql AS 'SELECT NULL::t[]'; CREATE FUNCTION o(a t.n%TYPE) RETURNS t.id%TYPE LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT f.*, g() AS g, h('2020-01-01') AS h FROM f(1, '2020-01-01'); CREATE VIEW w AS SELECT k.* FROM k(1); CREATE VIEW x AS SELECT l(t) AS a, o('x') AS b FROM t; CREATE VIEW y AS SELECT * FROM m() AS m; CREATE VIEW z AS SELECT b FROM g() AS b",
    ],
    [
      'public.t: id integer, n text',
      'public.v [view]: b text, c date, g text, h date',
      'public.w [view]: x integer, y text[]',
      'public.x [view]: a text, b integer',
      'public.y [view]: m t[]',
      'public.z [view]: b text',
    ],
  ],
  [
    'operators of literals and intervals',
    [
      "CREATE TABLE t (iv interval, n numeric, f float8, jb jsonb, tv tsvector, tq tsquery, b bytea, c cidr); CREATE VIEW v AS SELECT 'a' || 'b' AS a, iv * 2 AS b, 2 * iv AS c, f * iv AS d, iv / 2.5 AS e, jb || '{}' AS g, tv || tv AS h, tq && tq AS i, b || b AS k, n + '1' AS l, '1' + n AS m, n - 1 AS o, - iv AS p, iv + iv AS q, iv - iv AS r, 2 ^ 3 AS s, n ^ 2 AS u, |/ f AS w, @ n AS x, n < '1' AS y, f / n AS z, n % 2 AS aa, 7 / 2 AS bb, 1 + 1.5 AS cc, f + n AS dd, 5 & 3 AS ee FROM t",
    ],
    [
      'public.t: iv interval, n numeric, f double precision, jb jsonb, tv tsvector, tq tsquery, b bytea, c cidr',
      'public.v [view]: a text, b interval, c interval, d interval, e interval, g jsonb, h tsvector, i unknown, k bytea, l numeric, m numeric, o numeric, p interval, q interval, r interval, s double precision, u numeric, w unknown, x unknown, y boolean, z double precision, aa numeric, bb integer, cc numeric, dd double precision, ee integer',
    ],
  ],
  [
    'tables from XML and JSON',
    [
      "CREATE TABLE t (x xml, j jsonb); CREATE VIEW v AS SELECT r.* FROM t, XMLTABLE('/a' PASSING x COLUMNS n int PATH 'n', o FOR ORDINALITY, s text PATH 's') AS r; CREATE VIEW w AS SELECT r.* FROM t, JSON_TABLE(j, '$[*]' COLUMNS (id FOR ORDINALITY, a int PATH '$.a', NESTED PATH '$.b[*]' COLUMNS (c text PATH '$', d bool EXISTS PATH '$'))) AS r",
    ],
    [
      'public.t: x xml, j jsonb',
      'public.v [view]: n integer, o integer, s text',
      'public.w [view]: id integer, a integer, c text, d boolean',
    ],
  ],
  [
    'rows that recursive queries mark',
    [
      "CREATE TABLE t (id int, parent int); CREATE VIEW v AS WITH RECURSIVE r AS (SELECT id, parent FROM t UNION ALL SELECT t.id, t.parent FROM t JOIN r ON t.parent = r.id) CYCLE id SET is_cycle USING path SELECT id, is_cycle FROM r; CREATE VIEW w AS WITH RECURSIVE r AS (SELECT id, parent FROM t UNION ALL SELECT t.id, t.parent FROM t JOIN r ON t.parent = r.id) SEARCH DEPTH FIRST BY id SET place CYCLE id SET mark TO 'y' DEFAULT 'n' USING path SELECT id, mark FROM r",
    ],
    [
      'public.t: id integer, parent integer',
      'public.v [view]: id integer, is_cycle boolean',
      'public.w [view]: id integer, mark unknown',
    ],
  ],
  [
    'what statements that change rows give back',
    [
      "CREATE TABLE t (a int, b text); CREATE TABLE u (a int, c date); CREATE TABLE x AS WITH n AS (INSERT INTO t VALUES (1, 'x') RETURNING *), m AS (UPDATE t SET b = u.c::text FROM u WHERE u.a = t.a RETURNING t.a, u.c AS d), o AS (DELETE FROM t USING u WHERE u.a = t.a RETURNING b, u.*) SELECT n.b AS p, m.d AS q, o.c AS r FROM n, m, o",
    ],
    ['public.t: a integer, b text', 'public.u: a integer, c date', 'public.x: p text, q date, r date'],
  ],
  [
    'a recursive view, and one with its columns',
    [
      'CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v WHERE n < 9; CREATE TABLE t (a int, b text); CREATE TEMP VIEW gone AS SELECT 1 AS x; CREATE OR REPLACE VIEW w (x, y) AS SELECT a, b FROM t WITH LOCAL CHECK OPTION; CREATE MATERIALIZED VIEW m (p) AS SELECT a FROM t WITH NO DATA; REFRESH MATERIALIZED VIEW m',
    ],
    [
      'public.v [view]: n integer',
      'public.t: a integer, b text',
      'public.w [view]: x integer, y text',
      'public.m [materialized view]: p integer',
    ],
  ],
  [
    'functions of a row, called as columns',
    [
      "CREATE TABLE t (a int, b text); CREATE FUNCTION label(t) RETURNS text LANGUAGE sql AS 'SELECT ''x'''; CREATE VIEW v AS SELECT label(t) AS p, label(t.*) AS q, t.label AS r, (t).b AS s FROM t; CREATE VIEW w AS SELECT t FROM t; CREATE VIEW x AS SELECT (w.t).a AS k, (w.t).* FROM w",
    ],
    [
      'public.t: a integer, b text',
      'public.v [view]: p text, q text, r unknown, s text',
      'public.w [view]: t t',
      'public.x [view]: k integer, a integer, b text',
    ],
  ],
  [
    'columns of USING and NATURAL in updates and grouping',
    [
      'CREATE TABLE a (id int, n text); CREATE TABLE b (id int, m numeric); CREATE VIEW v AS SELECT id, count(*) AS c, sum(m) AS s, GROUPING(id) AS g FROM a NATURAL JOIN b GROUP BY ROLLUP (id) HAVING count(*) > 1 ORDER BY 1 LIMIT 5; CREATE VIEW w AS SELECT DISTINCT ON (n) n AS k, a.* FROM a; CREATE VIEW y AS SELECT * FROM a FOR UPDATE; CREATE VIEW x AS SELECT row_number() OVER w, n FROM a WINDOW w AS (PARTITION BY n) FETCH FIRST 3 ROWS ONLY',
    ],
    [
      'public.a: id integer, n text',
      'public.b: id integer, m numeric',
      'public.v [view]: id integer, c bigint, s numeric, g integer',
      'public.w [view]: k text, id integer, n text',
      'public.y [view]: id integer, n text',
      'public.x [view]: row_number bigint, n text',
    ],
  ],
  [
    'casts of other kinds',
    [
      "CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN d AS varchar(4); CREATE TABLE t (a text, m mood, x d); CREATE VIEW v AS SELECT 'a'::mood AS p, a::mood[] AS q, CAST(a AS d) AS r, x AS s, x || 'y' AS u, date '2020-01-01' AS w, interval '1 day' AS y, int4 '5' AS z, a::varchar AS aa, m::text AS bb, coalesce(x, 'k') AS cc, max(x) AS dd, min(m) AS ee, array_agg(m) AS ff FROM t GROUP BY a, m, x",
    ],
    [
      'public.t: a text, m mood, x d',
      'public.v [view]: p mood, q mood[], r d, s d, u text, w date, y interval, z integer, aa character varying, bb text, cc character varying, dd text, ee mood, ff mood[]',
    ],
  ],
];
