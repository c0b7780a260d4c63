import { commands, Disposable, window } from 'vscode';
import { endpointAddress, endpointName } from '../../common/src/endpoint/endpointText.ts';
import { statusRequest } from '../../common/src/protocol.ts';
import type { EndpointChoices } from './endpointChoices.ts';
import { projectOfFile } from './hasuraProject.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { display, withIcon } from './ui/displayText.ts';
import { createStatusBarItem } from './ui/status.ts';

/** The chosen endpoint in the status bar, while a file of Hasura's is in front; also sets the context key of what concerns that file. */
export class EndpointStatus implements Disposable {
  readonly #server: LanguageServerClient;
  readonly #choices: EndpointChoices;
  readonly #item = createStatusBarItem(
    'remoteRelationships.endpoint',
    display`Hasura Endpoint`,
    'remoteRelationships.chooseEndpoint',
    50,
  );
  readonly #subscriptions: Disposable;
  #updates = 0;
  /** The last of them that was shown. */
  #shown = 0;

  constructor(server: LanguageServerClient, choices: EndpointChoices) {
    this.#server = server;
    this.#choices = choices;
    const update = () => void this.#update();
    this.#subscriptions = Disposable.from(
      this.#item,
      window.onDidChangeActiveTextEditor(update),
      server.onDidChange(update),
      choices.onDidChange(update),
    );
    update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #update(): Promise<void> {
    const update = ++this.#updates;
    const uri = window.activeTextEditor?.document.uri;
    // A server that stops in between is as good as none.
    const status =
      uri && (await this.#server.ask(statusRequest, { uri: uri.toString() }).catch(() => undefined));
    // While a server starts there is always a later one: what is known is shown meanwhile.
    const isInFront = uri?.toString() === window.activeTextEditor?.document.uri.toString();
    if (update < this.#shown || !isInFront) return;
    this.#shown = update;
    const recognised = status?.recognised === true;
    void commands.executeCommand('setContext', 'remoteRelationships.recognised', recognised);
    if (!uri || !recognised) {
      this.#item.hide();
      return;
    }
    const project = projectOfFile(uri, status);
    const choice = project && this.#choices.get(project.folder);
    this.#item.show(
      withIcon('plug', display(choice ? endpointName(choice) : 'No Hasura endpoint')),
      choice
        ? display`${endpointAddress(choice.url)}: where relationships of ${project.name} are applied. Choose another.`
        : display`Choose the Hasura endpoint to apply relationships to. Nothing is sent before.`,
    );
  }
}
