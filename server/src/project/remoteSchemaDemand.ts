import { unknown } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { ArgumentStep, LeftHandSide, PathStep, ValueStep } from '../join/joinPath.ts';
import { walkPath } from '../join/walkPath.ts';
import type { Definition, RemoteFieldObject } from '../metadata/relationship.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';

/** What relationships ask of one remote schema. */
export interface RemoteSchemaDemand {
  /** Where paths begin. */
  readonly paths: RemoteFieldObject[];
  /** Fields of its own types that relationships join on. */
  readonly types: { readonly name: string; readonly fields: readonly string[] }[];
  /** The text of all that: another one where something else is asked. */
  text: string;
}

/** What the relationships of these documents ask, by the name of the remote schema. */
export function remoteSchemaDemands(
  contexts: Iterable<DocumentContext>,
): ReadonlyMap<string, RemoteSchemaDemand> {
  const demands = new Map<string, RemoteSchemaDemand>();
  const of = (name: string): RemoteSchemaDemand => {
    const known = demands.get(name) ?? { paths: [], types: [], text: '' };
    demands.set(name, known);
    return known;
  };
  for (const { model, tree } of contexts) {
    for (const { owner, definition } of model.relationships) {
      if (definition?.kind === 'to-remote-schema' && definition.remoteSchema.state === 'present') {
        const { remoteField } = definition;
        if (remoteField.state === 'present' && remoteField.value.steps.length > 0) {
          const demand = of(definition.remoteSchema.value);
          const { node } = remoteField.value;
          demand.paths.push(remoteField.value);
          demand.text += tree.text.slice(node.offset, node.offset + node.length);
        }
      }
      if (owner.kind !== 'remote-schema-type' || owner.remoteSchema === undefined) continue;
      if (owner.typeName.state !== 'present') continue;
      const demand = of(owner.remoteSchema.name);
      const type = { name: owner.typeName.value, fields: joinedFields(definition) };
      demand.types.push(type);
      demand.text += JSON.stringify(type);
    }
  }
  return demands;
}

function joinedFields(definition: Definition | undefined): readonly string[] {
  if (definition?.kind === 'to-remote-schema' && definition.lhsFields.state === 'present')
    return definition.lhsFields.value.map(({ value }) => value);
  if (definition?.kind === 'to-source' && definition.fieldMapping.state === 'present')
    return definition.fieldMapping.value.map(({ lhs }) => lhs.value);
  return [];
}

/** Names that stand in the text of every schema that meets the demand. */
export function namesAskedFor({ paths, types }: RemoteSchemaDemand): readonly string[] {
  return [
    ...new Set([
      ...paths.flatMap(({ steps }) => steps.map(({ name }) => name.value)),
      ...types.map(({ name }) => name),
    ]),
  ];
}

/** Whether a schema has every field, argument and type that is asked for. */
export function meetsDemand(schema: RemoteSchema, { paths, types }: RemoteSchemaDemand): boolean {
  return (
    walkAll(paths, schema).every(
      ({ field, belowNonObject, arguments: list }) =>
        field.state === 'present' && !belowNonObject && list.every(isThere),
    ) &&
    types.every(({ name, fields }) => {
      const type = schema.type(name);
      return type !== undefined && fields.every((field) => type.field(field) !== undefined);
    })
  );
}

function isThere({ definition, value }: ArgumentStep): boolean {
  return definition.state === 'present' && isValueThere(value);
}

function isValueThere({ fields, items }: ValueStep): boolean {
  return fields.every(isThere) && items.every(isValueThere);
}

function walkAll(paths: readonly RemoteFieldObject[], schema: RemoteSchema | undefined): readonly PathStep[] {
  return paths.flatMap((root) => walkPath(root, schema, { lhs: nothingKnown, listed: undefined }).path);
}

/** Names of columns do not matter here. */
const nothingKnown: LeftHandSide = {
  kind: 'action-type',
  type: unknown,
  fields: unknown,
  field: () => unknown,
  text: undefined,
};
