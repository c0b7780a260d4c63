import { describe, expect, it } from 'vitest';
import { type HttpResult, mayHaveHappened } from '../../../common/src/metadataApi/http/httpResult.ts';
import { readServerError } from '../../../common/src/metadataApi/http/serverError.ts';
import {
  absentText,
  brokenText,
  differencesText,
  failureBeforehand,
  failureOf,
  firstOf,
  outcomeText,
  renameText,
} from '../../../common/src/metadataApi/plan/outcome.ts';
import type { Verdict, VerdictOutcome } from '../../../common/src/metadataApi/plan/verify.ts';
import { inconsistentRelationship, ofCustomer } from './fakeServer.ts';

const host = 'h.example';
const kindOf = () => 'postgres';
const identity = ofCustomer('profile');
const verdict = (outcome: VerdictOutcome, reasons: string[] = ['a', 'b']): Verdict => ({
  identity,
  outcome,
  reasons,
  now: undefined,
});
const answered: HttpResult = { outcome: 'answered', status: 200, json: {}, requestId: undefined };
const cut: HttpResult = { outcome: 'cut', status: undefined, detail: 'socket hang up' };
const cancelled: HttpResult = { outcome: 'cancelled' };
const unauthorized: HttpResult = { outcome: 'unauthorized', status: 401, error: undefined };

function refused(error: string, ...objects: Parameters<typeof inconsistentRelationship>[]): HttpResult {
  const internal = objects.map((each) => inconsistentRelationship(...each));
  const read = readServerError({ path: '$', error, code: 'x', internal });
  if (read === undefined) throw new Error('no error');
  return { outcome: 'refused', status: 400, error: read };
}

describe('what became of a relationship', () => {
  it.each<[VerdictOutcome, HttpResult, string, string, boolean]>([
    ['applied', answered, 'information', 'Applied: h.example has "profile".', false],
    ['deleted', answered, 'information', 'Deleted: h.example no longer has "profile".', false],
    ['inconsistent', answered, 'warning', 'h.example accepted "profile", but it is inconsistent: a; b', true],
    [
      'not-checked',
      answered,
      'warning',
      'h.example accepted "profile", but does not check it, because its owner is inconsistent: a; b',
      true,
    ],
    [
      'lost',
      answered,
      'error',
      'h.example accepted this, but "profile" is still there. Someone else may have put it back.',
      false,
    ],
    [
      'overwritten',
      answered,
      'warning',
      'h.example has a different "profile" from the one that was sent: someone else changed it at the same moment.',
      false,
    ],
    [
      'unknown',
      cut,
      'error',
      'It is not known whether h.example changed "profile": The connection to h.example broke before the answer was complete (socket hang up). It could not be read again.',
      false,
    ],
    ['not-carried-out', cancelled, 'information', 'Cancelled: "profile" on h.example is unchanged.', false],
    [
      'not-carried-out',
      cut,
      'error',
      '"profile" on h.example is unchanged: The connection to h.example broke before the answer was complete (socket hang up). It may still be carried out: check again before you continue.',
      false,
    ],
    [
      'not-carried-out',
      refused('no such field'),
      'error',
      'h.example refused "profile": no such field',
      true,
    ],
    [
      'not-carried-out',
      refused(
        'cannot continue',
        ['other', 'one'],
        ['another', 'two'],
        ['third', 'one'],
        ['4th', 'three'],
        ['5th', 'four'],
      ),
      'error',
      'h.example refused "profile": cannot continue; one; two; three',
      true,
    ],
    [
      'not-carried-out',
      refused('cannot continue', ['other', 'one'], ['profile', 'its own']),
      'error',
      'h.example refused "profile": its own',
      true,
    ],
  ])('%s', (outcome, result, severity, message, problem) => {
    expect(outcomeText(verdict(outcome), result, host, kindOf)).toEqual({ severity, message, problem });
  });

  it('what can’t come to it later is not said to', () => {
    expect(outcomeText(verdict('not-carried-out'), unauthorized, host, kindOf).message).not.toContain(
      'later',
    );
    expect(outcomeText(verdict('not-carried-out'), unauthorized, host, kindOf).message).not.toContain(
      'check again',
    );
  });

  it.each<[VerdictOutcome, HttpResult, boolean]>([
    ['not-carried-out', unauthorized, true],
    ['applied', unauthorized, false],
    ['not-carried-out', answered, false],
    ['not-carried-out', refused('no'), false],
    ['not-carried-out', cut, false],
    ['not-carried-out', cancelled, false],
  ])('%s by %o: told as a failure alone: %s', (outcome, result, alone) => {
    expect(failureBeforehand(verdict(outcome), result)).toBe(alone ? result : undefined);
    expect(failureOf({ verdicts: [verdict(outcome)], result })).toBe(alone ? result : undefined);
    expect(alone && mayHaveHappened(result)).toBe(false);
  });

  it('nothing sent, and nothing to say', () => {
    expect(failureOf(undefined)).toBeUndefined();
    expect(failureOf({ verdicts: [], result: unauthorized })).toBeUndefined();
    expect(brokenText([], host)).toBeUndefined();
  });

  it.each<[VerdictOutcome[], string]>([
    [['deleted', 'applied'], 'Renamed: h.example has "person" instead of "profile".'],
    [['deleted', 'inconsistent'], 'h.example accepted "profile", but it is inconsistent: a; b'],
    [
      ['lost', 'applied'],
      'h.example accepted this, but "profile" is still there. Someone else may have put it back.',
    ],
    [['deleted'], ''],
    [[], ''],
  ])('a new name: %j', (outcomes, message) => {
    const told = renameText(
      { identity, newName: 'person' },
      outcomes.map((each) => verdict(each)),
      answered,
      host,
      kindOf,
    );
    expect(told.message).toBe(message);
    expect(told.problem).toBe(outcomes.includes('inconsistent'));
  });

  it('what else is broken, and what is not there', () => {
    const [broken] = [{ reason: 'Inconsistent object: no field', detail: undefined, subjects: [] }];
    expect(brokenText([broken, broken], host)).toEqual({
      severity: 'warning',
      message: 'Since this change, h.example reports as inconsistent: no field; no field',
      problem: false,
    });
    expect(absentText(identity, host, kindOf)).toEqual({
      severity: 'information',
      message: expect.stringMatching(/^h\.example has no profile \(.*customer.*\)\.$/),
      problem: false,
    });
  });
});

describe('lists', () => {
  it.each([
    [6, ['1', '2', '3', '4', '5', '6']],
    [7, ['1', '2', '3', '4', '5', '6', '1 more']],
    [8, ['1', '2', '3', '4', '5', '6', '2 more']],
    [0, []],
  ])('of %i', (count, expected) => {
    expect(firstOf(Array.from({ length: count }, (_, index) => `${index + 1}`))).toEqual(expected);
  });

  it('of differences, long values cut', () => {
    const difference = (path: string[], before: string | undefined, after: string | undefined) => ({
      path,
      before,
      after,
    });
    expect(differencesText([difference([], undefined, 'a'), difference(['x', 'y'], 'b', undefined)])).toBe(
      'the definition: nothing → "a"; x.y: "b" → nothing',
    );
    expect(differencesText([difference(['x'], 'a'.repeat(58), 'a'.repeat(59))])).toBe(
      `x: "${'a'.repeat(58)}" → "${'a'.repeat(56)}…`,
    );
  });
});
