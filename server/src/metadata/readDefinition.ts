import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import {
  definition,
  formKeys,
  keyNames,
  legacyKeys,
  lhsFieldsKeys,
  strictDefinition,
  toRemoteSchema,
  toSource,
} from './metadataSchema.ts';
import { given, isOpaque, keyText, serverChildren } from './nodes.ts';
import {
  checkDuplicates,
  checkKeys,
  checkName,
  muted,
  type Reading,
  readText,
  report,
  reportKind,
  reportMissing,
} from './reading.ts';
import { readRemoteField } from './readRemoteField.ts';
import type {
  Definition,
  FieldMappingEntry,
  Located,
  Property,
  ToRemoteSchemaDefinition,
  ToSourceDefinition,
  UnreadableDefinition,
} from './relationship.ts';
import { readTableName } from './tableName.ts';

/** The three forms of a definition (spec 2.2–2.4) and how each mode chooses between them (2.1). */

/** The keys of a definition in metadata and of its parts. */
const keys = {
  all: keyNames(definition.keys),
  unified: keyNames(strictDefinition.keys),
  legacy: keyNames(legacyKeys),
  toRemoteSchema: keyNames(toRemoteSchema.keys),
  toSource: keyNames(toSource.keys),
};

/** The forms each mode takes. */
const forms = { lenient: formKeys, strict: formKeys.filter((key) => key !== 'remote_schema') };

/** A value in the place of a definition: `lenient` in metadata, `strict` in requests. */
export function readDefinition(reading: Reading, node: SyntaxNode, mode: 'lenient' | 'strict'): Definition {
  if (isOpaque(node)) return unreadable(node);
  if (node.kind !== 'object') {
    reportKind(reading, node, 'definition', 'Object', { key: 'definition' });
    return unreadable(node);
  }
  const toSource = given(node, 'to_source');
  const toRemoteSchema = given(node, 'to_remote_schema');
  const legacy = given(node, 'remote_schema') !== undefined;
  if (legacy && mode === 'lenient') {
    checkKeys(reading, node, 'definition', keys.legacy, keys.unified);
    return readLegacy(reading, node, 'definition');
  }
  if (legacy || (toSource === undefined) === (toRemoteSchema === undefined)) {
    report(reading, {
      kind: 'definition-form',
      node,
      shape: 'definition',
      allowed: forms[mode],
      serverMessage: `remote relationship definition (${mode} format) expects exactly one of: ${forms[mode].join(', ')}`,
    });
    checkKeys(reading, node, 'definition', keys.all);
    return { kind: 'unreadable', node, candidates: readCandidates(reading, node) };
  }
  checkKeys(reading, node, 'definition', keys.unified, keys.legacy);
  if (toSource !== undefined) return readToSource(reading, toSource);
  return toRemoteSchema === undefined ? unreadable(node) : readToRemoteSchema(reading, toRemoteSchema);
}

function unreadable(node: SyntaxNode): UnreadableDefinition {
  return { kind: 'unreadable', node, candidates: [] };
}

/** True when keys of a definition stand directly in `node`. */
export function holdsDefinition(node: SyntaxNode): boolean {
  return keys.all.some((key) => given(node, key) !== undefined);
}

/** Every form that stands in `node`, read without a word about what is wrong with it. */
export function readCandidates(
  reading: Reading,
  node: SyntaxNode,
): readonly (ToRemoteSchemaDefinition | ToSourceDefinition)[] {
  const silent = muted(reading);
  const candidates: (ToRemoteSchemaDefinition | ToSourceDefinition)[] = [];
  const add = (definition: Definition): void => {
    if (definition.kind !== 'unreadable') candidates.push(definition);
  };
  const toRemoteSchema = given(node, 'to_remote_schema');
  const toSource = given(node, 'to_source');
  if (toRemoteSchema !== undefined) add(readToRemoteSchema(silent, toRemoteSchema));
  if (toSource !== undefined) add(readToSource(silent, toSource));
  if (keys.legacy.some((key) => given(node, key) !== undefined)) add(readLegacy(silent, node, 'definition'));
  return candidates;
}

