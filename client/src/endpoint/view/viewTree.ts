import { endpointAddress, endpointName } from '../../../../common/src/endpoint/endpointText.ts';
import { localized } from '../../../../common/src/localized.ts';
import { describeFailure } from '../../../../common/src/metadataApi/http/httpResult.ts';
import type { ServerState, StateResult } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { partText } from '../../../../common/src/metadataApi/pull/partText.ts';
import { missingParts, missingText } from '../../../../common/src/missingSchemas.ts';
import type { FileStatus, ProjectContent } from '../../../../common/src/protocol.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { describeEndpoint, type Endpoint } from '../connection/endpoints.ts';
import { type Remedy, remedyOf, remedySettings } from '../ui/remedies.ts';
import { ownerNodes, type ViewOptions } from './ownerNodes.ts';
import { unidentifiedNode } from './relationshipNode.ts';
import {
  differencesSummary,
  isDifferent,
  listRelationships,
  type RelationshipList,
} from './relationshipStates.ts';
import { type NodeCommand, node, type Subject, type ViewNode } from './viewNode.ts';

/** A project as the view knows it. */
export interface ViewProject {
  readonly project: HasuraProject;
  /** What its files say; `undefined`: not known. */
  readonly content: ProjectContent | undefined;
  /** What is known of its sources and remote schemas; `undefined`: not known. */
  readonly status: FileStatus | undefined;
  readonly endpoints: readonly Endpoint[];
  readonly chosen: Endpoint | undefined;
  /** Why nothing is chosen, or can be, in a sentence; `undefined`: nothing was chosen yet. */
  readonly obstacle: string | undefined;
  /** What reading the chosen endpoint came to; `undefined`: it has not been read. */
  readonly reading: StateResult | undefined;
}

/** The nodes of the view: one for each project when there are several. */
export function viewTree(projects: readonly ViewProject[], options: ViewOptions): readonly ViewNode[] {
  const [only, ...others] = projects;
  if (only !== undefined && others.length === 0) return nodesOfProject(only, options);
  return projects.map((each) =>
    node(each.project.folder.toString(), each.project.name, {
      description: each.chosen?.host ?? localized`no endpoint chosen`,
      kind: localized`project`,
      icon: { id: 'root-folder' },
      context: 'project',
      children: nodesOfProject(each, options),
      subject: { project: each.project, endpoint: each.chosen },
    }),
  );
}

/** How many relationships differ, or are not used by their server. */
export function differencesIn(projects: readonly ViewProject[]): number {
  return projects
    .map((each) => listOf(each).relationships.filter(isDifferent).length)
    .reduce((sum, count) => sum + count, 0);
}

/** A project's relationships beside those of its endpoint. */
export function listOf({ content, reading }: ViewProject): RelationshipList {
  return listRelationships(content, stateIn(reading));
}

function stateIn(reading: StateResult | undefined): ServerState | undefined {
  return reading?.outcome === 'read' ? reading.state : undefined;
}

// ---- endpoints -----------------------------------------------------------------------------------------------

function nodesOfProject(each: ViewProject, options: ViewOptions): readonly ViewNode[] {
  const { project, endpoints, chosen, obstacle } = each;
  const id = project.folder.toString();
  const missing = missingNodes(id, each);
  if (chosen === undefined) {
    const label = endpoints.length === 0 ? localized`Name an Endpoint…` : localized`Choose an Endpoint…`;
    const command = endpoints.length === 0 ? 'nameEndpoint' : 'chooseEndpoint';
    const icon = { id: 'plug' };
    const subject: Subject = { project };
    const why = { tooltip: obstacle === undefined ? [] : [obstacle], icon: { id: 'warning' }, subject };
    return [
      ...missing,
      ...(obstacle === undefined ? [] : [node(`${id} obstacle`, obstacle, why)]),
      node(`${id} choose`, label, { icon, command, subject }),
    ];
  }
  const others = endpoints.filter(({ name }) => name !== chosen.name);
  return [
    ...missing,
    chosenEndpointNode(`${id} endpoint ${chosen.name}`, each, chosen, options),
    ...others.map((endpoint) =>
      node(`${id} endpoint ${endpoint.name}`, endpointName(endpoint), {
        description: endpoint.host,
        tooltip: [localized`${endpointAddress(endpoint.url)}, not chosen`, describeEndpoint(endpoint)],
        kind: localized`endpoint`,
        icon: { id: 'debug-disconnect' },
        context: 'endpoint',
        subject: { project, endpoint },
      }),
    ),
  ];
}

