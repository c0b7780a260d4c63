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

it('what was written last can be read, but not what only the level Trace shows', () => {
  const log = createLog('Remote Relationships');
  for (const level of ['trace', 'debug', 'info', 'warn'] as const) log[level](level, { more: 1 });
  const error = new Error('broken');
  error.stack = 'broken\nat f';
  log.error(error, 'twice\nas much');
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z /;
  expect(log.lastEntries.every((entry) => time.test(entry))).toBe(true);
  expect(log.lastEntries.map((entry) => entry.replace(time, ''))).toEqual([
    '[debug] debug {"more":1}',
    '[info] info {"more":1}',
    '[warn] warn {"more":1}',
    '[error] broken\n    at f twice\n    as much',
  ]);
});

it('of many entries the last are there, and of a long one the beginning', () => {
  const log = createLog('Remote Relationships');
  for (let count = 0; count < 250; count++) log.info(`${count}${'x'.repeat(50_000)}`);
  expect(log.lastEntries).toHaveLength(100);
  expect(log.lastEntries.at(-1)).toMatch(/ \[info\] 249x+…$/);
  expect(Math.max(...log.lastEntries.map(({ length }) => length))).toBe(20_001);
});
