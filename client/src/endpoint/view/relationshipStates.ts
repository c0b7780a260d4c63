import { counted } from '../../../../common/src/counted.ts';
import { localized } from '../../../../common/src/localized.ts';
import type { Difference } from '../../../../common/src/metadataApi/document/definition.ts';
import type { ServerRelationship } from '../../../../common/src/metadataApi/document/metadataDocument.ts';
import {
  identityKey,
  type KindOf,
  type RelationshipIdentity,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import type { Consistency } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { LocalRelationship } from '../../../../common/src/metadataApi/plan/applyPlan.ts';
import { compareWithServer } from '../../../../common/src/metadataApi/plan/compare.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import type { ProjectContent, RelationshipPayload } from '../../../../common/src/protocol.ts';
import type { PlacedState } from '../../graph/placedState.ts';

/** A relationship of a file. */
export interface FiledRelationship {
  readonly uri: string;
  readonly payload: RelationshipPayload;
}

/**
 * How a relationship of the files and the server's are to each other. `unreadable`: what the files say of it can't be
 * read, so nothing is claimed; `not-compared`: the server has not been read.
 */
export type RelationshipState =
  | 'same'
  | 'changed'
  | 'only-here'
  | 'only-there'
  | 'unreadable'
  | 'not-compared';

export interface ListedRelationship {
  readonly identity: RelationshipIdentity;
  readonly state: RelationshipState;
  readonly local: FiledRelationship | undefined;
  readonly server: ServerRelationship | undefined;
  /** From the server's definition to the local one. */
  readonly differences: readonly Difference[];
  /** What the server says of its own; `undefined` when it has none, or was not read. */
  readonly consistency: Consistency | undefined;
}

export interface RelationshipList {
  readonly relationships: readonly ListedRelationship[];
  /** Those of which the files do not say, or not yet, which ones they are. */
  readonly unidentified: readonly FiledRelationship[];
  readonly kindOf: KindOf;
}

interface Filed extends LocalRelationship {
  readonly filed: FiledRelationship;
}

/** The relationships of a project's files beside those of the server, where it has been read. */
export function listRelationships(
  content: ProjectContent | undefined,
  server: ServerState | undefined,
): RelationshipList {
  const all = (content?.files ?? []).flatMap(({ uri, relationships }) =>
    relationships.map((payload): FiledRelationship => ({ uri, payload })),
  );
  const unidentified = all.filter(({ payload }) => payload.identity === null);
  const locals = all.flatMap((filed): Filed[] => {
    const { identity, definition } = filed.payload;
    return identity === null ? [] : [{ identity, definition, filed }];
  });
  if (server === undefined) return { ...notCompared(locals), unidentified };
  const unreadableNames = new Set(unidentified.map(({ payload }) => payload.name));
  const relationships = compareWithServer(locals, server).map(
    ({ local, ...compared }): ListedRelationship => {
      const { identity, state } = compared;
      // One that can't be told which it is may be the one that seems to be missing.
      const unreadable =
        local === undefined ? unreadableNames.has(identity.name) : local.filed.payload.obstacle !== null;
      return { ...compared, local: local?.filed, state: unreadable ? 'unreadable' : state };
    },
  );
  return { relationships, unidentified, kindOf: server.document.kindOf };
}

/** Of several with one identity the last one counts, as for the server. */
function notCompared(locals: readonly Filed[]): Pick<RelationshipList, 'relationships' | 'kindOf'> {
  const kinds = new Map(
    locals.flatMap(({ identity, filed: { payload } }): [string, string][] =>
      identity.owner === 'table' && payload.sourceKind !== null
        ? [[identity.source, payload.sourceKind]]
        : [],
    ),
  );
  const kindOf: KindOf = (source) => kinds.get(source);
  const byKey = new Map(locals.map((local) => [identityKey(local.identity, kindOf), local]));
  const relationships = [...byKey.values()].map(
    ({ identity, filed }): ListedRelationship => ({
      identity,
      state: filed.payload.obstacle === null ? 'not-compared' : 'unreadable',
      local: filed,
      server: undefined,
      differences: [],
      consistency: undefined,
    }),
  );
  return { relationships, kindOf };
}

/** Whether the files and the server differ, or the server does not use what it has. */
export function isDifferent({ state, consistency }: ListedRelationship): boolean {
  return (
    state === 'changed' ||
    state === 'only-here' ||
    state === 'only-there' ||
    (consistency !== undefined && consistency.state !== 'consistent')
  );
}

/** The state in a person's words. */
export const stateTexts: Readonly<Record<RelationshipState, string>> = {
  same: localized`same`,
  changed: localized`changed`,
  'only-here': localized`only here`,
  'only-there': localized`only there`,
  unreadable: localized`can’t be compared`,
  'not-compared': localized`not compared`,
};

/** `changed, inconsistent` */
export function stateText({ state, consistency }: ListedRelationship): string {
  switch (consistency?.state) {
    case 'inconsistent':
      return localized`${stateTexts[state]}, inconsistent`;
    case 'not-checked':
      return localized`${stateTexts[state]}, not checked by the server`;
    default:
      return stateTexts[state];
  }
}

/** Those of the files, by where they are written. */
export function placedStates({ relationships }: RelationshipList): readonly PlacedState[] {
  return relationships.flatMap((each) => {
    const { local } = each;
    if (local === undefined) return [];
    const { start } = local.payload.range;
    return [{ uri: local.uri, start, text: stateText(each), isDifferent: isDifferent(each) }];
  });
}

/** `3 changed, 1 only here, 2 inconsistent`: those that differ, or are not used; empty when there are none. */
export function differencesSummary(relationships: readonly ListedRelationship[]): string {
  const count = (what: string, is: (each: ListedRelationship) => boolean): readonly string[] => {
    const number = relationships.filter(is).length;
    return number === 0 ? [] : [`${number} ${what}`];
  };
  return [
    ...(['changed', 'only-here', 'only-there', 'unreadable'] as const).flatMap((state) =>
      count(stateTexts[state], (each) => each.state === state),
    ),
    ...count(localized`inconsistent`, ({ consistency }) => consistency?.state === 'inconsistent'),
    ...count(localized`not checked by the server`, ({ consistency }) => consistency?.state === 'not-checked'),
  ].join(', ');
}

/** What a comparison has found, as it is told. */
export function comparisonText(
  { relationships, unidentified }: RelationshipList,
  project: string,
  host: string,
): string {
  const differing = differencesSummary(relationships);
  const same = relationships.filter((each) => each.state === 'same').length;
  const left =
    unidentified.length === 0 ? '' : localized` ${unidentified.length} of the files can’t be read yet.`;
  const pair = localized`${project} and ${host}`;
  if (relationships.length === 0)
    return localized`Neither ${project} nor ${host} has a remote relationship.${left}`;
  if (differing === '')
    return localized`${pair} have the same ${counted(same, 'remote relationship')}.${left}`;
  return localized`${pair} compared: ${differing}, ${same} same.${left}`;
}
