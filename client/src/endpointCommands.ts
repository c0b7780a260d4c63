import { commands, Disposable } from 'vscode';
import type { Lent } from './endpoint/commandContext.ts';
import { type EndpointCommand, endpointCommands } from './endpointCommandNames.ts';

/** Their code is a bundle of its own, loaded by the first that is used. */
export function registerEndpointCommands(lent: Lent): Disposable {
  let loaded: Promise<Readonly<Record<EndpointCommand, (argument?: unknown) => Promise<void>>>> | undefined;
  const load = () => {
    loaded ??= import('./endpoint/main.ts').then(({ createCommands }) => createCommands(lent));
    return loaded;
  };
  lent.view.loadBy(load);
  return Disposable.from(
    ...endpointCommands.map((name) =>
      commands.registerCommand(`remoteRelationships.${name}`, async (argument?: unknown) =>
        (await load())[name](argument),
      ),
    ),
  );
}
