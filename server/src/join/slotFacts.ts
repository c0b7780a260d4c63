import type { Knowledge, Source, Table } from '../catalogue/catalogue.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { NamedType } from '../schema/remoteSchema.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentContext } from './documentContext.ts';
import { walkDefinition } from './documentContext.ts';
import type { ArgumentStep, Join, PathStep, RemoteSchemaJoin, ValueStep } from './joinPath.ts';

/** What the model and the walk know of the place a node stands at. */

/** The walk of the relationship; of several forms side by side, of the one the node stands in. */
export function joinAround(
  context: DocumentContext,
  relationship: Relationship | undefined,
  node: SyntaxNode,
): Join | undefined {
  const definition = relationship?.definition;
  if (relationship === undefined || definition === undefined) return undefined;
  if (definition.kind !== 'unreadable') {
    return context.joins.find((candidate) => candidate.relationship === relationship);
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
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const found = context.model.relationships.find((relationship) => relationship.node === at);
    if (found !== undefined) return found;
  }
  return undefined;
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
  readonly argument: string;
  readonly owner: string | undefined;
}

export function findValue(join: RemoteSchemaJoin, node: SyntaxNode): FoundValue | undefined {
  for (const step of join.path) {
    const found = findAmong(step.arguments, step.step.name.value, node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findAmong(
  steps: readonly ArgumentStep[],
  owner: string | undefined,
  node: SyntaxNode,
): FoundValue | undefined {
  for (const { argument, value } of steps) {
    const found = findBelow(value, argument.name.value, owner, node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findBelow(
  value: ValueStep,
  argument: string,
  owner: string | undefined,
  node: SyntaxNode,
): FoundValue | undefined {
  if (value.value.node === node) return { value, argument, owner };
  for (const item of value.items) {
    const found = findBelow(item, argument, owner, node);
    if (found !== undefined) return found;
  }
  return findAmong(value.fields, value.expectedType?.name, node);
}

/** Source and table that the table name `node` is about. */
export function tableOf(
  context: DocumentContext,
  node: SyntaxNode,
  join: Join | undefined,
  relationship: Relationship | undefined,
): { source: Knowledge<Source>; table: Knowledge<Table> | undefined } {
  if (join?.kind === 'to-source' && node.parent === join.definition.node) {
    return { source: join.source ?? { state: 'unknown' }, table: join.table };
  }
  const name = sourceAround(context, node, relationship);
  const source = name === undefined ? undefined : context.catalogue.source(name);
  const table = relationship === undefined ? tableOfEntry(context, node) : context.lhs(relationship).table;
  return { source: source ?? { state: 'unknown' }, table };
}

function tableOfEntry(context: DocumentContext, node: SyntaxNode): Knowledge<Table> | undefined {
  const entry = context.model.tables.find((table) => table.node === node.parent);
  if (entry?.source === undefined || entry.table.state !== 'present') return undefined;
  const source = context.catalogue.source(entry.source.name);
  return source.state === 'present' ? source.value.table(entry.table.value) : undefined;
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
