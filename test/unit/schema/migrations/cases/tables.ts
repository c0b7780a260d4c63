import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'types are printed as the database prints them',
    [
      'CREATE TABLE t (a int, b varchar(20), c timestamptz(3), d numeric(10), e char(3), f text[], g interval day to second(2), h "char", i bit varying(4), j time, k decimal(6,2), l float, m double precision, n real, o bool)',
    ],
    [
      'public.t: a integer, b character varying(20), c timestamp(3) with time zone, d numeric(10,0), e character(3), f text[], g interval day to second(2), h "char", i bit varying(4), j time without time zone, k numeric(6,2), l double precision, m double precision, n real, o boolean',
    ],
  ],
  [
    'serial, identity and keys are NOT NULL',
    [
      'CREATE TABLE t (a serial, b bigserial, c smallserial, d int GENERATED ALWAYS AS IDENTITY, e int PRIMARY KEY, f int NOT NULL, g int); CREATE TABLE u (a int, b int, PRIMARY KEY (a, b))',
    ],
    [
      'public.t: a integer!, b bigint!, c smallint!, d integer!, e integer!, f integer!, g integer',
      'public.u: a integer!, b integer!',
    ],
  ],
  [
    'dropping the primary key keeps NOT NULL',
    ['CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t DROP CONSTRAINT t_pkey'],
    ['public.t: id integer!'],
  ],
  [
    'a primary key of an index leaves unknown which columns are NOT NULL',
    [
      'CREATE TABLE t (id int, x int NOT NULL); CREATE UNIQUE INDEX i ON t (id); ALTER TABLE t ADD PRIMARY KEY USING INDEX i',
    ],
    ['public.t: id integer?, x integer!'],
  ],
  [
    'names in quotes keep their letters, others are lower case',
    ['CREATE TABLE "Users" ("Full Name" TEXT, ID Int)'],
    ['public.Users: Full Name text, id integer'],
  ],
  [
    'several commands: drops, then types, then adds',
    [
      'CREATE TABLE t (a int, b int); ALTER TABLE t ADD COLUMN a text, DROP COLUMN a, ALTER COLUMN b TYPE bigint, ALTER COLUMN a SET NOT NULL',
    ],
    ['public.t: b bigint, a text!'],
  ],
  [
    'columns are renamed and so are tables',
    [
      'CREATE TABLE t (a int, b int); ALTER TABLE t RENAME COLUMN a TO c; ALTER TABLE t RENAME TO u; CREATE TABLE t (z int)',
    ],
    ['public.u: c integer, b integer', 'public.t: z integer'],
  ],
  [
    'IF NOT EXISTS leaves what is there',
    [
      'CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int); ALTER TABLE t ADD COLUMN IF NOT EXISTS a text, ADD COLUMN IF NOT EXISTS c int',
    ],
    ['public.t: a integer, c integer'],
  ],
  [
    'a table created over another, and a column that is not there: not all is known',
    [
      'CREATE TABLE t (a int); CREATE TABLE t (b int); CREATE TABLE u (a int); ALTER TABLE u ALTER COLUMN b SET NOT NULL',
    ],
    ['public.t: b integer, …', 'public.u: a integer, b unknown!, …'],
  ],
  [
    'a column added twice',
    ['CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN a text'],
    ['public.t: a text, …'],
  ],
  [
    "parents' columns come first and are one when they have one name",
    [
      'CREATE TABLE p (a int NOT NULL, b text); CREATE TABLE q (b text, c date); CREATE TABLE t (d int, a int) INHERITS (p, q); ALTER TABLE p ADD COLUMN e int; ALTER TABLE p DROP COLUMN b; ALTER TABLE p RENAME a TO aa',
    ],
    [
      'public.p: aa integer!, e integer',
      'public.q: b text, c date',
      'public.t: aa integer!, b text, c date, d integer, e integer',
    ],
  ],
  [
    "ONLY makes the child's columns its own",
    [
      'CREATE TABLE p (a int, b int); CREATE TABLE t () INHERITS (p); ALTER TABLE ONLY p DROP COLUMN a; ALTER TABLE p DROP COLUMN b',
    ],
    ['public.p: ', 'public.t: a integer'],
  ],
  [
    'partitions have the columns and the keys of their parent',
    [
      'CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE p (id int, at date NOT NULL, u_id int REFERENCES u, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE p1 PARTITION OF p DEFAULT; ALTER TABLE p ADD COLUMN x int',
    ],
    [
      'public.u: id integer!',
      'public.p: id integer!, at date!, u_id integer, x integer, (u_id) -> public.u',
      'public.p1: id integer!, at date!, u_id integer, x integer, (u_id) -> public.u',
    ],
  ],
  [
    'an attached partition gets NOT NULL from the key',
    [
      'CREATE TABLE p (id int PRIMARY KEY) PARTITION BY LIST (id); CREATE TABLE p1 (id int); ALTER TABLE p ATTACH PARTITION p1 DEFAULT',
    ],
    ['public.p: id integer!', 'public.p1: id integer!'],
  ],
  [
    'LIKE copies NOT NULL always, keys and generated columns when told',
    [
      'CREATE TABLE s (id int PRIMARY KEY, b int GENERATED ALWAYS AS (id * 2) STORED); CREATE TABLE t (LIKE s, x int); CREATE TABLE u (LIKE s INCLUDING ALL); ALTER TABLE t DROP COLUMN id CASCADE; ALTER TABLE u DROP COLUMN id CASCADE',
    ],
    ['public.s: id integer!, b integer', 'public.t: b integer, x integer', 'public.u: '],
  ],
  [
    'a table LIKE one that no migration made',
    ['CREATE TABLE t (LIKE other, x int)'],
    ['public.t: x integer, …'],
  ],
  [
    'foreign keys, with those that name no columns',
    [
      'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a, x int, y int); CREATE TABLE c (p int, q int, FOREIGN KEY (p) REFERENCES b (x)); ALTER TABLE b ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES c (q), ADD FOREIGN KEY (y) REFERENCES elsewhere.t (id)',
    ],
    [
      'public.a: id integer!',
      'public.b: a_id integer, x integer, y integer, (a_id) -> public.a, (x) -> public.c, (y) -> elsewhere.t',
      'public.c: p integer, q integer, (p) -> public.b',
    ],
  ],
  [
    'foreign keys go with their constraint, their column, their table',
    [
      'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a, y int REFERENCES a, z int CONSTRAINT zz REFERENCES a, w int REFERENCES b); ALTER TABLE b DROP CONSTRAINT b_x_fkey; ALTER TABLE b DROP COLUMN y; ALTER TABLE b RENAME CONSTRAINT zz TO zzz; ALTER TABLE b DROP CONSTRAINT zzz; DROP TABLE a CASCADE',
    ],
    ['public.b: x integer, z integer, w integer, (w) -> public.b'],
  ],
  [
    'a key dropped with CASCADE takes the foreign keys along',
    [
      'CREATE TABLE a (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE b (x int REFERENCES a, y int REFERENCES a (u)); ALTER TABLE a DROP CONSTRAINT a_pkey CASCADE',
    ],
    ['public.a: id integer!, u integer', 'public.b: x integer, y integer, (y) -> public.a'],
  ],
  [
    'the search path holds until the end of the file',
    [
      'CREATE SCHEMA app; SET search_path TO app, public; CREATE TABLE t (a int); CREATE TABLE public.u (b int); ALTER TABLE u ADD COLUMN c int',
      "CREATE TABLE t (z int); SELECT pg_catalog.set_config('search_path', 'app', false); ALTER TABLE t ADD COLUMN q int",
    ],
    ['app.t: a integer, q integer', 'public.u: b integer, c integer', 'public.t: z integer'],
  ],
  [
    'a name alone may mean what is in a schema named like the user',
    [
      'CREATE SCHEMA postgres; CREATE TABLE public.t (a int); CREATE TABLE u (a int); SET search_path TO "$user", public; CREATE TABLE t (b int); ALTER TABLE t ADD COLUMN c int; CREATE TABLE postgres.w (x int); CREATE TABLE public.w (y int)',
      'ALTER TABLE w ADD COLUMN d int; CREATE VIEW v AS SELECT * FROM w',
    ],
    ['public.t: a integer, …', 'postgres.w: x integer, …', 'public.w: y integer, …'],
  ],
  [
    'a schema of another name is not taken for the user’s unless the path says so',
    [
      'CREATE SCHEMA app; CREATE ROLE app; CREATE TABLE app.t (a int); CREATE TABLE t (b int); ALTER TABLE t ADD COLUMN c int; SET search_path TO public; CREATE TABLE u (a int)',
      'SET search_path TO "$user", public; ALTER TABLE t ADD COLUMN d int; ALTER TABLE app.t ADD COLUMN e int; RESET search_path; CREATE TABLE w (a int)',
    ],
    [
      'app.t: a integer, e integer, …',
      'public.t: b integer, c integer, …',
      'public.u: a integer, …',
      'public.w: a integer',
    ],
  ],
  [
    'without a search path a name alone names nothing',
    [
      "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE t (a int); CREATE TABLE public.u (a int)",
    ],
    ['public.u: a integer'],
  ],
  [
    'temporary tables are not there, nor views over them',
    ['CREATE TEMP TABLE t (a int); CREATE VIEW v AS SELECT * FROM t; CREATE TABLE u AS SELECT a FROM t'],
    ['public.u: a integer'],
  ],
  [
    'schemas are renamed, and tables moved between them',
    [
      'CREATE SCHEMA a; CREATE TABLE a.t (x int); ALTER SCHEMA a RENAME TO b; CREATE TABLE u (y int); ALTER TABLE u SET SCHEMA b; CREATE SCHEMA c CREATE TABLE w (z int)',
    ],
    ['b.t: x integer', 'b.u: y integer', 'c.w: z integer'],
  ],
  [
    'foreign tables',
    [
      'CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE f (a int NOT NULL) SERVER s; IMPORT FOREIGN SCHEMA public LIMIT TO (x) FROM SERVER s INTO public; CREATE SERVER r FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE g (a int) SERVER r; DROP SERVER r CASCADE',
    ],
    ['public.f [foreign table]: a integer!', 'public.x [foreign table]: …'],
  ],
  [
    'columns of an attached partition go with those of the table it is attached to',
    [
      'CREATE TABLE p (id int, d date) PARTITION BY RANGE (d); CREATE TABLE q (d date, id int); ALTER TABLE p ATTACH PARTITION q DEFAULT; CREATE TABLE r (id int, d date) PARTITION BY RANGE (d); CREATE TABLE s (id int, d date); ALTER TABLE r ATTACH PARTITION s DEFAULT; ALTER TABLE r DETACH PARTITION s; CREATE TABLE a (x int); CREATE TABLE b (x int, y int); ALTER TABLE b INHERIT a',
      'ALTER TABLE p DROP COLUMN id; ALTER TABLE r DROP COLUMN id; ALTER TABLE a DROP COLUMN x',
    ],
    [
      'public.p: d date',
      'public.q: d date',
      'public.r: d date',
      'public.s: id integer, d date',
      'public.a: ',
      'public.b: x integer, y integer',
    ],
  ],
  [
    'a table that no statement made is not said to be there',
    ['ALTER TABLE elsewhere ADD COLUMN a int; CREATE TABLE IF NOT EXISTS elsewhere (b int)'],
    [],
  ],
  [
    'a transaction that is rolled back',
    [
      'CREATE TABLE t (a int); BEGIN; ALTER TABLE t ADD COLUMN b int; SAVEPOINT s; DROP TABLE t; ROLLBACK TO SAVEPOINT s; ALTER TABLE t ADD COLUMN c int; COMMIT; BEGIN; ALTER TABLE t ADD COLUMN d int; ROLLBACK',
    ],
    ['public.t: a integer, b integer, c integer'],
  ],
];
