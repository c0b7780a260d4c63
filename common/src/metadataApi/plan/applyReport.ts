import { visible } from '../../foreignText.ts';
import { localized } from '../../localized.ts';
import type { JsonPath } from '../document/json.ts';
import {
  identityKey,
  identityText,
  type KindOf,
  type RelationshipIdentity,
} from '../document/relationshipIdentity.ts';
import type { ServerError } from '../http/serverError.ts';
import { consistencyOf } from '../inconsistency/inconsistentObjects.ts';
import type { ApplyItem } from './applyPlan.ts';
import type { Done } from './executePlan.ts';
import { listed, noneCarriedOut, outcomeText, type Told } from './outcome.ts';
import { type Plan, relationshipOfError } from './plan.ts';
import type { Verdict } from './verify.ts';

/** What became of one relationship that was to be applied. */
export interface ReportLine extends Told {
  /** Among the items of the plan. */
  readonly index: number;
  readonly identity: RelationshipIdentity;
  readonly outcome:
    | 'created'
    | 'updated'
    | 'in-place'
    | 'refused'
    | 'left-out'
    | Exclude<Verdict['outcome'], 'applied' | 'deleted'>;
  /** Of a refusal: the server's error, and the keys below the request's `args` that it is about. */
  readonly refusal: { readonly error: ServerError; readonly argumentKeys: JsonPath } | undefined;
}

export interface ApplyReport {
  readonly lines: readonly ReportLine[];
  readonly kindOf: KindOf;
}

/** A line for each relationship of a plan. `done`: what came of sending it; `undefined` when nothing was to be sent. */
export function reportOf(
  plan: Plan<ApplyItem>,
  host: string,
  kindOf: KindOf,
  done: Done | undefined,
): readonly ReportLine[] {
  const verdicts = done?.verdicts.values();
  return plan.items.map((item, index): ReportLine => {
    const { identity } = item;
    const line = { index, identity, refusal: undefined, problem: false };
    if (item.action === 'blocked') {
      const message = localized`"${identity.name}" was left out. ${item.block.message}`;
      return { ...line, outcome: 'left-out', severity: 'warning', message };
    }
    if (item.action === 'in-place') return { ...line, ...inPlace(item, host) };
    const verdict = verdicts?.next().value;
    if (verdict === undefined || done === undefined) {
      const message = localized`"${identity.name}" was not sent.`;
      return { ...line, outcome: 'not-carried-out', severity: 'information', message };
    }
    return { ...line, ...lineOf(verdict, item.action, plan, done, host, kindOf) };
  });
}

type LineParts = Omit<ReportLine, 'index' | 'identity'>;

function inPlace(
  { identity, consistency }: Extract<ApplyItem, { action: 'in-place' }>,
  host: string,
): LineParts {
  const parts = { outcome: 'in-place', refusal: undefined } as const;
  const { name } = identity;
  if (consistency.state === 'consistent') {
    const message = localized`"${name}" is already in place on ${host}.`;
    return { ...parts, severity: 'information', message, problem: false };
  }
  const reasons = consistency.reasons.join('; ');
  const message =
    consistency.state === 'inconsistent'
      ? localized`"${name}" is already in place on ${host}, but is inconsistent: ${reasons}`
      : localized`"${name}" is already in place on ${host}, but is not checked: ${reasons}`;
  return { ...parts, severity: 'warning', message, problem: true };
}

