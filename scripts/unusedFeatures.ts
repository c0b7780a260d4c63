/**
 * The language client brings more than this extension asks of it. The few parts that weigh much are left out of the
 * client's bundle; the figures are what each saves. Take one off the list to use it.
 */
import type { Plugin } from 'esbuild';

const replacements: readonly (readonly [file: string, contents: string])[] = [
  // 36 KB. The server wants to hear of no file that is created, renamed or deleted in the editor. Every export is a
  // feature that does nothing: it announces nothing and is never asked for anything.
  [
    'vscode-languageclient/lib/common/fileOperations.js',
    `class Unused {
      fillClientCapabilities() {}
      initialize() {}
      getState() { return { kind: 'static' }; }
      clear() {}
    }
    module.exports = new Proxy({}, { get: () => Unused });`,
  ],
  // 30 KB. Only notebooks, and tabs whose document is not open, are matched by it: the server wants neither.
  ['vscode-languageclient/lib/common/utils/globPattern.js', 'exports.matchGlobPattern = () => false;'],
  // 9 KB and 20 KB. They check for a version of VS Code below the one the manifest asks for.
  ['semver/functions/parse.js', 'module.exports = (version) => ({ version });'],
  ['semver/functions/satisfies.js', 'module.exports = () => true;'],
];

/** The build fails when a file to be replaced is not there any more: what takes its place would be bundled unseen. */
export const withoutUnusedFeatures: Plugin = withReplacements(replacements);

/** Bundles other contents for files of packages; fails for a file that the bundle does not ask for. */
export function withReplacements(list: readonly (readonly [file: string, contents: string])[]): Plugin {
  return {
    name: 'without-unused-features',
    setup(build) {
      const replaced = new Set<string>();
      for (const [file, contents] of list) {
        const path = file.replaceAll('.', '[.]').replaceAll('/', String.raw`[\\/]`);
        build.onLoad({ filter: new RegExp(String.raw`[\\/]node_modules[\\/]${path}$`) }, () => {
          replaced.add(file);
          return { contents, loader: 'js' };
        });
      }
      build.onEnd(() => ({
        errors: list
          .filter(([file]) => !replaced.has(file))
          .map(([file]) => ({
            text: `Nothing asks for ${file} any more: take it off scripts/unusedFeatures.ts.`,
          })),
      }));
    },
  };
}
