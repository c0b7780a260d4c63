import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImports } from '../../../scripts/imports.ts';
import { root } from '../../../scripts/run.ts';

const imports = readImports();

/** Where requests and commands come in: nothing of ours calls these. */
const entries = ['client/src/endpointCommands.ts', 'server/src/lsp/languageServer.ts'];

const ways = [
  ...readFileSync(path.join(root, 'docs/architecture.md'), 'utf8').matchAll(
    /^\*\*(From [^:]+): (\d+)\.\*\*((?:\s+`[^`]+\.ts`[,.])+)$/gm,
  ),
].map(([, title = '', count = '', list = '']) => ({
  title,
  count: Number(count),
  files: [...list.matchAll(/`([^`]+)`/g)].map(([, file = '']) =>
    ['client', 'common', 'server'].map((side) => `${side}/src/${file}`).filter((name) => imports.has(name)),
  ),
}));

it('three ways of data are counted in docs/architecture.md', () => {
  expect(ways).toHaveLength(3);
});

describe.each(ways)('$title', ({ count, files }) => {
  const names = files.map(([name = '']) => name);

  it('has as many files as is said, each of which is there, once', () => {
    expect(files.filter((found) => found.length !== 1)).toEqual([]);
    expect(new Set(names).size).toBe(count);
    expect(names).toHaveLength(count);
  });

  it('has a file that imports it before each file', () => {
    const alone = names.filter(
      (name, index) =>
        !entries.includes(name) && !names.slice(0, index).some((other) => imports.get(other)?.includes(name)),
    );
    expect(alone).toEqual([]);
  });
});
