import { commands, env, Uri, window } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import {
  describeFailure,
  type FailedResult,
  wantsCertificate,
} from '../../../../common/src/metadataApi/http/httpResult.ts';
import type { Told } from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { type DisplayText, display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { loopbackHint } from '../connection/remoteMachine.ts';
import { type Remedy, remedyOf, remedySettings } from './remedies.ts';

export const showLog: Action = {
  title: display`Show Log`,
  run: () => commands.executeCommand('remoteRelationships.showLog'),
};

export const chooseEndpoint: Action = {
  title: display`Choose Endpoint`,
  run: () => commands.executeCommand('remoteRelationships.chooseEndpoint'),
};

export const enterAdminSecret: Action = {
  title: display`Enter Admin Secret`,
  run: () => commands.executeCommand('remoteRelationships.enterAdminSecret'),
};

export const manageTrust: Action = {
  title: display`Manage Workspace Trust`,
  run: () => commands.executeCommand('workbench.trust.manage'),
};

const restartServer: Action = {
  title: display`Restart Language Server`,
  run: () => commands.executeCommand('remoteRelationships.restartServer'),
};

export function tellUntrusted(): void {
  tell('warning', display`Nothing is sent from an untrusted workspace.`, manageTrust);
}

/** Says why nothing is sent from a project: its `config.yaml` can't be read. */
export function tellObstacle(obstacle: string, { folder }: HasuraProject): void {
  const file = Uri.joinPath(folder, 'config.yaml');
  tell('error', display(obstacle), {
    title: display`Open config.yaml`,
    run: () => window.showTextDocument(file),
  });
}

/** Says which consequence it has that the server is down. */
export function tellServerDown(consequence = localized`the relationship can’t be read`): void {
  tell('error', display`The language server is not running, so ${consequence}.`, restartServer, showLog);
}

/** Says why an endpoint could not be asked, with what mends it. Someone who cancelled knows. */
export function tellFailure(
  failure: FailedResult,
  host: string,
  again: () => unknown,
  instead?: Action,
): void {
  if (failure.outcome === 'cancelled') return;
  const text = describeFailure(failure, host);
  const whose = failure.outcome === 'refused' && !text.startsWith(host) ? localized`${host} refused: ` : '';
  const hint = wantsCertificate(failure)
    ? ` ${certificateHint}`
    : loopbackHint(failure, host, env.remoteName);
  tell(
    'error',
    display`${whose}${text}${hint}`,
    ...mendingActions(failure, again),
    ...(instead ? [instead] : []),
    showLog,
  );
}

/** Says what came of a change whose end nobody had seen. */
export function tellEarlier({ severity, message }: Told): void {
  tell(severity, display(message), showLog);
}

/** VS Code hands its own list to every request: what NODE_EXTRA_CA_CERTS names is not in it. */
const certificateHint = localized`Add its certificate to the system’s store of the machine that extensions run on; VS Code takes those when "http.systemCertificates" is on.`;

function openSetting(title: DisplayText, setting: string): Action {
  return { title, run: () => commands.executeCommand('workbench.action.openSettings', setting) };
}

function mendingActions(failure: FailedResult, again: () => unknown): readonly Action[] {
  const actions: Readonly<Record<Remedy, Action>> = {
    tryAgain: { title: display`Try Again`, run: again },
    enterAdminSecret,
    chooseEndpoint,
    proxySettings: openSetting(display`Proxy Settings`, remedySettings.proxySettings),
    certificateSettings: openSetting(display`Certificate Settings`, remedySettings.certificateSettings),
    timeoutSetting: openSetting(display`Change Timeout`, remedySettings.timeoutSetting),
  };
  return remedyOf(failure).map((mending) => actions[mending]);
}
