import { Disposable, languages, type TextEditor, Uri, ViewColumn, window, workspace } from 'vscode';
import { localized } from '../../../common/src/localized.ts';
import {
  graphRequest,
  graphTextRequest,
  type PositionRange,
  type RelationshipGraph,
  type TextPosition,
} from '../../../common/src/protocol.ts';
import type { HasuraView } from '../hasuraView.ts';
import type { LanguageServerClient } from '../languageServerClient.ts';
import { documentSelector } from '../relevance.ts';
import { display } from '../ui/displayText.ts';
import { openPlace } from '../ui/fileRange.ts';
import { tell } from '../ui/messages.ts';
import { openWebPage, restoreWebPages, type WebPage, type WebPageKind } from '../ui/webPage.ts';
import { drawnGraph, edgeAt } from './drawnGraph.ts';
import { type FromGraphPage, readFromGraphPage, sourceInState, type ToGraphPage } from './graphMessages.ts';
import { graphTexts } from './graphTexts.ts';

type Server = Pick<LanguageServerClient, 'ask' | 'onDidChange'>;
type View = Pick<HasuraView, 'states' | 'onDidChange'>;

/** From the last change of a burst to asking for the graph again. */
const delay = 250;

/** What is shown, and what of. */
interface Shown {
  readonly page: WebPage;
  /** A file of the project, or its folder; `undefined`: VS Code does not know any more. */
  source: Uri | undefined;
  /** What the page has asked for. */
  group: string;
  /** What it draws; `undefined`: nothing yet. */
  graph: RelationshipGraph | undefined;
  version: number;
  /** The file has changed while the page could not be seen. */
  isStale: boolean;
}

interface Cursor {
  readonly uri: string;
  readonly position: TextPosition;
  readonly column: ViewColumn | undefined;
}

