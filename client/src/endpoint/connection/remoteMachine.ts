import { isLoopback } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { localized } from '../../../../common/src/localized.ts';
import type { FailedResult } from '../../../../common/src/metadataApi/http/httpResult.ts';

/** Where extensions run, by VS Code's names for it. */
const machines: Readonly<Record<string, string>> = {
  'dev-container': localized`the container`,
  'attached-container': localized`the container`,
  'k8s-container': localized`the container`,
  codespaces: localized`the codespace`,
  wsl: 'WSL',
};

/**
 * What an address on this machine means in a window whose extensions run on another one, in a sentence; `undefined` where
 * they don't, and for other addresses. `remoteName`: as VS Code gives it.
 */
export function loopbackMeaning(url: string, remoteName: string | undefined): string | undefined {
  if (remoteName === undefined || !isLoopback(url)) return undefined;
  return localized`${new URL(url).hostname} is that of ${machines[remoteName] ?? localized`the remote machine`}, where extensions run.`;
}

/** Behind what is told of a failure: at such an address nobody answers. Else nothing. */
export function loopbackHint(
  { outcome }: FailedResult,
  host: string,
  remoteName: string | undefined,
): string {
  const meaning = outcome === 'unreachable' ? loopbackMeaning(`http://${host}`, remoteName) : undefined;
  return meaning === undefined ? '' : ` ${meaning}`;
}
