/** When the server is worth starting. YAML and JSON are everywhere; Hasura metadata is not. */
import {
  Disposable,
  type LogOutputChannel,
  languages,
  type TextDocument,
  type TextDocumentChangeEvent,
  workspace,
} from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient/node';

/** The documents the server is told of; which of them hold Hasura metadata is its to say. */
export const documentSelector = [
  ...['yaml', 'json', 'jsonc'].flatMap((language) => [
    { scheme: 'file', language },
    { scheme: 'untitled', language },
  ]),
  { scheme: 'file', pattern: '**/*.{http,rest}' },
] satisfies DocumentSelector;

/** The files by which a Hasura project is known, the same as in the manifest's activation events. */
const projectFiles =
  '**/{databases/databases.yaml,metadata/tables.yaml,metadata/remote_schemas.yaml,' +
  'remote-relationships.config.json,remote-relationships.config.yaml}';

/** Words of which one at least is in every file with something to complete or to check. */
const words =
  /\bremote_(?:schema|relationship|field)|\b(?:array|object)_relationships\b|\bto_source\b|\bmetadata_directory\b|\/v[12]\/(?:metadata|query)\b/;

const metadataPath = /\/(?:databases\/[^/]+\/tables\/[^/]+|remote-relationships\.config)\.(?:yaml|json)$/i;

/** Calls `start` once, at the first sign of Hasura metadata in the workspace or in an open document. */
export function whenNeeded(log: LogOutputChannel, start: () => void): Disposable {
  const waiting: Disposable[] = [];
  const stopWaiting = () => Disposable.from(...waiting.splice(0)).dispose();
  const startBecause = (reason: string) => {
    if (waiting.length === 0) return;
    stopWaiting();
    log.info(`Starting the language server: ${reason}.`);
    start();
  };
  const consider = (document: TextDocument) => {
    if (isMetadata(document)) startBecause(`${document.uri.toString(true)} is Hasura's`);
  };
  const considerChange = ({ document, contentChanges }: TextDocumentChangeEvent) => {
    if (!languages.match(documentSelector, document)) return;
    // Only what was typed, and the line it was typed into: this runs at every keystroke in every YAML file.
    const mentions = contentChanges.some(
      ({ text, range }) => words.test(text) || words.test(lineText(document, range.start.line)),
    );
    if (mentions) startBecause(`${document.uri.toString(true)} has become Hasura's`);
  };

  waiting.push(
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidChangeTextDocument(considerChange),
    workspace.onDidChangeWorkspaceFolders(() => lookForProject()),
  );
  workspace.textDocuments.forEach(consider);
  lookForProject();
  return new Disposable(stopWaiting);

  function lookForProject(): void {
    if (waiting.length === 0) return;
    workspace.findFiles(projectFiles, '**/node_modules/**', 1).then(
      ([found]) => found && startBecause(`the workspace has ${workspace.asRelativePath(found)}`),
      (error: unknown) => log.warn(`Looking for a Hasura project failed: ${String(error)}`),
    );
  }
}

function isMetadata(document: TextDocument): boolean {
  return (
    languages.match(documentSelector, document) > 0 &&
    (metadataPath.test(document.uri.path) || words.test(document.getText()))
  );
}

function lineText(document: TextDocument, line: number): string {
  return line < document.lineCount ? document.lineAt(line).text : '';
}
