import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  type InsertTextMode,
  type Position,
} from 'vscode-languageserver-types';
import { boundedName } from '../../../../common/src/boundedText.ts';
import type { CursorTarget } from '../../join/cursorTarget.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { documentContext } from '../../join/documentContext.ts';
import { cursorTargetOf } from '../../join/locate.ts';
import { permissionAt } from '../../join/permissionAt.ts';
import { endpointOf, readModel } from '../../metadata/readModel.ts';
import type { ReadingContext } from '../../metadata/relationship.ts';
import { type Cursor, cursorAt } from '../../syntax/cursor/cursor.ts';
import { lineStart } from '../../syntax/lines.ts';
import { propertyNames } from '../../syntax/nodes.ts';
import type { Candidate, CandidateIcon, CandidateRequest } from './candidate.ts';
import { candidatesOf } from './candidates.ts';
import { CompletionLimits } from './completionLimits.ts';
import { documentationOf } from './documentation.ts';
import { completePermission } from './permissionCompletion.ts';
import { stop, Writer } from './skeleton.ts';

export interface CompletionOptions {
  /** The client understands snippets. */
  readonly snippets: boolean;
  /** Of the open document, so that no table of lines is built for each request. */
  positionAt(offset: number): Position;
  /** What the place of the file says about it; by default what the model of the file says. */
  readonly reading?: ReadingContext;
  /** The client knows VS Code's command that asks again: it is sent along where one goes on inside what was inserted. */
  readonly asksAgain?: boolean;
  /** The client offers words of open files where it is offered nothing, as VS Code does. */
  readonly offersWords?: boolean;
  /** The client indents each line of what it inserts like the one it goes into. Unknown: a line at most is inserted. */
  readonly indents?: boolean | undefined;
  /** What a client that can be told is told of that. */
  readonly insertTextMode?: InsertTextMode | undefined;
  /** The character that opened the list by itself; absent when a person asked, or types a word. */
  readonly trigger?: string | undefined;
  /** The client shows Markdown; else documentation is plain text. */
  readonly markdown?: boolean;
}

const suggest = 'editor.action.triggerSuggest';
const nextPlace = 'jumpToNextSnippetPlaceholder';
const nothing: CompletionList = { isIncomplete: false, items: [] };

/** Completions at a UTF-16 offset, also in half-written text. Never throws for bad text; empty where nothing fits. */
export function complete(
  context: DocumentContext,
  offset: number,
  options: CompletionOptions,
): CompletionList {
  const { text } = context.tree;
  const permission = permissionAt(context, offset);
  if (permission !== undefined) return completePermission(permission, text, offset, options);
  if (options.trigger !== undefined && !opensList(text, offset, options.trigger)) return nothing;
  const reading = options.reading ?? readingOf(context, offset);
  const requests = requestsAt(context, offset, reading);
  // The quote that was typed ends a text, and begins none.
  const endsText = options.trigger === '"' || options.trigger === "'";
  const [first] = requests;
  if (first === undefined || (endsText && !first.cursor.quoteTyped)) return nothing;
  const silence = silent(first.cursor, options, text);
  // A name is made up, and nobody looks for a list while typing one.
  const isName = first.target.kind === 'relationship-name';
  if (isName && (options.trigger !== undefined || first.cursor.word !== '')) return silence;
  const all = distinct(
    requests.flatMap((request) => candidatesOf(request).map((candidate) => ({ candidate, request }))),
  );
  const typed = all.some(({ candidate, request }) => isTyped(candidate.label, text, request.cursor, offset));
  if (typed || all.length === 0) return silence;
  const { limits } = first;
  const beginLines = options.trigger === undefined && options.indents !== undefined;
  const offered = beginLines ? all : all.filter((each) => !beginsLine(each));
  const shown = limits.best(offered, ({ candidate }) => candidate.label);
  const width = String(shown.length).length;
  return {
    // What is written otherwise than it is called must be left out once its name is typed to the end. All else the client
    // narrows itself, at once, and sees that Enter would change nothing.
    isIncomplete: requests.some((request) => request.limits.cut) || offered.some(beginsLine),
    items: shown.map(({ candidate, request }, at) => ({
      ...itemOf(candidate, request, { ...options, text }),
      sortText: String(at).padStart(width, '0'),
    })),
  };
}

