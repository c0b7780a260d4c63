import { describe, expect, it } from 'vitest';
import { folderOf, readImports, serverLayers } from '../../../scripts/imports.ts';
import { layersPicture, readLayersPicture } from '../../../scripts/layersPicture.ts';

const imports = readImports();

/** `undefined` for what wires everything together. */
function layerOf(file: string): number | undefined {
  const layer = serverLayers.findIndex((names) => names.includes(folderOf(file)));
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
      return to === undefined || to < from || (to === from && folderOf(file) !== folderOf(target));
    });
    expect(wrong).toEqual([]);
  });

  it('are those of the picture in docs/architecture.md: `npx node scripts/layersPicture.ts` draws it anew', () => {
    expect(readLayersPicture()).toBe(layersPicture(imports));
  });

  it.each(['client/', 'server/', 'common/'])('do not go round in %s', (side) => {
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
