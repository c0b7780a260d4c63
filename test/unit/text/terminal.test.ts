import { describe, expect, it, vi } from 'vitest';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { Progress } from '../../../server/src/cli/progress.ts';
import type { ReportedFinding } from '../../../server/src/cli/report/finding.ts';
import { textReport } from '../../../server/src/cli/report/text.ts';
import { type Line, serverLines, Terminal } from '../../../server/src/cli/terminal.ts';

const red = '\x1b[31m';

async function printed(
  lines: readonly Line[],
  environment: Record<string, string> = {},
  isTTY = false,
): Promise<string> {
  let text = '';
  const stream = {
    isTTY,
    write: (part: string, done?: () => void) => {
      text += part;
      done?.();
    },
  };
  const terminal = new Terminal(stream, { write: () => undefined }, environment);
  await terminal.print(...lines);
  return text;
}

describe('a terminal', () => {
  it('gets lines of which none can be more than one, nor steer it', async () => {
    const hostile = 'a\n0 errors\r\x1b[2K\x9b1A\u202eb\u2028c';
    expect(await printed([hostile, ['x ', ['red', hostile]]])).toBe(
      'a\\n0 errors\\r\\u001b[2K\\u009b1A\\u202eb\\u2028c\nx a\\n0 errors\\r\\u001b[2K\\u009b1A\\u202eb\\u2028c\n',
    );
  });

  it('gets no line without an end', async () => {
    expect((await printed(['x'.repeat(100_000)])).length).toBeLessThan(6000);
  });

  it.each<[string, Record<string, string>, boolean, boolean]>([
    ['a terminal', {}, true, true],
    ['no terminal', {}, false, false],
    ['a terminal without colours', { TERM: 'dumb' }, true, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
    ['an empty FORCE_COLOR', { FORCE_COLOR: '' }, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['both', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ])('gets colours as it asks: %s', async (_, environment, isTTY, coloured) => {
    const text = await printed([['a ', ['red', 'b']]], environment, isTTY);
    expect(text).toBe(coloured ? `a ${red}b\x1b[39m\n` : 'a b\n');
  });

  it('gets the words of a server marked in each line', () => {
    expect(serverLines('one\ntwo: error\r\nthree')).toEqual([
      '    Hasura: one',
      '    Hasura: two: error',
      '    Hasura: three',
    ]);
  });

  it('gets more lines than a call takes arguments', async () => {
    let length = 0;
    const stream = {
      write: (part: string, done?: () => void) => {
        length += part.length;
        done?.();
      },
    };
    await new Terminal(stream, stream, {}).printAll(Array.from({ length: 300_000 }, () => 'a line'));
    expect(length).toBe(300_000 * 'a line\n'.length);
  });

  it.each([
    ['has no room', 'ENOSPC', 'no room'],
    ['is read no further', 'EPIPE', undefined],
  ])('says why it could not be written to when it %s', async (_, code, expected) => {
    const listened: string[] = [];
    const stream = {
      write: (_part: string, done?: (error: Error) => void) =>
        process.nextTick(() => done?.(Object.assign(new Error('no room'), { code }))),
      on: (event: string) => listened.push(event),
    };
    const terminal = new Terminal(stream, stream, {});
    void terminal.print('a');
    expect((await terminal.problem())?.message).toBe(expected);
    // An error that nobody listens to ends the process with a trace.
    expect(listened).toEqual(['error', 'error']);
  });

  it('gets no secret that it was told to hide, whoever says it, but words as they are', async () => {
    let text = '';
    const stream = {
      write: (part: string, done?: () => void) => {
        text += part;
        done?.();
      },
    };
    const terminal = new Terminal(stream, stream, {});
    terminal.hide(new Secret('open-sesame"1', 'a test'));
    terminal.hide(new Secret('admin', 'a test'));
    await terminal.print('table "open-sesame"1" of "admin"', ['x ', ['red', 'open-sesame%221']]);
    terminal.note('to open-sesame"1');
    await terminal.printJson({ 'open-sesame"1': ['open-sesame"1', 'admin'] });
    expect(text.match(/\[secret\]/g)).toHaveLength(5);
    expect(text).not.toMatch(/sesame/);
    expect(text.match(/admin/g)).toHaveLength(2);
  });

  it('gets names that are cut', async () => {
    const name = 'n'.repeat(5000);
    const finding: ReportedFinding = {
      ...{ file: 'a.yaml', line: 1, column: 2, endLine: 1, endColumn: 3, code: 'x', severity: 'error' },
      message: `There is no "${name}" in "shop".`,
      relationship: name,
      ...{ sourceLine: '', related: [], fixes: [] },
    };
    const [line = ''] = textReport({ findings: [finding], files: ['a.yaml'], unchecked: undefined });
    expect(await printed([line])).toBe(
      `a.yaml:1:2: error: There is no "${'n'.repeat(200)}…" in "shop". (x)\n`,
    );
  });
});

describe('progress', () => {
  /** What a stream gets while the clock goes on by 300 milliseconds with each step. */
  function shown(steps: number, isTTY: boolean, environment: Record<string, string> = {}): string {
    let [text, time] = ['', 0];
    const stream = {
      isTTY,
      write: (part: string) => {
        text += part;
      },
    };
    const progress = new Progress(stream, environment, () => time);
    for (let step = 1; step <= steps; step++) {
      time += 300;
      progress.say(() => `${step} `);
    }
    progress.end();
    progress.end();
    return text;
  }
  const line = '\r\x1b[K';

  it('is said on a terminal, after a second, in one line that goes', () => {
    expect(shown(6, true)).toBe(`${line}4 ${line}5 ${line}6 ${line}`);
    expect(shown(3, true)).toBe('');
    expect(shown(6, false)).toBe('');
    expect(shown(6, true, { TERM: 'dumb' })).toBe('');
  });

  it('is gone before a line is printed', () => {
    let text = '';
    const stream = {
      isTTY: true,
      write: (part: string, done?: () => void) => {
        text += part;
        done?.();
      },
    };
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now');
    const terminal = new Terminal(stream, stream, {});
    const progress = terminal.progress();
    clock.mockImplementation(() => now() + 2000);
    progress.say(() => 'Reading');
    terminal.note('a note');
    clock.mockRestore();
    expect(text).toBe(`${line}Reading${line}a note\n`);
  });
});
