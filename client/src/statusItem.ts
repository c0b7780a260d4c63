import {
  Disposable,
  LanguageStatusSeverity,
  type LogOutputChannel,
  languages,
  type TextDocument,
  window,
} from 'vscode';
import { missingParts } from '../../common/src/missingSchemas.ts';
import { type FileStatus, type SchemaStatus, statusRequest } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { documentSelector } from './relevance.ts';
import { display, withIcon } from './ui/displayText.ts';
import { createLanguageStatus, type LanguageStatus } from './ui/status.ts';

/** The language status item (behind `{}` in the status bar), shown for files that hold Hasura metadata. */
export class StatusItem implements Disposable {
  readonly #server: LanguageServerClient;
  readonly #log: LogOutputChannel;
  readonly #subscriptions: Disposable;
  #item: ReturnType<typeof newItem> | undefined;
  #updates = 0;

  constructor(server: LanguageServerClient, log: LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    const update = () => void this.#update();
    this.#subscriptions = Disposable.from(
      window.onDidChangeActiveTextEditor(update),
      server.onDidChange(update),
    );
    update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#item?.dispose();
  }

  async #update(): Promise<void> {
    const update = ++this.#updates;
    const document = window.activeTextEditor?.document;
    const summary =
      document && languages.match(documentSelector, document) && (await this.#summary(document));
    // A later update has overtaken this one while the server was asked.
    if (update !== this.#updates) return;
    if (!summary) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= newItem();
    this.#item.set(summary);
  }

  async #summary(document: TextDocument): Promise<LanguageStatus | undefined> {
    const { state } = this.#server;
    switch (state.kind) {
      case 'notNeeded':
        return undefined;
      case 'starting':
        return {
          text: display`Starting …`,
          detail: display``,
          severity: LanguageStatusSeverity.Information,
          busy: true,
        };
      case 'stopped':
      case 'failed': {
        const detail = display(state.kind === 'failed' ? state.reason : '');
        return { text: display`Not running`, detail, severity: LanguageStatusSeverity.Error, busy: false };
      }
      case 'running':
        try {
          return summarise(await this.#server.ask(statusRequest, { uri: document.uri.toString() }));
        } catch (error) {
          // The server may stop between the question and its answer; the state's change brings the next update.
          this.#log.debug(`No status for ${document.uri.toString(true)}: ${String(error)}`);
          return undefined;
        }
    }
  }
}

function newItem() {
  return createLanguageStatus('remoteRelationships.status', display`Remote Relationships`, documentSelector, {
    command: 'remoteRelationships.showStatus',
    title: display`Details`,
  });
}

function summarise(status: FileStatus | null | undefined): LanguageStatus | undefined {
  if (!status?.recognised) return undefined;
  const schemas = [...status.sources, ...status.remoteSchemas];
  const names = (state: SchemaStatus['state']) =>
    schemas
      .filter((schema) => schema.state === state)
      .map(({ name }) => name)
      .join(', ');
  const [failed, missing] = [names('failed'), names('missing')];
  const details = [
    ...status.problems,
    ...(failed ? [`broken: ${failed}`] : []),
    ...(missing ? [`unknown: ${missing}`] : []),
  ];
  const severity =
    failed || status.problems.length > 0
      ? LanguageStatusSeverity.Error
      : missing
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  const unknown = missingParts(status).length;
  const what = unknown === 0 ? '' : `, ${unknown} of ${schemas.length} schemas unknown`;
  return {
    text: withIcon('references', display(`${status.project?.name ?? 'No Hasura project'}${what}`)),
    detail: display(details.join('; ') || 'everything it refers to is known'),
    severity,
    busy: false,
  };
}
