import { commands, Disposable } from 'vscode';
import type { Services } from './endpoint/services.ts';

/** Every command that talks to an endpoint. Their code is a bundle of its own, loaded by the first that is used. */
export const endpointCommands = [
  'applyRelationship',
  'applyFile',
  'applyProject',
  'deleteRelationship',
  'renameRelationship',
  'sendRequest',
  'undoLastChange',
  'chooseEndpoint',
  'enterAdminSecret',
  'forgetAdminSecret',
  'reloadMetadata',
  'reloadRemoteSchema',
  'showInconsistentMetadata',
  'pullSnapshots',
  'compareWithServer',
  'refreshHasuraView',
  'hideSame',
  'showSame',
  'compareDefinitions',
  'copyServerDefinition',
  'openLocalDefinition',
  'applyFromView',
  'deleteFromView',
] as const;

export type EndpointCommand = (typeof endpointCommands)[number];

export function registerEndpointCommands(services: Services): Disposable {
  let loaded: Promise<Readonly<Record<EndpointCommand, (argument?: unknown) => Promise<void>>>> | undefined;
  const load = () => {
    loaded ??= import('./endpoint/main.ts').then(({ createCommands }) => createCommands(services));
    return loaded;
  };
  services.view.loadBy(load);
  return Disposable.from(
    ...endpointCommands.map((name) =>
      commands.registerCommand(`remoteRelationships.${name}`, async (argument?: unknown) =>
        (await load())[name](argument),
      ),
    ),
  );
}
