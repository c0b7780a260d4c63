import { suggest } from '../schema/suggest.ts';

/** A question that follows a sentence, ` Did you mean "lint"?`; empty when no name is near. */
export function nearOne(written: string, names: readonly string[]): string {
  const near = suggest(written, names);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
