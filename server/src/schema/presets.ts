import type { InputValueDefinitionNode } from 'graphql';
import { parseSdl } from './parseSdl.ts';

/**
 * What the SDL of a permission presets, so that users can't give it: arguments as `Type.field.argument`, fields of input
 * objects as `Type.field`.
 */
export function presetsIn(sdl: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (owner: string, inputs: readonly InputValueDefinitionNode[] | undefined): void => {
    for (const { name, directives } of inputs ?? []) {
      if (directives?.some((directive) => directive.name.value === 'preset'))
        found.add(`${owner}.${name.value}`);
    }
  };
  for (const definition of parseSdl(sdl).document?.definitions ?? []) {
    switch (definition.kind) {
      case 'ObjectTypeDefinition':
      case 'ObjectTypeExtension':
      case 'InterfaceTypeDefinition':
      case 'InterfaceTypeExtension':
        for (const field of definition.fields ?? [])
          add(`${definition.name.value}.${field.name.value}`, field.arguments);
        break;
      case 'InputObjectTypeDefinition':
      case 'InputObjectTypeExtension':
        add(definition.name.value, definition.fields);
        break;
      default:
    }
  }
  return found;
}
