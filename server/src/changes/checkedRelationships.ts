import type { Catalogue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { nameOf } from '../metadata/relationshipName.ts';
import type { Finding } from '../rules/rule.ts';
import { covers } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { findingWords } from './findingWords.ts';
import { ownerOf, type RelationshipOwner } from './relationshipOwner.ts';

/** A document in one state of the metadata, the tables and the remote schemas, and what is wrong in it then. */
export interface CheckedDocument {
  readonly context: DocumentContext;
  readonly findings: readonly Finding[];
  /** The path of its project's metadata: other projects have relationships of the same names. */
  readonly project: string;
}

export interface State {
  /** In the order the server reads them: of equal relationships the last counts. */
  readonly documents: readonly CheckedDocument[];
  /** What is known of tables and remote schemas where a document stands. */
  catalogueFor(document: CheckedDocument): Catalogue | undefined;
}

/** A relationship in one state. */
export interface CheckedRelationship {
  readonly name: string;
  readonly owner: RelationshipOwner;
  readonly document: CheckedDocument;
  readonly relationship: Relationship;
  /** `undefined` where the definition can't be read. */
  readonly join: Join | undefined;
}

/** By what is equal for the same relationship in both states while its project stays where it is; requests change relationships, and are none. */
export function relationshipsOf({ documents }: State): ReadonlyMap<string, CheckedRelationship> {
  const found = new Map<string, CheckedRelationship>();
  for (const document of documents) {
    const { model, catalogue, joins, actionJoins } = document.context;
    const joinOf = new Map([...joins, ...actionJoins].map((join) => [join.relationship, join]));
    const ofTypes = model.actionTypes.flatMap(({ relationships }) => relationships);
    for (const relationship of [...model.relationships, ...ofTypes]) {
      if (relationship.request !== undefined) continue;
      const name = nameOf(relationship);
      const owner = ownerOf(relationship, catalogue);
      if (name === undefined || owner === undefined) continue;
      const join = joinOf.get(relationship);
      found.set(JSON.stringify([document.project, owner.key, name]), {
        name,
        owner,
        document,
        relationship,
        join,
      });
    }
  }
  return found;
}

/** What is found in a relationship and at the name of its owner, by what it is known by wherever it moves. */
export function findingsOf({ document, relationship }: CheckedRelationship): ReadonlyMap<string, Finding> {
  const { findings, context } = document;
  const { owner, node } = relationship;
  const places = [node, ownerNode(owner)].filter((each) => each !== undefined);
  const inside = findings.filter(({ offset }) => places.some((place) => covers(place, offset)));
  return new Map(inside.map((finding) => [findingWords(finding, context.tree.text), finding]));
}

function ownerNode(owner: Relationship['owner']): SyntaxNode | undefined {
  const name = owner.kind === 'table' ? owner.table : owner.typeName;
  return name.state === 'present' ? name.node : undefined;
}
