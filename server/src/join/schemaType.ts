import {
  consolidatedMetadata,
  datasetTableName,
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

/** What is expected where `node` (a value) stands; `undefined` where anything may stand. */
export function schemaTypeOf(
  context: Pick<DocumentContext, 'tree' | 'model'>,
  node: SyntaxNode,
): SchemaType | undefined {
  const { parent, key } = node;
  if (parent === undefined) return rootExpectation(context, node);
  const outer = schemaTypeOf(context, parent);
  if (outer === undefined) return undefined;
  if (parent.kind === 'array') return itemExpectation(outer);
  const name = typeof key?.value === 'string' ? key.value : undefined;
  return name === undefined ? undefined : memberExpectation(outer, name, parent);
}

function rootExpectation(
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
    case 'relationships':
      return { kind: 'list', of: object(relationshipItem) };
    case 'request':
      return { kind: 'one-or-list', of: object(request) };
    default:
      return undefined;
  }
}

function itemExpectation(outer: SchemaType): SchemaType | undefined {
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

function memberExpectation(outer: SchemaType, key: string, owner: SyntaxNode): SchemaType | undefined {
  switch (outer.kind) {
    case 'one-or-list':
      return memberExpectation(outer.of, key, owner);
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
