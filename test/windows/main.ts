/**
 * Runs test files in this process, with nothing but Vitest's own runner and Node's own TypeScript: Vite has parts that are
 * compiled for one system, and Wine is not made for its workers.
 * `node test/windows/main.ts report.json [file …]`; the report is as Vitest's own.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { VitestRunner } from 'vitest/runtime';
import { say } from '../../scripts/run.ts';
import type { VitestReport } from '../../scripts/vitestReport.ts';

type Config = VitestRunner['config'];
type File = Parameters<NonNullable<VitestRunner['onCollected']>>[0][number];
type Task = Parameters<NonNullable<VitestRunner['onCollectStart']>>[0]['tasks'][number];

const [report = '', ...files] = process.argv.slice(2);

/** A child takes long to start here. */
const testTimeout = 90_000;

const config = {
  root: process.cwd(),
  setupFiles: [],
  name: 'windows',
  passWithNoTests: false,
  sequence: { hooks: 'stack', shuffle: false, concurrent: false, seed: 1, setupFiles: 'list' },
  maxConcurrency: 5,
  testTimeout,
  hookTimeout: testTimeout,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  strictTags: false,
  snapshotOptions: { expand: false },
} as unknown as Config;

// What Vitest's functions look for where a worker of Vitest's would have put it.
Object.assign(globalThis, {
  __vitest_worker__: { config, ctx: { pool: 'forks' }, environment: { name: 'node' }, providedContext: {} },
});

/** Those of which it was said how many tests passed. */
const told = new Set<File>();

const { startTests } = await import('vitest/internal/browser');
const results = await startTests(
  files.map((file) => path.resolve(file)),
  {
    config,
    importFile: (file) => import(pathToFileURL(file).href),
    onAfterRunSuite: (suite) => {
      if ('filepath' in suite) tellOf(suite as File);
    },
    onAfterRunTask: (test) => {
      if (test.result?.state !== 'fail') return;
      say(`FAIL ${test.fullName}`);
      for (const { stack, message, diff } of test.result.errors ?? []) {
        say([stack ?? message, diff].filter(Boolean).join('\n'));
      }
    },
  },
);

const testResults = results.map((file) => {
  // Of a file that can't be loaded no test runs.
  if (!told.has(file)) tellOf(file);
  const tests = testsIn(file.tasks);
  return {
    status: file.result?.state === 'pass' ? 'passed' : 'failed',
    assertionResults: tests.map(({ result, meta }) => ({ status: statusOf(result?.state), meta })),
  };
});
const all = testResults.flatMap(({ assertionResults }) => assertionResults);
const count = (status: string) => all.filter((each) => each.status === status).length;
writeFileSync(
  report,
  JSON.stringify({
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    testResults,
  } satisfies VitestReport),
);
// What a test left open does not keep it from ending.
process.exit(count('failed') === 0 && testResults.every(({ status }) => status === 'passed') ? 0 : 1);

function tellOf(file: File): void {
  told.add(file);
  const tests = testsIn(file.tasks);
  const passed = tests.filter(({ result }) => result?.state === 'pass').length;
  const seconds = ((file.result?.duration ?? 0) / 1000).toFixed(1);
  say(`${passed} of ${tests.length} passed: ${file.name} (${seconds} s)`);
  for (const { message, stack } of file.result?.errors ?? []) say(stack ?? message);
}

function testsIn(tasks: readonly Task[]): Exclude<Task, { type: 'suite' }>[] {
  return tasks.flatMap((task) => (task.type === 'suite' ? testsIn(task.tasks) : [task]));
}

function statusOf(state: string | undefined): string {
  if (state === 'pass') return 'passed';
  return state === 'fail' ? 'failed' : 'pending';
}
