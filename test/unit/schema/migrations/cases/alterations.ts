import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'NOT NULL comes and goes, in children, too',
    [
      'CREATE TABLE p (a int NOT NULL, b int); CREATE TABLE c (d int) INHERITS (p); ALTER TABLE p ALTER a DROP NOT NULL, ALTER b SET NOT NULL; CREATE TABLE q (a int); CREATE TABLE r (a int NOT NULL) INHERITS (q); ALTER TABLE q ALTER a DROP NOT NULL; CREATE TABLE o (a int NOT NULL); CREATE TABLE l () INHERITS (o); ALTER TABLE ONLY o ALTER a DROP NOT NULL',
    ],
    [
      'public.p: a integer, b integer!',
      'public.c: a integer, b integer!, d integer',
      'public.q: a integer',
      'public.r: a integer?',
      'public.o: a integer',
      'public.l: a integer!',
    ],
  ],
  [
    'types change, in children, too',
    [
      'CREATE TABLE p (a int, b int); CREATE TABLE c () INHERITS (p); CREATE TABLE g () INHERITS (c); ALTER TABLE p ALTER a TYPE bigint, ALTER COLUMN b SET DATA TYPE text USING b::text; ALTER TABLE g ADD COLUMN x real; ALTER TABLE c ADD COLUMN x real',
    ],
    [
      'public.p: a bigint, b text',
      'public.c: a bigint, b text, x real',
      'public.g: a bigint, b text, x real',
    ],
  ],
  [
    'a column that a child has already is one with it',
    [
      'CREATE TABLE p (a int); CREATE TABLE c (x int) INHERITS (p); ALTER TABLE p ADD COLUMN x int; ALTER TABLE p DROP COLUMN x; ALTER TABLE p ADD COLUMN y int; ALTER TABLE p DROP COLUMN y',
    ],
    ['public.p: a integer', 'public.c: a integer, x integer'],
  ],
  [
    'identity, and expressions that go',
    [
      'CREATE TABLE t (b int NOT NULL, g int GENERATED ALWAYS AS (b * 2) STORED, h int GENERATED ALWAYS AS (b * 3) STORED); ALTER TABLE t ALTER b ADD GENERATED ALWAYS AS IDENTITY; ALTER TABLE t ALTER g DROP EXPRESSION; ALTER TABLE t DROP COLUMN b CASCADE',
    ],
    ['public.t: g integer'],
  ],
  [
    'what leaves the shape as it is',
    [
      "CREATE TABLE t (a int, b text); ALTER TABLE t ALTER a SET DEFAULT 1, ALTER b SET STORAGE plain, ALTER a SET STATISTICS 5; ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t ADD CHECK (a > 0), ADD CONSTRAINT x CHECK (b <> ''); ALTER TABLE t VALIDATE CONSTRAINT x; ALTER TABLE t SET (fillfactor = 70); ALTER TABLE t REPLICA IDENTITY FULL; CREATE INDEX i ON t (a); ALTER INDEX i RENAME TO j; CREATE SEQUENCE s; ALTER SEQUENCE s OWNED BY t.a; COMMENT ON INDEX j IS 'x'; ALTER TABLE t DISABLE TRIGGER ALL",
    ],
    ['public.t: a integer, b text'],
  ],
  [
    'a child that leaves its parent keeps its columns',
    [
      'CREATE TABLE p (a int, b int); CREATE TABLE c (x int) INHERITS (p); ALTER TABLE c NO INHERIT p; ALTER TABLE p DROP COLUMN a; ALTER TABLE p ADD COLUMN z int; DROP TABLE p',
    ],
    ['public.c: a integer, b integer, x integer'],
  ],
  [
    'a child of two parents keeps what one of them drops',
    [
      'CREATE TABLE p (a int, b int); CREATE TABLE q (a int, c int); CREATE TABLE t () INHERITS (p, q); ALTER TABLE p DROP COLUMN a, DROP COLUMN b; ALTER TABLE q DROP COLUMN c',
    ],
    ['public.p: ', 'public.q: a integer', 'public.t: a integer'],
  ],
  [
    'tables become those of a type, and no more',
    [
      'CREATE TYPE ct AS (a int, b text); CREATE TABLE t (a int, b text); ALTER TABLE t OF ct; CREATE TABLE w OF ct; ALTER TYPE ct ADD ATTRIBUTE c int CASCADE; ALTER TABLE t NOT OF; ALTER TYPE ct DROP ATTRIBUTE b CASCADE',
    ],
    ['public.t: a integer, b text, c integer', 'public.w: a integer, c integer'],
  ],
  [
    'constraints without a name are dropped by the name they get',
    [
      'CREATE TABLE t (a int CHECK (a > 0), b int NOT NULL, c int UNIQUE, d int REFERENCES t (c), e int, f int, UNIQUE (e, f), FOREIGN KEY (e, f) REFERENCES t (e, f)); ALTER TABLE t DROP CONSTRAINT t_a_check; ALTER TABLE t DROP CONSTRAINT t_e_f_fkey; ALTER TABLE t DROP CONSTRAINT t_c_key CASCADE',
    ],
    ['public.t: a integer, b integer!, c integer, d integer, e integer, f integer'],
  ],
  [
    'a NOT NULL by its name in newer databases',
    ['CREATE TABLE t (a int NOT NULL, b int NOT NULL); ALTER TABLE t DROP CONSTRAINT t_b_not_null'],
    ['public.t: a integer!, b integer?'],
  ],
  [
    'primary keys of several columns, added and dropped',
    [
      'CREATE TABLE t (a int, b int, c int); ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (b, a); CREATE TABLE u (x int, y int, FOREIGN KEY (x, y) REFERENCES t); ALTER TABLE t DROP CONSTRAINT k CASCADE; ALTER TABLE t ALTER b DROP NOT NULL',
    ],
    ['public.t: a integer!, b integer, c integer', 'public.u: x integer, y integer'],
  ],
  [
    'keys of partitions come and go with those of their parent',
    [
      'CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE p (id int, u_id int) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (u_id) REFERENCES u; CREATE TABLE p2 PARTITION OF p (u_id NOT NULL) FOR VALUES IN (2); ALTER TABLE p DETACH PARTITION p1; ALTER TABLE p DROP CONSTRAINT k',
    ],
    [
      'public.u: id integer!',
      'public.p: id integer, u_id integer',
      'public.p1: id integer, u_id integer, (u_id) -> public.u',
      'public.p2: id integer, u_id integer!',
    ],
  ],
  [
    'renamed keys',
    [
      'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a); ALTER TABLE a RENAME TO c; ALTER TABLE c RENAME id TO nr; ALTER TABLE b RENAME x TO y; ALTER TABLE c RENAME CONSTRAINT a_pkey TO k; ALTER TABLE c DROP CONSTRAINT k CASCADE',
    ],
    ['public.c: nr integer!', 'public.b: y integer'],
  ],
  [
    'IF EXISTS and IF NOT EXISTS',
    [
      'CREATE TABLE t (a int); ALTER TABLE IF EXISTS t ADD COLUMN IF NOT EXISTS b int, DROP COLUMN IF EXISTS zz, ADD COLUMN IF NOT EXISTS a text; ALTER TABLE IF EXISTS t RENAME b TO c; ALTER VIEW IF EXISTS nope RENAME TO x; ALTER TABLE IF EXISTS nope RENAME TO x; CREATE VIEW v AS SELECT 1 AS x; ALTER VIEW IF EXISTS v RENAME TO w; CREATE SCHEMA IF NOT EXISTS s; CREATE SCHEMA IF NOT EXISTS s; ALTER TABLE IF EXISTS t SET SCHEMA s; DROP SCHEMA IF EXISTS nope CASCADE; CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1 AS y; CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 2 AS z; CREATE TABLE IF NOT EXISTS c AS SELECT 1 AS a; CREATE TABLE IF NOT EXISTS c AS SELECT 2 AS b',
    ],
    [
      's.t: a integer, c integer',
      'public.w [view]: x integer',
      'public.m [materialized view]: y integer',
      'public.c: a integer',
    ],
  ],
  [
    'CREATE TABLE AS WITH NO DATA, and of EXECUTE',
    [
      "CREATE TABLE t (a int NOT NULL, b text); CREATE TABLE u AS TABLE t WITH NO DATA; CREATE UNLOGGED TABLE w AS VALUES (1, 'x'); CREATE TABLE x AS SELECT a, b, a AS c FROM t UNION ALL SELECT 1, 'y', 2",
    ],
    [
      'public.t: a integer!, b text',
      'public.u: a integer, b text',
      'public.w: column1 integer, column2 text',
      'public.x: a integer, b text, c integer',
    ],
  ],
  [
    'LIKE of views, of types, and with more columns of one name',
    [
      "CREATE TABLE s (id int NOT NULL, n text DEFAULT 'x'); CREATE VIEW v AS SELECT * FROM s; CREATE TYPE c AS (p int, q text); CREATE TABLE a (LIKE v); CREATE TABLE b (x int, LIKE s INCLUDING DEFAULTS, y int); CREATE TABLE d (LIKE c)",
    ],
    [
      'public.s: id integer!, n text',
      'public.v [view]: id integer, n text',
      'public.a: id integer, n text',
      'public.b: x integer, id integer!, n text, y integer',
      'public.d: p integer, q text',
    ],
  ],
  [
    'partitions of partitions',
    [
      'CREATE TABLE p (a int, b int, c text) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (b); CREATE TABLE r PARTITION OF q DEFAULT; ALTER TABLE p ADD COLUMN d int NOT NULL, DROP COLUMN c, ALTER b SET NOT NULL; ALTER TABLE p RENAME d TO e; DROP TABLE q',
    ],
    ['public.p: a integer, b integer!, e integer!'],
  ],
  [
    'transactions, one in the other',
    [
      'CREATE TABLE t (a int); BEGIN; CREATE TABLE gone (a int); ABORT; START TRANSACTION; ALTER TABLE t ADD COLUMN b int; END; BEGIN; ALTER TABLE t ADD COLUMN c int; SAVEPOINT s; ALTER TABLE t ADD COLUMN d int; SAVEPOINT q; ALTER TABLE t ADD COLUMN e int; RELEASE SAVEPOINT q; ROLLBACK TO s; ALTER TABLE t ADD COLUMN f int; COMMIT AND CHAIN; ALTER TABLE t ADD COLUMN g int; ROLLBACK; ALTER TABLE t ADD COLUMN h int',
    ],
    ['public.t: a integer, b integer, c integer, f integer, g integer, h integer, …'],
  ],
  [
    'what may have been dropped',
    [
      "CREATE TABLE x (a int); CREATE TABLE p (a int, b int); CREATE TABLE c () INHERITS (p); CREATE TYPE mood AS ENUM ('a'); CREATE TABLE m (k mood, l int); CREATE VIEW v AS SELECT a FROM p; DO $$ BEGIN IF (SELECT count(*) FROM x) > 0 THEN ALTER TABLE p DROP COLUMN b; DROP TYPE mood CASCADE; ALTER TABLE m ALTER l SET NOT NULL; DROP VIEW v; ALTER TABLE x RENAME a TO b; CREATE TYPE other AS ENUM ('x'); END IF; END $$",
    ],
    ['public.x: …', 'public.p: a integer, …', 'public.c: a integer, …', 'public.m: l integer?, …'],
  ],
  [
    'foreign tables come and go',
    [
      'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a int, b text NOT NULL) SERVER s; CREATE FOREIGN TABLE g (a int) SERVER s; CREATE FOREIGN TABLE h (a int) SERVER s; DROP FOREIGN TABLE g; ALTER FOREIGN TABLE f ADD COLUMN c int; ALTER FOREIGN TABLE f RENAME a TO z; ALTER FOREIGN TABLE h RENAME TO i',
    ],
    ['public.f [foreign table]: z integer, b text!, c integer', 'public.i [foreign table]: a integer'],
  ],
  [
    'names that are too long, and names in other letters',
    [
      'CREATE TABLE a23456789_123456789_123456789_123456789_123456789_123456789_123456789 (b23456789_123456789_123456789_123456789_123456789_123456789_12é int, "Ünder" int, ünder int, "a""b" int, U&"\\0041x" int); ALTER TABLE a23456789_123456789_123456789_123456789_123456789_123456789_123 ADD COLUMN c int',
    ],
    [
      'public.a23456789_123456789_123456789_123456789_123456789_123456789_123: b23456789_123456789_123456789_123456789_123456789_123456789_12 integer, Ünder integer, ünder integer, a"b integer, Ax integer, c integer',
    ],
  ],
  [
    'search paths of one transaction, and other settings',
    [
      "CREATE SCHEMA app; CREATE SCHEMA other; BEGIN; SET LOCAL search_path TO app; CREATE TABLE t (a int); COMMIT; CREATE TABLE u (a int); SET statement_timeout TO 0; SET client_min_messages = warning; SET SEARCH_PATH = other, app; CREATE TABLE w (a int); ALTER TABLE t ADD COLUMN b int; SET search_path TO DEFAULT; CREATE TABLE x (a int); SET SCHEMA 'app'; CREATE TABLE y (a int); RESET ALL; CREATE TABLE z (a int)",
    ],
    [
      'app.t: a integer, b integer',
      'public.u: a integer',
      'other.w: a integer',
      'public.x: a integer',
      'app.y: a integer',
      'public.z: a integer',
    ],
  ],
  [
    'types and functions move and are renamed',
    [
      "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('x'); CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (a mood, b app.mood); ALTER TYPE app.mood RENAME TO feeling; ALTER TYPE mood SET SCHEMA app; CREATE TYPE mood AS (x int); CREATE TABLE u (a mood, b app.mood); CREATE FUNCTION f(int) RETURNS mood LANGUAGE sql AS 'SELECT NULL::mood'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f(int) RENAME TO g; ALTER FUNCTION g(int) SET SCHEMA app; CREATE VIEW v AS SELECT f('x') AS a, (app.g(1)).x AS b; ALTER TYPE mood RENAME ATTRIBUTE x TO y; CREATE DOMAIN d AS numeric(4,1); ALTER DOMAIN d RENAME TO e; CREATE TABLE w (a e, b e[]); ALTER TYPE app.feeling ADD VALUE 'y'; ALTER TYPE app.feeling RENAME VALUE 'x' TO 'z'",
    ],
    [
      'public.t: a app.mood, b app.feeling',
      'public.u: a mood, b app.mood',
      'public.v [view]: a integer, b integer',
      'public.w: a e, b e[]',
    ],
  ],
  [
    'DROP of several, with what depends on it',
    [
      "CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE TABLE c (x int); CREATE VIEW v AS SELECT a.x FROM a; CREATE VIEW w AS SELECT * FROM v; CREATE MATERIALIZED VIEW m AS SELECT x FROM b; CREATE MATERIALIZED VIEW n AS SELECT x FROM c; DROP TABLE a, b CASCADE; DROP MATERIALIZED VIEW n; CREATE TYPE t1 AS ENUM ('a'); CREATE TYPE t2 AS (y t1); CREATE TABLE d (p t2, q t1[], r int); DROP TYPE t1, t2 CASCADE; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE e (x int DEFAULT f(), y int GENERATED ALWAYS AS (1) STORED); DROP FUNCTION f() CASCADE; CREATE DOMAIN o AS int; CREATE TABLE g (x o, y int); DROP DOMAIN o CASCADE",
    ],
    ['public.c: x integer', 'public.d: r integer', 'public.e: x integer, y integer', 'public.g: y integer'],
  ],
  [
    'rules and functions of several statements',
    [
      'CREATE TABLE t (a int); CREATE TABLE log (a int); CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO log VALUES (new.a); DELETE FROM log WHERE a = 1); CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN 1 > 0 THEN 1 ELSE 2 END; SELECT 2; END; CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (1); END; CREATE TABLE u (a int)',
    ],
    ['public.t: a integer', 'public.log: a integer', 'public.u: a integer'],
  ],
  [
    'temporary tables of a transaction, and tables made without columns',
    [
      'BEGIN; CREATE TEMP TABLE x (a int) ON COMMIT DROP; CREATE TABLE y AS SELECT a FROM x; COMMIT; CREATE TABLE x (b int); CREATE TABLE z (); ALTER TABLE x ADD COLUMN c int; CREATE TEMP TABLE w (a int); CREATE TABLE v (LIKE w)',
    ],
    ['public.y: a integer', 'public.x: b integer, c integer', 'public.z: ', 'public.v: a integer'],
  ],
  [
    'comments on what is there',
    [
      "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'y'; COMMENT ON SCHEMA public IS 'z'; CREATE VIEW v AS SELECT a FROM t; COMMENT ON VIEW v IS 'w'; COMMENT ON COLUMN v.a IS 'u'",
    ],
    ['public.t: a integer', 'public.v [view]: a integer'],
  ],
  [
    'a type goes with the tables of it, and with columns',
    [
      'CREATE TYPE c AS (a int); CREATE TABLE t OF c; CREATE TABLE u (x c, y int); CREATE VIEW v AS SELECT a FROM t; DROP TYPE c CASCADE',
    ],
    ['public.u: y integer'],
  ],
  [
    'defaults, checks and indexes that call functions',
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE FUNCTION g(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE TABLE t (a int DEFAULT f(), b int GENERATED ALWAYS AS (g(1)) STORED, c int CHECK (g(c) > 0)); CREATE INDEX i ON t (g(a)); DROP FUNCTION g(int) CASCADE; DROP FUNCTION f() CASCADE",
    ],
    ['public.t: a integer, c integer'],
  ],
  [
    'schemas with what is in them',
    [
      'CREATE SCHEMA IF NOT EXISTS a AUTHORIZATION CURRENT_USER; CREATE SCHEMA b CREATE TABLE t (x int) CREATE VIEW v AS SELECT x FROM t; CREATE TABLE a.u (y int PRIMARY KEY, z int REFERENCES a.u); CREATE VIEW w AS SELECT * FROM a.u; ALTER SCHEMA a RENAME TO c; DROP SCHEMA b CASCADE; CREATE TABLE c.n (i int)',
    ],
    ['c.u: y integer!, z integer, (z) -> c.u', 'public.w [view]: y integer, z integer', 'c.n: i integer'],
  ],
  [
    'a table that may not be there is not taken to be there',
    [
      'ALTER TABLE IF EXISTS a ADD COLUMN n int; CREATE TABLE a (id int); ALTER TABLE b ADD COLUMN n int; CREATE TABLE b (id int)',
      'DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE c (id int); CREATE TABLE d (id int); END IF; END $$; ALTER TABLE IF EXISTS c ADD COLUMN n int; ALTER TABLE d ADD COLUMN n int',
    ],
    ['public.a: id integer', 'public.b: id integer, …', 'public.d: id integer, n integer, …'],
  ],
  [
    'a table that is made again where it may be there has what both have',
    [
      'DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE a (id int NOT NULL, x int, y int, z int NOT NULL); END IF; END $$; CREATE TABLE IF NOT EXISTS a (id int NOT NULL, x text, z int, w int)',
    ],
    ['public.a: id integer!, x unknown, z integer?, …'],
  ],
  [
    'a key of a child goes with the child alone, though one of its parent has its name',
    [
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE p (id int, a int CONSTRAINT k REFERENCES r); CREATE TABLE c (b int CONSTRAINT k REFERENCES r) INHERITS (p); ALTER TABLE p DROP CONSTRAINT k',
      'CREATE TABLE q (id int CONSTRAINT u UNIQUE); CREATE TABLE d (b int CONSTRAINT u UNIQUE) INHERITS (q); CREATE TABLE f (x int REFERENCES d (b)); ALTER TABLE q DROP CONSTRAINT u; ALTER TABLE d DROP CONSTRAINT u',
      'CREATE TABLE s (id int, CONSTRAINT u PRIMARY KEY (id)); CREATE TABLE e (b int, CONSTRAINT u PRIMARY KEY (b)) INHERITS (s); CREATE TABLE g (x int REFERENCES e); ALTER TABLE s DROP CONSTRAINT u',
    ],
    [
      'public.r: id integer!',
      'public.p: id integer, a integer',
      'public.c: id integer, a integer, b integer, (b) -> public.r',
      'public.q: id integer',
      'public.d: id integer, b integer',
      'public.f: x integer',
      'public.s: id integer!',
      'public.e: id integer!, b integer!',
      'public.g: x integer, (x) -> public.e',
    ],
  ],
  [
    'the keys of a partition go with those of its parent',
    [
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE p (id int, a int, CONSTRAINT k FOREIGN KEY (a) REFERENCES r, CONSTRAINT u UNIQUE (id)) PARTITION BY RANGE (id); CREATE TABLE c PARTITION OF p DEFAULT; ALTER TABLE p DROP CONSTRAINT k',
    ],
    ['public.r: id integer!', 'public.p: id integer, a integer', 'public.c: id integer, a integer'],
  ],
  [
    'a name that a column has already shows that it is another by now',
    [
      'CREATE TABLE a (x int, y text, z int); ALTER TABLE a RENAME COLUMN x TO y; CREATE TABLE b (x int); DO $$ BEGIN IF random() > 0.5 THEN ALTER TABLE b ADD COLUMN y text; END IF; END $$; ALTER TABLE b RENAME COLUMN x TO y; CREATE TABLE c (x int, z int); ALTER TABLE c RENAME x TO y',
    ],
    ['public.a: y integer, z integer, …', 'public.b: y integer, …', 'public.c: y integer, z integer'],
  ],
  [
    'a type that is defined by functions is one, by whatever name',
    [
      'CREATE TYPE odd (INPUT = odd_in, OUTPUT = odd_out); CREATE AGGREGATE sum_of(int) (SFUNC = int4pl, STYPE = int); CREATE TABLE a (x odd, y odd[]); ALTER TYPE odd RENAME TO odder',
      'CREATE SCHEMA app; SET search_path = app; CREATE TYPE even (INPUT = even_in, OUTPUT = even_out); CREATE TABLE b (x even)',
    ],
    ['public.a: x odder, y odder[]', 'app.b: x app.even'],
  ],
  [
    'a key is dropped before another of its name is added',
    [
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE s (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT k REFERENCES r); ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s, DROP CONSTRAINT k; CREATE TABLE w (c int); ALTER TABLE w ADD COLUMN b text, ALTER COLUMN c TYPE bigint; CREATE TABLE u (c int); ALTER TABLE u ADD COLUMN d int, DROP COLUMN c, ADD COLUMN c text',
    ],
    [
      'public.r: id integer!',
      'public.s: id integer!',
      'public.t: a integer, (a) -> public.s',
      'public.w: c bigint, b text',
      'public.u: d integer, c text',
    ],
  ],
  [
    'keys without a name have names of their own',
    [
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE s (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES r, FOREIGN KEY (a) REFERENCES s); ALTER TABLE t DROP CONSTRAINT t_a_fkey; CREATE TABLE u (a int REFERENCES r, FOREIGN KEY (a) REFERENCES s, FOREIGN KEY (a) REFERENCES t); ALTER TABLE u DROP CONSTRAINT u_a_fkey1',
    ],
    [
      'public.r: id integer!',
      'public.s: id integer!',
      'public.t: a integer, (a) -> public.s',
      'public.u: a integer, (a) -> public.r, (a) -> public.t',
    ],
  ],
  [
    'an attribute of a type reaches the partitions of its tables',
    [
      'CREATE TYPE pair AS (a int, b text); CREATE TABLE m OF pair PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m DEFAULT; ALTER TYPE pair ADD ATTRIBUTE c int CASCADE; ALTER TYPE pair RENAME ATTRIBUTE b TO d CASCADE; ALTER TYPE pair DROP ATTRIBUTE a CASCADE',
    ],
    [],
  ],
  [
    'an attribute of a type reaches the tables of it',
    [
      'CREATE TYPE pair AS (a int, b text); CREATE TABLE m OF pair PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m DEFAULT; ALTER TYPE pair ADD ATTRIBUTE c int CASCADE; ALTER TYPE pair RENAME ATTRIBUTE b TO d CASCADE',
    ],
    ['public.m: a integer, d text, c integer', 'public.m1: a integer, d text, c integer'],
  ],
  [
    'where a name without a schema is made',
    [
      'CREATE SCHEMA app; SET search_path = nope, app; CREATE TABLE a (x int); SET search_path = nope; CREATE TABLE b (x int); CREATE TABLE c (x int)',
      "SET search_path = ''; CREATE TABLE d (x int); ALTER TABLE lost ADD COLUMN x int; CREATE EXTENSION citext; CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''; CREATE TABLE app.g (h int)",
      'DROP SCHEMA app CASCADE; SET search_path = app, public; CREATE TABLE i (x int)',
    ],
    ['nope.b: x integer', 'nope.c: x integer', 'public.i: x integer'],
  ],
  [
    'a type that is made again is the same, if it looks the same',
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE TYPE r AS RANGE (subtype = int4); CREATE TABLE t (e e, d d, r r, x int); CREATE TYPE e AS ENUM ('b'); CREATE DOMAIN d AS int; CREATE TYPE r AS RANGE (subtype = int8)",
      "CREATE TYPE k AS ENUM ('a'); CREATE DOMAIN l AS int; CREATE TABLE u (k k, l l, x int); CREATE DOMAIN k AS text; CREATE DOMAIN l AS text",
    ],
    ['public.t: e e, d d, r r, x integer', 'public.u: x integer'],
  ],
  [
    'a type that a block makes unless it is there',
    [
      "CREATE TYPE e AS ENUM ('a'); DO $$ BEGIN CREATE TYPE e AS ENUM ('b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$; DO $$ BEGIN CREATE TYPE f AS ENUM ('b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$; CREATE TABLE t (e e, f f); ALTER TYPE f RENAME TO g",
    ],
    ['public.t: e e, f g'],
  ],
  [
    'the schema of an extension',
    [
      'CREATE SCHEMA app; CREATE EXTENSION hstore SCHEMA app; SET search_path = app; CREATE TABLE t (h hstore, k hstore[]); SET search_path = public; CREATE TABLE u (h hstore)',
    ],
    ['app.t: h app.hstore, k app.hstore[]', 'public.u: h hstore'],
  ],
  [
    'a function of several of a name that goes',
    [
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS ''; CREATE FUNCTION f(text) RETURNS text LANGUAGE sql AS ''; DROP FUNCTION f(int); CREATE VIEW v AS SELECT f('x'::text) AS r; CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS ''; CREATE FUNCTION g(text) RETURNS text LANGUAGE sql AS ''; ALTER FUNCTION g(int) RENAME TO h; CREATE VIEW w AS SELECT g('x'::text) AS r, h(1) AS s",
    ],
    ['public.v [view]: r text', 'public.w [view]: r text, s integer'],
  ],
  [
    'a generated column that is computed from one behind it',
    [
      'CREATE TABLE t (g int GENERATED ALWAYS AS (a * 2) STORED, a int, b int); ALTER TABLE t DROP COLUMN a CASCADE; CREATE TABLE u (a int, b int, PRIMARY KEY (a)) PARTITION BY RANGE (b); ALTER TABLE u DROP COLUMN a',
    ],
    ['public.t: b integer', 'public.u: b integer'],
  ],
  [
    'a table that may be made elsewhere is not known where it is made if it is not there',
    [
      'CREATE TABLE t (a int);\n\\i other.sql\nCREATE TABLE IF NOT EXISTS u (a int); CREATE TABLE v (a int); ALTER TABLE t ADD COLUMN IF NOT EXISTS b int NOT NULL; ALTER TABLE v ADD COLUMN IF NOT EXISTS b int NOT NULL; ALTER TABLE lost ADD COLUMN IF NOT EXISTS b int NOT NULL, ADD COLUMN c int NOT NULL; CREATE TABLE w (LIKE lost)',
    ],
    [
      'public.t: a integer, b integer?, …',
      'public.u: a integer, …',
      'public.v: a integer, b integer!',
      'public.w: b integer?, c integer!, …',
    ],
  ],
  [
    'what is made like a table that may not be there is no better known',
    [
      'DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE c (id int); END IF; END $$; CREATE TABLE n (LIKE c); CREATE TABLE m () INHERITS (c)',
    ],
    ['public.n: id integer, …', 'public.m: id integer, …'],
  ],
  ...[
    ['ADD COLUMN b int', 'b integer'],
    ['ADD COLUMN b text', 'b text'],
    ['ADD COLUMN IF NOT EXISTS b int', 'b unknown?'],
    ['ADD COLUMN IF NOT EXISTS b text', 'b text?'],
    ['ADD COLUMN IF NOT EXISTS b text NOT NULL', 'b text!'],
    ['ALTER COLUMN b DROP NOT NULL', 'b text'],
    ['ALTER COLUMN b TYPE int', 'b integer!'],
  ].map(([change = '', column = '']): Cases[number] => [
    `${change}, where the column may be there`,
    [
      `CREATE TABLE t (a int); DO $$ BEGIN IF random() > 0.5 THEN ALTER TABLE t ADD COLUMN b text NOT NULL; END IF; END $$; ALTER TABLE t ${change}`,
    ],
    [`public.t: a integer, ${column}, …`],
  ]),
  ...[
    ['ADD COLUMN a bigint', 'public.t: a bigint?, …'],
    ['ADD COLUMN a int NOT NULL', 'public.t: a integer!, …'],
    ['ADD COLUMN IF NOT EXISTS a bigint', 'public.t: a integer!'],
  ].map(([change = '', left = '']): Cases[number] => [
    `${change}, where one of its name is there`,
    [`CREATE TABLE t (a int NOT NULL); ALTER TABLE t ${change}`],
    [left],
  ]),
  [
    'a table with as many columns as it can have',
    [
      `CREATE TABLE t (${Array.from({ length: 1600 }, (_, index) => `c${index} int`).join(', ')}); ALTER TABLE t ADD COLUMN more int; ${Array.from({ length: 1599 }, (_, index) => `ALTER TABLE t DROP COLUMN c${index};`).join(' ')}`,
    ],
    ['public.t: c1599 integer, …'],
  ],
  [
    'a table that gets the name of another shows that the other is gone',
    [
      'CREATE TABLE a (x int); CREATE TABLE b (y int); CREATE VIEW v AS SELECT y FROM b; ALTER TABLE a RENAME TO b; CREATE SCHEMA app; CREATE TABLE app.c (x int); CREATE TABLE c (y int); ALTER TABLE app.c SET SCHEMA public; CREATE TABLE d (x int); ALTER TABLE d RENAME TO d',
    ],
    ['public.b: x integer, …', 'public.c: x integer, …', 'public.d: x integer'],
  ],
  [
    'a type that may have another name',
    [
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e); CREATE TABLE u (a int); DO $$ BEGIN IF EXISTS (SELECT FROM t) THEN ALTER TYPE e RENAME TO f; END IF; END $$; DO $$ BEGIN IF to_regtype('e') IS NOT NULL THEN ALTER TABLE u ADD COLUMN b int; END IF; END $$",
    ],
    ['public.t: a e', 'public.u: a integer, …'],
  ],
  [
    'what is dropped as something else is not what it was',
    [
      'CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE VIEW c AS SELECT 1 AS x; CREATE MATERIALIZED VIEW d AS SELECT 1 AS x; CREATE TABLE e (x int); CREATE TABLE f (x int); DROP VIEW a; DROP TYPE b; DROP MATERIALIZED VIEW c; DROP VIEW d; DROP FOREIGN TABLE e; CREATE TYPE g AS (x int); DROP TABLE IF EXISTS g; CREATE TABLE h (x g)',
    ],
    ['public.f: x integer', 'public.h: x g'],
  ],
  [
    'columns are added before keys of them, in whatever order a statement says it',
    [
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES r, ALTER COLUMN b SET NOT NULL, ADD COLUMN b int',
    ],
    ['public.r: id integer!', 'public.t: a integer, b integer!, (b) -> public.r'],
  ],
  [
    'a schema that is named like a type',
    [
      "CREATE SCHEMA serial; CREATE TYPE serial.kind AS ENUM ('a'); CREATE TABLE t (a serial.kind, b serial, c pg_catalog.int4)",
    ],
    ['public.t: a serial.kind, b integer!, c integer'],
  ],
  [
    'a key of columns that are not known',
    [
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int); ALTER TABLE t ADD FOREIGN KEY (nope) REFERENCES r; CREATE TABLE u (a int); ALTER TABLE u ADD FOREIGN KEY (a, nope) REFERENCES r',
    ],
    ['public.r: id integer!', 'public.t: a integer', 'public.u: a integer'],
  ],
  [
    'a column of a type that is not known',
    [
      'CREATE TABLE witness (a int); CREATE TABLE t (a int); ALTER TABLE t ALTER COLUMN z SET NOT NULL; ALTER TABLE t ADD COLUMN IF NOT EXISTS z int; CREATE TABLE u (a int); ALTER TABLE u ALTER COLUMN z SET NOT NULL; ALTER TABLE u ADD COLUMN z int',
    ],
    ['public.witness: a integer', 'public.t: a integer, z unknown!, …', 'public.u: a integer, z integer?, …'],
  ],
];
