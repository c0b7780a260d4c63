import { isLoopback } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import type { FailedResult } from '../../../../common/src/metadataApi/http/httpResult.ts';

/** Where extensions run, by VS Code's names for it. */
const machines: Readonly<Record<string, string>> = {
  'dev-container': 'the container',
  'attached-container': 'the container',
  'k8s-container': 'the container',
  codespaces: 'the codespace',
  wsl: 'WSL',
};

/**
 * What an address on this machine means in a window whose extensions run on another one, in a sentence; `undefined` where
 * they don't, and for other addresses. `remoteName`: as VS Code gives it.
 */
export function loopbackMeaning(url: string, remoteName: string | undefined): string | undefined {
  if (remoteName === undefined || !isLoopback(url)) return undefined;
  return `${new URL(url).hostname} is that of ${machines[remoteName] ?? 'the remote machine'}, where extensions run.`;
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
