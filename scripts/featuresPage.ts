import { writeFileSync } from 'node:fs';
import * as protocol from '../common/src/protocol.ts';
import { commands } from '../server/src/cli/commands.ts';
import { capabilitiesFor } from '../server/src/lsp/capabilities.ts';
import { clientOf, supportOf } from '../server/src/lsp/client.ts';
import { shownManifest } from './manifest.ts';

/** Writes `docs/features.md` from what the server says of itself, the manifest and the command line: `node scripts/featuresPage.ts`. */

export const featuresPath = 'docs/features.md';

/** What each capability of the server's is for; one that is not named here fails. */
const capabilities: Readonly<Record<string, string>> = {
  codeActionProvider: 'Quick fixes, fix all, and disabling a rule',
  codeLensProvider: 'Where each relationship leads, and how many join there',
  completionProvider: 'Completion of keys, names, arguments, values and paths',
  definitionProvider: 'Go to definition, into schemas, snapshots and migrations',
  diagnosticProvider: 'Findings, asked for; other editors are sent them',
  documentHighlightProvider: 'Highlights of a name in the file',
  documentLinkProvider: 'Links on `!include` and on files of the configuration',
  documentSymbolProvider: 'Outline',
  executeCommandProvider: 'A command that writes all relationships of a project in one form',
  hoverProvider: 'Hover',
  inlayHintProvider: 'Types in the lines',
  positionEncoding: 'Positions that count bytes',
  referencesProvider: 'All references, from metadata, requests, snapshots, migrations and schemas',
  renameProvider: 'Rename, across files',
  semanticTokensProvider: 'Colours by what names are',
  textDocumentSync: 'Edits, one by one',
  workspaceSymbolProvider: 'Names of the whole workspace',
  'workspace.fileOperations': 'Includes and the configuration follow renamed files',
  'workspace.workspaceFolders': 'Several folders',
};

/** What each request beyond the protocol is for; one that is not named here fails. */
const requests: Readonly<Record<string, string>> = {
  agentTool: 'The answer of a tool for agents',
  configure: 'Edits that make the configuration file say something',
  coverage: 'What each name of the project is checked against',
  graph: 'The relationships of a project as a graph that is laid out',
  graphText: 'The same as an SVG picture or a Mermaid chart',
  joiningRelationships: 'The relationships that a code lens counts',
  keys: 'Where a key of a relationship or request is written',
  locations: 'Where each object of the metadata is written',
  newName: 'Edits that give a relationship another name in its file alone',
  newRelationship: 'What a new relationship could lead to, on which keys it joins, and its definition',
  project: 'What the metadata files of a project say',
  projects: 'The projects of the workspace',
  publishedSchema: 'What the relationships of a document add to the GraphQL schema, and what they ask',
  relationships: 'The relationships of a document, as they would be sent',
  requests: 'The requests of a document',
  requestText: 'A relationship or request as text to be sent, or as a `curl` command without the secret',
  rewriteProject: 'Edits that write all relationships of a project in one form',
  roleVisibility: 'Which roles can follow each relationship of a document, and why not',
  rolesTable: 'The same as a table in Markdown',
  schemaCandidates: 'Files that fit remote schemas of which nothing is known',
  snapshotTargets: 'Where snapshots are to be written',
  status: 'What is in use for a file, and what is missing',
  writeDefinition: 'Edits that take a definition into the files',
};

/** A client that can do all that the server makes use of. */
const able = {
  general: { positionEncodings: ['utf-8'] },
  workspace: {
    applyEdit: true,
    diagnostics: { refreshSupport: true },
    fileOperations: { willRename: true },
    workspaceFolders: true,
  },
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    codeLens: {},
    diagnostic: {},
    inlayHint: {},
    rename: { prepareSupport: true },
    semanticTokens: {
      requests: { full: true },
      tokenTypes: ['variable', 'property', 'parameter', 'class'],
      tokenModifiers: ['deprecated'],
      formats: ['relative'],
    },
  },
};

function capabilityNames(client: object): readonly string[] {
  const read = clientOf({ processId: null, rootUri: null, capabilities: client });
  const { workspace, ...others } = capabilitiesFor(read, supportOf(read));
  return [...Object.keys(others), ...Object.keys(workspace ?? {}).map((name) => `workspace.${name}`)].sort();
}

/** The text of the page. */
export function featuresPage(): string {
  const { contributes } = shownManifest();
  const always = new Set(capabilityNames({}));
  const offered = capabilityNames(able).map((name) => [
    text(capabilities, name),
    `\`${name}\``,
    always.has(name) ? 'every' : 'that can do it',
  ]);
  const asked = Object.values(protocol)
    .flatMap((each) => (typeof each === 'object' ? [each.method] : []))
    .sort()
    .map((method) => [`\`${method}\``, text(requests, method.replace(/^\w+\//, ''))]);
  const hidden = new Set(
    (contributes.menus.commandPalette as { command: string; when: string }[])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command),
  );
  const palette = (contributes.commands as { command: string; title: string; category?: string }[])
    .filter(({ command }) => !hidden.has(command))
    .map(({ command, title, category }) => [
      category === undefined ? title : `${category}: ${title}`,
      `\`${command}\``,
    ]);
  const settings = (
    contributes.configuration as {
      properties: Record<string, { description?: string; markdownDescription?: string }>;
    }[]
  ).flatMap(({ properties }) =>
    Object.entries(properties).map(([name, { description, markdownDescription }]) => [
      `\`${name}\``,
      (markdownDescription ?? description ?? '').split('\n')[0] ?? '',
    ]),
  );
  const tools = (contributes.languageModelTools as { toolReferenceName: string; displayName: string }[]).map(
    ({ toolReferenceName, displayName }) => [`\`#${toolReferenceName}\``, displayName],
  );
  const lines = Object.entries(commands).map(([name, { summary }]) => [`\`${name}\``, summary]);
  return `# Features

Written by \`npx node scripts/featuresPage.ts\` from what the server says of itself, the manifest and the command line.

## In every editor

What \`remote-relationships --stdio\` offers by the language server protocol; some of it only to an editor that says it can do it.

${table(['feature', 'capability', 'editors'], offered)}

Beyond the protocol it answers these requests, as \`common/src/protocol.ts\` declares them:

${table(['request', 'answer'], asked)}

## In VS Code

${table(['command', 'identifier'], palette)}

${table(['setting', 'what it says'], settings)}

${table(['tool for language models', 'what it does'], tools)}

## On the command line

${table(['command', 'what it does'], lines)}
`;
}

function text(texts: Readonly<Record<string, string>>, name: string): string {
  const found = texts[name];
  if (found === undefined) throw new Error(`scripts/featuresPage.ts does not say what "${name}" is for.`);
  return found;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

if (import.meta.main) writeFileSync(featuresPath, featuresPage());