/** A candidate, and the place it is for. */
interface Offered {
  readonly candidate: Candidate;
  readonly request: CandidateRequest;
}

/** The place, and what it is; two where a line may go on with the item above, which comes first. */
function requestsAt(
  document: DocumentContext,
  offset: number,
  reading: ReadingContext,
): readonly CandidateRequest[] {
  const { text, language } = document.tree;
  const place = (inItem: boolean): CandidateRequest | undefined => {
    const cursor = cursorAt(text, language, offset, inItem);
    if (cursor === undefined) return undefined;
    const model = readModel(cursor.tree, reading);
    const context = documentContext(document.uri, cursor.tree, model, document.catalogue);
    const target = cursorTargetOf(context, cursor.node);
    const limits = new CompletionLimits(text.slice(cursor.start, offset));
    return target && { context, document, cursor, target, limits };
  };
  const here = place(false);
  // Editors leave the cursor below the dash: where the item above lacks keys, those are meant.
  if (here === undefined) return [];
  const above = here.cursor.style === 'block' && here.cursor.atLineStart ? place(true) : undefined;
  if (above === undefined || !lacksKeys(above.target)) return [here];
  return here.cursor.dashMissing ? [above] : [above, here];
}

function lacksKeys(target: CursorTarget): boolean {
  if (target.kind !== 'key' || target.object.kind !== 'object') return false;
  const present = new Set(propertyNames(target.object));
  return target.shape.keys.some((key) => key.required && !present.has(key.name));
}

/**
 * Whether a list may open by itself behind the character that was just typed: where a value begins (`key: `), where an item
 * begins (`- `), and inside quotes and behind a `$` that begin something. Everywhere else Enter would take the first entry
 * from somebody who is typing on.
 */
function opensList(text: string, offset: number, trigger: string): boolean {
  if (trigger !== ' ') return true;
  const before = text.slice(lineStart(text, offset), offset - 1);
  return before.endsWith(':') || /^\s*(?:- )*-$/.test(before);
}

/**
 * No list. An editor that offers words of open files instead would have Enter take one of them: what fits no word keeps it
 * from that, and is not shown. (As long as nothing is typed, everything fits.)
 */
function silent(
  cursor: Cursor,
  { offersWords, positionAt }: CompletionOptions,
  text: string,
): CompletionList {
  if (offersWords !== true || cursor.word === '') return nothing;
  const newText = text.slice(cursor.start, cursor.end);
  const range = { start: positionAt(cursor.start), end: positionAt(cursor.end) };
  const item = { label: cursor.word, kind: CompletionItemKind.Text, filterText: '\0' };
  return { isIncomplete: false, items: [{ ...item, textEdit: { range, newText } }] };
}

/** The word is typed to its end: Enter is to begin a new line, not to insert the word again. */
function isTyped(label: string, text: string, cursor: Cursor, offset: number): boolean {
  const rest = text.slice(offset, cursor.end);
  if (cursor.word === '' || (rest !== '' && rest !== cursor.quote)) return false;
  const typed = text.slice(cursor.start, offset);
  return label === cursor.word || label === typed;
}

/** Whether it begins on the line below: behind `key: ` Enter does that without being asked to insert anything. */
function beginsLine({ candidate: { insert }, request: { cursor } }: Offered): boolean {
  const isBlock = insert.kind === 'members' || insert.value.kind === 'object';
  return cursor.style === 'block' && cursor.role === 'value' && !cursor.atLineStart && isBlock;
}

/** No label twice: of a key and a table of the same name the first counts. */
function distinct(candidates: readonly Offered[]): Offered[] {
  const labels = new Set<string>();
  return candidates.filter(({ candidate: { label } }) => labels.size < labels.add(label).size);
}

