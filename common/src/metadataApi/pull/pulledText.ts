import { localized } from '../../localized.ts';
import { listed, type Told } from '../plan/outcome.ts';
import { partText } from './partText.ts';
import type { KeptPart } from './snapshotWriter.ts';

/** What became of a pull, in numbers, and why something failed. `missing`: a text for each part the server does not have. */
export function pulledText(
  kept: readonly KeptPart[],
  missing: readonly string[],
  host: string,
): Pick<Told, 'severity' | 'message'> {
  const failures = kept.filter(({ state }) => state === 'failed');
  const count = (state: KeptPart['state']): number => kept.filter((each) => each.state === state).length;
  const good = count('written') + count('unchanged');
  const numbers = [
    [count('written'), localized`written`],
    [count('unchanged'), localized`unchanged`],
    [count('cancelled'), localized`cancelled`],
    [failures.length, localized`failed`],
  ]
    .filter(([number]) => number !== 0)
    .map((words) => words.join(' '));
  const reasons = failures.map(({ part, reason }) => `${partText(part)}: ${reason}`);
  const sentences = [
    localized`Snapshots from ${host}: ${[numbers.join(', '), ...(reasons.length > 0 ? [listed(reasons)] : [])].join(': ')}`,
    ...(missing.length > 0 ? [listed(missing)] : []),
    ...(kept.some(({ notes }) => notes.length > 0)
      ? [localized`Not everything could be read; see the log`]
      : []),
  ];
  const severity = failures.length === 0 ? 'information' : good > 0 ? 'warning' : 'error';
  return { severity, message: sentences.map((text) => (/[.!]$/.test(text) ? text : `${text}.`)).join(' ') };
}
