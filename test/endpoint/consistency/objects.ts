import { definitionJson, type RemoteRelationship, requestJson } from '../metadata/definition.ts';
import {
  type ComputedField,
  changeTable,
  dropFromType,
  type LocalRelationship,
  type RemoteSchemaEntry,
  type SourceEntry,
  type TableEntry,
  without,
} from '../metadata/metadata.ts';
import { typesJson } from '../metadata/remoteSchemaEntry.ts';
import type { MetadataObject } from './inconsistency.ts';

export function sourceObject({ name }: SourceEntry): MetadataObject {
  return {
    type: 'source',
    name: `source ${name}`,
    definition: name,
    drop: (metadata) => ({ ...metadata, sources: without(metadata.sources, name) }),
  };
}

export function tableObject(source: string, { table }: TableEntry): MetadataObject {
  return {
    type: 'table',
    name: `table ${table.text} in source ${source}`,
    definition: table.json,
    drop: (metadata) => ({
      ...metadata,
      sources: metadata.sources.map((entry) =>
        entry.name === source
          ? { ...entry, tables: entry.tables.filter((other) => other.table.key !== table.key) }
          : entry,
      ),
    }),
  };
}

export function localRelationshipObject(
  type: 'object_relation' | 'array_relation',
  source: string,
  { table }: TableEntry,
  { name, using, comment }: LocalRelationship,
): MetadataObject {
  const { manual_configuration: manual } = using;
  const echoed = manual ? { manual_configuration: { insertion_order: null, ...(manual as object) } } : using;
  const list = type === 'object_relation' ? 'objectRelationships' : 'arrayRelationships';
  return {
    type,
    name: `${type} ${name} in table ${table.text} in source ${source}`,
    definition: { comment, name, source, table: table.json, using: echoed },
    drop: (metadata) =>
      changeTable(metadata, source, table.key, (entry) => ({ ...entry, [list]: without(entry[list], name) })),
  };
}

export function computedFieldObject(
  source: string,
  { table }: TableEntry,
  { name, definition, comment }: ComputedField,
): MetadataObject {
  return {
    type: 'computed_field',
    name: `computed_field ${name} in table ${table.text} in source ${source}`,
    definition: { comment, name, source, table: table.json, definition },
    drop: (metadata) =>
      changeTable(metadata, source, table.key, (entry) => ({
        ...entry,
        computedFields: without(entry.computedFields, name),
      })),
  };
}

export function remoteRelationshipName(source: string, tableText: string, name: string): string {
  return `remote_relationship ${name} in table ${tableText} in source ${source}`;
}

export function remoteRelationshipObject(
  source: string,
  { table }: TableEntry,
  relationship: RemoteRelationship,
): MetadataObject {
  return {
    type: 'remote_relationship',
    name: remoteRelationshipName(source, table.text, relationship.name),
    definition: requestJson(relationship, source, table.json),
    drop: (metadata) =>
      changeTable(metadata, source, table.key, (entry) => ({
        ...entry,
        remoteRelationships: without(entry.remoteRelationships, relationship.name),
      })),
  };
}

export function remoteSchemaObject(entry: RemoteSchemaEntry): MetadataObject {
  const { name, definition, comment, permissions } = entry;
  return {
    type: 'remote_schema',
    name: `remote_schema ${name}`,
    definition: {
      name,
      definition: { forward_client_headers: false, ...definition },
      comment,
      permissions,
      remote_relationships: typesJson(entry),
    },
    drop: (metadata) => ({ ...metadata, remoteSchemas: without(metadata.remoteSchemas, name) }),
  };
}

export function typeRelationshipName(remoteSchema: string, typeName: string, name: string): string {
  const place = `on type ${typeName} in remote schema ${remoteSchema}`;
  return `remote_schema_remote_relationship remote_relationship ${name} ${place}`;
}

/** The key of its type is `type` here, although requests say `type_name` (spec 8). */
export function typeRelationshipObject(
  remoteSchema: string,
  typeName: string,
  { name, definition }: RemoteRelationship,
): MetadataObject {
  return {
    type: 'remote_schema_remote_relationship',
    name: typeRelationshipName(remoteSchema, typeName, name),
    definition: { remote_schema: remoteSchema, type: typeName, name, definition: definitionJson(definition) },
    drop: (metadata) => dropFromType(metadata, remoteSchema, typeName, name),
  };
}
