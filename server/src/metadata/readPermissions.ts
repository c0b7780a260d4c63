import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { isGiven, isOpaque } from './nodes.ts';
import { type Reading, spend } from './reading.ts';
import type { InheritedRole, SelectPermission } from './relationship.ts';

/** Who may read what. Nothing is reported here: permissions on tables are others' business. */

/** Reads `select_permissions`; `undefined` where one of them can't be read. */
export function readSelectPermissions(node: SyntaxNode): readonly SelectPermission[] | undefined {
  if (!isGiven(node)) return [];
  if (node.kind !== 'array' || isOpaque(node)) return undefined;
  const permissions: SelectPermission[] = [];
  for (const item of node.children) {
    const role = textOf(property(item, 'role'));
    const permission = property(item, 'permission');
    if (role === undefined || permission?.kind !== 'object') return undefined;
    permissions.push({
      role,
      aggregates: property(permission, 'allow_aggregations')?.value === true,
    });
  }
  return permissions;
}

/** Reads `inherited_roles` of a metadata document, or `inherited_roles.yaml`. */
export function readInheritedRoles(reading: Reading, node: SyntaxNode | undefined): void {
  if (node?.kind !== 'array' || isOpaque(node)) return;
  for (const item of node.children) {
    if (!spend(reading)) return;
    const name = textOf(property(item, 'role_name'));
    const roles = namesOf(property(item, 'role_set'));
    if (name === undefined || roles === undefined) continue;
    const inherited: InheritedRole = { name, roles: [...roles] };
    reading.model.inheritedRoles.push(inherited);
  }
}

/** A list of names; `undefined` where one of them can't be read. */
function namesOf(node: SyntaxNode | undefined): ReadonlySet<string> | undefined {
  if (node?.kind !== 'array' || isOpaque(node)) return undefined;
  const names = node.children.map(textOf);
  return names.every((name) => name !== undefined) ? new Set(names) : undefined;
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return typeof node?.value === 'string' && !isOpaque(node) ? node.value : undefined;
}
