import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { definition, keyNames, relationshipItem } from './metadataSchema.ts';
import { isGiven, isOpaque } from './nodes.ts';
import { holdsDefinition, readCandidates, readDefinition } from './readDefinition.ts';
import { checkKeys, type Reading, readText, report, reportKind, reportMissing, spend } from './reading.ts';
import type { Definition, Relationship } from './relationship.ts';

/** Lists of `{name, definition}` in metadata: of a table, of a remote schema's type, or in a file of their own. */

const itemKeys = keyNames(relationshipItem.keys);
const flatKeys = keyNames([...relationshipItem.keys, ...definition.keys]);
const noRelationships: readonly Relationship[] = [];

/** Reads a list of relationships; `shape` is the key it stands below. */
export function readRelationships(
  reading: Reading,
  node: SyntaxNode | undefined,
  shape: 'remote_relationships' | 'relationships',
  owner: Relationship['owner'],
): readonly Relationship[] {
  if (!isGiven(node) || isOpaque(node)) return noRelationships;
  if (node.kind !== 'array') {
    reportKind(reading, node, shape, 'Array', { key: shape });
    return noRelationships;
  }
  const relationships: Relationship[] = [];
  for (const item of node.children) {
    if (!spend(reading)) break;
    const relationship = readRelationship(reading, item, `${shape} item`, owner);
    if (relationship !== undefined) relationships.push(relationship);
  }
  return relationships;
}

/** Reads one item and adds it to the model; `undefined` for what is no object. */
export function readRelationship(
  reading: Reading,
  node: SyntaxNode,
  shape: string,
  owner: Relationship['owner'],
): Relationship | undefined {
  if (isOpaque(node)) return undefined;
  if (node.kind !== 'object') {
    reportKind(reading, node, shape, 'Object');
    return undefined;
  }
  const nameNode = property(node, 'name');
  reading.relationship = typeof nameNode?.value === 'string' ? nameNode.value : undefined;
  const relationship: Relationship = {
    node,
    name: readText(reading, node, 'name', shape),
    owner,
    definition: readItemDefinition(reading, node, shape),
    mode: 'lenient',
    request: undefined,
  };
  reading.relationship = undefined;
  reading.model.relationships.push(relationship);
  return relationship;
}

function readItemDefinition(reading: Reading, item: SyntaxNode, shape: string): Definition {
  const node = property(item, 'definition');
  if (node !== undefined) {
    checkKeys(reading, item, shape, itemKeys);
    return readDefinition(reading, node, 'lenient');
  }
  if (holdsDefinition(item)) {
    checkKeys(reading, item, shape, flatKeys);
    report(reading, {
      kind: 'flat-definition',
      node: item,
      shape,
      key: 'definition',
      serverMessage: 'key "definition" not found',
    });
    return { kind: 'unreadable', node: item, candidates: readCandidates(reading, item) };
  }
  checkKeys(reading, item, shape, itemKeys);
  reportMissing(reading, item, shape, 'definition');
  return { kind: 'unreadable', node: item, candidates: [] };
}
