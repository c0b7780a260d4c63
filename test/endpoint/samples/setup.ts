import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const samples = fileURLToPath(new URL('../../../samples', import.meta.url));

/** What makes the database of a source, with some data. What the project has migrations for is made by these. */
export async function databaseSetup(source: string): Promise<string> {
  const data = await readFile(new URL(`${source}.sql`, import.meta.url), 'utf8');
  return [...(await migrations(source)), data].join('\n');
}

async function migrations(source: string): Promise<string[]> {
  const folder = path.join(samples, 'migrations', source);
  const versions = await readdir(folder).catch(() => []);
  return Promise.all(
    versions.sort().map((version) => readFile(path.join(folder, version, 'up.sql'), 'utf8')),
  );
}
