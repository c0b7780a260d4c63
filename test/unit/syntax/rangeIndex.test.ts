import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RangeIndex } from '../../../server/src/syntax/rangeIndex.ts';

const range = fc.record({ offset: fc.nat(30), length: fc.nat(10) });

it('answers like looking at each range', () => {
  fc.assert(
    fc.property(fc.array(range), range, (ranges, { offset, length }) => {
      const index = new RangeIndex(ranges);
      expect(index.touches(offset)).toBe(
        ranges.some((each) => each.offset <= offset && offset <= each.offset + each.length),
      );
      expect(index.startsIn({ offset, length })).toBe(
        ranges.some((each) => each.offset >= offset && each.offset <= offset + length),
      );
      const found = [...index.overlapping(offset, offset + length)];
      const expected = ranges.filter(
        (each) => each.offset < offset + length && each.offset + each.length > offset,
      );
      expect(new Set(found)).toEqual(new Set(expected));
      expect(found).toHaveLength(expected.length);
    }),
  );
});
