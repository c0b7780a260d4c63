import { isGraphqlName } from '../../graphqlName.ts';
import { localized } from '../../localized.ts';
import type { ServerRelationship } from '../document/metadataDocument.ts';
import { identityText, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { attemptsFor, type Change, definitionToSend } from './changes.ts';
import { useWarnings } from './deletePlan.ts';
import { ownerBlock, takenName } from './obstacles.ts';
import type { Block, Plan, PlanWarning } from './plan.ts';
import type { ServerState } from './serverState.ts';

export type RenameItem =
  | {
      readonly action: 'rename';
      readonly identity: RelationshipIdentity;
      readonly newName: string;
      readonly now: ServerRelationship;
      readonly warnings: readonly PlanWarning[];
    }
  | { readonly action: 'absent'; readonly identity: RelationshipIdentity }
  | { readonly action: 'blocked'; readonly identity: RelationshipIdentity; readonly block: Block };

/** A new name on the server: deleted and created in one `bulk`, with the definition that the server has (spec 6.3). */
export function planRename(
  identity: RelationshipIdentity,
  newName: string,
  state: ServerState,
  columns?: readonly string[],
): Plan<RenameItem> {
  const none = (item: RenameItem): Plan<RenameItem> => ({ items: [item], changes: [], attempts: [] });
  const block = (reason: Block): Plan<RenameItem> => none({ action: 'blocked', identity, block: reason });
  const now = state.document.find(identity);
  if (now === undefined) return none({ action: 'absent', identity });
  const renamed = { ...now.identity, name: newName };
  if (newName === '') return block({ code: 'empty-name', message: localized`The new name is empty.` });
  if (!isGraphqlName(newName)) {
    const message = localized`"${newName}" can't be the name of a field: GraphQL names have only letters, digits and "_", and don't begin with a digit.`;
    return block({ code: 'invalid-name', message });
  }
  if (newName === identity.name) {
    return block({ code: 'duplicate', message: localized`Its name is already "${newName}".` });
  }
  if (state.document.find(renamed) !== undefined) {
    const message = localized`${identityText(renamed, state.document.kindOf)} exists on the server and would be replaced.`;
    return block({ code: 'name-taken', message });
  }
  const obstacle =
    ownerBlock(renamed, state) ??
    takenName({ identity: renamed, ...(columns === undefined ? {} : { columns }) }, state);
  if (obstacle !== undefined) return block(obstacle);
  const definition = definitionToSend(renamed, now.definition, state);
  if (definition === undefined) {
    return block({
      code: 'unreadable-definition',
      message: localized`The server's definition can't be read.`,
    });
  }
  const changes: readonly Change[] = [
    { identity: now.identity, before: now.definition, after: undefined },
    { identity: renamed, before: undefined, after: definition },
  ];
  const warnings = useWarnings(identity, state.document);
  return {
    items: [{ action: 'rename', identity, newName, now, warnings }],
    changes,
    attempts: attemptsFor(changes, state, 'when-inconsistent'),
  };
}
