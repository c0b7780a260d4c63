import { type Difference, definitionDifferences, readDefinition } from '../document/definition.ts';
import { compareTexts } from '../document/json.ts';
import type { ServerRelationship } from '../document/metadataDocument.ts';
import {
  identityKey,
  identityText,
  ownerText,
  type RelationshipIdentity,
} from '../document/relationshipIdentity.ts';
import type { Consistency } from '../inconsistency/inconsistentObjects.ts';
import type { LocalRelationship } from './applyPlan.ts';
import { consistencyIn } from './changes.ts';
import type { ServerState } from './serverState.ts';

/** A relationship of the files beside the server's of the same owner and name. */
export interface ComparedRelationship<Local extends LocalRelationship = LocalRelationship> {
  readonly identity: RelationshipIdentity;
  readonly state: 'same' | 'changed' | 'only-here' | 'only-there';
  readonly local: Local | undefined;
  readonly server: ServerRelationship | undefined;
  /** From the server's definition to the local one. */
  readonly differences: readonly Difference[];
  /** What the server says of its own; `undefined` when it has none. */
  readonly consistency: Consistency | undefined;
}

/**
 * Every relationship of the files and of the server, by owner and name. Orders and forms don't count. One that the
 * files have twice is compared once, with its last definition, as the server would read it.
 */
export function compareWithServer<Local extends LocalRelationship>(
  relationships: readonly Local[],
  state: ServerState,
): readonly ComparedRelationship<Local>[] {
  const { document } = state;
  const pairs = new Map<string, { local?: Local; server?: ServerRelationship }>();
  for (const server of document.relationships) {
    pairs.set(identityKey(server.identity, document.kindOf), { server });
  }
  for (const local of relationships) {
    const key = identityKey(local.identity, document.kindOf);
    pairs.set(key, { ...pairs.get(key), local });
  }
  return [...pairs.values()]
    .flatMap(({ local, server }) => {
      const identity = local?.identity ?? server?.identity;
      return identity === undefined ? [] : [compareOne(identity, local, server, state)];
    })
    .sort(
      (a, b) =>
        compareTexts(ownerText(a.identity, document.kindOf), ownerText(b.identity, document.kindOf)) ||
        compareTexts(identityText(a.identity, document.kindOf), identityText(b.identity, document.kindOf)),
    );
}

function compareOne<Local extends LocalRelationship>(
  identity: RelationshipIdentity,
  local: Local | undefined,
  server: ServerRelationship | undefined,
  state: ServerState,
): ComparedRelationship<Local> {
  const consistency = server && consistencyIn(state, identity);
  if (local === undefined || server === undefined) {
    const where = local === undefined ? 'only-there' : 'only-here';
    return { identity, state: where, local, server, differences: [], consistency };
  }
  const wanted = readDefinition(local.definition, state.document.kindOf);
  const differences = definitionDifferences(server.canonical, wanted);
  const same = wanted !== undefined && differences.length === 0;
  return { identity, state: same ? 'same' : 'changed', local, server, differences, consistency };
}
