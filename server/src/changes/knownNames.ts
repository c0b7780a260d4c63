import type { ArgumentStep, Join, ValueStep } from '../join/joinPath.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** Where a definition names what is known to be there, and gives values whose type is known. */
export function namesKnownIn(join: Join): readonly SyntaxNode[] {
  if (join.kind === 'to-source') {
    return join.pairs.flatMap(({ entry, lhs, column }) => [
      ...(lhs.state === 'present' ? [entry.lhs.node] : []),
      ...(column.state === 'present' && entry.column !== undefined ? [entry.column.node] : []),
    ]);
  }
  return [
    ...join.lhsFields.flatMap(({ name, field }) => (field.state === 'present' ? [name.node] : [])),
    ...join.path.flatMap(({ step, field, arguments: list }) => [
      ...(field.state === 'present' ? [step.name.node] : []),
      ...inArguments(list),
    ]),
  ];
}

function inArguments(list: readonly ArgumentStep[]): readonly SyntaxNode[] {
  return list.flatMap(({ argument, definition, value }) => [
    ...(definition.state === 'present' ? [argument.name.node] : []),
    ...inValue(value),
  ]);
}

function inValue({ value, expected, lhsField, items, fields }: ValueStep): readonly SyntaxNode[] {
  if (value.kind === 'list') return items.flatMap(inValue);
  if (value.kind === 'object') return inArguments(fields);
  const isKnown = expected !== undefined && (value.kind !== 'variable' || lhsField.state === 'present');
  return isKnown ? [value.node] : [];
}
