import type { EventEmitter, ExtensionContext } from 'vscode';
import type { Journal } from '../../../common/src/metadataApi/change/journal.ts';
import type { StateResult } from '../../../common/src/metadataApi/plan/serverState.ts';
import type { EndpointChoices } from '../endpointChoices.ts';
import type { HasuraProject } from '../hasuraProject.ts';
import type { HasuraView } from '../hasuraView.ts';
import type { LanguageServerClient } from '../languageServerClient.ts';
import type { Log } from '../ui/log.ts';
import type { ShownTexts } from '../ui/shownTexts.ts';
import type { Endpoint } from './connection/endpoints.ts';
import type { ChangeQuestions } from './ui/changeQuestions.ts';
import type { DefinitionDiff } from './ui/definitionDiff.ts';
import type { InconsistencyReport, InconsistentProblems } from './ui/inconsistentProblems.ts';
import type { ServerProblems } from './ui/serverProblems.ts';
import type { SnapshotChanges } from './ui/snapshotChanges.ts';

/** What every command that talks to an endpoint works with, as long as the window is open. */
export interface CommandContext {
  readonly extension: Pick<
    ExtensionContext,
    'extension' | 'secrets' | 'globalStorageUri' | 'subscriptions' | 'workspaceState'
  >;
  readonly log: Log;
  readonly server: Pick<LanguageServerClient, 'state' | 'onDidChange' | 'ask'>;
  readonly choices: EndpointChoices;
  readonly view: HasuraView;
  /** Fires whenever an endpoint was read, by whichever command. */
  readonly reads: EventEmitter<EndpointRead>;
  /** Fires whenever an endpoint has said what is inconsistent, for whatever purpose it was asked. */
  readonly inconsistencies: EventEmitter<InconsistencyReport>;
  readonly journal: Journal;
  readonly texts: ShownTexts;
  readonly diff: DefinitionDiff;
  readonly questions: ChangeQuestions;
  readonly problems: ServerProblems;
  readonly inconsistent: InconsistentProblems;
  readonly snapshotChanges: SnapshotChanges;
}

/** What is there before: the rest of the extension lends it. */
export type Lent = Pick<CommandContext, 'extension' | 'log' | 'server' | 'choices' | 'view'>;

/** What reading an endpoint came to. */
export interface EndpointRead {
  readonly project: HasuraProject;
  readonly endpoint: Endpoint;
  readonly result: StateResult;
}