function lineOf(
  verdict: Verdict,
  action: 'create' | 'update',
  plan: Plan<ApplyItem>,
  { result, attempt }: Done,
  host: string,
  kindOf: KindOf,
): LineParts {
  const told = outcomeText(verdict, result, host, kindOf);
  if (verdict.outcome === 'applied' || verdict.outcome === 'deleted') {
    return { ...told, outcome: action === 'create' ? 'created' : 'updated', refusal: undefined };
  }
  if (verdict.outcome !== 'not-carried-out' || result.outcome !== 'refused') {
    return { ...told, outcome: verdict.outcome, refusal: undefined };
  }
  const { error } = result;
  const place = relationshipOfError(plan, attempt, error.keys);
  const own = identityKey(verdict.identity, kindOf);
  const refused =
    place === undefined
      ? consistencyOf(verdict.identity, error.inconsistentObjects, kindOf).state !== 'consistent'
      : identityKey(place.identity, kindOf) === own;
  if (refused) {
    return { ...told, outcome: 'refused', refusal: { error, argumentKeys: place?.argumentKeys ?? [] } };
  }
  const message = localized`"${verdict.identity.name}" on ${host} is unchanged: all are applied, or none.`;
  return { severity: 'information', message, problem: false, outcome: 'not-carried-out', refusal: undefined };
}

/** One message for all of it. `placeText` says where a relationship is written: `public_customer.yaml:24`. */
export function summaryOf(
  lines: readonly ReportLine[],
  host: string,
  done: Pick<Done, 'result'> | undefined,
  placeText: (line: ReportLine) => string,
): Told {
  const [first, ...others] = lines;
  if (first !== undefined && others.length === 0) return first;
  const result = done?.result;
  if (result?.outcome === 'refused') {
    const refused = lines.filter(({ outcome }) => outcome === 'refused');
    const reasons = refused.map((line) => `${line.message} (${placeText(line)})`);
    const why = reasons.length === 0 ? localized`${host} refused: ${result.error.reason}` : listed(reasons);
    return { severity: 'error', message: localized`Nothing was changed: ${why}`, problem: false };
  }
  const counts = countsText(lines);
  const severity = worst(lines);
  if (lines.every(({ outcome }) => outcome === 'not-carried-out') && result !== undefined) {
    // The reason is the same for all of them.
    return { severity, message: noneCarriedOut(lines.length, result, host), problem: false };
  }
  if (lines.every(({ outcome, problem }) => outcome === 'in-place' && !problem)) {
    const message = localized`All of the ${lines.length} relationships are already in place on ${host}.`;
    return { severity, message, problem: false };
  }
  const message =
    done === undefined
      ? localized`Nothing to change on ${host}: ${counts}.`
      : severity === 'error'
        ? localized`Sent to ${host}: ${counts}.`
        : localized`Applied to ${host}: ${counts}.`;
  return { severity, message, problem: false };
}

/** In the order in which they are counted. */
const labels: Readonly<Record<ReportLine['outcome'], string>> = {
  created: localized`created`,
  updated: localized`updated`,
  'in-place': localized`already in place`,
  inconsistent: localized`accepted but inconsistent`,
  'not-checked': localized`accepted but not checked`,
  refused: localized`refused`,
  'not-carried-out': localized`unchanged`,
  lost: localized`not changed although accepted`,
  overwritten: localized`overwritten by someone else`,
  unknown: localized`unknown`,
  'left-out': localized`left out`,
};

function countsText(lines: readonly ReportLine[]): string {
  const outcomes = Object.keys(labels) as ReportLine['outcome'][];
  return outcomes
    .map((outcome) => ({ outcome, count: lines.filter((line) => line.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${labels[outcome]}`)
    .join(', ');
}

function worst(lines: readonly ReportLine[]): Told['severity'] {
  const has = (severity: Told['severity']) => lines.some((line) => line.severity === severity);
  return has('error') ? 'error' : has('warning') ? 'warning' : 'information';
}

/** A readable text with a line for each relationship. */
export function detailsText(
  lines: readonly ReportLine[],
  head: string,
  kindOf: KindOf,
  placeText: (line: ReportLine) => string,
): string {
  const rows = lines.map((line) =>
    [
      labels[line.outcome],
      identityText(line.identity, kindOf),
      placeText(line),
      line.severity === 'information' ? '' : line.message,
    ].map((cell) => visible(cell)),
  );
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const texts = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [head, countsText(lines), '', ...texts].map((text) => `${text.trimEnd()}\n`).join('');
}
