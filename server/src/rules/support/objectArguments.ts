import type { Argument, ArgumentValue, Definition, RemoteFieldObject } from '../../metadata/relationship.ts';

/** The first argument of a remote field, at any level, that fixes a part of an input object (R20, R40). */
export function firstObjectArgument(definition: Definition | undefined): Argument | undefined {
  if (definition?.kind !== 'to-remote-schema' || definition.remoteField.state !== 'present') return undefined;
  return inFields(definition.remoteField.value);
}

function inFields({ steps }: RemoteFieldObject): Argument | undefined {
  for (const step of steps) {
    const own =
      step.arguments.state === 'present'
        ? step.arguments.value.find(({ value }) => isObject(value))
        : undefined;
    const found = own ?? (step.child === undefined ? undefined : inFields(step.child));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: ArgumentValue): boolean {
  return value.kind === 'object' || (value.kind === 'list' && value.items.some(isObject));
}
