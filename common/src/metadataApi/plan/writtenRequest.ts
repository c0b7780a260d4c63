import { localized } from '../../localized.ts';
import { deepestBulk, isBulk, isReadOnly, readRelationshipCommand } from '../document/commands.ts';
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type JsonPath,
  member,
  textMember,
} from '../document/json.ts';
import { identityKey, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { readBulkAnswer, type ServerError } from '../http/serverError.ts';
import type { Change } from './changes.ts';
import type { ServerState } from './serverState.ts';

/** What a request that a person wrote is about: read from it before it is sent as it stands, and from its answer. */

/** The single requests in it, in order: itself, or what its bulks hold. */
function singleRequests(request: Json, depth = 0): readonly Json[] {
  const items = member(request, 'args');
  if (depth > deepestBulk || !holdsOthers(request) || !isJsonArray(items)) return [request];
  return items.flatMap((item) => singleRequests(item, depth + 1));
}

function holdsOthers(request: Json): boolean {
  return isBulk(textMember(request, 'type') ?? '');
}

/** Its commands, each once, with how often: `pg_create_remote_relationship`, `reload_metadata (2 times)`. */
export function commandsIn(request: Json): readonly string[] {
  const counts = new Map<string, number>();
  for (const single of singleRequests(request)) {
    const type = textMember(single, 'type') ?? localized`a request without a type`;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => (count === 1 ? type : localized`${type} (${count} times)`));
}

/** What it takes away and nobody brings back by itself, a sentence for each. */
export function dangersIn(request: Json): readonly string[] {
  return [...new Set(singleRequests(request).flatMap(dangersOf))];
}

function dangersOf(request: Json): readonly string[] {
  const type = textMember(request, 'type') ?? '';
  const args = member(request, 'args');
  if (readRelationshipCommand(type) !== undefined) return [];
  const dangers: string[] = [];
  if (type === 'replace_metadata' || type === 'import_metadata') {
    dangers.push(localized`${type} replaces all metadata of the server.`);
  } else if (type === 'clear_metadata') {
    dangers.push(localized`clear_metadata removes all metadata of the server.`);
  } else if (type === 'drop_inconsistent_metadata') {
    dangers.push(
      localized`drop_inconsistent_metadata removes everything that is inconsistent: if a source or remote schema can’t be reached, everything that belongs to it.`,
    );
  } else if (type === 'update_remote_schema') {
    const name = textMember(args, 'name') ?? '';
    dangers.push(
      localized`update_remote_schema drops the relationships of all types of remote schema "${name}" that are not created again after it.`,
    );
  } else if (/(?:^|_)run_sql$/.test(type)) {
    if (member(args, 'read_only') !== true) {
      dangers.push(localized`${type} runs SQL in the database: what it changes can’t be undone from here.`);
    }
  } else if (/(?:^|_)(?:drop|remove|delete|untrack)_/.test(type)) {
    dangers.push(localized`${type} removes something from the server.`);
  }
  if (member(args, 'cascade') === true)
    dangers.push(localized`${type} also removes what depends on it (cascade).`);
  return dangers;
}

export interface WrittenChanges {
  /** One for each relationship, from what the server has to what it would have after all of the request. */
  readonly changes: readonly Change[];
  /** The request does nothing else: undoing the changes undoes it. */
  readonly complete: boolean;
}

/** What a request would do to relationships. Parts that can't be read are left to the server to refuse. */
export function relationshipChanges(request: Json, { document }: ServerState): WrittenChanges {
  const changes = new Map<string, Change>();
  let complete = true;
  for (const single of singleRequests(request)) {
    const command = readRelationshipCommand(textMember(single, 'type') ?? '');
    if (command === undefined) {
      complete &&= isReadOnly(single);
      continue;
    }
    const args = member(single, 'args');
    const identity = identityIn(args, command.owner);
    const after = command.verb === 'delete' ? undefined : definitionIn(args);
    if (identity === undefined || (command.verb !== 'delete' && after === undefined)) continue;
    const key = identityKey(identity, document.kindOf);
    const before = changes.get(key)?.before ?? document.find(identity)?.definition;
    changes.set(key, { identity, before, after });
  }
  return {
    changes: [...changes.values()].filter(({ before, after }) => before !== undefined || after !== undefined),
    complete,
  };
}

function identityIn(
  args: Json | undefined,
  owner: RelationshipIdentity['owner'],
): RelationshipIdentity | undefined {
  const name = textMember(args, 'name');
  if (name === undefined) return undefined;
  if (owner === 'table') {
    const table = member(args, 'table');
    return table === undefined
      ? undefined
      : { owner, source: textMember(args, 'source') ?? 'default', table, name };
  }
  const remoteSchema = textMember(args, 'remote_schema');
  const typeName = textMember(args, 'type_name');
  return remoteSchema === undefined || typeName === undefined
    ? undefined
    : { owner, remoteSchema, typeName, name };
}

/** The definition as a metadata item would have it: a flat one is an object of its keys. */
function definitionIn(args: Json | undefined): JsonObject | undefined {
  const definition = member(args, 'definition');
  if (definition !== undefined) return isJsonObject(definition) ? definition : undefined;
  const flat = ['remote_schema', 'hasura_fields', 'remote_field'].flatMap((key): [string, Json][] => {
    const value = member(args, key);
    return value === undefined ? [] : [[key, value]];
  });
  return flat.length === 3 ? Object.fromEntries(flat) : undefined;
}

/** An error and where below the request it lies. */
export interface PlacedError {
  readonly error: ServerError;
  readonly keys: JsonPath;
}

/** Where below the request the error of a refusal lies: servers leave the level `args` out on `/v2/query`. */
export function placeBelowRequest({ keys = [] }: ServerError): JsonPath {
  return typeof keys[0] === 'number' ? ['args', ...keys] : keys;
}

/** Errors inside an answer that says yes: those of `bulk_keep_going`, whose paths begin at the item. */
export function errorsInAnswer(request: Json, answer: Json): readonly PlacedError[] {
  const items = member(request, 'args');
  if (!holdsOthers(request) || !isJsonArray(items)) return [];
  return (readBulkAnswer(answer) ?? []).flatMap((item, index): readonly PlacedError[] => {
    if (item.outcome === 'refused') {
      return [{ error: item.error, keys: ['args', index, ...placeBelowRequest(item.error)] }];
    }
    return errorsInAnswer(items[index] ?? null, item.answer).map(({ error, keys }) => ({
      error,
      keys: ['args', index, ...keys],
    }));
  });
}
