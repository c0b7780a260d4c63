import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import type { PullPart } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import type { EndpointCommand } from '../../endpointCommandNames.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { type DisplayText, display, inLines } from '../../ui/displayText.ts';
import type { Endpoint } from '../connection/endpoints.ts';
import type { FiledRelationship, ListedRelationship } from './relationshipStates.ts';

/** What a node is about: what the commands on it need. */
export interface Subject {
  readonly project: HasuraProject;
  readonly endpoint?: Endpoint | undefined;
  readonly remoteSchema?: string;
  /** The sources and remote schemas of which nothing is known. */
  readonly missing?: readonly PullPart[];
  readonly relationship?: ListedRelationship;
  /** Written, but not known which one it is. */
  readonly filed?: FiledRelationship;
  /** What the endpoint has, where it has been read. */
  readonly state?: ServerState | undefined;
}

export interface NodeIcon {
  /** Of VS Code's own icons. */
  readonly id: string;
  /** Of VS Code's theme colors. */
  readonly color?: string;
}

/** A command of ours, called with the node; or the search for a setting. */
export type NodeCommand = EndpointCommand | { readonly setting: string };

export interface ViewNode {
  /** The same for the same thing, whatever its state: what is expanded stays so. */
  readonly id: string;
  readonly label: DisplayText;
  readonly description: DisplayText;
  readonly tooltip: DisplayText;
  /** What a screen reader says. */
  readonly spoken: DisplayText;
  readonly icon: NodeIcon;
  /** For the `when` clauses of the manifest's menus. */
  readonly context: string;
  readonly children: readonly ViewNode[];
  readonly expanded: boolean;
  /** What choosing it does. */
  readonly command: NodeCommand | undefined;
  /** What it is about as it was last seen, by `shownNodes`. */
  subject: Subject;
}

export interface NodeParts {
  readonly description?: string;
  /** Its lines. */
  readonly tooltip?: readonly string[];
  /** What it is, in a word, for those who can't see its icon. */
  readonly kind?: string;
  readonly icon: NodeIcon;
  readonly context?: string;
  readonly children?: readonly ViewNode[];
  readonly expanded?: boolean;
  readonly command?: NodeCommand | undefined;
  readonly subject: Subject;
}

export function node(id: string, label: string, parts: NodeParts): ViewNode {
  const { description = '', tooltip = [], kind = '', children = [], expanded = true } = parts;
  const spoken = [kind === '' ? label : `${kind} ${label}`, description, ...tooltip];
  return {
    id,
    label: display(label),
    description: display(description),
    tooltip: inLines(tooltip),
    spoken: display(spoken.filter((part) => part !== '').join(', ')),
    icon: parts.icon,
    context: parts.context ?? '',
    children,
    expanded,
    command: parts.command,
    subject: parts.subject,
  };
}

/**
 * The nodes to show from now on: those that are shown, with what they are about now, where the found ones look the same.
 * VS Code forgets nodes when it is told of others, and a menu that is open on one then leads nowhere.
 */
export function shownNodes(shown: readonly ViewNode[], found: readonly ViewNode[]): readonly ViewNode[] {
  if (looks(shown) !== looks(found)) return found;
  takeSubjects(shown, found);
  return shown;
}

function looks(nodes: readonly ViewNode[]): string {
  return JSON.stringify(nodes, (key, value: unknown) => (key === 'subject' ? undefined : value));
}

function takeSubjects(shown: readonly ViewNode[], found: readonly ViewNode[]): void {
  for (const [index, node] of shown.entries()) {
    const now = found[index];
    if (now === undefined) continue;
    node.subject = now.subject;
    takeSubjects(node.children, now.children);
  }
}
