import { commands, Disposable } from 'vscode';
import { endpointAddress, endpointName } from '../../common/src/endpoint/endpointText.ts';
import { localized } from '../../common/src/localized.ts';
import type { ActiveFile } from './activeFile.ts';
import type { EndpointChoices } from './endpointChoices.ts';
import { projectOfFile } from './hasuraProject.ts';
import { display, withIcon } from './ui/displayText.ts';
import { createStatusBarItem } from './ui/status.ts';

/** The chosen endpoint in the status bar, while a file of Hasura's is in front; also sets the context key of what concerns that file. */
export class EndpointStatus implements Disposable {
  readonly #active: ActiveFile;
  readonly #choices: EndpointChoices;
  readonly #item = createStatusBarItem(
    'remoteRelationships.endpoint',
    display`Hasura Endpoint`,
    'remoteRelationships.chooseEndpoint',
    50,
  );
  readonly #subscriptions: Disposable;

  constructor(active: ActiveFile, choices: EndpointChoices) {
    this.#active = active;
    this.#choices = choices;
    const update = () => this.#update();
    this.#subscriptions = Disposable.from(
      this.#item,
      active.onDidChange(update),
      choices.onDidChange(update),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** While a server starts there is always a later answer: what is known is shown meanwhile. */
  #update(): void {
    const { now } = this.#active;
    if (now === undefined) return;
    const { document, status } = now;
    const recognised = status?.recognised === true;
    void commands.executeCommand('setContext', 'remoteRelationships.recognised', recognised);
    if (document === undefined || !recognised) {
      this.#item.hide();
      return;
    }
    const project = projectOfFile(document.uri, status);
    const choice = project && this.#choices.get(project.folder);
    this.#item.show(
      withIcon('plug', display(choice ? endpointName(choice) : localized`No Hasura endpoint`)),
      choice
        ? display`Relationships of ${project.name} are applied to ${endpointAddress(choice.url)}. Click to choose another.`
        : display`Choose the Hasura endpoint to apply relationships to. Nothing is sent until you do.`,
    );
  }
}
