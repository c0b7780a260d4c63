import {
  type Command,
  commands,
  Disposable,
  languages,
  ThemeColor,
  ThemeIcon,
  TreeItemCollapsibleState,
  workspace,
} from 'vscode';
import { counted } from '../../../../common/src/counted.ts';
import { readServerState, type StateResult } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { missingParts } from '../../../../common/src/missingSchemas.ts';
import { projectRequest, projectsRequest, statusRequest } from '../../../../common/src/protocol.ts';
import type { PlacedState } from '../../graph/placedState.ts';
import { type HasuraProject, projectOfSummary } from '../../hasuraProject.ts';
import type { ViewContents } from '../../hasuraView.ts';
import { documentSelector } from '../../relevance.ts';
import { display } from '../../ui/displayText.ts';
import type { ShownTreeItem } from '../../ui/tree.ts';
import type { CommandContext } from '../commandContext.ts';
import { chosenEndpoint, lapse } from '../connection/chosenEndpoint.ts';
import { Connection } from '../connection/connection.ts';
import type { Endpoint, EndpointList } from '../connection/endpoints.ts';
import { endpointsOf } from '../connection/project.ts';
import { placedStates } from './relationshipStates.ts';
import { type NodeCommand, shownNodes, type ViewNode } from './viewNode.ts';
import { differencesIn, listOf, type ViewProject, viewTree } from './viewTree.ts';
import { type Welcome, welcomeFor } from './welcome.ts';

/** From the last change of a burst to looking at the files again. */
const debounce = 300;
const hideSameKey = 'hasuraView.hideSame';

/**
 * What the view shows, as far as it is known: the files by the language server, at every change; the chosen endpoints as
 * they were last read. It reads one by itself only when the view is first looked at, or another one is chosen; never with a
 * secret of a variable that the repository names.
 */
