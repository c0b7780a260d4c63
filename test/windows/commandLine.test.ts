import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedFile, type Outputs, outputsOn } from './outputs.ts';

const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Outputs;
const here = await outputsOn(expected.endpoint);

describe('the command line, byte for byte as on another system', () => {
  it.each(expected.runs.map((run, index) => [run.command.join(' '), run, index] as const))(
    '%s',
    (_, run, index) => {
      expect(here.runs[index]).toEqual(run);
    },
  );

  it('what it has written', () => {
    expect(here.files).toEqual(expected.files);
  });
});
