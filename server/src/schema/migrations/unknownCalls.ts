import { aggregateResults, fixedResult, sameAsArgument, tableFunctions } from './builtinFunctions.ts';
import type { Catalogue } from './catalogue.ts';

/** A character of a name. */
const ofName = /[\w$\x80-\uffff]/;
const digit = /\d/;
const blank = /\s/;

interface Called {
  readonly schema: string | undefined;
  readonly name: string;
  /** Of the schema, else of the name. */
  readonly offset: number;
}

/** The words before parentheses, each with its schema: what is called, and keywords. */
function* wordsBeforeParentheses(text: string): Generator<Called> {
  for (let at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) {
    const word = wordBefore(text, at);
    if (word === undefined) continue;
    const dot = beforeBlanks(text, text[word.offset - 1] === '"' ? word.offset - 1 : word.offset);
    const schema = text[dot - 1] === '.' ? wordBefore(text, dot - 1) : undefined;
    yield { schema: schema?.word, name: word.word, offset: schema?.offset ?? word.offset };
  }
}

function wordBefore(
  text: string,
  end: number,
): { readonly word: string; readonly offset: number } | undefined {
  let last = beforeBlanks(text, end);
  if (text[last - 1] === '"') last -= 1;
  let offset = last;
  while (ofName.test(text.charAt(offset - 1))) offset -= 1;
  const word = text.slice(offset, last);
  return word === '' || digit.test(word.charAt(0)) ? undefined : { word, offset };
}

function beforeBlanks(text: string, end: number): number {
  let at = end;
  while (blank.test(text.charAt(at - 1))) at -= 1;
  return at;
}

/** The text with blanks for comments, or for what looks like one. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = commentAt(text, 0); at >= 0; at = commentAt(text, from)) {
    const [mark, length] = text[at] === '-' ? ['\n', 1] : ['*/', 2];
    const end = text.indexOf(mark, at + 2);
    parts.push(text.slice(from, at), ' ');
    from = end < 0 ? text.length : end + length;
  }
  return parts.join('') + text.slice(from);
}

const comment = /--|\/\*/g;

function commentAt(text: string, from: number): number {
  comment.lastIndex = from;
  return comment.exec(text)?.index ?? -1;
}

