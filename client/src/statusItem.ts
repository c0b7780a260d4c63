import { type Disposable, LanguageStatusSeverity, languages } from 'vscode';
import { localized } from '../../common/src/localized.ts';
import { missingParts } from '../../common/src/missingSchemas.ts';
import type { FileStatus, SchemaStatus } from '../../common/src/protocol.ts';
import type { ActiveFile, ActiveFileStatus } from './activeFile.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { documentSelector } from './relevance.ts';
import { display, withIcon } from './ui/displayText.ts';
import { createLanguageStatus, type LanguageStatus } from './ui/status.ts';

/** The language status item (behind `{}` in the status bar), shown for files that hold Hasura metadata. */
export class StatusItem implements Disposable {
  readonly #server: LanguageServerClient;
  readonly #subscription: Disposable;
  #item: ReturnType<typeof newItem> | undefined;

  constructor(server: LanguageServerClient, active: ActiveFile) {
    this.#server = server;
    this.#subscription = active.onDidChange((now) => now.isLast && this.#update(now));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item?.dispose();
  }

  #update({ document, status }: ActiveFileStatus): void {
    const summary = document && languages.match(documentSelector, document) && this.#summary(status);
    if (!summary) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= newItem();
    this.#item.set(summary);
  }

  #summary(status: FileStatus | undefined): LanguageStatus | undefined {
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
        return summarise(status);
    }
  }
}

function newItem() {
  return createLanguageStatus('remoteRelationships.status', display`Remote Relationships`, documentSelector, {
    command: 'remoteRelationships.showStatus',
    title: display`Details`,
  });
}

function summarise(status: FileStatus | undefined): LanguageStatus | undefined {
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
    ...(failed ? [localized`broken: ${failed}`] : []),
    ...(missing ? [localized`unknown: ${missing}`] : []),
  ];
  const severity =
    failed || status.problems.length > 0
      ? LanguageStatusSeverity.Error
      : missing
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  const unknown = missingParts(status).length;
  const project = status.project?.name ?? localized`No Hasura project`;
  return {
    text: withIcon(
      'references',
      unknown === 0 ? display(project) : display`${project}, ${unknown} of ${schemas.length} schemas unknown`,
    ),
    detail: display(details.join('; ') || localized`everything it refers to is known`),
    severity,
    busy: false,
  };
}
