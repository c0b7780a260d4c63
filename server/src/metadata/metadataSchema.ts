/**
 * The keys of every shape of the metadata (spec sections 1 and 2), as data: what the readers take, what completion
 * offers, what hover explains, and what is expected below each key. `requestSchema.ts` adds those of requests.
 */

/** What stands at a place. Names of shapes are objects with fixed keys; the others are named by what they hold. */
export type SchemaType =
  | { readonly kind: 'object'; readonly shape: ObjectSchema }
  | { readonly kind: 'list'; readonly of: SchemaType }
  /** Several requests or one; several types or one. */
  | { readonly kind: 'one-or-list'; readonly of: SchemaType }
  | { readonly kind: 'arguments-of-command' }
  | { readonly kind: DynamicValue }
  | { readonly kind: ScalarValue };

/** Objects whose keys are names of the user's own things. */
export type DynamicValue =
  | 'other-object'
  | 'remote-field'
  | 'arguments'
  | 'argument-value'
  | 'field-mapping'
  | 'table';

/** Values of which something is known; `text` is anything. */
export type ScalarValue =
  | 'text'
  | 'number'
  | 'boolean'
  | 'source-name'
  /** Where a source is declared, as other names are further down: not one of those that are. */
  | 'own-source-name'
  | 'source-kind'
  | 'remote-schema-name'
  | 'own-remote-schema-name'
  | 'type-name'
  | 'relationship-name'
  | 'relationship-type'
  | 'lhs-field'
  | 'mapping-column'
  | 'table-schema'
  | 'table-dataset'
  | 'table-part'
  | 'table-name'
  | 'command';

export interface SchemaKey {
  readonly name: string;
  readonly required: boolean;
  readonly documentation: string;
  readonly value: SchemaType;
  /** First server version that takes the key; `undefined`: older than every version we know of. */
  readonly since?: readonly [major: number, minor: number, patch: number];
}

export interface ObjectSchema {
  /** In the user's words, for hover: `relationship`, `to_source`, ... */
  readonly name: string;
  readonly keys: readonly SchemaKey[];
}

/** The names of keys, for what asks no more of them. */
export function keyNames(keys: readonly SchemaKey[]): readonly string[] {
  return keys.map(({ name }) => name);
}

export function scalar(kind: ScalarValue | DynamicValue): SchemaType {
  return { kind };
}

export function object(shape: ObjectSchema): SchemaType {
  return { kind: 'object', shape };
}

export function list(of: SchemaType): SchemaType {
  return { kind: 'list', of };
}

export function required(name: string, value: SchemaType, documentation: string): SchemaKey {
  return { name, required: true, documentation, value };
}

export function optional(name: string, value: SchemaType, documentation: string): SchemaKey {
  return { name, required: false, documentation, value };
}

const text = scalar('text');
export const number = scalar('number');
const otherObject = scalar('other-object');
const otherList: SchemaType = { kind: 'list', of: otherObject };

export const remoteFieldNode: ObjectSchema = {
  name: 'remote field',
  keys: [
    required(
      'arguments',
      scalar('arguments'),
      'Arguments of the remote field; required, `{}` if there are none.',
    ),
    optional(
      'field',
      scalar('remote-field'),
      'The next field of the path, looked up in the object type this field returns.',
    ),
  ],
};

const remoteSchemaKey = required(
  'remote_schema',
  scalar('remote-schema-name'),
  'Name of the target remote schema.',
);
const remoteFieldKey = required(
  'remote_field',
  scalar('remote-field'),
  "Path from the remote schema's query root to the field whose value the relationship returns.",
);

/** The list of fields to join on, by the form of the definition. */
export const lhsFieldsKeys = { unified: 'lhs_fields', legacy: 'hasura_fields' } as const;

/** What the keys of the one form are called in the other. */
export const unifiedNames: ReadonlyMap<string, string> = new Map([
  [lhsFieldsKeys.legacy, lhsFieldsKeys.unified],
]);
export const legacyNames: ReadonlyMap<string, string> = new Map([
  [lhsFieldsKeys.unified, lhsFieldsKeys.legacy],
]);

