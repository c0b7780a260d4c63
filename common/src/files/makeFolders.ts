import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { kindOf } from './fileStatus.ts';

/**
 * Makes a folder and those around it, each by itself: asked to make them all, Node goes on for ever where the system says that
 * the one around is missing, though it is there, as below `/proc`.
 *
 * @param mode of those that are made; as usual when it is left out
 * @throws when one can't be made
 */
export function makeFolders(folder: string, mode?: number): void {
  const missing: string[] = [];
  for (let each = folder; kindOf(each) !== 'directory'; each = dirname(each)) {
    missing.push(each);
    if (each === dirname(each)) break;
  }
  for (const each of missing.reverse()) {
    try {
      mkdirSync(each, mode);
    } catch (error) {
      // Another program may have made it in between.
      if (kindOf(each) !== 'directory') throw error;
    }
  }
}
