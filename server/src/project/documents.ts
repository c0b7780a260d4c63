import type { ReadResult } from '../../../common/src/files/readResult.ts';
import { readModel } from '../metadata/readModel.ts';
import type { MetadataModel, ReadingContext } from '../metadata/relationship.ts';
import { languageOf, parse } from '../syntax/parse.ts';
import { patch } from '../syntax/patch.ts';
import type { SyntaxLanguage, SyntaxTree } from '../syntax/tree.ts';
import { type FileSystem, isInside, isPath, pathOfUri, uriOfPath, withOpenDocuments } from './files.ts';

/**
 * Every text that is read, open in the editor or on disk, with its tree and model. Each is parsed at most once for
 * each text; a changed text patches the tree before it.
 */

/** A path, or the URI of a document that is no file. */
export type DocumentKey = string;

export function keyOfUri(uri: string): DocumentKey {
  return pathOfUri(uri) ?? uri;
}

/** A document at one moment. The same object as long as its text is the same. */
export interface ParsedDocument {
  readonly key: DocumentKey;
  readonly uri: string;
  readonly tree: SyntaxTree;
  /** The model as read at that place; the same object whenever it is asked for. */
  model(context: ReadingContext): MetadataModel;
}

interface OpenText {
  readonly uri: string;
  readonly languageId: string;
  text: string;
  version: number;
}

export class Documents {
  /** The disk with the open documents in front. */
  readonly files: FileSystem;
  private readonly open = new Map<DocumentKey, OpenText>();
  private readonly parsed = new Map<DocumentKey, ParsedDocument>();
  /** Keys whose text may differ from that of `parsed`. */
  private readonly stale = new Set<DocumentKey>();

  constructor(disk: FileSystem) {
    this.files = withOpenDocuments(disk, (path) => this.open.get(path)?.text);
  }

  openText(uri: string, languageId: string, version: number, text: string): DocumentKey {
    const key = keyOfUri(uri);
    this.open.set(key, { uri, languageId, version, text });
    this.stale.add(key);
    return key;
  }

  changeText(uri: string, version: number, text: string): DocumentKey {
    const key = keyOfUri(uri);
    const document = this.open.get(key);
    if (document !== undefined) {
      document.text = text;
      document.version = version;
      this.stale.add(key);
    }
    return key;
  }

  closeText(uri: string): DocumentKey {
    const key = keyOfUri(uri);
    this.open.delete(key);
    if (key === uri) this.forget(key);
    else this.stale.add(key);
    return key;
  }

  /** A file, or everything in a directory, may have changed on disk. */
  changedOnDisk(path: string): void {
    this.stale.add(path);
    if (this.parsed.has(path)) return;
    for (const key of this.parsed.keys()) if (isInside(key, path)) this.stale.add(key);
  }

  /** Nothing below a folder is known any more; open documents stay. */
  forgetFolder(folder: string): void {
    for (const key of this.parsed.keys()) if (isInside(key, folder) && !this.open.has(key)) this.forget(key);
  }

  forget(key: DocumentKey): void {
    this.parsed.delete(key);
    this.stale.delete(key);
  }

  isOpen(key: DocumentKey): boolean {
    return this.open.has(key);
  }

  openKeys(): readonly DocumentKey[] {
    return [...this.open.keys()];
  }

  version(key: DocumentKey): number | undefined {
    return this.open.get(key)?.version;
  }

  /** As the editor spells it when the document is open. */
  uri(key: DocumentKey): string {
    const open = this.open.get(key);
    if (open !== undefined) return open.uri;
    return isPath(key) ? uriOfPath(key) : key;
  }

  language(key: DocumentKey): SyntaxLanguage | undefined {
    const open = this.open.get(key);
    return languageOf(key, open?.languageId);
  }

  read(key: DocumentKey): ReadResult {
    const open = this.open.get(key);
    return open === undefined ? this.files.read(key) : { ok: true, text: open.text };
  }

  /** The document as it is now; `undefined` when it can't be read or is in none of our languages. */
  get(key: DocumentKey): ParsedDocument | undefined {
    const known = this.parsed.get(key);
    if (known !== undefined && !this.stale.has(key)) return known;
    this.stale.delete(key);
    const language = this.language(key);
    const result = language === undefined ? undefined : this.read(key);
    if (language === undefined || result === undefined || !result.ok) {
      this.parsed.delete(key);
      return undefined;
    }
    if (known !== undefined && known.tree.text === result.text && known.tree.language === language)
      return known;
    const tree =
      known !== undefined && known.tree.language === language
        ? patch(known.tree, result.text)
        : parse(result.text, language);
    const document = parsedDocument(key, this.uri(key), tree);
    this.parsed.set(key, document);
    return document;
  }
}

function parsedDocument(key: DocumentKey, uri: string, tree: SyntaxTree): ParsedDocument {
  const models = new Map<string, MetadataModel>();
  return {
    key,
    uri,
    tree,
    model: (context) => {
      const location = `${context.role ?? ''} ${context.source ?? ''}`;
      let model = models.get(location);
      if (model === undefined) {
        model = readModel(tree, context);
        models.set(location, model);
      }
      return model;
    },
  };
}
