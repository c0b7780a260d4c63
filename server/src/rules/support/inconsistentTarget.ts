import { knownValue } from '../../catalogue/catalogue.ts';
import type { SourceJoin } from '../../join/joinPath.ts';
import type { RuleFinding } from '../rule.ts';
import { relatedPlace } from './tableNames.ts';

/** What is said in place of "tracks no table" where the table is tracked, and inconsistent. */
export function inconsistentTarget(
  { table, source }: SourceJoin,
  text: string,
): Pick<RuleFinding, 'message' | 'related'> | undefined {
  const consistency = knownValue(table)?.consistency;
  if (consistency?.state !== 'inconsistent') return undefined;
  return {
    message: `Table "${text}" of source "${knownValue(source)?.name}" can't be a target. The server considers it inconsistent: ${consistency.reason}.`,
    related: [
      ...relatedPlace('This makes it inconsistent.', consistency.location),
      ...relatedPlace(`Table "${text}" is tracked here.`, knownValue(table)?.location),
    ],
  };
}
