/** A list in the metadata whose items are objects of their own. */
export interface ItemList {
  /** What the server calls an item. */
  readonly type: string;
  /** The key of the list. */
  readonly list: string;
  /** The key of an item's name. */
  readonly key: string;
}

/** The lists of a table's entry, besides its remote relationships. */
export const tableLists: readonly ItemList[] = [
  { type: 'object_relation', list: 'object_relationships', key: 'name' },
  { type: 'array_relation', list: 'array_relationships', key: 'name' },
  { type: 'computed_field', list: 'computed_fields', key: 'name' },
  { type: 'insert_permission', list: 'insert_permissions', key: 'role' },
  { type: 'select_permission', list: 'select_permissions', key: 'role' },
  { type: 'update_permission', list: 'update_permissions', key: 'role' },
  { type: 'delete_permission', list: 'delete_permissions', key: 'role' },
  { type: 'event_trigger', list: 'event_triggers', key: 'name' },
];

/** The lists of a source, besides its tables. */
export const sourceLists: readonly ItemList[] = [
  { type: 'function', list: 'functions', key: 'function' },
  { type: 'native_query', list: 'native_queries', key: 'root_field_name' },
  { type: 'stored_procedure', list: 'stored_procedures', key: 'stored_procedure' },
  { type: 'logical_model', list: 'logical_models', key: 'name' },
];

/** The lists beside sources and remote schemas, each with its file in a metadata directory. */
export const documentLists: readonly (ItemList & { readonly file: string })[] = [
  { type: 'action', list: 'actions', key: 'name', file: 'actions.yaml' },
  { type: 'cron_trigger', list: 'cron_triggers', key: 'name', file: 'cron_triggers.yaml' },
  { type: 'inherited_role', list: 'inherited_roles', key: 'role_name', file: 'inherited_roles.yaml' },
  { type: 'rest_endpoint', list: 'rest_endpoints', key: 'name', file: 'rest_endpoints.yaml' },
  { type: 'query_collections', list: 'query_collections', key: 'name', file: 'query_collections.yaml' },
];
