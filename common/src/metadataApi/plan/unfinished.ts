import { localized } from '../../localized.ts';
import { isJsonObject } from '../document/json.ts';
import { identityText } from '../document/relationshipIdentity.ts';
import type { ChangeJournal } from './changeJournal.ts';
import { listed, type Told } from './outcome.ts';
import type { ServerState } from './serverState.ts';
import { changeText, type UndoEntry } from './undo.ts';
import { type Verdict, verify } from './verify.ts';

/**
 * Changes whose end nobody saw, because the window was closed or the endpoint could not be read again: says once what
 * came of each, by what the endpoint has now. What was not carried out leaves nothing to undo.
 */
export async function settleUnfinished(
  journal: ChangeJournal,
  endpoint: { readonly url: string; readonly host: string },
  state: ServerState,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { id, entry } of await journal.unsettled(endpoint.url)) {
    const verdicts = verify(
      entry.changes.map(({ identity, before, after }) => ({
        identity,
        before: before ?? undefined,
        after: isJsonObject(after) ? after : undefined,
      })),
      'unclear',
      state,
    );
    if (verdicts.every(({ outcome }) => outcome === 'not-carried-out')) await journal.remove(id);
    else await journal.settle(id);
    told.push(unfinishedText(entry, verdicts, endpoint.host, state));
  }
  return told;
}

function unfinishedText(
  { verb, at, changes }: UndoEntry,
  verdicts: readonly Verdict[],
  host: string,
  { document }: ServerState,
): Told {
  const names = changes.map(({ identity }) => identityText(identity, document.kindOf));
  const what = localized`The ${changeText(verb)} of ${listed(names, ', ')} on ${host}, begun ${new Date(at).toLocaleString()}, was interrupted`;
  const all = (...outcomes: Verdict['outcome'][]) =>
    verdicts.every(({ outcome }) => outcomes.includes(outcome));
  if (all('not-carried-out')) {
    return {
      severity: 'warning',
      message: localized`${what}. It was not carried out: nothing was changed.`,
      problem: false,
    };
  }
  if (all('applied', 'deleted')) {
    return { severity: 'information', message: localized`${what}. It was carried out.`, problem: false };
  }
  if (all('applied', 'deleted', 'inconsistent', 'not-checked')) {
    const reasons = verdicts.flatMap(({ reasons }) => reasons);
    const message = localized`${what}. It was carried out, but is inconsistent: ${listed([...new Set(reasons)])}`;
    return { severity: 'warning', message, problem: false };
  }
  const others = verdicts
    .filter(({ outcome }) => outcome === 'overwritten' || outcome === 'not-carried-out')
    .map(({ identity }) => `"${identity.name}"`);
  const message = localized`${what}. It was carried out in part, or someone changed it since: ${listed(others, ', ')}.`;
  return { severity: 'warning', message, problem: false };
}
