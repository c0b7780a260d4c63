import type { A_Expr, FuncCall, Node } from 'libpg-query';
import { aggregateResults, fixedResult, sameAsArgument } from './builtinFunctions.ts';
import { findRoutines, type SqlType } from './catalogue.ts';
import { commonType, literal, settled, type Typed, text, typed, unknownType } from './commonType.ts';
import { operatorType } from './operators.ts';
import {
  columnOf,
  findEntry,
  findUnqualified,
  type QueryContext,
  type QueryResult,
  type Scope,
  use,
} from './queryScope.ts';
import {
  arrayOf,
  baseType,
  builtin,
  elementOf,
  qualifiedName,
  resolveType,
  withoutModifiers,
  words,
} from './types.ts';

const boolean = typed(builtin('bool'));

/** The type of an expression, as far as it is known. What it uses is noted on the way. */
export function typeOf(context: QueryContext, scope: Scope, node: Node): Typed {
  if ('ColumnRef' in node) return referenced(context, scope, node.ColumnRef.fields ?? []);
  if ('A_Const' in node) return constant(node.A_Const);
  if ('TypeCast' in node) {
    if (node.TypeCast.arg) typeOf(context, scope, node.TypeCast.arg);
    const type = resolveType(context.catalogue, node.TypeCast.typeName);
    if (typeof type?.base === 'number') context.dependencies.add(type.base);
    return typed(type);
  }
  if ('FuncCall' in node) return called(context, scope, node.FuncCall);
  if ('A_Expr' in node) return operated(context, scope, node.A_Expr);
  if ('CaseExpr' in node) {
    const { arg, args = [], defresult } = node.CaseExpr;
    if (arg) typeOf(context, scope, arg);
    const results = args.map((each) => {
      if (!('CaseWhen' in each)) return unknownType;
      if (each.CaseWhen.expr) typeOf(context, scope, each.CaseWhen.expr);
      return each.CaseWhen.result ? typeOf(context, scope, each.CaseWhen.result) : unknownType;
    });
    const otherwise = defresult ? typeOf(context, scope, defresult) : literal;
    return decided(commonType(context.catalogue, [otherwise, ...results]));
  }
  if ('CoalesceExpr' in node) return commonOf(context, scope, node.CoalesceExpr.args);
  if ('MinMaxExpr' in node) return commonOf(context, scope, node.MinMaxExpr.args);
  if ('A_ArrayExpr' in node) {
    const { type } = commonOf(context, scope, node.A_ArrayExpr.elements);
    return typed(type && arrayOf(type));
  }
  if ('SubLink' in node) {
    const { subLinkType, subselect, testexpr } = node.SubLink;
    if (testexpr) typeOf(context, scope, testexpr);
    const [first] = context.subquery(context, subselect, scope).columns;
    if (subLinkType === 'EXPR_SUBLINK') return typed(first?.type);
    if (subLinkType === 'ARRAY_SUBLINK') return typed(first?.type && arrayOf(first.type));
    return boolean;
  }
  if ('A_Indirection' in node)
    return indirect(context, scope, node.A_Indirection.arg, node.A_Indirection.indirection ?? []);
  if ('CollateClause' in node && node.CollateClause.arg) {
    const type = typeOf(context, scope, node.CollateClause.arg);
    return type.literal ? typed(text) : type;
  }
  if ('SQLValueFunction' in node) return sqlValue(node.SQLValueFunction);
  lookInside(context, scope, node);
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return boolean;
  return 'GroupingFunc' in node ? typed(builtin('int4')) : unknownType;
}

/** Expressions of other kinds are only looked at for what they use. */
function lookInside(context: QueryContext, scope: Scope, value: unknown): void {
  if (Array.isArray(value)) {
    for (const each of value) lookAtNode(context, scope, each);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) if (typeof each === 'object') lookAtNode(context, scope, each);
  }
}

