import { localized } from '../../localized.ts';
import type { Difference } from '../document/definition.ts';
import { threeWayDifference } from '../document/definition.ts';
import type { Json, JsonPath } from '../document/json.ts';
import { identityText, type KindOf, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { describeFailure, type FailedResult, type HttpResult, mayHaveHappened } from '../http/httpResult.ts';
import { consistencyOf, type InconsistentObject, plainReason } from '../inconsistency/inconsistentObjects.ts';
import type { Done } from './executePlan.ts';
import type { Verdict } from './verify.ts';

/** What a person is told about a change. */
export interface Told {
  readonly severity: 'information' | 'warning' | 'error';
  readonly message: string;
  /** Belongs to Problems, at the definition. */
  readonly problem: boolean;
}

/** What became of a relationship that was sent, or was to go. */
export function outcomeText(verdict: Verdict, result: HttpResult, host: string, kindOf: KindOf): Told {
  const name = `"${verdict.identity.name}"`;
  const reasons = verdict.reasons.join('; ');
  switch (verdict.outcome) {
    case 'applied':
      return { severity: 'information', message: localized`Applied: ${host} has ${name}.`, problem: false };
    case 'deleted':
      return {
        severity: 'information',
        message: localized`Deleted: ${host} no longer has ${name}.`,
        problem: false,
      };
    case 'inconsistent':
      return {
        severity: 'warning',
        message: localized`${host} accepted ${name}, but it is inconsistent: ${reasons}`,
        problem: true,
      };
    case 'not-checked':
      return {
        severity: 'warning',
        message: localized`${host} accepted ${name}, but does not check it, because its owner is inconsistent: ${reasons}`,
        problem: true,
      };
    case 'lost':
      return {
        severity: 'error',
        message: localized`${host} accepted this, but ${name} is still there. Someone else may have put it back.`,
        problem: false,
      };
    case 'overwritten':
      return {
        severity: 'warning',
        message: localized`${host} has a different ${name} from the one that was sent: someone else changed it at the same moment.`,
        problem: false,
      };
    case 'unknown':
      return {
        severity: 'error',
        message: localized`It is not known whether ${host} changed ${name}: ${failureText(result, host)} It could not be read again.`,
        problem: false,
      };
    case 'not-carried-out':
      return notCarriedOut(verdict.identity, result, host, kindOf);
  }
}

function notCarriedOut(
  identity: RelationshipIdentity,
  result: HttpResult,
  host: string,
  kindOf: KindOf,
): Told {
  const name = `"${identity.name}"`;
  if (result.outcome === 'cancelled') {
    return {
      severity: 'information',
      message: localized`Cancelled: ${name} on ${host} is unchanged.`,
      problem: false,
    };
  }
  if (result.outcome !== 'refused') {
    const unchanged = localized`${name} on ${host} is unchanged: ${failureText(result, host)}`;
    const message = mayHaveHappened(result) ? `${unchanged} ${laterText()}` : unchanged;
    return { severity: 'error', message, problem: false };
  }
  const { error } = result;
  const own = consistencyOf(identity, error.inconsistentObjects, kindOf);
  // "cannot continue due to …": the objects say due to what.
  const others = error.inconsistentObjects.map(({ reason }) => plainReason(reason));
  const reasons =
    own.state === 'consistent' ? [...new Set([error.reason, ...others])].slice(0, 4) : own.reasons;
  return {
    severity: 'error',
    message: localized`${host} refused ${name}: ${reasons.join('; ')}`,
    problem: true,
  };
}

/** Why a request did not get as far as to be looked at: told instead of a verdict, with what mends it. */
export function failureBeforehand({ outcome }: Verdict, result: HttpResult): FailedResult | undefined {
  if (outcome !== 'not-carried-out' || result.outcome === 'answered' || result.outcome === 'refused') {
    return undefined;
  }
  return mayHaveHappened(result) ? undefined : result;
}

/** The same of a plan that was sent: such a failure is that of all its changes. */
export function failureOf(done: Pick<Done, 'verdicts' | 'result'> | undefined): FailedResult | undefined {
  const [verdict] = done?.verdicts ?? [];
  return done && verdict && failureBeforehand(verdict, done.result);
}

/** The same of several, which are all changed or none. */
export function noneCarriedOut(count: number, result: HttpResult, host: string): string {
  if (result.outcome === 'cancelled') {
    return localized`Cancelled: All of the ${count} relationships on ${host} are unchanged.`;
  }
  const message = localized`All of the ${count} relationships on ${host} are unchanged: ${failureText(result, host)}`;
  return mayHaveHappened(result) ? `${message} ${laterText()}` : message;
}

function laterText(): string {
  return localized`It may still be carried out: check again before you continue.`;
}

function failureText(result: HttpResult, host: string): string {
  return result.outcome === 'answered' ? '' : describeFailure(result, host);
}

/** What else has become inconsistent by a change; `undefined` when nothing has. */
export function brokenText(broken: readonly InconsistentObject[], host: string): Told | undefined {
  if (broken.length === 0) return undefined;
  const reasons = broken.map(({ reason }) => plainReason(reason));
  const message = localized`Since this change, ${host} reports as inconsistent: ${listed(reasons)}`;
  return { severity: 'warning', message, problem: false };
}

/** A relationship as it was read, as it is now, and as it is wanted. */
export interface Versions {
  readonly name: string;
  readonly seen: Parameters<typeof threeWayDifference>[0];
  readonly now: Parameters<typeof threeWayDifference>[0];
  readonly wanted: Parameters<typeof threeWayDifference>[0];
}

function conflictFrame(host: string): string {
  return localized`The metadata on ${host} was changed by someone else in the meantime`;
}

/** Said of a conflict where it does not matter what was changed. */
export function conflictText(host: string): string {
  return `${conflictFrame(host)}.`;
}

/** There is no such relationship. */
export function absentText(identity: RelationshipIdentity, host: string, kindOf: KindOf): Told {
  const message = localized`${host} has no ${identityText(identity, kindOf)}.`;
  return { severity: 'information', message, problem: false };
}

/** What someone else did to relationships between reading and writing. */
export function conflictLines(host: string, versions: readonly Versions[]): readonly string[] {
  const frame = conflictFrame(host);
  const theirs = versions.map(theirsText).filter((text) => text !== undefined);
  const [first, ...others] = theirs;
  if (first === undefined) {
    const [only, ...more] = versions;
    return [
      only !== undefined && more.length === 0
        ? localized`${frame}; "${only.name}" itself is as it was.`
        : localized`${frame}; what is sent is as it was.`,
    ];
  }
  return others.length === 0 ? [`${frame}: ${first}`] : [`${frame}:`, ...theirs];
}

function theirsText({ name, seen, now, wanted }: Versions): string | undefined {
  const { theirs, conflicts } = threeWayDifference(seen, now, wanted);
  if (theirs.length === 0) return undefined;
  if (now === undefined) return localized`"${name}" is gone.`;
  const different = localized`"${name}" is different now (${differencesText(theirs)}).`;
  if (conflicts.length === 0) return different;
  return `${different} ${localized`Both change ${conflicts.map(pathText).join(', ')}.`}`;
}

/** `lhs_fields: ["id"] → ["id","email"]`, a few of them. */
export function differencesText(differences: readonly Difference[]): string {
  return listed(
    differences.map(
      ({ path, before, after }) => `${pathText(path)}: ${valueText(before)} → ${valueText(after)}`,
    ),
  );
}

/** The first of them; how many more there are. */
export function firstOf(texts: readonly string[], count = 6): readonly string[] {
  const more = texts.length - count;
  return [...texts.slice(0, count), ...(more > 0 ? [localized`${more} more`] : [])];
}

/** The same in one text. */
export function listed(texts: readonly string[], separator = '; '): string {
  return firstOf(texts).join(separator);
}

function pathText(path: JsonPath): string {
  return path.length === 0 ? localized`the definition` : path.join('.');
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return localized`nothing`;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What became of a relationship that was to get another name: of the old one's verdict, and the new one's. */
export function renameText(
  { identity, newName }: { readonly identity: RelationshipIdentity; readonly newName: string },
  verdicts: readonly Verdict[],
  result: HttpResult,
  host: string,
  kindOf: KindOf = () => undefined,
): Told {
  const [old, renamed] = verdicts;
  if (old?.outcome === 'deleted' && renamed?.outcome === 'applied') {
    const message = localized`Renamed: ${host} has "${newName}" instead of "${identity.name}".`;
    return { severity: 'information', message, problem: false };
  }
  const telling = old !== undefined && old.outcome !== 'deleted' ? old : renamed;
  if (telling === undefined) return { severity: 'information', message: '', problem: false };
  return outcomeText(telling, result, host, kindOf);
}
