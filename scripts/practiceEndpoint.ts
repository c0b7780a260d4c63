/**
 * The Hasura endpoint that `npm start` brings up with `samples/`: the one of the tests, in this process. `npm run endpoint`
 * starts it alone (`-- --fresh`: in its first state).
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { Endpoint, EndpointOptions } from '../test/endpoint/endpoint.ts';
import { startPractice } from '../test/endpoint/samples/practice.ts';
import { isMain, root, run, say } from './run.ts';

/** Guards nothing but the samples, so it may be known. */
const adminSecret = 'practice';

const state = path.join(root, '.cache/endpoint');

/** An endpoint, and what the person at the terminal is told of it. */
export interface Announced {
  readonly endpoint: Endpoint;
  readonly about: string;
}

/** At the address `samples/config.yaml` names, with the state it had the last time. */
export async function startKeptEndpoint(
  { fresh }: { readonly fresh: boolean },
  command: string,
): Promise<Announced> {
  const port = await usualPort();
  const place = path.relative(root, state);
  try {
    const endpoint = await start({ port, dataDirectory: state, fresh });
    const about = `It is kept in ${place}; ${command} -- --fresh begins anew.`;
    return { endpoint, about: `${addressOf(endpoint)} ${about}` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return startBeside(port);
    if (fresh || !existsSync(state)) throw error;
    const hint = `The endpoint does not start with what is kept in ${place}. To begin anew: ${command} -- --fresh`;
    throw new Error(hint, { cause: error });
  }
}

/** What is kept belongs to the one that has the usual port: two at once would spoil it. */
async function startBeside(port: number): Promise<Announced> {
  const endpoint = await startForgetfulEndpoint();
  const about = `Its usual port ${port} is taken, maybe by another npm start; so it forgets everything when it ends.`;
  return { endpoint, about: `${addressOf(endpoint)} ${about}` };
}

function addressOf({ url }: Endpoint): string {
  return `Hasura endpoint: ${url}, admin secret: ${adminSecret}.`;
}

/** At a free port and in memory: always in its first state. */
export function startForgetfulEndpoint(): Promise<Endpoint> {
  return start({});
}

function start(options: EndpointOptions): Promise<Endpoint> {
  return startPractice({ ...options, adminSecret });
}

async function usualPort(): Promise<number> {
  const { endpoint } = parse(await readFile(path.join(root, 'samples/config.yaml'), 'utf8')) as {
    endpoint: string;
  };
  return Number(new URL(endpoint).port);
}

/**
 * What the environment of a program says besides, so that it works with this endpoint. Whatever the person's own names,
 * a server in use perhaps, is left out of it.
 */
export function environmentFor({ url }: Endpoint): NodeJS.ProcessEnv {
  const others = Object.keys(process.env).filter((name) => /^HASURA_GRAPHQL_/i.test(name));
  return {
    ...Object.fromEntries(others.map((name) => [name, undefined])),
    HASURA_GRAPHQL_ENDPOINT: url,
    HASURA_GRAPHQL_ADMIN_SECRET: adminSecret,
  };
}

interface Compared {
  readonly relationships: readonly { readonly state: string; readonly consistency: string | null }[];
}

/** Asks the endpoint by the built command line, and says what it found. False: not what the samples are to show. */
export async function checkEndpoint(endpoint: Endpoint): Promise<boolean> {
  const env = { ...process.env, ...environmentFor(endpoint) };
  const command = (...args: string[]) => run(process.execPath, ['dist/cli.cjs', ...args], { env });
  const pulled = await command('pull', '--project', 'samples', '--dry-run');
  const shown = await command('diff', 'samples');
  const compared = await command('diff', 'samples', '--format', 'json');
  for (const { stdout, stderr } of [pulled, shown]) say(`${stdout}${stderr}`.trimEnd());
  if (pulled.code !== 0 || compared.code !== 1) return false;
  const { relationships } = JSON.parse(compared.stdout) as Compared;
  const states = new Set(relationships.flatMap(({ state: each, consistency }) => [each, consistency]));
  return ['same', 'changed', 'only-here', 'only-there', 'inconsistent'].every((each) => states.has(each));
}

if (isMain(import.meta.url)) {
  const { endpoint, about } = await startKeptEndpoint(
    { fresh: process.argv.includes('--fresh') },
    'npm run endpoint',
  );
  say(`${about}\nPress Ctrl+C to end it.`);
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  await endpoint.close();
}