const expressionKinds = new Set([
  'ColumnRef',
  'TypeCast',
  'FuncCall',
  'A_Expr',
  'CaseExpr',
  'CoalesceExpr',
  'MinMaxExpr',
  'A_ArrayExpr',
  'SubLink',
  'A_Indirection',
]);

function lookAtNode(context: QueryContext, scope: Scope, value: unknown): void {
  const [kind = ''] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (expressionKinds.has(kind)) typeOf(context, scope, value as Node);
  else lookInside(context, scope, value);
}

function commonOf(context: QueryContext, scope: Scope, nodes: readonly Node[] | undefined): Typed {
  const types = (nodes ?? []).map((each) => typeOf(context, scope, each));
  return decided(commonType(context.catalogue, types));
}

/** These settle what is a literal: the result is a text. */
function decided(type: Typed): Typed {
  return type.literal ? typed(text) : type;
}

function constant(node: Extract<Node, { A_Const: unknown }>['A_Const']): Typed {
  if (node.ival) return typed(builtin('int4'));
  if (node.boolval) return boolean;
  if (node.bsval) return typed(builtin('bit'));
  const digits = node.fval?.fval;
  if (digits !== undefined)
    return typed(builtin(/^\d+$/.test(digits) && BigInt(digits) < 2n ** 63n ? 'int8' : 'numeric'));
  return literal;
}

function referenced(context: QueryContext, scope: Scope, fields: readonly Node[]): Typed {
  const names = words(fields);
  const [first, second, third] = names;
  if (first === undefined || fields.length !== names.length) {
    // `t.*` as an argument is the row.
    return first === undefined ? unknownType : typed(rowTypeOf(scope, first));
  }
  if (second === undefined) {
    const column = findUnqualified(context, scope, first);
    if (column) return column;
    return typed(rowTypeOf(scope, first));
  }
  const entry = third === undefined ? findEntry(scope, first) : findEntry(scope, second, first);
  if (entry) return columnOf(context, entry, third ?? second);
  context.known = false;
  return unknownType;
}

function rowTypeOf(scope: Scope, alias: string): SqlType | undefined {
  return findEntry(scope, alias)?.row;
}

function operated(context: QueryContext, scope: Scope, node: A_Expr): Typed {
  const [left, right] = [node.lexpr, node.rexpr].map((each) => {
    if (!each) return undefined;
    if ('List' in each) {
      for (const item of each.List.items ?? []) typeOf(context, scope, item);
      return unknownType;
    }
    return typeOf(context, scope, each);
  });
  if (node.kind === 'AEXPR_NULLIF') return nullIf(context, left ?? unknownType, right ?? unknownType);
  if (node.kind !== 'AEXPR_OP') return boolean;
  const base = (each: Typed): Typed => (each.type ? typed(baseType(context.catalogue, each.type)) : each);
  return operatorType(words(node.name).at(-1) ?? '', left && base(left), right ? base(right) : unknownType);
}

/** The type of the first operand, as the operator `=` takes it. */
function nullIf(context: QueryContext, one: Typed, other: Typed): Typed {
  if (one.literal) return other.literal ? typed(text) : unknownType;
  const type = one.type && baseType(context.catalogue, one.type);
  if (!type) return unknownType;
  if (type.base === 'varchar' && !type.array) return typed(text);
  const second = other.type && baseType(context.catalogue, other.type);
  if (other.literal || (second?.base === type.base && second.array === type.array)) return typed(type);
  const isInteger = (each: SqlType | undefined): boolean =>
    ['int2', 'int4', 'int8'].includes(String(each?.base)) && !each?.array;
  if (isInteger(type) && isInteger(second)) return typed(type);
  // Which of the operators is taken depends on more for other types.
  const isExact = (each: SqlType | undefined): boolean =>
    isInteger(each) || (each?.base === 'numeric' && !each.array);
  if (!isExact(type) || !isExact(second)) return unknownType;
  return typed(type.base === 'numeric' ? type : builtin('numeric'));
}

