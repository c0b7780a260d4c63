/** What the system lets tests do. What it does not is skipped, and `npm test` says why. */
import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRunner } from 'vitest';
import type {} from './outside.ts';

/** Why there are no tests of modes of files, pipes, sockets and devices; `undefined`: there are. */
export const noModes: string | undefined =
  process.getuid === undefined ? 'no modes of files and no devices on Windows' : undefined;

/** Why there are no tests with symbolic links. */
const noLinks: string | undefined = followsLinks() ? undefined : 'no right to make symbolic links';

/** Skips the test that runs; not where there is no reason to. */
export function skipBecause(reason: string | undefined): void {
  const test = TestRunner.getCurrentTest();
  if (reason === undefined || test === undefined) return;
  test.meta.skipped = reason;
  test.context.skip(reason);
}

/** Makes a symbolic link at a path. */
export function makeLink(target: string, path: string): void {
  skipBecause(noLinks);
  symlinkSync(target, path);
}

/** The environment of a program that is to find nothing in it but what it needs to run. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', NODE_OPTIONS } = process.env;
  return NODE_OPTIONS === undefined ? { PATH } : { PATH, NODE_OPTIONS };
}

/** The environment of somebody whose home directory is another one, on any system. */
export function homeAt(folder: string): NodeJS.ProcessEnv {
  const names = ['HOME', 'USERPROFILE', 'LOCALAPPDATA', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'];
  return Object.fromEntries(names.map((name) => [name, folder]));
}

/** Windows asks for a right, and what stands in for it may make links that lead nowhere. */
function followsLinks(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'remote-relationships-'));
  try {
    writeFileSync(join(folder, 'file'), 'text');
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    return (
      lstatSync(join(folder, 'link')).isSymbolicLink() &&
      readFileSync(join(folder, 'link'), 'utf8') === 'text'
    );
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
