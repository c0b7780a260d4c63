import type { GraphEdge as Edge, GraphNode } from '../../../../common/src/protocol.ts';
import { type Catalogue, type Knowledge, knownValue } from '../../catalogue/catalogue.ts';
import { tableText } from '../../catalogue/tableNames.ts';
import { type DocumentContext, joinsAsWritten } from '../../join/documentContext.ts';
import type { Join } from '../../join/joinPath.ts';
import { type NamedThing, thingKey } from '../../join/namedThing.ts';
import { ownerThing, tableThing } from '../../join/uses.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { Finding } from '../../rules/rule.ts';
import type { Location } from '../../syntax/location.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { relationshipErrors } from '../relationshipErrors.ts';

/** A relationship, and where it is written. */
export interface GraphEdge extends Omit<Edge, 'range'> {
  readonly node: SyntaxNode;
}

export interface RelationshipGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface LocatedGraph extends RelationshipGraph {
  /** Where nodes are declared, by their ids, as far as that is known. */
  readonly definitions: ReadonlyMap<string, Location>;
}

/** A document and what is wrong in it. */
export interface GraphDocument {
  readonly context: DocumentContext;
  readonly findings: readonly Finding[];
  /** Its project, where those of several are drawn. */
  readonly project?: string | undefined;
}

/** The relationships of metadata files, requests left out, in the order they are written; what leads nowhere yet is not there. */
export function relationshipGraph(documents: readonly GraphDocument[]): LocatedGraph {
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const definitions = new Map<string, Location>();
  for (const { context, findings, project } of documents) {
    const errorsOf = relationshipErrors(context.model, findings);
    for (const join of joinsAsWritten(context)) {
      if (join.relationship.request !== undefined) continue;
      const [owner, target] = [ownerThing(context, join.relationship), targetThing(context, join)];
      if (owner === undefined || target === undefined) continue;
      const [from, to] = [owner, target].map((thing) => nodeOf(thing, context.catalogue, project));
      if (from === undefined || to === undefined) continue;
      for (const [thing, end] of [
        [owner, from],
        [target, to],
      ] as const) {
        if (nodes.has(end.id)) continue;
        nodes.set(end.id, end);
        const definition = definitionOf(thing, context.catalogue);
        if (definition !== undefined) definitions.set(end.id, definition);
      }
      const { node } = join.relationship;
      edges.push({
        name: nameOf(join.relationship) ?? '',
        from: from.id,
        to: to.id,
        state: isWrong(join, errorsOf(join.relationship)) ? 'error' : isKnown(join) ? 'checked' : 'unknown',
        uri: context.uri,
        node,
      });
    }
  }
  return { nodes: [...nodes.values()], edges, definitions };
}

/** Also where the table or type is not there that has the relationship: that is told at its name. */
function isWrong(join: Join, errors: readonly Finding[]): boolean {
  return leftOf(join).state === 'absent' || errors.length > 0;
}

function leftOf({ lhs }: Join): Knowledge<unknown> {
  return lhs.kind === 'table' ? lhs.table : lhs.type;
}

function isKnown(join: Join): boolean {
  const left = leftOf(join);
  const right = join.kind === 'to-source' ? join.table : join.schema;
  return left.state !== 'unknown' && right.state !== 'unknown';
}

function targetThing(context: DocumentContext, join: Join): NamedThing | undefined {
  if (join.kind === 'to-source') {
    const table = knownValue(join.definition.table);
    const source = knownValue(join.definition.source) ?? knownValue(join.source)?.name;
    return table && tableThing(context, source, table);
  }
  const remoteSchema = knownValue(join.definition.remoteSchema);
  if (remoteSchema === undefined) return undefined;
  const type = join.path.findLast(({ last }) => last)?.returns?.name;
  return type === undefined ? { kind: 'remote-schema', remoteSchema } : { kind: 'type', remoteSchema, type };
}

/** Of a type the schema file, else where its remote schema is declared. */
function definitionOf(thing: NamedThing, catalogue: Catalogue): Location | undefined {
  switch (thing.kind) {
    case 'table': {
      const source = thing.source === undefined ? undefined : knownValue(catalogue.source(thing.source));
      const table = source && knownValue(source.table(thing.tableName));
      return table?.location ?? table?.creation?.location;
    }
    case 'type':
    case 'remote-schema': {
      const { remoteSchema = '' } = thing;
      const configured = knownValue(catalogue.remoteSchema(remoteSchema));
      const schema = configured && knownValue(configured.schema);
      const type = thing.kind === 'type' ? schema?.type(thing.type) : undefined;
      return type?.location ?? configured?.location;
    }
    case 'action-type':
      return knownValue(catalogue.actionTypes)?.type(thing.type)?.location;
    default:
      return undefined;
  }
}

/** What is called the same in two projects is not the same. */
function nodeOf(thing: NamedThing, catalogue: Catalogue, project: string | undefined): GraphNode | undefined {
  const node = nodeWithin(thing, catalogue);
  return node === undefined || project === undefined
    ? node
    : { ...node, id: `${node.id} ${project}`, project };
}

function nodeWithin(thing: NamedThing, catalogue: Catalogue): GraphNode | undefined {
  const id = thingKey(thing);
  switch (thing.kind) {
    case 'table': {
      const source = thing.source === undefined ? undefined : knownValue(catalogue.source(thing.source));
      const label = tableText(source?.kind, thing.tableName);
      return { id, kind: 'table', label, group: thing.source ?? '' };
    }
    case 'type':
      return { id, kind: 'type', label: thing.type, group: thing.remoteSchema ?? '' };
    case 'action-type':
      return { id, kind: 'action-type', label: thing.type, group: 'actions' };
    case 'remote-schema':
      return { id, kind: 'remote-schema', label: thing.remoteSchema, group: thing.remoteSchema };
    default:
      return undefined;
  }
}
