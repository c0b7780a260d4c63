import { type Disposable, EventEmitter, type Memento, type Uri } from 'vscode';
import { type EndpointChoice, readChoice } from './endpointChoice.ts';

/** Which endpoint was chosen for which project of this workspace. Nothing is sent for a project without one. */
export class EndpointChoices implements Disposable {
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(state: Memento) {
    this.#state = state;
  }

  get(project: Uri): EndpointChoice | undefined {
    return readChoice(this.#state.get<unknown>(keyOf(project)));
  }

  /** Whether one was chosen for any project. */
  get any(): boolean {
    return this.#state
      .keys()
      .some((key) => key.startsWith(keyStart) && readChoice(this.#state.get<unknown>(key)) !== undefined);
  }

  async set(project: Uri, choice: EndpointChoice): Promise<void> {
    await this.#state.update(keyOf(project), choice);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const keyStart = 'endpoint ';

function keyOf(project: Uri): string {
  return `${keyStart}${project.toString()}`;
}
