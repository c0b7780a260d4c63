import type { CommandContext } from '../commandContext.ts';
import { locateSelected } from '../connection/located.ts';
import { apply } from './apply.ts';

/** The command: the endpoint gets the relationship at the cursor, or those that are selected, as they are written here. */
export async function applyRelationship(context: CommandContext, argument: unknown): Promise<void> {
  const located = await locateSelected(context, argument);
  await apply(context, located, () => applyRelationship(context, argument));
}
