import {
  type ConfiguredRemoteSchema,
  type Knowledge,
  type Source,
  type Table,
  unknown,
} from '../catalogue/catalogue.ts';
import { stands } from '../metadata/nodes.ts';
import type { Located, Property, Relationship, TableOwner } from '../metadata/relationship.ts';
import type { NamedType } from '../schema/remoteSchema.ts';
import { nodeAt } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { CursorTarget } from './cursorTarget.ts';
import type { DocumentContext } from './documentContext.ts';
import { walkDefinition } from './documentContext.ts';
import type {
  ArgumentStep,
  Join,
  LhsField,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
  ValueStep,
} from './joinPath.ts';

/** What `offset` (UTF-16) stands on; `undefined` where that is nothing of a relationship. */
export function slotAt(context: DocumentContext, offset: number): CursorTarget | undefined {
  const relationship = context.model.relationships.find((one) => belongs(one, offset));
  return (
    (relationship && inRelationship(context, relationship, offset)) ??
    inEntries(context, offset) ??
    keyAt(context, relationship, offset)
  );
}

/** A relationship may stand where an alias says, its content where the anchor was written. */
function belongs({ node, definition }: Relationship, offset: number): boolean {
  return stands(node, offset) || (definition !== undefined && stands(definition.node, offset));
}

function present<T>(slot: Property<T>, offset: number): { value: T; node: SyntaxNode } | undefined {
  return slot.state === 'present' && stands(slot.node, offset) ? slot : undefined;
}

function inRelationship(
  context: DocumentContext,
  relationship: Relationship,
  offset: number,
): CursorTarget | undefined {
  const name = present(relationship.name, offset);
  if (name) return { kind: 'relationship-name', node: name.node, relationship, name: name.value };
  if (relationship.request !== undefined) {
    const owner = inOwner(context, relationship, offset);
    if (owner) return owner;
  }
  for (const join of joinsOf(context, relationship)) {
    const target = join.kind === 'to-source' ? inToSource(join, offset) : inToRemoteSchema(join, offset);
    if (target) return target;
  }
  return undefined;
}

/** Of an unreadable definition, each of the forms it might have been. */
function joinsOf(context: DocumentContext, relationship: Relationship): readonly Join[] {
  const { definition } = relationship;
  if (definition?.kind === 'unreadable') {
    const lhs = context.lhs(relationship);
    return definition.candidates.map((one) => walkDefinition(relationship, one, context.catalogue, lhs));
  }
  const join = context.joins.find((one) => one.relationship === relationship);
  return join === undefined ? [] : [join];
}

/** The keys of a request that say whose relationship it is. */
function inOwner(
  context: DocumentContext,
  relationship: Relationship,
  offset: number,
): CursorTarget | undefined {
  const { owner } = relationship;
  const lhs = context.lhs(relationship);
  if (owner.kind === 'table') {
    return tableOrSource(relationship, owner, lhs.source ?? unknown, lhs.table ?? unknown, offset);
  }
  const schema = owner.remoteSchema;
  if (schema && stands(schema.node, offset)) {
    const remoteSchema = lhs.remoteSchema ?? unknown;
    return { kind: 'remote-schema', node: schema.node, relationship, name: schema.name, remoteSchema };
  }
  const type = present(owner.typeName, offset);
  return type && { kind: 'type', node: type.node, relationship, name: type.value, type: lhs.type ?? unknown };
}

function tableOrSource(
  relationship: Relationship | undefined,
  owner: Pick<TableOwner, 'source' | 'table'>,
  source: Knowledge<Source>,
  table: Knowledge<Table>,
  offset: number,
): CursorTarget | undefined {
  const written = owner.source;
  if (written?.node !== undefined && stands(written.node, offset)) {
    return { kind: 'source', node: written.node, relationship, name: written.name, source };
  }
  const name = present(owner.table, offset);
  return name && { kind: 'table', node: name.node, relationship, name: name.value, source, table };
}

// ---- definitions ---------------------------------------------------------------------------------------------

function inToSource(join: SourceJoin, offset: number): CursorTarget | undefined {
  const { definition, relationship } = join;
  const type = present(definition.relationshipType, offset);
  if (type) return { kind: 'relationship-type', node: type.node, relationship, join };
  const source = present(definition.source, offset);
  if (source) {
    return {
      kind: 'source',
      node: source.node,
      relationship,
      name: source.value,
      source: join.source ?? unknown,
    };
  }
  const table = present(definition.table, offset);
  if (table) {
    return {
      kind: 'table',
      node: table.node,
      relationship,
      name: table.value,
      source: join.source ?? unknown,
      table: join.table ?? unknown,
    };
  }
  for (const { entry, lhs, column } of join.pairs) {
    if (stands(entry.lhs.node, offset)) return lhsTarget(join, entry.lhs, lhs);
    if (entry.column && stands(entry.column.node, offset)) {
      return {
        kind: 'column',
        node: entry.column.node,
        relationship,
        name: entry.column.value,
        column,
        join,
      };
    }
  }
  return undefined;
}

