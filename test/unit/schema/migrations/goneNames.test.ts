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
  ])('is no table %s', (_, texts) => {
    expect(gone(...texts)).toEqual([]);
  });
});
