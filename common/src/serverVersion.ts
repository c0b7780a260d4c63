/** The version of a Hasura server, as far as requests differ by it (spec section 10). */
export interface ServerVersion {
  /** As the server says it. */
  readonly text: string;
  /** True for this version and newer ones. A version nobody can read counts as the newest. */
  atLeast(major: number, minor: number, patch?: number): boolean;
}

/** Reads `v2.8.4`, `v2.36.0-ce`; development builds, commits and `undefined` count as the newest. */
export function readServerVersion(text: string | undefined): ServerVersion {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+.].*)?$/.exec(text?.trim() ?? '');
  const own = match?.slice(1, 4).map((part) => Number(part ?? 0));
  return {
    text: text ?? 'unknown',
    atLeast: (major, minor, patch = 0) => {
      if (own === undefined) return true;
      const asked = [major, minor, patch];
      const differing = own.findIndex((number, index) => number !== asked[index]);
      return differing < 0 || (own[differing] ?? 0) > (asked[differing] ?? 0);
    },
  };
}