export const toRemoteSchema: ObjectSchema = {
  name: 'to_remote_schema',
  keys: [
    remoteSchemaKey,
    required(
      lhsFieldsKeys.unified,
      list(scalar('lhs-field')),
      'Columns, computed fields or fields to join on; each can be used as a `$variable` in `remote_field`.',
    ),
    remoteFieldKey,
  ],
};

export const toSource: ObjectSchema = {
  name: 'to_source',
  keys: [
    required(
      'relationship_type',
      scalar('relationship-type'),
      '`object` for at most one row, `array` for any number of rows.',
    ),
    required('source', scalar('source-name'), 'Name of the target source.'),
    required(
      'table',
      scalar('table'),
      "Tracked table of that source, written in the form of the source's kind.",
    ),
    required(
      'field_mapping',
      scalar('field-mapping'),
      'The join: each key is a field of the left-hand side, its value a column of the target table.',
    ),
  ],
};

export const legacyKeys: readonly SchemaKey[] = [
  optional(
    'remote_schema',
    scalar('remote-schema-name'),
    'Name of the remote schema (older form of `to_remote_schema`).',
  ),
  optional(
    lhsFieldsKeys.legacy,
    list(scalar('lhs-field')),
    'Columns to join on (older form of `lhs_fields`).',
  ),
  optional('remote_field', scalar('remote-field'), remoteFieldKey.documentation),
];

const unifiedKeys: readonly SchemaKey[] = [
  optional(
    'to_remote_schema',
    object(toRemoteSchema),
    'A relationship to a field of a remote schema. Exactly one form may be given.',
  ),
  optional(
    'to_source',
    object(toSource),
    'A relationship to a table of a source. Exactly one form may be given.',
  ),
];

export const definition: ObjectSchema = { name: 'definition', keys: [...unifiedKeys, ...legacyKeys] };

/** In requests the older form has no `definition` around it. */
export const strictDefinition: ObjectSchema = { name: 'definition', keys: unifiedKeys };

/** The keys of which a definition has exactly one, in the order of the server's messages. */
export const formKeys = ['remote_schema', 'to_source', 'to_remote_schema'] as const;

/** Whatever a definition of either form has, or `to_remote_schema` below it. */
export const anyDefinitionKeys: readonly string[] = [
  ...new Set(keyNames([...definition.keys, ...toRemoteSchema.keys])),
];

export const nameKey = required(
  'name',
  scalar('relationship-name'),
  'Name of the relationship: the field it adds to the GraphQL type.',
);

export const relationshipItem: ObjectSchema = {
  name: 'remote relationship',
  keys: [
    nameKey,
    required('definition', object(definition), 'What the relationship targets and how it joins.'),
  ],
};

export const typeItem: ObjectSchema = {
  name: 'type with remote relationships',
  keys: [
    required(
      'type_name',
      scalar('type-name'),
      'Object type of the remote schema that gets the relationships, by its original name.',
    ),
    required('relationships', list(object(relationshipItem)), 'Remote relationships of this type.'),
  ],
};

export const tableEntry: ObjectSchema = {
  name: 'table',
  keys: [
    required('table', scalar('table'), 'The tracked table.'),
    optional(
      'remote_relationships',
      list(object(relationshipItem)),
      'Relationships to remote schemas and to tables of other sources.',
    ),
    optional(
      'object_relationships',
      otherList,
      'Relationships to at most one row of a table of this source.',
    ),
    optional('array_relationships', otherList, 'Relationships to rows of a table of this source.'),
    optional('computed_fields', otherList, 'Fields computed by SQL functions.'),
    optional('configuration', otherObject, 'Custom names of the table, its root fields and its columns.'),
    optional('is_enum', scalar('boolean'), 'Whether the rows of the table are the values of an enum.'),
    optional('insert_permissions', otherList, 'Who may insert rows.'),
    optional('select_permissions', otherList, 'Who may read rows.'),
    optional('update_permissions', otherList, 'Who may update rows.'),
    optional('delete_permissions', otherList, 'Who may delete rows.'),
    optional('event_triggers', otherList, 'Webhooks called when rows change.'),
    {
      ...optional('apollo_federation_config', otherObject, 'Makes the table an entity of Apollo Federation.'),
      since: [2, 10, 0],
    },
    { ...optional('logical_model', text, 'Logical model the columns come from.'), since: [2, 29, 0] },
  ],
};

