import { boundedName } from '../../../../common/src/boundedText.ts';
import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import { isJsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { RemoteSchemaJoin } from '../../join/joinPath.ts';
import { lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import type { Finding, Fix } from '../../rules/rule.ts';
import { inputsMissing } from '../../rules/unsuppliedRequiredArgument.ts';
import type { InputValue, TypeReference } from '../../schema/remoteSchema.ts';
import { isRequired, namedTypeOf } from '../../schema/typeReference.ts';
import type { EditValue } from '../../syntax/edit/renderValue.ts';
import { rewriteValue } from '../../syntax/edit/rewriteValue.ts';
import { changeBetween } from '../../syntax/textChange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { jsonOf } from '../clientRequests/relationshipPayloads.ts';
import { agrees, bestField, type RankedField, rankFields } from '../completion/joinFields.ts';

/** Input objects in input objects are written up to here. */
const deepest = 4;

/**
 * The fix that gives required arguments, or fields of an input object, the columns that suit them best, and lists those
 * to join on. Arguments that no column suits are left out; none without any.
 */
export function requiredArgumentsFix(context: DocumentContext, { offset, length }: Finding): Fix | undefined {
  const found = inputsMissing(context).find(
    ({ range }) => range.offset === offset && range.length === length,
  );
  if (found === undefined) return undefined;
  const { join, missing, owner, object } = found;
  const listed: string[] = [];
  const added = missing.flatMap((input): [string, Json][] => {
    const columns: string[] = [];
    const value = proposedValue(join, input, input.type, owner, columns, 0);
    if (value === undefined) return [];
    listed.push(...columns);
    return [[input.name, value]];
  });
  const edits = added.length === 0 ? undefined : written(context, join, object, added, listed);
  if (edits === undefined) return undefined;
  const text = added.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
  return { title: `Add ${boundedName(text)}`, edits, preferred: false };
}

/** A value of a type, its columns noted; `undefined` where no column suits. */
export function proposedValue(
  join: RemoteSchemaJoin,
  input: InputValue,
  type: TypeReference,
  owner: string,
  columns: string[],
  depth: number,
): Json | undefined {
  if (type.kind === 'list') {
    const item = proposedValue(join, input, type.of, owner, columns, depth);
    return item === undefined ? undefined : [item];
  }
  const named = knownValue(join.schema)?.type(namedTypeOf(type));
  if (named?.kind !== 'input-object') {
    // In a list it is the item that has to suit.
    const field = suitingField(join, { ...input, type }, owner);
    if (field === undefined) return undefined;
    columns.push(field.field.name);
    return `$${field.field.name}`;
  }
  if (depth === deepest) return undefined;
  const members: [string, Json][] = [];
  for (const member of named.inputFields.filter(isRequired)) {
    const value = proposedValue(join, member, member.type, named.name, columns, depth + 1);
    if (value === undefined) return undefined;
    members.push([member.name, value]);
  }
  return Object.fromEntries(members);
}

/** Who asks for a proposal gets the best there is, if its type agrees. */
export function suitingField(
  join: RemoteSchemaJoin,
  input: InputValue,
  owner: string,
): RankedField | undefined {
  const ranked = rankFields(join, { name: input.name, owner, expected: input.type });
  return bestField(join, input, owner, true) ?? ranked.find(({ agreement }) => agreement >= agrees);
}

function written(
  { tree }: DocumentContext,
  { definition }: RemoteSchemaJoin,
  object: SyntaxNode,
  added: readonly (readonly [string, Json])[],
  columns: readonly string[],
): Fix['edits'] | undefined {
  const key = lhsFieldsKeys[definition.form];
  const whole = jsonOf(definition.node);
  if (!isJsonObject(whole) || definition.lhsFields.state !== 'present') return undefined;
  const has = definition.lhsFields.value.map(({ value }) => value);
  const fields = [...new Set([...has, ...columns])];
  const change = (value: Json, node: SyntaxNode): Json => {
    if (node === object) return { ...(isJsonObject(value) ? value : {}), ...Object.fromEntries(added) };
    if (Array.isArray(value)) return value.map((item, index) => below(item, node.children[index]));
    if (!isJsonObject(value)) return value;
    const children = new Map(node.children.map((child) => [String(child.key?.value), child]));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, below(item, children.get(name))]),
    );
  };
  const below = (item: Json, node: SyntaxNode | undefined) => (node ? change(item, node) : item);
  const changed = change(whole, definition.node);
  const wanted = isJsonObject(changed) ? { ...changed, [key]: fields } : whole;
  const text = rewriteValue(tree, definition.node, wanted as EditValue, { isSet: (each) => each === key });
  if (text === undefined || text === tree.text) return undefined;
  const { start, oldEnd, newEnd } = changeBetween(tree.text, text);
  return [{ offset: start, length: oldEnd - start, text: text.slice(start, newEnd) }];
}
