import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'the star is frozen when the view is made',
    [
      'CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD COLUMN c int; ALTER TABLE t RENAME COLUMN a TO z',
    ],
    ['public.t: z integer, b text, c integer', 'public.v [view]: a integer, b text'],
  ],
  [
    'columns without a name are named as the database names them',
    [
      "CREATE TABLE t (a int, b text, r numeric[]); CREATE VIEW v AS SELECT count(*), 'x'::varchar(3), CASE WHEN a = 1 THEN 2 END, coalesce(a, 1), EXISTS (SELECT 1), ARRAY[1], a::text, 1, now(), current_date, nullif(b, ''), greatest(a, 1), (SELECT b FROM t LIMIT 1), r[1], extract(year FROM now()), CAST(NULL AS bigint), ROW(1, 2) FROM t GROUP BY a, b, r",
    ],
    [
      'public.t: a integer, b text, r numeric[]',
      'public.v [view]: count bigint, varchar character varying(3), case integer, coalesce integer, exists boolean, array integer[], a text, ?column? integer, now timestamp with time zone, current_date date, nullif text, greatest integer, b text, r numeric, extract numeric, int8 bigint, row unknown',
    ],
  ],
  [
    'what a star or a function stands for that is not known may be any columns',
    [
      "CREATE TABLE t (a int); CREATE TYPE pair AS (x int, y text); CREATE VIEW u AS SELECT a, nope.* FROM t; CREATE VIEW v AS SELECT t.* FROM t; CREATE VIEW w AS SELECT * FROM nope; CREATE VIEW x AS SELECT * FROM unnest(lost()); CREATE VIEW y AS SELECT * FROM unnest(ARRAY[1], lost()); CREATE VIEW z AS SELECT * FROM unnest(ARRAY[1], '{a}'::text[]) AS r(a, b); CREATE VIEW p AS SELECT * FROM unnest('{}'::pair[])",
    ],
    [
      'public.t: a integer',
      'public.u [view]: a integer, …',
      'public.v [view]: a integer',
      'public.w [view]: …',
      'public.x [view]: …',
      'public.y [view]: …',
      'public.z [view]: a integer, b text',
      'public.p [view]: …',
    ],
  ],
  [
    'a view of a table of which not all is known is no better known',
    [
      'CREATE TABLE a (x int); CREATE TABLE b (x int); DO $$ BEGIN IF random() > 0.5 THEN ALTER TABLE a ADD COLUMN y int; CREATE TABLE c (x int); DROP TABLE b; END IF; END $$; CREATE VIEW va AS SELECT * FROM a; CREATE VIEW vb AS SELECT * FROM b; CREATE VIEW vc AS SELECT * FROM c; CREATE VIEW vx AS SELECT x FROM a',
    ],
    [
      'public.a: x integer, …',
      'public.va [view]: x integer, …',
      'public.vb [view]: x integer, …',
      'public.vc [view]: x integer, …',
      'public.vx [view]: x integer',
    ],
  ],
  [
    'what a statement in WITH returns',
    [
      'CREATE TABLE t (a int, b text); CREATE TABLE u (c bigint); CREATE TABLE i AS WITH n AS (INSERT INTO t VALUES (1) RETURNING a, b AS x) SELECT * FROM n; CREATE TABLE k AS WITH n AS (UPDATE t SET a = 1 FROM u RETURNING t.*, u.c) SELECT * FROM n; CREATE TABLE d AS WITH n AS (DELETE FROM t USING u RETURNING u.c, a) SELECT * FROM n; CREATE TABLE e AS WITH n(z) AS (DELETE FROM t RETURNING *) SELECT z, b FROM n; CREATE TABLE f AS WITH n AS (DELETE FROM nope RETURNING *) SELECT * FROM n; CREATE TABLE g AS WITH n AS (DELETE FROM t AS o RETURNING o.b) SELECT * FROM n',
    ],
    [
      'public.t: a integer, b text',
      'public.u: c bigint',
      'public.i: a integer, x text',
      'public.k: a integer, b text, c bigint',
      'public.d: c bigint, a integer',
      'public.e: z integer, b text',
      'public.f: …',
      'public.g: b text',
    ],
  ],
  [
    'a table of what a prepared statement gives',
    ['PREPARE p AS SELECT 1 AS a; CREATE TABLE t AS EXECUTE p; CREATE TABLE u (b) AS EXECUTE p'],
    ['public.t: …', 'public.u: b unknown, …'],
  ],
  [
    'an array of a domain is no array of what the domain is of',
    [
      'CREATE DOMAIN email AS text; CREATE TABLE t (a email[], b email, c text[]); CREATE VIEW v AS SELECT a || a AS x, a[1] AS y, b || b AS z, coalesce(a, a) AS k, a || b AS l FROM t',
    ],
    [
      'public.t: a email[], b email, c text[]',
      'public.v [view]: x email[], y email, z text, k email[], l unknown',
    ],
  ],
  [
    'names of WITH, nearest first',
    [
      'CREATE TABLE t (a int); CREATE TABLE u (b text); CREATE VIEW v AS WITH t AS (SELECT b FROM u) SELECT * FROM t; CREATE VIEW w AS WITH x AS (SELECT a FROM t), y AS (SELECT * FROM x) SELECT y.a AS p, x.a AS q FROM x, y; CREATE VIEW z AS WITH x AS (SELECT a FROM t) SELECT * FROM (WITH x AS (SELECT b FROM u) SELECT * FROM x) AS s, x; CREATE VIEW p AS WITH t AS (SELECT b FROM u) SELECT * FROM public.t; CREATE VIEW q AS WITH x AS (WITH y AS (SELECT a AS c FROM t) SELECT c FROM y) SELECT * FROM x; CREATE VIEW r AS WITH x(m) AS (SELECT a FROM t) SELECT x.m, (SELECT max(m) FROM x) AS n FROM x; CREATE VIEW s AS WITH RECURSIVE x AS (SELECT a FROM t), y(k) AS (SELECT a FROM x UNION ALL SELECT k + 1 FROM y) SELECT * FROM y',
    ],
    [
      'public.t: a integer',
      'public.u: b text',
      'public.v [view]: b text',
      'public.w [view]: p integer, q integer',
      'public.z [view]: b text, a integer',
      'public.p [view]: a integer',
      'public.q [view]: c integer',
      'public.r [view]: m integer, n integer',
      'public.s [view]: k integer',
    ],
  ],
  [
    'a table by its schema, where another has its name',
    [
      'CREATE SCHEMA app; CREATE TABLE t (a int); CREATE TABLE app.t (a text, b int); CREATE VIEW v AS SELECT public.t.a AS x, app.t.a AS y, app.t.b FROM t, app.t; CREATE VIEW w AS SELECT app.t.* FROM t, app.t; CREATE VIEW z AS SELECT o.a AS x, b FROM t AS o, app.t; CREATE VIEW p AS SELECT (SELECT app.t.a FROM app.t WHERE app.t.b = t.a LIMIT 1) AS r, t.a FROM t; CREATE VIEW q AS SELECT s.* FROM t, LATERAL (SELECT t.a AS k, app.t.a FROM app.t) AS s',
    ],
    [
      'public.t: a integer',
      'app.t: a text, b integer',
      'public.v [view]: x integer, y text, b integer',
      'public.w [view]: a text, b integer',
      'public.z [view]: x integer, b integer',
      'public.p [view]: r text, a integer',
      'public.q [view]: k text, a text',
    ],
  ],
  [
    'a UNION has the columns of its first part, and types of both',
    [
      "CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a AS x, b FROM t UNION ALL SELECT 2.5, 'y' FROM t; CREATE VIEW w AS SELECT a FROM t UNION SELECT * FROM nope; CREATE VIEW x AS SELECT * FROM nope UNION SELECT a FROM t; CREATE VIEW y AS (SELECT a FROM t ORDER BY b LIMIT 1) UNION SELECT 1 UNION SELECT NULL; CREATE VIEW z AS SELECT NULL AS n UNION SELECT NULL; CREATE VIEW p AS SELECT 'a' AS n UNION SELECT 'b' UNION SELECT 'c'; CREATE VIEW q AS VALUES (1, NULL), (2, 'a'); CREATE VIEW r AS SELECT * FROM (VALUES (1, 'a'), (NULL, 'b')) AS s(m, n)",
    ],
    [
      'public.t: a integer, b text',
      'public.v [view]: x numeric, b text',
      'public.w [view]: a unknown',
      'public.x [view]: …',
      'public.y [view]: a integer',
      'public.z [view]: n text',
      'public.p [view]: n text',
      'public.q [view]: column1 integer, column2 text',
      'public.r [view]: m integer, n text',
    ],
  ],
  [
    'SEARCH and CYCLE add columns',
    [
      "CREATE TABLE t (id int, up int); CREATE VIEW a AS WITH RECURSIVE r AS (SELECT id, up FROM t UNION ALL SELECT t.id, t.up FROM t, r WHERE t.up = r.id) SEARCH DEPTH FIRST BY id SET place CYCLE id SET again USING way SELECT id, again, cardinality(place) AS p, cardinality(way) AS w FROM r; CREATE VIEW b AS WITH RECURSIVE r(x) AS (SELECT id FROM t UNION ALL SELECT t.id FROM t, r WHERE t.up = r.x) SEARCH BREADTH FIRST BY x SET place CYCLE x SET again TO 'yes' DEFAULT 'no' USING way SELECT x, again, place::text AS p FROM r; CREATE VIEW c AS WITH RECURSIVE r AS (SELECT id FROM t UNION ALL SELECT t.id FROM t, r) SELECT * FROM r; CREATE VIEW d AS WITH RECURSIVE r AS (SELECT id FROM t UNION ALL SELECT t.id FROM t, r) SEARCH BREADTH FIRST BY id SET place CYCLE id SET again USING way SELECT * FROM r",
    ],
    [
      'public.t: id integer, up integer',
      'public.a [view]: id integer, again boolean, p integer, w integer',
      'public.b [view]: x integer, again unknown, p text',
      'public.c [view]: id integer',
      'public.d [view]: id integer, place record, again boolean, way record[]',
    ],
  ],
  [
    'columns of a view may be null',
    [
      'CREATE TABLE t (a int NOT NULL PRIMARY KEY); CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE TABLE c AS SELECT a FROM t',
    ],
    [
      'public.t: a integer!',
      'public.v [view]: a integer',
      'public.m [materialized view]: a integer',
      'public.c: a integer',
    ],
  ],
  [
    'names given by the view',
    [
      'CREATE TABLE t (a int, b text); CREATE VIEW v (x) AS SELECT a, b FROM t; CREATE TABLE c (y, z) AS SELECT * FROM t; SELECT a AS i INTO n FROM t',
    ],
    [
      'public.t: a integer, b text',
      'public.v [view]: x integer, b text',
      'public.c: y integer, z text',
      'public.n: i integer',
    ],
  ],
  [
    'common types of UNION, COALESCE, CASE and VALUES',
    [
      "CREATE TABLE t (i int, s smallint, n numeric(4,1), v varchar(5), x text, d date); CREATE VIEW a AS SELECT i, v, v AS w, NULL AS l FROM t UNION SELECT n, v, x, NULL FROM t; CREATE VIEW b AS SELECT coalesce(s, i) AS c1, coalesce(n, n) AS c2, coalesce(v, 'x') AS c3, CASE WHEN true THEN 1 ELSE 2.5 END AS c4, coalesce(d, now()) AS c5, coalesce(i, x) AS c6 FROM t; CREATE VIEW c AS VALUES (1, 'a'), (2.5, NULL)",
    ],
    [
      'public.t: i integer, s smallint, n numeric(4,1), v character varying(5), x text, d date',
      'public.a [view]: i numeric, v character varying(5), w character varying, l text',
      'public.b [view]: c1 integer, c2 numeric(4,1), c3 character varying, c4 numeric, c5 timestamp with time zone, c6 unknown',
      'public.c [view]: column1 numeric, column2 text',
    ],
  ],
  [
    'JOIN USING and NATURAL JOIN merge columns, and put them first',
    [
      'CREATE TABLE a (x int, id int, n text); CREATE TABLE b (y int, id bigint, n varchar); CREATE VIEW v AS SELECT * FROM a JOIN b USING (id, n); CREATE VIEW w AS SELECT * FROM a NATURAL LEFT JOIN b; CREATE VIEW z AS SELECT a.id AS one, b.id AS two, id FROM a FULL JOIN b USING (id)',
    ],
    [
      'public.a: x integer, id integer, n text',
      'public.b: y integer, id bigint, n character varying',
      'public.v [view]: id bigint, n text, x integer, y integer',
      'public.w [view]: id bigint, n text, x integer, y integer',
      'public.z [view]: one integer, two bigint, id bigint',
    ],
  ],
  [
    'common table expressions, with those that are recursive',
    [
      'CREATE TABLE t (id int, parent int, name text); CREATE VIEW v AS WITH RECURSIVE r(id, depth) AS (SELECT id, 0 FROM t UNION ALL SELECT t.id, depth + 1 FROM t JOIN r ON t.parent = r.id), n AS (SELECT name FROM t) SELECT r.*, n.name FROM r, n',
    ],
    [
      'public.t: id integer, parent integer, name text',
      'public.v [view]: id integer, depth integer, name text',
    ],
  ],
  [
    'subqueries, LATERAL and VALUES in FROM',
    [
      "CREATE TABLE t (id int, tags text[]); CREATE VIEW v AS SELECT s.id AS sid, l.n, w.* FROM (SELECT id, tags FROM t) AS s LEFT JOIN LATERAL (SELECT count(*) AS n FROM t WHERE t.id = s.id) l ON true CROSS JOIN (VALUES (1, 'one')) AS w(num, word)",
    ],
    ['public.t: id integer, tags text[]', 'public.v [view]: sid integer, n bigint, num integer, word text'],
  ],
  [
    'functions in FROM',
    [
      "CREATE FUNCTION f(int) RETURNS TABLE (x int, y text) LANGUAGE sql AS ''; CREATE FUNCTION g(OUT p int, OUT q date) LANGUAGE sql AS ''; CREATE FUNCTION h() RETURNS SETOF int LANGUAGE sql AS ''; CREATE VIEW v AS SELECT * FROM f(1), g(), h() AS hh, generate_series(1, 3) AS n, jsonb_each('{}') WITH ORDINALITY AS e(k, v, o), json_to_record('{}') AS r(i int, t text), unnest(ARRAY['a']) AS u",
    ],
    [
      'public.v [view]: x integer, y text, p integer, q date, hh integer, n integer, k text, v jsonb, o bigint, i integer, t text, u text',
    ],
  ],
  [
    'a function of a row, and one of unknown columns',
    [
      "CREATE TABLE t (id int, n text); CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS ''; CREATE VIEW v AS SELECT * FROM f(); CREATE VIEW w AS SELECT x.* FROM other_function() AS x; CREATE VIEW y AS SELECT (f).n, (f()).id AS i FROM f()",
    ],
    [
      'public.t: id integer, n text',
      'public.v [view]: id integer, n text',
      'public.w [view]: …',
      'public.y [view]: n text, i integer',
    ],
  ],
  [
    'names of three parts',
    [
      'CREATE SCHEMA app; CREATE TABLE app.orders (id int, n text); CREATE VIEW v AS SELECT app.orders.id AS one, orders.n AS two, app.orders.* FROM app.orders',
    ],
    ['app.orders: id integer, n text', 'public.v [view]: one integer, two text, id integer, n text'],
  ],
  [
    'a table that no migration made: the names that are written are known',
    [
      'CREATE TABLE t (a int); CREATE VIEW v AS SELECT t.a, o.b, now() AS c FROM t JOIN other o ON true; CREATE VIEW w AS SELECT *, 1 AS x FROM other; CREATE VIEW x (p, q) AS SELECT * FROM other',
    ],
    [
      'public.t: a integer',
      'public.v [view]: a integer, b unknown, c timestamp with time zone',
      'public.w [view]: x integer, …',
      'public.x [view]: p unknown, q unknown, …',
    ],
  ],
  [
    'OR REPLACE keeps columns and adds others',
    [
      'CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT * FROM v; CREATE OR REPLACE VIEW v AS SELECT a, b FROM t',
    ],
    ['public.t: a integer, b text', 'public.v [view]: a integer, b text', 'public.w [view]: a integer'],
  ],
  [
    'a view can be altered as a table',
    [
      'CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM t; ALTER TABLE v RENAME COLUMN a TO b; ALTER TABLE v RENAME TO w; ALTER MATERIALIZED VIEW m RENAME COLUMN a TO c',
    ],
    ['public.t: a integer', 'public.w [view]: b integer', 'public.m [materialized view]: c integer'],
  ],
  [
    'operators and functions give types',
    [
      "CREATE TABLE t (i int, n numeric(4,1), d date, ts timestamptz, j jsonb, v varchar(9), f real); CREATE VIEW o AS SELECT i + 1 AS a, n * i AS b, d - d AS c, ts - ts AS e, d + interval '1 day' AS g, j -> 'x' AS h, j ->> 'x' AS k, v || i AS l, i = 1 AS m, f * 2 AS p, i / n AS q, v LIKE 'x' AS r, NOT true AS s, upper(v) AS u, round(n, 1) AS w, i % 2 AS x, - n AS y FROM t; CREATE VIEW p AS SELECT sum(i) AS a, sum(n) AS b, avg(i) AS c, max(v) AS d, array_agg(v) AS e, json_agg(j) AS g, min(d) AS h, string_agg(v, ',') AS k, row_number() OVER () AS l, lag(n) OVER () AS m FROM t",
    ],
    [
      'public.t: i integer, n numeric(4,1), d date, ts timestamp with time zone, j jsonb, v character varying(9), f real',
      'public.o [view]: a integer, b numeric, c integer, e interval, g timestamp without time zone, h jsonb, k text, l text, m boolean, p double precision, q numeric, r boolean, s boolean, u text, w numeric, x integer, y numeric',
      'public.p [view]: a bigint, b numeric, c numeric, d text, e character varying[], g json, h date, k text, l bigint, m numeric',
    ],
  ],
  [
    'a view made of a statement that returns rows',
    [
      'CREATE TABLE t (a int, b text); CREATE TABLE log AS WITH gone AS (DELETE FROM t RETURNING a, b AS c) SELECT * FROM gone',
    ],
    ['public.t: a integer, b text', 'public.log: a integer, c text'],
  ],
];
