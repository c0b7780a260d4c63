/** Built-in functions that always give the same type, by that type. */
const byResult: Readonly<Record<string, string>> = {
  bool: 'bool_and bool_or every starts_with jsonb_path_exists jsonb_path_match pg_try_advisory_lock isfinite has_table_privilege has_schema_privilege pg_is_in_recovery regexp_like isempty lower_inc upper_inc lower_inf upper_inf',
  bytea: 'decode convert_to sha224 sha256 sha384 sha512',
  date: 'to_date make_date',
  float4: 'ts_rank ts_rank_cd',
  float8:
    'random date_part percent_rank cume_dist corr covar_pop covar_samp regr_avgx regr_avgy regr_intercept regr_r2 regr_slope cbrt pi degrees radians sin cos tan asin acos atan atan2 setseed',
  int4: 'length char_length character_length octet_length bit_length ascii strpos position cardinality array_length array_lower array_upper array_ndims array_position jsonb_array_length json_array_length ntile pg_backend_pid width_bucket num_nulls num_nonnulls regexp_count regexp_instr',
  int8: 'count row_number rank dense_rank nextval currval setval lastval txid_current pg_relation_size pg_total_relation_size pg_table_size regr_count hashtextextended',
  interval: 'make_interval justify_days justify_hours justify_interval age',
  json: 'json_agg json_build_array json_build_object json_object_agg row_to_json to_json array_to_json json_object json_strip_nulls',
  jsonb:
    'jsonb_agg jsonb_build_array jsonb_build_object jsonb_object_agg to_jsonb jsonb_set jsonb_insert jsonb_strip_nulls jsonb_object jsonb_path_query_array jsonb_path_query_first jsonb_set_lax jsonb_extract_path',
  numeric: 'extract factorial to_number',
  text: 'btrim ltrim rtrim concat concat_ws format initcap lpad rpad repeat replace regexp_replace regexp_substr split_part translate reverse left right to_char quote_ident quote_literal quote_nullable md5 encode array_to_string current_setting set_config version chr to_hex json_typeof jsonb_typeof jsonb_pretty json_extract_path_text jsonb_extract_path_text pg_get_viewdef pg_get_expr format_type obj_description col_description normalize convert_from pg_size_pretty unistr',
  time: 'make_time',
  timestamp: 'make_timestamp',
  timestamptz:
    'now to_timestamp make_timestamptz statement_timestamp clock_timestamp transaction_timestamp pg_postmaster_start_time',
  tsquery: 'to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery',
  tsvector: 'to_tsvector setweight array_to_tsvector',
  uuid: 'gen_random_uuid uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuid_generate_v5 uuidv4 uuidv7',
  xml: 'xmlagg xmlcomment',
  void: 'pg_notify pg_sleep pg_advisory_lock pg_advisory_xact_lock',
};

const fixed = new Map(
  Object.entries(byResult).flatMap(([type, names]) =>
    names.split(' ').map((name): [string, string] => [name, type]),
  ),
);

/** The type a built-in function always gives. */
export function fixedResult(name: string): string | undefined {
  return fixed.get(name);
}

/** Functions whose result is of the type of their first argument. */
export const sameAsArgument: ReadonlySet<string> = new Set(
  (
    'max min lag lead first_value last_value nth_value any_value mode array_append array_remove array_replace array_cat abs ' +
    'bit_and bit_or bit_xor trim_array array_shuffle array_sample range_agg'
  ).split(' '),
);

/** `sum` and `avg` give a wider type than they take. */
export const aggregateResults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sum: {
    int2: 'int8',
    int4: 'int8',
    int8: 'numeric',
    numeric: 'numeric',
    float4: 'float4',
    float8: 'float8',
    interval: 'interval',
    money: 'money',
  },
  avg: {
    int2: 'numeric',
    int4: 'numeric',
    int8: 'numeric',
    numeric: 'numeric',
    float4: 'float8',
    float8: 'float8',
    interval: 'interval',
  },
  date_trunc: {
    timestamp: 'timestamp',
    timestamptz: 'timestamptz',
    date: 'timestamptz',
    interval: 'interval',
  },
  timezone: { timestamp: 'timestamptz', timestamptz: 'timestamp', time: 'timetz', timetz: 'timetz' },
  substring: { text: 'text', varchar: 'text', bpchar: 'text', name: 'text', bytea: 'bytea', bit: 'bit' },
  substr: { text: 'text', varchar: 'text', bpchar: 'text', name: 'text', bytea: 'bytea' },
  overlay: { text: 'text', varchar: 'text', bpchar: 'text', bytea: 'bytea' },
  lower: {
    text: 'text',
    varchar: 'text',
    bpchar: 'text',
    name: 'text',
    int4range: 'int4',
    int8range: 'int8',
    numrange: 'numeric',
    tsrange: 'timestamp',
    tstzrange: 'timestamptz',
    daterange: 'date',
  },
  upper: {
    text: 'text',
    varchar: 'text',
    bpchar: 'text',
    name: 'text',
    int4range: 'int4',
    int8range: 'int8',
    numrange: 'numeric',
    tsrange: 'timestamp',
    tstzrange: 'timestamptz',
    daterange: 'date',
  },
  string_agg: { text: 'text', varchar: 'text', bpchar: 'text', bytea: 'bytea' },
  percentile_cont: {
    int2: 'float8',
    int4: 'float8',
    int8: 'float8',
    numeric: 'float8',
    float4: 'float8',
    float8: 'float8',
    interval: 'interval',
  },
  ...sameForNumbers('round ceil ceiling floor trunc sign', { numeric: 'numeric' }),
  ...sameForNumbers('sqrt exp ln log power pow', { numeric: 'numeric' }),
  ...sameForNumbers('stddev stddev_pop stddev_samp variance var_pop var_samp', {
    int2: 'numeric',
    int4: 'numeric',
    int8: 'numeric',
    numeric: 'numeric',
  }),
};

function sameForNumbers(
  names: string,
  exact: Readonly<Record<string, string>>,
): Record<string, Readonly<Record<string, string>>> {
  const results = {
    int2: 'float8',
    int4: 'float8',
    int8: 'float8',
    float4: 'float8',
    float8: 'float8',
    ...exact,
  };
  return Object.fromEntries(names.split(' ').map((name) => [name, results]));
}

/** Functions in FROM, by the columns they give; `*` stands for the name that the call has there. */
export const tableFunctions: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  json_array_elements: [['value', 'json']],
  json_array_elements_text: [['value', 'text']],
  json_each: [
    ['key', 'text'],
    ['value', 'json'],
  ],
  json_each_text: [
    ['key', 'text'],
    ['value', 'text'],
  ],
  json_object_keys: [['*', 'text']],
  jsonb_array_elements: [['value', 'jsonb']],
  jsonb_array_elements_text: [['value', 'text']],
  jsonb_each: [
    ['key', 'text'],
    ['value', 'jsonb'],
  ],
  jsonb_each_text: [
    ['key', 'text'],
    ['value', 'text'],
  ],
  jsonb_object_keys: [['*', 'text']],
  jsonb_path_query: [['*', 'jsonb']],
  regexp_split_to_table: [['*', 'text']],
  string_to_table: [['*', 'text']],
  generate_subscripts: [['*', 'int4']],
};
