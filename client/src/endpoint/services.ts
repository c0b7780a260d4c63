import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { EndpointChoices } from '../endpointChoices.ts';
import type { LanguageServer } from '../languageServer.ts';

/** What the rest of the extension lends to the commands that talk to an endpoint. */
export interface Services {
  readonly context: Pick<ExtensionContext, 'secrets' | 'globalStorageUri' | 'subscriptions'>;
  readonly log: LogOutputChannel;
  readonly server: Pick<
    LanguageServer,
    | 'state'
    | 'fileStatus'
    | 'relationships'
    | 'requests'
    | 'project'
    | 'places'
    | 'rangeOfKeys'
    | 'newName'
    | 'snapshotTargets'
  >;
  readonly choices: EndpointChoices;
}
