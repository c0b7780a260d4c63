import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'DROP TABLE CASCADE takes views and functions of its rows along',
    [
      'CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; CREATE TABLE u (x int); CREATE VIEW x AS SELECT 1 AS one FROM u; DROP TABLE t CASCADE',
    ],
    ['public.u: x integer', 'public.x [view]: one integer'],
  ],
  [
    'DROP COLUMN CASCADE takes the views that use it along, and no others',
    [
      'CREATE TABLE t (a int, b int, c int); CREATE VIEW va AS SELECT a FROM t; CREATE VIEW vb AS SELECT b FROM t; CREATE VIEW vw AS SELECT a FROM t WHERE b > 1; CREATE VIEW vr AS SELECT count(t.*) FROM t; ALTER TABLE t DROP COLUMN b CASCADE',
    ],
    ['public.t: a integer, c integer', 'public.va [view]: a integer', 'public.vr [view]: count bigint'],
  ],
  [
    'generated columns go with what they are computed from',
    [
      'CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED, b int); ALTER TABLE t DROP COLUMN a CASCADE',
    ],
    ['public.t: b integer'],
  ],
  [
    'of a child they go with what it has itself, which it keeps where ONLY the parent loses it',
    [
      'CREATE TABLE p (x int, y int, g int GENERATED ALWAYS AS (y * 2) STORED); CREATE TABLE c (h int GENERATED ALWAYS AS (y * 3) STORED) INHERITS (p); CREATE TABLE d () INHERITS (c); ALTER TABLE ONLY p DROP COLUMN y CASCADE',
      'CREATE TABLE q (x int, y int, g int GENERATED ALWAYS AS (y * 2) STORED); CREATE TABLE e (h int GENERATED ALWAYS AS (y * 3) STORED) INHERITS (q); ALTER TABLE q DROP COLUMN y CASCADE',
      'ALTER TABLE d NO INHERIT c; ALTER TABLE d DROP COLUMN y CASCADE',
    ],
    [
      'public.p: x integer',
      'public.c: x integer, y integer, g integer, h integer',
      'public.d: x integer',
      'public.q: x integer',
      'public.e: x integer',
    ],
  ],
  [
    'of a partition they go with those of the parent, and with a type or a function',
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2'; CREATE TABLE p (x int, y int, g int GENERATED ALWAYS AS (y * 2) STORED, f int GENERATED ALWAYS AS (twice(x)) STORED, k e) PARTITION BY LIST (x); CREATE TABLE c PARTITION OF p FOR VALUES IN (1); ALTER TABLE p DROP COLUMN y CASCADE; DROP TYPE e CASCADE; DROP FUNCTION twice CASCADE",
    ],
    ['public.p: x integer', 'public.c: x integer'],
  ],
  [
    'DROP SCHEMA CASCADE takes what is in it along, and what depends on that',
    [
      "CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE TYPE s.e AS ENUM ('x'); CREATE TABLE u (e s.e, b int); CREATE VIEW v AS SELECT a FROM s.t; DROP SCHEMA s CASCADE",
    ],
    ['public.u: b integer'],
  ],
  [
    'children go with their parent, partitions always',
    [
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT; DROP TABLE p; CREATE TABLE q (a int); CREATE TABLE q1 () INHERITS (q); DROP TABLE q CASCADE',
    ],
    [],
  ],
  [
    'DROP FUNCTION CASCADE',
    [
      "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT f(1); CREATE VIEW w AS SELECT 1 AS x; DROP FUNCTION f(int) CASCADE",
    ],
    ['public.w [view]: x integer'],
  ],
  [
    'IF EXISTS of what is not there',
    [
      'DROP TABLE IF EXISTS a, b CASCADE; DROP VIEW IF EXISTS v; DROP TYPE IF EXISTS e; CREATE TABLE t (a int); ALTER TABLE t DROP COLUMN IF EXISTS z; ALTER TABLE IF EXISTS nope ADD COLUMN a int',
    ],
    ['public.t: a integer'],
  ],
  [
    'a view that groups by the primary key may go with it',
    [
      'CREATE TABLE t (id int PRIMARY KEY, n text); CREATE VIEW v AS SELECT id, n FROM t GROUP BY id; CREATE VIEW w AS SELECT id FROM t; ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE',
    ],
    ['public.t: id integer!, n text', 'public.w [view]: id integer'],
  ],
  [
    'what a view that is not all understood uses',
    [
      'CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT t.a, o.x FROM t JOIN other o ON o.y = z; ALTER TABLE t DROP COLUMN b CASCADE',
    ],
    ['public.t: a integer'],
  ],
];
