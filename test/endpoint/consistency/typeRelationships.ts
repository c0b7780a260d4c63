import { type GraphQLObjectType, isObjectType } from 'graphql';
import type { RemoteSchemaEntry } from '../metadata/metadata.ts';
import { type Inconsistency, inconsistent, Violation, violationOf } from './inconsistency.ts';
import { typeJoinFields } from './joinFields.ts';
import { typeRelationshipName, typeRelationshipObject } from './objects.ts';
import { checkRelationship, type RelationshipContext } from './relationships.ts';
import type { Reference, RemoteSchemaState } from './state.ts';

/** The relationships of remote schemas; those of an inconsistent remote schema are not looked at (spec 8). */
export function checkTypeRelationships(entries: readonly RemoteSchemaEntry[], context: RelationshipContext) {
  const inconsistencies: Inconsistency[] = [];
  const references: Reference[] = [];
  const consistent = new Set<string>();
  for (const entry of entries) {
    const state = context.remoteSchemas.get(entry.name);
    if (!state) continue;
    for (const { typeName, relationships } of entry.types) {
      for (const relationship of relationships) {
        const { name } = relationship;
        const object = typeRelationshipObject(entry.name, typeName, relationship);
        const text = violationOf(() => {
          const type = objectType(typeName, entry.name, state, context);
          const left = {
            text: entry.name,
            isTable: false,
            joinFields: typeJoinFields(type),
            unusable: new Map(),
          };
          const needs = checkRelationship(relationship, left, context);
          references.push({
            text: `remote_relationship ${name} on type ${typeName} in remote schema ${entry.name}`,
            owner: { remoteSchema: entry.name },
            needs,
            drop: object.drop,
          });
        });
        if (text === undefined) consistent.add(typeRelationshipName(entry.name, typeName, name));
        else inconsistencies.push(inconsistent(object, `in remote relationship "${name}": ${text}`));
      }
    }
  }
  return { inconsistencies, references, consistent };
}

/** R26 and R27: by the type's original name, whatever it is customised to. */
function objectType(
  typeName: string,
  remoteSchema: string,
  { schema }: RemoteSchemaState,
  { release }: RelationshipContext,
): GraphQLObjectType {
  const type = schema.getType(typeName);
  if (!type) {
    throw new Violation(
      release.since(2, 5, 0)
        ? `no type named "${typeName}" defined in remote schema "${remoteSchema}"`
        : `no such type defined in remote schema: "${remoteSchema}"`,
    );
  }
  if (!isObjectType(type)) {
    throw new Violation('remote relationships on a remote schema can only be defined on object types');
  }
  return type;
}
