import { localized } from '../../../../common/src/localized.ts';
import { compareTexts } from '../../../../common/src/metadataApi/document/json.ts';
import { tableText } from '../../../../common/src/metadataApi/document/tableName.ts';
import { reasonsOfRemoteSchema } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { ProjectContent } from '../../../../common/src/protocol.ts';
import { relationshipNode, warningIcon } from './relationshipNode.ts';
import {
  differencesSummary,
  isDifferent,
  type ListedRelationship,
  type RelationshipList,
} from './relationshipStates.ts';
import { type NodeParts, node, type Subject, type ViewNode } from './viewNode.ts';

export interface ViewOptions {
  /** Leaves out what is the same on both sides. */
  readonly hideSame: boolean;
}

/** Below so many, everything is open from the beginning. */
const few = 12;

/** The sources with their tables, and the remote schemas with their types: those of the files and of the server. */
export function ownerNodes(
  id: string,
  content: ProjectContent | undefined,
  list: RelationshipList,
  subject: Subject,
  options: ViewOptions,
): readonly ViewNode[] {
  const owners = new OwnerNodes(content, list, subject, options);
  return [...owners.sources(id), ...owners.remoteSchemas(id)];
}

class OwnerNodes {
  readonly #content: ProjectContent | undefined;
  readonly #list: RelationshipList;
  readonly #subject: Subject;
  readonly #hideSame: boolean;
  readonly #shown: readonly ListedRelationship[];

  constructor(
    content: ProjectContent | undefined,
    list: RelationshipList,
    subject: Subject,
    { hideSame }: ViewOptions,
  ) {
    this.#content = content;
    this.#list = list;
    this.#subject = subject;
    this.#hideSame = hideSame;
    const { relationships } = list;
    this.#shown = hideSame
      ? relationships.filter((each) => each.state !== 'same' || isDifferent(each))
      : relationships;
  }

  sources(id: string): readonly ViewNode[] {
    const { kindOf, relationships } = this.#list;
    const names = new Set([
      ...(this.#subject.state?.document.sources.keys() ?? []),
      ...this.#owners().flatMap((owner) => (owner.what === 'remote-schema' ? [] : [owner.source])),
      ...relationships.flatMap(({ identity }) => (identity.owner === 'table' ? [identity.source] : [])),
    ]);
    return [...names].sort(compareTexts).flatMap((source): ViewNode[] => {
      const below = this.#shown.filter(
        ({ identity }) => identity.owner === 'table' && identity.source === source,
      );
      if (below.length === 0 && this.#hideSame) return [];
      const sourceId = `${id} source ${source}`;
      const children = this.#groups(
        below,
        sourceId,
        { kind: localized`table`, icon: { id: 'table' } },
        ({ identity }) => (identity.owner === 'table' ? tableText(kindOf(source), identity.table) : ''),
      );
      const parts = { kind: localized`source`, icon: { id: 'database' }, context: 'source', children };
      return [this.#group(sourceId, source, parts, below)];
    });
  }

  remoteSchemas(id: string): readonly ViewNode[] {
    const { kindOf, relationships } = this.#list;
    const { state } = this.#subject;
    const names = new Set([
      ...(state?.document.remoteSchemas ?? []),
      ...this.#owners().flatMap((owner) => (owner.what === 'remote-schema' ? [owner.remoteSchema] : [])),
      ...relationships.flatMap(({ identity }) =>
        identity.owner === 'remote-schema' ? [identity.remoteSchema] : [],
      ),
    ]);
    return [...names].sort(compareTexts).flatMap((remoteSchema): ViewNode[] => {
      const below = this.#shown.filter(
        ({ identity }) => identity.owner === 'remote-schema' && identity.remoteSchema === remoteSchema,
      );
      const reasons =
        state === undefined ? [] : reasonsOfRemoteSchema(remoteSchema, state.inconsistent, kindOf);
      if (below.length === 0 && reasons.length === 0 && this.#hideSame) return [];
      const schemaId = `${id} remote schema ${remoteSchema}`;
      const parts = {
        kind: localized`remote schema`,
        icon: reasons.length === 0 ? { id: 'globe' } : warningIcon,
        ...(reasons.length === 0 ? {} : { description: localized`inconsistent`, tooltip: reasons }),
        context: state?.document.remoteSchemas.has(remoteSchema) ? 'remoteSchema:there' : 'remoteSchema',
        children: this.#groups(
          below,
          schemaId,
          { kind: localized`type`, icon: { id: 'symbol-interface' } },
          ({ identity }) => (identity.owner === 'table' ? '' : identity.typeName),
        ),
        subject: { ...this.#subject, remoteSchema },
      };
      return [this.#group(schemaId, remoteSchema, parts, below)];
    });
  }

  #owners() {
    return (this.#content?.files ?? []).flatMap(({ owners }) => owners.map(({ owner }) => owner));
  }

  /** Tables or types with their relationships, by name. */
  #groups(
    relationships: readonly ListedRelationship[],
    id: string,
    { kind, icon }: Pick<NodeParts, 'icon'> & { readonly kind: string },
    nameOf: (relationship: ListedRelationship) => string,
  ): readonly ViewNode[] {
    return [...new Set(relationships.map(nameOf))].sort(compareTexts).map((name) => {
      const own = relationships.filter((each) => nameOf(each) === name);
      const groupId = `${id} ${kind} ${name}`;
      const children = own
        .toSorted((a, b) => compareTexts(a.identity.name, b.identity.name))
        .map((each) =>
          relationshipNode(`${groupId} ${each.identity.name}`, each, this.#subject, this.#list.kindOf),
        );
      return this.#group(groupId, name, { kind, icon, context: kind, children }, own);
    });
  }

  #group(
    id: string,
    label: string,
    parts: Omit<NodeParts, 'subject'> & { readonly subject?: Subject },
    below: readonly ListedRelationship[],
  ): ViewNode {
    const subject = this.#subject;
    return node(id, label, {
      description: subject.state === undefined ? '' : differencesSummary(below),
      expanded: this.#list.relationships.length <= few || below.some(isDifferent),
      subject,
      ...parts,
    });
  }
}
