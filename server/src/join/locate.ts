import { type Knowledge, knownValue, unknown } from '../catalogue/catalogue.ts';
import type { SchemaType } from '../metadata/metadataSchema.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { NamedType, RemoteSchema } from '../schema/remoteSchema.ts';
import { isKeyNode } from '../syntax/cursor/cursor.ts';
import { nodeAt } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { CursorTarget, CursorTargetKind } from './cursorTarget.ts';
import type { DocumentContext } from './documentContext.ts';
import type { Join, LhsField } from './joinPath.ts';
import { schemaTypeOf } from './schemaType.ts';
import {
  findArgument,
  findValue,
  joinAround,
  relationshipAround,
  remoteSchemaAround,
  tableOf,
  typeBelow,
} from './surroundings.ts';

/** What `offset` (UTF-16) stands on; `undefined` where that is nothing of Hasura's, or nothing yet. */
export function cursorTargetAt(context: DocumentContext, offset: number): CursorTarget | undefined {
  const node = nodeAt(context.tree, offset);
  const target = node && cursorTargetOf(context, node);
  return target?.opensObject && target.kind !== 'table' ? undefined : target;
}

/** What a node of the document's tree (a key, or a value) is; `undefined` where it is nothing of Hasura's. */
export function cursorTargetOf(context: DocumentContext, node: SyntaxNode): CursorTarget | undefined {
  const relationship = relationshipAround(context, node);
  const at: Surroundings = { context, relationship, join: joinAround(context, relationship, node) };
  const isKey = isKeyNode(node);
  const value = (isKey ? node.parent : undefined) ?? node;
  const type = unwrapLists(schemaTypeOf(context, value));
  if (type === undefined) return undefined;
  const ofKey = targetOfKey(at, type.schemaType, isKey ? node : undefined, value);
  // A key where no object is expected is a word on a line of its own, a value to be.
  const ofValue = (isKey ? ofKey : undefined) ?? targetOfValue(at, type.schemaType, value, isKey);
  const kind = ofValue ?? ofKey;
  if (kind === undefined) return undefined;
  const opensObject = !isKey && ofValue === undefined;
  return {
    node: kind.kind === 'table' ? (kind.part?.object ?? node) : node,
    relationship,
    join: at.join,
    opensList: type.lists > 0,
    opensObject,
    ...kind,
  };
}

interface Surroundings {
  readonly context: DocumentContext;
  readonly relationship: Relationship | undefined;
  readonly join: Join | undefined;
}

/** What is expected inside of the lists that are: of those with a dash for each item, how many. */
function unwrapLists(
  schemaType: SchemaType | undefined,
): { readonly schemaType: SchemaType; readonly lists: number } | undefined {
  let lists = 0;
  let at = schemaType;
  while (at !== undefined && (at.kind === 'list' || at.kind === 'one-or-list')) {
    if (at.kind === 'list') lists++;
    at = at.of;
  }
  return at === undefined ? undefined : { schemaType: at, lists };
}

/** What a key of `object` is; `node` is the key, `undefined` for the first key of an object that is not written. */
function targetOfKey(
  { context, join, relationship }: Surroundings,
  schemaType: SchemaType,
  node: SyntaxNode | undefined,
  object: SyntaxNode,
): CursorTargetKind | undefined {
  switch (schemaType.kind) {
    case 'object':
      return { kind: 'key', shape: schemaType.shape, object };
    case 'table':
      return { kind: 'table', part: { of: 'key', object }, ...tableOf(context, object, join, relationship) };
    case 'field-mapping':
      return lhsField(context, relationship, node, undefined, object);
    case 'remote-field': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const step = join.path.find((candidate) => candidate.step.name.node === node);
      const parentType = step === undefined ? typeBelow(join, object) : step.parentType;
      return { kind: 'remote-field', join, parentType, step, object };
    }
    case 'arguments': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const field = join.path.find((step) => step.step.node === object.parent)?.field;
      const owner = field && knownValue(field);
      const argument = node && findArgument(join, node);
      return { kind: 'argument', join, inputs: owner?.arguments ?? [], owner, argument, object };
    }
    case 'argument-value': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const type = findValue(join, object)?.value.expectedType;
      const owner = type?.kind === 'input-object' ? type : undefined;
      const argument = node && findArgument(join, node);
      if (owner === undefined && argument === undefined) return undefined;
      return { kind: 'argument', join, inputs: owner?.inputFields ?? [], owner, argument, object };
    }
    default:
      return undefined;
  }
}

