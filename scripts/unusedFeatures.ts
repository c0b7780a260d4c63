/**
 * The language client brings every feature of the protocol, and libraries with some. What this project's server does not
 * offer is left out of the bundle, and so is not announced to the server either. Take a feature off the list to use it.
 */
import type { Plugin } from 'esbuild';

const features = [
  'callHierarchy',
  'colorProvider',
  'fileOperations',
  'inlineCompletion',
  'inlineValue',
  'linkedEditingRange',
  'selectionRange',
  'semanticTokens',
  'textDocumentContent',
  'typeHierarchy',
];

/** Every export is a feature that does nothing: it announces nothing and is never asked for anything. */
const noFeature = `
class Unused {
  fillClientCapabilities() {}
  initialize() {}
  getState() { return { kind: 'static' }; }
  clear() {}
}
module.exports = new Proxy({}, { get: () => Unused });`;

const replacements: readonly (readonly [file: string, contents: string])[] = [
  ...features.map((feature) => [`vscode-languageclient/lib/common/${feature}.js`, noFeature] as const),
  // Only notebooks, and tabs whose document is not open, are matched by it: the server wants neither.
  ['vscode-languageclient/lib/common/utils/globPattern.js', 'exports.matchGlobPattern = () => false;'],
  // They check for a version of VS Code below the one the manifest asks for.
  ['semver/functions/parse.js', 'module.exports = (version) => ({ version });'],
  ['semver/functions/satisfies.js', 'module.exports = () => true;'],
];

export const withoutUnusedFeatures: Plugin = {
  name: 'without-unused-features',
  setup(build) {
    for (const [file, contents] of replacements) {
      const path = file.replaceAll('.', '[.]').replaceAll('/', String.raw`[\\/]`);
      const filter = new RegExp(String.raw`[\\/]node_modules[\\/]${path}$`);
      build.onLoad({ filter }, () => ({ contents, loader: 'js' }));
    }
  },
};
