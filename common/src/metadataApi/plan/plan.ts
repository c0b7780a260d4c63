import { type Json, type JsonPath, member } from '../document/json.ts';
import type { RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { requestPlace } from '../http/serverError.ts';
import type { Attempt, Change } from './changes.ts';

/** Why nothing can be sent for a relationship. */
export type BlockCode =
  | 'unreadable-definition'
  | 'inexact-number'
  | 'empty-name'
  | 'invalid-name'
  | 'duplicate'
  | 'unknown-source'
  | 'table-name-form'
  | 'untracked-table'
  | 'unknown-remote-schema'
  | 'owner-inconsistent'
  | 'name-taken'
  | 'unsupported'
  | 'changed-since'
  | 'no-safe-way';

export interface Block {
  readonly code: BlockCode;
  /** For the person who asked, a whole sentence. */
  readonly message: string;
}

export interface PlanWarning {
  readonly code: /** Another definition of that name is on the server and goes. */
    | 'replaces'
    /** The server has it in the other form; both mean the same. */
    | 'other-form'
    /** It is sent in another form than it is written in. */
    | 'form-changed'
    | 'inconsistent-now'
    /** The server will take it without a check. */
    | 'unchecked'
    | 'missing-target'
    | 'used-in-queries'
    | 'replaces-all-metadata'
    | 'unreadable-now';
  readonly message: string;
}

/** What will be sent, shown before anything is. */
export interface Plan<Item> {
  /** One for each relationship asked for, in that order. */
  readonly items: readonly Item[];
  readonly changes: readonly Change[];
  /**
   * The ways to do it, the first to be tried first and each next one only when the server has refused the one before.
   * Empty: there is nothing to send, because nothing would change or something is blocked.
   */
  readonly attempts: readonly Attempt[];
}

/** A plan's items that say why they can't be carried out. */
export function blockedItems<Item extends { readonly action: string }>(
  plan: Plan<Item>,
): readonly Extract<Item, { readonly action: 'blocked' }>[] {
  return plan.items.filter(
    (item): item is Extract<Item, { readonly action: 'blocked' }> => item.action === 'blocked',
  );
}

/** The relationship that an error is about, and the keys below the `args` of its request. */
export function relationshipOfError(
  plan: Plan<unknown>,
  attempt: Attempt,
  keys: JsonPath | undefined,
): { readonly identity: RelationshipIdentity; readonly argumentKeys: JsonPath } | undefined {
  if (attempt.replacesAllMetadata) return undefined;
  const place = requestPlace(keys);
  const item = place?.items[0];
  const only = plan.changes.length === 1 ? 0 : -1;
  const change = plan.changes[item === undefined ? only : (attempt.changeOfItem[item] ?? -1)];
  return change && { identity: change.identity, argumentKeys: place?.argumentKeys ?? [] };
}

/**
 * Where in a metadata item, written with this definition, the keys of a request's `args` stand: a request may have had
 * the other form, and its lists of fields another order.
 */
export function keysInItem(argumentKeys: JsonPath, written: Json): JsonPath {
  const [first, ...below] = argumentKeys;
  if (first === 'name') return ['name'];
  const flat = first === 'remote_schema' || first === 'hasura_fields' || first === 'remote_field';
  if (!flat && first !== 'definition') return [];
  const inside = flat ? argumentKeys : below[0] === 'to_remote_schema' ? below.slice(1) : undefined;
  if (inside === undefined) return ['definition', ...below];
  const legacy = member(written, 'remote_schema') !== undefined;
  const [key, ...rest] = inside;
  const owner = legacy ? ['definition'] : ['definition', 'to_remote_schema'];
  if (key === 'lhs_fields' || key === 'hasura_fields')
    return [...owner, legacy ? 'hasura_fields' : 'lhs_fields'];
  return key === undefined ? owner : [...owner, key, ...rest];
}
