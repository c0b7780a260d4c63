import { expect, it, vi } from 'vitest';
import { createLog } from '../../../client/src/ui/log.ts';

const { written } = vi.hoisted(() => ({ written: [] as unknown[][] }));

vi.mock('vscode', () => {
  const write =
    (how: string) =>
    (...values: unknown[]) =>
      written.push([how, ...values]);
  const names = ['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace'];
  const channel = Object.fromEntries(names.map((name) => [name, write(name)]));
  return { window: { createOutputChannel: () => channel } };
});

it('an entry of the log can’t pass for several', () => {
  const hostile = 'refused\n2026-01-01 00:00:00.000 [info] forged\r\u001b[2K';
  const safe = 'refused\n    2026-01-01 00:00:00.000 [info] forged\\r\\u001b[2K';
  const log = createLog('Remote Relationships');
  for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const)
    log[level](hostile, hostile, { hostile });
  for (const way of ['append', 'appendLine', 'replace'] as const) log[way](hostile);
  const error = new Error(hostile);
  delete error.stack;
  log.error(error);
  expect(written).toEqual([
    ...['trace', 'debug', 'info', 'warn', 'error'].map((level) => [level, safe, safe, { hostile }]),
    ...['append', 'appendLine', 'replace'].map((way) => [way, safe]),
    ['error', safe],
  ]);
});
