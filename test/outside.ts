/**
 * Inputs that are not the project's own lie beside the checkout, in `../shared`, where they are at hand. Tests that need
 * them are skipped elsewhere, and `npm test` says so.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test is skipped: `npm test` counts and shows the reasons. */
    skipped?: string;
  }
}

/** The path of something outside, whether it is there or not. */
export function outside(path: string): string {
  return fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
}

/** Why what needs something outside is skipped; undefined: it is not. */
export function missingOutside(path: string): string | undefined {
  if (existsSync(outside(path))) return;
  return existsSync(outside('')) ? `../shared/${path} is not there` : '../shared is not there';
}

/** A suite that needs something outside. Where that isn't, it is one test that is skipped. */
export function describeOutside(name: string, path: string, define: (path: string) => void): void {
  const skipped = missingOutside(path);
  describe(name, () => {
    if (skipped === undefined) define(outside(path));
    else it.skip(`needs ../shared/${path}`, because(skipped), () => {});
  });
}

/** Says why a test is skipped; it is not where there is no reason. */
export function because(skipped: string | undefined): { readonly meta?: { readonly skipped: string } } {
  return skipped === undefined ? {} : { meta: { skipped } };
}
