import '../ui/translation.ts';

import { dirname } from 'node:path';
import { EventEmitter, workspace } from 'vscode';
import { removeLeftovers, temporaryFiles } from '../../../common/src/files/atomicWrite.ts';
import { journalIn } from '../../../common/src/metadataApi/change/journal.ts';
import type { EndpointCommand } from '../endpointCommandNames.ts';
import type { Incomplete } from '../missingSchemas.ts';
import { keepVersion } from '../seenVersions.ts';
import { ShownTexts } from '../ui/shownTexts.ts';
import type { CommandContext, EndpointRead, Lent } from './commandContext.ts';
import { addRelationship } from './commands/addRelationship.ts';
import { enterAdminSecret, forgetAdminSecret } from './commands/adminSecretCommands.ts';
import { applyFile } from './commands/applyFile.ts';
import { applyProject } from './commands/applyProject.ts';
import { applyRelationship } from './commands/applyRelationship.ts';
import { addEndpoint, chooseEndpoint } from './commands/chooseEndpoint.ts';
import { copyRequest } from './commands/copyRequest.ts';
import { copyServerDefinition } from './commands/copyServerDefinition.ts';
import { deleteRelationship } from './commands/deleteRelationship.ts';
import { pullSnapshots } from './commands/pullSnapshots.ts';
import { reloadMetadata, reloadRemoteSchema } from './commands/reloading.ts';
import { renameRelationship } from './commands/renameRelationship.ts';
import { reportProblem } from './commands/reportProblem.ts';
import { rewriteProject } from './commands/rewriteProject.ts';
import { sendRequest } from './commands/sendRequest.ts';
import { showInconsistentMetadata } from './commands/showInconsistentMetadata.ts';
import { tellMissing } from './commands/tellMissing.ts';
import { undoLastChange } from './commands/undoLastChange.ts';
import {
  applyFromView,
  compareDefinitions,
  compareWithServer,
  deleteFromView,
  openLocalDefinition,
  showRolesFromView,
  subjectOf,
} from './commands/viewCommands.ts';
import { ChangeQuestions } from './ui/changeQuestions.ts';
import { DefinitionDiff } from './ui/definitionDiff.ts';
import { type InconsistencyReport, InconsistentProblems } from './ui/inconsistentProblems.ts';
import { ServerProblems } from './ui/serverProblems.ts';
import { SnapshotChanges } from './ui/snapshotChanges.ts';
import { HasuraTree } from './view/hasuraTree.ts';

/** Removes what windows left in the workspace that ended while they wrote a snapshot. */
async function removeHalfSnapshots(): Promise<void> {
  if (!workspace.isTrusted) return;
  const found = await workspace.findFiles(`**/${temporaryFiles}`, '**/node_modules/**', 100);
  for (const directory of new Set(found.map(({ fsPath }) => dirname(fsPath)))) removeLeftovers(directory);
}

/** What the bundle has. */
export interface EndpointCode {
  readonly commands: Readonly<Record<EndpointCommand, (argument?: unknown) => Promise<void>>>;
  /** Says what is not known of a project, and mends it. */
  tellMissing(status: Incomplete): Promise<void>;
}

/** The entry of the bundle that talks to endpoints: every command with what the commands share. */
export function createEndpointCode(lent: Lent): EndpointCode {
  const { extension, view } = lent;
  const reads = new EventEmitter<EndpointRead>();
  const inconsistencies = new EventEmitter<InconsistencyReport>();
  const texts = new ShownTexts('hasura');
  const problems = new ServerProblems();
  const snapshotChanges = new SnapshotChanges(texts);
  const inconsistent = new InconsistentProblems(inconsistencies.event);
  const diff = new DefinitionDiff(texts);
  const questions = new ChangeQuestions(diff);
  const journal = journalIn(extension.globalStorageUri.fsPath);
  const context: CommandContext = {
    ...lent,
    ...{ reads, inconsistencies, journal, texts, diff, questions, problems, inconsistent, snapshotChanges },
  };
  const tree = new HasuraTree(context);
  reads.event(({ project, result }) => {
    if (result.outcome !== 'read') return;
    void keepVersion(extension.workspaceState, project.folder, result.state.version.text);
  });
  extension.subscriptions.push(...[reads, inconsistencies, texts, problems, inconsistent, tree]);
  void journal.removeLeftovers();
  void removeHalfSnapshots();
  view.fill(tree);
  const nodeOf = (argument: unknown) => subjectOf(argument) ?? view.selected?.subject;
  const commands: EndpointCode['commands'] = {
    applyRelationship: (argument) => applyRelationship(context, argument),
    applyFile: (argument) => applyFile(context, argument),
    applyProject: (argument) => applyProject(context, subjectOf(argument)?.project.folder ?? argument),
    deleteRelationship: (argument) => deleteRelationship(context, argument),
    renameRelationship: (argument) => renameRelationship(context, argument),
    sendRequest: (argument) => sendRequest(context, argument),
    undoLastChange: () => undoLastChange(context),
    applyShownChange: async () => questions.answer(true),
    discardShownChange: async () => questions.answer(false),
    chooseEndpoint: (argument) => chooseEndpoint(context, subjectOf(argument)),
    nameEndpoint: (argument) => addEndpoint(context, subjectOf(argument)?.project),
    enterAdminSecret: (argument) => enterAdminSecret(context, subjectOf(argument)?.project),
    forgetAdminSecret: () => forgetAdminSecret(context),
    pullSnapshots: (argument) => {
      const { project, missing } = subjectOf(argument) ?? {};
      const parts = project && missing && { uri: project.folder.toString(), parts: missing };
      return pullSnapshots(context, parts ?? argument);
    },
    reloadMetadata: () => reloadMetadata(context),
    reloadRemoteSchema: (argument) => {
      const subject = subjectOf(argument);
      return reloadRemoteSchema(context, subject ?? argument, subject?.project);
    },
    showInconsistentMetadata: () => showInconsistentMetadata(context),
    compareWithServer: (argument) => compareWithServer(context, tree, subjectOf(argument)?.project),
    refreshHasuraView: () => tree.refresh(),
    hideSame: () => tree.setHideSame(true),
    showSame: () => tree.setHideSame(false),
    compareDefinitions: (argument) => compareDefinitions(texts, nodeOf(argument)),
    copyServerDefinition: (argument) => copyServerDefinition(context, nodeOf(argument)),
    openLocalDefinition: (argument) => openLocalDefinition(nodeOf(argument)),
    showRolesFromView: (argument) => showRolesFromView(nodeOf(argument)),
    applyFromView: (argument) => applyFromView(context, nodeOf(argument)),
    reportProblem: () => reportProblem(context),
    addRelationship: (argument) => addRelationship(context, argument),
    copyAsRequest: () => copyRequest(context, 'json'),
    copyAsCurl: () => copyRequest(context, 'curl'),
    writeProjectUnified: () => rewriteProject(context, 'unified'),
    writeProjectLegacy: () => rewriteProject(context, 'legacy'),
    deleteFromView: (argument) => deleteFromView(context, nodeOf(argument)),
  };
  return { commands, tellMissing: (status) => tellMissing(context, status) };
}
