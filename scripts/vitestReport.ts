/** What Vitest's JSON report says of a run, counted. */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** How many tests were skipped for each reason. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** The part of the report that is read here. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly {
      readonly status: string;
      /** `skipped`: why a test is, as the tests themselves say it. */
      readonly meta?: { readonly skipped?: string };
    }[];
  }[];
}

/** `code`: what Vitest ended with. */
export function countsOf(report: VitestReport, code: number): Counts {
  // A file that could not even be loaded has no tests to fail.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failures = report.numFailedTests + unloaded;
  const skipped = new Map<string, number>();
  for (const { status, meta } of report.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (status === 'passed' || status === 'failed') continue;
    const why = meta?.skipped ?? 'no reason given';
    skipped.set(why, (skipped.get(why) ?? 0) + 1);
  }
  return {
    passed: report.numPassedTests,
    // An error outside of any test fails the run without failing a test.
    failed: code !== 0 && failures === 0 ? 1 : failures,
    skipped,
  };
}

/** Of several runs together. */
export function sumOf(all: readonly Counts[]): Counts {
  const skipped = new Map<string, number>();
  for (const [why, count] of all.flatMap((counts) => [...counts.skipped])) {
    skipped.set(why, (skipped.get(why) ?? 0) + count);
  }
  const total = (of: (counts: Counts) => number): number => all.reduce((sum, counts) => sum + of(counts), 0);
  return { passed: total(({ passed }) => passed), failed: total(({ failed }) => failed), skipped };
}

/** `5 passed, 0 failed, 2 skipped: ../shared is not there`. */
export function summaryOf({ passed, failed, skipped }: Counts): string {
  const reasons = [...skipped].map(([why, count]) => `, ${count} skipped: ${why}`);
  return `${passed} passed, ${failed} failed${reasons.join('')}`;
}
