import { type CanonicalDefinition, readDefinition } from './definition.ts';
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type JsonPath,
  listMember,
  member,
  textMember,
} from './json.ts';
import { identityKey, type KindOf, type RelationshipIdentity } from './relationshipIdentity.ts';
import { sourceKind } from './sourceKinds.ts';
import { tableKey } from './tableName.ts';

/** A relationship as the server's metadata has it. */
export interface ServerRelationship {
  readonly identity: RelationshipIdentity;
  /** As exported. */
  readonly definition: Json;
  /** `undefined` when it can't be read: no server writes such a one. */
  readonly canonical: CanonicalDefinition | undefined;
  /** Of the item `{name, definition}` in the metadata. */
  readonly path: JsonPath;
}

/** A tracked table of a source. */
export interface ServerTable {
  readonly entry: JsonObject;
  readonly path: JsonPath;
}

/** Exported metadata (spec 1.1), read for its relationships. */
export interface MetadataDocument {
  /** `undefined` in an export of version 1. */
  readonly resourceVersion: number | undefined;
  readonly metadata: JsonObject;
  /** Kinds of the sources by name, in order. */
  readonly sources: ReadonlyMap<string, string>;
  readonly remoteSchemas: ReadonlySet<string>;
  readonly relationships: readonly ServerRelationship[];
  readonly kindOf: KindOf;
  find(identity: RelationshipIdentity): ServerRelationship | undefined;
  table(source: string, table: Json): ServerTable | undefined;
  /** The tracked tables of a source. */
  tablesOf(source: string): readonly ServerTable[];
  /** Path of the entry of a remote schema; of two with one name that of the later one. */
  remoteSchemaPath(name: string): JsonPath | undefined;
}

/** Reads an `export_metadata` answer of either version, or a metadata document itself. */
export function readMetadataDocument(json: Json): MetadataDocument | undefined {
  const inner = member(json, 'metadata');
  const metadata = isJsonObject(inner) ? inner : json;
  if (!isJsonObject(metadata)) return undefined;
  if (!isJsonArray(member(metadata, 'sources')) && !isJsonArray(member(metadata, 'tables'))) return undefined;
  const resourceVersion = metadata === inner ? member(json, 'resource_version') : undefined;
  return new Document(metadata, typeof resourceVersion === 'number' ? resourceVersion : undefined);
}

class Document implements MetadataDocument {
  readonly resourceVersion: number | undefined;
  readonly metadata: JsonObject;
  readonly sources = new Map<string, string>();
  readonly remoteSchemas: ReadonlySet<string>;
  readonly kindOf: KindOf = (source) => this.sources.get(source);
  readonly #tables = new Map<string, Map<string, ServerTable>>();
  readonly #relationships = new Map<string, ServerRelationship>();
  readonly #remoteSchemaPaths = new Map<string, JsonPath>();

  constructor(metadata: JsonObject, resourceVersion: number | undefined) {
    this.metadata = metadata;
    this.resourceVersion = resourceVersion;
    // Kinds first: a definition may point to a source further below.
    const sources = member(metadata, 'sources');
    if (isJsonArray(sources)) {
      for (const source of sources) {
        const name = textMember(source, 'name');
        if (name !== undefined) this.sources.set(name, sourceKind(member(source, 'kind')));
      }
      for (const [index, source] of sources.entries()) {
        const name = textMember(source, 'name');
        if (name !== undefined) this.#readTables(name, source, ['sources', index]);
      }
    } else {
      this.sources.set('default', 'postgres');
      this.#readTables('default', metadata, []);
    }
    for (const [index, remoteSchema] of listMember(metadata, 'remote_schemas').entries()) {
      this.#readRemoteSchema(remoteSchema, ['remote_schemas', index]);
    }
    this.remoteSchemas = new Set(this.#remoteSchemaPaths.keys());
  }

  get relationships(): readonly ServerRelationship[] {
    return [...this.#relationships.values()];
  }

  find(identity: RelationshipIdentity): ServerRelationship | undefined {
    return this.#relationships.get(identityKey(identity, this.kindOf));
  }

  table(source: string, table: Json): ServerTable | undefined {
    return this.#tables.get(source)?.get(tableKey(this.kindOf(source), table));
  }

  tablesOf(source: string): readonly ServerTable[] {
    return [...(this.#tables.get(source)?.values() ?? [])];
  }

  remoteSchemaPath(name: string): JsonPath | undefined {
    return this.#remoteSchemaPaths.get(name);
  }

  #readTables(source: string, owner: Json, path: JsonPath): void {
    const tables = new Map<string, ServerTable>();
    this.#tables.set(source, tables);
    for (const [index, entry] of listMember(owner, 'tables').entries()) {
      const table = member(entry, 'table');
      if (!isJsonObject(entry) || table === undefined) continue;
      const tablePath = [...path, 'tables', index];
      tables.set(tableKey(this.kindOf(source), table), { entry, path: tablePath });
      for (const [item, relationship] of listMember(entry, 'remote_relationships').entries()) {
        this.#add(relationship, [...tablePath, 'remote_relationships', item], (name) => ({
          owner: 'table',
          source,
          table,
          name,
        }));
      }
    }
  }

  #readRemoteSchema(entry: Json, path: JsonPath): void {
    const remoteSchema = textMember(entry, 'name');
    if (remoteSchema === undefined) return;
    this.#remoteSchemaPaths.set(remoteSchema, path);
    for (const [index, type] of listMember(entry, 'remote_relationships').entries()) {
      const typeName = textMember(type, 'type_name');
      if (typeName === undefined) continue;
      for (const [item, relationship] of listMember(type, 'relationships').entries()) {
        const itemPath = [...path, 'remote_relationships', index, 'relationships', item];
        this.#add(relationship, itemPath, (name) => ({
          owner: 'remote-schema',
          remoteSchema,
          typeName,
          name,
        }));
      }
    }
  }

  /** Of two with one identity the later one counts, as for the server (R43). */
  #add(item: Json, path: JsonPath, identify: (name: string) => RelationshipIdentity): void {
    const name = textMember(item, 'name');
    const definition = member(item, 'definition');
    if (name === undefined || definition === undefined) return;
    const identity = identify(name);
    const relationship = new Relationship(identity, definition, path, this.kindOf);
    this.#relationships.set(identityKey(identity, this.kindOf), relationship);
  }
}

/** Most of the thousands that a server has are never compared: a definition is read when it is asked for. */
class Relationship implements ServerRelationship {
  readonly identity: RelationshipIdentity;
  readonly definition: Json;
  readonly path: JsonPath;
  readonly #kindOf: KindOf;
  #canonical: { readonly value: CanonicalDefinition | undefined } | undefined;

  constructor(identity: RelationshipIdentity, definition: Json, path: JsonPath, kindOf: KindOf) {
    this.identity = identity;
    this.definition = definition;
    this.path = path;
    this.#kindOf = kindOf;
  }

  get canonical(): CanonicalDefinition | undefined {
    this.#canonical ??= { value: readDefinition(this.definition, this.#kindOf) };
    return this.#canonical.value;
  }
}
