import { runPlaced } from './commands/bulk.ts';
import type { Command } from './commands/command.ts';
import type { State } from './consistency/state.ts';
import { buildState, type FactsContext, noFacts } from './facts.ts';
import type { Json } from './json.ts';
import { emptyMetadata, type Metadata } from './metadata/metadata.ts';
import { Refusal } from './refusal.ts';
import { releaseOf } from './settings.ts';

/** Called with everything that is to be kept, before a change counts. */
export type Keep = (metadata: Metadata, resourceVersion: number) => Promise<void>;

/** Runs commands one after the other on the metadata; a change counts only when its whole request succeeded. */
export class Engine {
  readonly #context: FactsContext;
  readonly #keep: Keep;
  #state: State;
  #version: number;
  /** All requests wait for the one before. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(context: FactsContext, keep: Keep, state: State, version: number) {
    this.#context = context;
    this.#keep = keep;
    this.#state = state;
    this.#version = version;
  }

  static async start(
    context: FactsContext,
    {
      metadata = emptyMetadata,
      resourceVersion = 1,
      keep = async () => {},
    }: {
      metadata?: Metadata;
      resourceVersion?: number;
      keep?: Keep;
    } = {},
  ): Promise<Engine> {
    const state = await buildState(metadata, noFacts, context);
    return new Engine(context, keep, state, resourceVersion);
  }

  get metadata(): Metadata {
    return this.#state.metadata;
  }

  get resourceVersion(): number {
    return this.#version;
  }

  get isConsistent(): boolean {
    return this.#state.cache.inconsistencies.length === 0;
  }

  /** Carries a command out; `expected` is the request's `resource_version`. */
  run(command: Command, expected: number | undefined): Promise<Json> {
    const running = this.#last.then(() => this.#runNow(command, expected));
    this.#last = running.catch(() => {});
    return running;
  }

  async #runNow(command: Command, expected: number | undefined): Promise<Json> {
    const { settings } = this.#context;
    const context = { ...this.#context, release: releaseOf(settings), resourceVersion: this.#version };
    const { answer, state } = await runPlaced(command, this.#state, context);
    if (!command.modifies) {
      this.#state = state ?? this.#state;
      return answer;
    }
    // Only now: what the command itself is refused for comes first (spec 6.1).
    this.#refuseWrites();
    // Compared only now: a refusal for any other reason hides a conflict (spec 6.3).
    if (expected !== undefined && expected !== this.#version) {
      const text = `metadata resource version referenced (${expected}) did not match current version`;
      throw new Refusal('conflict', text, { status: 409, path: '$' });
    }
    const next = state ?? this.#state;
    await this.#keep(next.metadata, this.#version + 1);
    this.#state = next;
    this.#version += 1;
    return answer;
  }

  #refuseWrites(): void {
    const { mode } = this.#context.settings;
    if (mode === 'read-only') {
      throw new Refusal('not-supported', 'metadata cannot be modified in read-only mode', { path: '$' });
    }
    if (mode === 'maintenance') {
      const text = 'metadata cannot be modified in maintenance mode';
      throw new Refusal('unexpected', text, { status: 500, path: '$' });
    }
  }
}
