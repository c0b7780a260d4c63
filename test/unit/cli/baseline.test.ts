import { describe, expect, it } from 'vitest';
import { baselineOf, comparedWithBaseline, readBaseline } from '../../../server/src/cli/baseline.ts';
import type { LintFinding } from '../../../server/src/cli/report/finding.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

function finding(given: Partial<LintFinding> = {}): LintFinding {
  return {
    ...{ file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 },
    ...{ code: 'unknown-argument', severity: 'error', message: 'No "idd".', relationship: 'profile' },
    ...given,
  };
}

describe('a baseline', () => {
  it.each<[string, LintFinding[], LintFinding[], number[]]>([
    ['what it holds', [finding()], [finding()], []],
    ['what it holds on another line', [finding()], [finding({ line: 7, column: 9 })], []],
    ['what it holds with another severity', [finding()], [finding({ severity: 'warning' })], []],
    [
      'what it holds in another file, as when a table has moved',
      [finding()],
      [finding({ file: 'b.yaml' })],
      [],
    ],
    ['but not the same a second time', [finding()], [finding(), finding({ line: 2 })], [1]],
    ['in the file it was found in first', [finding()], [finding({ file: '0.yaml' }), finding()], [0]],
    ['but not another code', [finding()], [finding({ code: 'literal-type' })], [0]],
    ['but not another relationship', [finding()], [finding({ relationship: null })], [0]],
    ['but not another text', [finding()], [finding({ message: 'No "iddd".' })], [0]],
    ['and what is mended is nothing', [finding(), finding({ message: 'gone' })], [finding()], []],
    ['twice where it was there twice', [finding(), finding()], [finding(), finding()], []],
  ])('leaves out %s', (_, before, now, left) => {
    expect(comparedWithBaseline(now, baselineOf(before)).added).toEqual(left.map((index) => now[index]));
  });

  it.each<[string, LintFinding[], LintFinding[], [string, number][]]>([
    ['what is mended', [finding()], [], [['a.yaml', 1]]],
    ['what was there more often', [finding(), finding(), finding()], [finding()], [['a.yaml', 2]]],
    ['nothing that has moved', [finding()], [finding({ file: 'b.yaml' })], []],
    [
      'what is mended where another has moved',
      [finding(), finding({ file: 'b.yaml' })],
      [finding({ file: 'c.yaml' })],
      [['a.yaml', 1]],
    ],
    ['nothing of what is new', [finding()], [finding(), finding({ message: 'new' })], []],
  ])('has of what is gone %s', (_, before, now, gone) => {
    const compared = comparedWithBaseline(now, baselineOf(before));
    expect(compared.gone.map(({ file, count }) => [file, count])).toEqual(gone);
  });

  it('is in order, whatever the order of the findings', () => {
    const [a, b] = [finding(), finding({ file: 'b.yaml' })];
    expect(baselineOf([b, a, a])).toEqual(baselineOf([a, b, a]));
    expect(baselineOf([b, a, a]).findings.map(({ file, count }) => [file, count])).toEqual([
      ['a.yaml', 2],
      ['b.yaml', 1],
    ]);
  });

  it('is read as it was written', () => {
    const folder = new TemporaryFolder({ 'b.json': JSON.stringify(baselineOf([finding()])) });
    expect(readBaseline(folder.file('b.json'))).toEqual(baselineOf([finding()]));
    expect(readBaseline(folder.file('none.json'))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['another version', '{"version":2,"findings":[]}'],
    ['no list', '{"version":1,"findings":{}}'],
    [
      'an entry without a count',
      '{"version":1,"findings":[{"file":"a","code":"b","relationship":null,"message":"c"}]}',
    ],
    [
      'an entry with a number for a text',
      '{"version":1,"findings":[{"file":1,"code":"b","relationship":null,"message":"c","count":1}]}',
    ],
  ])('is refused as %s', (_, text) => {
    const folder = new TemporaryFolder({ 'b.json': text });
    expect(() => readBaseline(folder.file('b.json'))).toThrow(/is not a baseline/);
  });
});
