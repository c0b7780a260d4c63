import { type TableName, tableNameOf } from '../schema/tableName.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { given, isOpaque, keyText } from './nodes.ts';
import { checkName, type Reading, report, reportMissing } from './reading.ts';
import type { Property } from './relationship.ts';

/** The forms a table name has in any backend (spec 2.6), for messages. */
const tableForms = 'String, Object or Array';

/**
 * Reads a table name in whichever form it is written. Whether the form is that of the backend is R31's question:
 * the source's kind is not known here.
 */
export function readTableName(
  reading: Reading,
  owner: SyntaxNode,
  key: string,
  shape: string,
): Property<TableName> {
  const node = property(owner, key);
  if (node === undefined) {
    reportMissing(reading, owner, shape, key);
    return { state: 'missing', owner };
  }
  const value = tableName(node);
  if (value === 'unknown') return { state: 'unknown', node };
  if (value === undefined) {
    reportTableName(reading, node, key);
    return { state: 'malformed', node };
  }
  const parts =
    node.kind === 'object'
      ? [property(node, 'name'), given(node, 'schema'), given(node, 'dataset')]
      : node.children;
  for (const part of node.kind === 'string' ? [node] : parts) {
    if (part !== undefined) checkName(reading, part, 'table');
  }
  return { state: 'present', value, node };
}

/** Says which part of a table name is wrong; the whole where it has no parts. */
function reportTableName(reading: Reading, node: SyntaxNode, key: string): void {
  if (node.kind === 'object' && property(node, 'name') === undefined) {
    report(reading, { kind: 'key-not-found', node, shape: 'table', key: 'name' });
    return;
  }
  const wrong =
    node.kind === 'object'
      ? [property(node, 'name'), given(node, 'schema'), given(node, 'dataset')]
      : node.kind === 'array'
        ? node.children
        : [];
  const part = wrong.find((one) => one !== undefined && typeof one.value !== 'string');
  if (part === undefined) {
    report(reading, { kind: 'wrong-kind', node, shape: 'table', key, expected: tableForms });
  } else {
    report(reading, {
      kind: 'wrong-kind',
      node: part,
      shape: 'table',
      key: part.key === undefined ? undefined : keyText(part),
      expected: 'String',
    });
  }
}

/** The name a node spells; `undefined` when it is none, `unknown` when a part of it can't be read. */
export function tableName(node: SyntaxNode): TableName | 'unknown' | undefined {
  return isOpaque(node) ? 'unknown' : tableNameOf(node, isOpaque);
}
