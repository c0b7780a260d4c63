import type { Node } from 'libpg-query';
import { quoteIdentifier } from './identifiers.ts';
import { words } from './types.ts';

/** `undefined` is what is not known, `null` is SQL's NULL. */
export type Value = string | number | boolean | null | undefined;

/** Stands for an unknown part of a text. It is a character that names may have, so that SQL with it still parses. */
export const hole = '\ue000';

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
    return sval ? (sval.sval ?? '') : fval ? Number(fval.fval) : undefined;
  }
  if ('ColumnRef' in node) return evaluation.lookUp(words(node.ColumnRef.fields));
  if ('TypeCast' in node) {
    return evaluation.cast(words(node.TypeCast.typeName?.names).at(-1) ?? '', of(node.TypeCast.arg));
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
    const name = words(node.FuncCall.funcname).at(-1) ?? '';
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
    if (left === undefined || left === null) return undefined;
    const found = items.includes(left) ? true : items.includes(undefined) ? undefined : false;
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
    if (left === undefined || left === null) return undefined;
    return items.includes(left) ? true : items.includes(undefined) ? undefined : false;
  }
  if (node.kind !== 'AEXPR_OP') return undefined;
  const right = of(node.rexpr);
  if (operator === '||') return joined([left, right]);
  if (left === undefined || right === undefined || left === null || right === null) return undefined;
  if (isHoled(left) || isHoled(right)) return undefined;
  switch (operator) {
    case '=':
      return left === right;
    case '<>':
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '+':
      return typeof left === 'number' && typeof right === 'number' ? left + right : undefined;
    case '-':
      return typeof left === 'number' && typeof right === 'number' ? left - right : undefined;
    default:
      return undefined;
  }
}

function isHoled(value: Value): boolean {
  return typeof value === 'string' && value.includes(hole);
}

const longestPattern = 200;

function like(value: Value, pattern: Value, ignoreCase: boolean, negated: boolean): Value {
  if (typeof value !== 'string' || typeof pattern !== 'string') return undefined;
  if (isHoled(value) || isHoled(pattern) || pattern.length > longestPattern || pattern.includes('\\'))
    return undefined;
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
  return values.map((value) => (value === undefined ? hole : String(value))).join('');
}

function textFunction(name: string, args: readonly Value[]): Value {
  const [first] = args;
  switch (name) {
    case 'format':
      return typeof first === 'string' ? formatted(first, args.slice(1)) : undefined;
    case 'concat':
      return joined(args.map((each) => (each === null ? '' : each)));
    case 'quote_ident':
      return typeof first === 'string' ? quoted(first) : hole;
    case 'quote_literal':
      return typeof first === 'string' ? quotedLiteral(first) : hole;
    case 'lower':
      return typeof first === 'string' ? first.toLowerCase() : undefined;
    case 'upper':
      return typeof first === 'string' ? first.toUpperCase() : undefined;
    default:
      return undefined;
  }
}

function quoted(name: string): string {
  return name.includes(hole) ? name : quoteIdentifier(name);
}

function quotedLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `format('ALTER TABLE %I …', name)`, with holes for what is not known. */
function formatted(pattern: string, args: readonly Value[]): string {
  let next = 0;
  return pattern.replace(
    /%(?:(\d{1,4})\$)?-?\d{0,4}([sIL%])/g,
    (_, position: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      if (position !== undefined) next = Number(position) - 1;
      const value = args[next++];
      if (value === undefined) return kind === 'L' ? quotedLiteral(hole) : hole;
      if (value === null) return kind === 'L' ? 'NULL' : '';
      if (kind === 'I') return quoted(String(value));
      return kind === 'L' ? quotedLiteral(String(value)) : String(value);
    },
  );
}
