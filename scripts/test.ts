/**
 * Everything that is tested, in one run: `node scripts/test.ts [step …]`, all steps when none is named, those but some with
 * `--without STEP`. The last line is `N passed, N failed`; the exit code is 1 when something failed. A step that takes longer
 * than it may, and than earlier steps have left over, has failed; on a machine that is busy with other things, `--times 3` gives
 * each three times as long.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { audit, auditLines } from './audit.ts';
import { type RunResult, root, run, say } from './run.ts';
import { type Counts, countsOf, summaryOf, type VitestReport } from './vitestReport.ts';
import { testOnWindows } from './windows/step.ts';

interface Step {
  /** How long it may take, beside what earlier steps have left over; all of them: less than 45 minutes. */
  readonly minutes: number;
  /** `timeout`: the same in milliseconds. */
  readonly run: (timeout: number) => Promise<Counts>;
}

/** Types, lint, build, audit and fuzzing count as one test each. */
const steps: Readonly<Record<string, Step>> = {
  types: { minutes: 0.5, run: checkTypes },
  lint: {
    minutes: 0.5,
    run: check(
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      ...(process.stdout.isTTY ? [] : ['--colors=off']),
    ),
  },
  unit: { minutes: 9, run: vitest('unit', 'unit-pure') },
  contract: { minutes: 1, run: vitest('contract') },
  opinion: { minutes: 2.5, run: vitest('opinion') },
  build: { minutes: 1.25, run: check('scripts/package.ts') },
  audit: { minutes: 0.25, run: checkAudit },
  protocol: { minutes: 4.75, run: vitest('protocol') },
  editors: { minutes: 1, run: vitest('editors') },
  windows: { minutes: 2.25, run: testOnWindows },
  package: { minutes: 1.5, run: vitest('package') },
  faults: { minutes: 3.5, run: vitest('faults') },
  fuzz: { minutes: 0.75, run: check('test/fuzz/main.ts', '--minutes', '0.5', '--seed', '1', '--own') },
  host: { minutes: 3.5, run: vitest('host') },
  window: { minutes: 12.5, run: vitest('window') },
};

/** Steps that look at what is built. */
const needBuild = new Set([
  'audit',
  'protocol',
  'editors',
  'faults',
  'windows',
  'package',
  'fuzz',
  'host',
  'window',
]);

const results = path.join(root, 'test-results');

/** A program that passes or fails. */
function check(program: string, ...args: string[]) {
  return async (timeout: number): Promise<Counts> =>
    counted((await node(timeout, program, ...args)).code === 0);
}

/** What runs in a page has the browser's types, and not Node's. */
async function checkTypes(timeout: number): Promise<Counts> {
  const started = performance.now();
  const codes: (number | null)[] = [];
  for (const project of ['.', 'client/src/webview']) {
    const left = Math.max(1, timeout - (performance.now() - started));
    codes.push((await node(left, 'node_modules/typescript/bin/tsc', '--noEmit', '--project', project)).code);
  }
  return counted(codes.every((code) => code === 0));
}

function counted(passed: boolean): Counts {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: new Map() };
}

/** `projects`: those of `vitest.config.ts`; the first names the report. */
function vitest(...projects: readonly string[]) {
  return async (timeout: number): Promise<Counts> => {
    const report = path.join(results, `${projects[0]}.json`);
    await rm(report, { force: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const args = ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters];
    const { code, timedOut } = await node(timeout, 'node_modules/vitest/vitest.mjs', ...args);
    if (timedOut) return counted(false);
    return countsOf(JSON.parse(await readFile(report, 'utf8')) as VitestReport, code);
  };
}

async function checkAudit(): Promise<Counts> {
  const result = await audit();
  for (const line of auditLines(result)) say(line);
  if (!('unanswered' in result)) return counted(result.length === 0);
  return { passed: 0, failed: 0, skipped: new Map([['the registry did not answer', 1]]) };
}

async function node(timeout: number, program: string, ...args: string[]): Promise<RunResult> {
  const result = await run(process.execPath, [path.join(root, program), ...args], { show: true, timeout });
  if (result.timedOut) say(`Ended after ${(timeout / 60_000).toFixed(1)} minutes, which is all it may take.`);
  return result;
}

async function runStep(name: string, run: Step['run'], timeout: number): Promise<Counts> {
  say(`\n--- ${name}`);
  try {
    return await run(timeout);
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return counted(false);
  }
}

const { values: options, positionals: asked } = parseArgs({
  options: {
    times: { type: 'string', default: '1' },
    without: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
});
const times = Number(options.times);
if (!(times > 0)) throw new Error(`--times ${options.times}: expected a number above 0.`);
const without = new Set(options.without);
const unknown = [...asked, ...without].filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  say(`Unknown: ${unknown.join(', ')}. The steps are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
const wanted = Object.keys(steps).filter(
  (name) =>
    (asked.length === 0 && !without.has(name)) ||
    asked.includes(name) ||
    (name === 'build' && asked.some((step) => needBuild.has(step))),
);

await mkdir(results, { recursive: true });
const summary: string[] = [];
const total = { passed: 0, failed: 0 };
let leftOver = 0;
for (const name of wanted) {
  const step = steps[name];
  if (!step) continue;
  const timeout = Math.round(step.minutes * times * 60_000 + leftOver);
  const start = performance.now();
  const counts = await runStep(name, step.run, timeout);
  const taken = performance.now() - start;
  leftOver = Math.max(0, timeout - taken);
  const [seconds, allowed] = [taken, timeout].map((time) => (time / 1000).toFixed(0));
  summary.push(`${name.padEnd(10)}${summaryOf(counts)} (${seconds} s of ${allowed})`);
  total.passed += counts.passed;
  total.failed += counts.failed;
}
say(`\n${summary.join('\n')}\n`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
