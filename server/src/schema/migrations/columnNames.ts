import type { Node } from 'libpg-query';
import { words } from './types.ts';

/** How sure a name is: a cast gives its type's name only to what has no name of its own. */
interface Figured {
  readonly name: string;
  readonly sure: boolean;
}

/** The name PostgreSQL gives to a column of a query that has none. */
export function figuredName(node: Node | undefined): string {
  return figure(node)?.name ?? '?column?';
}

function figure(node: Node | undefined): Figured | undefined {
  if (!node) return undefined;
  if ('ColumnRef' in node) return sure(words(node.ColumnRef.fields).at(-1));
  if ('A_Indirection' in node) {
    return sure(words(node.A_Indirection.indirection).at(-1)) ?? figure(node.A_Indirection.arg);
  }
  if ('FuncCall' in node) return sure(words(node.FuncCall.funcname).at(-1));
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? sure('nullif') : undefined;
  if ('TypeCast' in node) {
    const own = figure(node.TypeCast.arg);
    if (own?.sure) return own;
    const type = words(node.TypeCast.typeName?.names).at(-1);
    return type === undefined ? own : { name: type, sure: false };
  }
  if ('CollateClause' in node) return figure(node.CollateClause.arg);
  if ('CaseExpr' in node) {
    const own = figure(node.CaseExpr.defresult);
    return own?.sure ? own : { name: 'case', sure: false };
  }
  if ('SubLink' in node) return figureSubLink(node.SubLink);
  if ('XmlSerialize' in node) return sure('xmlserialize');
  if ('XmlExpr' in node) return figureXml(node.XmlExpr.op);
  if ('MinMaxExpr' in node) return sure(node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest');
  if ('JsonFuncExpr' in node) return sure(node.JsonFuncExpr.op?.replace(/_OP$/, '').toLowerCase());
  if ('SQLValueFunction' in node) return sure(sqlValueName(node.SQLValueFunction.op ?? ''));
  for (const [kind, name] of fixedNames) if (kind in node) return sure(name);
  return undefined;
}

function sure(name: string | undefined): Figured | undefined {
  return name === undefined ? undefined : { name, sure: true };
}

const fixedNames = [
  ['GroupingFunc', 'grouping'],
  ['A_ArrayExpr', 'array'],
  ['RowExpr', 'row'],
  ['CoalesceExpr', 'coalesce'],
  ['JsonParseExpr', 'json'],
  ['JsonScalarExpr', 'json_scalar'],
  ['JsonSerializeExpr', 'json_serialize'],
  ['JsonObjectConstructor', 'json_object'],
  ['JsonArrayConstructor', 'json_array'],
  ['JsonArrayQueryConstructor', 'json_array'],
  ['JsonObjectAgg', 'json_objectagg'],
  ['JsonArrayAgg', 'json_arrayagg'],
  ['MergeSupportFunc', 'merge_action'],
] as const;

type SubLink = Extract<Node, { SubLink: unknown }>['SubLink'];

function figureSubLink({ subLinkType, subselect }: SubLink): Figured | undefined {
  switch (subLinkType) {
    case 'EXISTS_SUBLINK':
      return sure('exists');
    case 'ARRAY_SUBLINK':
      return sure('array');
    case 'EXPR_SUBLINK': {
      let select = subselect && 'SelectStmt' in subselect ? subselect.SelectStmt : undefined;
      while (select?.larg) select = select.larg;
      const target = select?.targetList?.[0];
      if (!target || !('ResTarget' in target)) return select?.valuesLists ? sure('column1') : undefined;
      return sure(target.ResTarget.name ?? figuredName(target.ResTarget.val));
    }
    default:
      return undefined;
  }
}

function figureXml(operation: string | undefined): Figured | undefined {
  switch (operation) {
    case 'IS_XMLCONCAT':
    case 'IS_XMLELEMENT':
    case 'IS_XMLFOREST':
    case 'IS_XMLPARSE':
    case 'IS_XMLPI':
    case 'IS_XMLROOT':
    case 'IS_XMLSERIALIZE':
      return sure(operation.slice('IS_'.length).toLowerCase());
    default:
      return undefined;
  }
}

/** `SVFOP_CURRENT_TIMESTAMP_N` is `current_timestamp(3)`. */
function sqlValueName(operation: string): string {
  return operation.replace('SVFOP_', '').replace(/_N$/, '').toLowerCase();
}
