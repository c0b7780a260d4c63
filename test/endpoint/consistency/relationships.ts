import type { RemoteRelationship } from '../metadata/definition.ts';
import { checkRemoteSchemaTarget, type LeftSide } from './remoteSchemaTarget.ts';
import { checkSourceTarget, type SourceTargetContext } from './sourceTarget.ts';
import type { Reference, RemoteSchemaState } from './state.ts';

export interface RelationshipContext extends SourceTargetContext {
  readonly remoteSchemas: ReadonlyMap<string, RemoteSchemaState>;
}

/** Checks one relationship from its left side on; says what it depends on, or throws the violation. */
export function checkRelationship(
  { name, definition }: RemoteRelationship,
  left: LeftSide,
  context: RelationshipContext,
): Reference['needs'] {
  if (definition.target === 'source') {
    const table = checkSourceTarget(definition, left, context);
    return { source: definition.source, table: table.key };
  }
  checkRemoteSchemaTarget(name, definition, left, context.remoteSchemas, context.release);
  return { remoteSchema: definition.remoteSchema };
}
