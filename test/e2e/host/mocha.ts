/** Mocha inside the extension host: from test files to plain results. */
import Mocha from 'mocha';

export interface TestResult {
  readonly title: string;
  readonly passed: boolean;
  /** Milliseconds. */
  readonly duration: number;
  readonly error?: string;
}

/** Runs the tests that `load` defines. Resolves whatever their outcome. */
export async function runTests(load: () => Promise<unknown>): Promise<readonly TestResult[]> {
  const mocha = new Mocha({ timeout: 120_000, reporter: class {} as never });
  // Binds mocha's `describe` and `it` to this run.
  mocha.suite.emit('pre-require', {}, '', mocha);
  await load();
  const results: TestResult[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(results));
    const add = (test: Mocha.Runnable, error?: Error) =>
      results.push({
        title: test.titlePath().join(' › '),
        passed: error === undefined,
        duration: test.duration ?? 0,
        ...(error && { error: error.stack ?? error.message }),
      });
    runner.on('pass', (test) => add(test));
    runner.on('fail', (test, error: Error) => add(test, error));
  });
}
