/** The version of a Hasura server, as far as rules and requests differ by it (spec section 10). */
export interface ServerVersion {
  /** As the user wrote it or the server says it; `latest` when nothing was said. */
  readonly text: string;
  /** True for `major.minor.patch` and newer ones. A version nobody can read counts as the newest. */
  atLeast(major: number, minor: number, patch?: number): boolean;
}

/** Reads `2.48`, `v2.8.4`, `v2.36.0-ce`; anything else (commit hashes, `dev-…`, `latest`) counts as the newest. */
export function readServerVersion(text: string | undefined): ServerVersion {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+.].*)?$/.exec(text?.trim() ?? '');
  const own = match?.slice(1, 4).map((part) => Number(part ?? 0));
  return {
    text: text ?? 'latest',
    atLeast: (major, minor, patch = 0) => {
      if (own === undefined) return true;
      const asked = [major, minor, patch];
      const differing = own.findIndex((number, index) => number !== asked[index]);
      return differing < 0 || (own[differing] ?? 0) > (asked[differing] ?? 0);
    },
  };
}
