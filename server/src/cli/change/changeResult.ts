import type { Outcome } from '../../../../common/src/metadataApi/change/operation.ts';
import { describeFailure, mayHaveHappened } from '../../../../common/src/metadataApi/http/httpResult.ts';
import type { ReportLine } from '../../../../common/src/metadataApi/plan/applyReport.ts';
import type { Done } from '../../../../common/src/metadataApi/plan/executePlan.ts';
import type { Told } from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { VerdictOutcome } from '../../../../common/src/metadataApi/plan/verify.ts';
import { type Colour, type Line, serverLines } from '../terminal.ts';

/** What has come of a command that changes a server, as `--format json` prints it. */
export interface ChangeResult {
  readonly endpoint: string;
  /**
   * - `done`: the server has what was wanted, and uses it.
   * - `nothing-to-do`: it had that before.
   * - `not-sent`: it was refused here, by a person, an option or a rule.
   * - `refused`: the server, or the way to it, did not take it; nothing was changed.
   * - `partly-done`: some was done, or is there and not used by the server.
   * - `unknown`: what the server has now is not known.
   */
  readonly outcome: 'done' | 'nothing-to-do' | 'not-sent' | 'refused' | 'partly-done' | 'unknown';
  readonly messages: readonly Message[];
}

export interface Message {
  readonly severity: Told['severity'];
  readonly message: string;
  /** Of one relationship of several: what became of it. */
  readonly name?: string;
  readonly owner?: string;
  readonly outcome?: string;
}

const exitCodes: Readonly<Record<ChangeResult['outcome'], number>> = {
  done: 0,
  'nothing-to-do': 0,
  'not-sent': 1,
  refused: 1,
  'partly-done': 3,
  unknown: 3,
};

export function exitCodeOf({ outcome }: ChangeResult): number {
  return exitCodes[outcome];
}

/** `messagesOf`: what is said of the report of an operation that was carried out, or had nothing to do. */
export function resultOf<Report>(
  outcome: Exclude<Outcome<unknown, Report>, { readonly outcome: 'not-read' }>,
  endpoint: { readonly address: string; readonly host: string },
  messagesOf: (report: Report) => readonly Message[],
): ChangeResult {
  const result = (kind: ChangeResult['outcome'], messages: readonly Message[]): ChangeResult => ({
    endpoint: endpoint.address,
    outcome: kind,
    messages,
  });
  // What was in place already, and is not used, or was left out, is said in a warning.
  const reported = (
    kind: ChangeResult['outcome'],
    report: readonly Message[],
    more: readonly Message[] = [],
  ): ChangeResult => {
    const isWell = report.every(({ severity }) => severity === 'information');
    const isPartly = !isWell && exitCodes[kind] === 0;
    return result(isPartly ? 'partly-done' : kind, [...report, ...more]);
  };
  switch (outcome.outcome) {
    case 'read-only':
    case 'blocked':
      return result('not-sent', [messageOf(outcome.told)]);
    case 'given-up':
      return result('not-sent', []);
    case 'nothing-to-do':
      return reported('nothing-to-do', messagesOf(outcome.report));
    case 'failed':
      return result('refused', [
        { severity: 'error', message: describeFailure(outcome.failure, endpoint.host) },
      ]);
    case 'sent': {
      const broken = outcome.broken === undefined ? [] : [messageOf(outcome.broken)];
      return reported(sentOutcome(outcome.done), messagesOf(outcome.report), broken);
    }
  }
}

export function messageOf({ severity, message }: Told): Message {
  return { severity, message };
}

/** Of a line of what was to be applied. */
export function messageOfLine(
  { severity, message, identity, outcome }: ReportLine,
  ownerText: (line: ReportLine['identity']) => string,
): Message {
  return { severity, message, name: identity.name, owner: ownerText(identity), outcome };
}

const complete: ReadonlySet<VerdictOutcome> = new Set(['applied', 'deleted']);

function sentOutcome({ verdicts, result }: Done): ChangeResult['outcome'] {
  if (verdicts.some(({ outcome }) => outcome === 'unknown')) return 'unknown';
  if (verdicts.every(({ outcome }) => complete.has(outcome))) return 'done';
  if (verdicts.some(({ outcome }) => outcome !== 'not-carried-out' && outcome !== 'lost'))
    return 'partly-done';
  // A request that may still be carried out is not one that was refused.
  return result.outcome !== 'answered' && mayHaveHappened(result) ? 'unknown' : 'refused';
}

const colours: Readonly<Record<Told['severity'], Colour>> = {
  error: 'red',
  warning: 'yellow',
  information: 'green',
};

/** A line for each message. */
export function resultLines({ messages }: ChangeResult): readonly Line[] {
  return messages.flatMap(({ severity, message }): readonly Line[] => {
    const [first = '', ...others] = message.split('\n');
    const label: Line = severity === 'information' ? [first] : [[colours[severity], severity], `: ${first}`];
    return [label, ...(others.length === 0 ? [] : serverLines(others.join('\n')))];
  });
}
