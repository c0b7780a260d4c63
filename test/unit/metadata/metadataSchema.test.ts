import { describe, expect, it } from 'vitest';
import { nativeKinds } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { sourceLists, tableLists } from '../../../common/src/metadataLists.ts';
import configurationSchema from '../../../schemas/configuration.schema.json';
import snapshotSchema from '../../../schemas/table-snapshot.schema.json';
import {
  anyDefinitionKeys,
  datasetTableName,
  definition,
  formKeys,
  keyNames,
  metadata,
  type ObjectSchema,
  otherMetadataKeys,
  relationshipItem,
  remoteFieldNode,
  remoteSchema,
  schemaTableName,
  source,
  strictDefinition,
  tableEntry,
  toRemoteSchema,
  toSource,
  typeItem,
} from '../../../server/src/metadata/metadataSchema.ts';
import type { DocumentRole } from '../../../server/src/metadata/relationship.ts';
import { argumentsOfCommand, request } from '../../../server/src/metadata/requestSchema.ts';
import { keyOf, readText } from './support.ts';

/** A shape, what a document with an object of that shape is, and the document around the object. */
type Case = readonly [shape: ObjectSchema, role: DocumentRole, around: (object: string) => string];

const item = (content: string): string => `{"name": "a", "definition": ${content}}`;
const joined = (content: string): string =>
  item(`{"to_remote_schema": {"remote_schema": "a", "lhs_fields": [], "remote_field": ${content}}}`);
const create = (kind: string) => (args: string) => `{"type": "${kind}_remote_relationship", "args": ${args}}`;

const cases: readonly Case[] = [
  [tableEntry, 'tables', (object) => `[${object}]`],
  [remoteSchema, 'remote-schemas', (object) => `[${object}]`],
  [typeItem, 'remote-schema-types', (object) => `[${object}]`],
  [relationshipItem, 'relationships', (object) => `[${object}]`],
  [definition, 'relationships', (object) => `[${item(object)}]`],
  [toRemoteSchema, 'relationships', (object) => `[${item(`{"to_remote_schema": ${object}}`)}]`],
  [toSource, 'relationships', (object) => `[${item(`{"to_source": ${object}}`)}]`],
  [remoteFieldNode, 'relationships', (object) => `[${joined(`{"a": ${object}}`)}]`],
  [strictDefinition, 'request', (object) => create('pg_create')(`{"definition": ${object}}`)],
  [commandArguments('pg_create_remote_relationship'), 'request', create('pg_create')],
  [commandArguments('pg_delete_remote_relationship'), 'request', create('pg_delete')],
  [commandArguments('create_remote_schema_remote_relationship'), 'request', create('create_remote_schema')],
];

function commandArguments(command: string): ObjectSchema {
  const type = argumentsOfCommand(command);
  if (type?.kind !== 'object') throw new Error(`no arguments of ${command}`);
  return type.shape;
}

describe('the keys of metadata', () => {
  it.each(cases)('are those the reader takes: $name as %s', (shape, role, around) => {
    const written = [...keyNames(shape.keys), 'nobody_knows_this'];
    const text = around(`{${written.map((key) => `"${key}": null`).join(', ')}}`);
    const { model } = readText(text, 'json', { role });
    const unknown = [
      ...model.shapeProblems.filter(({ kind }) => kind === 'unknown-key').map(keyOf),
      ...model.tables.flatMap(({ unknownKeys }) => unknownKeys.map(({ value }) => value)),
    ];
    expect(unknown).toEqual(['nobody_knows_this']);
  });

  it('have no name twice in a shape', () => {
    const shapes = [...cases.map(([shape]) => shape), metadata, source, request];
    for (const { keys } of shapes) expect(new Set(keyNames(keys)).size).toBe(keys.length);
    expect(keyNames(metadata.keys).filter((key) => otherMetadataKeys.includes(key))).toEqual([]);
  });

  it('of a definition hold those of every form', () => {
    const all = new Set(anyDefinitionKeys);
    expect(
      [...formKeys, ...keyNames([...definition.keys, ...toRemoteSchema.keys])].filter((key) => !all.has(key)),
    ).toEqual([]);
    expect(keyNames(definition.keys)).toEqual(expect.arrayContaining([...formKeys]));
  });

  it('hold the lists that a drop from the metadata looks through', () => {
    expect(keyNames(tableEntry.keys)).toEqual(expect.arrayContaining(tableLists.map(({ list }) => list)));
    expect(keyNames(source.keys)).toEqual(expect.arrayContaining(sourceLists.map(({ list }) => list)));
  });
});

describe('the JSON Schemas', () => {
  it('of the configuration shows the kinds of sources that every server has', () => {
    const { kind } = configurationSchema.properties.sources.additionalProperties.properties;
    expect(kind.examples).toEqual([...nativeKinds]);
  });

  it('of the table snapshot names a table with the keys of the metadata', () => {
    const names = keyNames([...schemaTableName.keys, ...datasetTableName.keys]);
    expect(Object.keys(snapshotSchema.definitions.table.properties)).toEqual(
      expect.arrayContaining([...names]),
    );
  });
});
