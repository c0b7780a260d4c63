import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { actionRelationship, keyNames } from './metadataSchema.ts';
import { isGiven, isOpaque } from './nodes.ts';
import { readFieldMapping, readRelationshipType } from './readDefinition.ts';
import { checkKeys, type Reading, readText, reportKind, spend } from './reading.ts';
import type { ActionTypeField, ActionTypeOwner, Relationship } from './relationship.ts';
import { readTableName } from './tableName.ts';

/** Object types of actions and their relationships to tables (spec 4.13). */

const relationshipKeys = keyNames(actionRelationship.keys);
const shape = 'relationship of an action type';

/** Reads `custom_types` of a metadata document or of `actions.yaml`, or the arguments of `set_custom_types`. */
export function readCustomTypes(reading: Reading, node: SyntaxNode | undefined): void {
  if (!isGiven(node) || isOpaque(node)) return;
  if (node.kind !== 'object') {
    reportKind(reading, node, 'custom_types', 'Object', { key: 'custom_types' });
    return;
  }
  for (const item of itemsOf(reading, property(node, 'objects'), 'objects')) {
    if (item.kind === 'object') readActionType(reading, item);
  }
}

function readActionType(reading: Reading, node: SyntaxNode): void {
  const name = readText(reading, node, 'name', 'action type');
  const fields = readFields(property(node, 'fields'));
  const owner: ActionTypeOwner = { kind: 'action-type', typeName: name, fields };
  const relationships: Relationship[] = [];
  for (const item of itemsOf(reading, property(node, 'relationships'), 'relationships')) {
    if (item.kind === 'object') relationships.push(readActionRelationship(reading, item, owner));
    else reportKind(reading, item, 'relationships item', 'Object');
  }
  reading.model.actionTypes.push({ node, name, fields, relationships });
}

/** Fields are only known where all of them can be read. */
function readFields(node: SyntaxNode | undefined): ActionTypeOwner['fields'] {
  if (node?.kind !== 'array' || isOpaque(node)) return undefined;
  const fields: ActionTypeField[] = [];
  for (const item of node.children) {
    const name = property(item, 'name');
    if (typeof name?.value !== 'string' || isOpaque(item) || isOpaque(name)) return undefined;
    const type = property(item, 'type');
    fields.push({
      name: { value: name.value, node: name },
      type: typeof type?.value === 'string' && !isOpaque(type) ? type.value : undefined,
    });
  }
  return fields;
}

function readActionRelationship(reading: Reading, node: SyntaxNode, owner: ActionTypeOwner): Relationship {
  const nameNode = property(node, 'name');
  reading.relationship = typeof nameNode?.value === 'string' ? nameNode.value : undefined;
  checkKeys(reading, node, shape, relationshipKeys);
  const relationship: Relationship = {
    node,
    name: readText(reading, node, 'name', shape),
    owner,
    definition: {
      kind: 'to-source',
      node,
      relationshipType: readRelationshipType(reading, node, 'type', shape),
      source: readText(reading, node, 'source', shape, true),
      table: readTableName(reading, node, 'remote_table', shape),
      fieldMapping: readFieldMapping(reading, node, shape),
    },
    mode: 'lenient',
    request: undefined,
  };
  reading.relationship = undefined;
  return relationship;
}

function itemsOf(reading: Reading, node: SyntaxNode | undefined, key: string): readonly SyntaxNode[] {
  if (!isGiven(node) || isOpaque(node)) return [];
  if (node.kind !== 'array') {
    reportKind(reading, node, key, 'Array', { key });
    return [];
  }
  return node.children.filter((item) => !isOpaque(item) && spend(reading));
}
