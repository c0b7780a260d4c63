import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import optimise, { init } from '@jsquash/oxipng/optimise.js';
import { isMain, root } from './run.ts';

/** Makes the README's pictures as small as they can be without losing anything: `node scripts/smallPictures.ts`. */
export async function makePicturesSmall(): Promise<void> {
  const program = new URL(import.meta.resolve('@jsquash/oxipng/codec/pkg/squoosh_oxipng_bg.wasm'));
  await init(await readFile(program));
  const folder = path.join(root, 'docs/pictures');
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.png'))) {
    const file = path.join(folder, name);
    const before = new Uint8Array(await readFile(file));
    const after = new Uint8Array(await optimise(before.buffer, { level: 3 }));
    if (after.byteLength < before.byteLength) await writeFile(file, after);
  }
}

if (isMain(import.meta.url)) await makePicturesSmall();
