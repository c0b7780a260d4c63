/**
 * Bundles what is shipped: `node scripts/bundle.ts [server|cli|client|endpoint …]` writes `dist/<name>.cjs`, all when none is named.
 * They are separate files so that opening a window loads neither the server's code nor that for talking to Hasura.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { isMain, root } from './run.ts';
import { withoutUnusedFeatures } from './unusedFeatures.ts';

const entries = {
  server: 'server/src/main.ts',
  cli: 'server/src/cli.ts',
  client: 'client/src/extension.ts',
  endpoint: 'client/src/endpoint/main.ts',
} as const;

/** The client loads what talks to endpoints when it is first used, from the bundle beside its own. */
const endpointApart: Plugin = {
  name: 'endpoint-apart',
  setup(build) {
    build.onResolve({ filter: /\/endpoint\/main[.]ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './endpoint.cjs', external: true } : undefined,
    );
  },
};

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
  plugins: [withoutUnusedFeatures, endpointApart],
  // `import()` of another bundle is a `require`, in which VS Code gives the module `vscode`.
  supported: { 'dynamic-import': false },
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
