import type { ConfiguredRemoteSchema } from '../../catalogue/catalogue.ts';
import { originalFieldName, originalTypeName } from '../../catalogue/remoteSchemaNames.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { PathStep, RemoteSchemaJoin } from '../../join/joinPath.ts';
import type { RemoteSchema } from '../../schema/remoteSchema.ts';
import { replaceValue } from '../../syntax/edit/edits.ts';
import type { EditValue } from '../../syntax/edit/renderValue.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import type { Fix } from '../rule.ts';

/** Names after customization, written where relationships have those before it (spec 6.7). */

/** The type that a customization calls `name`. */
export function typeBeforeCustomization(
  { customization }: ConfiguredRemoteSchema,
  schema: RemoteSchema,
  name: string,
): string | undefined {
  return customization && originalTypeName(customization, schema, name);
}

/** The field of `type` that a customization calls `name`. */
export function fieldBeforeCustomization(
  { customization }: ConfiguredRemoteSchema,
  schema: RemoteSchema,
  type: string,
  name: string,
): string | undefined {
  return customization && originalFieldName(customization, schema, type, name);
}

/** The end of a message about such a name. */
export function beforeCustomization(what: string, original: string): string {
  return ` The customization of the remote schema gives ${what} "${original}" this name; relationships use the original one.`;
}

/** Whether a step is the namespace that a customization puts around the root fields. */
export function isNamespace(step: PathStep, target: ConfiguredRemoteSchema, schema: RemoteSchema): boolean {
  return (
    step.parentType?.name === schema.queryTypeName &&
    target.customization?.namespace?.value === step.step.name.value
  );
}

/** Takes the namespace out of a path: what stands below it takes its place, by its name before customization. */
export function withoutNamespace(
  { tree }: DocumentContext,
  { definition }: RemoteSchemaJoin,
  step: PathStep,
  target: ConfiguredRemoteSchema,
  schema: RemoteSchema,
): readonly Fix[] {
  const { child } = step.step;
  const [below] = child?.steps ?? [];
  if (definition.remoteField.state !== 'present' || below === undefined || child?.steps.length !== 1)
    return [];
  const { node } = definition.remoteField;
  const value = plainValue(below.node);
  const written = tree.text.slice(node.offset, node.offset + node.length);
  if (value === undefined || node.aliasOf !== undefined || node.children.length !== 1) return [];
  if (tree.language === 'yaml' && /(?:^|\s)#/.test(written)) return [];
  const name = below.name.value;
  const original = fieldBeforeCustomization(target, schema, schema.queryTypeName, name) ?? name;
  return [
    {
      title: `Begin the path with "${original}"`,
      edits: replaceValue(tree, node, { [original]: value }),
      preferred: true,
    },
  ];
}

/** What a node means; `undefined` where a part of it stands elsewhere, or can't be read. */
function plainValue(node: SyntaxNode): EditValue | undefined {
  if (node.aliasOf !== undefined || node.merged || node.unresolved || node.tag !== undefined)
    return undefined;
  if (node.kind === 'array') {
    const items = node.children.map(plainValue);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (node.kind !== 'object') return node.value;
  const pairs = node.children.map((child) => [child.key?.value, plainValue(child)] as const);
  const sound = pairs.flatMap(([key, value]) =>
    typeof key === 'string' && value !== undefined ? [[key, value] as const] : [],
  );
  return sound.length === pairs.length ? Object.fromEntries(sound) : undefined;
}
