import type { Argument, ArgumentValue, Definition, RemoteFieldStep } from './relationship.ts';

/** Arguments of the last remote field that are objects: the server makes input types of what they leave over (R20, R55). */

/** The last field of the path; `undefined` where the path branches or can't be read. */
export function lastStep(definition: Definition | undefined): RemoteFieldStep | undefined {
  if (definition?.kind !== 'to-remote-schema' || definition.remoteField.state !== 'present') return undefined;
  let { steps } = definition.remoteField.value;
  for (;;) {
    const [step, second] = steps;
    if (step === undefined || second !== undefined) return undefined;
    if (step.child === undefined) return step;
    ({ steps } = step.child);
  }
}

/** The first argument of the last field that is an object, or a list of one. */
export function objectArgumentOf(definition: Definition | undefined): Argument | undefined {
  const list = lastStep(definition)?.arguments;
  return list?.state === 'present'
    ? list.value.find(({ value }) => objectIn(value) !== undefined)
    : undefined;
}

/** The object a value is, below any lists of one. */
export function objectIn(value: ArgumentValue): Extract<ArgumentValue, { kind: 'object' }> | undefined {
  if (value.kind === 'object') return value;
  const [item, second] = value.kind === 'list' ? value.items : [];
  return item === undefined || second !== undefined ? undefined : objectIn(item);
}

/** What is fixed of an object, as one text: its keys, and those of the objects in it. Values make no difference. */
export function templateOf(fields: readonly Argument[]): string {
  const keys = fields.map(({ name, value }) => {
    const object = objectIn(value);
    return object === undefined ? name.value : `${name.value}${templateOf(object.fields)}`;
  });
  return `{${keys.toSorted().join(' ')}}`;
}
