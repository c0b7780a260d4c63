import type { Json, JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import type { PayloadEdit, RelationshipPayload, TextPosition } from '../../../../common/src/protocol.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { legacyKeys } from '../../metadata/metadataSchema.ts';
import { isOpaque, keyText } from '../../metadata/nodes.ts';
import type { Relationship, TableOwner } from '../../metadata/relationship.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { Finding } from '../../rules/rule.ts';
import { removeItem } from '../../syntax/edit/removals.ts';
import { property } from '../../syntax/nodes.ts';
import { isWithin, type TextRange, touches } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { relationshipErrors } from '../relationshipErrors.ts';

export interface PayloadOptions {
  /** Only the relationship around this offset. */
  readonly offset?: number | undefined;
  /** What was found in the document. */
  readonly findings: readonly Finding[];
  positionAt(offset: number): TextPosition;
}

/** The relationships of a document as they would be sent to a server; what is half written says so. */
export function relationshipPayloads(
  context: DocumentContext,
  options: PayloadOptions,
): readonly RelationshipPayload[] {
  const { offset, findings } = options;
  const errorsOf = relationshipErrors(context.model, findings);
  return context.model.relationships
    .filter(({ node }) => offset === undefined || touches(node, offset))
    .map((relationship) => payloadOf(relationship, context, errorsOf(relationship), options));
}

function payloadOf(
  relationship: Relationship,
  context: DocumentContext,
  errors: readonly Finding[],
  { positionAt }: PayloadOptions,
): RelationshipPayload {
  const { node, name, owner } = relationship;
  const range = ({ offset, length }: TextRange) => ({
    start: positionAt(offset),
    end: positionAt(offset + length),
  });
  const identity = identityOf(relationship);
  const definition = definitionOf(relationship);
  const source =
    owner.kind === 'table' && owner.source ? context.catalogue.source(owner.source.name) : undefined;
  return {
    name: nameOf(relationship) ?? '',
    identity: typeof identity === 'string' ? null : identity,
    sourceKind: (source && knownValue(source)?.kind) ?? null,
    range: range(node),
    nameRange: range(name.state === 'present' && isWithin(name.node, node) ? name.node : node),
    form: formOf(relationship),
    definition: definition ?? null,
    errors: distinctMessages(errors),
    obstacle:
      typeof identity === 'string'
        ? identity
        : definition === undefined && relationship.definition !== undefined
          ? 'Parts of its definition can’t be read here: an !include, a placeholder, or an alias without an anchor.'
          : null,
    removal: removalOf(relationship, context, range),
  };
}

/** Which one it is, or why the document does not say. */
export function identityOf(relationship: Relationship): RelationshipIdentity | string {
  const { owner } = relationship;
  const name = nameOf(relationship);
  if (name === undefined || name === '') return 'It has no name.';
  if (owner.kind === 'table') {
    const table = tableOf(owner);
    if (owner.source === undefined) return 'The file does not say which source the table belongs to.';
    if (table === undefined) return 'The file does not say which table it belongs to.';
    return { owner: 'table', source: owner.source.name, table, name };
  }
  if (owner.kind === 'action-type') return 'It belongs to an action type.';
  if (owner.remoteSchema === undefined)
    return 'The file does not say which remote schema the type belongs to.';
  if (owner.typeName.state !== 'present') return 'The file does not say which type it belongs to.';
  return {
    owner: 'remote-schema',
    remoteSchema: owner.remoteSchema.name,
    typeName: owner.typeName.value,
    name,
  };
}

function tableOf({ table, written }: TableOwner): Json | undefined {
  return table.state === 'present' ? jsonOf(written ?? table.node) : undefined;
}

/** The value of `definition`; of a flat request an object of its three keys. */
function definitionOf({ node, nameOutside, request, definition }: Relationship): Json | undefined {
  if (definition === undefined) return undefined;
  if (nameOutside !== undefined) return jsonOf(node);
  const written = property(node, 'definition');
  if (written !== undefined) return jsonOf(written);
  const flat =
    request !== undefined && definition.kind === 'to-remote-schema' && definition.form === 'legacy';
  if (!flat) return undefined;
  const keys = legacyKeys.flatMap(({ name }): [string, Json | undefined][] => {
    const value = property(node, name);
    return value === undefined ? [] : [[name, jsonOf(value)]];
  });
  return keys.every((entry): entry is [string, Json] => entry[1] !== undefined)
    ? Object.fromEntries(keys)
    : undefined;
}

function formOf({ definition }: Relationship): RelationshipPayload['form'] {
  switch (definition?.kind) {
    case undefined:
      return 'none';
    case 'to-source':
      return 'to-source';
    case 'to-remote-schema':
      return definition.form;
    case 'unreadable':
      return 'unreadable';
  }
}

/** A value as JSON; `undefined` when a part of it can't be read. Of a key written twice the last one counts. */
export function jsonOf(node: SyntaxNode): Json | undefined {
  if (isOpaque(node)) return undefined;
  switch (node.kind) {
    case 'array': {
      const items = node.children.map(jsonOf);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'object':
      return objectOf(node);
    case 'number':
      // YAML knows numbers that JSON does not.
      return Number.isFinite(node.value) ? (node.value as number) : undefined;
    default:
      return node.value ?? null;
  }
}

/** An object as JSON; `undefined` when a part of it can't be read. */
export function objectOf({ children }: SyntaxNode): JsonObject | undefined {
  const entries: [string, Json][] = [];
  // What is written in the object itself wins over what a merge key brings.
  const ordered = [...children.filter(({ merged }) => merged), ...children.filter(({ merged }) => !merged)];
  for (const child of ordered) {
    const value = jsonOf(child);
    if (value === undefined || child.key?.unresolved) return undefined;
    entries.push([keyText(child), value]);
  }
  return Object.fromEntries(entries);
}

/** What findings say, each once. */
export function distinctMessages(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ message }) => message))];
}

function removalOf(
  { node, request }: Relationship,
  { tree }: DocumentContext,
  range: (place: TextRange) => PayloadEdit['range'],
): readonly PayloadEdit[] | null {
  if (request !== undefined || node.parent?.kind !== 'array' || node.aliasOf !== undefined) return null;
  const edits = removeItem(tree, node);
  if (edits.length === 0) return null;
  return edits.map(({ offset, length, text }) => ({ range: range({ offset, length }), newText: text }));
}
