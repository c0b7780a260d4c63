import { isDeepStrictEqual } from 'node:util';
import {
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  type LocationLink,
  type Position,
  type Range,
} from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readDefinition, sameDefinition } from '../../common/src/metadataApi/document/definition.ts';
import type { Json } from '../../common/src/metadataApi/document/json.ts';
import type { KindOf } from '../../common/src/metadataApi/document/relationshipIdentity.ts';
import {
  type FileLocations,
  keysRequest,
  locationsRequest,
  newNameRequest,
  type PayloadEdit,
  type ProjectContent,
  projectRequest,
  type RelationshipPayload,
  type RequestPayload,
  relationshipsRequest,
  requestsRequest,
} from '../../common/src/protocol.ts';
import { type Edit, isInside, show, textOfSnippet, whyNotTogether } from './edits.ts';
import type { Question } from './languageService.ts';

/** What is wrong with an answer by itself, in words. `documentOf`: the text at a URI, as the service knows it. */
export function problemOf(
  { method, params }: Question,
  answer: unknown,
  documentOf: (uri: string) => TextDocument,
): string | undefined {
  const uri = uriIn(params);
  const here = documentOf(uri);
  const outside = (of: TextDocument, ranges: readonly Range[]): string | undefined => {
    const bad = ranges.find((range) => !isInside(of, range));
    return bad === undefined ? undefined : `${show(bad)} lies outside of ${of.uri}`;
  };
  if (answer === null || answer === undefined) return undefined;
  switch (method) {
    case 'textDocument/completion':
      return first((answer as CompletionList).items, (item) => problemOfItem(here, item, params));
    case 'textDocument/hover': {
      const { range } = answer as Hover;
      return range && outside(here, [range]);
    }
    case 'textDocument/definition':
      return first(answer as LocationLink[], (link) => {
        const target = documentOf(link.targetUri);
        return (
          outside(here, link.originSelectionRange === undefined ? [] : [link.originSelectionRange]) ??
          outside(target, [link.targetRange, link.targetSelectionRange])
        );
      });
    case 'textDocument/documentSymbol':
      return first(answer as DocumentSymbol[], (symbol) => problemOfSymbol(here, symbol));
    case 'textDocument/codeAction':
      return first(answer as CodeAction[], ({ edit, title }) =>
        first(Object.entries(edit?.changes ?? {}), ([of, edits]) => {
          const why = whyNotTogether(documentOf(of), edits);
          return why && `"${title}": ${why}`;
        }),
      );
    case relationshipsRequest.method:
      return first(answer as RelationshipPayload[], (payload) => problemOfPayload(here, payload));
    case requestsRequest.method:
      return outside(
        here,
        (answer as RequestPayload[]).map(({ range }) => range),
      );
    case projectRequest.method:
      return first((answer as ProjectContent).files, (file) => {
        const of = documentOf(file.uri);
        return (
          first(file.relationships, (payload) => problemOfPayload(of, payload)) ??
          outside(
            of,
            file.owners.map(({ range }) => range),
          )
        );
      });
    case locationsRequest.method:
      return first(answer as FileLocations[], (file) =>
        outside(
          documentOf(file.uri),
          file.locations.flatMap(({ range, nameRange }) => [range, nameRange]),
        ),
      );
    case keysRequest.method:
      return outside(here, [answer as Range]);
    case newNameRequest.method:
      return whyNotTogether(here, answer as PayloadEdit[]);
    default:
      return undefined;
  }
}

function problemOfItem(document: TextDocument, item: CompletionItem, params: unknown): string | undefined {
  const edits = editsOf(item);
  const why = whyNotTogether(document, edits);
  if (why !== undefined) return `"${item.label}": ${why}`;
  const main = edits[0]?.range;
  // The text may be shorter by now than where it was asked about.
  const { line } = document.positionAt(document.offsetAt((params as { position: Position }).position));
  return main !== undefined && (main.start.line !== line || main.end.line !== line)
    ? `"${item.label}" replaces ${show(main)}, not on the line of the cursor`
    : undefined;
}

function problemOfSymbol(document: TextDocument, symbol: DocumentSymbol): string | undefined {
  const { range, selectionRange, children } = symbol;
  if (!isInside(document, range) || !isInside(document, selectionRange)) {
    return `the symbol "${symbol.name}" lies outside of the text`;
  }
  const offset = (each: Range): [number, number] => [
    document.offsetAt(each.start),
    document.offsetAt(each.end),
  ];
  const [[start, end], [selectionStart, selectionEnd]] = [offset(range), offset(selectionRange)];
  // An editor refuses it otherwise.
  if (selectionStart < start || selectionEnd > end)
    return `the name of the symbol "${symbol.name}" lies outside of it`;
  if (symbol.name.trim() === '') return 'a symbol without a name';
  return first(children ?? [], (child) => problemOfSymbol(document, child));
}

function problemOfPayload(
  document: TextDocument,
  { name, range, nameRange, removal }: RelationshipPayload,
): string | undefined {
  if (!isInside(document, range) || !isInside(document, nameRange)) {
    return `the relationship "${name}" at ${show(range)} lies outside of ${document.uri}`;
  }
  return removal === null ? undefined : whyNotTogether(document, removal);
}

export function uriIn(params: unknown): string {
  const { uri, textDocument: document } = (params ?? {}) as { uri?: string; textDocument?: { uri: string } };
  return uri ?? document?.uri ?? '';
}

/** What accepting a completion changes. */
export function editsOf(item: CompletionItem): Edit[] {
  const { textEdit, additionalTextEdits = [], insertTextFormat } = item;
  if (textEdit === undefined || !('range' in textEdit)) return [...additionalTextEdits];
  const newText =
    insertTextFormat === InsertTextFormat.Snippet ? textOfSnippet(textEdit.newText) : textEdit.newText;
  return [{ range: textEdit.range, newText }, ...additionalTextEdits];
}

function first<T>(all: readonly T[], problem: (each: T) => string | undefined): string | undefined {
  for (const each of all) {
    const found = problem(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether two definitions say the same; of what is no definition, whether it is the same. */
export function sameMeaning(one: Json, other: Json, kindOf: KindOf): boolean {
  const [a, b] = [readDefinition(one, kindOf), readDefinition(other, kindOf)];
  return a === undefined || b === undefined ? isDeepStrictEqual(one, other) : sameDefinition(a, b);
}

/** As it comes over the wire, without the moment in which something was read. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (key, each: unknown) => (key === 'since' ? null : each)));
}

/** Where two services say other things of some file; `undefined`: nowhere. */
export function differenceOf(
  found: ReadonlyMap<string, readonly Diagnostic[]>,
  wanted: ReadonlyMap<string, readonly Diagnostic[]>,
): string | undefined {
  for (const uri of new Set([...found.keys(), ...wanted.keys()])) {
    const [one, other] = [plain(found.get(uri) ?? []), plain(wanted.get(uri) ?? [])];
    if (!isDeepStrictEqual(one, other)) {
      return `${uri}\n  found  ${JSON.stringify(one)}\n  wanted ${JSON.stringify(other)}`;
    }
  }
  return undefined;
}
