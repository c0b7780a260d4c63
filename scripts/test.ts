/**
 * Everything that is tested, in one run: `node scripts/test.ts [step …]`, all steps when none is named. The last line is
 * `N passed, N failed`; the exit code is 1 when something failed.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { packageExtension, packageForNpm } from './package.ts';
import { root, run, say } from './run.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Types, lint and build count as one test each. */
const steps: Readonly<Record<string, () => Promise<Counts>>> = {
  types: () => check('typescript/bin/tsc', '--noEmit'),
  lint: () => check('@biomejs/biome/bin/biome', 'ci', ...(process.stdout.isTTY ? [] : ['--colors=off'])),
  unit: () => vitest('unit'),
  contract: () => vitest('contract'),
  opinion: () => vitest('opinion'),
  build: async () => {
    await packageExtension();
    await packageForNpm();
    return passed;
  },
  protocol: () => vitest('protocol'),
  package: () => vitest('package'),
  host: () => vitest('host'),
  window: () => vitest('window'),
};

const passed: Counts = { passed: 1, failed: 0, skipped: 0 };
const failed: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Steps that look at what is built. */
const needBuild = new Set(['protocol', 'package', 'host', 'window']);

const results = path.join(root, 'test-results');

async function check(tool: string, ...args: string[]): Promise<Counts> {
  const { code } = await node(tool, ...args);
  return code === 0 ? passed : failed;
}

async function vitest(project: string): Promise<Counts> {
  const report = path.join(results, `${project}.json`);
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await node('vitest/vitest.mjs', 'run', '--project', project, ...reporters);
  return countsOf(JSON.parse(await readFile(report, 'utf8')) as VitestReport, code);
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

function countsOf(report: VitestReport, code: number): Counts {
  // A file that could not even be loaded has no tests to fail.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failures = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    // An error outside of any test fails the run without failing a test.
    failed: code !== 0 && failures === 0 ? 1 : failures,
    skipped: report.numPendingTests,
  };
}

function node(tool: string, ...args: string[]) {
  return run(process.execPath, [path.join(root, 'node_modules', tool), ...args], { show: true });
}

async function runStep(name: string): Promise<Counts> {
  say(`\n--- ${name}`);
  try {
    return (await steps[name]?.()) ?? failed;
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return failed;
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  say(`Unknown: ${unknown.join(', ')}. The steps are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
const wanted = Object.keys(steps).filter(
  (name) =>
    asked.length === 0 ||
    asked.includes(name) ||
    (name === 'build' && asked.some((step) => needBuild.has(step))),
);

await mkdir(results, { recursive: true });
const summary: string[] = [];
const total = { passed: 0, failed: 0 };
for (const name of wanted) {
  const start = performance.now();
  const counts = await runStep(name);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  summary.push(`${name.padEnd(10)}${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)`);
  total.passed += counts.passed;
  total.failed += counts.failed;
}
say(`\n${summary.join('\n')}\n`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
