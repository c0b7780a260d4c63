import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.ts';

/** Folders of `server/src`, from those that import to those that are imported. `lsp` and `cli` do not know each other. */
export const serverLayers: readonly (readonly string[])[] = [
  ['lsp', 'cli'],
  ['features'],
  ['project'],
  ['changes'],
  ['rules'],
  ['join'],
  ['catalogue'],
  ['metadata'],
  ['schema'],
  ['syntax'],
];

/** Every source file with the source files it imports, types and dynamic imports included; paths from the root, with `/`. */
export function readImports(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    ['client/src', 'server/src', 'common/src']
      .flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
          path.posix.join(folder, name.replaceAll('\\', '/')),
        ),
      )
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file, importsOf(file)]),
  );
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map(([, to = '']) =>
    path.posix.join(path.posix.dirname(file), to),
  );
}

/** The folder of a file right below `src`; empty for the entries, `main.ts` and `cli.ts`, which wire everything together. */
export function folderOf(file: string): string {
  const [, , folder = '', ...below] = file.split('/');
  return below.length === 0 ? '' : folder;
}
