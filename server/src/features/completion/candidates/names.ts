import {
  relationshipVerbs,
  tableRelationshipCommand,
  typeRelationshipCommand,
} from '../../../../../common/src/metadataApi/document/commands.ts';
import { commandPrefix, nativeKinds } from '../../../../../common/src/metadataApi/document/sourceKinds.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import { endpointOf } from '../../../metadata/readModel.ts';
import { property } from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/tree.ts';
import { describeCommand } from '../../hover/describe.ts';
import { prose } from '../../hover/markdown.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, textValue } from '../candidate.ts';

/** Where a relationship leads to, the source it comes from last: for that there are other relationships. */
export function sourceNameCandidates(request: CandidateRequest): Candidate[] {
  const owner = isInDefinition(request) ? request.target.relationship?.owner : undefined;
  const own = owner?.kind === 'table' ? owner.source?.name : undefined;
  return lastOf(request.context.catalogue.sources, (source) => source.name === own).map((source) => ({
    label: source.name,
    icon: 'source',
    detail: source.kind,
    insert: textValue(source.name),
  }));
}

export function remoteSchemaNameCandidates(request: CandidateRequest): Candidate[] {
  const owner = isInDefinition(request) ? request.target.relationship?.owner : undefined;
  const own = owner?.kind === 'remote-schema-type' ? owner.remoteSchema?.name : undefined;
  return lastOf(request.context.catalogue.remoteSchemas, (schema) => schema.name === own).map((schema) => ({
    label: schema.name,
    icon: 'schema',
    detail: schema.origin,
    insert: textValue(schema.name),
  }));
}

/** Whether the name says where a relationship leads to, not whose it is. */
function isInDefinition({ cursor, target }: CandidateRequest): boolean {
  return target.join !== undefined && target.join.definition.node === cursor.node.parent;
}

function lastOf<T>(items: readonly T[], isLast: (item: T) => boolean): T[] {
  return [...items.filter((item) => !isLast(item)), ...items.filter(isLast)];
}

/** Kinds every server has; data connectors have names of their own. */
export function sourceKindCandidates(): Candidate[] {
  return nativeKinds.map((kind) => ({
    label: kind,
    icon: 'value',
    insert: textValue(kind),
  }));
}

/**
 * Object types only (R27), none that the list has already; the root types, which are object types too, come last.
 */
export function typeNameCandidates(
  target: Extract<CursorTarget, { kind: 'type' }>,
  { cursor }: CandidateRequest,
): Candidate[] {
  if (target.schema.state !== 'present') return [];
  const schema = target.schema.value;
  const listed = namesBeside(cursor.node);
  const names = schema.typeNames.filter(
    (name) => !name.startsWith('__') && !listed.has(name) && schema.type(name)?.kind === 'object',
  );
  const isRoot = (name: string) => name === schema.queryTypeName || otherRoots.has(name);
  return lastOf(names, isRoot).map((name) => ({
    label: name,
    icon: 'type',
    documentation: documentationOf(schema.type(name)?.description),
    insert: textValue(name),
  }));
}

function documentationOf(description: string | undefined): string | undefined {
  return description === undefined ? undefined : prose(description);
}

const otherRoots: ReadonlySet<string> = new Set([
  'Mutation',
  'Subscription',
  'mutation_root',
  'subscription_root',
]);

/** The names that the other items of the list have under the same key. */
function namesBeside(node: SyntaxNode): ReadonlySet<unknown> {
  const item = node.parent;
  const key = node.key?.value;
  if (item?.parent?.kind !== 'array' || typeof key !== 'string') return new Set();
  return new Set(
    item.parent.children.filter((other) => other !== item).map((other) => property(other, key)?.value),
  );
}

export function relationshipTypeCandidates(): Candidate[] {
  return [
    {
      label: 'object',
      icon: 'value',
      detail: 'at most one row',
      insert: textValue('object'),
    },
    {
      label: 'array',
      icon: 'value',
      detail: 'any number of rows',
      insert: textValue('array'),
    },
  ];
}

export function booleanCandidates(): Candidate[] {
  return ['true', 'false'].map((text) => ({
    label: text,
    icon: 'value',
    insert: { kind: 'value', value: { kind: 'literal', text } },
  }));
}

/**
 * Relationship commands of the kinds of sources in the project, those of remote schemas, `bulk`, then the commands of
 * other kinds; what `args` says already comes first. `/v1/query` has commands without a prefix.
 */
export function commandCandidates(request: CandidateRequest): Candidate[] {
  const { catalogue } = request.context;
  const args = request.cursor.node.parent && property(request.cursor.node.parent, 'args');
  const source = args && property(args, 'source')?.value;
  const named = typeof source === 'string' ? catalogue.source(source) : undefined;
  const kinds = new Set(catalogue.sources.map((candidate) => candidate.kind ?? 'postgres'));
  if (named?.state === 'present') kinds.delete(named.value.kind ?? 'postgres');
  const first = named?.state === 'present' ? [named.value.kind ?? 'postgres', ...kinds] : [...kinds];
  const own = first.length === 0 ? ['postgres'] : first;
  const others = nativeKinds.filter((kind) => !own.includes(kind));
  const command = (label: string, detail: string | undefined): Candidate => ({
    label,
    icon: 'command',
    detail,
    insert: textValue(label),
  });
  const withDetail = (label: string) => command(label, describeCommand(label));
  const ofTables = (prefix: string) =>
    relationshipVerbs.map((verb) => withDetail(tableRelationshipCommand(verb, prefix)));
  const ofKinds = (all: readonly string[]) => all.flatMap((kind) => ofTables(commandPrefix(kind)));
  const ofTypes = relationshipVerbs.map((verb) => withDetail(typeRelationshipCommand(verb)));
  const bulk = [
    command('bulk', 'runs several commands; none is kept when one fails'),
    command('bulk_keep_going', 'runs several commands; those that fail are left out'),
    command('bulk_atomic', 'runs several commands that delete, and checks once at the end'),
  ];
  if (isSentToQuery(request)) return [...ofTables(''), ...ofTypes, ...bulk, ...ofKinds(own)];
  const ofType = args !== undefined && property(args, 'type_name') !== undefined;
  return [
    ...(ofType ? ofTypes : ofKinds(own)),
    ...(ofType ? ofKinds(own) : ofTypes),
    ...bulk,
    ...ofKinds(others),
    ...ofTables(''),
  ];
}

/** Whether the body stands below `POST /v1/query` in a `.http` file, or the document has such commands already. */
function isSentToQuery({ document: { tree, model }, cursor }: CandidateRequest): boolean {
  const line = tree.requestLines.findLast((one) => one.offset <= cursor.start);
  if (line !== undefined) return endpointOf(line.target) === 'v1/query';
  return model.relationships.some(({ request }) => request?.prefix === '');
}
