import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  type Position,
} from 'vscode-languageserver-types';
import { directoryOf, isPath, joinPath } from '../../project/files.ts';
import type { Workspace } from '../../project/workspace.ts';
import { lineEnd, lineStart } from '../../syntax/lines.ts';
import { nodeAt } from '../../syntax/nodes.ts';
import type { SyntaxNode, SyntaxTree } from '../../syntax/tree.ts';
import { CompletionLimits } from './completionLimits.ts';

export interface PathCompletionOptions {
  /** The client knows VS Code's command that asks again: sent along with a folder. */
  readonly asksAgain?: boolean;
  positionAt(offset: number): Position;
}

/** Where a path is written. */
interface PathPlace {
  /** All of it. */
  readonly start: number;
  readonly end: number;
  /** What may stand there, by the end of the name. */
  readonly extensions: readonly string[];
  /** Where the file can't be reached without quotes, they are written too. */
  readonly quotes: boolean;
}

const askAgain: Command = { title: '', command: 'editor.action.triggerSuggest' };
const schemaExtensions = ['.graphql', '.graphqls', '.gql', '.json'];

/**
 * Files and folders at a path: of an `!include`, and of a schema, a snapshot or SQL in the configuration. `undefined` where
 * no path stands.
 */
export function completePath(
  workspace: Workspace,
  uri: string,
  offset: number,
  { asksAgain, positionAt }: PathCompletionOptions,
): CompletionList | undefined {
  const key = workspace.key(uri);
  const tree = isPath(key) ? workspace.documents.get(key)?.tree : undefined;
  const place = tree && placeAt(workspace, key, tree, offset);
  if (tree === undefined || place === undefined) return undefined;
  const { text, language } = tree;
  const typed = text.slice(place.start, offset);
  const start = place.start + typed.lastIndexOf('/') + 1;
  const directory = joinPath(directoryOf(key), text.slice(place.start, start));
  // What stands behind the cursor is replaced up to the next folder.
  const slash = text.slice(offset, place.end).indexOf('/');
  const end = slash === -1 ? place.end : offset + slash;
  const limits = new CompletionLimits(text.slice(start, offset));
  const entries = (workspace.documents.files.list(directory) ?? []).filter(
    ({ name, kind }) =>
      joinPath(directory, name) !== key &&
      (kind === 'directory'
        ? !name.startsWith('.') && name !== 'node_modules'
        : place.extensions.some((extension) => name.endsWith(extension))),
  );
  const sorted = entries.toSorted((a, b) =>
    a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'file' ? -1 : 1,
  );
  const shown = limits.best(sorted, ({ name }) => name);
  const range = { start: positionAt(start), end: positionAt(end) };
  const width = String(shown.length).length;
  return {
    isIncomplete: limits.cut,
    items: shown.map(({ name, kind }, at): CompletionItem => {
      const isFolder = kind === 'directory';
      const written = isFolder && slash === -1 ? `${name}/` : name;
      const escaped = language === 'json' ? JSON.stringify(written).slice(1, -1) : written;
      return {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        filterText: name,
        sortText: String(at).padStart(width, '0'),
        insertTextFormat: InsertTextFormat.PlainText,
        textEdit: { range, newText: place.quotes ? `"${escaped}"` : escaped },
        ...(isFolder && asksAgain === true && !place.quotes ? { command: askAgain } : {}),
      };
    }),
  };
}

function placeAt(workspace: Workspace, key: string, tree: SyntaxTree, offset: number): PathPlace | undefined {
  if (workspace.projects.some(({ configurationFile }) => configurationFile === key)) {
    return placeInConfiguration(tree, offset);
  }
  const roles = workspace.context(key)?.model.roles ?? [];
  const isMetadata = tree.language === 'yaml' && roles.some((role) => role !== 'none' && role !== 'request');
  return isMetadata ? placeInInclude(tree.text, offset) : undefined;
}

const tag = '!include';

/** Reads the line: an `!include` that is being written has no second quote. */
function placeInInclude(text: string, offset: number): PathPlace | undefined {
  const from = lineStart(text, offset);
  const line = text.slice(from, offset);
  const at = line.lastIndexOf(tag);
  if (at === -1) return undefined;
  const behind = line.slice(at + tag.length);
  const written = behind.trimStart().replace(/^["']/, '');
  if (written.length === behind.length || /[\s"']/.test(written)) return undefined;
  const rest = /^[^\s"']*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0] ?? '';
  return {
    start: offset - written.length,
    end: offset + rest.length,
    extensions: ['.yaml'],
    quotes: false,
  };
}

function placeInConfiguration(tree: SyntaxTree, offset: number): PathPlace | undefined {
  const node = nodeAt(tree, valueOffset(tree.text, offset));
  const extensions = node && extensionsOf(node);
  if (node === undefined || extensions === undefined) return undefined;
  if (node.kind === 'null') {
    return { start: offset, end: offset, extensions, quotes: tree.language === 'json' };
  }
  const quote = tree.text[node.offset];
  const isQuoted = quote === '"' || quote === "'";
  const start = node.offset + (isQuoted ? 1 : 0);
  // A text that is being written has no second quote.
  const isClosed = isQuoted && node.length > 1 && tree.text[node.offset + node.length - 1] === quote;
  const end = node.offset + node.length - (isClosed ? 1 : 0);
  return offset < start || offset > end ? undefined : { start, end, extensions, quotes: false };
}

/** Where the tree has a value that is not written: right behind its colon or dash. */
function valueOffset(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ') at--;
  return /[:-]/.test(text[at - 1] ?? '') ? at : offset;
}

/** What a value of the configuration may lead to; `undefined` where it is no path. */
function extensionsOf(node: SyntaxNode): readonly string[] | undefined {
  if (node.kind !== 'string' && node.kind !== 'null') return undefined;
  const keys: string[] = [];
  for (let at: SyntaxNode | undefined = node; at?.parent !== undefined; at = at.parent) {
    if (at.key !== undefined) keys.unshift(String(at.key.value));
    else if (at.parent.kind === 'object') return undefined;
  }
  const [section, , key, last] = keys;
  if (section === 'remoteSchemas' && key === 'schema' && last === undefined) return schemaExtensions;
  if (section !== 'sources' || key !== 'tables') return undefined;
  if (last === 'graphql') return schemaExtensions;
  return last === undefined ? ['.json'] : last === 'sql' ? ['.sql'] : undefined;
}
