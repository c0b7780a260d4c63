/** What the tests inside the extension host share. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  commands,
  type Diagnostic,
  type Extension,
  extensions,
  type Hover,
  languages,
  MarkdownString,
  type Position,
  TabInputWebview,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Api } from '../../../client/src/extension.ts';
import type { FileStatus } from '../../../common/src/protocol.ts';

/** The files of the sample project the tests look at. */
export const sample = {
  invoice: 'metadata/databases/shop/tables/public_invoice.yaml',
  customer: 'metadata/databases/shop/tables/public_customer.yaml',
  payments: 'schema/payments.graphql',
} as const;

export function extension(): Extension<Api> {
  const found = extensions.getExtension<Api>('hasura-remote-relationships.hasura-remote-relationships');
  ok(found, 'the extension is installed');
  return found;
}

/** The URI of a file in a workspace folder: the one of that name, else the first. */
export function fileUri(file: string, folderName?: string): Uri {
  const folders = workspace.workspaceFolders ?? [];
  const folder = folderName === undefined ? folders[0] : folders.find(({ name }) => name === folderName);
  ok(folder, `the workspace has the folder ${folderName}`);
  return Uri.joinPath(folder.uri, file);
}

/** Opens a file in an editor: diagnostics are asked for only for what is visible. */
export async function open(file: string, folderName?: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(fileUri(file, folderName));
  await window.showTextDocument(document);
  return document;
}

/** Where `text` is in the document (its `occurrence`th, from 1), plus `offset` characters. */
export function positionOf(document: TextDocument, text: string, offset = 0, occurrence = 1): Position {
  let index = -1;
  for (let found = 0; found < occurrence; found++) {
    index = document.getText().indexOf(text, index + 1);
    ok(index >= 0, `${document.fileName} has ${text} ${occurrence} times`);
  }
  return document.positionAt(index + offset);
}

/** Repeats `look` until it finds something other than undefined or false; fails, saying what, after a minute unless said. */
export async function eventually<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined> | T | undefined,
  seconds = 60,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    ok(Date.now() < end, `not in ${seconds} s: ${typeof what === 'string' ? what : what()}`);
    await delay(50);
  }
}

/** This extension's diagnostics of a document. */
export function ourDiagnostics(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'remote-relationships');
}

/** A diagnostic as `code at "the text it underlines"`. */
export function shown(document: TextDocument, { code, range }: Diagnostic): string {
  const name = typeof code === 'object' ? code.value : code;
  return `${name} at ${JSON.stringify(document.getText(range))}`;
}

export function allShown(document: TextDocument): string[] {
  return ourDiagnostics(document.uri)
    .map((diagnostic) => shown(document, diagnostic))
    .sort();
}

/** Waits until the document's diagnostics are exactly these, in any order. */
export async function diagnosticsBecome(document: TextDocument, expected: readonly string[]): Promise<void> {
  const sorted = [...expected].sort();
  const equal = () => JSON.stringify(allShown(document)) === JSON.stringify(sorted);
  await eventually('the diagnostics change', equal).catch(() => deepEqual(allShown(document), sorted));
}

/** Waits until a diagnostic is shown so (see `shown`). */
export function diagnosticAppears(document: TextDocument, expected: string): Promise<Diagnostic> {
  return eventually(
    () => `${expected} is among ${allShown(document).join(', ')}`,
    () => ourDiagnostics(document.uri).find((diagnostic) => shown(document, diagnostic) === expected),
  );
}

/** What the server says is in use for a file, once it says that the file is Hasura's. */
export function status(uri: Uri): Promise<FileStatus> {
  return eventually('the server knows the file', async () => {
    const answer = await extension().exports.fileStatus(uri);
    return answer?.recognised ? answer : undefined;
  });
}

/** What hovering shows at a place, of all who have something to say. */
export async function hoverText(uri: Uri, position: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof MarkdownString ? content.value : String(content)))
    .join('\n');
}

/** Shows the graph of the file in front, which is to be a page beside it, and closes it. */
export async function graphOpens(): Promise<void> {
  await commands.executeCommand('remoteRelationships.showGraph');
  const tab = await eventually('the graph is open', () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(
        ({ input }) =>
          input instanceof TabInputWebview && input.viewType.endsWith('remoteRelationships.graph'),
      ),
  );
  equal(tab.label, 'Graph of Relationships');
  ok(window.tabGroups.all.length > 1, 'it is beside the file');
  await window.tabGroups.close(tab);
}
