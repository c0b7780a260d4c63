import {
  actions,
  consolidatedMetadata,
  datasetTableName,
  definition,
  metadata,
  object,
  relationshipItem,
  remoteFieldNode,
  remoteSchema,
  type SchemaType,
  schemaTableName,
  source,
  tableEntry,
  typeItem,
} from '../metadata/metadataSchema.ts';
import { argumentsOfCommand, request } from '../metadata/requestSchema.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentContext } from './documentContext.ts';
import { aliasesIn } from './surroundings.ts';

/** What is expected where `node` (a value) stands; `undefined` where anything may stand. */
export function schemaTypeOf(
  context: Pick<DocumentContext, 'tree' | 'model'>,
  node: SyntaxNode,
): SchemaType | undefined {
  return schemaTypeInPlace(context, node) ?? schemaTypeOfAlias(context, node);
}

function schemaTypeInPlace(
  context: Pick<DocumentContext, 'tree' | 'model'>,
  node: SyntaxNode,
): SchemaType | undefined {
  const { parent, key } = node;
  if (parent === undefined) return rootType(context, node);
  const outer = schemaTypeOf(context, parent);
  if (outer === undefined) return undefined;
  if (parent.kind === 'array') return itemType(outer);
  const name = typeof key?.value === 'string' ? key.value : undefined;
  return name === undefined ? undefined : memberType(outer, name, parent);
}

/** An anchor that stands where nothing is expected is what the first relationship takes it for that comes from it. */
function schemaTypeOfAlias(
  context: Pick<DocumentContext, 'tree' | 'model'>,
  anchor: SyntaxNode,
): SchemaType | undefined {
  for (const relationship of context.model.relationships) {
    const alias = aliasesIn(relationship).find(({ aliasOf }) => aliasOf === anchor);
    if (alias !== undefined) return schemaTypeInPlace(context, alias);
  }
  return undefined;
}

function rootType(
  context: Pick<DocumentContext, 'tree' | 'model'>,
  root: SyntaxNode,
): SchemaType | undefined {
  switch (context.model.roles[context.tree.roots.indexOf(root)]) {
    case 'metadata': {
      const consolidated = root.children.some(
        (child) =>
          child.key?.value === 'resource_version' ||
          (child.key?.value === 'metadata' && (child.kind === 'object' || child.kind === 'null')),
      );
      return object(consolidated ? consolidatedMetadata : metadata);
    }
    case 'sources':
      return { kind: 'list', of: object(source) };
    case 'tables':
      return { kind: 'list', of: object(tableEntry) };
    case 'table':
      return object(tableEntry);
    case 'remote-schemas':
      return { kind: 'list', of: object(remoteSchema) };
    case 'remote-schema-types':
      return { kind: 'one-or-list', of: object(typeItem) };
    case 'actions':
      return object(actions);
    case 'relationships':
      return { kind: 'one-or-list', of: object(relationshipItem) };
    case 'definition':
      return object(definition);
    case 'request':
      return { kind: 'one-or-list', of: object(request) };
    default:
      return undefined;
  }
}

function itemType(outer: SchemaType): SchemaType | undefined {
  switch (outer.kind) {
    case 'list':
    case 'one-or-list':
      return outer.of;
    case 'table':
      return { kind: 'table-part' };
    case 'argument-value':
      return outer;
    default:
      return undefined;
  }
}

function memberType(outer: SchemaType, key: string, owner: SyntaxNode): SchemaType | undefined {
  switch (outer.kind) {
    case 'one-or-list':
      return memberType(outer.of, key, owner);
    case 'object': {
      const value = outer.shape.keys.find((candidate) => candidate.name === key)?.value;
      if (value?.kind !== 'arguments-of-command') return value;
      const command = owner.children.find((child) => child.key?.value === 'type')?.value;
      return typeof command === 'string' ? argumentsOfCommand(command) : undefined;
    }
    case 'table':
      return [...schemaTableName.keys, ...datasetTableName.keys].find((candidate) => candidate.name === key)
        ?.value;
    case 'field-mapping':
      return { kind: 'mapping-column' };
    case 'remote-field':
      return object(remoteFieldNode);
    case 'arguments':
    case 'argument-value':
      return { kind: 'argument-value' };
    default:
      return undefined;
  }
}
