import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shownManifest } from '../../../scripts/manifest.ts';

const readme = readFileSync('README.md', 'utf8');
const { contributes } = shownManifest();

/** The names that the first cells of the README's tables have in code. */
const listed = readme
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) =>
    [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => name),
  );

describe('the tables of README.md', () => {
  it('have every setting, and no other', () => {
    const sections: readonly { properties: object }[] = contributes.configuration;
    const settings = sections.flatMap(({ properties }) => Object.keys(properties));
    expect(settings.length).toBeGreaterThan(10);
    expect(listed.filter((name) => name.startsWith('remoteRelationships.')).sort()).toEqual(settings.sort());
  });

  it('have every command of the palette, and no other', () => {
    const palette: readonly { command: string; when?: string }[] = contributes.menus.commandPalette;
    const hidden = new Set(palette.flatMap(({ command, when }) => (when === 'false' ? command : [])));
    const commands: readonly { command: string; title: string }[] = contributes.commands;
    const titles = commands.filter(({ command }) => !hidden.has(command)).map(({ title }) => title);
    const said = readme.matchAll(/`(?:Hasura:|…) ([^`]+)`/g);
    expect([...new Set([...said].map(([, title]) => title))].sort()).toEqual(titles.sort());
  });
});

describe('files that a page names', () => {
  it.each([...globSync('docs/*.md'), 'README.md', 'CONTRIBUTING.md'])('are there: %s', (page) => {
    const paths = readFileSync(page, 'utf8').matchAll(
      /`((?:client|common|server|schemas|scripts|test|bench|samples|templates)\/[\w./-]+)`/g,
    );
    expect([...paths].flatMap(([, path = '']) => (existsSync(path) ? [] : path))).toEqual([]);
  });
});
