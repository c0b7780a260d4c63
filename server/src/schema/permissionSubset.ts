import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  type NameNode,
  parseValue,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import type { TextRange } from '../syntax/textRange.ts';
import { isBuiltInScalar } from './builtInScalars.ts';
import type { InputValue, NamedType, NamedTypeKind, RemoteSchema, TypeReference } from './remoteSchema.ts';
import { typeReferenceOf } from './sdlTypes.ts';
import { suggest } from './suggest.ts';
import { namedTypeOf, typeReferenceText } from './typeReference.ts';

/** A part of a permission's SDL that is not of the remote schema, or a preset that can't be. */
export interface PermissionMistake extends TextRange {
  readonly message: string;
  /** In the server's words. */
  readonly reason: string;
  /** Whether the server is certain to refuse it. */
  readonly certain: boolean;
  /** The name that was meant. */
  readonly suggestion: string | undefined;
}

/** Everything in which the SDL of a permission is no part of the remote schema (R59). */
export function permissionMistakes(
  document: DocumentNode,
  schema: RemoteSchema,
): readonly PermissionMistake[] {
  const check = new PermissionCheck(document, schema);
  for (const definition of document.definitions) check.definition(definition);
  return check.mistakes;
}

const kinds: Readonly<Record<TypeDefinitionNode['kind'], readonly [NamedTypeKind, string]>> = {
  ObjectTypeDefinition: ['object', 'Object'],
  InterfaceTypeDefinition: ['interface', 'Interface'],
  UnionTypeDefinition: ['union', 'Union'],
  ScalarTypeDefinition: ['scalar', 'Scalar'],
  EnumTypeDefinition: ['enum', 'Enum'],
  InputObjectTypeDefinition: ['input-object', 'Input object'],
};

class PermissionCheck {
  readonly mistakes: PermissionMistake[] = [];
  readonly #schema: RemoteSchema;
  readonly #own: ReadonlyMap<string, TypeDefinitionNode>;
  readonly #seen = new Set<string>();
  #schemaDefinitions = 0;

