import { absent, type Knowledge, present, unknown } from '../catalogue/catalogue.ts';
import type {
  Argument,
  ArgumentValue,
  RemoteFieldObject,
  RemoteFieldStep,
} from '../metadata/relationship.ts';
import type {
  FieldDefinition,
  InputValue,
  NamedType,
  RemoteSchema,
  TypeReference,
} from '../schema/remoteSchema.ts';
import { namedTypeOf } from '../schema/typeReference.ts';
import type { ArgumentStep, LeftHandSide, PathStep, ValueStep } from './joinPath.ts';

/** What variables are looked up in. */
export interface Variables {
  readonly lhs: LeftHandSide;
  /** Names in `lhs_fields`; `undefined` when the list can't be read. */
  readonly listed: ReadonlySet<string> | undefined;
}

interface Walk extends Variables {
  readonly schema: RemoteSchema | undefined;
  readonly path: PathStep[];
  readonly usedVariables: Set<string>;
}

/** Walks a remote field tree from the query root (spec R15–R21). Without a schema every step is there, its facts unknown. */
export function walkPath(
  root: RemoteFieldObject | undefined,
  schema: RemoteSchema | undefined,
  variables: Variables,
): { readonly path: readonly PathStep[]; readonly usedVariables: ReadonlySet<string> } {
  const walk: Walk = { ...variables, schema, path: [], usedVariables: new Set() };
  if (root !== undefined) walkObject(walk, root, schema?.type(schema.queryTypeName));
  return { path: walk.path, usedVariables: walk.usedVariables };
}

function walkObject(walk: Walk, object: RemoteFieldObject, parentType: NamedType | undefined): void {
  for (const step of object.steps) walkStep(walk, step, parentType);
}

function walkStep(walk: Walk, step: RemoteFieldStep, parentType: NamedType | undefined): void {
  const field = fieldOf(walk, parentType, step.name.value);
  const returns = field.state === 'present' ? walk.schema?.type(namedTypeOf(field.value.type)) : undefined;
  const belowNonObject = step.child !== undefined && returns !== undefined && returns.kind !== 'object';
  walk.path.push({
    step,
    parentType,
    field,
    returns,
    arguments: argumentSteps(walk, step.arguments.state === 'present' ? step.arguments.value : [], (name) =>
      field.state === 'present' ? known(walk, field.value.argument(name)) : unknown,
    ),
    last: step.child === undefined,
    belowNonObject,
  });
  // The server's quirk: below what is no object it goes on with the object type it came from.
  if (step.child !== undefined) walkObject(walk, step.child, belowNonObject ? parentType : returns);
}

function fieldOf(walk: Walk, parentType: NamedType | undefined, name: string): Knowledge<FieldDefinition> {
  return parentType === undefined ? unknown : known(walk, parentType.field(name));
}

function known<T>({ schema }: Walk, value: T | undefined): Knowledge<T> {
  if (value !== undefined) return present(value);
  return schema?.isPartial ? unknown : absent;
}

const noSteps: readonly ArgumentStep[] = [];
const noItems: readonly ValueStep[] = [];

function argumentSteps(
  walk: Walk,
  list: readonly Argument[],
  definitionOf: (name: string) => Knowledge<InputValue>,
): readonly ArgumentStep[] {
  if (list.length === 0) return noSteps;
  return list.map((argument) => {
    const definition = definitionOf(argument.name.value);
    const expected = definition.state === 'present' ? definition.value.type : undefined;
    return { argument, definition, value: valueStep(walk, argument.value, expected) };
  });
}

function valueStep(walk: Walk, value: ArgumentValue, expected: TypeReference | undefined): ValueStep {
  const expectedType = expected === undefined ? undefined : walk.schema?.type(namedTypeOf(expected));
  const isVariable = value.kind === 'variable';
  if (isVariable) walk.usedVariables.add(value.name);
  return {
    value,
    expected,
    expectedType,
    listed: isVariable ? walk.listed?.has(value.name) : undefined,
    lhsField: isVariable ? walk.lhs.field(value.name) : unknown,
    items: value.kind === 'list' ? itemSteps(walk, value.items, expected) : noItems,
    // Also where a list of input objects is expected: people forget the list, and mean the object.
    fields:
      value.kind === 'object'
        ? argumentSteps(walk, value.fields, (name) =>
            expectedType?.kind === 'input-object' ? known(walk, expectedType.inputField(name)) : unknown,
          )
        : noSteps,
  };
}

/** Nothing is expected of an item where no list is expected. */
function itemSteps(
  walk: Walk,
  items: readonly ArgumentValue[],
  expected: TypeReference | undefined,
): readonly ValueStep[] {
  const of = expected?.kind === 'list' ? expected.of : undefined;
  return items.map((item) => valueStep(walk, item, of));
}
