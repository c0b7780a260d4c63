import { property } from '../syntax/nodes.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { keyNames, remoteSchema, tableEntry } from './metadataSchema.ts';
import { isOpaque, keyText } from './nodes.ts';
import type { DocumentRole } from './relationship.ts';

const listRoles: ReadonlySet<DocumentRole> = new Set(['sources', 'tables', 'table', 'remote-schemas']);

/**
 * Whether a file of such a role holds entries and nothing else. One that is empty, or in which a word stands in place
 * of an entry, is being written: what it does not list can't be called absent.
 */
export function holdsOnlyEntries({ roots }: SyntaxTree, role: DocumentRole | undefined): boolean {
  if (role === undefined || !listRoles.has(role)) return true;
  return (
    roots.length > 0 &&
    roots.every(
      (root) => (isEntry(root) && !isWrapped(root) && !isNoRemoteSchema(root, role)) || isListOfEntries(root),
    )
  );
}

/** The entry in a file that the CLI takes for a list of entries, and the key by which it is one; `undefined` in all others. */
export function loneEntry(
  { roots: [root] }: SyntaxTree,
  role: DocumentRole | undefined,
): { readonly node: SyntaxNode; readonly key: string } | undefined {
  if (role !== 'remote-schemas' && role !== 'tables') return undefined;
  const key = role === 'remote-schemas' ? 'name' : 'table';
  if (root?.kind !== 'object' || isOpaque(root)) return undefined;
  // The Hasura CLI fails at any mapping in remote_schemas.yaml (C8).
  const isAnyEntry = role === 'remote-schemas' && !isWrapped(root);
  if (!isAnyEntry && property(root, key) === undefined) return undefined;
  return { node: root, key };
}

/** Whether an object holds a list of entries in place of being it, or an entry: below a key that no entry has. */
export function isWrapped({ kind, children }: SyntaxNode): boolean {
  const [only, ...others] = children;
  return kind === 'object' && only?.kind === 'array' && others.length === 0 && !entryKeys.has(keyText(only));
}

const entryKeys: ReadonlySet<string> = new Set([
  ...keyNames(tableEntry.keys),
  ...keyNames(remoteSchema.keys),
]);

/** A mapping in place of the list, with the names of remote schemas for keys perhaps. */
export function isNoRemoteSchema(node: SyntaxNode, role: DocumentRole): boolean {
  return (
    role === 'remote-schemas' &&
    !isOpaque(node) &&
    node.children.length > 0 &&
    ['name', 'definition'].every((key) => property(node, key) === undefined)
  );
}

function isListOfEntries({ kind, children }: SyntaxNode): boolean {
  return kind === 'array' && children.every(isEntry);
}

/** What an include stands for is read where it leads. */
function isEntry(node: SyntaxNode): boolean {
  return isOpaque(node) || (node.kind === 'object' && node.children.length > 0);
}
