import type { ServerState } from '../../languageServerClient.ts';

/** Why the view has nothing to show: which of the manifest's welcome texts is shown then. */
export type Welcome = 'starting' | 'noProject' | 'serverDown' | 'untrusted' | 'noEndpoint' | 'noneChosen';

export interface Circumstances {
  readonly trusted: boolean;
  readonly languageServer: ServerState['kind'];
  readonly projects: readonly {
    readonly endpoints: readonly unknown[];
    readonly chosen: unknown;
    readonly obstacle: unknown;
    /** Whether something is not known of it. */
    readonly incomplete: boolean;
  }[];
}

/** The welcome text to show in place of a tree; `undefined` when there is a tree. */
export function welcomeFor({ trusted, languageServer, projects }: Circumstances): Welcome | undefined {
  switch (languageServer) {
    case 'notNeeded':
      return 'noProject';
    case 'starting':
      return 'starting';
    case 'stopped':
    case 'failed':
      return 'serverDown';
    case 'running':
      break;
  }
  const [first, ...others] = projects;
  if (first === undefined) return 'noProject';
  if (!trusted) return 'untrusted';
  if (first.chosen !== undefined || first.obstacle !== undefined || others.length > 0) return undefined;
  if (first.incomplete) return undefined;
  return first.endpoints.length === 0 ? 'noEndpoint' : 'noneChosen';
}
