import { type Event, type TreeItem, type TreeView, window } from 'vscode';
import type { DisplayText } from './displayText.ts';

export interface ShownTreeItem
  extends Omit<TreeItem, 'label' | 'description' | 'tooltip' | 'accessibilityInformation' | 'command'> {
  label: DisplayText;
  description?: DisplayText;
  tooltip?: DisplayText;
  accessibilityInformation?: { readonly label: DisplayText; readonly role: string };
  command?: { readonly command: string; readonly title: DisplayText; readonly arguments?: unknown[] };
}

export interface ShownBadge {
  readonly value: number;
  readonly tooltip: DisplayText;
}

export interface TreeContents<Node> {
  readonly onDidChangeTreeData: Event<void>;
  getTreeItem(node: Node): ShownTreeItem;
  getChildren(node?: Node): Node[] | Promise<Node[]>;
}

export interface Tree<Node>
  extends Pick<TreeView<Node>, 'visible' | 'selection' | 'onDidChangeVisibility' | 'dispose'> {
  /** The number on the view's icon. */
  setBadge(badge: ShownBadge | undefined): void;
}

/** A tree in the side bar, with a button that closes all nodes. */
export function createTree<Node>(viewId: string, contents: TreeContents<Node>): Tree<Node> {
  const view = window.createTreeView<Node>(viewId, { showCollapseAll: true, treeDataProvider: contents });
  return {
    get visible() {
      return view.visible;
    },
    get selection() {
      return view.selection;
    },
    onDidChangeVisibility: view.onDidChangeVisibility,
    setBadge: (badge) => {
      view.badge = badge;
    },
    dispose: () => view.dispose(),
  };
}

/** Shows in a view that it is at work. */
export function busyView<T>(viewId: string, work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: { viewId } }, work);
}
