import { isBulk } from '../../../common/src/metadataApi/document/commands.ts';
import { relationshipCommand } from './commands.ts';
import {
  customTypes,
  legacyKeys,
  list,
  metadata,
  nameKey,
  number,
  type ObjectSchema,
  object,
  optional,
  required,
  type SchemaKey,
  type SchemaType,
  scalar,
  strictDefinition,
} from './metadataSchema.ts';

/** The keys of metadata API requests (spec 2.7 and 6). */

export const request: ObjectSchema = {
  name: 'metadata API request',
  keys: [
    required('type', scalar('command'), 'The command, e.g. `pg_create_remote_relationship`.'),
    required('args', { kind: 'arguments-of-command' }, 'Arguments of the command.'),
    optional('version', number, 'Version of the command.'),
    optional(
      'resource_version',
      number,
      'The change is refused if the metadata on the server has another version.',
    ),
  ],
};

export const tableOwnerKeys: readonly SchemaKey[] = [
  optional('source', scalar('source-name'), 'Name of the source the table is in; `default` when not given.'),
  required('table', scalar('table'), 'Table that owns the relationship.'),
  nameKey,
];

export const typeOwnerKeys: readonly SchemaKey[] = [
  required('remote_schema', scalar('remote-schema-name'), 'Remote schema whose type owns the relationship.'),
  required('type_name', scalar('type-name'), 'Object type that owns the relationship.'),
  nameKey,
];

const strictDefinitionKey = required(
  'definition',
  object(strictDefinition),
  'What the relationship targets and how it joins.',
);

const name = 'arguments of the command';
const tableRelationship: { readonly definition: ObjectSchema; readonly deletion: ObjectSchema } = {
  definition: { name, keys: [...tableOwnerKeys, strictDefinitionKey, ...legacyKeys] },
  deletion: { name, keys: tableOwnerKeys },
};
const typeRelationship: { readonly definition: ObjectSchema; readonly deletion: ObjectSchema } = {
  definition: { name, keys: [...typeOwnerKeys, strictDefinitionKey] },
  deletion: { name, keys: typeOwnerKeys },
};

/** Version 1 of the command has the document itself, version 2 has it below `metadata`. */
const replacement: ObjectSchema = {
  name,
  keys: [
    optional('metadata', object(metadata), 'The metadata document (version 2 of the command).'),
    optional(
      'allow_inconsistent_metadata',
      scalar('boolean'),
      'Whether inconsistent metadata is accepted (version 2 of the command).',
    ),
    ...metadata.keys,
  ],
};

/** What `args` of a command holds; `undefined` for commands that are no business of ours. */
export function argumentsOfCommand(type: string): SchemaType | undefined {
  if (isBulk(type)) return list(object(request));
  if (type === 'replace_metadata') return object(replacement);
  if (type === 'set_custom_types') return object(customTypes);
  const command = relationshipCommand(type);
  if (command === undefined) return undefined;
  const shapes = command.owner === 'table' ? tableRelationship : typeRelationship;
  return object(command.verb === 'delete' ? shapes.deletion : shapes.definition);
}
