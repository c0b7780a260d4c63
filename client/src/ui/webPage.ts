import { randomBytes } from 'node:crypto';
import { type Disposable, type Event, env, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { DisplayText } from './displayText.ts';
import { webPageHtml } from './webPageHtml.ts';

/** A kind of page, as the manifest's activation events name it. */
export interface WebPageKind {
  readonly id: string;
  readonly title: DisplayText;
  /** It can read what lies in their folders, and nothing else. */
  readonly script: Uri;
  readonly style: Uri;
}

/** An editor that shows a page of ours. */
export interface WebPage extends Disposable {
  readonly visible: boolean;
  readonly column: ViewColumn | undefined;
  readonly onDidReceiveMessage: Event<unknown>;
  readonly onDidChangeVisibility: Event<unknown>;
  readonly onDidDispose: Event<void>;
  /** Data alone. */
  post(message: unknown): void;
  reveal(): void;
}

/** Beside the editor in front, which keeps the focus. */
export function openWebPage(kind: WebPageKind): WebPage {
  const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
  return pageIn(window.createWebviewPanel(kind.id, kind.title, where), kind);
}

/** `restored` gets the pages that VS Code opens again, with what they have kept. */
export function restoreWebPages(
  kind: WebPageKind,
  restored: (page: WebPage, state: unknown) => void,
): Disposable {
  return window.registerWebviewPanelSerializer(kind.id, {
    deserializeWebviewPanel: async (panel, state: unknown) => restored(pageIn(panel, kind), state),
  });
}

function pageIn(panel: WebviewPanel, { script, style }: WebPageKind): WebPage {
  const { webview } = panel;
  webview.options = {
    enableScripts: true,
    localResourceRoots: [script, style].map((file) => Uri.joinPath(file, '..')),
  };
  webview.html = webPageHtml({
    nonce: randomBytes(16).toString('base64'),
    script: webview.asWebviewUri(script).toString(),
    style: webview.asWebviewUri(style).toString(),
    language: env.language,
  });
  return {
    get visible() {
      return panel.visible;
    },
    get column() {
      return panel.viewColumn;
    },
    onDidReceiveMessage: webview.onDidReceiveMessage,
    onDidChangeVisibility: panel.onDidChangeViewState,
    onDidDispose: panel.onDidDispose,
    post: (message) => void webview.postMessage(message),
    reveal: () => panel.reveal(undefined, true),
    dispose: () => panel.dispose(),
  };
}
