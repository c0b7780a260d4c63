import { type Knowledge, knownValue, type Source, type Table, unknown } from '../catalogue/catalogue.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { NamedType } from '../schema/remoteSchema.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentContext } from './documentContext.ts';
import { walkDefinition } from './documentContext.ts';
import type { ArgumentStep, Join, PathStep, RemoteSchemaJoin, ValueStep } from './joinPath.ts';

/** What the model and the walk know around a node. */

/** The walk of the relationship; of several forms side by side, of the one the node stands in. */
export function joinAround(
  context: DocumentContext,
  relationship: Relationship | undefined,
  node: SyntaxNode,
): Join | undefined {
  const definition = relationship?.definition;
  if (relationship === undefined || definition === undefined) return undefined;
  if (definition.kind !== 'unreadable') {
    const joins = relationship.owner.kind === 'action-type' ? context.actionJoins : context.joins;
    return joins.find((candidate) => candidate.relationship === relationship);
  }
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const form = definition.candidates.find((candidate) => candidate.node === at);
    if (form !== undefined) {
      return walkDefinition(relationship, form, context.catalogue, context.lhs(relationship));
    }
  }
  return undefined;
}

export function relationshipAround(context: DocumentContext, node: SyntaxNode): Relationship | undefined {
  const { relationships, actionTypes } = context.model;
  const all =
    actionTypes.length === 0
      ? relationships
      : [...relationships, ...actionTypes.flatMap((type) => type.relationships)];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const found = all.find((relationship) => relationship.node === at);
    if (found !== undefined) return found;
  }
  return relationshipThroughAlias(context, node);
}

/** The first relationship that is, or has its definition, from an anchor around the node. */
function relationshipThroughAlias({ model }: DocumentContext, node: SyntaxNode): Relationship | undefined {
  const aliased = new Map<SyntaxNode, Relationship>();
  for (const relationship of model.relationships) {
    for (const { aliasOf } of aliasesIn(relationship)) {
      if (aliasOf !== undefined && !aliased.has(aliasOf)) aliased.set(aliasOf, relationship);
    }
  }
  for (let at: SyntaxNode | undefined = node; at !== undefined && aliased.size > 0; at = at.parent) {
    const found = aliased.get(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What of a relationship comes from an anchor as a whole: itself, its definition, or what its definition has below the key of its form. */
export function aliasesIn({ node, definition }: Relationship): readonly SyntaxNode[] {
  return [node, property(node, 'definition'), definition?.node].filter((one) => one !== undefined);
}

/** The type whose fields stand in `object` of a remote field path. */
export function typeBelow(join: RemoteSchemaJoin, object: SyntaxNode): NamedType | undefined {
  const outer = object.parent;
  const step = join.path.find((candidate) => candidate.step.node === outer);
  if (step !== undefined) return step.returns?.kind === 'object' ? step.returns : undefined;
  if (outer !== join.definition.node || join.schema.state !== 'present') return undefined;
  return join.schema.value.type(join.schema.value.queryTypeName);
}

/** The step of the path whose node (below the field's name) is `node`. */
export function pathStepOf(join: Join | undefined, node: SyntaxNode): PathStep | undefined {
  if (join?.kind !== 'to-remote-schema') return undefined;
  return join.path.find((step) => step.step.node === node);
}

interface FoundValue {
  readonly value: ValueStep;
  readonly argument: ArgumentStep;
  /** Name of the remote field or input type that has the argument. */
  readonly owner: string | undefined;
}

/** The argument or input field whose name is `node`. */
export function findArgument(join: RemoteSchemaJoin, node: SyntaxNode): ArgumentStep | undefined {
  return argumentsOf(join).find(({ argument }) => argument.argument.name.node === node)?.argument;
}

/** The value, or part of a value, that is `node`. */
export function findValue(join: RemoteSchemaJoin, node: SyntaxNode): FoundValue | undefined {
  for (const { argument, owner } of argumentsOf(join)) {
    const value = partsOf(argument.value).find((part) => part.value.node === node);
    if (value !== undefined) return { value, argument, owner };
  }
  return undefined;
}

/** Every argument of the path, and every field of the input objects in it. */
export function argumentsOf(join: RemoteSchemaJoin): { argument: ArgumentStep; owner: string | undefined }[] {
  const below = (argument: ArgumentStep, owner: string | undefined): ReturnType<typeof argumentsOf> => [
    { argument, owner },
    ...partsOf(argument.value).flatMap((part) =>
      part.fields.flatMap((field) => below(field, part.expectedType?.name)),
    ),
  ];
  return join.path.flatMap((step) =>
    step.arguments.flatMap((argument) => below(argument, step.step.name.value)),
  );
}

/** A value and the items of its lists, at any depth. */
export function partsOf(value: ValueStep): ValueStep[] {
  return [value, ...value.items.flatMap(partsOf)];
}

/** Source and table that the table name `node` is about. */
export function tableOf(
  context: DocumentContext,
  node: SyntaxNode,
  join: Join | undefined,
  relationship: Relationship | undefined,
): { source: Knowledge<Source>; table: Knowledge<Table> } {
  if (join?.kind === 'to-source') {
    const { table } = join.definition;
    if ('node' in table && node === table.node) return { source: join.source, table: join.table };
  }
  const name = sourceAround(context, node, relationship);
  const source = name === undefined ? unknown : context.catalogue.source(name);
  return { source, table: tableAround(context, node, relationship) };
}

function tableAround(
  context: DocumentContext,
  node: SyntaxNode,
  relationship: Relationship | undefined,
): Knowledge<Table> {
  if (relationship !== undefined) {
    const lhs = context.lhs(relationship);
    return lhs.kind === 'table' ? lhs.table : unknown;
  }
  const entry = context.model.tables.find((table) => table.node === node.parent);
  if (entry?.source === undefined || entry.table.state !== 'present') return unknown;
  return knownValue(context.catalogue.source(entry.source.name))?.table(entry.table.value) ?? unknown;
}

function sourceAround(
  context: DocumentContext,
  node: SyntaxNode,
  relationship: Relationship | undefined,
): string | undefined {
  if (relationship?.owner.kind === 'table') return relationship.owner.source?.name;
  return context.model.tables.find((table) => table.node === node.parent)?.source?.name;
}

export function remoteSchemaAround(
  context: DocumentContext,
  node: SyntaxNode,
  relationship: Relationship | undefined,
): string | undefined {
  if (relationship?.owner.kind === 'remote-schema-type') return relationship.owner.remoteSchema?.name;
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const entry = context.model.remoteSchemas.find((candidate) => candidate.node === at);
    if (entry?.name.state === 'present') return entry.name.value;
  }
  return undefined;
}
