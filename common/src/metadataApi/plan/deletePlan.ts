import { localized } from '../../localized.ts';
import { listMember, member, textMember } from '../document/json.ts';
import type { MetadataDocument, ServerRelationship } from '../document/metadataDocument.ts';
import type { RelationshipIdentity } from '../document/relationshipIdentity.ts';
import type { Consistency } from '../inconsistency/inconsistentObjects.ts';
import { attemptsFor, type Change, consistencyIn } from './changes.ts';
import type { Block, Plan, PlanWarning } from './plan.ts';
import type { ServerState } from './serverState.ts';

export type DeleteItem =
  | {
      readonly action: 'delete';
      readonly identity: RelationshipIdentity;
      readonly now: ServerRelationship;
      readonly consistency: Consistency;
      readonly warnings: readonly PlanWarning[];
    }
  /** The server has none of that name. */
  | { readonly action: 'absent'; readonly identity: RelationshipIdentity }
  | { readonly action: 'blocked'; readonly identity: RelationshipIdentity; readonly block: Block };

/**
 * What to send so that the server has these relationships no more. One that is inconsistent is not found by the command
 * for it: something valid is put in its place first, or, when the server refuses that, all metadata is replaced by
 * itself without the relationship (spec 6.8).
 */
export function planDelete(
  identities: readonly RelationshipIdentity[],
  state: ServerState,
): Plan<DeleteItem> {
  const found = identities.map((identity) => state.document.find(identity));
  const changes = found.flatMap((now): Change[] =>
    now === undefined ? [] : [{ identity: now.identity, before: now.definition, after: undefined }],
  );
  const attempts = attemptsFor(changes, state, 'when-inconsistent');
  const items = identities.map((identity, index): DeleteItem => {
    const now = found[index];
    if (now === undefined) return { action: 'absent', identity };
    const consistency = consistencyIn(state, identity);
    if (attempts.length === 0) return { action: 'blocked', identity, block: noSafeWay(consistency) };
    const warnings = [...useWarnings(identity, state.document), ...replacingWarnings(attempts)];
    return { action: 'delete', identity, now, consistency, warnings };
  });
  return { items, changes, attempts };
}

function noSafeWay(consistency: Consistency): Block {
  const reasons = consistency.state === 'consistent' ? [] : consistency.reasons;
  return {
    code: 'no-safe-way',
    message: localized`The server does not find it, because it is inconsistent${
      reasons.length === 0 ? '' : ` (${reasons.join(', ')})`
    }, and its metadata can't be replaced without a change to other parts.`,
  };
}

function replacingWarnings(attempts: Plan<unknown>['attempts']): readonly PlanWarning[] {
  if (attempts[0]?.replacesAllMetadata !== true) return [];
  const message = localized`The server does not find it, because its table is inconsistent: all metadata is replaced by a copy without it.`;
  return [{ code: 'replaces-all-metadata', message }];
}

/** Stored queries that may ask for the relationship: their texts are searched for its name. */
export interface StoredQuery {
  readonly collection: string;
  readonly query: string;
  /** Paths of the REST endpoints that run it. */
  readonly restEndpoints: readonly string[];
}

export function storedQueriesNaming(name: string, document: MetadataDocument): readonly StoredQuery[] {
  const endpoints = listMember(document.metadata, 'rest_endpoints').map((endpoint) => ({
    url: textMember(endpoint, 'url') ?? textMember(endpoint, 'name') ?? '',
    query: member(member(endpoint, 'definition'), 'query'),
  }));
  return listMember(document.metadata, 'query_collections').flatMap((entry) => {
    const collection = textMember(entry, 'name') ?? '';
    return listMember(member(entry, 'definition'), 'queries')
      .filter((query) => namesOf(textMember(query, 'query') ?? '').has(name))
      .map((query) => {
        const queryName = textMember(query, 'name') ?? '';
        const restEndpoints = endpoints
          .filter(
            ({ query: used }) =>
              textMember(used, 'collection_name') === collection &&
              textMember(used, 'query_name') === queryName,
          )
          .map(({ url }) => url);
        return { collection, query: queryName, restEndpoints };
      });
  });
}

function namesOf(query: string): ReadonlySet<string> {
  return new Set(query.match(/[_A-Za-z]\w*/g));
}

/** Says which stored queries name the relationship, if any do. */
export function useWarnings(
  { name }: RelationshipIdentity,
  document: MetadataDocument,
): readonly PlanWarning[] {
  const uses = storedQueriesNaming(name, document);
  if (uses.length === 0) return [];
  const listed = uses.map(
    ({ collection, query, restEndpoints }) =>
      localized`"${query}" of collection "${collection}"${restEndpoints.map((url) => localized`, REST endpoint ${url}`).join('')}`,
  );
  const message = localized`Stored queries name a field "${name}": ${listed.join('; ')}.`;
  return [{ code: 'used-in-queries', message }];
}
