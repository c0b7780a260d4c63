import type { EndpointCommand } from '../endpointCommands.ts';
import { enterAdminSecret, forgetAdminSecret } from './adminSecretCommands.ts';
import { applyRelationship } from './applyRelationship.ts';
import { chooseEndpoint } from './chooseEndpoint.ts';
import { DefinitionDiff } from './definitionDiff.ts';
import { deleteRelationship } from './deleteRelationship.ts';
import { InconsistentProblems } from './inconsistentProblems.ts';
import { Journal } from './journal.ts';
import { pullSnapshots } from './pullSnapshots.ts';
import { reloadMetadata, reloadRemoteSchema } from './reloading.ts';
import { ServerProblems } from './serverProblems.ts';
import type { Services } from './services.ts';
import { showInconsistentMetadata } from './showInconsistentMetadata.ts';
import { SnapshotChanges } from './snapshotChanges.ts';
import { undoLastChange } from './undoLastChange.ts';

/** The entry of the bundle that talks to endpoints: every command with what the commands share. */
export function createCommands(
  services: Services,
): Readonly<Record<EndpointCommand, (argument?: unknown) => Promise<void>>> {
  const { context } = services;
  const diff = new DefinitionDiff();
  const problems = new ServerProblems();
  const snapshotChanges = new SnapshotChanges();
  const inconsistent = new InconsistentProblems();
  context.subscriptions.push(diff, problems, inconsistent, snapshotChanges);
  const journal = new Journal(`${context.globalStorageUri.fsPath}/journal`);
  const tools = { diff, problems, inconsistent, journal, snapshotChanges };
  return {
    applyRelationship: (argument) => applyRelationship(services, tools, argument),
    deleteRelationship: (argument) => deleteRelationship(services, tools, argument),
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
