import { commands, window } from 'vscode';
import {
  describeFailure,
  type FailedResult,
  wantsCertificate,
} from '../../../../common/src/metadataApi/http/httpResult.ts';
import { type Remedy, remedyOf, remedySettings } from './remedies.ts';

/** A button of a message and what it does. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

export const showLog: Action = {
  title: 'Show Log',
  run: () => commands.executeCommand('remoteRelationships.showLog'),
};

export const chooseEndpoint: Action = {
  title: 'Choose Endpoint',
  run: () => commands.executeCommand('remoteRelationships.chooseEndpoint'),
};

export const enterAdminSecret: Action = {
  title: 'Enter Admin Secret',
  run: () => commands.executeCommand('remoteRelationships.enterAdminSecret'),
};

const manageTrust: Action = {
  title: 'Manage Workspace Trust',
  run: () => commands.executeCommand('workbench.trust.manage'),
};

const restartServer: Action = {
  title: 'Restart Language Server',
  run: () => commands.executeCommand('remoteRelationships.restartServer'),
};

const show = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
} as const;

/** Says something without waiting for an answer; a button does what it says. */
export function tell(severity: keyof typeof show, message: string, ...actions: readonly Action[]): void {
  void show[severity](message, ...actions.map(({ title }) => title)).then((chosen) =>
    actions.find(({ title }) => title === chosen)?.run(),
  );
}

/** Asks with a dialog; true when its one button was pressed. */
export async function confirm(
  severity: 'information' | 'warning',
  message: string,
  detail: string,
  verb: string,
): Promise<boolean> {
  return (await show[severity](message, { modal: true, detail }, verb)) === verb;
}

export function tellUntrusted(): void {
  tell('warning', 'Nothing is sent from a workspace that is not trusted.', manageTrust);
}

/** Says which consequence it has that the server is down. */
export function tellServerDown(consequence = 'the relationship can’t be read'): void {
  tell('error', `The language server does not run, so ${consequence}.`, restartServer, showLog);
}

/** Says why an endpoint could not be asked, with what mends it. Someone who cancelled knows. */
export function tellFailure(failure: FailedResult, host: string, again: () => unknown): void {
  if (failure.outcome === 'cancelled') return;
  const text = describeFailure(failure, host);
  const whose = failure.outcome === 'refused' && !text.startsWith(host) ? `${host} refused: ` : '';
  const hint = wantsCertificate(failure) ? ` ${certificateHint}` : '';
  tell('error', `${whose}${text}${hint}`, ...mendingActions(failure, again), showLog);
}

/** VS Code hands its own list to every request: what NODE_EXTRA_CA_CERTS names is not in it. */
const certificateHint =
  'Add its certificate to the system’s store of the machine that extensions run on; VS Code takes those when "http.systemCertificates" is on.';

function openSetting(title: string, setting: string): Action {
  return { title, run: () => commands.executeCommand('workbench.action.openSettings', setting) };
}

function mendingActions(failure: FailedResult, again: () => unknown): readonly Action[] {
  const actions: Readonly<Record<Remedy, Action>> = {
    tryAgain: { title: 'Try Again', run: again },
    enterAdminSecret,
    chooseEndpoint,
    proxySettings: openSetting('Proxy Settings', remedySettings.proxySettings),
    certificateSettings: openSetting('Certificate Settings', remedySettings.certificateSettings),
    timeoutSetting: openSetting('Change Timeout', remedySettings.timeoutSetting),
  };
  return remedyOf(failure).map((mending) => actions[mending]);
}