/** The page with the graph of a project's relationships: it follows their files and the cursor. It reads no endpoint. */
export class GraphPanel implements Disposable {
  readonly #server: Server;
  readonly #view: View;
  readonly #kind: WebPageKind;
  readonly #subscriptions: Disposable;
  #shown: Shown | undefined;
  /** Counts the graphs that were asked for: only the answer to the latest is shown. */
  #asked = 0;
  #cursor: Cursor | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `folder`: the extension's own. */
  constructor(server: Server, view: View, folder: Uri) {
    this.#server = server;
    this.#view = view;
    this.#kind = {
      id: 'remoteRelationships.graph',
      title: display`Graph of Relationships`,
      script: Uri.joinPath(folder, 'dist', 'graph.cjs'),
      style: Uri.joinPath(folder, 'client', 'media', 'graph.css'),
    };
    const later = () => this.#later();
    this.#subscriptions = Disposable.from(
      server.onDidChange(later),
      view.onDidChange(later),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && languages.match(documentSelector, document) > 0) later();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#follow(editor)),
      restoreWebPages(this.#kind, (page, state) => this.#take(page, uriOf(sourceInState(state)))),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#shown?.page.dispose();
  }

  /** Shows the graph of the project of the file in front. */
  async show(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined) {
      tell('information', display`Open a file with remote relationships first.`);
      return;
    }
    this.#cursor = cursorIn(editor);
    const source = editor.document.uri;
    if (!(await this.#server.ask(graphRequest, { uri: source.toString() }))) {
      tell(
        'information',
        display`This file belongs to no Hasura project, or the language server does not run.`,
      );
      return;
    }
    if (this.#shown === undefined) {
      this.#take(openWebPage(this.#kind), source);
      return;
    }
    this.#shown.source = source;
    this.#shown.page.reveal();
    await this.#update();
  }

  /** There is one page: another one takes its place. */
  #take(page: WebPage, source: Uri | undefined): void {
    this.#shown?.page.dispose();
    const shown: Shown = { page, source, group: '', graph: undefined, version: 0, isStale: false };
    this.#shown = shown;
    page.onDidReceiveMessage((message) => {
      const read = readFromGraphPage(message);
      if (read !== undefined && this.#shown === shown) void this.#answer(shown, read);
    });
    page.onDidChangeVisibility(() => {
      if (page.visible && shown.isStale) this.#later();
    });
    page.onDidDispose(() => {
      if (this.#shown === shown) this.#shown = undefined;
    });
  }

  async #answer(shown: Shown, message: FromGraphPage): Promise<void> {
    switch (message.kind) {
      case 'show':
        shown.group = message.group;
        return this.#update();
      case 'open':
        return this.#open(shown, message);
      case 'export':
        return this.#export(shown, message.form);
    }
  }

  async #open(
    { graph, version, page }: Shown,
    message: Extract<FromGraphPage, { kind: 'open' }>,
  ): Promise<void> {
    // Of another one it would be another place.
    if (graph === undefined || message.version !== version) return;
    const place = placeOf(graph, message);
    if (place !== undefined)
      await openPlace({ ...place, uri: Uri.parse(place.uri) }, this.#columnBeside(page));
  }

  async #export({ source, group, page }: Shown, form: 'svg' | 'mermaid'): Promise<void> {
    if (source === undefined) return;
    const params = { uri: source.toString(), form, ...(group !== '' && { group }) };
    const content = await this.#server.ask(graphTextRequest, params);
    if (!content) return;
    const document = await workspace.openTextDocument({
      content,
      language: form === 'svg' ? 'xml' : 'plaintext',
    });
    await window.showTextDocument(document, { viewColumn: this.#columnBeside(page) });
  }

  /** Where the person has last been in a file, so that the graph stays in sight. */
  #columnBeside(page: WebPage): ViewColumn {
    const column = this.#cursor?.column ?? ViewColumn.One;
    return column === page.column ? ViewColumn.Beside : column;
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (this.#shown === undefined) return;
    this.#shown.isStale = true;
    if (this.#shown.page.visible) this.#timer = setTimeout(() => void this.#update(), delay);
  }

  /** What can't be asked for just now stays as it is. */
  async #update(): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined) return;
    shown.isStale = false;
    const asked = ++this.#asked;
    const source = shown.source?.toString();
    if (source === undefined) {
      const text = localized`What this graph was of is not known any more: open it again from a file.`;
      this.#post(shown, { kind: 'nothing', text });
      return;
    }
    const found = await this.#graphOf(source, shown.group).catch(() => undefined);
    if (this.#asked !== asked || this.#shown !== shown) return;
    if (found === undefined) {
      const text = localized`This file belongs to no Hasura project, or the language server does not run.`;
      this.#post(shown, { kind: 'nothing', text });
      return;
    }
    const states = await this.#view.states(found.graph.project).catch(() => []);
    if (this.#asked !== asked || this.#shown !== shown) return;
    const { graph } = found;
    shown.group = found.group;
    shown.graph = graph;
    shown.version++;
    this.#post(shown, {
      kind: 'graph',
      version: shown.version,
      source,
      group: shown.group,
      graph: drawnGraph(graph, states),
      texts: graphTexts(),
      current: this.#current(graph),
    });
  }

  /** All groups where the one that is asked for has gone. */
  async #graphOf(
    uri: string,
    group: string,
  ): Promise<{ readonly graph: RelationshipGraph; readonly group: string } | undefined> {
    const graph = await this.#server.ask(graphRequest, group === '' ? { uri } : { uri, group });
    if (!graph) return undefined;
    if (group === '' || graph.groups.some(({ id }) => id === group)) return { graph, group };
    return this.#graphOf(uri, '');
  }

  #follow(editor: TextEditor): void {
    if (languages.match(documentSelector, editor.document) === 0) return;
    this.#cursor = cursorIn(editor);
    const { graph, version, page } = this.#shown ?? {};
    if (this.#shown === undefined || graph === undefined || version === undefined || !page?.visible) return;
    this.#post(this.#shown, { kind: 'current', version, current: this.#current(graph) });
  }

  #current(graph: RelationshipGraph): number | null {
    const cursor = this.#cursor;
    if (cursor === undefined) return null;
    return edgeAt(graph, (uri) => Uri.parse(uri).toString() === cursor.uri, cursor.position) ?? null;
  }

  #post({ page }: Shown, message: ToGraphPage): void {
    page.post(message);
  }
}

/** Of an address that was kept: `undefined` where it is none. */
function uriOf(text: string | undefined): Uri | undefined {
  try {
    return text === undefined ? undefined : Uri.parse(text, true);
  } catch {
    return undefined;
  }
}

function placeOf(
  { nodes, edges }: RelationshipGraph,
  { what, index }: Extract<FromGraphPage, { kind: 'open' }>,
): { readonly uri: string; readonly range: PositionRange } | undefined {
  if (what === 'node') return nodes[index]?.definition ?? undefined;
  const edge = edges[index];
  // Its beginning: what is selected would be the whole of it.
  return edge && { uri: edge.uri, range: { start: edge.range.start, end: edge.range.start } };
}

function cursorIn({ document, selection, viewColumn }: TextEditor): Cursor {
  const { line, character } = selection.active;
  return { uri: document.uri.toString(), position: { line, character }, column: viewColumn };
}
