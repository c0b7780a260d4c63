import { type Catalogue, knownValue, unknown } from '../catalogue/catalogue.ts';
import type {
  MetadataModel,
  Relationship,
  ToRemoteSchemaDefinition,
  ToSourceDefinition,
} from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import { touches } from '../syntax/textRange.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import type { Join, LeftHandSide, RemoteSchemaJoin, SourceJoin } from './joinPath.ts';
import { leftHandSide } from './leftHandSide.ts';
import { walkPath } from './walkPath.ts';

/** A document as rules and features see it: its tree, what it says, what is known, and the walks along its relationships. */
export interface DocumentContext {
  readonly uri: string;
  readonly tree: SyntaxTree;
  readonly model: MetadataModel;
  readonly catalogue: Catalogue;
  /** The walk of each relationship of the model that has a readable definition; computed once for the document. */
  readonly joins: readonly Join[];
  /** As `joins`, of the relationships of action types. */
  readonly actionJoins: readonly SourceJoin[];
  /** The same to complete and explain names: see `Catalogue.withPermittedSchemas`. */
  readonly withPermittedSchemas: DocumentContext;
  /** The left-hand side of any relationship of the model (also of delete requests and unreadable definitions). */
  lhs(relationship: Relationship): LeftHandSide;
}

/** A document with its walks, each made when first asked for. Never throws, whatever the document. */
export function documentContext(
  uri: string,
  tree: SyntaxTree,
  model: MetadataModel,
  catalogue: Catalogue,
): DocumentContext {
  const sides = new Map<Relationship, LeftHandSide>();
  const lhs = (relationship: Relationship): LeftHandSide => {
    const known = sides.get(relationship);
    if (known !== undefined) return known;
    const made = leftHandSide(relationship, catalogue);
    sides.set(relationship, made);
    return made;
  };
  const joins = lazy(() =>
    model.relationships
      .map((relationship) => walkRelationship(relationship, catalogue, lhs(relationship)))
      .filter((join) => join !== undefined),
  );
  const actionJoins = lazy(() =>
    model.actionTypes
      .flatMap(({ relationships }) => relationships)
      .map((relationship) => walkRelationship(relationship, catalogue, lhs(relationship)))
      .filter((join) => join?.kind === 'to-source'),
  );
  const withPermittedSchemas: () => DocumentContext = lazy((): DocumentContext => {
    const more = catalogue.withPermittedSchemas;
    return more === catalogue ? context : documentContext(uri, tree, model, more);
  });
  const context: DocumentContext = {
    uri,
    tree,
    model,
    catalogue,
    get joins() {
      return joins();
    },
    get actionJoins() {
      return actionJoins();
    },
    get withPermittedSchemas() {
      return withPermittedSchemas();
    },
    lhs,
  };
  return context;
}

/** The walks of the relationships of a document that can be read, or of the one around an offset. */
export function joinsAround(
  { joins, actionJoins }: DocumentContext,
  offset: number | undefined,
): readonly Join[] {
  return [...joins, ...actionJoins].filter(
    ({ relationship: { node } }) => offset === undefined || touches(node, offset),
  );
}

/** The walks of all relationships of a document; of several forms side by side, which the server refuses, each. */
export function joinsAsWritten(context: DocumentContext): readonly Join[] {
  const candidates = context.model.relationships.flatMap((relationship) => {
    const { definition } = relationship;
    if (definition?.kind !== 'unreadable') return [];
    const lhs = context.lhs(relationship);
    return definition.candidates.map((form) => walkDefinition(relationship, form, context.catalogue, lhs));
  });
  return [...context.joins, ...context.actionJoins, ...candidates];
}

/** Walks a relationship; `undefined` for a delete request and for a definition that can't be read. */
export function walkRelationship(
  relationship: Relationship,
  catalogue: Catalogue,
  lhs: LeftHandSide = leftHandSide(relationship, catalogue),
): Join | undefined {
  const { definition } = relationship;
  return definition === undefined || definition.kind === 'unreadable'
    ? undefined
    : walkDefinition(relationship, definition, catalogue, lhs);
}

/** Walks one definition of a relationship, also a candidate of an unreadable one. */
export function walkDefinition(
  relationship: Relationship,
  definition: ToRemoteSchemaDefinition | ToSourceDefinition,
  catalogue: Catalogue,
  lhs: LeftHandSide = leftHandSide(relationship, catalogue),
): Join {
  return definition.kind === 'to-source'
    ? walkToSource(relationship, definition, catalogue, lhs)
    : walkToRemoteSchema(relationship, definition, catalogue, lhs);
}

function walkToRemoteSchema(
  relationship: Relationship,
  definition: ToRemoteSchemaDefinition,
  catalogue: Catalogue,
  lhs: LeftHandSide,
): RemoteSchemaJoin {
  const name = definition.remoteSchema;
  const target = name.state === 'present' ? catalogue.remoteSchema(name.value) : unknown;
  const schema = knownValue(target)?.schema ?? unknown;
  const listed = knownValue(definition.lhsFields);
  const { path, usedVariables } = walkPath(knownValue(definition.remoteField), knownValue(schema), {
    lhs,
    listed: listed && new Set(listed.map(({ value }) => value)),
  });
  return {
    kind: 'to-remote-schema',
    relationship,
    definition,
    lhs,
    target,
    schema,
    lhsFields: (listed ?? []).map((field) => ({ name: field, field: lhs.field(field.value) })),
    path,
    usedVariables,
  };
}

/** Action types join to the source `default` where they name none. */
function sourceName({ owner }: Relationship, { source }: ToSourceDefinition): string | undefined {
  return owner.kind === 'action-type' && source.state === 'missing' ? 'default' : knownValue(source);
}

function walkToSource(
  relationship: Relationship,
  definition: ToSourceDefinition,
  catalogue: Catalogue,
  lhs: LeftHandSide,
): SourceJoin {
  const name = sourceName(relationship, definition);
  const source = name === undefined ? unknown : catalogue.source(name);
  const tableName = knownValue(definition.table);
  const table = (tableName && knownValue(source)?.table(tableName)) ?? unknown;
  const entries = knownValue(definition.fieldMapping) ?? [];
  return {
    kind: 'to-source',
    relationship,
    definition,
    lhs,
    source,
    table,
    pairs: entries.map((entry) => ({
      entry,
      lhs: lhs.field(entry.lhs.value),
      column:
        table.state === 'present' && entry.column !== undefined
          ? table.value.column(entry.column.value)
          : unknown,
    })),
  };
}
