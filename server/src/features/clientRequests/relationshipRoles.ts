import { type DocumentContext, joinsAround } from '../../join/documentContext.ts';
import { type RoleVisibility, roleVisibility } from '../../join/roleVisibility.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** A relationship, and which roles reach what it leads to. */
export interface RolesOfRelationship {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly roles: readonly RoleVisibility[];
}

/** Of the relationships of a document that can be read, or of the one around an offset. */
export function relationshipRoles(
  context: DocumentContext,
  offset: number | undefined,
): readonly RolesOfRelationship[] {
  return joinsAround(context, offset).map((join) => ({
    name: nameOf(join.relationship) ?? '',
    node: join.relationship.node,
    roles: roleVisibility(join, context.catalogue),
  }));
}