function lhsTarget(join: Join, name: Located<string>, field: Knowledge<LhsField>): CursorTarget {
  return {
    kind: 'lhs-field',
    node: name.node,
    relationship: join.relationship,
    name: name.value,
    field,
    join,
  };
}

function inToRemoteSchema(join: RemoteSchemaJoin, offset: number): CursorTarget | undefined {
  const { definition, relationship } = join;
  const schema = present(definition.remoteSchema, offset);
  if (schema) {
    const remoteSchema = join.target ?? unknown;
    return { kind: 'remote-schema', node: schema.node, relationship, name: schema.value, remoteSchema };
  }
  for (const { name, field } of join.lhsFields) {
    if (stands(name.node, offset)) return lhsTarget(join, name, field);
  }
  for (const step of join.path) {
    if (stands(step.step.name.node, offset)) {
      return { kind: 'remote-field', node: step.step.name.node, relationship, step, join };
    }
    const target = inArguments(join, step, step.arguments, offset);
    if (target) return target;
  }
  return undefined;
}

function inArguments(
  join: RemoteSchemaJoin,
  step: PathStep,
  list: readonly ArgumentStep[],
  offset: number,
): CursorTarget | undefined {
  const { relationship } = join;
  for (const argument of list) {
    const { node } = argument.argument.name;
    if (stands(node, offset)) return { kind: 'argument', node, relationship, argument, step, join };
    const target = inValue(join, step, argument, argument.value, offset);
    if (target) return target;
  }
  return undefined;
}

function inValue(
  join: RemoteSchemaJoin,
  step: PathStep,
  argument: ArgumentStep,
  value: ValueStep,
  offset: number,
): CursorTarget | undefined {
  for (const item of value.items) {
    const target = inValue(join, step, argument, item, offset);
    if (target) return target;
  }
  const { kind, node } = value.value;
  if (kind === 'object') return inArguments(join, step, value.fields, offset);
  return kind !== 'list' && stands(node, offset)
    ? { kind: 'value', node, relationship: join.relationship, value, argument, step, join }
    : undefined;
}

// ---- beside relationships ------------------------------------------------------------------------------------

/** Names that stand in entries of metadata. */
function inEntries({ model, catalogue }: DocumentContext, offset: number): CursorTarget | undefined {
  for (const { name: slot } of model.sources) {
    const name = present(slot, offset);
    if (name) return { ...named(name), kind: 'source', source: catalogue.source(name.value) };
  }
  for (const entry of model.tables) {
    const name = present(entry.table, offset);
    if (!name) continue;
    const source = entry.source === undefined ? unknown : catalogue.source(entry.source.name);
    const table = source.state === 'present' ? source.value.table(name.value) : unknown;
    return tableOrSource(undefined, entry, source, table, offset);
  }
  for (const { name: slot, types } of model.remoteSchemas) {
    const name = present(slot, offset);
    if (name) {
      return { ...named(name), kind: 'remote-schema', remoteSchema: catalogue.remoteSchema(name.value) };
    }
    for (const { typeName } of types) {
      const type = present(typeName, offset);
      if (!type) continue;
      const schema = slot.state === 'present' ? catalogue.remoteSchema(slot.value) : unknown;
      return { ...named(type), kind: 'type', type: typeIn(schema, type.value) };
    }
  }
  return undefined;
}

function named({ value, node }: Located<string>): {
  readonly node: SyntaxNode;
  readonly relationship: undefined;
  readonly name: string;
} {
  return { node, relationship: undefined, name: value };
}

function typeIn(schema: Knowledge<ConfiguredRemoteSchema>, name: string): Knowledge<NamedType> {
  if (schema.state !== 'present' || schema.value.schema.state !== 'present') return unknown;
  const type = schema.value.schema.value.type(name);
  return type === undefined ? { state: 'absent' } : { state: 'present', value: type };
}

function keyAt(
  { tree, model }: DocumentContext,
  relationship: Relationship | undefined,
  offset: number,
): CursorTarget | undefined {
  if (model.roles.every((role) => role === 'none')) return undefined;
  const node = nodeAt(tree, offset);
  const owner = node?.parent;
  if (node === undefined || owner?.kind !== 'object' || node.key !== undefined) return undefined;
  const shape = owner.key?.value;
  return {
    kind: 'key',
    node,
    relationship,
    name: String(node.value ?? ''),
    shape: typeof shape === 'string' ? shape : undefined,
  };
}
