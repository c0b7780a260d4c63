import { dirname } from 'node:path';
import { workspace } from 'vscode';
import { removeLeftovers, temporaryFiles } from '../../../common/src/files/atomicWrite.ts';
import type { EndpointCommand } from '../endpointCommands.ts';
import { enterAdminSecret, forgetAdminSecret } from './commands/adminSecretCommands.ts';
import { applyFile } from './commands/applyFile.ts';
import { applyProject } from './commands/applyProject.ts';
import { applyRelationship } from './commands/applyRelationship.ts';
import { chooseEndpoint } from './commands/chooseEndpoint.ts';
import { copyServerDefinition } from './commands/copyServerDefinition.ts';
import { deleteRelationship } from './commands/deleteRelationship.ts';
import { pullSnapshots } from './commands/pullSnapshots.ts';
import { reloadMetadata, reloadRemoteSchema } from './commands/reloading.ts';
import { renameRelationship } from './commands/renameRelationship.ts';
import { sendRequest } from './commands/sendRequest.ts';
import { showInconsistentMetadata } from './commands/showInconsistentMetadata.ts';
import { undoLastChange } from './commands/undoLastChange.ts';
import {
  applyFromView,
  compareDefinitions,
  compareWithServer,
  deleteFromView,
  openLocalDefinition,
  subjectOf,
} from './commands/viewCommands.ts';
import { journalIn } from './connection/journal.ts';
import type { Services } from './services.ts';
import { DefinitionDiff } from './ui/definitionDiff.ts';
import { InconsistentProblems } from './ui/inconsistentProblems.ts';
import { ServerProblems } from './ui/serverProblems.ts';
import { ShownTexts } from './ui/shownTexts.ts';
import { SnapshotChanges } from './ui/snapshotChanges.ts';
import { HasuraTree } from './view/hasuraTree.ts';

/** Removes what windows left in the workspace that ended while they wrote a snapshot. */
async function removeHalfSnapshots(): Promise<void> {
  if (!workspace.isTrusted) return;
  const found = await workspace.findFiles(`**/${temporaryFiles}`, '**/node_modules/**', 100);
  for (const directory of new Set(found.map(({ fsPath }) => dirname(fsPath)))) removeLeftovers(directory);
}

/** The entry of the bundle that talks to endpoints: every command with what the commands share. */
export function createCommands(
  services: Services,
): Readonly<Record<EndpointCommand, (argument?: unknown) => Promise<void>>> {
  const { context } = services;
  const texts = new ShownTexts();
  const tree = new HasuraTree(services);
  const problems = new ServerProblems();
  const snapshotChanges = new SnapshotChanges();
  const inconsistent = new InconsistentProblems();
  context.subscriptions.push(texts, problems, inconsistent, snapshotChanges, tree);
  const diff = new DefinitionDiff(texts);
  const journal = journalIn(context);
  const tools = { texts, problems, inconsistent, diff, journal, snapshotChanges };
  void journal.removeLeftovers();
  void removeHalfSnapshots();
  services.view.fill(tree);
  const nodeOf = (argument: unknown) => subjectOf(argument) ?? services.view.selected?.subject;
  return {
    applyRelationship: (argument) => applyRelationship(services, tools, argument),
    applyFile: (argument) => applyFile(services, tools, argument),
    applyProject: (argument) =>
      applyProject(services, tools, subjectOf(argument)?.project.folder ?? argument),
    deleteRelationship: (argument) => deleteRelationship(services, tools, argument),
    renameRelationship: (argument) => renameRelationship(services, tools, argument),
    sendRequest: (argument) => sendRequest(services, tools, argument),
    undoLastChange: () => undoLastChange(services, tools),
    chooseEndpoint: (argument) => chooseEndpoint(services, subjectOf(argument)),
    enterAdminSecret: (argument) => enterAdminSecret(services, subjectOf(argument)?.project),
    forgetAdminSecret: () => forgetAdminSecret(services),
    pullSnapshots: (argument) => pullSnapshots(services, tools, argument),
    reloadMetadata: () => reloadMetadata(services, tools),
    reloadRemoteSchema: (argument) => {
      const subject = subjectOf(argument);
      return reloadRemoteSchema(services, tools, subject ?? argument, subject?.project);
    },
    showInconsistentMetadata: () => showInconsistentMetadata(services, tools),
    compareWithServer: (argument) => compareWithServer(services, tree, subjectOf(argument)?.project),
    refreshHasuraView: () => tree.refresh(),
    hideSame: () => tree.setHideSame(true),
    showSame: () => tree.setHideSame(false),
    compareDefinitions: (argument) => compareDefinitions(tools.texts, nodeOf(argument)),
    copyServerDefinition: (argument) => copyServerDefinition(services, tools, nodeOf(argument)),
    openLocalDefinition: (argument) => openLocalDefinition(nodeOf(argument)),
    applyFromView: (argument) => applyFromView(services, tools, nodeOf(argument)),
    deleteFromView: (argument) => deleteFromView(services, tools, nodeOf(argument)),
  };
}
