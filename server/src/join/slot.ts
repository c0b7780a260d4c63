import type { Knowledge, Source, Table } from '../catalogue/catalogue.ts';
import type { ObjectSchema, SchemaType } from '../metadata/metadataSchema.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { FieldDefinition, InputValue, NamedType, RemoteSchema } from '../schema/remoteSchema.ts';
import { isKeyNode } from '../syntax/cursor/cursor.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentContext } from './documentContext.ts';
import type {
  ArgumentStep,
  Join,
  LeftHandSide,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
  ValueStep,
} from './joinPath.ts';
import { schemaTypeOf } from './schemaType.ts';
import {
  findValue,
  joinAround,
  relationshipAround,
  remoteSchemaAround,
  tableOf,
  typeBelow,
} from './slotFacts.ts';

/**
 * What a node of a document is, by its place: the name of a column, a remote field, an argument, ... Completion, hover
 * and definition all ask here, and here the walk of the relationship is asked, so they agree.
 */
export type Slot =
  /** A key of a shape; `object` is what it stands in. */
  | { readonly kind: 'key'; readonly shape: ObjectSchema; readonly object: SyntaxNode }
  | { readonly kind: 'command' }
  | { readonly kind: 'source-name' }
  | { readonly kind: 'source-kind' }
  | { readonly kind: 'remote-schema-name' }
  | {
      readonly kind: 'relationship-name';
      readonly relationship: Relationship;
      readonly join: Join | undefined;
    }
  | { readonly kind: 'relationship-type' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'type-name'; readonly schema: Knowledge<RemoteSchema> }
  /** The whole value of `table`. */
  | {
      readonly kind: 'table';
      readonly source: Knowledge<Source>;
      readonly table: Knowledge<Table> | undefined;
    }
  /** A key of a table name in object form. */
  | { readonly kind: 'table-key'; readonly source: Knowledge<Source>; readonly object: SyntaxNode }
  | {
      readonly kind: 'table-part';
      readonly part: 'schema' | 'dataset' | 'name';
      readonly source: Knowledge<Source>;
      readonly object: SyntaxNode;
      readonly table: Knowledge<Table> | undefined;
    }
  | { readonly kind: 'lhs-field'; readonly lhs: LeftHandSide; readonly list: SyntaxNode | undefined }
  | { readonly kind: 'mapping-key'; readonly lhs: LeftHandSide; readonly object: SyntaxNode }
  | { readonly kind: 'mapping-column'; readonly join: SourceJoin; readonly lhsField: string | undefined }
  | {
      readonly kind: 'remote-field';
      readonly join: RemoteSchemaJoin;
      readonly parentType: NamedType | undefined;
      readonly step: PathStep | undefined;
      readonly object: SyntaxNode;
    }
  | {
      readonly kind: 'argument';
      readonly join: RemoteSchemaJoin;
      /** What may be given here: arguments of a field, or fields of an input object. */
      readonly inputs: readonly InputValue[];
      /** The field or input type they belong to. */
      readonly owner: FieldDefinition | NamedType;
      readonly step: ArgumentStep | undefined;
      readonly object: SyntaxNode;
    }
  | {
      readonly kind: 'argument-value';
      readonly join: RemoteSchemaJoin;
      readonly value: ValueStep;
      /** Name of the argument or input field it is the value of, and of the remote field or input type that has it. */
      readonly argument: string;
      readonly owner: string | undefined;
    };

/** A slot that stands in a list whose dash is not typed: it was found behind an object that should be a list. */
export interface PlacedSlot {
  readonly slot: Slot;
  /** The place expects a list, and the node stands where the list itself would. */
  readonly opensList: boolean;
  /** The place expects an object, and the node stands where the object itself would. */
  readonly opensObject: boolean;
  readonly relationship: Relationship | undefined;
  readonly join: Join | undefined;
}

/** What `node` (a key, or a value) is; `undefined` where the document is none of ours. */
export function slotOf(context: DocumentContext, node: SyntaxNode): PlacedSlot | undefined {
  const key = isKeyNode(node);
  const container = node.parent;
  const relationship = relationshipAround(context, node);
  const join = joinAround(context, relationship, node);
  const placed = (slot: Slot | undefined, opensList: boolean, opensObject: boolean) =>
    slot === undefined ? undefined : { slot, opensList, opensObject, relationship, join };
  if (key) {
    if (container === undefined) return undefined;
    const unwrapped = unwrapList(schemaTypeOf(context, container));
    if (unwrapped === undefined) return undefined;
    const slot =
      keySlot(context, unwrapped.expectation, node, container, join, relationship) ??
      // A word on a line of its own, where a scalar is expected.
      valueSlot(context, unwrapped.expectation, container, join, relationship);
    return placed(slot, unwrapped.lists > 0, false);
  }
  const unwrapped = unwrapList(schemaTypeOf(context, node));
  if (unwrapped === undefined) return undefined;
  const { expectation, lists } = unwrapped;
  const value = valueSlot(context, expectation, node, join, relationship);
  if (value !== undefined) return placed(value, lists > 0, false);
  return placed(keySlot(context, expectation, undefined, node, join, relationship), lists > 0, true);
}

