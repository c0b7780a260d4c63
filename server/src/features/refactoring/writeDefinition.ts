import {
  readDefinition,
  writeDefinition as textOfDefinition,
} from '../../../../common/src/metadataApi/document/definition.ts';
import {
  compareTexts,
  type Json,
  member,
  sameJson,
} from '../../../../common/src/metadataApi/document/json.ts';
import {
  identityKey,
  type KindOf,
  ownerText,
  type RelationshipIdentity,
  type TableRelationshipIdentity,
  type TypeRelationshipIdentity,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { tableKey } from '../../../../common/src/metadataApi/document/tableName.ts';
import type { DefinitionEdit } from '../../../../common/src/protocol.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import { isGiven, isOpaque } from '../../metadata/nodes.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import type { PositionIn } from '../../project/positions.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { addProperty, insertItem, setProperty } from '../../syntax/edit/edits.ts';
import type { EditValue } from '../../syntax/edit/renderValue.ts';
import { rewriteBelow, rewriteValue } from '../../syntax/edit/rewriteValue.ts';
import { property } from '../../syntax/nodes.ts';
import { changeBetween } from '../../syntax/textChange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { identityOf, jsonOf } from '../clientRequests/relationshipPayloads.ts';

/** A file with the text it is to have. */
interface NewText {
  readonly context: DocumentContext;
  readonly text: string;
}

/**
 * The edit after which the metadata files define a relationship like this: in the item they have, else in a new one
 * as an export would have it (C12). What means the same already stays as it is written.
 */
export function writeDefinition(
  workspace: Workspace,
  project: Project,
  identity: RelationshipIdentity,
  definition: Json,
  positionIn: PositionIn,
): DefinitionEdit {
  const contexts = [...project.files.keys()].flatMap((key) => workspace.context(key) ?? []);
  const kindOf: KindOf = (name) => {
    const source = contexts[0]?.catalogue.source(name);
    return source && knownValue(source)?.kind;
  };
  const found = lastRelationship(contexts, identity, kindOf);
  const written =
    found === undefined
      ? newItem(contexts, identity, definition, kindOf)
      : changedItem(found.context, found.relationship, definition, kindOf);
  if (typeof written === 'string') return { obstacle: written };
  const { context, text } = written;
  const { uri, tree } = context;
  if (text === tree.text) return { uri, change: 'none', edits: [] };
  const { start, oldEnd, newEnd } = changeBetween(tree.text, text);
  const range = { start: positionIn(uri, start), end: positionIn(uri, oldEnd) };
  return {
    uri,
    change: found === undefined ? 'new-item' : 'definition',
    edits: [{ range, newText: text.slice(start, newEnd) }],
  };
}

/** Of several with one identity the last one counts, as for the server. */
function lastRelationship(
  contexts: readonly DocumentContext[],
  identity: RelationshipIdentity,
  kindOf: KindOf,
): { readonly context: DocumentContext; readonly relationship: Relationship } | undefined {
  const wanted = identityKey(identity, kindOf);
  return contexts
    .flatMap((context) => context.model.relationships.map((relationship) => ({ context, relationship })))
    .findLast(({ relationship }) => {
      const own = identityOf(relationship);
      return typeof own !== 'string' && identityKey(own, kindOf) === wanted;
    });
}

const setKeys: ReadonlySet<string> = new Set(Object.values(lhsFieldsKeys));
const isSet = (key: string): boolean => setKeys.has(key);

const shared =
  'It can’t be written without changing something else in the file, such as what an alias stands for. Write it by hand.';

function changedItem(
  context: DocumentContext,
  { node, nameOutside }: Relationship,
  definition: Json,
  kindOf: KindOf,
): NewText | string {
  const { tree } = context;
  const written = nameOutside === undefined ? property(node, 'definition') : node;
  const wanted = likeWritten(definition, written && jsonOf(written), kindOf);
  const text =
    written === undefined
      ? rewriteBelow(tree, node, setProperty(tree, node, 'definition', wanted as EditValue))
      : written.merged || isOpaque(written)
        ? undefined
        : rewriteValue(tree, written, wanted as EditValue, { isSet });
  return text === undefined ? shared : { context, text };
}

/** The definition in the form, and its table with the name, that the file has. */
function likeWritten(definition: Json, here: Json | undefined, kindOf: KindOf): Json {
  const wanted = readDefinition(definition, kindOf);
  const own = readDefinition(here, kindOf);
  if (wanted === undefined || wanted.target !== own?.target) return definition;
  if (wanted.target === 'remote-schema') return textOfDefinition(wanted, own.form);
  if (own.target === 'remote-schema' || own.source !== wanted.source) return definition;
  const table = member(member(here, 'to_source'), 'table');
  return textOfDefinition(
    table !== undefined && sameJson(own.table, wanted.table) ? { ...wanted, table } : wanted,
  );
}

function newItem(
  contexts: readonly DocumentContext[],
  identity: RelationshipIdentity,
  definition: Json,
  kindOf: KindOf,
): NewText | string {
  const place =
    identity.owner === 'table' ? tablePlace(contexts, identity, kindOf) : typePlace(contexts, identity);
  if (place === undefined) {
    return `No file of the project has ${ownerText(identity, kindOf)}. Add it first, or export the metadata with the Hasura CLI.`;
  }
  const { context, owner, list, sorted, wrap, before } = place;
  const { tree } = context;
  const items = property(owner, list);
  const { name } = identity;
  // The definition has its keys in the order of the server's export.
  const item = namesFirst(items) ? { name, definition } : { definition, name };
  const value = wrap(item as EditValue);
  if (items !== undefined && (items.merged || items.aliasOf !== undefined || isOpaque(items))) {
    return `"${list}" of ${ownerText(identity, kindOf)} comes from somewhere else: an !include or an alias. Write it by hand.`;
  }
  const appends = isGiven(items) && items.kind === 'array' && items.children.length > 0;
  const edits = appends
    ? insertItem(tree, items, value, sorted ? placeInOrder(items, identity.name) : items.children.length)
    : isGiven(items)
      ? setProperty(tree, owner, list, [value])
      : addProperty(tree, owner, list, [value], before);
  const appended = edits && rewriteBelow(tree, appends ? items : owner, edits);
  return appended === undefined ? shared : { context, text: appended };
}

/** Whether the items were written by hand, as every example has them, and not exported. */
function namesFirst(items: SyntaxNode | undefined): boolean {
  const orders = (items?.children ?? []).flatMap((item) => {
    const keys = item.children.map(({ key }) => key?.value);
    const [name, definition] = [keys.indexOf('name'), keys.indexOf('definition')];
    return name < 0 || definition < 0 ? [] : [name < definition];
  });
  return orders.length > 0 && orders.every((isFirst) => isFirst);
}

/** Before the first whose name comes later, if they are in order of names; else behind the last. */
function placeInOrder({ children }: SyntaxNode, name: string): number {
  const names = children.map((child) => property(child, 'name')?.value);
  const inOrder = names.every((each, index) => {
    const next = names[index + 1];
    return typeof each === 'string' && (typeof next !== 'string' || compareTexts(each, next) <= 0);
  });
  const later = names.findIndex((each) => compareTexts(String(each), name) > 0);
  return inOrder && later >= 0 ? later : children.length;
}

/** Where a new item goes: the list below a key of the owner. */
interface ItemPlace {
  readonly context: DocumentContext;
  readonly owner: SyntaxNode;
  readonly list: 'remote_relationships' | 'relationships';
  /** Whether the items are in order of names in an export. */
  readonly sorted: boolean;
  /** The keys that an export has behind the list. */
  readonly before: readonly string[];
  /** What is written into the list for an item. */
  wrap(item: EditValue): EditValue;
}

const keysBehindRelationships = [
  'insert_permissions',
  'select_permissions',
  'update_permissions',
  'delete_permissions',
  'event_triggers',
  'apollo_federation_config',
  'logical_model',
];

/** Of a table, remote schema or type that is listed twice the last one counts. */
function tablePlace(
  contexts: readonly DocumentContext[],
  { source, table }: TableRelationshipIdentity,
  kindOf: KindOf,
): ItemPlace | undefined {
  const kind = kindOf(source);
  const wanted = tableKey(kind, table);
  return contexts
    .flatMap((context) =>
      context.model.tables.flatMap((entry): ItemPlace[] => {
        const own = entry.table.state === 'present' ? jsonOf(entry.table.node) : undefined;
        const isIt = entry.source?.name === source && own !== undefined && tableKey(kind, own) === wanted;
        return isIt
          ? [
              {
                context,
                owner: entry.node,
                list: 'remote_relationships',
                sorted: true,
                before: keysBehindRelationships,
                wrap: (item) => item,
              },
            ]
          : [];
      }),
    )
    .at(-1);
}

function typePlace(
  contexts: readonly DocumentContext[],
  { remoteSchema, typeName }: TypeRelationshipIdentity,
): ItemPlace | undefined {
  return contexts
    .flatMap((context) =>
      context.model.remoteSchemas.flatMap(({ name, node, types }): ItemPlace[] => {
        if (name.state !== 'present' || name.value !== remoteSchema) return [];
        const type = types.findLast(
          (each) => each.typeName.state === 'present' && each.typeName.value === typeName,
        );
        return type === undefined
          ? [
              {
                context,
                owner: node,
                list: 'remote_relationships',
                sorted: false,
                before: [],
                wrap: (item) => ({ relationships: [item], type_name: typeName }),
              },
            ]
          : [
              {
                context,
                owner: type.node,
                list: 'relationships',
                sorted: false,
                before: ['type_name'],
                wrap: (item) => item,
              },
            ];
      }),
    )
    .at(-1);
}
