/** The table whose columns the expressions are of, and functions. */
export const setup = `
CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN email AS text; CREATE TYPE pair AS (x int, y text); CREATE TYPE app.inner AS ENUM ('b');
CREATE TABLE t (
  i int, s smallint, b bigint, n numeric(4,1), n2 numeric(5,2), f real, d float8, x text, v varchar(3), va varchar[], c char(3), nm name,
  dt date, ts timestamp, tz timestamptz(3), ti time, iv interval, j json, jb jsonb, ia int[], ba bigint[], na numeric(3,1)[], xa text[],
  m mood, ma mood[], e email, p pair, pa pair[], by bytea, u uuid, bl boolean
);
CREATE FUNCTION own(a int, b int DEFAULT 1) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION twofold(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION twofold(a int, b int) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
CREATE FUNCTION app.own2(OUT r bigint) LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION lower(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION anyof(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION named(x int DEFAULT 1, y int DEFAULT 2) RETURNS real LANGUAGE sql AS 'SELECT 1::real';
`;

/** A type as PostgreSQL prints it, and expressions that have it; `unknown` where more decides than is looked at. */
export const expressionsByType: Readonly<Record<string, string>> = {
  integer: `
    i + s ; s + i ; i / 2 ; i % 2 ; 2 * i ; '2' * i ; i + '2' ; i & s ; i << 2 ; ~i ; -i ; -x::int ; dt - dt ;
    CASE WHEN i > 1 THEN i END ; nullif(i, 1) ; ia[1] ; (ARRAY[1, 2])[1] ; (p).x ; pa[1].x ; (t).i ; (t.p).x ;
    t.i ; public.t.i ; 1 ; (SELECT i FROM t LIMIT 1) ; min(i) ; bit_and(i) ;
    percentile_disc(0.5) WITHIN GROUP (ORDER BY i) ; ntile(2) OVER () ; lag(i) OVER () ;
    nth_value(i, 2) OVER () ; abs(i) ; abs(e::int) ; mod(i, i) ; mod(i, 2) ; generate_series(1, 3) ;
    generate_series(1, 3, 2) ; unnest(ia) ; length(x) ; length(by) ; char_length(v) ; octet_length(x) ;
    bit_length(x) ; position('a' IN x) ; strpos(x, 'a') ; ascii(x) ; json_array_length(j) ;
    jsonb_array_length(jb) ; array_length(ia, 1) ; cardinality(ia) ; array_position(ia, 1) ;
    array_upper(ia, 1) ; array_lower(ia, 1) ; array_ndims(ia) ; pg_catalog.abs(i) ; twofold(i) ; num_nulls(i) ;
    GREATEST(i, 1)
  `,
  smallint: `
    s + s ; s # s ; s >> 1 ; ~s ; +s ; nullif(s, b) ; bit_or(s) ; mod(s, s)
  `,
  bigint: `
    i + b ; b + s ; i | b ; b & i ; b << 2 ; ~b ; coalesce(i, b) ; coalesce(s, i, b) ; greatest(i, b) ;
    CASE WHEN i > 1 THEN i ELSE b END ; 3000000000 ; sum(i) ; sum(s) ; count(*) ; count(i) ;
    count(DISTINCT i) ; rank() OVER () ; row_number() OVER () ; generate_series(b, b) ; app.own2()
  `,
  numeric: `
    i - n ; n * i ; n % i ; -n ; +n ; coalesce(i, n) ; coalesce(n, n2) ; coalesce(NULL, n) ;
    CASE i WHEN 1 THEN n WHEN 2 THEN i END ; nullif(i, n) ; x::decimal ; 1.5 ; sum(b) ; sum(n) ; avg(i) ;
    avg(n) ; max(n) ; stddev(i) ; variance(n) ; mode() WITHIN GROUP (ORDER BY n) ; lag(n) OVER () ; abs(n) ;
    ceil(n) ; round(n) ; round(n, 2) ; round(i, 1) ; trunc(n, 1) ; trunc(i, 1) ; sign(n) ; sqrt(n) ; ln(n) ;
    log(n) ; mod(n, n) ; generate_series(n, n) ; unnest(na) ; to_number(x, '9') ; extract(year FROM ts)
  `,
  'double precision': `
    i ^ 2 ; f ^ f ; f + i ; d + f ; d + n ; n + f ; coalesce(f, d) ; x::float(30) ; sum(d) ; avg(f) ;
    stddev(d) ; var_pop(f) ; corr(d, d) ; percentile_cont(0.5) WITHIN GROUP (ORDER BY i) ;
    percentile_cont(0.5) WITHIN GROUP (ORDER BY d) ; cume_dist() OVER () ; percent_rank() OVER () ; ceil(i) ;
    ceil(d) ; floor(f) ; round(i) ; round(d) ; trunc(d) ; sign(d) ; sign(i) ; sqrt(i) ; exp(d) ; log(d) ;
    random() ; pi() ; degrees(d) ; date_part('year', ts)
  `,
  real: `
    f + f ; f * f ; -f ; coalesce(n, f) ; x::float(10) ; sum(f) ; abs(f) ;
    ts_rank(to_tsvector(x), to_tsquery(x)) ; named(y => 1)
  `,
  interval: `
    -iv ; ts - ts ; tz - tz ; tz - ts ; ts - tz ; ts - dt ; dt - ts ; tz - dt ; dt - tz ; ti - ti ; iv + iv ;
    iv - iv ; iv + '1 day' ; '1 day' + iv ; iv - '1 day' ; iv * 2 ; iv * i ; iv * f ; 2 * iv ; n * iv ;
    iv / 2 ; iv / n ; iv / 2.5 ; coalesce(iv, NULL) ; x::interval ; sum(iv) ; avg(iv) ;
    percentile_cont(0.5) WITHIN GROUP (ORDER BY iv) ; age(ts) ; age(ts, ts) ; date_trunc('day', iv) ;
    make_interval(1) ; justify_days(iv)
  `,
  unknown: `
    @i ; i || 'a' ; ia || b ; m || x ; dt - '2020-01-01' ; ts + '1 day' ; iv * '2' ; coalesce(ia, ba) ;
    coalesce(lost(), i) ; coalesce(i, lost()) ; CASE WHEN i > 1 THEN lost() ELSE i END ; nullif(x, v) ;
    nullif(f, d) ; nullif(i, f) ; nullif(lost(), 1) ; nullif(i, lost()) ; lag(e) OVER () ; log(2, n) ;
    power(n, 2) ; power(d, 2) ; pow(n, n) ; mod(i, b) ; mod(n, i) ; generate_series(i, b) ;
    generate_series(dt, dt, iv) ; lower(x) ; array_prepend(1, ia) ; other.lower(x) ; lost() ; lost(i) ;
    lower(i) ; anyof(i) ; ia + i ; i + ia ; i * ia ; ia & i ; i | ia ; ia << 1 ; pa - 1 ; xa -> 0 ; xa ->> 0 ; i -> 0
  `,
  text: `
    nullif(x, e) ; nullif(e, e) ; x || v ; v || c ; x || i ; i || x ; 'a' || 'b' ; 'a' || x ; x || j ; e || 'x' ; e || e ; jb ->> 'a' ;
    j ->> 0 ; jb #>> '{a}' ; j #>> '{a}' ; coalesce(NULL, NULL) ; coalesce('a', 'b') ; coalesce(e, x) ;
    coalesce(e, 'x') ; CASE WHEN i > 1 THEN 'a' ELSE 'b' END ; nullif(v, 'x') ; nullif('a', 'b') ;
    nullif(x, x) ; nullif(e, 'x') ; xa[1][2] ; (p).y ; (pa[1]).y ; t.*::text ; x COLLATE "C" ;
    'a' COLLATE "C" ; i::text ; 'a' ; NULL ; (SELECT 'a') ; max(v) ; max(x) ; min(e) ; string_agg(x, ',') ;
    string_agg(v, ',') ; mode() WITHIN GROUP (ORDER BY x) ; percentile_disc(0.5) WITHIN GROUP (ORDER BY x) ;
    first_value(x) OVER () ; unnest(xa) ; upper(v) ; initcap(x) ; trim(x) ; btrim(v) ; ltrim(x) ; rtrim(x) ;
    lpad(x, 3) ; rpad(x, 3, 'x') ; left(x, 2) ; right(x, 2) ; substring(x FROM 1 FOR 2) ; substr(x, 1) ;
    overlay(x PLACING 'a' FROM 1) ; replace(x, 'a', 'b') ; translate(x, 'a', 'b') ;
    regexp_replace(x, 'a', 'b') ; split_part(x, 'a', 1) ; array_to_string(xa, ',') ; concat(x, i) ;
    concat_ws(',', x, i) ; format('%s', x) ; quote_ident(x) ; quote_literal(x) ; repeat(x, 2) ; reverse(x) ;
    md5(x) ; chr(i) ; to_char(ts, 'x') ; to_hex(i) ; encode(by, 'hex') ; jsonb_pretty(jb) ; jsonb_typeof(jb) ;
    json_typeof(j) ; jsonb_extract_path_text(jb, 'a') ; version() ; current_setting('x') ;
    pg_catalog.lower(x) ; own(i) ; own(i, i) ; twofold(i, i)
  `,
  jsonb: `
    jb || jb ; jb || '{}' ; jb -> 'a' ; jb #> '{a}' ; jb - x ; jb - 1 ; jb['a'] ; jb['a']['b'] ; jsonb_agg(i) ;
    jsonb_object_agg(x, i) ; to_jsonb(x) ; jsonb_build_object('a', 1) ; jsonb_build_array(1) ;
    jsonb_set(jb, '{a}', '1') ; jsonb_insert(jb, '{a}', '1') ; jsonb_strip_nulls(jb) ;
    jsonb_extract_path(jb, 'a')
  `,
  bytea: `
    by || by ; by || '\\x00' ; string_agg(by, by) ; substring(by FROM 1) ; decode(x, 'hex')
  `,
  tsvector: `
    to_tsvector(x) || to_tsvector(x) ; to_tsvector(x) ; to_tsvector('simple', x) ;
    setweight(to_tsvector(x), 'A') ; coalesce(to_tsvector(x), to_tsvector(x))
  `,
  tsquery: `
    to_tsquery(x) || to_tsquery(x) ; plainto_tsquery(x)
  `,
  'integer[]': `
    ia || ia ; ia || i ; i || ia ; ia || '{1}' ; '{1}' || ia ; coalesce(ia, ia) ; ARRAY[ia, ia] ;
    nullif(ia, ia) ; ia[1:2] ; ia[:] ; x::int[][] ; ARRAY(SELECT i FROM t) ; ARRAY(SELECT ia FROM t) ;
    max(ia) ; array_agg(i) ; array_agg(ia) ; array_append(ia, 1) ; array_cat(ia, ia)
  `,
  'text[]': `
    xa || x ; ARRAY['a', 'b'] ; ARRAY[]::text[] ; xa[1:2][1] ; array_remove(xa, 'a') ;
    array_replace(xa, 'a', 'b')
  `,
  json: `
    j -> 0 ; j #> '{a}' ; x::json ; json_agg(i) ; json_object_agg(x, i) ; to_json(i) ; row_to_json(t) ;
    json_build_object('a', 1) ; json_build_array(1)
  `,
  boolean: `
    i = 1 ; x ~ 'a' ; x !~* 'a' ; jb ? 'a' ; jb @> '{}' ; true ; i IN (1, 2) ; i IS NULL ;
    i IS DISTINCT FROM 1 ; bl IS TRUE ; NOT bl ; bl AND bl ; i BETWEEN 1 AND 2 ; x LIKE 'a' ; x ILIKE 'a' ;
    x SIMILAR TO 'a' ; i = ANY (ia) ; i = ALL (ia) ; EXISTS (SELECT 1) ; i IN (SELECT i FROM t) ;
    bool_and(bl) ; every(bl) ; isfinite(ts) ; jsonb_path_exists(jb, '$')
  `,
  date: `
    dt + i ; i + dt ; dt - i ; current_date ; max(dt) ; to_date(x, 'x') ; make_date(1, 1, 1)
  `,
  'timestamp without time zone': `
    dt + iv ; iv + dt ; dt - iv ; dt + ti ; ti + dt ; ts + iv ; iv + ts ; ts - iv ; coalesce(dt, ts) ;
    least(dt, ts) ; localtimestamp ; generate_series(ts, ts, iv) ; generate_series(ts, '2020-01-01', '1 day') ;
    date_trunc('day', ts) ; tz AT TIME ZONE 'UTC' ; timezone('UTC', tz) ; make_timestamp(1, 1, 1, 1, 1, 1)
  `,
  'timestamp with time zone': `
    tz + iv ; tz - iv ; coalesce(ts, tz) ; x::timestamptz ; current_timestamp ; min(tz) ;
    generate_series(tz, tz, iv) ; to_timestamp(x, 'x') ; to_timestamp(d) ; now() ; clock_timestamp() ;
    statement_timestamp() ; date_trunc('day', tz) ; date_trunc('day', dt) ; date_trunc('day', tz, 'UTC') ;
    ts AT TIME ZONE 'UTC' ; timezone('UTC', ts)
  `,
  'time without time zone': `
    ti + iv ; iv + ti ; ti - iv ; localtime
  `,
  'numeric(4,1)': `
    coalesce(n, n) ; nullif(n, i) ; (SELECT n FROM t LIMIT 1)
  `,
  'character varying(3)': `
    coalesce(v, v) ; greatest(v, v) ; v COLLATE "C"
  `,
  'character varying': `
    coalesce(v, x) ; coalesce(v, c) ; coalesce(v, 'x') ; coalesce('x', v) ; lead(v) OVER ()
  `,
  bpchar: `
    coalesce(c, v) ; x::bpchar ; max(c)
  `,
  mood: `
    coalesce(m, 'a') ; coalesce(m, m) ; x::mood ; max(m) ; mode() WITHIN GROUP (ORDER BY m) ;
    last_value(m) OVER () ; unnest(ma)
  `,
  email: `
    coalesce(e, e) ; x::email
  `,
  uuid: `
    coalesce(u, NULL) ; gen_random_uuid()
  `,
  pair: `
    coalesce(p, p)
  `,
  name: `
    coalesce(nm, x) ; x::name ; current_user ; session_user ; user ; current_catalog ; current_schema ;
    current_role
  `,
  'bigint[]': `
    ARRAY[i, b]
  `,
  'numeric[]': `
    ARRAY[n, 1] ; array_agg(n)
  `,
  'character varying(3)[]': `
    ARRAY[v] ; x::varchar(3)[]
  `,
  'character varying[]': `
    nullif(va, va) ; min(va) ; array_agg(v)
  `,
  t: `
    (t) ; t
  `,
  'numeric(3,1)': `
    i::numeric(3,1)
  `,
  'character varying(5)': `
    x::varchar(5)
  `,
  'character(1)': `
    x::char ; x::char(1)
  `,
  '"char"': `
    x::"char"
  `,
  'bit(1)': `
    x::bit
  `,
  'bit(3)': `
    x::bit(3)
  `,
  'bit varying': `
    x::varbit
  `,
  'bit varying(5)': `
    x::varbit(5)
  `,
  'timestamp(2) without time zone': `
    x::timestamp(2)
  `,
  'time(1) without time zone': `
    x::time(1) ; localtime(1)
  `,
  'time(2) with time zone': `
    x::timetz(2)
  `,
  'interval(3)': `
    x::interval(3)
  `,
  'interval day': `
    x::interval day
  `,
  'interval day to second(2)': `
    x::interval day to second(2)
  `,
  'interval second': `
    x::interval second
  `,
  'interval year to month': `
    x::interval year to month
  `,
  'mood[]': `
    x::mood[] ; array_agg(m)
  `,
  'numeric(3,0)': `
    x::dec(3)
  `,
  'character(2)': `
    x::nchar(2)
  `,
  'smallint[]': `
    x::int2[]
  `,
  'bit(3)[]': `
    x::bit(3)[]
  `,
  inet: `
    x::inet
  `,
  'app."inner"': `
    x::app.inner
  `,
  regclass: `
    x::regclass
  `,
  oid: `
    x::oid
  `,
  xml: `
    x::xml
  `,
  '"bit"': `
    B'1' ; X'1F'
  `,
  'time with time zone': `
    current_time
  `,
  'time(0) with time zone': `
    current_time(0)
  `,
  'timestamp(0) with time zone': `
    current_timestamp(0)
  `,
  'timestamp(3) with time zone': `
    current_timestamp(3)
  `,
  'timestamp(0) without time zone': `
    localtimestamp(0)
  `,
  'numeric(4,1)[]': `
    ARRAY(SELECT n FROM t)
  `,
  'email[]': `
    array_agg(e)
  `,
};
