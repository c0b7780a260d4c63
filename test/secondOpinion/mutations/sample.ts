import fc, { type Arbitrary } from 'fast-check';

/** The same in every run. */
const seed = 20_480;

/** Values an arbitrary gives. */
export function sampleOf<T>(arbitrary: Arbitrary<T>, count: number): readonly T[] {
  return fc.sample(arbitrary, { seed, numRuns: count });
}

/** Some of the items, in their order; all of them when there are not more. */
export function someOf<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  const [some = []] = sampleOf(
    fc.shuffledSubarray([...items.keys()], { minLength: count, maxLength: count }),
    1,
  );
  return some.toSorted((a, b) => a - b).flatMap((index) => items.slice(index, index + 1));
}
