import type { EndpointCommand } from '../endpointCommands.ts';
import { enterAdminSecret, forgetAdminSecret } from './adminSecretCommands.ts';
import { applyFile } from './applyFile.ts';
import { applyProject } from './applyProject.ts';
import { applyRelationship } from './applyRelationship.ts';
import { chooseEndpoint } from './chooseEndpoint.ts';
import { DefinitionDiff } from './definitionDiff.ts';
import { deleteRelationship } from './deleteRelationship.ts';
import { InconsistentProblems } from './inconsistentProblems.ts';
import { journalIn } from './journal.ts';
import { pullSnapshots } from './pullSnapshots.ts';
import { reloadMetadata, reloadRemoteSchema } from './reloading.ts';
import { renameRelationship } from './renameRelationship.ts';
import { sendRequest } from './sendRequest.ts';
import { ServerProblems } from './serverProblems.ts';
import type { Services } from './services.ts';
import { showInconsistentMetadata } from './showInconsistentMetadata.ts';
import { ShownTexts } from './shownTexts.ts';
import { SnapshotChanges } from './snapshotChanges.ts';
import { undoLastChange } from './undoLastChange.ts';

/** The entry of the bundle that talks to endpoints: every command with what the commands share. */
export function createCommands(
  services: Services,
): Readonly<Record<EndpointCommand, (argument?: unknown) => Promise<void>>> {
  const { context } = services;
  const texts = new ShownTexts();
  const problems = new ServerProblems();
  const snapshotChanges = new SnapshotChanges();
  const inconsistent = new InconsistentProblems();
  context.subscriptions.push(texts, problems, inconsistent, snapshotChanges);
  const diff = new DefinitionDiff(texts);
  const tools = { texts, problems, inconsistent, diff, journal: journalIn(context), snapshotChanges };
  return {
    applyRelationship: (argument) => applyRelationship(services, tools, argument),
    applyFile: (argument) => applyFile(services, tools, argument),
    applyProject: (argument) => applyProject(services, tools, argument),
    deleteRelationship: (argument) => deleteRelationship(services, tools, argument),
    renameRelationship: (argument) => renameRelationship(services, tools, argument),
    sendRequest: (argument) => sendRequest(services, tools, argument),
    undoLastChange: () => undoLastChange(services, tools),
    chooseEndpoint: () => chooseEndpoint(services),
    enterAdminSecret: () => enterAdminSecret(services),
    forgetAdminSecret: () => forgetAdminSecret(services),
    pullSnapshots: (argument) => pullSnapshots(services, tools, argument),
    reloadMetadata: () => reloadMetadata(services, tools),
    reloadRemoteSchema: (argument) => reloadRemoteSchema(services, tools, argument),
    showInconsistentMetadata: () => showInconsistentMetadata(services, tools),
  };
}
