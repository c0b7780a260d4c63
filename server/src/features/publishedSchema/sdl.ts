import { customizedFieldName, customizedTypeName } from '../../catalogue/remoteSchemaNames.ts';
import type { RemoteSchemaCustomization } from '../../metadata/relationship.ts';
import type { InputValue, NamedType, RemoteSchema, TypeReference } from '../../schema/remoteSchema.ts';

/** Names of a remote schema as Hasura publishes them. */
export interface PublishedNames {
  typeName(name: string): string;
  fieldName(type: string, name: string): string;
}

/** Names that nothing changes. */
export const ownNames: PublishedNames = { typeName: (name) => name, fieldName: (_, name) => name };

/** Names after the customization of a remote schema. */
export function customizedNames(
  customization: RemoteSchemaCustomization,
  schema: RemoteSchema,
): PublishedNames {
  return {
    typeName: (name) => customizedTypeName(customization, schema, name) ?? name,
    fieldName: (type, name) => customizedFieldName(customization, type, name),
  };
}

/** `[Person!]!`, by the names that are published. */
export function typeText(type: TypeReference, names: PublishedNames): string {
  const inner = type.kind === 'named' ? names.typeName(type.name) : `[${typeText(type.of, names)}]`;
  return type.nonNull ? `${inner}!` : inner;
}

/** `limit: Int = 20` */
export function inputText({ name, type, defaultText }: InputValue, names: PublishedNames): string {
  return `${name}: ${typeText(type, names)}${defaultText === undefined ? '' : ` = ${defaultText}`}`;
}

/** `(limit: Int, where: Where)`; nothing where there is none. */
export function argumentList(inputs: readonly string[]): string {
  return inputs.length === 0 ? '' : `(${inputs.join(', ')})`;
}

/** Most fields of a type that are shown. */
const mostFields = 100;

/** A type of a remote schema as SDL. */
export function typeSdl(type: NamedType, names: PublishedNames): string {
  const name = names.typeName(type.name);
  switch (type.kind) {
    case 'object':
    case 'interface': {
      const fields = type.fields.slice(0, mostFields).map((field) => {
        const inputs = argumentList(field.arguments.map((each) => inputText(each, names)));
        return `${names.fieldName(type.name, field.name)}${inputs}: ${typeText(field.type, names)}`;
      });
      const more = type.fields.length - fields.length;
      const lines = more > 0 ? [...fields, `# and ${more} more`] : fields;
      return block(`${type.kind === 'object' ? 'type' : 'interface'} ${name}`, lines);
    }
    case 'union':
      return `union ${name} = ${type.memberTypes.map((each) => names.typeName(each)).join(' | ')}\n`;
    case 'enum':
      return block(`enum ${name}`, type.enumValues);
    default:
      return `scalar ${name}\n`;
  }
}

export function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}