function unwrapList(
  expectation: SchemaType | undefined,
): { expectation: SchemaType; lists: number } | undefined {
  let lists = 0;
  let at = expectation;
  while (at !== undefined && (at.kind === 'list' || at.kind === 'one-or-list')) {
    if (at.kind === 'list') lists++;
    at = at.of;
  }
  return at === undefined ? undefined : { expectation: at, lists };
}

/** What a key of `object` is; `node` is the key, `undefined` for the first key of an object that is not written. */
function keySlot(
  context: DocumentContext,
  expectation: SchemaType,
  node: SyntaxNode | undefined,
  object: SyntaxNode,
  join: Join | undefined,
  relationship: Relationship | undefined,
): Slot | undefined {
  switch (expectation.kind) {
    case 'object':
      return { kind: 'key', shape: expectation.shape, object };
    case 'table': {
      const { source } = tableOf(context, object, join, relationship);
      return { kind: 'table-key', source, object };
    }
    case 'field-mapping': {
      const lhs = relationship === undefined ? undefined : context.lhs(relationship);
      return lhs === undefined ? undefined : { kind: 'mapping-key', lhs, object };
    }
    case 'remote-field': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const step = join.path.find((candidate) => node !== undefined && candidate.step.name.node === node);
      const parentType = step === undefined ? typeBelow(join, object) : step.parentType;
      return { kind: 'remote-field', join, parentType, step, object };
    }
    case 'arguments': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const path = join.path.find((step) => step.step.node === object.parent);
      if (path?.field.state !== 'present') return undefined;
      const owner = path.field.value;
      const step = path.arguments.find((candidate) => candidate.argument.name.node === node);
      return { kind: 'argument', join, inputs: owner.arguments, owner, step, object };
    }
    case 'argument-value': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const found = findValue(join, object);
      const type = found?.value.expectedType;
      if (found === undefined || type?.kind !== 'input-object') return undefined;
      const step = found.value.fields.find((candidate) => candidate.argument.name.node === node);
      return { kind: 'argument', join, inputs: type.inputFields, owner: type, step, object };
    }
    default:
      return undefined;
  }
}

function valueSlot(
  context: DocumentContext,
  expectation: SchemaType,
  node: SyntaxNode,
  join: Join | undefined,
  relationship: Relationship | undefined,
): Slot | undefined {
  switch (expectation.kind) {
    case 'command':
    case 'source-name':
    case 'source-kind':
    case 'remote-schema-name':
    case 'relationship-type':
    case 'boolean':
      return { kind: expectation.kind };
    case 'relationship-name':
      return relationship === undefined ? undefined : { kind: 'relationship-name', relationship, join };
    case 'type-name': {
      const name = remoteSchemaAround(context, node, relationship);
      const known = name === undefined ? undefined : context.catalogue.remoteSchema(name);
      return {
        kind: 'type-name',
        schema: known?.state === 'present' ? known.value.schema : { state: 'unknown' },
      };
    }
    case 'table': {
      if (node.kind === 'object' && !isPlaceholderObject(node)) return undefined;
      return { kind: 'table', ...tableOf(context, node, join, relationship) };
    }
    case 'table-schema':
    case 'table-dataset':
    case 'table-name': {
      const object = node.parent;
      if (object === undefined) return undefined;
      const part =
        expectation.kind === 'table-name'
          ? 'name'
          : expectation.kind === 'table-schema'
            ? 'schema'
            : 'dataset';
      return { kind: 'table-part', part, object, ...tableOf(context, object, join, relationship) };
    }
    case 'lhs-field': {
      const lhs = relationship === undefined ? undefined : context.lhs(relationship);
      const list = node.parent?.kind === 'array' ? node.parent : undefined;
      return lhs === undefined ? undefined : { kind: 'lhs-field', lhs, list };
    }
    case 'mapping-column':
      if (join?.kind !== 'to-source') return undefined;
      return { kind: 'mapping-column', join, lhsField: textOf(node.key) };
    case 'argument-value': {
      if (join?.kind !== 'to-remote-schema') return undefined;
      const found = findValue(join, node);
      return found === undefined ? undefined : { kind: 'argument-value', join, ...found };
    }
    default:
      return undefined;
  }
}

/** One entry without a value: a word on a line of its own where the object was expected to be a scalar or a list. */
function isPlaceholderObject(node: SyntaxNode): boolean {
  const only = node.children[0];
  return node.children.length === 1 && only?.kind === 'null' && only.length === 0;
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}
