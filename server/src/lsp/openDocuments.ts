import { type Position, type Range, TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from '../project/workspace.ts';

const keptFiles = 32;

/**
 * Texts as the editor knows them, and positions in them. Positions in files that are not open are counted in the text
 * that was read from disk.
 */
export class OpenDocuments {
  private readonly byUri = new Map<string, TextDocument>();
  private readonly closed = new Map<string, TextDocument>();
  private readonly workspace: () => Workspace | undefined;

  /** `workspace`: `undefined` until it is loaded. */
  constructor(workspace: () => Workspace | undefined) {
    this.workspace = workspace;
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    this.byUri.set(uri, TextDocument.create(uri, languageId, version, text));
    this.workspace()?.open(uri, languageId, version, text);
  }

  change(uri: string, version: number, changes: ({ range: Range; text: string } | { text: string })[]): void {
    const document = this.byUri.get(uri);
    if (document === undefined) return;
    TextDocument.update(document, changes, version);
    this.workspace()?.change(uri, version, document.getText());
  }

  close(uri: string): void {
    this.byUri.delete(uri);
    this.closed.delete(uri);
    this.workspace()?.close(uri);
  }

  /** Hands what was opened before the workspace was there over to it. */
  handOver(workspace: Workspace): void {
    for (const document of this.byUri.values()) {
      workspace.open(document.uri, document.languageId, document.version, document.getText());
    }
  }

  /** The offset of a position in the text of any file. */
  offsetAt(uri: string, position: Position): number {
    return (this.byUri.get(uri) ?? this.fromDisk(uri)).offsetAt(position);
  }

  /** The range of UTF-16 units in the text of any file; at the start of a file that can't be read. */
  range(uri: string, offset: number, length: number): Range {
    const document = this.byUri.get(uri) ?? this.fromDisk(uri);
    return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
  }

  /** Files may have changed on disk: what was read of them is read again. */
  filesChanged(): void {
    this.closed.clear();
  }

  /** The last few files are kept: related places mostly lead to the same. */
  private fromDisk(uri: string): TextDocument {
    let document = this.closed.get(uri);
    if (document === undefined) {
      const workspace = this.workspace();
      const result = workspace?.documents.read(workspace.key(uri));
      document = TextDocument.create(uri, '', 0, result?.ok === true ? result.text : '');
      if (this.closed.size >= keptFiles) this.closed.clear();
      this.closed.set(uri, document);
    }
    return document;
  }
}
