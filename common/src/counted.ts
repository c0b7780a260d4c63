import { localized } from './localized.ts';

/** How many there are: `1 table`, `3 tables`. `one`: what is said of a single one. */
export function counted(count: number, what: string, one = `1 ${what}`): string {
  return count === 1 ? localized([one]) : localized(['', ` ${what}s`], count);
}