/** The legacy keys in `node`: a metadata `definition`, or the `args` of a request. */
export function readLegacy(reading: Reading, node: SyntaxNode, shape: string): ToRemoteSchemaDefinition {
  return {
    kind: 'to-remote-schema',
    form: 'legacy',
    node,
    remoteSchema: readText(reading, node, 'remote_schema', shape),
    lhsFields: readFieldNames(reading, node, lhsFieldsKeys.legacy, shape),
    remoteField: readRemoteField(reading, node, shape),
  };
}

function readToRemoteSchema(reading: Reading, node: SyntaxNode): Definition {
  if (!isShape(reading, node, 'to_remote_schema')) return unreadable(node);
  checkKeys(reading, node, 'to_remote_schema', keys.toRemoteSchema);
  return {
    kind: 'to-remote-schema',
    form: 'unified',
    node,
    remoteSchema: readText(reading, node, 'remote_schema', 'to_remote_schema'),
    lhsFields: readFieldNames(reading, node, lhsFieldsKeys.unified, 'to_remote_schema'),
    remoteField: readRemoteField(reading, node, 'to_remote_schema'),
  };
}

function readToSource(reading: Reading, node: SyntaxNode): Definition {
  if (!isShape(reading, node, 'to_source')) return unreadable(node);
  checkKeys(reading, node, 'to_source', keys.toSource);
  return {
    kind: 'to-source',
    node,
    relationshipType: readRelationshipType(reading, node),
    source: readText(reading, node, 'source', 'to_source'),
    table: readTableName(reading, node, 'table', 'to_source'),
    fieldMapping: readFieldMapping(reading, node),
  };
}

function isShape(reading: Reading, node: SyntaxNode, shape: 'to_source' | 'to_remote_schema'): boolean {
  if (isOpaque(node)) return false;
  if (node.kind === 'object') return true;
  reportKind(reading, node, shape, 'Object');
  return false;
}

/** `object` or `array`, below `key`. */
export function readRelationshipType(
  reading: Reading,
  owner: SyntaxNode,
  key = 'relationship_type',
  shape = 'to_source',
): Property<string> {
  const node = property(owner, key);
  if (node === undefined) {
    reportMissing(reading, owner, shape, key);
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (node.value !== 'object' && node.value !== 'array') {
    report(reading, {
      kind: 'relationship-type',
      node,
      shape,
      key,
      serverMessage: "expecting either 'object' or 'array' for rel_type",
    });
  }
  return typeof node.value === 'string'
    ? { state: 'present', value: node.value, node }
    : { state: 'malformed', node };
}

function readFieldNames(
  reading: Reading,
  owner: SyntaxNode,
  key: string,
  shape: string,
): Property<readonly Located<string>[]> {
  const node = property(owner, key);
  if (node === undefined) {
    reportMissing(reading, owner, shape, key);
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (node.kind !== 'array') {
    reportKind(reading, node, key, 'Array', { key });
    return { state: 'malformed', node };
  }
  const names: Located<string>[] = [];
  let whole = true;
  for (const item of node.children) {
    if (isOpaque(item)) whole = false;
    else if (typeof item.value === 'string') {
      checkName(reading, item, key);
      names.push({ value: item.value, node: item });
    } else reportKind(reading, item, key, 'String');
  }
  return whole ? { state: 'present', value: names, node } : { state: 'unknown', node };
}

export function readFieldMapping(
  reading: Reading,
  owner: SyntaxNode,
  shape = 'to_source',
): Property<readonly FieldMappingEntry[]> {
  const node = property(owner, 'field_mapping');
  if (node === undefined) {
    reportMissing(reading, owner, shape, 'field_mapping');
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (node.kind !== 'object') {
    reportKind(reading, node, 'field_mapping', 'Object', { key: 'field_mapping' });
    return { state: 'malformed', node };
  }
  checkDuplicates(reading, node, 'field_mapping');
  const entries: FieldMappingEntry[] = [];
  for (const child of serverChildren(node)) {
    if (child.key !== undefined && isOpaque(child.key)) continue;
    const lhs = { value: keyText(child), node: child.key ?? child };
    if (typeof child.value === 'string' && !isOpaque(child)) {
      checkName(reading, child, 'field_mapping');
      entries.push({ lhs, column: { value: child.value, node: child } });
    } else {
      if (!isOpaque(child)) reportKind(reading, child, 'field_mapping', 'String', { key: lhs.value });
      entries.push({ lhs, column: undefined });
    }
  }
  return { state: 'present', value: entries, node };
}
