import { type Inconsistency, inconsistencyJson } from './consistency/inconsistency.ts';
import type { Facts, State } from './consistency/state.ts';
import { buildState, type FactsContext } from './facts.ts';
import type { Json } from './json.ts';
import type { Metadata } from './metadata/metadata.ts';
import { Refusal } from './refusal.ts';
import { releaseOf } from './settings.ts';

export function listJson(inconsistencies: readonly Inconsistency[]): Json {
  return inconsistencies.map(inconsistencyJson);
}

/**
 * The state after a change of the metadata. Refused when something became inconsistent that was not: with its own
 * reason when that is the object the command names (spec 4.0), which since 2.46 is refused even if it was wrong before.
 */
export async function change(
  state: State,
  metadata: Metadata,
  context: FactsContext,
  { object, facts = state.facts }: { object?: string; facts?: Facts } = {},
): Promise<State> {
  const next = await buildState(metadata, facts, context);
  const before = names(state.cache.inconsistencies);
  if (object !== undefined && releaseOf(context.settings).since(2, 46, 0)) before.delete(object);
  const isNew = ({ objects }: Inconsistency) => objects.some(({ name }) => !before.has(name));
  const news = next.cache.inconsistencies.filter(isNew);

  const own = news.filter(({ objects }) => objects.some(({ name }) => name === object));
  if (own.length > 0) {
    const reasons = own.map(({ reason }) => reason).join(', ');
    throw new Refusal('invalid-configuration', reasons, { internal: listJson(own) });
  }
  if (news.length > 0) {
    throw new Refusal('unexpected', 'cannot continue due to new inconsistent metadata', {
      internal: listJson(news),
    });
  }
  return next;
}

export function names(inconsistencies: readonly Inconsistency[]): Set<string> {
  return new Set(inconsistencies.flatMap(({ objects }) => objects.map(({ name }) => name)));
}
