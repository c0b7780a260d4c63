import type { Column } from '../../catalogue/catalogue.ts';
import type { LhsField } from '../../join/joinPath.ts';
import { relationshipCommand } from '../../metadata/commands.ts';
import type { FieldDefinition, InputValue } from '../../schema/remoteSchema.ts';
import { typeReferenceText } from '../../schema/typeReference.ts';
import { paragraphs, prose } from './markdown.ts';

/** Texts about columns and remote schemas that completion and hover share. */

/** `person(id: ID!, at: Int = 1): Person`. */
export function fieldSignature(field: FieldDefinition): string {
  const inputs = field.arguments.map(inputSignature).join(', ');
  return `${field.name}${inputs === '' ? '' : `(${inputs})`}: ${typeReferenceText(field.type)}`;
}

/** `id: ID!`, with the default when there is one. */
export function inputSignature(input: InputValue): string {
  return `${input.name}: ${inputType(input)}`;
}

/** `Int = 20`. */
export function inputType(input: InputValue): string {
  return typeReferenceText(input.type) + (input.defaultText === undefined ? '' : ` = ${input.defaultText}`);
}

/** `uuid, nullable`; GraphQL types of remote fields say it themselves. `undefined`: nothing is known. */
export function joinFieldType(
  field: Pick<Column, 'type' | 'nullable'> & { readonly origin?: LhsField['origin'] },
): string | undefined {
  if (field.origin === 'remote-field') return field.type;
  const nullability = field.nullable === undefined ? undefined : field.nullable ? 'nullable' : 'not null';
  return [field.type, nullability].filter((part) => part !== undefined).join(', ') || undefined;
}

/** What a relationship command does; `undefined` for every other. */
export function describeCommand(type: string): string | undefined {
  const command = relationshipCommand(type);
  if (command === undefined || command.meant !== undefined) return undefined;
  const does = { create: 'creates or replaces', update: 'replaces', delete: 'removes' }[command.verb];
  const owner = command.owner === 'table' ? 'a table' : "a remote schema's type";
  return `${does} a remote relationship of ${owner}`;
}

/** Deprecation and description of something of a remote schema, as markdown. */
export function describeDefinition(
  thing: Pick<FieldDefinition, 'deprecationReason' | 'description'>,
): string | undefined {
  const { deprecationReason: reason, description } = thing;
  const deprecated =
    reason === undefined ? undefined : reason === '' ? '**Deprecated**' : `**Deprecated:** ${prose(reason)}`;
  return paragraphs(deprecated, description === undefined ? undefined : prose(description)) || undefined;
}
