import { commands, Disposable } from 'vscode';
import type { Lent } from './endpoint/commandContext.ts';
import type { EndpointCode } from './endpoint/main.ts';
import { endpointCommands } from './endpointCommandNames.ts';
import type { Incomplete } from './missingSchemas.ts';

/** What talks to endpoints. Its code is a bundle of its own, loaded when it is first used. */
export class EndpointCommands implements Disposable {
  readonly #lent: Lent;
  readonly #registered: Disposable;
  #loaded: Promise<EndpointCode> | undefined;

  constructor(lent: Lent) {
    this.#lent = lent;
    lent.view.loadBy(() => this.#load());
    this.#registered = Disposable.from(
      ...endpointCommands.map((name) =>
        commands.registerCommand(`remoteRelationships.${name}`, async (argument?: unknown) =>
          (await this.#load()).commands[name](argument),
        ),
      ),
    );
  }

  dispose(): void {
    this.#registered.dispose();
  }

  /** Says what is not known of a project, and mends it. */
  async tellMissing(status: Incomplete): Promise<void> {
    await (await this.#load()).tellMissing(status);
  }

  #load(): Promise<EndpointCode> {
    this.#loaded ??= import('./endpoint/main.ts').then(({ createEndpointCode }) =>
      createEndpointCode(this.#lent),
    );
    return this.#loaded;
  }
}