/** `opened`: a word stands where the value `node` would, so that its text is not known. */
function targetOfValue(
  { context, join, relationship }: Surroundings,
  schemaType: SchemaType,
  node: SyntaxNode,
  opened: boolean,
): CursorTargetKind | undefined {
  const name = opened ? undefined : textOf(node);
  switch (schemaType.kind) {
    case 'command':
    case 'source-kind':
    case 'relationship-type':
    case 'boolean':
      return { kind: schemaType.kind };
    case 'source-name':
    case 'own-source-name': {
      const source = name === undefined ? unknown : context.catalogue.source(name);
      return { kind: 'source', name, source, declares: schemaType.kind === 'own-source-name' };
    }
    case 'remote-schema-name':
    case 'own-remote-schema-name': {
      const remoteSchema = name === undefined ? unknown : context.catalogue.remoteSchema(name);
      const declares = schemaType.kind === 'own-remote-schema-name';
      return { kind: 'remote-schema', name, remoteSchema, declares };
    }
    case 'relationship-name':
      return relationship === undefined ? undefined : { kind: 'relationship-name', name, relationship };
    case 'type-name': {
      const schemaName = remoteSchemaAround(context, node, relationship);
      const known = schemaName === undefined ? unknown : context.catalogue.remoteSchema(schemaName);
      const schema = known.state === 'present' ? known.value.schema : unknown;
      return { kind: 'type', name, type: typeIn(schema, name), schema };
    }
    case 'table': {
      if (node.kind === 'object') return undefined;
      return { kind: 'table', part: undefined, ...tableOf(context, node, join, relationship) };
    }
    case 'table-schema':
    case 'table-dataset':
    case 'table-name': {
      const object = node.parent;
      if (object === undefined) return undefined;
      const part = { of: tableParts[schemaType.kind], object };
      return { kind: 'table', part, ...tableOf(context, object, join, relationship) };
    }
    case 'table-part': {
      const list = node.parent;
      if (list?.kind !== 'array') return undefined;
      return {
        kind: 'table',
        part: { of: 'name', object: list },
        ...tableOf(context, list, join, relationship),
      };
    }
    case 'lhs-field': {
      const list = node.parent?.kind === 'array' ? node.parent : undefined;
      return lhsField(context, relationship, node, list, undefined);
    }
    case 'mapping-column': {
      if (join?.kind !== 'to-source') return undefined;
      const pair = join.pairs.find(({ entry }) => entry.column?.node === node);
      return { kind: 'column', name, column: pair?.column ?? unknown, join, lhsField: textOf(node.key) };
    }
    case 'argument-value': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const found = findValue(join, node);
      return found === undefined ? undefined : { kind: 'value', join, ...found };
    }
    default:
      return undefined;
  }
}

const tableParts = { 'table-schema': 'schema', 'table-dataset': 'dataset', 'table-name': 'name' } as const;

function lhsField(
  context: DocumentContext,
  relationship: Relationship | undefined,
  node: SyntaxNode | undefined,
  list: SyntaxNode | undefined,
  mapping: SyntaxNode | undefined,
): CursorTargetKind | undefined {
  if (relationship === undefined) return undefined;
  const lhs = context.lhs(relationship);
  const name = textOf(node);
  const field: Knowledge<LhsField> = name === undefined ? unknown : lhs.field(name);
  return { kind: 'lhs-field', name, lhs, field, list, mapping };
}

function typeIn(schema: Knowledge<RemoteSchema>, name: string | undefined): Knowledge<NamedType> {
  if (schema.state !== 'present' || name === undefined) return unknown;
  const type = schema.value.type(name);
  if (type !== undefined) return { state: 'present', value: type };
  return schema.value.isPartial ? unknown : { state: 'absent' };
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}
