import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  commandHelpLines,
  commands,
  helpLines,
  isCommand,
  options,
  optionsOf,
} from '../../../server/src/cli/commands.ts';

const docs = readFileSync(fileURLToPath(new URL('../../../docs/command-line.md', import.meta.url)), 'utf8');
const names = Object.keys(commands).filter(isCommand);

describe('help', () => {
  it('names every command, and is no wider than people read', () => {
    const text = helpLines().join('\n');
    for (const name of names) expect(text).toContain(`  remote-relationships ${name} `);
    expect(helpLines().filter((line) => line.length > 140)).toEqual([]);
  });

  it.each(names)('of %s has its options, examples that can be run, and its exit codes', (name) => {
    const lines = commandHelpLines(name);
    const text = lines.join('\n');
    for (const option of optionsOf(name)) expect(text).toContain(`--${option}`);
    expect(lines.filter((line) => line.length > 140)).toEqual([]);
    expect(commands[name].examples.length).toBeGreaterThan(0);
    for (const [example] of commands[name].examples) {
      const { values, positionals } = parseArgs({
        args: example.split(' '),
        options,
        allowPositionals: true,
      });
      expect(positionals[0]).toBe(name);
      for (const option of Object.keys(values)) expect(optionsOf(name)).toContain(option);
    }
    expect(text).toMatch(/Exit codes\n {2}0 /);
  });

  it('knows no option that no command takes', () => {
    const taken = new Set<string>(names.flatMap((name) => optionsOf(name)));
    expect(Object.keys(options).filter((name) => !taken.has(name))).toEqual(['version', 'help']);
  });
});

describe('docs/command-line.md', () => {
  const sections = docs.split(/^## /m).slice(1);
  const shared = sections.find((section) => section.startsWith('Options of several commands\n')) ?? '';
  const rows = shared.split('\n').map((line) => line.split(' | '));

  /** The options that the table of several commands has for one of them. */
  const sharedBy = (name: string): string =>
    rows
      .flatMap(([option, of = '']) => (of.startsWith('all but') !== of.includes(`\`${name}\``) ? option : []))
      .join();

  it.each(names)('says every option of %s, where one looks for it', (name) => {
    const own = sections.filter((section) => new RegExp(`^[^\n]*\\b${name}\\b`).test(section));
    expect(own).toHaveLength(1);
    const text = `${own.join('')}${sharedBy(name)}`;
    expect(optionsOf(name).filter((option) => !new RegExp(`--${option}\\b(?!-)`).test(text))).toEqual([]);
  });

  it.each(names)('says no option of %s that it does not take', (name) => {
    const said = [...sharedBy(name).matchAll(/--([a-z-]+)/g)].map(([, option]) => option);
    expect(said.filter((option) => !optionsOf(name).includes(option ?? ''))).toEqual([]);
  });
});
