import type { MetadataModel, Relationship } from '../metadata/relationship.ts';
import type { Finding } from '../rules/rule.ts';
import { isWithin } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** The errors in a part of a document. `findings`: of the document. */
export function errorsIn(node: SyntaxNode, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity === 'error' && isWithin(finding, node));
}

/**
 * The errors of each relationship: those in it, and those that stand on what it belongs to, a type, a table entry, a remote
 * schema or a source. `findings`: of the document of the model.
 */
export function relationshipErrors(
  model: MetadataModel,
  findings: readonly Finding[],
): (relationship: Relationship) => readonly Finding[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return () => [];
  const owners = ownersByRelationship(model);
  return (relationship) => {
    const above = owners.get(relationship) ?? [];
    return errors.filter(
      (error) => isWithin(error, relationship.node) || above.some((owner) => standsOn(error, owner)),
    );
  };
}

/** In an owner, but in none of its lists: their items are owners, relationships and permissions by themselves. */
function standsOn(error: Finding, owner: SyntaxNode): boolean {
  return (
    isWithin(error, owner) &&
    !owner.children.some((child) => child.kind === 'array' && isWithin(error, child))
  );
}

function ownersByRelationship({
  sources,
  tables,
  remoteSchemas,
}: MetadataModel): ReadonlyMap<Relationship, readonly SyntaxNode[]> {
  const owners = new Map<Relationship, SyntaxNode[]>();
  const add = ({ node }: { readonly node: SyntaxNode }, relationships: readonly Relationship[]): void => {
    for (const each of relationships) owners.set(each, [...(owners.get(each) ?? []), node]);
  };
  for (const source of sources) {
    for (const { relationships } of source.tables) add(source, relationships);
  }
  for (const table of tables) add(table, table.relationships);
  for (const remoteSchema of remoteSchemas) {
    for (const type of remoteSchema.types) {
      add(remoteSchema, type.relationships);
      add(type, type.relationships);
    }
  }
  return owners;
}
