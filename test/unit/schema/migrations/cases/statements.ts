/** What the statements change. */
export const setup = `
CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN email AS text; CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id int PRIMARY KEY, x text NOT NULL, y int UNIQUE, m mood, g int GENERATED ALWAYS AS (y * 2) STORED);
CREATE TABLE kid (z int) INHERITS (t); CREATE TABLE ref2 (id int PRIMARY KEY); CREATE TABLE wide (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE ref (id int, t_id int REFERENCES t, y int CONSTRAINT by_y REFERENCES t (y));
CREATE TABLE parts (id int NOT NULL, at date, CONSTRAINT parts_key PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
CREATE TABLE loose (id int NOT NULL, at date); CREATE INDEX loose_id ON loose (id); CREATE TABLE bare (id int);
CREATE TABLE typed OF pair; CREATE TABLE like_pair (a int, b text);
CREATE VIEW v AS SELECT id, x FROM t; CREATE MATERIALIZED VIEW mv AS SELECT id FROM t;
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE far (id int) SERVER s;
CREATE TABLE app.t2 (id int, e email); CREATE SEQUENCE app.counter;
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION only_one(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE nothing() LANGUAGE sql AS '';
CREATE FUNCTION pairs_of() RETURNS SETOF pair LANGUAGE sql AS ''; CREATE FUNCTION table_of() RETURNS TABLE (k int, l text) LANGUAGE sql AS '';
CREATE FUNCTION outs_of(OUT o int, OUT text) LANGUAGE sql AS ''; CREATE FUNCTION one_of() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION records_of() RETURNS SETOF record LANGUAGE sql AS '';
CREATE FUNCTION add_it(regclass) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN EXECUTE 'ALTER TABLE loose ADD COLUMN n int'; END $f$;
CREATE FUNCTION changes() RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN ALTER TABLE loose ADD COLUMN n int; RETURN true; END $f$;
`;
