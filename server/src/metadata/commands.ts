import { distance } from 'fastest-levenshtein';
import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import {
  isBulk,
  type RelationshipCommand,
  readRelationshipCommand,
  relationshipVerbs,
  tableRelationshipCommand,
  typeRelationshipCommand,
} from '../../../common/src/metadataApi/document/commands.ts';

/** Names of metadata API commands (spec 6.2–6.6). */

export interface WrittenCommand extends RelationshipCommand {
  /** The command that was meant, when this is none of the server's. */
  readonly meant: string | undefined;
}

/** Commands of which a request is recognised as Hasura's, without the prefix of a backend. */
const otherCommands: ReadonlySet<string> = new Set(
  `track_table track_tables untrack_table untrack_tables add_existing_table_or_view set_table_is_enum
  set_table_customization set_table_custom_fields set_apollo_federation_config
  create_object_relationship create_array_relationship drop_relationship rename_relationship set_relationship_comment
  suggest_relationships add_computed_field drop_computed_field
  create_insert_permission create_select_permission create_update_permission create_delete_permission
  drop_insert_permission drop_select_permission drop_update_permission drop_delete_permission set_permission_comment
  create_event_trigger delete_event_trigger redeliver_event invoke_event_trigger
  track_function untrack_function set_function_customization create_function_permission drop_function_permission
  track_native_query untrack_native_query track_logical_model untrack_logical_model
  track_stored_procedure untrack_stored_procedure create_logical_model_select_permission
  add_source drop_source update_source rename_source set_custom_types get_source_tables get_table_info
  get_source_kind_capabilities list_source_kinds get_source_trackables
  add_remote_schema update_remote_schema remove_remote_schema reload_remote_schema introspect_remote_schema
  add_remote_schema_permissions drop_remote_schema_permissions
  export_metadata import_metadata replace_metadata reload_metadata clear_metadata get_inconsistent_metadata
  drop_inconsistent_metadata test_webhook_transform
  create_action update_action drop_action create_action_permission drop_action_permission
  create_cron_trigger delete_cron_trigger create_scheduled_event
  create_query_collection drop_query_collection add_query_to_collection drop_query_from_collection
  add_collection_to_allowlist drop_collection_from_allowlist create_rest_endpoint drop_rest_endpoint
  add_inherited_role drop_inherited_role run_sql`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Edits between a command and a misspelling of it. */
const misspelling = 3;

/** A metadata API command that is no relationship command. */
export function isOtherCommand(type: string): boolean {
  return isBulk(type) || otherCommands.has(type) || otherCommands.has(withoutPrefix(type));
}

/**
 * Reads the `type` of a request as a relationship command, also a misspelt one (`meant` is then set);
 * `undefined` for everything else.
 */
export function relationshipCommand(type: string): WrittenCommand | undefined {
  const command = readRelationshipCommand(type);
  if (command !== undefined) return { ...command, meant: undefined };
  return isOtherCommand(type) ? undefined : misspeltCommand(type);
}

function misspeltCommand(type: string): WrittenCommand | undefined {
  if (type.length > 80) return undefined;
  const prefix = type.slice(0, Math.max(0, type.indexOf('_')));
  const rest = withoutPrefix(type);
  let nearest: WrittenCommand | undefined;
  let edits = misspelling + 1;
  const consider = (written: string, name: string, command: WrittenCommand): void => {
    const away = distance(written, name);
    if (away < edits) {
      edits = away;
      nearest = command;
    }
  };
  for (const verb of relationshipVerbs) {
    const name = tableRelationshipCommand(verb);
    const meant = isGraphqlName(prefix) ? `${prefix}_${name}` : name;
    consider(type, name, { verb, owner: 'table', prefix: '', meant: name });
    consider(rest, name, { verb, owner: 'table', prefix, meant });
  }
  for (const verb of relationshipVerbs) {
    const name = typeRelationshipCommand(verb);
    const command: WrittenCommand = { verb, owner: 'remote-schema', prefix: undefined, meant: name };
    consider(type, name, command);
    consider(rest, name, command);
  }
  return nearest;
}

/** What the server answers to a command it does not know (R39). */
export function unknownCommandText(type: string): string {
  const end = type.indexOf('_');
  const prefix = end < 0 ? type : type.slice(0, end);
  if (!isGraphqlName(prefix) || end < 0) {
    return `unknown metadata command "${type}"; "${prefix}" was not recognized as a valid backend name`;
  }
  return `unknown metadata command "${type.slice(end + 1)}" for backend ${prefix === 'pg' ? 'postgres' : prefix}`;
}

function withoutPrefix(type: string): string {
  return type.slice(type.indexOf('_') + 1);
}
