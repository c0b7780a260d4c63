import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { formsOf, type SocketFault } from '../endpoint/http/socketFault.ts';
import { socketFaults } from '../endpoint/http/socketFaults.ts';
import { startSocketServer } from '../endpoint/http/socketServer.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { commandLine } from '../protocol/serverProcess.ts';

/** The built command line asks a server with whom everything that can goes wrong in the bytes in between. */

/** Like nothing else that is written, and with what encodings change. */
const secret = 'Zq7-pull+secret/&"x~';
/** Seconds, as `--timeout` takes them: more than a busy machine needs, unless it is to be waited for the end of it. */
const patienceWith = ({ stalls }: SocketFault): number => (stalls ? 1 : 40);
/** Longest that a run may take: three tries at each of what is asked, and a machine that is busy. */
const longest = 45_000;

let endpoint: Endpoint;
/** Holds the folders of all runs: they run beside each other. */
let folders: string;
/** Texts of the schema files after a pull that went well. */
let pulled: ReadonlyMap<string, string>;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'remote-relationships-faults-'));
  endpoint = await startSamples({ adminSecret: secret });
  const folder = samples();
  const { status, stdout } = await run(folder, ['pull', '--endpoint', endpoint.url]);
  if (status !== 0) throw new Error(stdout);
  pulled = filesIn(folder);
}, 240_000);
afterAll(async () => {
  rmSync(folders, { recursive: true, force: true });
  await endpoint.close();
}, 60_000);

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, args: readonly string[]): Promise<Run> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [commandLine, ...args], {
    cwd: folder,
    env: { PATH, HOME: folder, HASURA_GRAPHQL_ADMIN_SECRET: secret },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

function samples(): string {
  const folder = mkdtempSync(join(folders, 'run-'));
  cpSync(fileURLToPath(new URL('../../samples', import.meta.url)), folder, { recursive: true });
  return folder;
}

/** Texts by their names. */
function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((each) => [each.slice(folder.length + 1), readFileSync(each, 'utf8')]));
}

/** `strikes`: the requests that something goes wrong with. */
async function runAgainst(
  fault: SocketFault,
  folder: string,
  args: readonly string[],
  strikes = (path: string, _body: string): boolean => !fault.needsSecret || path !== '/v1/version',
): Promise<Run> {
  const { strike, connected, certificate, scheme } = fault;
  const server = await startSocketServer({
    behind: endpoint.url,
    strike: strike ?? (() => undefined),
    connected,
    certificate,
    strikes,
  });
  try {
    const url = `${scheme ?? 'http'}://${server.host}`;
    const begin = Date.now();
    const result = await run(folder, [...args, '--endpoint', url, '--timeout', String(patienceWith(fault))]);
    expect(Date.now() - begin).toBeLessThan(longest);
    expect(server.struck).toBeGreaterThan(0);
    expect(server.elsewhere).toEqual([]);
    return result;
  } finally {
    await server.close();
  }
}

/** A person can read it, and it gives nothing away. */
function expectReadable({ stdout, stderr }: Run, files: ReadonlyMap<string, string>): void {
  const written = stdout + stderr;
  expect(written).not.toMatch(/\n\s+at |undefined|\[object /);
  for (const line of written.split('\n')) expect(line.length).toBeLessThan(2500);
  for (const [form, text] of Object.entries(formsOf(secret))) {
    for (const each of [written, ...files.values()]) expect(each.includes(text), form).toBe(false);
  }
}

const cases = socketFaults.map((fault) => [fault.name, fault] as const);

describe.concurrent('diff, of a server that', () => {
  it.each(cases)(
    '%s',
    async (_, fault) => {
      const folder = samples();
      const before = filesIn(folder);
      const result = await runAgainst(fault, folder, ['diff']);
      expectReadable(result, before);
      expect(filesIn(folder)).toEqual(before);
      const { status, stdout, stderr } = result;
      if (fault.told === 'fine') {
        expect(status).toBeLessThan(2);
        expect(stdout).toMatch(/\d+ same, /);
      } else {
        expect(status).toBe(2);
        expect(stdout).toBe('');
        expect(stderr).toMatch(fault.told);
      }
    },
    120_000,
  );
});

describe.concurrent('pull, of a server whose remote schemas', () => {
  it.each(cases)(
    '%s',
    async (_, fault) => {
      const folder = samples();
      const before = filesIn(folder);
      const result = await runAgainst(fault, folder, ['pull'], (__, body) =>
        body.includes('introspect_remote_schema'),
      );
      const after = filesIn(folder);
      expectReadable(result, after);
      // Every file is as it was, or as it should be: none is half of it, and there is no other.
      const removed = [...before.keys()].filter((name) => !after.has(name));
      expect(removed).toEqual([]);
      const touched = [...after].filter(([name, text]) => text !== before.get(name));
      for (const [name, text] of touched) expect(text).toBe(pulled.get(name));

      const { status, stdout, stderr } = result;
      if (fault.connected !== undefined || fault.scheme !== undefined || fault.certificate !== undefined) {
        // There is no connection at all.
        expect(status).toBe(2);
        expect(touched).toEqual([]);
        expect(stderr).toMatch(fault.told);
      } else if (fault.told === 'fine') {
        expect(status).toBe(0);
      } else {
        expect(status).toBe(1);
        expect(stdout).toMatch(/source "shop": (?:written|unchanged)/);
        const failed = /^remote schema "people": failed: .*$/ms.exec(stdout)?.[0] ?? '';
        expect(failed).toMatch(fault.told);
        expect(touched.map(([name]) => name).filter((name) => name.includes('people'))).toEqual([]);
      }
    },
    120_000,
  );
});