/** What the file was read as, for the excerpt of it that does not say so itself. */
function readingOf(context: DocumentContext, offset: number): ReadingContext {
  const { roots } = context.tree;
  const at = Math.max(
    0,
    roots.findLastIndex((root) => root.offset <= offset),
  );
  const line = context.tree.requestLines.findLast((one) => one.offset <= offset);
  const role = endpointOf(line?.target) === undefined ? context.model.roles[at] : 'request';
  const implied = context.model.tables.find(
    (table) => table.source !== undefined && table.source.node === undefined,
  );
  return {
    ...(role === undefined || role === 'none' ? {} : { role }),
    ...(implied?.source === undefined ? {} : { source: implied.source.name }),
  };
}

function itemOf(
  candidate: Candidate,
  request: CandidateRequest,
  options: CompletionOptions & { readonly text: string },
): CompletionItem {
  const { cursor } = request;
  const writer = new Writer({
    style: cursor.style,
    newline: cursor.newline,
    indentationUnit: cursor.indentationUnit,
    dashIndentation: cursor.dashIndentation,
    multiline: cursor.multiline,
    listsOnLines: cursor.listsOnLines,
    encloses: options.asksAgain === true && cursor.style === 'json',
    snippets: options.snippets,
    choices: options.asksAgain === true,
    quote: cursor.quoteTyped ? cursor.quote : '',
  });
  write(writer, candidate, request);
  const newText =
    options.indents === undefined
      ? onOneLine(writer.text, cursor)
      : options.indents
        ? outdented(writer.text, cursor)
        : writer.text;
  const breaks = newText.includes(cursor.newline);
  const blanks = newText.startsWith(cursor.newline) ? blanksBefore(options.text, cursor.start) : 0;
  const additional = [
    ...(cursor.repair === undefined
      ? []
      : [{ offset: cursor.repair.offset, length: 0, text: cursor.repair.text }]),
    ...(blanks === 0 ? [] : [{ offset: cursor.start - blanks, length: blanks, text: '' }]),
    // Where only the name is put in, its arguments stand there already.
    ...(cursor.colonFollows ? [] : (candidate.additional ?? [])),
  ];
  const range = (start: number, end: number) => ({
    start: options.positionAt(start),
    end: options.positionAt(end),
  });
  return {
    label: candidate.label,
    kind: icons[candidate.icon],
    filterText: filterText(candidate, cursor),
    textEdit: { range: range(cursor.start, cursor.end), newText },
    insertTextFormat: writer.isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...commandOf(candidate, writer, options),
    ...(breaks && options.insertTextMode !== undefined ? { insertTextMode: options.insertTextMode } : {}),
    ...(candidate.detail === undefined ? {} : { detail: boundedName(candidate.detail) }),
    ...(candidate.documentation === undefined
      ? {}
      : {
          documentation: documentationOf(candidate.documentation, options.markdown === true),
        }),
    ...(candidate.deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(additional.length === 0
      ? {}
      : {
          additionalTextEdits: additional.map((edit) => ({
            range: range(edit.offset, edit.offset + edit.length),
            newText: edit.text,
          })),
        }),
  };
}

/** Goes on to the first place in what was inserted, and asks what can stand there; a name is made up. */
function commandOf(
  { insert }: Candidate,
  writer: Writer,
  { asksAgain }: CompletionOptions,
): { readonly command?: Command } {
  if (asksAgain !== true || insert.kind !== 'members' || !writer.hasPlaces) return {};
  const asks = insert.members[0][0] !== 'name' || insert.members[0][1] !== stop;
  if (!writer.isEnclosed) return asks ? { command: { title: 'Suggest', command: suggest } } : {};
  const commands = [nextPlace, ...(asks ? [{ command: suggest, args: { auto: true } }] : [])];
  return { command: { title: 'Suggest', command: 'runCommands', arguments: [{ commands }] } };
}

/** Without the indentation of the line it goes into, which the client adds to every further line. */
function outdented(text: string, { lineIndentation, newline }: Cursor): string {
  return text
    .split(newline)
    .map((line, at) =>
      at > 0 && line.startsWith(lineIndentation) ? line.slice(lineIndentation.length) : line,
    )
    .join(newline);
}

/** Of a block the first line. */
function onOneLine(text: string, { style, newline }: Cursor): string {
  const [first = '', ...others] = text.split(newline);
  if (style === 'block') return first;
  return [first, ...others.map((line) => line.trim())].join(' ');
}

/** Blanks that would be left at the end of a line when what follows begins a new one. */
function blanksBefore(text: string, offset: number): number {
  let at = offset;
  while (text.charCodeAt(at - 1) === 32) at--;
  return offset - at;
}

/** Writes the candidate with whatever the place lacks around it: dashes, brackets, braces, commas. */
function write(writer: Writer, candidate: Candidate, request: CandidateRequest): void {
  const { cursor, target } = request;
  const { insert } = candidate;
  const block = cursor.style === 'block';
  const breaks = beginsLine({ candidate, request });
  if (!breaks) writer.plain(cursor.prefix);
  const dash =
    block &&
    cursor.atLineStart &&
    (cursor.dashMissing || (target.opensList && cursor.role === 'key' && !cursor.keysBeside));
  const list = target.opensList && !dash && cursor.role === 'value';
  const indentation = dash && !cursor.dashMissing ? `${cursor.indentation}  ` : cursor.indentation;
  if (dash) writer.plain('- ');
  if (insert.kind === 'value') {
    const value = list ? { kind: 'list' as const, items: [insert.value] } : insert.value;
    if (breaks && value.kind === 'object') {
      const deeper = cursor.indentation + cursor.indentationUnit;
      writer.plain(cursor.newline + deeper);
      writer.members(value.members, deeper);
    } else if (block && value.kind === 'object') writer.members(value.members, indentation);
    else writer.inline(value, cursor.indentation);
  } else if (cursor.colonFollows) {
    writer.key(insert.members[0][0]);
  } else if (cursor.role === 'key' || (block && cursor.atLineStart)) {
    writeMembers(writer, insert.members, cursor, indentation);
  } else if (block) {
    const deeper = cursor.indentation + (list ? cursor.dashIndentation : cursor.indentationUnit);
    writer.plain(cursor.newline + deeper + (list ? '- ' : ''));
    writer.members(insert.members, list ? `${deeper}  ` : deeper);
  } else {
    const value = { kind: 'object' as const, members: insert.members, open: false };
    writer.inline(list ? { kind: 'list', items: [value] } : value, cursor.indentation);
  }
  if (cursor.suffix === '') return;
  writer.finalStop();
  writer.plain(cursor.suffix);
}

function writeMembers(
  writer: Writer,
  members: Extract<Candidate['insert'], { kind: 'members' }>['members'],
  cursor: Cursor,
  indentation: string,
): void {
  if (cursor.style === 'block') {
    writer.members(members, indentation);
    return;
  }
  members.forEach(([key, value], at) => {
    if (at > 0) writer.plain(cursor.multiline ? `,${cursor.newline}${indentation}` : ', ');
    writer.member(key, value, indentation);
  });
}

/** What the client compares with the text in the replaced range, which may begin with a quote or lack the `$`. */
function filterText(candidate: Candidate, cursor: Cursor): string {
  const typed = cursor.word;
  const label = candidate.label;
  const name = typed !== '' && !typed.startsWith('$') && label.startsWith('$') ? label.slice(1) : label;
  return cursor.quoteTyped ? `${cursor.quote}${name}${cursor.quote}` : name;
}

const icons: Record<CandidateIcon, CompletionItemKind> = {
  key: CompletionItemKind.Property,
  column: CompletionItemKind.Field,
  field: CompletionItemKind.Method,
  argument: CompletionItemKind.Property,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.Value,
  table: CompletionItemKind.Struct,
  source: CompletionItemKind.Module,
  schema: CompletionItemKind.Interface,
  type: CompletionItemKind.Class,
  command: CompletionItemKind.Function,
};
