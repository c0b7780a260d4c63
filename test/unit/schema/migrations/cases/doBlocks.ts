import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'what is asked of the catalogue is answered',
    [
      "CREATE TABLE t (a int, b text); DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'c') THEN ALTER TABLE t ADD COLUMN c int; END IF; IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_tables WHERE tablename = 't') THEN DROP TABLE t; END IF; IF to_regclass('public.t') IS NOT NULL THEN ALTER TABLE t RENAME COLUMN b TO bb; END IF; END $$",
    ],
    ['public.t: a integer, bb text, c integer'],
  ],
  [
    'a type that is made once',
    [
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'mood' AND n.nspname = 'public') THEN CREATE TYPE mood AS ENUM ('a'); END IF; END $$; DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$; CREATE TABLE t (m mood)",
    ],
    ['public.t: m mood'],
  ],
  [
    'a statement that fails and is caught',
    [
      "CREATE TABLE t (a int); DO $$ BEGIN ALTER TABLE t ADD COLUMN a text; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$; DO $$ BEGIN ALTER TABLE t ADD COLUMN b text; EXCEPTION WHEN OTHERS THEN NULL; END $$",
    ],
    ['public.t: a integer, b text'],
  ],
  [
    'variables, counts and FOUND',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 't'; IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; ELSE DROP TABLE t; END IF; PERFORM 1 FROM pg_constraint WHERE conname = 'k'; IF NOT FOUND THEN ALTER TABLE t ADD CONSTRAINT k UNIQUE (a); END IF; END $$",
    ],
    ['public.t: a integer, b integer'],
  ],
  [
    'EXECUTE of what is known',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE n text := 'x'; BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I int', 't', n || '1'); FOREACH n IN ARRAY ARRAY['u', 'Ü'] LOOP EXECUTE 'CREATE TABLE ' || quote_ident(n) || ' (id int NOT NULL)'; END LOOP; END $$",
    ],
    ['public.t: a integer, x1 integer', 'public.u: id integer!', 'public.Ü: id integer!'],
  ],
  [
    'what does not concern shapes leaves all as it was',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE format('GRANT SELECT ON %I TO reader', r.tablename); EXECUTE format('CREATE TRIGGER x BEFORE UPDATE ON %I EXECUTE FUNCTION f()', r.tablename); EXECUTE 'ALTER TABLE ' || r.tablename || ' OWNER TO me'; END LOOP; END $$",
    ],
    ['public.t: a integer'],
  ],
  [
    'a table that is known, a column that is not',
    [
      "CREATE TABLE t (a int); CREATE TABLE u (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT name FROM settings LOOP EXECUTE format('ALTER TABLE t ADD COLUMN %I int', r.name); END LOOP; END $$",
    ],
    ['public.t: …', 'public.u: a integer'],
  ],
  [
    'a table that is not known: any may have changed',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT name FROM settings LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN b int', r.name); END LOOP; END $$; CREATE TABLE u (a int)",
    ],
    ['public.t: a integer, …', 'public.u: a integer'],
  ],
  [
    'a condition that is not known: it is there, or it is not',
    [
      'CREATE TABLE t (a int, b int); CREATE TABLE u (a int); DO $$ BEGIN IF (SELECT count(*) FROM u) > 0 THEN ALTER TABLE t ADD COLUMN c int; ALTER TABLE t DROP COLUMN b; CREATE TABLE n (a int); DROP TABLE u; END IF; END $$',
    ],
    ['public.t: a integer, …'],
  ],
  [
    'what may be there, and then certainly is',
    [
      'CREATE TABLE x (a int); DO $$ BEGIN IF (SELECT count(*) FROM x) > 0 THEN CREATE TABLE n (a int, b int); CREATE TABLE m (a int); END IF; END $$; CREATE TABLE IF NOT EXISTS n (a int, b text, c int); CREATE TABLE m (z int)',
    ],
    ['public.x: a integer', 'public.n: a integer, b unknown, …', 'public.m: z integer'],
  ],
  [
    'RETURN ends it',
    [
      "CREATE TABLE t (a int); DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't') THEN RETURN; END IF; DROP TABLE t; END $$",
    ],
    ['public.t: a integer'],
  ],
  [
    'a function that runs DDL',
    [
      "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER TABLE t ADD COLUMN b int'; END $$; SELECT f(); CREATE TABLE u (a int)",
    ],
    ['public.t: a integer, …', 'public.u: a integer'],
  ],
  [
    "an extension's function that is given a table",
    [
      "CREATE TABLE t (a int); CREATE TABLE u (a int); SELECT AddGeometryColumn('public', 't', 'geom', 4326, 'POINT', 2)",
    ],
    ['public.t: a integer, …', 'public.u: a integer'],
  ],
  [
    'a procedure of another language',
    ['CREATE TABLE t (a int); DO LANGUAGE plpython3u $$ plpy.execute("drop table t") $$'],
    ['public.t: a integer, …'],
  ],
  [
    'a function that speaks of DDL in quotes and comments alone',
    [
      "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN -- drop\n PERFORM pg_notify('drop', 'create x'); END $$; SELECT f()",
    ],
    ['public.t: a integer'],
  ],
  [
    'an event trigger that changes tables',
    [
      "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER TABLE x ADD y int'; END $$; CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f(); CREATE TABLE u (a int)",
    ],
    ['public.t: a integer, …', 'public.u: a integer, …'],
  ],
];
