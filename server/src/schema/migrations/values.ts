import type { Node } from 'libpg-query';
import { quoteIdentifier } from './identifiers.ts';
import { words } from './types.ts';

/** `undefined` is what is not known, `null` is SQL's NULL. */
export type Value = string | number | boolean | null | undefined;

/** Stands for an unknown part of a text. It is a character that names may have, so that SQL with it still parses. */
export const hole = '\ue000';

/** Begins what stands for an object's number: it is no text, and compares with none. */
export const identityMark = '\ue001';

/** A text that is put together is not kept when it is longer. */
const longestText = 1_000_000;

export interface Evaluation {
  /** The value of a name: a variable, or a column of a row that is looked at. */
  readonly lookUp: (names: readonly string[]) => Value;
  /** A subquery's value, or whether it has rows. */
  readonly ask: (link: SubLink) => Value;
  /** A function that asks what there is: `to_regclass`. */
  readonly call: (name: string, args: readonly Value[]) => Value;
  readonly cast: (type: string, value: Value) => Value;
}

export type SubLink = Extract<Node, { SubLink: unknown }>['SubLink'];

/** The value of an expression, as far as it is known. */
export function evaluate(evaluation: Evaluation, node: Node | undefined): Value {
  if (!node) return undefined;
  const of = (each: Node | undefined): Value => evaluate(evaluation, each);
  if ('A_Const' in node) {
    const { ival, fval, sval, boolval, isnull } = node.A_Const;
    if (isnull) return null;
    if (ival) return ival.ival ?? 0;
    if (boolval) return boolval.boolval ?? false;
    return sval ? (sval.sval ?? '') : fval ? wholeNumber(Number(fval.fval)) : undefined;
  }
  if ('ColumnRef' in node) return evaluation.lookUp(words(node.ColumnRef.fields));
  if ('TypeCast' in node) {
    const { typeName, arg } = node.TypeCast;
    if (typeName?.typmods || typeName?.arrayBounds) return undefined;
    return evaluation.cast(words(typeName?.names).at(-1) ?? '', of(arg));
  }
  if ('BoolExpr' in node) return combined(node.BoolExpr.boolop, (node.BoolExpr.args ?? []).map(of));
  if ('NullTest' in node) {
    const value = of(node.NullTest.arg);
    if (value === undefined) return undefined;
    return (value === null) === (node.NullTest.nulltesttype === 'IS_NULL');
  }
  if ('BooleanTest' in node) return tested(node.BooleanTest.booltesttype, of(node.BooleanTest.arg));
  if ('A_Expr' in node) return compared(node.A_Expr, of);
  if ('SubLink' in node) return evaluation.ask(node.SubLink);
  if ('CoalesceExpr' in node) {
    for (const each of node.CoalesceExpr.args ?? []) {
      const value = of(each);
      if (value !== null) return value;
    }
    return null;
  }
  if ('FuncCall' in node) {
    const names = words(node.FuncCall.funcname);
    if (names.length > 1 && names[0] !== 'pg_catalog') return undefined;
    const name = names.at(-1) ?? '';
    const args = (node.FuncCall.args ?? []).map(of);
    return textFunction(name, args) ?? evaluation.call(name, args);
  }
  return 'CollateClause' in node ? of(node.CollateClause.arg) : undefined;
}

function combined(operation: string | undefined, values: readonly Value[]): Value {
  if (operation === 'NOT_EXPR') return typeof values[0] === 'boolean' ? !values[0] : undefined;
  const decisive = operation === 'OR_EXPR';
  if (values.includes(decisive)) return decisive;
  return values.every((value) => value === !decisive) ? !decisive : undefined;
}

function tested(test: string | undefined, value: Value): Value {
  if (value === undefined) return undefined;
  if (test === 'IS_TRUE') return value === true;
  if (test === 'IS_NOT_TRUE') return value !== true;
  if (test === 'IS_FALSE') return value === false;
  return test === 'IS_NOT_FALSE' ? value !== false : undefined;
}

type Operation = Extract<Node, { A_Expr: unknown }>['A_Expr'];

function compared(node: Operation, of: (node: Node | undefined) => Value): Value {
  const left = of(node.lexpr);
  const operator = words(node.name).at(-1) ?? '';
  if (node.kind === 'AEXPR_IN') {
    const items = node.rexpr && 'List' in node.rexpr ? (node.rexpr.List.items ?? []).map(of) : [undefined];
    const found = isAmong(left, items);
    return operator === '<>' && found !== undefined ? !found : found;
  }
  if (node.kind === 'AEXPR_LIKE' || node.kind === 'AEXPR_ILIKE') {
    return like(left, of(node.rexpr), node.kind === 'AEXPR_ILIKE', operator.startsWith('!'));
  }
  if (node.kind === 'AEXPR_OP_ANY' && operator === '=') {
    const items =
      node.rexpr && 'A_ArrayExpr' in node.rexpr
        ? (node.rexpr.A_ArrayExpr.elements ?? []).map(of)
        : [undefined];
    return isAmong(left, items);
  }
  if (node.kind !== 'AEXPR_OP') return undefined;
  const right = of(node.rexpr);
  if (operator === '||') return joined([left, right]);
  const same = equal(left, right);
  if (same === undefined) return undefined;
  if (operator === '=') return same;
  if (operator === '<>') return !same;
  // How texts are ordered is the database's own.
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '+':
      return wholeNumber(left + right);
    case '-':
      return wholeNumber(left - right);
    default:
      return undefined;
  }
}

