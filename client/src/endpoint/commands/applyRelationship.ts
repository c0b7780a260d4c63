import { locateSelected } from '../connection/located.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';
import { apply } from './apply.ts';

/** The command: the endpoint gets the relationship at the cursor, or those that are selected, as they are written here. */
export async function applyRelationship(services: Services, tools: Tools, argument: unknown): Promise<void> {
  const located = await locateSelected(services, argument);
  await apply(services, tools, located, () => applyRelationship(services, tools, argument));
}
