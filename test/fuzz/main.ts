import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { LanguageServiceHere } from './languageService.ts';
import { minimise } from './minimise.ts';
import { isBuilt, ServerOverStdio } from './serverOverStdio.ts';
import { type Counts, Fault, Session, stepText } from './session.ts';
import { type Step, stepsArbitrary } from './steps.ts';
import { readWorlds, type World } from './worlds.ts';

/**
 * Random edits, files that come and go, and requests, against the language service in this process and the built
 * server: `npm run fuzz -- [--minutes N] [--seed S] [--jobs N] [--edits N] [--session N] [--own] [--replay FILE]`.
 * The same seed does the same. See docs/security.md.
 */

/** One folder, one language service, and what is done to them; all of it follows from seed and number. */
interface Plan {
  readonly world: World;
  readonly steps: readonly Step[];
  readonly overStdio: boolean;
}

/** What is kept of a fault, and can be done again. */
interface Reproduction {
  readonly seed: number;
  readonly session: number;
  readonly fault: string;
  readonly overStdio: boolean;
  readonly world: World;
  readonly steps: readonly Step[];
}

const usualLength = 90;
/** Long enough that what is kept for each edit shows. */
const longLength = 1200;
/** Of so many sessions in a row, one talks to the built server, and one is long. */
const round = 12;
/** Longest that a fault is made smaller, in milliseconds; no longer than was looked for one. */
const longestMinimising = 180_000;
/** Most by which the heap may grow over all sessions, in megabytes: what is loaded late, no more. */
const mostGrowth = 64;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    jobs: { type: 'string', default: '1' },
    job: { type: 'string', default: '0' },
    session: { type: 'string' },
    edits: { type: 'string' },
    own: { type: 'boolean', default: false },
    replay: { type: 'string' },
  },
});

const folder = fileURLToPath(new URL('../../test-results/fuzz', import.meta.url));
const seed = numberOf('seed');
const jobs = numberOf('jobs');
const time = numberOf('minutes') * 60_000;
const end = Date.now() + time;
const mostEdits = values.edits === undefined ? Number.POSITIVE_INFINITY : numberOf('edits');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

process.exitCode = await main();

async function main(): Promise<number> {
  if (values.replay !== undefined) return replay(values.replay);
  if (jobs > 1 && !process.argv.includes('--job')) return runJobs();
  return runSessions();
}

function numberOf(name: 'minutes' | 'seed' | 'jobs' | 'job' | 'session' | 'edits'): number {
  const number = Number(values[name]);
  if (!Number.isFinite(number)) {
    say(`--${name} takes a number.`);
    process.exit(2);
  }
  return number;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Several processes, each with its share of the sessions. */
async function runJobs(): Promise<number> {
  const codes = await Promise.all(
    Array.from({ length: jobs }, (_, job) => {
      const args = [...process.argv.slice(1), '--seed', String(seed), '--job', String(job)];
      const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: 'inherit' });
      return new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
    }),
  );
  return Math.max(...codes);
}

async function runSessions(): Promise<number> {
  const worlds = readWorlds(values.own);
  const total: Counts = { steps: 0, edits: 0, checks: 0, incomparable: 0, questions: 0 };
  const begin = values.session === undefined ? numberOf('job') : numberOf('session');
  const heaps: number[] = [];
  let sessions = 0;
  if (!isBuilt) say('The built server is left out: `npm run bundle` makes it.');
  for (let session = begin; Date.now() < end && total.edits < mostEdits; session += jobs) {
    const plan = planOf(session, worlds);
    const fault = await faultOf(plan, total);
    sessions++;
    if (fault !== undefined) {
      await report(session, plan, fault);
      return 1;
    }
    if (values.session !== undefined) break;
    if (sessions % round === 0) heaps.push(heap());
  }
  // The first round loads what is loaded late.
  const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
  const counts = [
    `${sessions} sessions in ${worlds.length} folders`,
    `${total.edits} edits`,
    `${total.questions} answers`,
    `${total.checks} comparisons (${total.incomparable} more left out)`,
    `heap ${growth < 0 ? '' : '+'}${Math.round(growth)} MB`,
  ];
  say(`fuzz: seed ${seed}${jobs > 1 ? ` job ${values.job}` : ''}: ${counts.join(', ')}`);
  if (growth <= mostGrowth) return 0;
  say(`The heap has grown by more than ${mostGrowth} MB: ${heaps.map(Math.round).join(', ')}`);
  return 1;
}

/** Megabytes in use after everything that can be put away was. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

function planOf(session: number, worlds: readonly World[]): Plan {
  const place = session % round;
  const length = place === round - 2 ? longLength : usualLength;
  const [steps = []] = fc.sample(stepsArbitrary(length), { seed: (seed * 65_537 + session) | 0, numRuns: 1 });
  const world = worlds[session % worlds.length] ?? { name: 'nothing', files: {} };
  return { world, steps, overStdio: place === round - 1 && isBuilt };
}

async function faultOf({ world, steps, overStdio }: Plan, counts: Counts): Promise<Fault | undefined> {
  const server = overStdio ? new ServerOverStdio() : undefined;
  try {
    const session = new Session(world, server ?? new LanguageServiceHere(), counts, overStdio, heap);
    await session.run(steps);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  } finally {
    await server?.stop();
  }
}

/** Makes a fault smaller, keeps it and says where. */
async function report(session: number, plan: Plan, found: Fault): Promise<void> {
  say(`\nA fault: seed ${seed}, session ${session}, step ${found.step}, in "${plan.world.name}"`);
  say(`${found.message}\n`);
  keep(session, plan, found, plan.steps);
  const until = Date.now() + Math.min(time, longestMinimising);
  const counts: Counts = { steps: 0, edits: 0, checks: 0, incomparable: 0, questions: 0 };
  let fault = found;
  const steps = await minimise(
    plan.steps.slice(0, found.step + 1),
    async (fewer) => {
      const again = await faultOf({ ...plan, steps: fewer }, counts);
      if (again === undefined || kindOf(again) !== kindOf(found)) return false;
      fault = again;
      return true;
    },
    () => Date.now() < until,
  );
  const path = keep(session, plan, fault, steps);
  say(`The fewest steps that do so: ${steps.length}. What is said then:\n${fault.message}\n`);
  say(steps.map((step) => stepText(step, plan.world)).join('\n'));
  say(`\nAgain: npm run fuzz -- --replay ${path}`);
}

/** Puts down what can be done again; returns the path. */
function keep(session: number, plan: Plan, { message }: Fault, steps: readonly Step[]): string {
  const kept: Reproduction = { seed, session, fault: message, ...plan, steps };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${seed}-${session}.json`);
  writeFileSync(path, JSON.stringify(kept, null, 2));
  return path;
}

/** What is wrong, without what depends on the case. */
function kindOf({ message }: Fault): string {
  return message.slice(0, 40).replace(/\d+/g, '');
}

async function replay(path: string): Promise<number> {
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Reproduction;
  const counts: Counts = { steps: 0, edits: 0, checks: 0, incomparable: 0, questions: 0 };
  say(kept.steps.map((step) => stepText(step, kept.world)).join('\n'));
  const fault = await faultOf(kept, counts);
  say(fault === undefined ? 'No fault any more.' : `Step ${fault.step}: ${fault.message}`);
  return fault === undefined ? 0 : 1;
}
