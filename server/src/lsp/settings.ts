import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { settingsSection } from '../../../common/src/protocol.ts';
import type { LensParts } from '../features/navigation/lenses.ts';

/** Which code lenses the editor's settings want: all, unless they say otherwise. */
export function lensPartsOf(settings: unknown): LensParts {
  const { codeLens, codeLensTargets, codeLensReferences } = (settings ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    targets: codeLensTargets !== false,
    references: codeLensReferences !== false,
    actions: codeLens !== false,
  };
}

/** Whether the editor's settings want types shown in the lines: not unless they say so. */
export function wantsInlayHints(settings: unknown): boolean {
  const { inlayHints } = (settings ?? {}) as Readonly<Record<string, unknown>>;
  return inlayHints === true;
}

/** The editor's settings by scope. What is kept is the promise: whoever asks at the same time shares one request. */
export class Settings {
  readonly #connection: Connection;
  readonly #canPull: boolean;
  readonly #byScope = new Map<string, Promise<unknown>>();
  /** What the client sent along, for clients that can't be asked. */
  #pushed: unknown;

  constructor(connection: Connection, canPull: boolean) {
    this.#connection = connection;
    this.#canPull = canPull;
  }

  /** Value of our section for a folder's URI; `undefined`: outside of every folder. */
  get(scopeUri: string | undefined): Promise<unknown> {
    if (!this.#canPull) return Promise.resolve(this.#pushed);
    const key = scopeUri ?? '';
    const known = this.#byScope.get(key);
    if (known !== undefined) return known;
    const asked = this.#connection.workspace
      .getConfiguration(
        scopeUri === undefined ? { section: settingsSection } : { scopeUri, section: settingsSection },
      )
      .catch((error: unknown) => {
        this.#byScope.delete(key);
        this.#connection.console.warn(`The settings cannot be read: ${String(error)}`);
        return undefined;
      });
    this.#byScope.set(key, asked);
    return asked;
  }

  /** Asks the client to tell of changes. */
  async watch(): Promise<void> {
    await this.#connection.client.register(DidChangeConfigurationNotification.type, {
      section: settingsSection,
    });
  }

  /** `settings`: what `workspace/didChangeConfiguration` brought. */
  changed(settings: unknown): void {
    this.#byScope.clear();
    if (typeof settings === 'object' && settings !== null && settingsSection in settings) {
      this.#pushed = settings[settingsSection];
    }
  }
}
