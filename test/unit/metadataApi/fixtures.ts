import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { readMetadataDocument } from '../../../common/src/metadataApi/document/metadataDocument.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { readInconsistentObjects } from '../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { LocalRelationship } from '../../../common/src/metadataApi/plan/applyPlan.ts';
import type { ServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
import { readServerVersion } from '../../../common/src/serverVersion.ts';

export const profile = {
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['person_id', 'id'],
    remote_field: { person: { arguments: { id: '$person_id', of: '$id' } } },
  },
} satisfies JsonObject;

export const legacyProfile = {
  remote_schema: 'people',
  hasura_fields: ['person_id', 'id'],
  remote_field: { person: { arguments: { id: '$person_id', of: '$id' } } },
} satisfies JsonObject;

export const tickets = {
  to_source: {
    relationship_type: 'array',
    source: 'helpdesk',
    table: { schema: 'public', name: 'ticket' },
    field_mapping: { id: 'customer_id' },
  },
} satisfies JsonObject;

/** A server with every kind of owner; its table `customer` has `tickets`, its type `Person` has `posts`. */
export const metadata = {
  version: 3,
  sources: [
    {
      name: 'shop',
      kind: 'postgres',
      configuration: {},
      tables: [
        {
          table: { schema: 'public', name: 'customer' },
          object_relationships: [{ name: 'region', using: {} }],
          array_relationships: [{ name: 'orders', using: {} }],
          computed_fields: [{ name: 'full_name', definition: { function: 'full_name' } }],
          configuration: {
            column_config: { cust_no: { custom_name: 'number' } },
            custom_column_names: { old_no: 'oldNumber' },
          },
          remote_relationships: [
            { name: 'before', definition: tickets },
            { name: 'tickets', definition: tickets },
          ],
        },
        { table: { schema: 'sales', name: 'invoice' } },
      ],
    },
    { name: 'helpdesk', tables: [{ table: 'ticket' }], configuration: {} },
    { name: 'cluster', kind: 'citus', tables: [{ table: 'customer' }], configuration: {} },
    { name: 'roach', kind: 'cockroach', tables: [{ table: 'customer' }], configuration: {} },
    {
      name: 'erp',
      kind: 'mssql',
      tables: [{ table: { schema: 'dbo', name: 'customer' } }],
      configuration: {},
    },
    {
      name: 'lake',
      kind: 'bigquery',
      tables: [{ table: { dataset: 'd', name: 'customer' } }],
      configuration: {},
    },
    { name: 'lite', kind: 'sqlite', tables: [{ table: ['main', 'customer'] }], configuration: {} },
  ],
  remote_schemas: [
    {
      name: 'people',
      definition: { url: 'http://127.0.0.1/graphql' },
      remote_relationships: [
        { type_name: 'Person', relationships: [{ name: 'posts', definition: profile }] },
      ],
    },
    { name: 'forum', definition: { url: 'http://127.0.0.1/graphql' } },
  ],
} satisfies JsonObject;

export interface StateParts {
  readonly document?: JsonObject;
  readonly inconsistent?: readonly Json[];
  readonly version?: string;
  readonly resourceVersion?: number;
}

export function stateOf(parts: StateParts = {}): ServerState {
  const exported = { resource_version: parts.resourceVersion ?? 12, metadata: parts.document ?? metadata };
  const document = readMetadataDocument(exported);
  if (document === undefined) throw new Error('unreadable metadata');
  return {
    document,
    inconsistent: readInconsistentObjects(parts.inconsistent ?? []),
    version: readServerVersion(parts.version ?? 'v2.48.0'),
  };
}

export function ofTable(name: string, source = 'shop', table: Json = 'customer'): RelationshipIdentity {
  return { owner: 'table', source, table, name };
}

export function ofType(name: string, remoteSchema = 'people', typeName = 'Person'): RelationshipIdentity {
  return { owner: 'remote-schema', remoteSchema, typeName, name };
}

export function local(identity: RelationshipIdentity, definition: Json): LocalRelationship {
  return { identity, definition };
}

/** An entry of `inconsistent_objects` for a relationship of `customer` in `shop`. */
export function inconsistentTableRelationship(name: string, reason = 'no such thing') {
  return {
    type: 'remote_relationship',
    name: `remote_relationship ${name} in table customer in source shop`,
    reason: `Inconsistent object: ${reason}`,
    definition: { source: 'shop', table: { schema: 'public', name: 'customer' }, name, definition: tickets },
  } satisfies Json;
}

export function inconsistentTypeRelationship(name: string, reason = 'no such thing') {
  return {
    type: 'remote_schema_remote_relationship',
    name: `remote_schema_remote_relationship remote_relationship ${name} on type Person in remote schema people`,
    reason: `Inconsistent object: ${reason}`,
    definition: { remote_schema: 'people', type: 'Person', name, definition: profile },
  } satisfies Json;
}

export const inconsistentTable = {
  type: 'table',
  name: 'table customer in source shop',
  reason: 'Inconsistent object: no such table/view exists in source: "customer"',
  definition: { schema: 'public', name: 'customer' },
} satisfies Json;
