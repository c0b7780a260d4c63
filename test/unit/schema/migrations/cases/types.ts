import type { Cases } from '../replayText.ts';

/** What is said, the files, and what they leave behind. */
export const cases: Cases = [
  [
    'enums, domains and composite types, with their schema where it is not public',
    [
      `CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('a'); CREATE TYPE app.mood AS ENUM ('b'); CREATE DOMAIN email AS varchar(50) NOT NULL; CREATE TYPE app."Address" AS (street text); CREATE TABLE t (a mood, b app.mood, c email, d app."Address"[])`,
    ],
    ['public.t: a mood, b app.mood, c email, d app."Address"[]'],
  ],
  [
    'renamed and moved types: the columns follow',
    [
      "CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (a mood, b mood[]); ALTER TYPE mood RENAME TO feeling; ALTER TYPE feeling SET SCHEMA app; ALTER SCHEMA app RENAME TO core; CREATE TABLE r (x int); CREATE TABLE s (r r); ALTER TABLE r RENAME TO rr",
    ],
    ['public.t: a core.feeling, b core.feeling[]', 'public.rr: x integer', 'public.s: r rr'],
  ],
  [
    'DROP TYPE CASCADE takes columns, views and functions along',
    [
      "CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN md AS mood; CREATE TABLE t (id int, a mood, b mood[], c md); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT id FROM t; CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP TYPE mood CASCADE",
    ],
    ['public.t: id integer', 'public.w [view]: id integer'],
  ],
  [
    'attributes added with CASCADE reach the tables of that type',
    [
      'CREATE TYPE c AS (a int); CREATE TABLE t OF c (PRIMARY KEY (a)); ALTER TYPE c ADD ATTRIBUTE b text CASCADE; ALTER TYPE c RENAME ATTRIBUTE a TO aa CASCADE; ALTER TYPE c ALTER ATTRIBUTE b TYPE int CASCADE',
    ],
    ['public.t: aa integer!, b integer'],
  ],
  [
    'types of extensions',
    [
      'CREATE SCHEMA ext; CREATE EXTENSION citext WITH SCHEMA ext; CREATE EXTENSION hstore; CREATE TABLE t (a ext.citext, b hstore, c geometry(Point,4326), d vector(3), e strange.type[]); ALTER EXTENSION hstore SET SCHEMA ext',
    ],
    ['public.t: a ext.citext, b ext.hstore, c geometry(point,4326), d vector(3), e strange.type[]'],
  ],
  [
    'DROP EXTENSION CASCADE drops the columns of its types',
    ['CREATE EXTENSION citext; CREATE TABLE t (a citext, b text); DROP EXTENSION citext CASCADE'],
    ['public.t: b text'],
  ],
  [
    'DROP EXTENSION of one whose types are not known',
    ['CREATE TABLE t (a mystery, b text); CREATE TABLE u (b text); DROP EXTENSION mysterious CASCADE'],
    ['public.t: b text, …', 'public.u: b text'],
  ],
  [
    'a type that no migration made, and %TYPE',
    [
      "CREATE TABLE t (a status, b pg_catalog.int4, c _text); CREATE FUNCTION f(t.b%TYPE) RETURNS SETOF t LANGUAGE sql AS ''",
    ],
    ['public.t: a status, b integer, c text[]'],
  ],
  ['a composite type is no table', ['CREATE TYPE c AS (a int)'], []],
  [
    'ranges and base types',
    ['CREATE TYPE fr AS RANGE (subtype = float8); CREATE TYPE box3; CREATE TABLE t (a fr, b box3)'],
    ['public.t: a fr, b box3'],
  ],
  [
    'the type of a column that is not known makes nothing else less known',
    [
      "CREATE TABLE t (a int); CREATE FUNCTION f(x t.nope%TYPE, y nope.a%TYPE, z t.a%TYPE) RETURNS t.nope%TYPE LANGUAGE sql AS ''; CREATE TABLE u (b int)",
    ],
    ['public.t: a integer', 'public.u: b integer'],
  ],
];
