import { describe, expect, it } from 'vitest';
import { replayTexts } from './replayText.ts';

/** `public.users: dropped 2.sql:1` of tables, `public.users.name: renamed 1.sql:2` of columns. */
function gone(...texts: readonly string[]): string[] {
  const { goneTables, tables } = replayTexts(...texts);
  const all = [
    ...goneTables.map((table) => ({ ...table, text: `${table.schema}.${table.name}` })),
    ...tables.flatMap(({ schema, name, closed, goneColumns }) =>
      goneColumns.map((column) => ({
        ...column,
        text: `${schema}.${name}.${column.name}${closed ? '' : ' (open)'}`,
      })),
    ),
  ];
  return all.map(
    ({ text, how, origin: { location, line } }) =>
      `${text}: ${how} ${location.uri.replace('file:///', '')}:${line}`,
  );
}

const users = 'CREATE TABLE users (id int, name text);\n';

/** Makes a table, takes it away, and goes on as it is told. */
const goingOnWith = (sql: string): readonly string[] => [users, 'DROP TABLE users;', sql];

/** Makes a function of SQL that runs this. */
const routine = (name: string, body: string): string =>
  `CREATE FUNCTION ${name}() RETURNS void LANGUAGE sql AS $$ ${body} $$;`;

describe('what migrations take away', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a column', [users, '\nALTER TABLE users DROP COLUMN name;'], ['public.users.name: dropped 2.sql:2']],
    [
      'a column, if it exists',
      [users, 'ALTER TABLE users DROP COLUMN IF EXISTS name, DROP COLUMN IF EXISTS other CASCADE;'],
      ['public.users.name: dropped 2.sql:1'],
    ],
    [
      'a column by another name',
      [users, 'ALTER TABLE users RENAME name TO title;'],
      ['public.users.name: renamed 2.sql:1'],
    ],
    ['a table', [users, 'DROP TABLE IF EXISTS users CASCADE;'], ['public.users: dropped 2.sql:1']],
    [
      'a table by another name',
      [users, 'ALTER TABLE users RENAME TO people;'],
      ['public.users: renamed 2.sql:1'],
    ],
    [
      'a table of another schema',
      [users, 'ALTER TABLE users SET SCHEMA app;'],
      ['public.users: renamed 2.sql:1'],
    ],
    [
      'a schema',
      ['CREATE SCHEMA app; CREATE TABLE app.a (id int);', 'DROP SCHEMA app CASCADE;'],
      ['app.a: dropped 2.sql:1'],
    ],
    [
      'a schema by another name',
      ['CREATE SCHEMA app; CREATE TABLE app.a (id int);', 'ALTER SCHEMA app RENAME TO old;'],
      ['app.a: renamed 2.sql:1'],
    ],
    [
      'a view with its table',
      [`${users}CREATE VIEW names AS SELECT name FROM users;`, 'DROP TABLE users CASCADE;'],
      ['public.users: dropped 2.sql:1', 'public.names: dropped 2.sql:1'],
    ],
    [
      'a view with its column',
      [`${users}CREATE VIEW names AS SELECT name FROM users;`, 'ALTER TABLE users DROP COLUMN name CASCADE;'],
      ['public.names: dropped 2.sql:1', 'public.users.name: dropped 2.sql:1'],
    ],
    [
      'the columns of children',
      [`${users}CREATE TABLE admins () INHERITS (users);`, 'ALTER TABLE users DROP COLUMN name;'],
      ['public.users.name: dropped 2.sql:1', 'public.admins.name: dropped 2.sql:1'],
    ],
    [
      'the table that the search path leads to',
      [
        `${users}CREATE SCHEMA app; CREATE TABLE app.users (id int);`,
        'SET search_path TO app, public; DROP TABLE users;',
      ],
      ['app.users: dropped 2.sql:1'],
    ],
    [
      'a table that was there again, by the last statement',
      [users, 'DROP TABLE users;', users, 'ALTER TABLE users RENAME TO people;'],
      ['public.users: renamed 4.sql:1'],
    ],
    [
      'a name for a while',
      [users, 'ALTER TABLE users RENAME TO old; ALTER TABLE old RENAME TO users;'],
      ['public.old: renamed 2.sql:1'],
    ],
    [
      'what a block takes away for certain',
      [users, 'DO $$ BEGIN DROP TABLE users; END $$;'],
      ['public.users: dropped 2.sql:1'],
    ],
    ...[
      "SELECT now(), count(*), coalesce(setval('s', 1), nextval('s')), pg_catalog.set_config('a.b', 'c', false);",
      'INSERT INTO other (id, name) VALUES (gen_random_uuid(), lower($1));',
      "INSERT INTO other VALUES ('a note (not a call)');",
      'CREATE TABLE other (id uuid DEFAULT gen_random_uuid(), n numeric(3, 2), UNIQUE (id));',
      'CREATE UNIQUE INDEX ON other (id); CREATE INDEX i ON app.other USING btree (lower(name));',
      'ALTER TABLE other ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES another (id);',
      'ALTER TABLE other RENAME TO another; ALTER TABLE other SET SCHEMA app; ALTER SCHEMA x RENAME TO y;',
      'CREATE EXTENSION IF NOT EXISTS pgcrypto;',
      'EXPLAIN SELECT 1; VACUUM; ANALYZE; LOCK TABLE other;',
      'IMPORT FOREIGN SCHEMA x FROM SERVER s INTO app;',
      `${routine('f', 'SELECT now()')} SELECT f();`,
      `${routine('f', 'INSERT INTO log (a) VALUES (1)')} CREATE TRIGGER t AFTER INSERT ON other EXECUTE FUNCTION f(); INSERT INTO other (id) VALUES (1);`,
      'BEGIN; SAVEPOINT a; RELEASE SAVEPOINT a; COMMIT;',
    ].map((sql): [string, readonly string[], readonly string[]] => [
      `a table before ${sql}`,
      goingOnWith(sql),
      ['public.users: dropped 2.sql:1'],
    ]),
    [
      'a table by its schema, whatever the search path',
      [users, 'SET search_path = b, public; DROP TABLE public.users;'],
      ['public.users: dropped 2.sql:1'],
    ],
    [
      'a table that no schema before hides',
      [users, 'CREATE SCHEMA b; SET search_path = b, public; DROP TABLE users;'],
      ['public.users: dropped 2.sql:1'],
    ],
    [
      'a table that the schema of the database does not hide',
      [users, 'SET search_path = pg_catalog, public; DROP TABLE users;'],
      ['public.users: dropped 2.sql:1'],
    ],
    [
      'what a block takes away, whatever the path',
      [users, 'SET search_path = b, public; DO $$ BEGIN DROP TABLE public.users; END $$;'],
      ['public.users: dropped 2.sql:1'],
    ],
    [
      'a table after a path that leads nowhere',
      [
        `SELECT pg_catalog.set_config('search_path', '', false); ${users.replace('users', 'public.users')}`,
        'DROP TABLE users;',
      ],
      ['public.users: dropped 2.sql:1'],
    ],
    [
      'a table after a savepoint that is released',
      [users, 'BEGIN; SAVEPOINT a; SAVEPOINT b; RELEASE b; DROP TABLE users; COMMIT;'],
      ['public.users: dropped 2.sql:1'],
    ],
    ['a view', ['CREATE VIEW v AS SELECT 1 AS id; DROP VIEW IF EXISTS v;'], ['public.v: dropped 1.sql:1']],
  ])('is %s', (_, texts, expected) => {
    expect(gone(...texts)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['that no migration made', ['DROP TABLE users; DROP TABLE IF EXISTS app.users;']],
    ['that only others change', ['ALTER TABLE users ADD COLUMN name text;', 'DROP TABLE users;']],
    ['that is made again', [users, 'DROP TABLE users;', users]],
    [
      'whose column is made again',
      [users, 'ALTER TABLE users DROP COLUMN name;', 'ALTER TABLE users ADD COLUMN name int;'],
    ],
    [
      'whose column is made again in one',
      [users, 'ALTER TABLE users DROP COLUMN name, ADD COLUMN name int;'],
    ],
    [
      'in whose place another is put',
      [
        `${users}CREATE TABLE users_new (id int);`,
        'DROP TABLE users; ALTER TABLE users_new RENAME TO users;',
        'CREATE TABLE users_new (id int);',
      ],
    ],
    ['in whose place a view is put', [users, 'DROP TABLE users; CREATE VIEW users AS SELECT 1 AS id;']],
    [
      'that is made again if it is not there',
      [users, 'DROP TABLE IF EXISTS users; CREATE TABLE IF NOT EXISTS users (id int);'],
    ],
    [
      'that a block may not drop',
      [users, 'DO $$ BEGIN IF now() > now() THEN DROP TABLE users; END IF; END $$;'],
    ],
    [
      'whose column a block may not drop',
      [users, 'DO $$ BEGIN IF now() > now() THEN ALTER TABLE users DROP COLUMN name; END IF; END $$;'],
    ],
    [
      'that a block may make again',
      [
        users,
        'DROP TABLE users; DO $$ BEGIN IF now() > now() THEN CREATE TABLE users (id int); END IF; END $$;',
      ],
    ],
    [
      'that a block may have made',
      ['DO $$ BEGIN IF now() > now() THEN CREATE TABLE users (id int); END IF; END $$;', 'DROP TABLE users;'],
    ],
    [
      'before dynamic SQL',
      [users, 'DROP TABLE users;', 'DO $$ BEGIN EXECUTE (SELECT sql FROM statements); END $$;'],
    ],
    ['before a broken statement about it', [users, 'DROP TABLE users;', 'CREATE TABLE users (id int,,);']],
    ['that a rolled back transaction drops', [users, 'BEGIN; DROP TABLE users; ROLLBACK;']],
    [
      'whose column a rolled back transaction drops',
      [users, 'BEGIN; ALTER TABLE users DROP COLUMN name; ROLLBACK;'],
    ],
    ['of one session', ['CREATE TEMPORARY TABLE users (id int); DROP TABLE users;']],
    ['that is a type', ['CREATE TYPE users AS (id int); DROP TYPE users;']],
    ['of another schema', [users, 'DROP TABLE IF EXISTS app.users;']],
    [
      'where the search path is not known',
      [users, "SELECT set_config('search_path', current_setting('x'), false); DROP TABLE users;"],
    ],
    ...[
      'ALTER TABLE other RENAME TO users;',
      'ALTER TABLE IF EXISTS other RENAME TO users;',
      'ALTER VIEW other RENAME TO users;',
      'ALTER FOREIGN TABLE other RENAME TO users;',
      'ALTER MATERIALIZED VIEW other RENAME TO users;',
      'ALTER INDEX other RENAME TO users;',
      'ALTER TABLE other RENAME TO users, ,;',
      'ALTER TABLE other.users SET SCHEMA public;',
      'ALTER VIEW other.users SET SCHEMA public;',
      'ALTER MATERIALIZED VIEW IF EXISTS other.users SET SCHEMA public;',
      'ALTER SCHEMA public RENAME TO old; ALTER SCHEMA next RENAME TO public;',
      'DROP SCHEMA public CASCADE; ALTER SCHEMA next RENAME TO public;',
      'IMPORT FOREIGN SCHEMA x FROM SERVER s INTO public;',
      'IMPORT FOREIGN SCHEMA x EXCEPT (y) FROM SERVER s INTO public;',
      'DO $$ BEGIN IF now() > now() THEN ALTER TABLE other RENAME TO users; END IF; END $$;',
      'DO $$ BEGIN IF now() > now() THEN ALTER TABLE a RENAME TO users; ELSE ALTER TABLE b RENAME TO users; END IF; END $$;',
      'DO $$ BEGIN ALTER TABLE other RENAME TO users; EXCEPTION WHEN OTHERS THEN NULL; END $$;',
      'DO $$ BEGIN FOR i IN 1..2 LOOP ALTER TABLE other.users SET SCHEMA public; END LOOP; END $$;',
      'DO $$ BEGIN IF now() > now() THEN ALTER SCHEMA next RENAME TO public; END IF; END $$;',
      'CREATE TABLE other (id int); DO $$ BEGIN IF now() > now() THEN ALTER TABLE other RENAME TO users; END IF; END $$;',
      "SELECT make_it('users');",
      "SELECT app.make_it('users');",
      "SELECT make_it/* c */('users');",
      "SELECT make_it -- c\n('users');",
      "SELECT make_it -- c\n-- d\n('users');",
      "SELECT make_it -- and\n('users');",
      "SELECT make_it /* and */ ('users');",
      'SELECT "make_it"(1);',
      'SELECT "make_it" (1);',
      'SELECT app . make_it (1);',
      'SELECT "App"."count"(1);',
      'SELECT _make2 (1);',
      'SELECT größer(1);',
      "SELECT 1 WHERE a IN (make_it('users'));",
      "SELECT '/*', make_it('users');",
      "SELECT '--', make_it('users');",
      "SELECT app.count('users');",
      'SELECT "Make it!"(1);',
      "CALL make_it('users');",
      "VALUES (make_it('users'));",
      "INSERT INTO other (a) VALUES (make_it('users'));",
      "DO $$ BEGIN PERFORM make_it('users'); END $$;",
      "DO $$ DECLARE a int := make_it('users'); BEGIN END $$;",
      "DO $$ BEGIN EXECUTE 'SELECT make_it()'; END $$;",
      'DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE (SELECT a FROM b) LOOP END LOOP; END $$;',
      "DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', (SELECT a FROM b)); END $$;",
      "DO LANGUAGE plpython3u $$ make('users') $$;",
      "SELECT dblink_exec('x', 'y');",
      "SELECT query_to_xml('SELECT 1', true, true, '');",
      "SELECT cron.schedule('a', '* * * * *', 'SELECT 1');",
      "PREPARE p AS SELECT make_it('users'); EXECUTE p;",
      `${routine('f', "SELECT make_it('users')")} SELECT f();`,
      "CREATE FUNCTION f() RETURNS void LANGUAGE c AS 'file', 'symbol'; SELECT f();",
      'CREATE EXTENSION postgis;',
      'ALTER EXTENSION postgis UPDATE;',
      'ALTER EXTENSION postgis SET SCHEMA public;',
      'EXPLAIN ANALYZE CREATE TABLE users AS SELECT 1 AS id;',
      'EXPLAIN (ANALYZE, VERBOSE) CREATE TABLE users AS SELECT 1 AS id;',
      "COPY other FROM PROGRAM 'psql';",
      "LOAD 'library';",
    ].map((sql): [string, readonly string[]] => [`before ${sql}`, goingOnWith(sql)]),
    [
      'of whose name another was renamed',
      [
        users,
        'ALTER TABLE users RENAME TO old; ALTER TABLE users_new RENAME TO users; ALTER TABLE old RENAME TO users_old; ALTER TABLE old_new RENAME TO old;',
      ],
    ],
    [
      'whose column an unknown function may make',
      [users, "ALTER TABLE users DROP COLUMN name; SELECT make_it('x');"],
    ],
    [
      'before what calls an unknown function later',
      [
        users,
        'CREATE TRIGGER t AFTER INSERT ON other FOR EACH ROW EXECUTE FUNCTION make_it(); DROP TABLE users; INSERT INTO other VALUES (1);',
      ],
    ],
    [
      'whose drop a savepoint undoes that another of its name hid',
      [users, 'BEGIN; SAVEPOINT a; DROP TABLE users; SAVEPOINT a; RELEASE a; ROLLBACK TO a; COMMIT;'],
    ],
    [
      'whose drop a savepoint undoes, another way of writing it',
      [
        users,
        'BEGIN; SAVEPOINT a; DROP TABLE users; SAVEPOINT b; RELEASE SAVEPOINT b; ROLLBACK TO SAVEPOINT "a"; COMMIT;',
      ],
    ],
    [
      'where one of an unknown schema may be meant',
      [users, 'SET search_path = b, public; DROP TABLE users;'],
    ],
    [
      'where one of a schema may be meant that was there',
      [users, 'CREATE SCHEMA IF NOT EXISTS b; SET search_path = b, public; DROP TABLE users;'],
    ],
    [
      'whose column one of an unknown schema may have',
      [users, 'SET search_path = b, public; ALTER TABLE users RENAME name TO title;'],
    ],
    ['where an earlier file set the search path', [users, 'SET search_path = b;', 'DROP TABLE users;']],
    [
      'that may be made where an earlier file set the search path',
      ['CREATE SCHEMA b; CREATE TABLE b.users (id int);', 'DROP TABLE b.users; SET search_path = b;', users],
    ],
    ...['VIEW', 'MATERIALIZED VIEW', 'FOREIGN TABLE', 'TYPE'].map((kind): [string, readonly string[]] => [
      `that is no ${kind}`,
      [users, `DROP ${kind} IF EXISTS users CASCADE;`],
    ]),
  ])('is no table %s', (_, texts) => {
    expect(gone(...texts)).toEqual([]);
  });
});
