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
  [
    'patterns and comparisons in conditions',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE n text := 'Order_Items'; k int := 3; BEGIN IF n LIKE 'Order%' THEN ALTER TABLE t ADD COLUMN a1 int; END IF; IF n LIKE '%Items' THEN ALTER TABLE t ADD COLUMN a2 int; END IF; IF n LIKE 'order%' THEN ALTER TABLE t ADD COLUMN n1 int; END IF; IF n ILIKE 'order%ITEMS' THEN ALTER TABLE t ADD COLUMN a3 int; END IF; IF n NOT LIKE '%x%' THEN ALTER TABLE t ADD COLUMN a4 int; END IF; IF n NOT ILIKE '%ITEMS' THEN ALTER TABLE t ADD COLUMN n2 int; END IF; IF n LIKE '%Ord%' AND n LIKE '%ems%' THEN ALTER TABLE t ADD COLUMN a5 int; END IF; IF n LIKE 'rder%' OR n LIKE '%Item' THEN ALTER TABLE t ADD COLUMN n3 int; END IF; IF n <> 'x' AND n != 'y' THEN ALTER TABLE t ADD COLUMN a6 int; END IF; IF n = 'x' OR NOT n = 'Order_Items' THEN ALTER TABLE t ADD COLUMN n4 int; END IF; IF k < 4 AND k <= 3 AND k > 2 AND k >= 3 THEN ALTER TABLE t ADD COLUMN a7 int; END IF; IF k < 3 OR k > 3 OR k >= 4 OR k <= 2 THEN ALTER TABLE t ADD COLUMN n5 int; END IF; IF n IN ('x', 'Order_Items') THEN ALTER TABLE t ADD COLUMN a8 int; END IF; IF n NOT IN ('x', 'y') THEN ALTER TABLE t ADD COLUMN a9 int; END IF; IF n = ANY (ARRAY['x', 'Order_Items']) THEN ALTER TABLE t ADD COLUMN b1 int; END IF; IF n IS NULL THEN ALTER TABLE t ADD COLUMN n6 int; END IF; IF coalesce(NULL, n) = 'Order_Items' THEN ALTER TABLE t ADD COLUMN b2 int; END IF; IF n IS NOT NULL THEN ALTER TABLE t ADD COLUMN b3 int; END IF; IF lower(n) = 'order_items' THEN ALTER TABLE t ADD COLUMN b4 int; END IF; END $$",
    ],
    [
      'public.t: a integer, a1 integer, a2 integer, a3 integer, a4 integer, a5 integer, a6 integer, a7 integer, a8 integer, a9 integer, b1 integer, b2 integer, b3 integer, b4 integer',
    ],
  ],
  [
    'a loop that may skip a round',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE n text; i int; BEGIN FOREACH n IN ARRAY ARRAY['x', 'y', 'z'] LOOP CONTINUE WHEN n = 'y'; EXECUTE format('ALTER TABLE t ADD COLUMN %I int', n); END LOOP; FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE n' || i || ' (a int)'; END LOOP; END $$",
    ],
    ['public.t: a integer, …'],
  ],
  [
    'CASE of plpgsql',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE n text := 'x'; BEGIN CASE n WHEN 'x' THEN ALTER TABLE t ADD COLUMN b int; ELSE ALTER TABLE t ADD COLUMN c int; END CASE; END $$",
    ],
    ['public.t: a integer, …'],
  ],
  [
    'a block that catches what fails',
    [
      "CREATE TABLE t (a int); DO $$ BEGIN CREATE TABLE t (b int); EXCEPTION WHEN duplicate_table THEN NULL; END $$; DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$; DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$; DO $$ BEGIN ALTER TABLE t ADD COLUMN m mood; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$; DO $$ BEGIN ALTER TABLE t ADD COLUMN m mood, ADD COLUMN k int; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$",
    ],
    ['public.t: a integer, m mood'],
  ],
  [
    'a block that raises does nothing',
    [
      "CREATE TABLE t (a int); DO $$ BEGIN ALTER TABLE t ADD COLUMN b int; RAISE NOTICE 'x'; IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'nope') THEN RAISE EXCEPTION 'no'; END IF; END $$",
    ],
    ['public.t: a integer, b integer, …'],
  ],
  [
    'conditions on what the catalogues say',
    [
      "CREATE SCHEMA app; CREATE TABLE t (a int NOT NULL, b text[]); CREATE VIEW v AS SELECT 1 AS x; CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN d AS int; DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'a' AND is_nullable = 'NO' AND data_type = 'integer') THEN ALTER TABLE t ADD COLUMN c1 int; END IF; IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't' AND column_name = 'zz') THEN ALTER TABLE t ADD COLUMN n1 int; END IF; IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN ALTER TABLE t ADD COLUMN n2 int; END IF; IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'app') THEN ALTER TABLE t ADD COLUMN c2 int; END IF; IF to_regclass('public.v') IS NOT NULL AND to_regclass('nope') IS NULL THEN ALTER TABLE t ADD COLUMN c3 int; END IF; IF to_regtype('mood') IS NOT NULL THEN ALTER TABLE t ADD COLUMN c4 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.views WHERE table_name = 'v') THEN ALTER TABLE t ADD COLUMN c5 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.schemata WHERE schema_name = 'nope') THEN ALTER TABLE t ADD COLUMN n3 int; END IF; IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'a' AND NOT attisdropped AND attnotnull) THEN ALTER TABLE t ADD COLUMN c6 int; END IF; IF EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 't' AND n.nspname = 'public' AND c.relkind = 'r') THEN ALTER TABLE t ADD COLUMN c7 int; END IF; IF (SELECT count(*) FROM information_schema.tables WHERE table_name = 't') = 1 THEN ALTER TABLE t ADD COLUMN c8 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 't' LIMIT 1) THEN ALTER TABLE t ADD COLUMN c9 int; END IF; IF EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type y ON y.oid = e.enumtypid WHERE y.typname = 'mood' AND e.enumlabel = 'z') THEN ALTER TABLE t ADD COLUMN n4 int; END IF; END $$",
    ],
    [
      'public.t: a integer!, b text[], c1 integer, c2 integer, c4 integer, c5 integer, c9 integer, …',
      'public.v [view]: x integer',
    ],
  ],
  [
    'functions dropped by names that are not known leave tables as they are',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT proname FROM pg_proc WHERE proname LIKE 'old!_%' LOOP EXECUTE format('DROP FUNCTION %I', r.proname); END LOOP; END $$",
    ],
    ['public.t: a integer'],
  ],
  [
    'functions dropped by names that are not known, with what depends on them',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT proname FROM pg_proc WHERE proname LIKE 'old!_%' LOOP EXECUTE format('DROP FUNCTION %I CASCADE', r.proname); END LOOP; END $$",
    ],
    ['public.t: a integer, …'],
  ],
  [
    'triggers and policies dropped by names that are not known',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE r record; BEGIN FOR r IN SELECT polname FROM pg_policy LOOP EXECUTE format('DROP POLICY %I ON t', r.polname); EXECUTE format('DROP TRIGGER IF EXISTS %I ON t', r.polname); EXECUTE format('DROP INDEX IF EXISTS %I', r.polname); END LOOP; END $$",
    ],
    ['public.t: a integer'],
  ],
  [
    'a type that is there already',
    [
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('a'); END IF; END $$; DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS (x int); CREATE TABLE n (a int); END IF; END $$; CREATE TABLE t (m mood)",
    ],
    ['public.t: m mood'],
  ],
  [
    'columns of some type, in the catalogue',
    [
      "CREATE TABLE t (a text[], b int, c varchar(5) NOT NULL); DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'a' AND data_type = 'ARRAY' AND udt_name = '_text') THEN ALTER TABLE t ADD COLUMN a1 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b' AND data_type = 'text') THEN ALTER TABLE t ADD COLUMN n1 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c' AND data_type = 'character varying' AND is_nullable = 'NO') THEN ALTER TABLE t ADD COLUMN a2 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b' AND is_nullable = 'NO') THEN ALTER TABLE t ADD COLUMN n2 int; END IF; IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 't' AND udt_name = 'int4') THEN ALTER TABLE t ADD COLUMN a3 int; END IF; END $$",
    ],
    ['public.t: a text[], b integer, c character varying(5)!, a1 integer, …'],
  ],
  [
    'texts made of names',
    [
      "CREATE TABLE t (a int); DO $$ DECLARE n text; k text := 'b'; BEGIN n := 'x' || 1; EXECUTE 'ALTER TABLE t ADD COLUMN ' || n || ' int'; SELECT 'y' INTO n; EXECUTE format('ALTER TABLE %s ADD COLUMN %I int DEFAULT %L', 't', k, '5'); EXECUTE 'ALTER TABLE ' || quote_ident('t') || ' ADD COLUMN ' || quote_ident('Big') || ' int'; EXECUTE concat('ALTER TABLE t ADD COLUMN ', upper('q'), lower('Z'), ' int'); END $$",
    ],
    ['public.t: a integer, x1 integer, b integer, Big integer, qz integer'],
  ],
  [
    'a text that takes something away where a failure is caught',
    [
      "CREATE TABLE t (a int, b int); DO $$ DECLARE s text := 'ALTER TABLE t DROP COLUMN b'; BEGIN EXECUTE s; EXCEPTION WHEN OTHERS THEN NULL; END $$; CREATE TABLE u (a int); DO $$ BEGIN EXECUTE 'ALTER TABLE u ADD COLUMN b int'; EXCEPTION WHEN OTHERS THEN NULL; END $$",
    ],
    ['public.t: a integer, …', 'public.u: a integer, b integer'],
  ],
  [
    'what EXECUTE puts into a variable is not known',
    [
      "CREATE TABLE t (a int); CREATE TABLE u (a int); DO $$ DECLARE n int := 1; m int := 1; BEGIN EXECUTE 'SELECT 2' INTO n; IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; IF m = 1 THEN ALTER TABLE u ADD COLUMN b int; END IF; END $$",
    ],
    ['public.t: a integer, …', 'public.u: a integer, b integer'],
  ],
  [
    'what is put into a part of a variable is not all of it',
    [
      "CREATE TABLE t (a int); CREATE TABLE u (a int); DO $$ DECLARE j jsonb := '{}'; k text := 'x'; BEGIN j['a'] := NULL; k := NULL; IF j IS NULL THEN ALTER TABLE t ADD COLUMN b int; END IF; IF k IS NULL THEN ALTER TABLE u ADD COLUMN b int; END IF; END $$",
      'CREATE TABLE v (a int); DO $$ DECLARE n int = 1; l int[]; BEGIN l[1:2] := ARRAY[1]; n = n + 1; IF n = 2 THEN ALTER TABLE v ADD COLUMN b int; END IF; END $$',
    ],
    ['public.t: a integer, …', 'public.u: a integer, b integer', 'public.v: a integer, b integer'],
  ],
  [
    'a condition that is no SQL is not known, and all else is',
    [
      'CREATE TABLE t (a int); CREATE TABLE u (a int); DO $$ BEGIN IF nope nope2 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$',
    ],
    ['public.t: a integer, …', 'public.u: a integer'],
  ],
  [
    'a table of which a part of the change is not known is there all the same',
    [
      "CREATE TABLE t (a int); CREATE TABLE k () INHERITS (t); CREATE TABLE u (a int); DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD COLUMN c' || random() || ' int'; END $$",
      "CREATE TABLE v (a int); CREATE TABLE w (a int); DO $$ BEGIN EXECUTE 'ALTER TABLE v RENAME TO v' || random(); END $$",
      "CREATE TABLE x (a int REFERENCES z); CREATE TABLE y (a int); DO $$ BEGIN EXECUTE 'ALTER TABLE x DROP CONSTRAINT c' || random(); EXECUTE 'ALTER TABLE y SET (fillfactor = ' || random() || ')'; END $$",
    ],
    [
      'public.t: …',
      'public.k: a integer, …',
      'public.u: a integer',
      'public.w: a integer',
      'public.x: a integer',
      'public.y: a integer',
    ],
  ],
  [
    'an event trigger changes all that comes, if its function does',
    [
      "CREATE FUNCTION tame() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''x''; END'; CREATE TABLE a (x int); CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION tame(); CREATE TABLE b (x int)",
      'DO $$ BEGIN CREATE EVENT TRIGGER f ON ddl_command_end EXECUTE FUNCTION lost(); END $$; CREATE TABLE c (x int)',
    ],
    ['public.a: x integer, …', 'public.b: x integer, …', 'public.c: x integer, …'],
  ],
  [
    'an event trigger of a block changes what comes after it',
    [
      "CREATE FUNCTION wild() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN ALTER TABLE t ADD COLUMN b int; END'; CREATE FUNCTION tame() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''x''; END'; DO $$ BEGIN CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION tame(); END $$; CREATE TABLE a (x int)",
      'DO $$ BEGIN CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION wild(); END $$; CREATE TABLE b (x int)',
    ],
    ['public.a: x integer, …', 'public.b: x integer, …'],
  ],
  [
    'an event trigger with a function that changes nothing',
    [
      "CREATE FUNCTION tame() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''x''; END'; CREATE TABLE a (x int); CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION tame(); CREATE TABLE b (x int)",
    ],
    ['public.a: x integer', 'public.b: x integer'],
  ],
  [
    'the search path, however it is said',
    [
      `CREATE SCHEMA "a""b"; SELECT set_config('search_path', '"a""b", public', false); CREATE TABLE t (x int)`,
      `CREATE SCHEMA "A"; SELECT set_config('search_path', ' "A" , public', false); CREATE TABLE t (x int)`,
      `SELECT set_config('search_path', 'A, "public"', false); CREATE TABLE t (x int)`,
      'CREATE TABLE kept (x int); SET search_path = 5; CREATE TABLE nowhere (x int); DROP TABLE IF EXISTS kept',
    ],
    ['a"b.t: x integer', 'A.t: x integer', 'public.t: x integer', 'public.kept: x integer'],
  ],
  ...[
    ['a type', "CREATE TYPE postgres.one AS ENUM ('a')", 'DROP TYPE', 'one'],
    ['a domain', 'CREATE DOMAIN postgres.one AS int', 'DROP DOMAIN', 'one'],
    [
      'a function',
      "CREATE FUNCTION postgres.one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'DROP FUNCTION',
      'one()',
    ],
  ].flatMap(([what = '', made = '', drop = '', name = '']): Cases[number][] => {
    const before = `CREATE TABLE t (x int); CREATE SCHEMA postgres; CREATE SCHEMA app; ${made};`;
    return [
      [
        `${what} in a schema that may be the user's may be meant where none is said`,
        [`${before} ${drop} ${name}`],
        ['public.t: x integer, …'],
      ],
      [
        `${what} in a schema that may be the user's is not meant where another is said, or by another name`,
        [`${before} ${drop} public.${name}; ${drop} IF EXISTS ${name.replace('one', 'other')}`],
        ['public.t: x integer'],
      ],
      [
        `${what} in any schema may be meant where the path says so`,
        [`${before.replace('postgres.one', 'app.one')} SET search_path = "$user", public; ${drop} ${name}`],
        ['public.t: x integer, …'],
      ],
      [
        `${what} of one of several that may be the user's may be meant`,
        [
          `${before.replace('CREATE SCHEMA app;', 'CREATE SCHEMA AUTHORIZATION joe;').replace('postgres.one', 'joe.one')} ${drop} ${name}`,
        ],
        ['public.t: x integer, …'],
      ],
      [
        `${what} in a schema that may be the user's is not meant where the path does not say so`,
        [`${before} SET search_path = public; ${drop} ${name}`],
        ['public.t: x integer'],
      ],
      [
        `${what} in another schema is not meant`,
        [`${before.replace('postgres.one', 'app.one')} ${drop} ${name}`],
        ['public.t: x integer'],
      ],
    ];
  }),
  ...[
    ["CREATE TYPE one AS ENUM ('a')", 'CREATE DOMAIN one AS int', 'CREATE TABLE one (x int)'],
    ["CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'", 'CREATE TYPE one'],
    ['CREATE TYPE one AS RANGE (subtype = int4)', 'CREATE VIEW one AS SELECT 1 AS x'],
  ]
    .flat()
    .flatMap((made): Cases[number][] => [
      [
        `${made} may be in a schema that may be the user's`,
        [`CREATE TABLE public.t (x int); CREATE SCHEMA postgres; ${made}; DROP TABLE IF EXISTS public.one`],
        ['public.t: x integer, …'],
      ],
      [
        `${made} is in the schema it names`,
        [`CREATE TABLE public.t (x int); CREATE SCHEMA postgres; ${made.replace('one', 'postgres.one')}`],
        [
          'public.t: x integer',
          ...(/TABLE|VIEW/.test(made)
            ? [`postgres.one${made.includes('VIEW') ? ' [view]' : ''}: x integer`]
            : []),
        ],
      ],
    ]),
];
