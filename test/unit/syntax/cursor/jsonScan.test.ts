import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scan } from '../../../../server/src/syntax/cursor/jsonScan.ts';

const members = Array.from(
  { length: 800 },
  (_, at) => `  "table_${at}": {"name": "ticket_${at}", "columns": ["id", "person_id"], "limit": 10},\n`,
);
const text = `{\n${members.join('')}  "end": null\n}\n`;
const other = `[${'1, '.repeat(20_000)}`;

/** What is kept of an earlier text is of no use for this one. */
function readAnew(read: string, offset: number): unknown {
  scan(other, 0, other.length);
  return scan(read, 0, offset);
}

const edits = fc.array(
  fc.record({
    at: fc.oneof(
      fc.nat(4000).map((back) => text.length - back),
      fc.nat(text.length),
    ),
    piece: fc.constantFrom(
      '"',
      ',',
      '{',
      '}',
      '[',
      ']',
      ':',
      '//',
      '/*',
      '*/',
      'x',
      '\n',
      '"a": ',
      '\\',
      ' ',
    ),
    removed: fc.nat(3),
    isAtEnd: fc.boolean(),
    asked: fc.integer({ min: -20_000, max: 20 }),
  }),
  { minLength: 1, maxLength: 8 },
);

it('what is kept of what was read before changes nothing, whatever is typed', () => {
  fc.assert(
    fc.property(edits, (steps) => {
      let now = text;
      for (const { at, piece, removed, asked, isAtEnd } of steps) {
        now = now.slice(0, at) + piece + now.slice(at + removed);
        const offset = Math.min(now.length, (isAtEnd ? text.length - 100 : at) + asked);
        const found = scan(now, 0, offset);
        expect(found).toEqual(readAnew(now, offset));
        scan(now, 0, offset);
      }
    }),
    { numRuns: 60 },
  );
});