export class HasuraTree implements ViewContents, Disposable {
  readonly #context: CommandContext;
  readonly #readings = new Map<string, StateResult>();
  readonly #subscriptions: Disposable;
  #projects: readonly ViewProject[] = [];
  #nodes: readonly ViewNode[] = [];
  #updates = 0;
  #lastUpdate: Promise<void> | undefined;
  #stale = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
    const { server, choices, reads } = context;
    const soon = () => this.#updateSoon();
    const files = workspace.createFileSystemWatcher('**/{.env,*.yaml,*.yml,*.json}');
    const now = () => void this.#lookAndRead();
    this.#subscriptions = Disposable.from(
      server.onDidChange(soon),
      files,
      files.onDidChange(soon),
      files.onDidCreate(soon),
      files.onDidDelete(soon),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && languages.match(documentSelector, document) > 0) soon();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('remoteRelationships')) soon();
      }),
      workspace.onDidGrantWorkspaceTrust(now),
      choices.onDidChange(now),
      reads.event(({ project, endpoint, result }) => {
        this.#readings.set(keyOf(project, endpoint), result);
        void this.update();
      }),
      new Disposable(() => clearTimeout(this.#timer)),
    );
    void this.#setContext('hideSame', this.hideSame);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  get projects(): readonly ViewProject[] {
    return this.#projects;
  }

  async roots(): Promise<readonly ViewNode[]> {
    if (this.#lastUpdate === undefined) void this.#lookAndRead();
    await this.#lastUpdate;
    return this.#nodes;
  }

  item(node: ViewNode): ShownTreeItem {
    const { id, label, description, tooltip, spoken, icon, context, children, expanded, command } = node;
    const state = expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
    return {
      id,
      label,
      description,
      tooltip: tooltip || label,
      accessibilityInformation: { label: spoken, role: 'treeitem' },
      iconPath: new ThemeIcon(icon.id, icon.color === undefined ? undefined : new ThemeColor(icon.color)),
      contextValue: context,
      collapsibleState: children.length === 0 ? TreeItemCollapsibleState.None : state,
      ...(command && { command: { title: label, ...invocation(command, node) } }),
    };
  }

  shown(): void {
    if (this.#stale) void this.#lookAndRead();
  }

  /** Of the files as they are now: the view looks at them only while it can be seen. */
  async states(folder: string): Promise<readonly PlacedState[]> {
    const shown = this.#projects.find(({ project }) => project.folder.toString() === folder);
    if (shown?.reading?.outcome !== 'read') return [];
    const content = await this.#context.server.ask(projectRequest, { uri: folder });
    return placedStates(listOf({ ...shown, content: content ?? undefined }));
  }

  get hideSame(): boolean {
    return this.#context.extension.workspaceState.get(hideSameKey, false);
  }

  async setHideSame(hidden: boolean): Promise<void> {
    await this.#context.extension.workspaceState.update(hideSameKey, hidden);
    await this.#setContext('hideSame', hidden);
    await this.update();
  }

  /** Reads every chosen endpoint again, without a question. */
  async refresh(): Promise<void> {
    await this.update();
    await this.#read(this.#projects);
  }

  /** Looks at the files and the choices again. */
  update(): Promise<void> {
    this.#lastUpdate = this.#update(++this.#updates);
    return this.#lastUpdate;
  }

  async #update(update: number): Promise<void> {
    this.#stale = false;
    const { server, view } = this.#context;
    // A server that stops in between is as good as none.
    const projects = await this.#look().catch(() => []);
    // A later one has overtaken this one; whoever waits for this one is to see that one's.
    if (update !== this.#updates) return this.#lastUpdate;
    this.#projects = projects;
    const circumstances = {
      trusted: workspace.isTrusted,
      languageServer: server.state.kind,
      projects: projects.map((each) => ({
        ...each,
        incomplete: each.status !== undefined && missingParts(each.status).length > 0,
      })),
    };
    const welcome = welcomeFor(circumstances);
    const found = welcome === undefined ? viewTree(projects, { hideSame: this.hideSame }) : [];
    const before = this.#nodes;
    this.#nodes = shownNodes(before, found);
    const isNews = this.#nodes !== before;
    await this.#setContext('view', welcome ?? ('tree' satisfies Welcome | 'tree'));
    if (!isNews) return;
    const value = welcome === undefined ? differencesIn(projects) : 0;
    const tooltip = display`${counted(value, 'difference')} to Hasura`;
    view.changed(value === 0 ? undefined : { value, tooltip });
  }

  async #look(): Promise<readonly ViewProject[]> {
    const { server, choices } = this.#context;
    const summaries = (await server.ask(projectsRequest, null)) ?? [];
    return Promise.all(
      summaries.map(async (summary): Promise<ViewProject> => {
        const project = projectOfSummary(summary);
        const nothing: EndpointList = { endpoints: [], problems: [] };
        const uri = project.folder.toString();
        const [content, status, list] = await Promise.all([
          server.ask(projectRequest, { uri }),
          server.ask(statusRequest, { uri }),
          workspace.isTrusted ? endpointsOf(project) : nothing,
        ]);
        const { endpoints } = list;
        const choice = choices.get(project.folder);
        const chosen = chosenEndpoint(choice, endpoints);
        return {
          project,
          content: content ?? undefined,
          status: status ?? undefined,
          endpoints,
          chosen,
          obstacle: workspace.isTrusted ? (list.obstacle ?? lapse(choice, endpoints)) : undefined,
          reading: chosen && this.#readings.get(keyOf(project, chosen)),
        };
      }),
    );
  }

  async #lookAndRead(): Promise<void> {
    await this.update();
    if (this.#context.view.visible) await this.#read(this.#projects.filter(isReadByItself));
  }

  /** Asks for nothing: what stands in the way is shown. */
  async #read(projects: readonly ViewProject[]): Promise<void> {
    if (!workspace.isTrusted) return;
    const { view, reads } = this.#context;
    await view.busy(() =>
      Promise.all(
        projects.map(async ({ project, chosen }) => {
          if (chosen === undefined) return;
          const { client } = await Connection.open(this.#context, project, chosen);
          reads.fire({ project, endpoint: chosen, result: await readServerState(client) });
        }),
      ),
    );
  }

  #updateSoon(): void {
    if (!this.#context.view.visible) {
      this.#stale = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.update(), debounce);
  }

  #setContext(key: string, value: unknown): Thenable<unknown> {
    return commands.executeCommand('setContext', `remoteRelationships.${key}`, value);
  }
}

function keyOf({ folder }: HasuraProject, { name, url }: Endpoint): string {
  return `${folder.toString()} ${name} ${url}`;
}

function isReadByItself({ reading, chosen }: ViewProject): boolean {
  return reading === undefined && chosen?.foreignVariable === undefined;
}

function invocation(command: NodeCommand, node: ViewNode): Required<Pick<Command, 'command' | 'arguments'>> {
  return typeof command === 'string'
    ? { command: `remoteRelationships.${command}`, arguments: [node] }
    : { command: 'workbench.action.openSettings', arguments: [command.setting] };
}
