/**
 * Bundles what is shipped: `node scripts/bundle.ts [server|cli|client …]` writes `dist/<name>.cjs`, all three when none is named.
 * The three are separate files so that opening a window never loads the server's code.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { isMain, root } from './run.ts';
import { withoutUnusedFeatures } from './unusedFeatures.ts';

const entries = {
  server: 'server/src/main.ts',
  cli: 'server/src/cli.ts',
  client: 'client/src/extension.ts',
} as const;

type Name = keyof typeof entries;

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  // A library makes its own `require` from it; there is none in a CommonJS bundle.
  define: { 'import.meta.url': '__filename' },
  plugins: [withoutUnusedFeatures],
};

/** Writes the named bundles (all of them by default); rejects when one of them does not build. */
export async function bundle(names: readonly Name[] = Object.keys(entries) as Name[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const outfile = path.join(root, 'dist', `${name}.cjs`);
      await rm(outfile, { force: true });
      await build({
        ...options,
        entryPoints: [entries[name]],
        outfile,
        ...(name === 'cli' && { banner: { js: '#!/usr/bin/env node' } }),
      });
    }),
  );
}

function isName(name: string): name is Name {
  return Object.hasOwn(entries, name);
}

if (isMain(import.meta.url)) {
  const names = process.argv.slice(2).filter(isName);
  await bundle(names.length > 0 ? names : undefined);
}