/** Keys of `configuration` of a table that tell it from other objects of that name. */
export const tableConfigurationKeys = [
  'custom_root_fields',
  'custom_column_names',
  'column_config',
  'custom_name',
] as const;

export const source: ObjectSchema = {
  name: 'source',
  keys: [
    required('name', scalar('own-source-name'), 'Name of the source.'),
    optional('kind', scalar('source-kind'), 'Kind of the database; `postgres` when not given.'),
    required('tables', list(object(tableEntry)), 'Tracked tables.'),
    required('configuration', otherObject, 'How to connect to the database.'),
    optional('customization', otherObject, 'Prefixes and names of this source in the GraphQL schema.'),
    optional('functions', otherList, 'Tracked functions.'),
    optional('logical_models', otherList, 'Logical models.'),
    optional('native_queries', otherList, 'Native queries.'),
    optional('stored_procedures', otherList, 'Stored procedures.'),
    optional('query_tags', otherObject, 'Comments added to the SQL of every query.'),
    optional('health_check', otherObject, 'How the health of the database is checked.'),
  ],
};

/** Prefix, suffix and single names, of types or of the fields of one type. */
const renamingKeys: readonly SchemaKey[] = [
  optional('prefix', text, 'Prefix of every name.'),
  optional('suffix', text, 'Suffix of every name.'),
  optional(
    'mapping',
    otherObject,
    'New names by original name; they take precedence over prefix and suffix.',
  ),
];

export const typeNames: ObjectSchema = { name: 'type_names', keys: renamingKeys };

export const fieldNamesItem: ObjectSchema = {
  name: 'field_names item',
  keys: [
    required('parent_type', scalar('type-name'), 'Type whose fields are renamed, by its original name.'),
    ...renamingKeys,
  ],
};

export const customization: ObjectSchema = {
  name: 'customization',
  keys: [
    optional('root_fields_namespace', text, 'A root field that all other root fields are moved below.'),
    optional('type_names', object(typeNames), 'New names for types.'),
    optional('field_names', list(object(fieldNamesItem)), 'New names for fields, by type.'),
  ],
};

export const header: ObjectSchema = {
  name: 'headers item',
  keys: [
    required('name', text, 'Name of the header.'),
    optional('value', text, 'Its value; exactly one of this and `value_from_env` may be given.'),
    optional('value_from_env', text, 'Name of an environment variable that holds its value.'),
  ],
};

export const remoteSchemaDefinition: ObjectSchema = {
  name: 'definition',
  keys: [
    optional(
      'url',
      text,
      'Address of the remote schema; exactly one of this and `url_from_env` may be given.',
    ),
    optional('url_from_env', text, 'Name of an environment variable that holds the address.'),
    optional('timeout_seconds', number, 'How long to wait for a response, in seconds; 60 when not given.'),
    optional('headers', list(object(header)), 'Headers sent with every request.'),
    optional('forward_client_headers', scalar('boolean'), 'Whether client headers are forwarded.'),
    optional(
      'customization',
      object(customization),
      'How its types and fields are named in the GraphQL schema of this server.',
    ),
  ],
};

export const permissionDefinition: ObjectSchema = {
  name: 'definition',
  keys: [required('schema', text, 'The part of the remote schema a role may use, as SDL.')],
};

export const remoteSchemaPermission: ObjectSchema = {
  name: 'permissions item',
  keys: [
    required('role', text, 'The role.'),
    required('definition', object(permissionDefinition), 'What it may use.'),
    optional('comment', text, 'A comment.'),
  ],
};

