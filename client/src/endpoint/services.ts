import type { EventEmitter, ExtensionContext, LogOutputChannel } from 'vscode';
import type { StateResult } from '../../../common/src/metadataApi/plan/serverState.ts';
import type { EndpointChoices } from '../endpointChoices.ts';
import type { HasuraProject } from '../hasuraProject.ts';
import type { HasuraView } from '../hasuraView.ts';
import type { LanguageServerClient } from '../languageServerClient.ts';
import type { Endpoint } from './connection/endpoints.ts';

/** What reading an endpoint came to. */
export interface EndpointRead {
  readonly project: HasuraProject;
  readonly endpoint: Endpoint;
  readonly result: StateResult;
}

/** What the rest of the extension lends to the commands that talk to an endpoint. */
export interface Services {
  readonly context: Pick<
    ExtensionContext,
    'secrets' | 'globalStorageUri' | 'subscriptions' | 'workspaceState'
  >;
  readonly log: LogOutputChannel;
  readonly server: Pick<LanguageServerClient, 'state' | 'onDidChange' | 'ask'>;
  readonly choices: EndpointChoices;
  readonly view: HasuraView;
  /** Fires whenever an endpoint was read, by whichever command. */
  readonly reads: EventEmitter<EndpointRead>;
}
