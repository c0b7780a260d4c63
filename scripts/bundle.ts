/**
 * Bundles what is shipped: `node scripts/bundle.ts [server|cli|commandLine|api|mcp|dagre|client|endpoint|graph …]` writes `dist/<name>.cjs`, all
 * when none is named. They are separate files so that opening a window loads neither the server's code nor that for talking to
 * Hasura; `graph` is the script of the page with the graph, and `dagre` what lays it out. The source maps beside them are not packed.
 * `--watch`: bundles for debugging, whenever a file changes.
 */
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, context, type Message, type Metafile, type Plugin } from 'esbuild';
import { isMain, root, say } from './run.ts';
import { writeThirdParty } from './thirdParty.ts';
import { withoutUnusedFeatures } from './unusedFeatures.ts';

const entries = {
  server: 'server/src/main.ts',
  cli: 'server/src/cli.ts',
  commandLine: 'server/src/commandLine.ts',
  api: 'server/src/api.ts',
  mcp: 'server/src/mcp.ts',
  dagre: 'server/src/features/graph/dagre.ts',
  client: 'client/src/extension.ts',
  endpoint: 'client/src/endpoint/main.ts',
  graph: 'client/src/webview/main.ts',
} as const;

/** What is loaded when it is first used, from the bundle beside the one that uses it. */
const later: Readonly<Record<string, RegExp>> = {
  './endpoint.cjs': /\/endpoint\/main[.]ts$/,
  './server.cjs': /^[.]\/main[.]ts$/,
  './commandLine.cjs': /^[.]\/commandLine[.]ts$/,
  './mcp.cjs': /^[.]\/mcp[.]ts$/,
  './dagre.cjs': /^[.]\/dagre[.]ts$/,
};

const loadedLater: Plugin = {
  name: 'loaded-later',
  setup(build) {
    for (const [path, filter] of Object.entries(later)) {
      build.onResolve({ filter }, ({ kind }) =>
        kind === 'dynamic-import' ? { path, external: true } : undefined,
      );
    }
  },
};

/**
 * A library that makes its own `require`, to use another one where it is installed, finds none: what runs is what is bundled,
 * and never what lies in a `node_modules` above it.
 */
const bundledOnly: Plugin = {
  name: 'bundled-only',
  setup(build) {
    const namespace = 'bundled-only';
    build.onResolve({ filter: /^(?:node:)?module$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /^/, namespace }, () => ({
      contents: `export function createRequire() {
        const require = (name) => { throw new Error(name + ' is not bundled'); };
        return Object.assign(require, { resolve: require });
      }`,
    }));
  },
};

/** The library for agents brings a validator of JSON schemas for questions to a person, of which none is asked. */
const withoutValidator: Plugin = {
  name: 'without-validator',
  setup(build) {
    const namespace = 'without-validator';
    build.onResolve({ filter: /[/]validation[/]ajv-provider[.]js$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /^/, namespace }, () => ({
      contents: `export class AjvJsonSchemaValidator {
        getValidator() { throw new Error('There is no validator.'); }
      }`,
    }));
  },
};

type Name = keyof typeof entries;

/** The parser of SQL migrations, which the server and the command line read when they first need it. */
const sqlParser = 'node_modules/libpg-query/wasm/libpg-query.wasm';

async function copySqlParser(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const copy = path.join(folder, path.basename(sqlParser));
  await copyFile(path.join(root, sqlParser), copy);
  await chmod(copy, 0o644);
}

/** They import nothing, so that they are types for whoever imports the package as they are. */
async function copyApiTypes(): Promise<void> {
  const copy = path.join(root, 'dist/api.d.cts');
  await copyFile(path.join(root, 'server/src/apiTypes.ts'), copy);
  await chmod(copy, 0o644);
}

const allNames = Object.keys(entries) as Name[];

const plugins = [loadedLater, bundledOnly, withoutValidator];

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  // The same library as modules, of which only what is used is taken: 16 KB less in each bundle.
  alias: { yaml: path.join(root, 'node_modules/yaml/browser/index.js') },
  legalComments: 'none',
  logLevel: 'warning',
  // There is none in a CommonJS bundle.
  define: { 'import.meta.url': '__filename' },
  // `import()` of another bundle is a `require`, in which VS Code gives the module `vscode`.
  supported: { 'dynamic-import': false },
};

/** Writes the named bundles (all of them by default, with their notices); rejects when one of them does not build. */
export async function bundle(names: readonly Name[] = allNames): Promise<void> {
  await copySqlParser(path.join(root, 'dist'));
  if (names.includes('api')) await copyApiTypes();
  const metafiles = await Promise.all(names.map(bundleOne));
  if (names.length < allNames.length) return;
  await writeThirdParty({
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  });
}

async function bundleOne(name: Name): Promise<Metafile> {
  const outfile = path.join(root, 'dist', `${name}.cjs`);
  await rm(outfile, { force: true });
  const { metafile } = await build({
    ...options,
    entryPoints: [entries[name]],
    outfile,
    minify: true,
    metafile: true,
    sourcemap: 'external',
    plugins: [...plugins, ...(name === 'client' ? [withoutUnusedFeatures] : [])],
    ...(name === 'cli' && { banner: { js: '#!/usr/bin/env node' } }),
  });
  return metafile;
}

/**
 * Bundles into a folder, readable and with source maps, and again whenever a file changes. What it prints is read by the
 * problem matcher in `.vscode/tasks.json`. Resolves to what ends it.
 */
export async function watch(
  folder: string,
  tell: (line: string) => void = say,
): Promise<() => Promise<void>> {
  const report: Plugin = {
    name: 'report',
    setup(build) {
      build.onStart(() => tell('Bundling'));
      build.onEnd(({ errors, warnings }) => {
        for (const message of errors) tell(problemLine('error', message));
        for (const message of warnings) tell(problemLine('warning', message));
        tell(`Bundled${errors.length > 0 ? ', with errors' : ''}. Watching for changes.`);
      });
    },
  };
  const watching = await context({
    ...options,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    sourcemap: 'linked',
    logLevel: 'silent',
    plugins: [...plugins, withoutUnusedFeatures, report],
  });
  await copySqlParser(folder);
  await watching.watch();
  return () => watching.dispose();
}

/** `file:line:column: error: message`. */
export function problemLine(severity: 'error' | 'warning', { location, text }: Message): string {
  const place = location
    ? `${location.file}:${location.line}:${location.column + 1}`
    : 'scripts/bundle.ts:1:1';
  return `${place}: ${severity}: ${text}`;
}

function isName(name: string): name is Name {
  return Object.hasOwn(entries, name);
}

if (isMain(import.meta.url)) {
  const names = process.argv.slice(2).filter(isName);
  if (process.argv.includes('--watch')) await watch(path.join(root, 'dist'));
  else await bundle(names.length > 0 ? names : undefined);
}
