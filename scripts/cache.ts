/** The repository's own cache of what is too large for `node_modules`: `.cache/`, safe to delete at any time. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from './run.ts';

/**
 * The folder `.cache/<name>`, made by `fill` when it isn't there yet. It is filled elsewhere and moved into place when
 * complete, so that an interrupted or a second, simultaneous run never leaves or sees half of it.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(root, '.cache', name);
  if (existsSync(folder)) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another run may have been faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
