import { it } from 'vitest';
import { type ExpectedFinding, expectFindings, type Surroundings } from '../../support/checkText.ts';

export type Row = [
  name: string,
  text: string,
  expected: ExpectedFinding | ExpectedFinding[],
  surroundings?: Surroundings,
];

export function rows(list: readonly Row[]): void {
  it.each(list)('%s', (_, text, expected, surroundings = {}) => {
    expectFindings(text, Array.isArray(expected) ? expected : [expected], surroundings);
  });
}
