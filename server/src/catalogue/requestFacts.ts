import { backendOf } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import type { OtherRequest } from '../metadata/relationship.ts';
import { booleanMember, memberOf, stringMember } from '../schema/nodeReading.ts';
import { type TableName, tableNameOf } from '../schema/tableName.ts';
import type { Location } from '../syntax/location.ts';
import { nodeLocation } from '../syntax/location.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentRequests } from './catalogueInput.ts';

/**
 * What metadata requests would add once they are sent. The order of sending is not known, so what is removed or changed
 * is neither there nor absent.
 */
export interface RequestFacts {
  /** Requests that replace or clear the metadata: nothing that is missing can be called absent. */
  readonly replacesMetadata: boolean;
  readonly sources: ReadonlyMap<string, RequestedSource>;
  readonly remoteSchemas: ReadonlyMap<string, Location>;
  /** Remote schemas that are removed or get another definition: what they have is not known. */
  readonly changedRemoteSchemas: ReadonlySet<string>;
}

export interface RequestedSource {
  /** Added or renamed here: its tables are not known. */
  added: Location | undefined;
  kind: string | undefined;
  /** SQL runs on it that may change tables and columns. */
  runsSql: boolean;
  readonly tables: { readonly name: TableName; readonly location: Location }[];
  readonly computedFields: {
    readonly table: TableName;
    readonly name: string;
    readonly location: Location;
  }[];
  /** Relationships and computed fields that are dropped or get another name. */
  readonly removed: { readonly table: TableName; readonly name: string }[];
  /** Tables that get another configuration, or are untracked: then all that is on them is dropped. */
  readonly changed: { readonly table: TableName; readonly isUntracked: boolean }[];
}

export const noRequestFacts: RequestFacts = {
  replacesMetadata: false,
  sources: new Map(),
  remoteSchemas: new Map(),
  changedRemoteSchemas: new Set(),
};

const command = {
  trackTable: /^(?:.+_)?track_table$|^add_existing_table_or_view$/,
  trackTables: /^(?:.+_)?track_tables$/,
  changeTable:
    /^(?:.+_)?(?:set_table_customization|set_table_custom_fields|set_table_is_enum|untrack_table)$/,
  untrackTables: /^(?:.+_)?untrack_tables$/,
  addSource: /^(?:(.+)_)?add_source$/,
  renameSource: /^rename_source$/,
  runSql: /^(?:.+_)?run_sql$/,
  addComputedField: /^(?:.+_)?add_computed_field$/,
  addRemoteSchema: /^add_remote_schema$/,
  changeRemoteSchema: /^(?:update|remove)_remote_schema$/,
  dropSource: /^(?:.+_)?drop_source$/,
  removeName: /^(?:.+_)?(?:drop_relationship|rename_relationship|drop_computed_field)$/,
  replaceMetadata: /^(?:replace|clear|import)_metadata$/,
} as const;

/** Reads all requests; one that is half-written adds what can be read of it. */
export function readRequestFacts(documents: readonly DocumentRequests[]): RequestFacts {
  const sources = new Map<string, RequestedSource>();
  const remoteSchemas = new Map<string, Location>();
  const changedRemoteSchemas = new Set<string>();
  let replacesMetadata = false;

  const sourceNamed = (name: string): RequestedSource => {
    const known = sources.get(name);
    if (known !== undefined) return known;
    const made = {
      added: undefined,
      kind: undefined,
      runsSql: false,
      tables: [],
      computedFields: [],
      removed: [],
      changed: [],
    };
    sources.set(name, made);
    return made;
  };
  const sourceOf = (args: SyntaxNode) => sourceNamed(stringMember(args, 'source') ?? 'default');
  const track = (uri: string, args: SyntaxNode) => {
    const node = memberOf(args, 'table') ?? args;
    const name = tableNameOf(node);
    if (name !== undefined) sourceOf(args).tables.push({ name, location: nodeLocation(uri, node) });
  };
  const change = (args: SyntaxNode, isUntracked: boolean) => {
    const table = tableNameOf(memberOf(args, 'table') ?? args);
    if (table !== undefined) sourceOf(args).changed.push({ table, isUntracked });
  };
  const addSource = (uri: string, node: SyntaxNode | undefined, kind: string | undefined) => {
    if (typeof node?.value !== 'string') return;
    const source = sourceNamed(node.value);
    source.added = nodeLocation(uri, node);
    source.kind = kind;
  };

  const read = (uri: string, request: OtherRequest) => {
    const { args } = request;
    const type = request.type.value;
    if (command.replaceMetadata.test(type)) replacesMetadata = true;
    if (args === undefined) return;
    const addedSource = command.addSource.exec(type);
    if (command.trackTable.test(type)) track(uri, args);
    else if (command.trackTables.test(type)) {
      for (const item of memberOf(args, 'tables')?.children ?? []) track(uri, item);
    } else if (command.changeTable.test(type)) change(args, type.endsWith('untrack_table'));
    else if (command.untrackTables.test(type)) {
      for (const item of memberOf(args, 'tables')?.children ?? []) change(item, true);
    } else if (addedSource !== null) {
      addSource(uri, memberOf(args, 'name'), kindOfPrefix(addedSource[1]));
    } else if (command.dropSource.test(type)) addSource(uri, memberOf(args, 'name'), undefined);
    else if (command.renameSource.test(type)) addSource(uri, memberOf(args, 'new_name'), undefined);
    else if (command.runSql.test(type)) {
      if (booleanMember(args, 'read_only') !== true) sourceOf(args).runsSql = true;
    } else if (command.addComputedField.test(type)) {
      const tableNode = memberOf(args, 'table');
      const table = tableNode && tableNameOf(tableNode);
      const name = memberOf(args, 'name');
      if (table !== undefined && typeof name?.value === 'string') {
        sourceOf(args).computedFields.push({ table, name: name.value, location: nodeLocation(uri, name) });
      }
    } else if (command.removeName.test(type)) {
      const tableNode = memberOf(args, 'table');
      const table = tableNode && tableNameOf(tableNode);
      const name = stringMember(args, 'relationship') ?? stringMember(args, 'name');
      if (table !== undefined && name !== undefined) sourceOf(args).removed.push({ table, name });
    } else if (command.changeRemoteSchema.test(type)) {
      const name = stringMember(args, 'name');
      if (name !== undefined) changedRemoteSchemas.add(name);
    } else if (command.addRemoteSchema.test(type)) {
      const name = memberOf(args, 'name');
      if (typeof name?.value === 'string') remoteSchemas.set(name.value, nodeLocation(uri, name));
    }
  };

  for (const { uri, requests } of documents) {
    for (const request of requests) read(uri, request);
  }
  return { replacesMetadata, sources, remoteSchemas, changedRemoteSchemas };
}

/** The kind of source a command's prefix adds; every data connector's name is taken for every connector. */
function kindOfPrefix(prefix: string | undefined): string | undefined {
  if (prefix === undefined) return undefined;
  const backend = backendOf(prefix);
  return backend === 'data-connector' ? undefined : backend;
}
