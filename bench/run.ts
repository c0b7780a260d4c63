import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse as parseGraphql } from 'graphql';
import { parseTree } from 'jsonc-parser';
import type { Diagnostic } from 'vscode-languageserver/node';
import { parseDocument, parse as parseYamlToValue } from 'yaml';
import { loadSdl } from '../server/src/schema/sdlRemoteSchema.ts';
import { measureEndpoint } from './endpoint.ts';
import {
  exportStyles,
  type GeneratedTable,
  generateDirectory,
  generateProjects,
  generateStyledExport,
  generateTables,
  generateTablesFile,
  generateYamlExport,
  githubSdl,
} from './generate.ts';
import { generateGraph, measureGraph } from './graph.ts';
import { generateMigrations, measureMigrations } from './migrations.ts';
import { measureNavigation } from './navigation.ts';
import { BenchServer } from './server.ts';
import { median, p95, type Row, table } from './statistics.ts';

/**
 * Speed of the built server over stdio and of the command line, as ratios to what the parsers alone take on the same
 * text, or the requests by themselves, in the same run. Also checks that exactly the planted errors are found.
 * `npm run bench [-- --quick] [PART…]`; the parts are named at the end.
 */

const quick = process.argv.includes('--quick');
const rounds = quick ? 5 : 15;
const rows: Row[] = [];
const wrong: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'remote-relationships-bench-'));

