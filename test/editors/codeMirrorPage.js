// A page with CodeMirror, and what the tests ask of it.
import {
  acceptCompletion,
  autocompletion,
  currentCompletions,
  setSelectedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import { forEachDiagnostic } from '@codemirror/lint';
import { hoverTooltips, LSPClient, serverCompletion, serverDiagnostics } from '@codemirror/lsp-client';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const handlers = new Set();
let client;
let view;

/** What the server sends. */
globalThis.receive = (message) => {
  for (const handle of handlers) handle(message);
};

const driver = {
  connect(rootUri) {
    const extensions = [serverDiagnostics(), serverCompletion(), hoverTooltips()];
    client = new LSPClient({ rootUri, extensions, timeout: 10_000 }).connect({
      send: (message) => globalThis.send(message),
      subscribe: (handler) => handlers.add(handler),
      unsubscribe: (handler) => handlers.delete(handler),
    });
    return client.initializing;
  },

  open(uri, doc) {
    view?.destroy();
    const extensions = [autocompletion(), client.plugin(uri, 'yaml')];
    view = new EditorView({ state: EditorState.create({ doc, extensions }), parent: document.body });
    view.focus();
  },

  findings() {
    const found = [];
    forEachDiagnostic(view.state, ({ message: text }, from) => {
      const line = view.state.doc.lineAt(from);
      found.push({ line: line.number - 1, character: from - line.from, text });
    });
    return found;
  },

  go(line, character) {
    const anchor = view.state.doc.line(line + 1).from + character;
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor) });
  },

  /** Where on the page the cursor is. */
  point() {
    const { left, top, bottom } = view.coordsAtPos(view.state.selection.main.head);
    return { x: left + 2, y: (top + bottom) / 2 };
  },

  hovered: () => document.querySelector('.cm-tooltip-hover')?.textContent ?? '',

  text: () => view.state.doc.toString(),

  toEnd: () => view.dispatch({ selection: { anchor: view.state.doc.length } }),

  ask: () => startCompletion(view),

  offered: () => currentCompletions(view.state).map(({ label, displayLabel }) => displayLabel ?? label),

  choose(label) {
    view.dispatch({ effects: setSelectedCompletion(driver.offered().indexOf(label)) });
    return acceptCompletion(view);
  },
};

globalThis.drive = (name, args) => driver[name](...args);
