/**
 * The fewest steps that still fail: ever smaller runs of them are left out, as long as what is left fails. Ends early,
 * with what it has, when `mayGoOn` says no.
 */
export async function minimise<T>(
  steps: readonly T[],
  fails: (steps: readonly T[]) => Promise<boolean>,
  mayGoOn: () => boolean = () => true,
): Promise<readonly T[]> {
  let left = steps;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // From the end: what came last matters least to what came before it.
    for (let end = left.length; end > 0; end -= size) {
      if (!mayGoOn()) return left;
      const fewer = [...left.slice(0, Math.max(0, end - size)), ...left.slice(end)];
      if (fewer.length > 0 && (await fails(fewer))) left = fewer;
    }
  }
  return left;
}
