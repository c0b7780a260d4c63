import type { GraphEdge as Edge, GraphNode } from '../../../../common/src/protocol.ts';
import { type Catalogue, knownValue } from '../../catalogue/catalogue.ts';
import { tableText } from '../../catalogue/tableNames.ts';
import { type DocumentContext, joinsAsWritten } from '../../join/documentContext.ts';
import type { Join } from '../../join/joinPath.ts';
import { type NamedThing, thingKey } from '../../join/namedThing.ts';
import { ownerThing, tableThing } from '../../join/uses.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { Finding } from '../../rules/rule.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** A relationship, and where it is written. */
export interface GraphEdge extends Omit<Edge, 'range'> {
  readonly node: SyntaxNode;
}

export interface RelationshipGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A document and what is wrong in it. */
export interface GraphDocument {
  readonly context: DocumentContext;
  readonly findings: readonly Finding[];
}

/** The relationships of metadata files, requests left out, in the order they are written; what leads nowhere yet is not there. */
export function relationshipGraph(documents: readonly GraphDocument[]): RelationshipGraph {
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  for (const { context, findings } of documents) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    for (const join of joinsAsWritten(context)) {
      if (join.relationship.request !== undefined) continue;
      const [from, to] = [ownerNode(context, join), targetNode(context, join)];
      if (from === undefined || to === undefined) continue;
      for (const each of [from, to]) if (!nodes.has(each.id)) nodes.set(each.id, each);
      const { node } = join.relationship;
      edges.push({
        name: nameOf(join.relationship) ?? '',
        from: from.id,
        to: to.id,
        state: errors.some(({ offset }) => node.offset <= offset && offset < node.offset + node.length)
          ? 'error'
          : isKnown(join)
            ? 'checked'
            : 'unknown',
        uri: context.uri,
        node,
      });
    }
  }
  return { nodes: [...nodes.values()], edges };
}

function isKnown(join: Join): boolean {
  const { lhs } = join;
  const left = lhs.kind === 'table' ? lhs.table : lhs.type;
  const right = join.kind === 'to-source' ? join.table : join.schema;
  return left.state !== 'unknown' && right.state !== 'unknown';
}

function ownerNode(context: DocumentContext, { relationship }: Join): GraphNode | undefined {
  const thing = ownerThing(context, relationship);
  return thing && nodeOf(thing, context.catalogue);
}

function targetNode(context: DocumentContext, join: Join): GraphNode | undefined {
  if (join.kind === 'to-source') {
    const table = knownValue(join.definition.table);
    const source = knownValue(join.definition.source) ?? knownValue(join.source)?.name;
    const thing = table && tableThing(context, source, table);
    return thing && nodeOf(thing, context.catalogue);
  }
  const remoteSchema = knownValue(join.definition.remoteSchema);
  if (remoteSchema === undefined) return undefined;
  const type = join.path.findLast(({ last }) => last)?.returns?.name;
  return nodeOf(
    type === undefined ? { kind: 'remote-schema', remoteSchema } : { kind: 'type', remoteSchema, type },
    context.catalogue,
  );
}

function nodeOf(thing: NamedThing, catalogue: Catalogue): GraphNode | undefined {
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