export const remoteSchema: ObjectSchema = {
  name: 'remote schema',
  keys: [
    required('name', scalar('own-remote-schema-name'), 'Name of the remote schema.'),
    required('definition', object(remoteSchemaDefinition), 'Where the remote schema is and how to query it.'),
    optional('comment', text, 'A comment.'),
    optional(
      'permissions',
      list(object(remoteSchemaPermission)),
      'What each role may use of the remote schema.',
    ),
    optional(
      'remote_relationships',
      list(object(typeItem)),
      'Remote relationships of the types of this remote schema.',
    ),
  ],
};

/** A relationship from the type of an action to a table (spec 4.13). */
export const actionRelationship: ObjectSchema = {
  name: 'relationship of an action type',
  keys: [
    required('name', scalar('relationship-name'), 'Name of the relationship: the field it adds to the type.'),
    required(
      'type',
      scalar('relationship-type'),
      '`object` for at most one row, `array` for any number of rows.',
    ),
    optional('source', scalar('source-name'), 'Name of the source; `default` when not given.'),
    required('remote_table', scalar('table'), 'Tracked table of that source; Postgres only.'),
    required(
      'field_mapping',
      scalar('field-mapping'),
      'The join: each key is a field of the type, its value a column of the table.',
    ),
  ],
};

export const actionType: ObjectSchema = {
  name: 'action type',
  keys: [
    required('name', text, 'Name of the object type.'),
    optional('description', text, 'A description.'),
    optional(
      'fields',
      otherList,
      'Fields of the type; in a metadata directory they are in `actions.graphql`.',
    ),
    optional('relationships', list(object(actionRelationship)), 'Relationships of the type to tables.'),
  ],
};

export const customTypes: ObjectSchema = {
  name: 'custom_types',
  keys: [
    optional('objects', list(object(actionType)), 'Object types.'),
    optional('input_objects', otherList, 'Input types.'),
    optional('scalars', otherList, 'Scalars.'),
    optional('enums', otherList, 'Enums.'),
  ],
};

const customTypesKey = optional('custom_types', object(customTypes), 'Types used by actions.');

/** `actions.yaml` of a metadata directory. */
export const actions: ObjectSchema = {
  name: 'actions',
  keys: [optional('actions', otherList, 'Actions.'), customTypesKey],
};

export const metadata: ObjectSchema = {
  name: 'metadata',
  keys: [
    required('version', number, 'Version of the metadata format: `3`.'),
    optional('sources', list(object(source)), 'Databases and their tracked tables.'),
    optional('tables', list(object(tableEntry)), 'Tracked tables of the one source of a version 2 document.'),
    optional('remote_schemas', list(object(remoteSchema)), 'Remote schemas.'),
    customTypesKey,
  ],
};

/** What else stands in metadata, and says nothing of relationships. */
export const otherMetadataKeys: readonly string[] = [
  'functions',
  'actions',
  'cron_triggers',
  'allowlist',
  'query_collections',
  'inherited_roles',
  'rest_endpoints',
  'network',
  'api_limits',
  'metrics_config',
  'graphql_schema_introspection',
  'backend_configs',
  'opentelemetry',
  'query_templates',
];

export const consolidatedMetadata: ObjectSchema = {
  name: 'metadata export',
  keys: [
    optional('resource_version', number, 'Version of the metadata on the server it was exported from.'),
    required('metadata', object(metadata), 'The metadata document.'),
  ],
};

/** Keys of a table name in object form, by the form the backend reads (spec 2.6). */
export const schemaTableName: ObjectSchema = {
  name: 'table name',
  keys: [
    optional('schema', scalar('table-schema'), "Schema of the table; the backend's default when not given."),
    required('name', scalar('table-name'), 'Name of the table.'),
  ],
};
export const datasetTableName: ObjectSchema = {
  name: 'table name',
  keys: [
    required('dataset', scalar('table-dataset'), 'BigQuery dataset of the table.'),
    required('name', scalar('table-name'), 'Name of the table.'),
  ],
};