function called(context: QueryContext, scope: Scope, node: FuncCall): Typed {
  const args = (node.args ?? []).map((each) =>
    typeOf(context, scope, 'NamedArgExpr' in each && each.NamedArgExpr.arg ? each.NamedArgExpr.arg : each),
  );
  lookInside(context, scope, [node.agg_filter, node.agg_order, node.over]);
  const ordered = node.agg_within_group ? (node.agg_order ?? []) : [];
  const names = words(node.funcname);
  const name = names.at(-1) ?? '';
  const routines = names[0] === 'pg_catalog' ? [] : findRoutines(context.catalogue, qualifiedName(names));
  if (routines.length > 0) return userResult(context, routines, args.length, name, names.length === 1);
  if (names.length > 1 && names[0] !== 'pg_catalog') return unknownType;
  const [sorted] = ordered;
  if (sorted && 'SortBy' in sorted && sorted.SortBy.node) {
    const argument = typeOf(context, scope, sorted.SortBy.node);
    return builtinResult(context, name === 'percentile_disc' ? 'mode' : name, [argument]);
  }
  // `timezone('UTC', at)` is named after its second argument's type.
  return builtinResult(context, name, name === 'timezone' || name === 'date_trunc' ? args.slice(1) : args);
}

function userResult(
  context: QueryContext,
  routines: ReturnType<typeof findRoutines>,
  count: number,
  name: string,
  mayBeBuiltin: boolean,
): Typed {
  const fitting = routines.filter((routine) => {
    const inputs = routine.arguments.filter(({ isInput }) => isInput);
    return count <= inputs.length && inputs.slice(count).every(({ isOptional }) => isOptional);
  });
  const candidates = fitting.length > 0 ? fitting : routines;
  const [first] = candidates;
  if (candidates.length !== 1 || !first) {
    context.known = false;
    return unknownType;
  }
  context.dependencies.add(first.id);
  if (mayBeBuiltin && isBuiltin(name)) return unknownType;
  const type = first.returnType;
  if (first.maybe || !type || (typeof type.base === 'string' && type.base.startsWith('any')))
    return unknownType;
  return typed(type);
}

function isBuiltin(name: string): boolean {
  return fixedResult(name) !== undefined || sameAsArgument.has(name) || Object.hasOwn(aggregateResults, name);
}

function builtinResult(context: QueryContext, name: string, args: readonly Typed[]): Typed {
  const fixed = fixedResult(name);
  if (fixed !== undefined) return typed(builtin(fixed));
  const [first] = args;
  if (!first) return unknownType;
  const type = settled(first);
  const base = type && baseType(context.catalogue, type);
  if (!base) return unknownType;
  if (sameAsArgument.has(name)) return ofArgument(name, withoutModifiers(base), type);
  if (name === 'array_agg') return typed(arrayOf(withoutModifiers(type)));
  if (name === 'unnest') return typed(base.array ? withoutModifiers(elementOf(base)) : undefined);
  if (name === 'mod' && base.base !== 'numeric' && args[1]?.type?.base !== base.base) return unknownType;
  if (name === 'mod' || name === 'generate_series') return generated(base, args);
  const results = Object.hasOwn(aggregateResults, name) ? aggregateResults[name] : undefined;
  const isArrayOrOther = base.array || typeof base.base !== 'string';
  const found = isArrayOrOther ? undefined : results?.[base.base];
  // `round(x, 2)` takes a numeric.
  if (found !== undefined && args.length > 1 && (name === 'round' || name === 'trunc'))
    return typed(builtin('numeric'));
  if (found === undefined || (args.length > 1 && (name === 'power' || name === 'pow' || name === 'log')))
    return unknownType;
  return typed(builtin(found));
}

function ofArgument(name: string, base: SqlType, argument: SqlType): Typed {
  if (name === 'max' || name === 'min') return typed(base.base === 'varchar' && !base.array ? text : base);
  // Whether the domain or the type below it is meant depends on the function.
  return typed(base.base === argument.base ? base : undefined);
}

