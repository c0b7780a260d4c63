/**
 * The tests on Windows: of paths and files, of the built server and command line, in a Node for Windows under Wine.
 * `node scripts/windows/step.ts [file …]` runs those files alone.
 */
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startPractice } from '../../test/endpoint/samples/practice.ts';
import { adminSecret, expectedFile, outputsOn } from '../../test/windows/outputs.ts';
import { isMain, root, say } from '../run.ts';
import { type Counts, countsOf, summaryOf, sumOf, type VitestReport } from '../vitestReport.ts';
import { Windows, wineProgram } from './wine.ts';

/** Compares with what was printed and written on this system. */
const comparison = 'test/windows/commandLine.test.ts';

/** Tests of the protocol that do not run there, each with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  'agents.test.ts': 'is about what agents are told, which is the same everywhere',
  'api.test.ts': 'has the package by a link to what was built, which Wine cannot make',
  'commandLine.test.ts':
    'starts the command line forty times; the comparison with this system shows what it prints',
  'coverage.test.ts': 'is about what names are checked against, which is the same everywhere',
  'editors.test.ts': 'is about what editors say they can do, which is the same everywhere',
  'features.test.ts': 'is about what is completed and said, which is the same everywhere',
  'hasuraSchema.test.ts': 'is about what a schema says of tables, which is the same everywhere',
  'navigation.test.ts': 'is about what refers to what, which is the same everywhere',
  'permittedSchemas.test.ts': 'is about what permissions show, which is the same everywhere',
  'changeCommands.test.ts':
    'starts the command line a hundred times, for what is sent, which is the same everywhere',
  'endpointConsent.test.ts':
    'is skipped on Windows, for want of an address that leads to this machine from elsewhere',
  'check.test.ts': 'is about revisions, for which Wine has no Git',
  'ci.test.ts': 'is about what runs in a shell, and Git, which Wine does not have',
  'endpointCommands.test.ts':
    'has a Hasura in its own process, which Wine takes a minute to start; the comparison asks one beside it',
  'findings.test.ts': 'is about what rules say, which is the same everywhere',
  'hostileText.test.ts': 'is about what is printed, which the comparison with this system shows',
  'limits.test.ts': 'is about time and memory, of which Wine takes more than Windows',
  'lintOptions.test.ts': 'starts the command line eighty times, and Git, which Wine does not have',
  'migrations.test.ts': 'is about what SQL makes, which is the same everywhere',
  'schemaChanges.test.ts': 'is about the last commit, for which Wine has no Git',
  'stale.test.ts': 'is about the order of requests, which is the same everywhere',
};

const protocol = readdirSync(path.join(root, 'test/protocol'))
  .filter((name) => name.endsWith('.test.ts') && !Object.hasOwn(leftOut, name))
  .map((name) => `test/protocol/${name}`)
  .sort();

const others = [
  'test/windows/paths.test.ts',
  'test/unit/files/paths.test.ts',
  'test/unit/files/realPath.test.ts',
  'test/unit/files/renameFile.test.ts',
  'test/unit/files/atomicWrite.test.ts',
  'test/unit/files/fileNames.test.ts',
  'test/unit/project/files.test.ts',
  'test/unit/project/spelling.test.ts',
];

/** Files that run beside each other: there are two cores. Every second of the protocol is in the one or the other. */
const groups: Readonly<Record<string, readonly string[]>> = {
  server: [comparison, ...protocol.filter((_, index) => index % 2 === 0)],
  files: [...others, ...protocol.filter((_, index) => index % 2 === 1)],
};

const results = path.join(root, 'test-results/windows');

/** `timeout`: for all of them, in milliseconds. */
export async function testOnWindows(timeout: number, files = groups): Promise<Counts> {
  const wine = wineProgram();
  if (wine === undefined) return skipped('Wine is not installed (Debian: wine64)');
  const ends = performance.now() + timeout;
  const windows = await Windows.provision(wine);
  await mkdir(results, { recursive: true });
  // Its answers are the same for both: the one that writes is asked on a copy of the files.
  const endpoint = await startPractice({ adminSecret });
  try {
    if (Object.values(files).flat().includes(comparison)) {
      await writeFile(expectedFile, JSON.stringify(await outputsOn(endpoint.url)));
    }
    const runs = Object.entries(files).map(([name, group]) =>
      runGroup(windows, name, group, ends - performance.now()),
    );
    return sumOf(await Promise.all(runs));
  } finally {
    await windows.end();
    await endpoint.close();
  }
}

async function runGroup(
  windows: Windows,
  name: string,
  files: readonly string[],
  timeout: number,
): Promise<Counts> {
  const report = path.join(results, `${name}.json`);
  const output = path.join(results, `${name}.txt`);
  await rm(report, { force: true });
  const args = ['test/windows/main.ts', path.relative(root, report), ...files];
  const { code, timedOut } = await windows.node(output, args, timeout);
  say((await readFile(output, 'utf8')).trimEnd());
  if (timedOut) {
    say(`${name}: ended, it took all the time that was left.`);
    return { passed: 0, failed: 1, skipped: new Map() };
  }
  return countsOf(JSON.parse(await readFile(report, 'utf8')) as VitestReport, code);
}

function skipped(why: string): Counts {
  return { passed: 0, failed: 0, skipped: new Map([[why, 1]]) };
}

if (isMain(import.meta.url)) {
  const named = process.argv.slice(2);
  const counts = await testOnWindows(30 * 60_000, named.length > 0 ? { named } : groups);
  say(summaryOf(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