  constructor(document: DocumentNode, schema: RemoteSchema) {
    this.#schema = schema;
    this.#own = new Map(
      document.definitions.filter(isTypeDefinitionNode).map((node) => [node.name.value, node]),
    );
  }

  definition(node: DefinitionNode): void {
    if (node.kind === 'SchemaDefinition') {
      this.#schemaDefinitions += 1;
      if (this.#schemaDefinitions === 2) {
        this.#add(
          node.loc?.startToken ?? node,
          'There is already a schema definition.',
          'multiple schema definitions found',
        );
      }
    } else if (isTypeDefinitionNode(node)) this.#type(node);
  }

  #type(node: TypeDefinitionNode): void {
    const name = node.name.value;
    const [kind, word] = kinds[node.kind];
    if (this.#seen.has(name)) {
      this.#add(node.name, `Type "${name}" is already defined.`, `duplicate type names found: "${name}"`);
      return;
    }
    this.#seen.add(name);
    if (kind === 'scalar' && isBuiltInScalar(name)) return;
    const type = this.#schema.type(name);
    if (type?.kind !== kind) {
      const names = this.#schema.typeNames.filter((each) => this.#schema.type(each)?.kind === kind);
      this.#add(
        node.name,
        type === undefined
          ? `The remote schema has no type "${name}".`
          : `"${name}" is another kind of type in the remote schema.`,
        `${word}: "${name}" does not exist in the upstream remote schema`,
        type === undefined ? suggest(name, names) : undefined,
      );
      return;
    }
    this.#directives(node.directives, `${word} "${name}"`);
    this.#members(node, type);
  }

  #members(node: TypeDefinitionNode, type: NamedType): void {
    switch (node.kind) {
      case 'ObjectTypeDefinition':
        for (const { name } of node.interfaces ?? []) {
          if (type.interfaces.includes(name.value) || !this.#own.has(name.value)) continue;
          this.#add(
            name,
            `In the remote schema "${type.name}" does not implement "${name.value}".`,
            `custom interfaces are not supported. Object"${type.name}" implements the following custom interfaces: "${name.value}"`,
          );
        }
        this.#fields(node.fields ?? [], type, 'Object');
        return;
      case 'InterfaceTypeDefinition':
        this.#fields(node.fields ?? [], type, 'Interface');
        return;
      case 'InputObjectTypeDefinition':
        this.#inputs(node.fields ?? [], type.inputFields, type.name, node.name, 'Input object');
        return;
      case 'EnumTypeDefinition':
        this.#named(node.values, type.enumValues, (name) => [
          `Enum "${type.name}" has no value "${name}".`,
          `enum "${type.name}" contains the following enum values that do not exist in the corresponding upstream remote enum: "${name}"`,
        ]);
        return;
      case 'UnionTypeDefinition':
        this.#named(node.types, type.memberTypes, (name) => [
          `Union "${type.name}" has no type "${name}".`,
          `union "${type.name}" contains members which do not exist in the members of the remote schema union :"${name}"`,
        ]);
        return;
    }
  }

  /** Values of an enum, or members of a union: only such as the remote schema has. */
  #named(
    nodes: readonly { readonly name: NameNode }[] = [],
    known: readonly string[],
    mistake: (name: string) => readonly [message: string, reason: string],
  ): void {
    for (const { name } of nodes) {
      if (known.includes(name.value)) continue;
      this.#add(name, ...mistake(name.value), suggest(name.value, known));
    }
  }

  #fields(nodes: readonly FieldDefinitionNode[], type: NamedType, word: 'Object' | 'Interface'): void {
    const seen = new Set<string>();
    for (const node of nodes) {
      const name = node.name.value;
      if (seen.has(name)) {
        this.#add(
          node.name,
          `Type "${type.name}" already has a field "${name}".`,
          `duplicate fields: "${name}"found in the ${word} "${type.name}"`,
        );
        continue;
      }
      seen.add(name);
      const field = type.field(name);
      if (field === undefined) {
        const names = type.fields.map((each) => each.name);
        this.#add(
          node.name,
          `Type "${type.name}" of the remote schema has no field "${name}".`,
          `field "${name}" does not exist in the ${word}: "${type.name}"`,
          suggest(name, names),
        );
        continue;
      }
      this.#directives(node.directives, `${word} field "${type.name}"`);
      this.#sameType(node.type, field.type, name, `${word} field`);
      this.#inputs(node.arguments ?? [], field.arguments, name, node.name, 'field');
    }
  }

  /** Arguments of a field, or fields of an input object. */
  #inputs(
    nodes: readonly InputValueDefinitionNode[],
    inputs: readonly InputValue[],
    ownerName: string,
    owner: NameNode,
    word: 'field' | 'Input object',
  ): void {
    const what = word === 'field' ? 'argument' : 'field';
    const written = new Set(nodes.map(({ name }) => name.value));
    const missing = inputs.filter(({ name, type }) => type.nonNull && !written.has(name));
    if (missing.length > 0) {
      const names = missing.map(({ name }) => `"${name}"`).join(', ');
      this.#add(
        owner,
        `${word === 'field' ? 'Field' : word} "${ownerName}" must keep what is non-null in the remote schema: ${names}. Use a preset to hide it.`,
        `field: "${ownerName}" expects the following non nullable arguments to be present: ${names}`,
      );
    }
    const seen = new Set<string>();
    for (const node of nodes) {
      const name = node.name.value;
      if (seen.has(name)) {
        this.#add(
          node.name,
          `There is already ${what === 'argument' ? 'an argument' : 'a field'} "${name}".`,
          `duplicate arguments: "${name}"found in the field: "${ownerName}"`,
        );
        continue;
      }
      seen.add(name);
      const input = inputs.find((each) => each.name === name);
      if (input === undefined) {
        this.#add(
          node.name,
          `${word === 'field' ? 'Field' : word} "${ownerName}" of the remote schema has no ${what} "${name}".`,
          `input argument "${name}" does not exist in the input object:"${ownerName}"`,
          suggest(
            name,
            inputs.map((each) => each.name),
          ),
        );
        continue;
      }
      this.#sameType(node.type, input.type, name, 'Input object argument');
      this.#sameDefault(node, input, ownerName);
      this.#preset(node);
    }
  }

  #sameType(node: TypeNode, type: TypeReference, name: string, word: string): void {
    const written = typeReferenceText(typeReferenceOf(node));
    const expected = typeReferenceText(type);
    // A type without a name is one that an introspection did not tell to its end.
    if (written === expected || namedTypeOf(type) === '') return;
    this.#add(
      node,
      `"${name}" is of type ${expected} in the remote schema, not ${written}.`,
      `expected type of "${name}"("${word}") to be ${expected} but received ${written}`,
    );
  }

  /** A default may be written in several ways, and SDL at hand may be another than what the server was told. */
  #sameDefault(node: InputValueDefinitionNode, input: InputValue, ownerName: string): void {
    const written = node.defaultValue === undefined ? '' : print(node.defaultValue);
    const expected = input.defaultText === undefined ? '' : printed(input.defaultText);
    if (written === expected) return;
    const has = expected === '' ? 'no default' : `the default ${expected}`;
    this.#add(
      node.name,
      `"${node.name.value}" has ${has} in the remote schema; a permission keeps it.`,
      `expected default value of input value: "${node.name.value}"of input object "${ownerName}" to be ${expected} but received ${written}`,
      undefined,
      false,
    );
  }

  /** Presets stand at arguments and input fields alone; no other directive is known to the server. */
  #directives(nodes: readonly ConstDirectiveNode[] | undefined, place: string): void {
    for (const node of nodes ?? []) {
      if (node.name.value === 'preset') {
        this.#add(
          node.name,
          'A preset belongs on an argument or an input field.',
          'Preset directives can be defined only on INPUT_FIELD_DEFINITION or ARGUMENT_DEFINITION',
        );
      } else this.#unknownDirective(node, place);
    }
  }

  #unknownDirective({ name }: ConstDirectiveNode, place: string): void {
    this.#add(
      name,
      `The server does not know the directive "@${name.value}" of the remote schema (at ${place}).`,
      `Directive: "${name.value}" does not exist in the upstream remote schema`,
      undefined,
      false,
    );
  }

  #preset(node: InputValueDefinitionNode): void {
    const presets = (node.directives ?? []).filter(({ name }) => name.value === 'preset');
    for (const other of node.directives ?? []) {
      if (other.name.value !== 'preset') this.#unknownDirective(other, `"${node.name.value}"`);
    }
    const [preset, second] = presets;
    if (preset === undefined) return;
    if (second !== undefined) {
      this.#add(
        second.name,
        'There is already a preset.',
        `found multiple preset directives at Input object argument "${node.name.value}"`,
      );
      return;
    }
    const argument = (name: string) => preset.arguments?.find((each) => each.name.value === name)?.value;
    const value = argument('value');
    if (value === undefined) {
      const none = (preset.arguments ?? []).length === 0;
      this.#add(
        preset.name,
        'A preset needs a "value".',
        none
          ? 'no arguments found in the preset directive'
          : `preset argument "value" not found at "${node.name.value}"`,
      );
      return;
    }
    const fixed = argument('static');
    if (fixed !== undefined && fixed.kind !== 'BooleanValue') {
      this.#add(
        fixed,
        '"static" must be true or false.',
        'expected preset static value to be a Boolean value',
      );
      return;
    }
    this.#presetValue(node.type, node.name.value, value);
  }

  /** The server looks types up in the SDL of the permission itself. */
  #presetValue(type: TypeNode, name: string, value: ConstValueNode): void {
    if (type.kind === 'NonNullType') {
      this.#presetValue(type.type, name, value);
      return;
    }
    if (type.kind === 'ListType') {
      if (value.kind === 'ListValue') {
        for (const item of value.values) this.#presetValue(type.type, name, item);
      } else if (isSessionVariable(value)) {
        this.#add(
          value,
          'A session variable is a single value, not a list.',
          `illegal preset value at "${name}". Session arguments can only be set for singleton values`,
        );
      } else this.#presetValue(type.type, name, value);
      return;
    }
    const typeName = type.name.value;
    const own = this.#own.get(typeName);
    const expected = (what: string, server: string) =>
      this.#add(
        value,
        `A preset of type "${typeName}" must be ${what}.`,
        `expected preset value "${print(value)}" of type "${typeName}" to be ${server}`,
      );
    if (own?.kind === 'ScalarTypeDefinition' || isBuiltInScalar(typeName)) {
      if (['EnumValue', 'ListValue', 'ObjectValue'].includes(value.kind))
        expected('a scalar', 'a scalar value');
    } else if (own?.kind === 'EnumTypeDefinition') {
      if (value.kind === 'EnumValue') {
        const names = (own.values ?? []).map((each) => each.name.value);
        if (!names.includes(value.value)) {
          this.#add(
            value,
            `Enum "${typeName}" has no value "${value.value}" here.`,
            `"${value.value}" not found in the enum: "${typeName}"`,
            suggest(value.value, names),
          );
        }
      } else if (!isSessionVariable(value)) expected('one of its values', 'an enum value');
    } else if (own?.kind === 'InputObjectTypeDefinition') {
      if (value.kind !== 'ObjectValue') {
        expected('an object', 'an input object value');
        return;
      }
      for (const { name: key, value: inner } of value.fields) {
        const field = own.fields?.find((each) => each.name.value === key.value);
        if (field === undefined) {
          this.#add(
            key,
            `Input object "${typeName}" has no field "${key.value}" here.`,
            `"${key.value}" does not exist in the input object "${typeName}"`,
          );
        } else this.#presetValue(field.type, key.value, inner);
      }
    } else {
      this.#add(
        type,
        `Type "${typeName}" of a preset is not an input type in this SDL: define it here too.`,
        `expected "${typeName}" to be an input type, but it's an output type`,
      );
    }
  }

  #add(
    at:
      | { readonly loc?: { readonly start: number; readonly end: number } | undefined }
      | { readonly start: number; readonly end: number }
      | undefined,
    message: string,
    reason: string,
    suggestion?: string,
    certain = true,
  ): void {
    const place = at === undefined ? undefined : 'start' in at ? at : at.loc;
    this.mistakes.push({
      message,
      reason,
      certain,
      suggestion,
      offset: place?.start ?? 0,
      length: (place?.end ?? 0) - (place?.start ?? 0),
    });
  }
}

function isSessionVariable(value: ConstValueNode): boolean {
  return value.kind === 'StringValue' && /^x-hasura-/i.test(value.value);
}

function printed(text: string): string {
  try {
    return print(parseValue(text));
  } catch {
    return text;
  }
}