/** Of values of one kind alone: how others are converted is not known. */
function equal(left: Value, right: Value): boolean | undefined {
  if (left === undefined || left === null || typeof left !== typeof right) return undefined;
  if (isHoled(left) || isHoled(right) || isIdentity(left) !== isIdentity(right)) return undefined;
  return left === right;
}

function isAmong(value: Value, items: readonly Value[]): boolean | undefined {
  const found = items.map((item) => equal(value, item));
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

function wholeNumber(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

function isIdentity(value: Value): boolean {
  return typeof value === 'string' && value.startsWith(identityMark);
}

const textTypes = new Set(['text', 'varchar', 'character varying']);

const limits: Readonly<Record<string, number>> = {
  smallint: 2 ** 15,
  int2: 2 ** 15,
  int: 2 ** 31,
  integer: 2 ** 31,
  int4: 2 ** 31,
  bigint: Number.MAX_SAFE_INTEGER,
  int8: Number.MAX_SAFE_INTEGER,
};

/** A value as one of a type, where that is the same; all that is converted is not known. */
export function castAsItIs(type: string, value: Value): Value {
  if (value === null) return null;
  if (typeof value === 'boolean') return type === 'bool' || type === 'boolean' ? value : undefined;
  if (typeof value === 'number') return Math.abs(value) < (limits[type] ?? 0) ? value : undefined;
  if (value === undefined || isIdentity(value)) return undefined;
  const isName = (type === 'name' || type === 'sql_identifier') && value.length < 20;
  return textTypes.has(type) || isName ? value : undefined;
}

function isHoled(value: Value): boolean {
  return typeof value === 'string' && value.includes(hole);
}

const longestPattern = 200;

function like(value: Value, pattern: Value, ignoreCase: boolean, negated: boolean): Value {
  if (typeof value !== 'string' || typeof pattern !== 'string') return undefined;
  if (isHoled(value) || isHoled(pattern) || pattern.length > longestPattern || pattern.includes('\\'))
    return undefined;
  if (isIdentity(value) || (ignoreCase && !isAscii(value + pattern))) return undefined;
  const [text, parts] = ignoreCase ? [value.toLowerCase(), pattern.toLowerCase()] : [value, pattern];
  if (parts.includes('_')) return undefined;
  const pieces = parts.split('%');
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const found =
      index === pieces.length - 1 && index > 0 ? text.length - piece.length : text.indexOf(piece, at);
    const fits = found >= at && text.startsWith(piece, found) && (index > 0 || found === 0);
    if (!fits) return negated;
    at = found + piece.length;
  }
  return (at === text.length) !== negated;
}

/** A text of parts, of which some may not be known. */
export function joined(values: readonly Value[]): Value {
  if (values.includes(null)) return null;
  return limited(values.map(written).join(''));
}

/** As it is in a text. */
function written(value: Value): string {
  return typeof value === 'number' || (typeof value === 'string' && !isIdentity(value))
    ? String(value)
    : hole;
}

function limited(text: string): string | undefined {
  return text.length > longestText ? undefined : text;
}

function isAscii(text: string): boolean {
  return /^[ -~\s]*$/.test(text);
}

function textFunction(name: string, args: readonly Value[]): Value {
  const [first] = args;
  switch (name) {
    case 'format':
      return typeof first === 'string' ? formatted(first, args.slice(1)) : undefined;
    case 'concat':
      return joined(args.map((each) => (each === null ? '' : each)));
    case 'quote_ident':
      return typeof first === 'string' && !isIdentity(first) ? quoted(first) : hole;
    case 'quote_literal':
      return typeof first === 'string' && !isIdentity(first) ? quotedLiteral(first) : hole;
    case 'lower':
      return typeof first === 'string' && isAscii(first) ? first.toLowerCase() : undefined;
    case 'upper':
      return typeof first === 'string' && isAscii(first) ? first.toUpperCase() : undefined;
    default:
      return undefined;
  }
}

function quoted(name: string): string {
  return name.includes(hole) ? name : quoteIdentifier(name);
}

function quotedLiteral(text: string): string {
  // A backslash makes it an E'' string.
  return text.includes('\\') ? hole : `'${text.replaceAll("'", "''")}'`;
}

/** `format('ALTER TABLE %I …', name)`, with holes for what is not known. */
function formatted(pattern: string, args: readonly Value[]): string | undefined {
  let next = 0;
  const text = pattern.replace(
    /%(?:(\d{1,4})\$)?(-?\d{0,4})([sIL%])/g,
    (_, position: string | undefined, width: string, kind: string) => {
      if (kind === '%') return '%';
      if (position !== undefined) next = Number(position) - 1;
      const value = args[next++];
      if (value === undefined || typeof value === 'boolean' || isIdentity(value) || width !== '')
        return kind === 'L' ? quotedLiteral(hole) : hole;
      if (value === null) return kind === 'L' ? 'NULL' : '';
      if (kind === 'I') return quoted(String(value));
      return kind === 'L' ? quotedLiteral(String(value)) : String(value);
    },
  );
  return limited(text);
}
