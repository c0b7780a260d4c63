import { posix, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { gitProgram } from '../../../server/src/cli/gitProgram.ts';

const installed = 'C:\\Program Files\\Git\\cmd';

it.each<[string, string | undefined, typeof posix, string | undefined]>([
  ['a name where the system looks in PATH alone', '/usr/bin', posix, 'git'],
  ['a path on Windows', `C:\\Windows;${installed}`, win32, `${installed}\\git.exe`],
  ['in quotes', `"${installed}"`, win32, `${installed}\\git.exe`],
  ['nothing in the folder that is worked in', `.;;tools;${installed}`, win32, `${installed}\\git.exe`],
  ['nothing where it is nowhere else', '.;;C:tools', win32, undefined],
  ['nothing without PATH', undefined, win32, undefined],
])('Git is %s', (_, searched, rules, expected) => {
  const there = new Set([`${installed}\\git.exe`, 'git.exe', 'tools\\git.exe', 'C:tools\\git.exe']);
  expect(gitProgram(searched, rules, (path) => there.has(path))).toBe(expected);
});
