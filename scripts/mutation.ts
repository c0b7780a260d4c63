/**
 * Whether the tests notice when the code is wrong: `npm run mutation -- [file or folder …]`, the decision logic when none
 * is named. Prints what no test noticed and the score of each folder.
 *
 * - `--tests P`: only the tests in that file or folder, which may be given several times: much faster, and stricter
 * - `--sample N`: only N of 100 mutants, always the same ones
 * - `--seed TEXT`: others, the same for each text, so that tests written for one sample are measured on another
 * - `--concurrency N`: how many at a time, if not as many as the machine has processors
 * - `--no-static`: none in what runs once while a file is loaded, as tables do: each of those takes every test
 */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantResult, MutantStatus, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { isMain, root, say } from './run.ts';

const decisionLogic = [
  'server/src/rules',
  'server/src/metadata',
  'server/src/join',
  'server/src/catalogue',
  'server/src/schema',
  'common/src/metadataApi',
];

const work = '.cache/mutation';

export interface FolderScore {
  readonly folder: string;
  readonly noticed: number;
  readonly unnoticed: number;
}

const noticed: ReadonlySet<MutantStatus> = new Set(['Killed', 'Timeout']);
const unnoticed: ReadonlySet<MutantStatus> = new Set(['Survived', 'NoCoverage']);

/** The score of each folder, in the order of their names. Mutants that could not be run count for nothing. */
export function scores(
  mutants: readonly Pick<MutantResult, 'fileName' | 'status'>[],
): readonly FolderScore[] {
  const folders = new Map<string, MutantStatus[]>();
  for (const { fileName, status } of mutants) {
    const folder = path.relative(root, path.resolve(root, path.dirname(fileName))).replaceAll(path.sep, '/');
    const statuses = folders.get(folder);
    if (statuses === undefined) folders.set(folder, [status]);
    else statuses.push(status);
  }
  return [...folders]
    .map(([folder, those]) => ({
      folder,
      noticed: those.filter((status) => noticed.has(status)).length,
      unnoticed: those.filter((status) => unnoticed.has(status)).length,
    }))
    .filter((score) => score.noticed + score.unnoticed > 0)
    .sort((a, b) => a.folder.localeCompare(b.folder));
}

/** `server/src/rules  91.3 %  (420 of 460)` */
export function scoreText({ folder, noticed, unnoticed }: FolderScore): string {
  const all = noticed + unnoticed;
  return `${folder.padEnd(44)} ${((100 * noticed) / all).toFixed(1).padStart(5)} %  (${noticed} of ${all})`;
}

async function patternOf(place: string, files = '*.ts'): Promise<string> {
  const relative = path.relative(root, path.resolve(place)).replaceAll(path.sep, '/');
  const folder = await stat(path.join(root, relative)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return folder ? `${relative}/**/${files}` : relative;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      tests: { type: 'string', multiple: true },
      sample: { type: 'string' },
      seed: { type: 'string', default: '' },
      concurrency: { type: 'string', default: String(availableParallelism()) },
      static: { type: 'boolean', default: true },
    },
  });
  const places = positionals.length === 0 ? decisionLogic.map((each) => path.join(root, each)) : positionals;
  const sample = values.sample === undefined ? undefined : Number(values.sample);
  if (values.tests !== undefined) {
    const tests = await Promise.all(values.tests.map((place) => patternOf(place, '*.test.ts')));
    process.env['MUTATION_TESTS'] = tests.join(',');
  }
  process.chdir(root);
  const options: PartialStrykerOptions = {
    mutate: await Promise.all(places.map((place) => patternOf(place))),
    testRunner: 'vitest',
    coverageAnalysis: 'perTest',
    ignoreStatic: !values.static,
    // The types have been checked, and what a mutant does to them is of no interest.
    disableTypeChecks: false,
    // Its rewriting of a tsconfig.json wants a TypeScript with an API of its own; a copy needs none.
    tsconfigFile: 'none',
    ignorePatterns: ['.cache', 'dist', 'coverage', 'test-results', '*.vsix'],
    tempDirName: `${work}/sandbox`,
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
    htmlReporter: { fileName: `${work}/report.html` },
    jsonReporter: { fileName: `${work}/report.json` },
    thresholds: { high: 90, low: 80, break: null },
    // The machine may have other things to do.
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 60,
    concurrency: Number(values.concurrency),
    ...(sample === undefined
      ? {}
      : { checkers: ['sample'], appendPlugins: [path.join(root, 'scripts/mutationSample.ts')] }),
  };
  process.env['MUTATION_SAMPLE'] = String(sample ?? 100);
  process.env['MUTATION_SEED'] = values.seed;
  const mutants = await new Stryker({
    ...options,
    // Which tests are about a file is only asked where they are not named.
    vitest: { configFile: 'scripts/mutation.vitest.config.ts', related: values.tests === undefined },
  } as PartialStrykerOptions).runMutationTest();
  say('');
  for (const score of scores(mutants)) say(scoreText(score));
  if (sample !== undefined) say(`Of ${sample} in 100 mutants.`);
  say(`Each mutant: ${work}/report.html`);
}

if (isMain(import.meta.url)) await main();
