import { describe, expect, it } from 'vitest';
import { run } from '../../../scripts/run.ts';

const program = (text: string, timeout?: number) =>
  run(process.execPath, ['--eval', text], timeout === undefined ? {} : { timeout });

describe('a program that is run', () => {
  it('gives its code and what it wrote', async () => {
    expect(await program('console.log("out"); console.error("err"); process.exitCode = 3;')).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
    });
  });

  it('is ended when it takes longer than it may, and has failed', async () => {
    const started = performance.now();
    const result = await program('console.log("begun"); setTimeout(() => {}, 60_000);', 3000);
    expect(result).toMatchObject({ timedOut: true, stdout: 'begun\n' });
    expect(result.code).not.toBe(0);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it('has failed, too, when it ends well after its time is up', async () => {
    const text = 'process.on("SIGTERM", () => process.exit(0)); setTimeout(() => {}, 60_000);';
    const { timedOut, code } = await program(text, 3000);
    expect({ timedOut, code }).toEqual({ timedOut: true, code: process.platform === 'win32' ? 1 : 0 });
  });

  it('is left alone within its time', async () => {
    expect(await program('', 60_000)).toMatchObject({ code: 0, timedOut: false });
  });
});
