import { localized } from '../../localized.ts';
import { sameWrittenDefinition } from '../document/definition.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  listMember,
  member,
  textMember,
} from '../document/json.ts';
import type { ServerRelationship } from '../document/metadataDocument.ts';
import { identityText, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { attemptsFor, type Change, definitionToSend } from './changes.ts';
import { ownerBlock } from './obstacles.ts';
import type { Block, Plan } from './plan.ts';
import type { ServerState } from './serverState.ts';

/** What a journal keeps of a change to a server, so that it can be undone after a restart. Plain JSON. */
export interface UndoEntry {
  readonly endpoint: string;
  /** ISO 8601 */
  readonly at: string;
  readonly verb: 'apply' | 'delete' | 'rename';
  readonly changes: readonly UndoChange[];
}

export interface UndoChange {
  readonly identity: RelationshipIdentity;
  /** What the server had; `null`: nothing. */
  readonly before: Json;
  readonly after: Json;
}

/** A change by its kind, as people call it. */
export function changeText(verb: UndoEntry['verb']): string {
  return { apply: localized`apply`, delete: localized`delete`, rename: localized`rename` }[verb];
}

/** To be kept before the changes are sent: then nothing is lost, whatever happens. */
export function undoEntry(
  verb: UndoEntry['verb'],
  endpoint: string,
  at: string,
  changes: readonly Change[],
): UndoEntry {
  return {
    endpoint,
    at,
    verb,
    changes: changes.map(({ identity, before, after }) => ({
      identity,
      before: before ?? null,
      after: after ?? null,
    })),
  };
}

/** Reads an entry back from wherever it was kept; `undefined` when it is none. */
export function readUndoEntry(value: unknown): UndoEntry | undefined {
  const json = value as Json;
  const endpoint = textMember(json, 'endpoint');
  const at = textMember(json, 'at');
  const verb = (['apply', 'delete', 'rename'] as const).find((each) => each === textMember(json, 'verb'));
  const changes = listMember(json, 'changes').map(readUndoChange);
  const readable = changes.filter((change) => change !== undefined);
  if (endpoint === undefined || at === undefined || verb === undefined) return undefined;
  return readable.length === changes.length ? { endpoint, at, verb, changes: readable } : undefined;
}

function readUndoChange(value: Json): UndoChange | undefined {
  const identity = member(value, 'identity');
  const name = textMember(identity, 'name');
  if (name === undefined) return undefined;
  const before = member(value, 'before') ?? null;
  const after = member(value, 'after') ?? null;
  const source = textMember(identity, 'source');
  const table = member(identity, 'table');
  if (source !== undefined && table !== undefined) {
    return { identity: { owner: 'table', source, table, name }, before, after };
  }
  const remoteSchema = textMember(identity, 'remoteSchema');
  const typeName = textMember(identity, 'typeName');
  if (remoteSchema === undefined || typeName === undefined) return undefined;
  return { identity: { owner: 'remote-schema', remoteSchema, typeName, name }, before, after };
}

export type UndoItem =
  | {
      readonly action: 'restore';
      readonly identity: RelationshipIdentity;
      readonly now: ServerRelationship | undefined;
      /** `undefined`: it goes. */
      readonly definition: JsonObject | undefined;
    }
  /** The server has what it had before. */
  | { readonly action: 'in-place'; readonly identity: RelationshipIdentity }
  | { readonly action: 'blocked'; readonly identity: RelationshipIdentity; readonly block: Block };

/**
 * What to send so that the server has again what it had. What someone has changed since is left alone (`changed-since`),
 * unless `overwrite` says otherwise.
 */
export function planUndo(entry: UndoEntry, state: ServerState, overwrite = false): Plan<UndoItem> {
  const items = [...entry.changes].reverse().map((change) => undoOne(change, state, overwrite));
  const changes = items.flatMap((item): Change[] =>
    item.action === 'restore'
      ? [{ identity: item.identity, before: item.now?.definition, after: item.definition }]
      : [],
  );
  const stopped = items.some(({ action }) => action === 'blocked');
  return { items, changes, attempts: stopped ? [] : attemptsFor(changes, state, 'always') };
}

function undoOne(change: UndoChange, state: ServerState, overwrite: boolean): UndoItem {
  const { identity } = change;
  const now = state.document.find(identity);
  const { kindOf } = state.document;
  const same = (definition: Json) => sameWrittenDefinition(now?.definition ?? null, definition, kindOf);
  if (same(change.before)) return { action: 'in-place', identity };
  if (!overwrite && !same(change.after)) {
    const message = localized`${identityText(identity, kindOf)} has been changed on the server since.`;
    return { action: 'blocked', identity, block: { code: 'changed-since', message } };
  }
  const block = ownerBlock(identity, state);
  if (block !== undefined && block.code !== 'owner-inconsistent')
    return { action: 'blocked', identity, block };
  if (!isJsonObject(change.before)) return { action: 'restore', identity, now, definition: undefined };
  const definition = definitionToSend(identity, change.before, state);
  if (definition !== undefined) return { action: 'restore', identity, now, definition };
  const message = localized`The definition that the server had can't be sent to it any more.`;
  return { action: 'blocked', identity, block: { code: 'unreadable-definition', message } };
}