function generated(base: SqlType, args: readonly Typed[]): Typed {
  const same = args.every(({ type, literal: isLiteral }) => isLiteral || type?.base === base.base);
  if (base.base === 'timestamp' || base.base === 'timestamptz') return typed(withoutModifiers(base));
  return typed(same && base.base !== 'date' ? withoutModifiers(base) : undefined);
}

function sqlValue({
  op: operation,
  typmod = 0,
}: Extract<Node, { SQLValueFunction: unknown }>['SQLValueFunction']): Typed {
  const op: string = operation ?? '';
  const base = op.replace('SVFOP_', '').replace(/_N$/, '');
  const type = {
    CURRENT_DATE: 'date',
    CURRENT_TIME: 'timetz',
    CURRENT_TIMESTAMP: 'timestamptz',
    LOCALTIME: 'time',
    LOCALTIMESTAMP: 'timestamp',
  }[base];
  if (type === undefined) return typed(builtin('name'));
  return typed({ base: type, ...(op.endsWith('_N') && { modifiers: String(typmod) }) });
}

/** `(row).column`, `array[1]`, `array[1:2]`. */
function indirect(
  context: QueryContext,
  scope: Scope,
  argument: Node | undefined,
  steps: readonly Node[],
): Typed {
  let type = argument ? typeOf(context, scope, argument).type : undefined;
  for (const step of steps) {
    lookInside(context, scope, step);
    if ('String' in step) {
      const relation =
        type && !type.array && typeof type.base === 'number'
          ? context.catalogue.relations.get(type.base)
          : undefined;
      const column = relation?.columns.find(({ name }) => name === step.String.sval);
      if (column)
        use(context, { ...typed(column.type), name: column.name, ids: [column.id], byte: undefined });
      else context.known = false;
      type = column?.type;
    } else if ('A_Indices' in step) {
      if (type?.base === 'jsonb' && !type.array) continue;
      // A slice is an array as well; how deep an array is nested its type does not say.
      const slices = steps.some((each) => 'A_Indices' in each && each.A_Indices.is_slice);
      if (!slices) type = type?.array ? elementOf(type) : steps.length > 1 ? type : undefined;
    } else type = undefined;
  }
  return typed(type);
}

/** What `*`, `t.*` or `(row).*` stands for; `undefined` for anything else. */
export function expandStar(
  context: QueryContext,
  scope: Scope,
  node: Node | undefined,
): QueryResult | undefined {
  if (node && 'ColumnRef' in node) {
    const fields = node.ColumnRef.fields ?? [];
    const last = fields.at(-1);
    if (!last || !('A_Star' in last)) return undefined;
    const names = words(fields);
    if (names.length === 0) {
      const columns = scope.items.flatMap((item) => item.columns.map((column) => use(context, column)));
      const closed = scope.items.every((item) => item.closed);
      if (!closed) context.known = false;
      return { columns, closed };
    }
    const entry =
      names.length === 1
        ? findEntry(scope, names[0] ?? '')
        : findEntry(scope, names.at(-1) ?? '', names.at(-2));
    if (!entry?.closed) context.known = false;
    return {
      columns: (entry?.columns ?? []).map((column) => use(context, column)),
      closed: entry?.closed ?? false,
    };
  }
  if (!node || !('A_Indirection' in node)) return undefined;
  const steps = node.A_Indirection.indirection ?? [];
  const last = steps.at(-1);
  if (!last || !('A_Star' in last)) return undefined;
  const { type } = indirect(context, scope, node.A_Indirection.arg, steps.slice(0, -1));
  const relation =
    type && !type.array && typeof type.base === 'number'
      ? context.catalogue.relations.get(type.base)
      : undefined;
  if (!relation) {
    context.known = false;
    return { columns: [], closed: false };
  }
  const columns = relation.columns.map((column) =>
    use(context, { ...typed(column.type), name: column.name, ids: [column.id], byte: undefined }),
  );
  return { columns, closed: relation.closed };
}
