import { commands, Disposable, type Event, EventEmitter } from 'vscode';
import type { ViewNode } from './endpoint/view/viewNode.ts';
import type { PlacedState } from './graph/placedState.ts';
import { busyView, createTree, type ShownBadge, type ShownTreeItem, type Tree } from './ui/tree.ts';

/** What the view shows. */
export interface ViewContents {
  roots(): Promise<readonly ViewNode[]>;
  item(node: ViewNode): ShownTreeItem;
  /** It can be seen again. */
  shown(): void;
  /** How relationships of a project's files are to those of its endpoint, as it was last read; `folder`: the project's, as a URI. */
  states(folder: string): Promise<readonly PlacedState[]>;
}

const id = 'remoteRelationships.relationships';

/** The Hasura view. What it shows comes with the code that talks to endpoints, loaded when it is first looked at. */
export class HasuraView implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #tree: Tree<ViewNode>;
  readonly #subscriptions: Disposable;
  #load: () => Promise<unknown> = () => Promise.resolve();
  #contents: ViewContents | undefined;

  constructor() {
    this.#tree = createTree<ViewNode>(id, {
      onDidChangeTreeData: this.#changed.event,
      getTreeItem: (node) => this.#contents?.item(node) ?? { label: node.label },
      getChildren: (node) => (node === undefined ? this.#roots() : [...node.children]),
    });
    this.#subscriptions = Disposable.from(
      this.#tree,
      this.#changed,
      this.#tree.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#contents?.shown();
      }),
    );
  }

  /** `load` is called when the view is first looked at; `fill` is to follow. */
  loadBy(load: () => Promise<unknown>): void {
    this.#load = load;
  }

  fill(contents: ViewContents): void {
    this.#contents = contents;
  }

  /** What it shows has changed. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** See `ViewContents`; nothing as long as nothing that talks to endpoints was used. */
  async states(folder: string): Promise<readonly PlacedState[]> {
    return (await this.#contents?.states(folder)) ?? [];
  }

  get visible(): boolean {
    return this.#tree.visible;
  }

  get selected(): ViewNode | undefined {
    return this.#tree.selection[0];
  }

  /** The contents have changed. */
  changed(badge: ShownBadge | undefined): void {
    this.#tree.setBadge(badge);
    this.#changed.fire();
  }

  /** Brings it to the front, with the focus. */
  async reveal(): Promise<void> {
    await commands.executeCommand(`${id}.focus`);
  }

  /** Shows that it is at work. */
  busy<T>(work: () => Promise<T>): Thenable<T> {
    return busyView(id, work);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #roots(): Promise<ViewNode[]> {
    if (this.#contents === undefined) await this.#load();
    return [...((await this.#contents?.roots()) ?? [])];
  }
}