/** What is not known of a project, and so not checked; choosing it pulls that. */
function missingNodes(id: string, { project, chosen, status }: ViewProject): readonly ViewNode[] {
  const text = status && missingText(status);
  if (status === undefined || text === undefined) return [];
  const parts = missingParts(status);
  return [
    node(`${id} missing`, localized`Nothing is known of ${text}`, {
      description: localized`pull`,
      tooltip: [
        parts.length === 1
          ? localized`What depends on it is not checked. Select this to pull the schema from an endpoint.`
          : localized`What depends on them is not checked. Select this to pull the schemas from an endpoint.`,
        ...parts.map(partText),
      ],
      icon: { id: 'warning', color: 'list.warningForeground' },
      context: 'missing',
      command: 'pullSnapshots',
      subject: { project, endpoint: chosen, missing: parts },
    }),
  ];
}

function chosenEndpointNode(
  id: string,
  each: ViewProject,
  endpoint: Endpoint,
  options: ViewOptions,
): ViewNode {
  const { project, reading } = each;
  const state = stateIn(reading);
  const list = listOf(each);
  const subject: Subject = { project, endpoint, state };
  const summary = state === undefined ? '' : differencesSummary(list.relationships);
  const version = state === undefined ? '' : localized`, version ${state.version.text}`;
  return node(id, endpointName(endpoint), {
    description: endpoint.host,
    tooltip: [
      localized`${endpointAddress(endpoint.url)}${version}, chosen for ${project.name}`,
      ...(summary ? [summary] : []),
    ],
    kind: localized`endpoint`,
    icon: reading?.outcome === 'failed' ? { id: 'error', color: 'list.errorForeground' } : { id: 'plug' },
    context: 'endpoint:chosen',
    children: [
      ...readingNodes(id, subject, reading),
      // Other nodes once it has been read: what was closed before is opened where there is something to see.
      ...contentNodes(state === undefined ? `${id} unread` : id, each, list, subject, options),
      ...list.unidentified.map((filed, index) =>
        unidentifiedNode(`${id} unidentified ${index}`, filed, subject),
      ),
    ],
    subject,
  });
}

const mendings: Readonly<Record<Remedy, { label: string; icon: string; command: NodeCommand }>> = {
  tryAgain: { label: localized`Try Again`, icon: 'refresh', command: 'refreshHasuraView' },
  enterAdminSecret: { label: localized`Enter Admin Secret…`, icon: 'key', command: 'enterAdminSecret' },
  chooseEndpoint: { label: localized`Choose Another Endpoint…`, icon: 'plug', command: 'chooseEndpoint' },
  proxySettings: settingNode(localized`Proxy Settings…`, 'proxySettings'),
  certificateSettings: settingNode(localized`Certificate Settings…`, 'certificateSettings'),
  timeoutSetting: settingNode(localized`Change Timeout…`, 'timeoutSetting'),
};

function settingNode(label: string, setting: keyof typeof remedySettings) {
  return { label, icon: 'gear', command: { setting: remedySettings[setting] } };
}

/** Why nothing is compared, and what mends it. */
function readingNodes(id: string, subject: Subject, reading: StateResult | undefined): readonly ViewNode[] {
  if (reading?.outcome === 'read') return [];
  if (reading === undefined) {
    const icon = { id: 'git-compare' };
    const label = localized`Compare with Server`;
    return [node(`${id} compare`, label, { icon, command: 'compareWithServer', subject })];
  }
  const reason = describeFailure(reading.failure, subject.endpoint?.host ?? '');
  return [
    node(`${id} failure`, reason, {
      tooltip: [reason],
      icon: { id: 'error', color: 'list.errorForeground' },
      subject,
    }),
    ...remedyOf(reading.failure).map((mending) => {
      const { label, icon, command } = mendings[mending];
      return node(`${id} ${mending}`, label, { icon: { id: icon }, command, subject });
    }),
  ];
}

function contentNodes(
  id: string,
  { content }: ViewProject,
  list: RelationshipList,
  subject: Subject,
  options: ViewOptions,
): readonly ViewNode[] {
  const nodes = ownerNodes(id, content, list, subject, options);
  if (subject.state === undefined || list.unidentified.length > 0 || nodes.length > 0) return nodes;
  const label =
    list.relationships.length === 0
      ? localized`There are no remote relationships`
      : localized`Nothing differs`;
  return [node(`${id} nothing`, label, { icon: { id: 'check' }, subject })];
}
