import type { DocumentContext } from '../../join/documentContext.ts';
import { type RoleVisibility, roleVisibility } from '../../join/roleVisibility.ts';
import { touches } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** A relationship, and which roles reach what it leads to. */
export interface RolesOfRelationship {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly roles: readonly RoleVisibility[];
}

/** Of the relationships of a document that can be read, or of the one around an offset. */
export function relationshipRoles(
  { joins, actionJoins, catalogue }: DocumentContext,
  offset: number | undefined,
): readonly RolesOfRelationship[] {
  return [...joins, ...actionJoins]
    .filter(({ relationship: { node } }) => offset === undefined || touches(node, offset))
    .map((join) => {
      const { node, name, nameOutside } = join.relationship;
      return {
        name: name.state === 'present' ? name.value : (nameOutside ?? ''),
        node,
        roles: roleVisibility(join, catalogue),
      };
    });
}
