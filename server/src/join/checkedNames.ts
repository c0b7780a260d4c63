import type { Evidence, NameKind } from '../../../common/src/coverage.ts';
import { type Knowledge, knownValue, type Source, type Table } from '../catalogue/catalogue.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentContext } from './documentContext.ts';
import type { ArgumentStep, Join, LeftHandSide, ValueStep } from './joinPath.ts';

/** A name that a relationship uses. */
export interface CheckedName {
  readonly kind: NameKind;
  readonly name: string;
  readonly against: Evidence;
  readonly node: SyntaxNode;
}

/** Every table, join column, remote field and argument that the relationships of a document use, in the order of the walk. */
export function checkedNames(context: DocumentContext): readonly CheckedName[] {
  const names: CheckedName[] = [];
  for (const join of [...context.joins, ...context.actionJoins]) addJoin(names, join);
  return names;
}

function addJoin(names: CheckedName[], join: Join): void {
  const { lhs, relationship } = join;
  const { owner } = relationship;
  if (lhs.kind === 'table' && owner.kind === 'table' && owner.table.state === 'present') {
    const name = lhs.text ?? owner.table.value.name;
    names.push({ kind: 'table', name, against: ofTable(lhs.source, lhs.table), node: owner.table.node });
  }
  if (join.kind === 'to-source') {
    const { table } = join.definition;
    const target = ofTable(join.source, join.table);
    if (table.state === 'present') {
      const name = knownValue(join.table)?.text ?? table.value.name;
      names.push({ kind: 'table', name, against: target, node: table.node });
    }
    for (const { entry, lhs: field, column } of join.pairs) {
      names.push(joinField(lhs, entry.lhs.value, entry.lhs.node, field));
      if (entry.column === undefined) continue;
      const against = column.state === 'unknown' ? 'nothing' : target;
      names.push({ kind: 'column', name: entry.column.value, against, node: entry.column.node });
    }
    return;
  }
  for (const { name, field } of join.lhsFields) names.push(joinField(lhs, name.value, name.node, field));
  for (const { step, field, arguments: list } of join.path) {
    const against = field.state === 'unknown' ? 'nothing' : 'schema';
    names.push({ kind: 'remote field', name: step.name.value, against, node: step.name.node });
    addArguments(names, list);
  }
}

function joinField(
  lhs: LeftHandSide,
  name: string,
  node: SyntaxNode,
  field: Knowledge<unknown>,
): CheckedName {
  const all = lhs.kind === 'table' ? ofTable(lhs.source, lhs.table) : 'schema';
  return { kind: 'column', name, against: field.state === 'unknown' ? 'nothing' : all, node };
}

function ofTable(source: Knowledge<Source>, table: Knowledge<Table>): Evidence {
  if (source.state === 'absent' || table.state === 'absent') return 'metadata';
  const known = knownValue(table);
  if (known === undefined) return 'nothing';
  if (known.creation !== undefined) return 'migrations';
  if (known.isByHasuraSchema) return 'schema';
  return known.columns.state === 'present' ? 'snapshot' : 'nothing';
}

function addArguments(names: CheckedName[], list: readonly ArgumentStep[]): void {
  for (const { argument, definition, value } of list) {
    const against = definition.state === 'unknown' ? 'nothing' : 'schema';
    names.push({ kind: 'argument', name: argument.name.value, against, node: argument.name.node });
    addValue(names, value);
  }
}

function addValue(names: CheckedName[], { items, fields }: ValueStep): void {
  for (const item of items) addValue(names, item);
  addArguments(names, fields);
}
