import { isGraphqlName } from '../json.ts';
import type { RemoteRelationship } from '../metadata/definition.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { Refusal } from '../refusal.ts';
import { typeRelationshipName } from './objects.ts';
import { ungeneratedType } from './remoteSchemaTarget.ts';
import type { Cache } from './state.ts';

/** What only shows when the GraphQL schema is made of consistent metadata: refused at once (spec 4.0). */
export function checkSchemaGeneration(metadata: Metadata, cache: Cache): void {
  for (const relationship of consistentRelationships(metadata, cache)) checkOne(relationship, cache);
}

function* consistentRelationships(metadata: Metadata, cache: Cache): Iterable<RemoteRelationship> {
  for (const { tables } of cache.sources.values()) {
    for (const { entry, fields } of tables.values()) {
      yield* entry.remoteRelationships.filter(({ name }) => fields.get(name) === 'remote relationship');
    }
  }
  for (const { name: schema, types } of metadata.remoteSchemas) {
    for (const { typeName, relationships } of types) {
      yield* relationships.filter(({ name }) =>
        cache.typeRelationships.has(typeRelationshipName(schema, typeName, name)),
      );
    }
  }
}

/** The second half of R7, and R42. */
function checkOne({ name, definition }: RemoteRelationship, { remoteSchemas }: Cache): void {
  if (!isGraphqlName(name)) {
    const why = 'in the GraphQL schema because  it is not a valid GraphQL identifier';
    throw new Refusal('validation-failed', `cannot include "${name}" ${why}`);
  }
  const type = definition.target === 'remote schema' ? ungeneratedType(definition, remoteSchemas) : undefined;
  if (type) throw new Refusal('remote-schema-error', `object with name "${type}" not found`);
}
