import { localized } from '../../localized.ts';
import {
  type CanonicalDefinition,
  type Difference,
  definitionDifferences,
  readDefinition,
  sameDefinition,
  writeDefinition,
} from '../document/definition.ts';
import { hasInexactNumber, isJsonObject, type Json, type JsonObject } from '../document/json.ts';
import type { ServerRelationship } from '../document/metadataDocument.ts';
import { identityKey, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import type { Consistency } from '../inconsistency/inconsistentObjects.ts';
import { attemptsFor, type Change, consistencyIn, definitionToSend } from './changes.ts';
import { ownerBlock, takenName } from './obstacles.ts';
import type { Block, Plan, PlanWarning } from './plan.ts';
import type { ServerState } from './serverState.ts';

/** A relationship as a file has it. */
export interface LocalRelationship {
  readonly identity: RelationshipIdentity;
  /** The `definition` of the item; of a flat request the object of its three keys. */
  readonly definition: Json;
  /** Names of the table's columns, where they are known: a relationship can't be named like one. */
  readonly columns?: readonly string[];
}

export type ApplyItem =
  | {
      readonly action: 'create' | 'update';
      readonly identity: RelationshipIdentity;
      /** What the server has now; `undefined` for `create`. */
      readonly now: ServerRelationship | undefined;
      /** What it will have. */
      readonly definition: JsonObject;
      readonly differences: readonly Difference[];
      readonly warnings: readonly PlanWarning[];
    }
  | {
      readonly action: 'in-place';
      readonly identity: RelationshipIdentity;
      readonly now: ServerRelationship;
      /** The same definition may still be inconsistent on the server. */
      readonly consistency: Consistency;
      readonly warnings: readonly PlanWarning[];
    }
  | {
      readonly action: 'blocked';
      readonly identity: RelationshipIdentity;
      readonly now: ServerRelationship | undefined;
      readonly block: Block;
    };

export interface ApplyOptions {
  /** Send the others when some are blocked; otherwise nothing is sent then. */
  readonly leaveOutBlocked?: boolean;
}

/**
 * What to send so that the server has these relationships as they are here: one request, or one `bulk` that does all or
 * nothing. Whether a relationship is created or updated is read from the server's metadata; sent is always `create`,
 * for `update` does not find an inconsistent relationship (spec 6.8).
 */
export function planApply(
  relationships: readonly LocalRelationship[],
  state: ServerState,
  options: ApplyOptions = {},
): Plan<ApplyItem> {
  const seen = new Set<string>();
  const items = relationships.map((relationship) => {
    const key = identityKey(relationship.identity, state.document.kindOf);
    if (seen.has(key)) {
      const message = localized`"${relationship.identity.name}" would be applied twice, from two places.`;
      return blocked(relationship, state, { code: 'duplicate', message });
    }
    seen.add(key);
    return planOne(relationship, state);
  });
  const stopped = options.leaveOutBlocked !== true && items.some(({ action }) => action === 'blocked');
  const changes = items.flatMap((item): Change[] =>
    item.action === 'create' || item.action === 'update'
      ? [{ identity: item.identity, before: item.now?.definition, after: item.definition }]
      : [],
  );
  return { items, changes, attempts: stopped ? [] : attemptsFor(changes, state, 'never') };
}

function blocked({ identity }: LocalRelationship, { document }: ServerState, block: Block): ApplyItem {
  return { action: 'blocked', identity, now: document.find(identity), block };
}

function planOne(local: LocalRelationship, state: ServerState): ApplyItem {
  const { identity } = local;
  const { kindOf } = state.document;
  const wanted = readDefinition(local.definition, kindOf);
  const definition = definitionToSend(identity, local.definition, state);
  const block =
    definitionBlock(local, wanted, definition) ?? ownerBlock(identity, state) ?? takenName(local, state);
  if (block !== undefined || wanted === undefined || definition === undefined) {
    return blocked(local, state, block ?? unreadable);
  }
  const now = state.document.find(identity);
  const consistency = consistencyIn(state, identity);
  if (now?.canonical !== undefined && sameDefinition(now.canonical, wanted)) {
    const warnings = otherFormWarnings(now, local.definition);
    return { action: 'in-place', identity, now, consistency, warnings };
  }
  return {
    action: now === undefined ? 'create' : 'update',
    identity,
    now,
    definition,
    differences: definitionDifferences(now?.canonical, wanted),
    warnings: [
      ...replacementWarnings(now, consistency, state),
      ...changedFormWarnings(local.definition, definition),
      ...otherFormWarnings(now, definition),
      ...targetWarnings(wanted, state),
    ],
  };
}

const unreadable: Block = {
  code: 'unreadable-definition',
  message: localized`The definition has none of the forms that a server accepts. Correct it first.`,
};

function definitionBlock(
  { identity, definition }: LocalRelationship,
  wanted: CanonicalDefinition | undefined,
  sent: JsonObject | undefined,
): Block | undefined {
  if (identity.name === '') return { code: 'empty-name', message: localized`The relationship has no name.` };
  if (wanted === undefined) return unreadable;
  if (hasInexactNumber(definition)) {
    const message = localized`A number in the definition is too long to be sent unchanged. Write it as a string.`;
    return { code: 'inexact-number', message };
  }
  if (sent !== undefined) return undefined;
  return {
    code: 'unsupported',
    message: localized`This server is older than version 2.1 and has no relationships to sources.`,
  };
}

function replacementWarnings(
  now: ServerRelationship | undefined,
  consistency: Consistency,
  { version }: ServerState,
): readonly PlanWarning[] {
  const warnings: PlanWarning[] = [];
  if (now !== undefined) {
    warnings.push({
      code: 'replaces',
      message: localized`The definition that the server has now is replaced.`,
    });
    if (now.canonical === undefined) {
      warnings.push({
        code: 'unreadable-now',
        message: localized`The server's present definition can't be read.`,
      });
    }
  }
  if (consistency.state === 'inconsistent') {
    const message = localized`It is inconsistent on the server now: ${consistency.reasons.join(', ')}.`;
    warnings.push({ code: 'inconsistent-now', message });
    if (!version.atLeast(2, 46)) {
      const unchecked = localized`A server of version ${version.text} accepts any definition for it unchecked; it is checked afterwards.`;
      warnings.push({ code: 'unchecked', message: unchecked });
    }
  }
  if (consistency.state === 'not-checked') {
    const message = localized`Its owner is inconsistent on the server (${consistency.reasons.join(', ')}), so the server does not check it.`;
    warnings.push({ code: 'unchecked', message });
  }
  return warnings;
}

function changedFormWarnings(written: Json, sent: JsonObject): readonly PlanWarning[] {
  if (isLegacy(written) === isLegacy(sent)) return [];
  const form = isLegacy(sent) ? 'legacy' : 'unified';
  const message = localized`The server accepts only the ${form} form for it, so it is sent in that form.`;
  return [{ code: 'form-changed', message }];
}

function otherFormWarnings(now: ServerRelationship | undefined, definition: Json): readonly PlanWarning[] {
  if (now?.canonical?.target !== 'remote-schema' || isLegacy(now.definition) === isLegacy(definition))
    return [];
  const message = localized`The server has it in the ${isLegacy(now.definition) ? 'legacy' : 'unified'} form.`;
  return [{ code: 'other-form', message }];
}

function isLegacy(definition: Json): boolean {
  return isJsonObject(definition) && (definition['remote_schema'] ?? null) !== null;
}

function targetWarnings(wanted: CanonicalDefinition, { document }: ServerState): readonly PlanWarning[] {
  const missing = (what: string): readonly PlanWarning[] => [
    { code: 'missing-target', message: localized`The server has no ${what}; it will refuse.` },
  ];
  if (wanted.target === 'remote-schema') {
    return document.remoteSchemas.has(wanted.remoteSchema)
      ? []
      : missing(localized`remote schema "${wanted.remoteSchema}"`);
  }
  if (!document.sources.has(wanted.source)) return missing(localized`source "${wanted.source}"`);
  return document.table(wanted.source, wanted.table) === undefined
    ? missing(localized`tracked table of that name in source "${wanted.source}"`)
    : [];
}

/** The definition as it is shown beside the server's: canonical, so that only what differs differs. */
export function shownDefinition(definition: Json, state: ServerState): Json {
  const canonical = readDefinition(definition, state.document.kindOf);
  return canonical === undefined ? definition : writeDefinition(canonical);
}
