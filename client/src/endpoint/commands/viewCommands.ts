import { commands, Uri } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import { ownerText } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { shownDefinition } from '../../../../common/src/metadataApi/plan/applyPlan.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { ShownTexts } from '../../ui/shownTexts.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { type Located, openDefinition } from '../connection/located.ts';
import { showComparison } from '../ui/comparison.ts';
import { languageOfFile } from '../ui/definitionDiff.ts';
import { tellServerDown } from '../ui/messages.ts';
import type { HasuraTree } from '../view/hasuraTree.ts';
import { comparisonText, isDifferent } from '../view/relationshipStates.ts';
import type { Subject, ViewNode } from '../view/viewNode.ts';
import { listOf } from '../view/viewTree.ts';
import { applyRelationship } from './applyRelationship.ts';
import { deleteFromServer, deleteRelationship } from './deleteRelationship.ts';

/** What a command that was called on a node of the view is about; `undefined` when it was called elsewhere. */
export function subjectOf(argument: unknown): Subject | undefined {
  const isNode = typeof argument === 'object' && argument !== null && 'subject' in argument;
  return isNode ? (argument as ViewNode).subject : undefined;
}

/** The command: the files of a project beside its endpoint, in the view, and in a sentence. */
export async function compareWithServer(
  context: CommandContext,
  tree: HasuraTree,
  project: HasuraProject | undefined,
): Promise<void> {
  if (context.server.state.kind !== 'running') {
    tellServerDown(localized`nothing can be compared`);
    return;
  }
  const connection = await connect(context, project);
  if (connection === undefined) return;
  const state = await connection.readState(() => compareWithServer(context, tree, project));
  if (state === undefined) return;
  await context.view.reveal();
  await tree.update();
  const folder = connection.project.folder.toString();
  const compared = tree.projects.find((each) => each.project.folder.toString() === folder);
  if (compared === undefined) {
    tell('warning', display`${connection.project.name} has no metadata files to compare.`);
    return;
  }
  const list = listOf(compared);
  const severity = list.relationships.some(isDifferent) ? 'warning' : 'information';
  tell(severity, display(comparisonText(list, connection.project.name, connection.host)));
}

/** The command: both definitions side by side. */
export async function compareDefinitions(texts: ShownTexts, subject: Subject | undefined): Promise<void> {
  const { relationship, state, endpoint } = subject ?? {};
  if (relationship === undefined || state === undefined || endpoint === undefined) {
    tellNoNode();
    return;
  }
  const { identity, server, local } = relationship;
  const there = server && shownDefinition(server.definition, state);
  const here = local && shownDefinition(local.payload.definition, state);
  const owner = ownerText(identity, state.document.kindOf);
  const language = local === undefined ? 'yaml' : languageOfFile(Uri.parse(local.uri).path);
  await showComparison(texts, endpoint.host, { name: identity.name, owner, there, here, language });
}

/** The command: the definition in its file. */
export async function openLocalDefinition(subject: Subject | undefined): Promise<void> {
  const located = locatedIn(subject);
  if (located === undefined) tellNoNode();
  else await openDefinition(located);
}

/** The command: the roles of the file it is written in. */
export async function showRolesFromView(subject: Subject | undefined): Promise<void> {
  const located = locatedIn(subject);
  if (located === undefined) tellNoNode();
  else await commands.executeCommand('remoteRelationships.showRoles', lensArgument(located));
}

/** The command: what applying does above a relationship. */
export async function applyFromView(context: CommandContext, subject: Subject | undefined): Promise<void> {
  const located = locatedIn(subject);
  if (located === undefined) tellNoNode();
  else await applyRelationship(context, lensArgument(located));
}

/** The command: what deleting does above a relationship, also for one that is written in no file. */
export async function deleteFromView(context: CommandContext, subject: Subject | undefined): Promise<void> {
  const located = locatedIn(subject);
  if (located !== undefined) await deleteRelationship(context, lensArgument(located));
  else if (subject?.relationship === undefined) tellNoNode();
  else await deleteFromServer(context, subject.project, subject.relationship.identity);
}

function locatedIn(subject: Subject | undefined): Located | undefined {
  const filed = subject?.filed ?? subject?.relationship?.local;
  return filed && { uri: Uri.parse(filed.uri), payload: filed.payload };
}

function lensArgument({ uri, payload }: Located): object {
  return { uri: uri.toString(), position: payload.range.start };
}

export function tellNoNode(): void {
  tell('information', display`Choose a relationship in the Hasura view first.`);
}
