import { localized } from '../../../../common/src/localized.ts';
import {
  identityText,
  type KindOf,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { differencesText } from '../../../../common/src/metadataApi/plan/outcome.ts';
import { display } from '../../ui/displayText.ts';
import {
  type FiledRelationship,
  type ListedRelationship,
  type RelationshipState,
  stateText,
} from './relationshipStates.ts';
import { type NodeIcon, node, type Subject, type ViewNode } from './viewNode.ts';

export const warningIcon: NodeIcon = { id: 'warning', color: 'list.warningForeground' };

/** Shapes differ as well as colors. */
const icons: Readonly<Record<RelationshipState, NodeIcon>> = {
  same: { id: 'check', color: 'testing.iconPassed' },
  changed: { id: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' },
  'only-here': { id: 'diff-added', color: 'gitDecoration.addedResourceForeground' },
  'only-there': { id: 'cloud', color: 'gitDecoration.deletedResourceForeground' },
  unreadable: { id: 'question' },
  'not-compared': { id: 'circle-outline' },
};

/** A relationship with its state. */
export function relationshipNode(
  id: string,
  relationship: ListedRelationship,
  subject: Subject,
  kindOf: KindOf,
): ViewNode {
  const { identity, state, local, server, consistency, differences } = relationship;
  const reasons = consistency === undefined || consistency.state === 'consistent' ? [] : consistency.reasons;
  const tooltip = [
    `${identityText(identity, kindOf)}: ${stateText(relationship)}`,
    ...(state === 'unreadable' && local?.payload.obstacle ? [local.payload.obstacle] : []),
    ...(state === 'changed' && differences.length > 0
      ? [localized`From there to here: ${differencesText(differences)}`]
      : []),
    ...reasons.map((reason) => localized`Hasura: ${reason}`),
  ];
  const description = stateText(relationship);
  return {
    ...node(id, identity.name, {
      description: shownText(relationship),
      tooltip,
      icon: reasons.length > 0 ? warningIcon : icons[state],
      context: ['relationship', ...(local ? ['here'] : []), ...(server ? ['there'] : []), state].join(':'),
      command: local === undefined || state === 'changed' ? 'compareDefinitions' : 'openLocalDefinition',
      subject: { ...subject, relationship },
    }),
    spoken: display`relationship ${identity.name}, ${[description, ...reasons].join(', ')}`,
  };
}

/** What the icon does not say: there is little room. */
function shownText(relationship: ListedRelationship): string {
  const { state, consistency } = relationship;
  if (state === 'not-compared') return '';
  return state === 'same' && consistency?.state === 'inconsistent'
    ? localized`inconsistent`
    : stateText(relationship);
}

/** One of which the file does not say which it is. */
export function unidentifiedNode(id: string, filed: FiledRelationship, subject: Subject): ViewNode {
  const { name, obstacle } = filed.payload;
  return node(id, name || localized`without a name`, {
    description: obstacle ?? '',
    kind: localized`relationship`,
    icon: icons.unreadable,
    context: 'relationship:here:unidentified',
    command: 'openLocalDefinition',
    subject: { ...subject, filed },
  });
}
