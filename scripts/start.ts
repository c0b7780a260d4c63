/**
 * Builds and packs the extension and opens it in VS Code on `samples/`, beside a Hasura endpoint that keeps what it has
 * (`--fresh`: begins anew). `--check`: without a window; prints what the extension reports there and how the endpoint
 * differs, and exits with 0 if the first is what the command line finds and the second what it should be, else with 1.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageExtension } from './package.ts';
import {
  checkEndpoint,
  environmentFor,
  startForgetfulEndpoint,
  startKeptEndpoint,
} from './practiceEndpoint.ts';
import { root, run, runOrFail, say } from './run.ts';
import { drive } from './vscode/drive.ts';
import { startVsCodeServer } from './vscode/server.ts';
import { writeSettings } from './vscode/settings.ts';

const samples = path.join(root, 'samples');

/** What the window opens with: the README of the samples, and the walkthrough. */
const firstLook = { 'workbench.startupEditor': 'readme' };
const walkthrough = { REMOTE_RELATIONSHIPS_WALKTHROUGH: 'open' };

/** A finding as `remote-relationships lint --format json` prints it. */
interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** The packed extension, and the endpoint that is started meanwhile. */
function prepare<Started>(starting: Promise<Started>): Promise<[extension: string, started: Started]> {
  say('Building and packing the extension, starting the Hasura endpoint …');
  return Promise.all([packageExtension(), starting]);
}

async function check(): Promise<number> {
  // The VS Code that was started ends with this process, if that is let end in its own way.
  process.once('SIGINT', () => process.exit(130));
  const [extension, endpoint] = await prepare(startForgetfulEndpoint());
  try {
    const reports = await checkReports(extension);
    say(`\nWhat the command line learns from the Hasura endpoint at ${endpoint.url}:`);
    const endpointIsGood = await checkEndpoint(endpoint);
    say(
      endpointIsGood
        ? 'The endpoint answers, and differs from samples/ as it should.'
        : 'The endpoint does not answer or differ as it should.',
    );
    return reports && endpointIsGood ? 0 : 1;
  } finally {
    await endpoint.close();
  }
}

/** Whether VS Code reports what the command line finds. */
async function checkReports(extension: string): Promise<boolean> {
  say('Opening samples/ in VS Code …');
  const expected = await findingsOfCommandLine();
  const reported = (await drive({
    extension,
    module: path.join(root, 'test/e2e/report.ts'),
    workspace: samples,
    env: { REMOTE_RELATIONSHIPS_EXPECTED: JSON.stringify(expected.map(identity)) },
  })) as readonly Finding[];
  for (const finding of reported) say(`${identity(finding)} ${finding.message.replaceAll('\n', ' ')}`);

  const difference = (from: readonly Finding[], those: readonly Finding[]) => {
    const known = new Set(those.map(identity));
    return from.map(identity).filter((finding) => !known.has(finding));
  };
  const [missing, extra] = [difference(expected, reported), difference(reported, expected)];
  for (const finding of missing) say(`Not reported in VS Code: ${finding}`);
  for (const finding of extra) say(`Not found by the command line: ${finding}`);
  const good = missing.length === 0 && extra.length === 0 && expected.length > 0;
  say(
    good
      ? `The extension is active and reports all ${expected.length} findings of samples/.`
      : `The extension reports ${reported.length} findings of samples/, the command line ${expected.length}.`,
  );
  return good;
}

/** `file:line:column code severity`. */
function identity({ file, line, column, code, severity }: Finding): string {
  return `${file}:${line}:${column} ${code} ${severity}`;
}

async function findingsOfCommandLine(): Promise<readonly Finding[]> {
  const args = ['dist/cli.cjs', 'lint', '--format', 'json', 'samples'];
  const { code, stdout, stderr } = await run(process.execPath, args);
  if (code > 1) throw new Error(`lint ended with ${code}: ${stderr}`);
  const findings = JSON.parse(stdout) as readonly Finding[];
  return findings.map((finding) => ({
    ...finding,
    file: path.relative(samples, path.resolve(root, finding.file)).replaceAll(path.sep, '/'),
  }));
}

async function openWindow(fresh: boolean): Promise<void> {
  const [extension, { endpoint, about }] = await prepare(startKeptEndpoint({ fresh }, 'npm start'));
  try {
    say(`\n${about}\n\nStarting VS Code …`);
    const { DISPLAY: display, WAYLAND_DISPLAY: wayland } = process.env;
    const screen = process.platform !== 'linux' || display || wayland;
    const env = environmentFor(endpoint);
    if (screen && (await answers('code'))) await openDesktop(extension, env);
    else await openServer(extension, env);
  } finally {
    await endpoint.close();
  }
}

async function answers(program: string): Promise<boolean> {
  try {
    return (await run(program, ['--version'])).code === 0;
  } catch {
    return false;
  }
}

/** The installed VS Code, with folders of its own: nothing of the person's own VS Code is seen or changed. */
async function openDesktop(extension: string, env: NodeJS.ProcessEnv): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-code-'));
  const folders = [
    '--user-data-dir',
    path.join(home, 'data'),
    '--extensions-dir',
    path.join(home, 'extensions'),
  ];
  try {
    await writeSettings(path.join(home, 'data', 'User'), firstLook);
    await runOrFail('code', [...folders, '--install-extension', extension]);
    say(
      'VS Code is open on samples/. This ends when its window is closed. What to do first: samples/README.md',
    );
    await runOrFail('code', [...folders, '--disable-workspace-trust', '--new-window', '--wait', samples], {
      env: { ...process.env, ...env, ...walkthrough },
    });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function openServer(extension: string, env: NodeJS.ProcessEnv): Promise<void> {
  const server = await startVsCodeServer({
    extensions: [extension],
    workspace: samples,
    settings: firstLook,
    env: { ...env, ...walkthrough },
  });
  say(`\nVS Code is open on samples/ at\n\n  ${server.address}\n`);
  say('What to do first: samples/README.md. Press Ctrl+C to end it.');
  try {
    await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  } finally {
    await server.dispose();
  }
}

if (process.argv.includes('--check')) process.exitCode = await check();
else await openWindow(process.argv.includes('--fresh'));
