/** Draws the layers of the code, and which imports which, into `docs/pictures/layers.svg`: `node scripts/layersPicture.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, readImports, serverLayers } from './imports.ts';
import { root } from './run.ts';

const file = path.join(root, 'docs/pictures/layers.svg');

const subjects: Readonly<Record<string, string>> = {
  lsp: 'requests and notifications',
  cli: 'lint, pull, diff',
  features: 'completion, hover, navigation, refactoring',
  project: 'discovery, configuration, what was read',
  changes: 'what becomes of relationships, and what they rely on',
  rules: 'one file for each rule',
  join: 'the walk, and what the cursor is on',
  catalogue: 'what is known, from all who say something',
  metadata: 'what files say',
  schema: 'types, and where facts come from',
  syntax: 'text to tree, half-written text, edits',
  common: 'messages, metadata API, plans',
  client: 'what runs in VS Code',
};

const width = 830;
const row = 46;
const gap = 18;
const left = 90;
const boxWidth = 430;

interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The text of the picture. It changes only when a folder does, or is imported by another for the first time. */
export function layersPicture(imports: ReadonlyMap<string, readonly string[]>): string {
  const rows = [...serverLayers, ['common']];
  const boxes: Box[] = rows.flatMap((names, at) => {
    const each = (boxWidth - gap * (names.length - 1)) / names.length;
    return names.map((name, index) => ({
      name,
      x: left + index * (each + gap),
      y: 20 + at * (row + gap),
      width: each,
    }));
  });
  const client: Box = { name: 'client', x: 630, y: 20, width: 180 };
  const height = 20 + rows.length * (row + gap);
  const all = [...boxes, client];
  const arrows = arrowsOf(imports).flatMap(([from, to]) => {
    const [start, end] = [from, to].map((name) => all.find((box) => box.name === name));
    return start === undefined || end === undefined ? [] : [arrow(start, end)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`,
    '<title>The layers of the code; an arrow leads to what is imported</title>',
    '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5b7a99"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...arrows,
    ...all.map(drawn),
    '</svg>',
    '',
  ].join('\n');
}

/** Which folder imports which, each once; `client` and `common` as one each. */
function arrowsOf(imports: ReadonlyMap<string, readonly string[]>): [string, string][] {
  const name = (source: string): string =>
    source.startsWith('server/') ? folderOf(source) : (source.split('/')[0] ?? '');
  const found = new Set<string>();
  for (const [source, targets] of imports) {
    for (const target of targets) {
      const [from, to] = [name(source), name(target)];
      if (from !== '' && to !== '' && from !== to) found.add(`${from} ${to}`);
    }
  }
  return [...found].sort().map((pair) => pair.split(' ') as [string, string]);
}

function arrow(from: Box, to: Box): string {
  const bottom = from.y + row;
  if (from.name === 'client') {
    return line(`M${from.x + from.width / 2} ${bottom} V${to.y + row / 2} H${to.x + to.width + 8}`);
  }
  const next = to.y - bottom === gap;
  if (next) {
    const x = from.x + from.width / 2;
    return line(`M${x} ${bottom} V${to.y - 2}`);
  }
  // What does not end at the right edge of the stack goes round it on the left.
  const right = from.x + from.width === left + boxWidth;
  const side = right ? left + boxWidth : left;
  const away = right ? 1 : -1;
  const out = side + away * (10 + ((to.y - from.y) / (row + gap)) * (right ? 10 : 7));
  const [start, end] = [from.y + row * 0.7, to.y + row * 0.3];
  return line(`M${side} ${start} C${out} ${start} ${out} ${end} ${side + away * 4} ${end}`);
}

function line(d: string): string {
  return `<path d="${d}" fill="none" stroke="#5b7a99" stroke-width="1.2" opacity="0.75" marker-end="url(#to)"/>`;
}

function drawn({ name, x, y, width: boxWide }: Box): string {
  const label = name === 'client' || name === 'common' ? `${name}/` : `server/src/${name}/`;
  return (
    `<rect x="${x}" y="${y}" width="${boxWide}" height="${row}" rx="5" fill="#eef4fa" stroke="#5b7a99"/>` +
    `<text x="${x + 10}" y="${y + 19}" font-size="13" font-weight="bold" fill="#1d2b3a">${label}</text>` +
    `<text x="${x + 10}" y="${y + 36}" font-size="11.5" fill="#3a4a5a">${subjects[name] ?? ''}</text>`
  );
}

export function readLayersPicture(): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

if (import.meta.main) writeFileSync(file, layersPicture(readImports()));
