import { describe, expect, it } from 'vitest';
import { countsOf, summaryOf, sumOf, type VitestReport } from '../../../scripts/vitestReport.ts';

type File = VitestReport['testResults'][number];

const passed = { status: 'passed' };
const failed = { status: 'failed' };
const skipped = (why?: string) => ({
  status: 'skipped',
  ...(why === undefined ? {} : { meta: { skipped: why } }),
});
const file = (...assertionResults: File['assertionResults']): File => ({
  status: 'passed',
  assertionResults,
});

function summary(code: number, ...testResults: readonly File[]): string {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => all.filter((each) => each.status === status).length;
  return summaryOf(
    countsOf({ numPassedTests: count('passed'), numFailedTests: count('failed'), testResults }, code),
  );
}

describe('the summary of a step', () => {
  it.each<[string, number, readonly File[], string]>([
    ['all pass', 0, [file(passed, passed), file(passed)], '3 passed, 0 failed'],
    ['one fails', 1, [file(passed, failed)], '1 passed, 1 failed'],
    [
      'a file does not load',
      1,
      [file(passed), { status: 'failed', assertionResults: [] }],
      '1 passed, 1 failed',
    ],
    ['an error outside of any test', 1, [file(passed)], '1 passed, 1 failed'],
    [
      'some are skipped',
      0,
      [file(passed, skipped('a')), file(skipped('b'), skipped('a'))],
      '1 passed, 0 failed, 2 skipped: a, 1 skipped: b',
    ],
    [
      'one is skipped in silence',
      0,
      [file(passed, skipped())],
      '1 passed, 0 failed, 1 skipped: no reason given',
    ],
    ['one is to do', 0, [file(passed, { status: 'todo' })], '1 passed, 0 failed, 1 skipped: no reason given'],
  ])('%s', (_title, code, files, expected) => {
    expect(summary(code, ...files)).toBe(expected);
  });
});

it('several runs count together, each reason once', () => {
  const counts = (passed: number, failed: number, ...skipped: [string, number][]) => ({
    passed,
    failed,
    skipped: new Map(skipped),
  });
  const all = sumOf([counts(2, 0, ['a', 1]), counts(3, 1, ['b', 2], ['a', 4])]);
  expect(summaryOf(all)).toBe('5 passed, 1 failed, 5 skipped: a, 2 skipped: b');
  expect(summaryOf(sumOf([]))).toBe('0 passed, 0 failed');
});