/** A name in quotes that is more than a word. */
const oddName = /[^\w$\x80-\uffff"\s]\s*"\s*\(/;

/** What stands before a name with a list of columns. */
const beforeColumns = /\b(?:into|table|view|as|with|recursive|exists|only|references)\s+"?$/i;

/** The same of an index. */
const ofIndex = /^create\s+(?:unique\s+)?index\b/i;
const beforeIndexed = /\bon\s+(?:only\s+)?"?$/i;

/** No functions, though a parenthesis follows. */
const keywords = new Set(
  (
    'all always and any array as asc between bit by call case cast char character check collate column conflict constraint cube ' +
    'current_time current_timestamp dec decimal default desc distinct do else elsif end enum except execute exists extract filter ' +
    'float for foreign from function geography geometry group grouping halfvec hash having identity if ilike in include inner ' +
    'insert intersect interval into is join key lateral like limit list localtime localtimestamp loop materialized not ' +
    'numeric of offset on only options or order over overlay partition perform position precision primary procedure range ' +
    'references return returning returns rollup row select set sets similar some substring table then time timestamp timestamptz ' +
    'brin btree elseif exclude generated gin gist hnsw inherits ivfflat null nulls operator spgist statistics stored ' +
    'timetz to treat trigger trim type union unique update using values varchar varying vector view when where while with within bpchar'
  ).split(' '),
);

/** Functions of the database itself that make nothing, beside those of which the type is known. */
const harmless = new Set(
  (
    'array_agg array_dims array_fill array_positions array_to_json avg bit_count btrim coalesce col_description current_database ' +
    'current_role current_schema current_schemas current_user daterange date_bin date_trunc generate_series greatest grouping ' +
    'has_column_privilege has_database_privilege has_function_privilege has_sequence_privilege int4range int8range ' +
    'json_build_object json_extract_path json_populate_record json_populate_recordset json_to_record json_to_recordset ' +
    'jsonb_extract_path jsonb_populate_record jsonb_populate_recordset jsonb_to_record jsonb_to_recordset least multirange nullif ' +
    'numrange obj_description parse_ident pg_get_constraintdef pg_get_functiondef pg_get_indexdef pg_get_serial_sequence ' +
    'pg_get_triggerdef pg_get_userbyid pg_table_is_visible pg_try_advisory_xact_lock pg_type_is_visible pg_typeof random_normal ' +
    'regexp_match regexp_matches regexp_split_to_array session_user set_bit set_byte string_to_array sum timeofday to_ascii ' +
    'to_regclass to_regnamespace to_regproc to_regprocedure to_regrole to_regtype tsrange tstzrange unnest upper lower xmlelement mod ' +
    'pg_advisory_unlock pg_advisory_unlock_all tg_argv min_scale'
  ).split(' '),
);

/** Those of widely used extensions, in whatever schema they are. */
const ofExtensions = new Set(
  (
    'armor crypt digest gen_random_bytes gen_random_uuid gen_salt hmac moddatetime pgp_sym_decrypt pgp_sym_encrypt show_trgm similarity ' +
    'unaccent uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_url ' +
    'word_similarity hstore'
  ).split(' '),
);

function isHarmless(schema: string | undefined, name: string): boolean {
  if (ofExtensions.has(name)) return true;
  if (schema !== undefined && schema !== 'pg_catalog') return false;
  return (
    harmless.has(name) ||
    fixedResult(name) !== undefined ||
    sameAsArgument.has(name) ||
    Object.hasOwn(aggregateResults, name) ||
    Object.hasOwn(tableFunctions, name)
  );
}

/** In the place of a name that is not read. */
const unreadable = '';

/** All words before parentheses, in lower case, whatever they are and wherever they stand. */
export function wordsCalled(text: string): Set<string> {
  // What looks like a comment may stand in a text.
  const called = [...new Set([text, withoutComments(text)])].flatMap((each) => [
    ...wordsBeforeParentheses(each),
  ]);
  return new Set(called.map(({ name }) => name.toLowerCase()));
}

/** Names of functions, in lower case, that a text may call and that may do anything: too many rather than too few. */
export function callsOfUnknown(text: string): Set<string> {
  const names = new Set<string>();
  const read = withoutTexts(text);
  const isIndex = ofIndex.test(read);
  if (oddName.test(read)) names.add(unreadable);
  // What looks like a comment may stand in a text.
  for (const each of new Set([read, withoutComments(read)])) {
    for (const { schema, name, offset } of wordsBeforeParentheses(each)) {
      const [called, of] = [name.toLowerCase(), schema?.toLowerCase()];
      if (isHarmless(of, called) || (of === undefined && keywords.has(called))) continue;
      const before = each.slice(Math.max(0, offset - 40), offset);
      if (!beforeColumns.test(before) && !(isIndex && beforeIndexed.test(before))) names.add(called);
    }
  }
  return names;
}

/** Without what is in single quotes, where it is certain what is. */
function withoutTexts(text: string): string {
  return /[\\$"]|--|\/\*/.test(text) ? text : text.replace(/'[^']*'/g, "''");
}

/** Whether one of these, or one that they call, is a function that no migration made. */
export function mayMakeAnything({ unknownCalls }: Catalogue, names: Iterable<string>): boolean {
  const rest = [...names];
  const seen = new Set<string>();
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const calls = unknownCalls.get(name);
    if (!calls) return true;
    rest.push(...calls);
  }
  return false;
}

/** What a function of a migration calls; one in another language than these may do anything. */
export function noteUnknownCalls(
  { unknownCalls }: Catalogue,
  written: string,
  text: string,
  language: string,
): void {
  const name = written.toLowerCase();
  const calls = unknownCalls.get(name) ?? new Set();
  for (const call of callsOfUnknown(text)) calls.add(call);
  if (language !== 'sql' && language !== 'plpgsql') calls.add(unreadable);
  unknownCalls.set(name, calls);
}
