import { At } from '../at.ts';
import { isGraphqlName } from '../json.ts';
import { readTableName } from '../kinds.ts';
import type { RemoteRelationship, ToSource } from '../metadata/definition.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { Refusal } from '../refusal.ts';
import { typeRelationshipName } from './objects.ts';
import { ungeneratedType } from './remoteSchemaTarget.ts';
import type { Cache, SourceState } from './state.ts';
import { checkStrippedInputs, type PlacedRelationship } from './strippedInputs.ts';

/** What only shows when the GraphQL schema is made of consistent metadata: refused at once (spec 4.0). */
export function checkSchemaGeneration(metadata: Metadata, cache: Cache): void {
  const relationships = [...consistentRelationships(metadata, cache)];
  for (const { relationship } of relationships) checkOne(relationship, cache);
  checkStrippedInputs(relationships, (name) => cache.remoteSchemas.get(name)?.schema);
}

function* consistentRelationships(metadata: Metadata, cache: Cache): Iterable<PlacedRelationship> {
  for (const { tables } of cache.sources.values()) {
    for (const { entry, fields } of tables.values()) {
      const lhs = entry.table.text.replaceAll('.', '_');
      yield* entry.remoteRelationships
        .filter(({ name }) => fields.get(name) === 'remote relationship')
        .map((relationship) => ({ relationship, lhs }));
    }
  }
  for (const { name: schema, types } of metadata.remoteSchemas) {
    for (const { typeName, relationships } of types) {
      yield* relationships
        .filter(({ name }) => cache.typeRelationships.has(typeRelationshipName(schema, typeName, name)))
        .map((relationship) => ({ relationship, lhs: schema }));
    }
  }
}

/** The second half of R7, R42 and R49. */
function checkOne({ name, definition }: RemoteRelationship, { remoteSchemas, sources }: Cache): void {
  if (!isGraphqlName(name)) {
    const why = 'in the GraphQL schema because  it is not a valid GraphQL identifier';
    throw new Refusal('validation-failed', `cannot include "${name}" ${why}`);
  }
  if (definition.target === 'source') checkTargetName(definition, sources.get(definition.source));
  const type = definition.target === 'remote schema' ? ungeneratedType(definition, remoteSchemas) : undefined;
  if (type) throw new Refusal('remote-schema-error', `object with name "${type}" not found`);
}

/** R49: a target has a name in the GraphQL schema, its own or one that is given to it. */
function checkTargetName({ table: written }: ToSource, source: SourceState | undefined): void {
  if (source === undefined || source.kind.family === 'connector') return;
  const { key, text } = readTableName(new At(written), source.kind);
  const custom = source.tables.get(key)?.entry.configuration['custom_name'];
  const name = text.replaceAll('.', '_');
  if (typeof custom === 'string' || isGraphqlName(name)) return;
  const why = `in the GraphQL schema because "${name}" is not a valid GraphQL identifier`;
  throw new Refusal('validation-failed', `cannot include "${text}" ${why}`);
}
