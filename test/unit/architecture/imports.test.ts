import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What may be imported stands below, or beside in the same folder. `lsp` and `cli` do not know each other. */
const layers = [
  ['lsp', 'cli'],
  ['features'],
  ['project'],
  ['rules'],
  ['join'],
  ['catalogue'],
  ['metadata'],
  ['schema'],
  ['syntax'],
];

/** Every source file with the source files it imports, types and dynamic imports included. */
const imports: ReadonlyMap<string, readonly string[]> = new Map(
  ['client/src', 'server/src', 'common/src']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.posix.join(folder, name.replaceAll('\\', '/')),
      ),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, importsOf(file)]),
);

function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map(([, to = '']) =>
    path.posix.join(path.posix.dirname(file), to),
  );
}

/** `undefined` for what wires everything together: `main.ts` and `cli.ts`. */
function layerOf(file: string): number | undefined {
  const [, , folder] = file.split('/');
  const layer = layers.findIndex((names) => names.includes(folder ?? ''));
  return layer === -1 ? undefined : layer;
}

function pairs(): [string, string][] {
  return [...imports].flatMap(([file, targets]) => targets.map((target): [string, string] => [file, target]));
}

describe('imports', () => {
  it('are found: each leads to a file that is there', () => {
    expect(pairs().length).toBeGreaterThan(1000);
    expect(pairs().filter(([, target]) => !imports.has(target))).toEqual([]);
  });

  it('client and server know common/ alone, and common/ knows neither', () => {
    const sideOf = (file: string): string => file.slice(0, file.indexOf('/'));
    expect(pairs().filter(([file, target]) => !['common', sideOf(file)].includes(sideOf(target)))).toEqual(
      [],
    );
  });

  it('point down inside the server', () => {
    const wrong = pairs().filter(([file, target]) => {
      if (!file.startsWith('server/') || !target.startsWith('server/')) return false;
      const from = layerOf(file);
      if (from === undefined) return false;
      const to = layerOf(target);
      return to === undefined || to < from || (to === from && file.split('/')[2] !== target.split('/')[2]);
    });
    expect(wrong).toEqual([]);
  });

  it.each(['server/', 'common/'])('do not go round in %s', (side) => {
    expect(circles(side)).toEqual([]);
  });
});

/** Files that import each other, however long the way round. */
function circles(side: string): string[][] {
  const reach = new Map<string, Set<string>>();
  for (const file of imports.keys()) {
    if (!file.startsWith(side)) continue;
    const seen = new Set<string>();
    const open = [...(imports.get(file) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(imports.get(next) ?? []));
    }
    reach.set(file, seen);
  }
  const found = new Map<string, string[]>();
  for (const [file, seen] of reach) {
    if (!seen.has(file)) continue;
    const circle = [file, ...[...seen].filter((other) => reach.get(other)?.has(file) ?? false)];
    const members = [...new Set(circle)].sort();
    found.set(members.join(' '), members);
  }
  return [...found.values()];
}
