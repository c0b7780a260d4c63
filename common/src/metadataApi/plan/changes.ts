import { type Command, modifyAll, relationshipRequest, replaceMetadata } from '../document/commands.ts';
import { readDefinition, writeDefinition } from '../document/definition.ts';
import {
  hasInexactNumber,
  isJsonObject,
  type Json,
  type JsonObject,
  type JsonPath,
  listMember,
  textMember,
  withValueAt,
} from '../document/json.ts';
import { type MetadataDocument, readMetadataDocument } from '../document/metadataDocument.ts';
import type { RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { isDataConnector } from '../document/sourceKinds.ts';
import { type Consistency, consistencyOf } from '../inconsistency/inconsistentObjects.ts';
import type { ServerState } from './serverState.ts';

/** One relationship before and after; `undefined`: not there. Definitions are those of a metadata item (spec 2.1). */
export interface Change {
  readonly identity: RelationshipIdentity;
  readonly before: Json | undefined;
  readonly after: JsonObject | undefined;
}

/** A command that carries out all changes or none, and which change each of its requests is about. */
export interface Attempt {
  readonly command: Command;
  /**
   * By item of the `bulk`, the index of its change: where an error lies. One item for a command that is no `bulk`;
   * none when all metadata is replaced.
   */
  readonly changeOfItem: readonly number[];
  readonly replacesAllMetadata: boolean;
}

export function consistencyIn(state: ServerState, identity: RelationshipIdentity): Consistency {
  return consistencyOf(identity, state.inconsistent, state.document.kindOf);
}

/** When all metadata may be replaced, if the server refuses the commands: see `attemptsFor`. */
export type Replacing = 'never' | 'when-inconsistent' | 'always';

/**
 * The ways to carry out the changes, the gentlest first. The next one may be tried only after the server has refused
 * the one before. Replacing all metadata is the last, for relationships that the server holds inconsistent and so
 * neither finds nor takes by a command (spec 6.8). None: there is no safe way.
 */
export function attemptsFor(
  changes: readonly Change[],
  state: ServerState,
  replacing: Replacing,
): readonly Attempt[] {
  if (changes.length === 0) return [];
  const attempts: Attempt[] = [];
  const { resourceVersion } = state.document;
  // Removals first: they free names.
  const ordered = [...changes.entries()].sort(([, a], [, b]) => rank(a) - rank(b));
  const requests = ordered.map(([index, change]) => ({ index, own: requestsFor(change, state) }));
  if (requests.every(({ own }) => own.length > 0)) {
    attempts.push({
      command: modifyAll(
        requests.flatMap(({ own }) => own),
        resourceVersion,
      ),
      changeOfItem: requests.flatMap(({ index, own }) => own.map(() => index)),
      replacesAllMetadata: false,
    });
  }
  const mayReplace =
    replacing === 'always' ||
    (replacing === 'when-inconsistent' && changes.some((change) => isHidden(change, state)));
  const metadata = mayReplace ? changedMetadata(state.document, changes) : undefined;
  if (metadata !== undefined && resourceVersion !== undefined && !hasInexactNumber(metadata)) {
    attempts.push({
      command: replaceMetadata(metadata, resourceVersion),
      changeOfItem: [],
      replacesAllMetadata: true,
    });
  }
  return attempts;
}

/** Whether the server's commands don't find what is to be changed. Those for remote schemas find everything. */
function isHidden({ identity }: Change, state: ServerState): boolean {
  return identity.owner === 'table' && consistencyIn(state, identity).state !== 'consistent';
}

function rank(change: Change): number {
  if (change.after === undefined) return 0;
  return change.identity.owner === 'table' ? 1 : 2;
}

/** The requests for one change in order; none when commands can't do it. Creating replaces what is there (spec 6.3). */
function requestsFor(change: Change, state: ServerState): readonly JsonObject[] {
  const { identity, after } = change;
  const kind = identity.owner === 'table' ? state.document.kindOf(identity.source) : undefined;
  const consistency = consistencyIn(state, identity).state;
  if (identity.owner === 'table' && consistency === 'not-checked') return [];
  if (after !== undefined) return [relationshipRequest('create', identity, kind, after)];
  const removal = relationshipRequest('delete', identity, kind);
  if (identity.owner === 'remote-schema' || consistency === 'consistent') return [removal];
  const standIn = standInFor(identity, kind, state);
  return standIn === undefined ? [] : [standIn, removal];
}

/**
 * A command that puts something valid in the place of an inconsistent relationship of a table, which the server does
 * not find otherwise: its own table, joined on nothing.
 */
function standInFor(
  identity: RelationshipIdentity,
  kind: string | undefined,
  { version }: ServerState,
): JsonObject | undefined {
  if (identity.owner !== 'table' || kind === undefined || !version.atLeast(2, 1)) return undefined;
  if (kind === 'mssql' && !version.atLeast(2, 6)) return undefined;
  if (isDataConnector(kind) && !version.atLeast(2, 21)) return undefined;
  const { source, table } = identity;
  return relationshipRequest('create', identity, kind, {
    to_source: { relationship_type: 'object', source, table, field_mapping: {} },
  });
}

/** The document with the changes made; `undefined` when an owner is not in it. */
export function changedMetadata(
  document: MetadataDocument,
  changes: readonly Change[],
): JsonObject | undefined {
  let current: MetadataDocument | undefined = document;
  for (const change of changes) {
    const changed = withChange(current, change);
    current = isJsonObject(changed) ? readMetadataDocument(changed) : undefined;
    if (current === undefined) return undefined;
  }
  return current.metadata;
}

function withChange(document: MetadataDocument, change: Change): Json | undefined {
  const { identity, after } = change;
  const found = document.find(identity);
  const item = after && { name: identity.name, definition: after };
  if (found !== undefined) {
    if (item !== undefined) return withValueAt(document.metadata, found.path, item);
    return withoutItem(document.metadata, found.path);
  }
  if (item === undefined) return document.metadata;
  if (identity.owner === 'table') {
    const table = document.table(identity.source, identity.table);
    return table && withItem(document.metadata, table.path, 'remote_relationships', item);
  }
  const path = document.remoteSchemaPath(identity.remoteSchema);
  if (path === undefined) return undefined;
  const types = listMember(valueAt(document.metadata, path), 'remote_relationships');
  const type = types.findLastIndex((entry) => textMember(entry, 'type_name') === identity.typeName);
  return type < 0
    ? withItem(document.metadata, path, 'remote_relationships', {
        type_name: identity.typeName,
        relationships: [item],
      })
    : withItem(document.metadata, [...path, 'remote_relationships', type], 'relationships', item);
}

function withItem(root: Json, owner: JsonPath, list: string, item: Json): Json {
  const items = listMember(valueAt(root, owner), list);
  return withValueAt(root, [...owner, list], [...items, item]);
}

function withoutItem(root: Json, path: JsonPath): Json {
  const owner = path.slice(0, -2);
  const list = String(path.at(-2));
  const items = listMember(valueAt(root, owner), list);
  return withValueAt(
    root,
    [...owner, list],
    items.filter((_, index) => index !== path.at(-1)),
  );
}

function valueAt(root: Json, path: JsonPath): Json | undefined {
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value as Json | undefined;
}

/**
 * The definition in the form to send to this server (spec 10.1): 2.1.0 refuses the legacy form, older servers know no
 * other, and relationships of remote schemas have no legacy form. `undefined` when the server knows no form for it.
 */
export function definitionToSend(
  identity: RelationshipIdentity,
  definition: Json,
  state: ServerState,
): JsonObject | undefined {
  const canonical = readDefinition(definition, state.document.kindOf);
  if (canonical === undefined) return undefined;
  const { version } = state;
  if (!version.atLeast(2, 1)) {
    return canonical.target === 'source' ? undefined : writeDefinition(canonical, 'legacy');
  }
  const onlyUnified = identity.owner === 'remote-schema' || !version.atLeast(2, 1, 1);
  return onlyUnified ? writeDefinition(canonical, 'unified') : writeDefinition(canonical);
}