function write(name: string, files: ReadonlyMap<string, string>): string {
  const project = join(folder, name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

/** Milliseconds of `work`, the garbage of what came before put away first. */
function time(work: () => unknown): number {
  globalThis.gc?.();
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function row(
  what: string,
  values: readonly number[],
  goal: string,
  limit?: { value: number; of?: [number, string]; p95?: boolean },
): void {
  const figure = limit?.p95 === true ? p95(values) : median(values);
  const ratio = limit?.of === undefined ? undefined : { value: figure / limit.of[0], of: limit.of[1] };
  rows.push({
    what,
    median: median(values),
    p95: p95(values),
    unit: 'ms',
    ...(ratio === undefined ? {} : { ratio }),
    goal,
    met: limit === undefined ? undefined : (ratio?.value ?? figure) <= limit.value,
  });
}

function memoryRow(what: string, peak: number, limit?: number): void {
  rows.push({
    what: `${what}: peak memory, GitHub schema included`,
    median: peak,
    p95: Number.NaN,
    unit: 'MiB',
    goal: limit === undefined ? '' : `${limit} MiB`,
    met: limit === undefined ? undefined : peak <= limit,
  });
}

/** Says so when the diagnostics aren't exactly those of the planted errors. */
function compare(
  where: string,
  text: string,
  diagnostics: readonly Diagnostic[],
  tables: readonly GeneratedTable[],
): void {
  const lines = text.split(/\r?\n/);
  const found = diagnostics
    .filter((diagnostic) => diagnostic.severity === 1)
    .map((diagnostic) => {
      const { start, end } = diagnostic.range;
      return `${diagnostic.code} ${lines[start.line]?.slice(start.character, end.character)}`;
    })
    .sort();
  const expected = tables
    .flatMap(({ planted }) => (planted === undefined ? [] : [`${planted.code} ${planted.text}`]))
    .sort();
  if (found.join('\n') !== expected.join('\n')) {
    const missing = expected.filter((entry) => !found.includes(entry));
    const extra = found.filter((entry) => !expected.includes(entry));
    wrong.push(
      `${where}: ${expected.length} errors planted, ${found.length} found; missing: ${[...new Set(missing)].slice(0, 5).join(', ')}; extra: ${[...new Set(extra)].slice(0, 5).join(', ')}`,
    );
  }
}

/** Behind the first `marker` in the second half of the text, or in the first. */
function behind(text: string, marker: string): number {
  const middle = text.indexOf(marker, Math.floor(text.length / 2));
  return (middle < 0 ? text.indexOf(marker) : middle) + marker.length;
}

/** Keystrokes inside an argument's name of the middle table, each undone by the next. */
async function keystrokes(
  server: BenchServer,
  marker: string,
  count: number,
  after: () => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  const text = server.text();
  const offset = behind(text, marker);
  for (let round = 0; round < count; round++) {
    const begin = performance.now();
    await server.edit(offset, round % 2 === 0 ? 0 : 1, round % 2 === 0 ? 'x' : '');
    await after();
    times.push(performance.now() - begin);
  }
  return times;
}

async function completions(
  server: BenchServer,
  marker: string,
  count: number,
): Promise<{ times: number[]; offered: number }> {
  const text = server.text();
  const offset = behind(text, marker);
  let offered = 0;
  const times: number[] = [];
  for (let round = 0; round < count; round++) {
    const begin = performance.now();
    await server.edit(offset - 1, 1, '');
    const items = await server.complete(offset - 1);
    times.push(performance.now() - begin);
    offered = Math.max(offered, items.length);
    await server.edit(offset - 1, 0, marker.slice(-1));
    await server.diagnose();
  }
  return { times, offered };
}

async function start(): Promise<void> {
  const project = write('start', generateDirectory(generateTables(1)));
  const ours: number[] = [];
  const node: number[] = [];
  for (let round = 0; round < (quick ? 3 : 9); round++) {
    node.push(time(() => spawnSync(process.execPath, ['-e', ''])));
    const server = await BenchServer.start(project);
    ours.push(server.startTime);
    await server.stop();
  }
  row(
    'spawn to initialize answered, above an empty Node process',
    ours.map((value) => value - median(node)),
    '150 ms',
    {
      value: 150,
    },
  );
}

async function smallFile(): Promise<void> {
  const tables = generateTables(20);
  const project = write('small', generateDirectory(tables));
  const subject = tables[14];
  if (subject === undefined) return;
  const floor = median(Array.from({ length: 200 }, () => time(() => parseDocument(subject.yaml))).slice(100));
  const uri = pathToFileURL(
    join(project, `metadata/databases/default/tables/public_${subject.name}.yaml`),
  ).href;
  const server = await BenchServer.start(project);
  const { diagnostics } = await server.open(uri, 'yaml', subject.yaml);
  compare('95-line file', subject.yaml, diagnostics, [subject]);
  await keystrokes(server, 'login: $logi', 60, () => server.diagnose());
  row(
    '95-line file: keystroke to diagnostics',
    await keystrokes(server, 'login: $logi', 100, () => server.diagnose()),
    '2 parses',
    {
      value: 2,
      of: [floor, 'yaml'],
    },
  );
  await completions(server, '          user:', 20);
  const field = await completions(server, '          user', 100);
  row(`95-line file: completion after a keystroke, p95 (${field.offered} offered)`, field.times, '5 ms', {
    value: 5,
    p95: true,
  });
  if (field.offered === 0) wrong.push('95-line file: no completion offered');
  memoryRow('20 tables', server.peakMemory(), 100);
  await server.stop();
}

async function largeYaml(
  name: string,
  files: ReadonlyMap<string, string>,
  path: string,
  tables: readonly GeneratedTable[],
  /** Behind which a name is completed; nowhere where it is left out. */
  completed?: string,
): Promise<void> {
  const project = write(name, files);
  const text = files.get(path) ?? '';
  const size = `${(text.length / 1e6).toFixed(1)} MB YAML, ${name}`;
  const floors = Array.from({ length: Math.ceil(rounds / 2) + 2 }, () =>
    time(() => parseDocument(text)),
  ).slice(2);
  const floor: [number, string] = [median(floors), 'yaml'];
  const uri = pathToFileURL(join(project, path)).href;
  const server = await BenchServer.start(project);
  const opens: number[] = [];
  // The same text under changing ends, so that nothing can be remembered from the time before.
  for (let round = 0; round < Math.ceil(rounds / 2) + 2; round++) {
    const { diagnostics, time: opened } = await server.open(uri, 'yaml', `${text}# ${round}\n`);
    if (round === 0) compare(size, text, diagnostics, tables);
    if (round >= 2) opens.push(opened);
    await server.close();
  }
  row(`${size}: open to diagnostics`, opens, '0.5 of a parse', { value: 0.5, of: floor });
  await server.open(uri, 'yaml', text);
  await keystrokes(server, 'login: $logi', 4, () => server.diagnose());
  row(
    `${size}: keystroke to diagnostics`,
    await keystrokes(server, 'login: $logi', rounds * 2, () => server.diagnose()),
    '0.3 of a parse',
    {
      value: 0.3,
      of: floor,
    },
  );
  if (completed !== undefined) await completionRow(size, server, completed, floor);
  await server.stop();
}

async function completionRow(
  size: string,
  server: BenchServer,
  marker: string,
  floor: [number, string],
): Promise<void> {
  await completions(server, 'user', 2);
  const field = await completions(server, marker, rounds);
  row(
    `${size}: completion after a keystroke, p95 (${field.offered} offered)`,
    field.times,
    '0.35 of a parse',
    {
      value: 0.35,
      of: floor,
      p95: true,
    },
  );
  if (field.offered === 0) wrong.push(`${size}: no completion offered`);
}

/** A server that only did what a person does: opened the file, typed, completed. */
async function memory(files: ReadonlyMap<string, string>, path: string): Promise<void> {
  const project = write('memory', files);
  const text = files.get(path) ?? '';
  const server = await BenchServer.start(project);
  await server.open(pathToFileURL(join(project, path)).href, 'yaml', text);
  await keystrokes(server, 'login: $logi', 20, () => server.diagnose());
  await completions(server, '            user', 5);
  memoryRow(`${(text.length / 1e6).toFixed(1)} MB YAML`, server.peakMemory(), 400);
  await server.stop();
}

async function largeJson(count: number, completionGoal?: number): Promise<void> {
  const tables = generateTables(count);
  const files = generateYamlExport(tables);
  const text = JSON.stringify(parseYamlToValue(files.get('metadata.yaml') ?? ''), null, 2);
  files.delete('metadata.yaml');
  files.set('metadata.json', text);
  const project = write(`export-json-${count}`, files);
  const size = `${(text.length / 1e6).toFixed(1)} MB metadata.json`;
  const floor: [number, string] = [
    // Parsed as often as the server has by then.
    median(Array.from({ length: rounds * 3 }, () => time(() => parseTree(text))).slice(rounds * 2)),
    'jsonc',
  ];
  const server = await BenchServer.start(project);
  const { diagnostics, time: opened } = await server.open(
    pathToFileURL(join(project, 'metadata.json')).href,
    'json',
    text,
  );
  compare(size, text, diagnostics, tables);
  row(`${size}: open to diagnostics, first time`, [opened], '');
  await keystrokes(server, '"login": "$logi', 4, () => server.diagnose());
  row(
    `${size}: keystroke to diagnostics`,
    await keystrokes(server, '"login": "$logi', rounds * 2, () => server.diagnose()),
    '1.5 parses',
    {
      value: 1.5,
      of: floor,
    },
  );
  const offset = behind(server.text(), '"login": "$logi');
  const unchanged: number[] = [];
  for (let round = 0; round < 500; round++) {
    const begin = performance.now();
    await server.complete(offset);
    unchanged.push(performance.now() - begin);
  }
  row(
    `${size}: completion, nothing changed`,
    unchanged.slice(250),
    completionGoal === undefined ? '' : `${completionGoal} ms`,
    completionGoal === undefined ? undefined : { value: completionGoal },
  );
  await server.stop();
}

/** The environment of a run with a cache of its own. */
function cachingIn(name: string): NodeJS.ProcessEnv {
  const place = join(folder, name);
  return { ...process.env, XDG_CACHE_HOME: place, LOCALAPPDATA: place };
}

function headless(): void {
  const tables = generateTables(1000);
  const project = write('directory', generateDirectory(tables));
  const floorScript = fileURLToPath(new URL('./parseProject.ts', import.meta.url));
  const command = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
  const ours: number[] = [];
  const floors: number[] = [];
  const again: number[] = [];
  let answer = '';
  for (let round = 0; round < (quick ? 3 : 7); round++) {
    floors.push(time(() => spawnSync(process.execPath, [floorScript, project])));
    const env = cachingIn(`cache-${round}`);
    const lint = (): void => {
      answer = spawnSync(process.execPath, [command, 'lint', '--format', 'json', project], {
        ...{ encoding: 'utf8', maxBuffer: 1e9, env },
      }).stdout;
    };
    ours.push(time(lint));
    const cold = answer;
    again.push(time(lint));
    if (answer !== cold) wrong.push('lint: another answer from the cache');
  }
  row('1,000 tables, 3,000 relationships: lint again, nothing changed', again, '0.2 of the first time', {
    value: 0.2,
    of: [median(ours), 'the first time'],
  });
  row('1,000 tables, 3,000 relationships: lint, whole process', ours, '1.6 parses', {
    value: 1.6,
    of: [median(floors), 'reading and yaml'],
  });
  const findings: { code: string; severity: string; relationship: string | null }[] = JSON.parse(answer);
  const errors = findings
    .filter((finding) => finding.severity === 'error')
    .map(({ code, relationship }) => `${code} ${relationship}`);
  const expected = tables.flatMap(({ planted }) =>
    planted === undefined ? [] : [`${planted.code} ${planted.relationship}`],
  );
  if (errors.sort().join('\n') !== expected.sort().join('\n')) {
    wrong.push(`lint: ${expected.length} errors planted, ${errors.length} found`);
  }
}

function githubSchema(): void {
  const sdl = githubSdl();
  const floors: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds + 5; round++) {
    floors.push(time(() => parseGraphql(sdl)));
    ours.push(time(() => loadSdl([{ uri: 'file:///github.graphql', text: sdl }])));
  }
  row('GitHub schema: text to ready', ours.slice(5), '1.5 parses', {
    value: 1.5,
    of: [median(floors.slice(5)), 'graphql'],
  });
}

/** Tells the peak of its memory in KiB when it ends. */
const tellsMemory =
  'data:text/javascript,process.on("exit",()=>process.stderr.write(" "+process.resourceUsage().maxRSS))';

function lintMemory(): void {
  const project = write('lint-memory', generateDirectory(generateTables(10_000)));
  const command = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
  const { stderr } = spawnSync(process.execPath, ['--import', tellsMemory, command, 'lint', project], {
    ...{ encoding: 'utf8', maxBuffer: 1e9, env: cachingIn('cache-memory') },
  });
  memoryRow('10,000 tables: lint', Number(/\d+$/.exec(stderr)?.[0] ?? Number.NaN) / 1024, 600);
}

/** A monorepo: what is asked of one file must not be asked of every project. */
function manyProjects(): void {
  const project = write('many', generateProjects(1500));
  const command = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
  const ours = Array.from({ length: quick ? 1 : 3 }, (_, round) => {
    const env = cachingIn(`cache-many-${round}`);
    return time(() => spawnSync(process.execPath, [command, 'lint', project], { env }));
  });
  row('1,500 projects: lint, whole process', ours, '10 s', { value: 10_000 });
}

/** In the process, and by a server in which the last migration is typed into. */
async function migrations(): Promise<void> {
  const texts = generateMigrations(1303);
  const measured = await measureMigrations(texts, rounds, join(folder, 'cache'));
  const { floor, cold, cached, editedLast, megabytes } = measured;
  const what = `1,303 SQL migrations (${megabytes.toFixed(1)} MB)`;
  row(`${what}: cold`, cold, '700 ms', { value: 700 });
  row(`${what}: cold, beside the parser alone`, cold, '1.5 parses', {
    value: 1.5,
    of: [median(floor), 'libpg-query'],
  });
  row(`${what}: from the cache`, cached, '150 ms', { value: 150 });
  row(`${what}: the last one edited`, editedLast, '50 ms', { value: 50 });
  if (measured.wrong !== undefined) wrong.push(`${what}: ${measured.wrong}`);

  const tables = generateTables(1);
  const name = tables[0]?.name ?? '';
  const files = generateDirectory(tables);
  files.delete('schema/default.tables.json');
  const columns =
    'id uuid, parent_id uuid, login text, owner text, repository text, created_at date, updated_at date';
  const last = `migrations/default/${texts.length}_last/up.sql`;
  for (const [index, text] of texts.entries()) files.set(`migrations/default/${index}_step/up.sql`, text);
  files.set(last, `CREATE TABLE ${name} (${columns});\n`);
  const project = write('migrations', files);
  const table = `metadata/databases/default/tables/public_${name}.yaml`;
  const uri = (path: string): string => pathToFileURL(join(project, path)).href;
  const server = await BenchServer.start(project);
  await server.open(uri(table), 'yaml', files.get(table) ?? '');
  const sql = files.get(last) ?? '';
  await server.open(uri(last), 'sql', sql);
  const times: number[] = [];
  const offset = sql.indexOf('login') + 'login'.length;
  const missing = async (expected: boolean): Promise<void> => {
    for (let tries = 0; tries < 2000; tries++) {
      const found = await server.diagnose(uri(table));
      if (found.some(({ code }) => code === 'unknown-lhs-field') === expected) return;
    }
    wrong.push(`${what}: an edit of the last one changes nothing`);
  };
  await missing(false);
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await server.edit(offset, round % 2 === 0 ? 0 : 1, round % 2 === 0 ? 'x' : '');
    await missing(round % 2 === 0);
    times.push(performance.now() - begin);
  }
  row(`${what}: keystroke in the last to diagnostics that depend on it`, times, '150 ms', { value: 150 });
  memoryRow(what, server.peakMemory(), 400);
  await server.stop();
}

async function navigation(): Promise<void> {
  const tables = generateTables(10_000);
  const project = write('navigation', generateDirectory(tables));
  const subject = tables[5002];
  if (subject === undefined) return;
  const path = `metadata/databases/default/tables/public_${subject.name}.yaml`;
  const uri = pathToFileURL(join(project, path)).href;
  const server = await BenchServer.start(project);
  await server.open(uri, 'yaml', subject.yaml);
  memoryRow('10,000 tables: server with a table open', server.peakMemory(), 800);
  const measured = await measureNavigation(server, uri, subject, quick ? 10 : 30);
  for (const { what, first, times, goal } of measured.rows) {
    row(`10,000 tables: ${what}, the first time`, [first], '');
    const what95 = `10,000 tables: ${what} after a keystroke, p95`;
    if (Number.isNaN(goal)) row(what95, times, '');
    else row(what95, times, `${goal} ms`, { value: goal, p95: true });
  }
  for (const line of measured.wrong) wrong.push(`10,000 tables: ${line}`);
  // Thirty graphs of ten megabytes each: most of it is waste that nobody needed the room of yet.
  memoryRow('10,000 tables: server, after all of this', server.peakMemory());
  await server.stop();
}

async function graph(): Promise<void> {
  const files = generateGraph();
  const project = write('graph', files);
  const path = 'metadata/databases/default/tables/tables.yaml';
  const uri = pathToFileURL(join(project, path)).href;
  const server = await BenchServer.start(project);
  await server.open(uri, 'yaml', files.get(path) ?? '');
  const measured = await measureGraph(server, uri, rounds);
  row('graph of 500 tables, laid out', measured.times, '500 ms', { value: 500 });
  if (measured.wrong !== undefined) wrong.push(`graph: ${measured.wrong}`);
  await server.stop();
}

async function endpoint(): Promise<void> {
  for (const measured of await measureEndpoint(rounds, folder)) {
    const { what, values, floor, of, goal } = measured;
    row(what, values, `${goal} × ${of}`, { value: goal, of: [floor, of] });
    if (measured.wrong !== undefined) wrong.push(`${what}: ${measured.wrong}`);
  }
}

function sizes(): void {
  for (const [name, limit] of [
    ['client.cjs', 450],
    ['server.cjs', 1250],
  ] as const) {
    const path = fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
    if (!existsSync(path)) continue;
    const size = statSync(path).size / 1000;
    rows.push({
      what: `dist/${name}`,
      median: size,
      p95: Number.NaN,
      unit: 'KB',
      goal: `${limit} KB`,
      met: size < limit,
    });
  }
}

async function largeFiles(): Promise<void> {
  const tables = generateTables(460);
  const completed = '            user';
  await largeYaml('tables.yaml', generateTablesFile(tables), 'metadata/tables.yaml', tables, completed);
  await largeYaml('export', generateYamlExport(tables), 'metadata.yaml', tables, completed);
  for (const style of exportStyles) {
    await largeYaml(`export, ${style}`, generateStyledExport(tables, style), 'metadata.yaml', tables);
  }
  await memory(generateTablesFile(tables), 'metadata/tables.yaml');
  await largeJson(230, 1.5);
  await largeJson(1350);
}

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  start,
  smallFile,
  largeFiles,
  headless,
  lintMemory,
  manyProjects,
  githubSchema,
  migrations,
  navigation,
  graph,
  endpoint,
  sizes,
};
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((part) => parts[part] === undefined);
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}`);
try {
  for (const [part, run] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(part)) await run();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${table(rows)}\n`);
for (const line of wrong) process.stdout.write(`wrong findings: ${line}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
