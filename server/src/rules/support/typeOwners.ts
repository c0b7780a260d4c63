import type { DocumentContext } from '../../join/documentContext.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import type { NamedTypeKind } from '../../schema/remoteSchema.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** What a type is, in words. */
export const typeKindWords: Readonly<Record<NamedTypeKind, string>> = {
  object: 'an object type',
  interface: 'an interface',
  union: 'a union',
  scalar: 'a scalar',
  enum: 'an enum',
  'input-object': 'an input object',
};

/** A `type_name`, with the first relationship below it. */
export interface TypeOwner {
  readonly relationship: Relationship;
  readonly typeName: string;
  readonly node: SyntaxNode;
  readonly remoteSchema: string;
}

/** Every `type_name` of the document that has relationships, once. */
export function typeOwners(context: DocumentContext): TypeOwner[] {
  const found = new Map<SyntaxNode, TypeOwner>();
  for (const relationship of context.model.relationships) {
    const { owner } = relationship;
    if (owner.kind !== 'remote-schema-type' || relationship.definition === undefined) continue;
    const { typeName, remoteSchema } = owner;
    if (typeName.state !== 'present' || remoteSchema === undefined || found.has(typeName.node)) continue;
    found.set(typeName.node, {
      relationship,
      typeName: typeName.value,
      node: typeName.node,
      remoteSchema: remoteSchema.name,
    });
  }
  return [...found.values()];
}
