/** A Hasura server's version, as far as rules differ by it (spec section 10). */
export interface ServerVersion {
  /** As written by the user or the server; `latest` when nothing was said. */
  readonly text: string;
  /** True when this version is `major.minor.patch` or newer. A version nobody can read counts as the newest. */
  atLeast(major: number, minor: number, patch?: number): boolean;
}

/** Reads `2.48`, `v2.8.4`, `v2.36.0-ce`; anything else (commit hashes, `dev-…`, `latest`) is the newest. */
export function parseServerVersion(text: string | undefined): ServerVersion {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+.].*)?$/.exec(text?.trim() ?? '');
  if (match === null) {
    return { text: text ?? 'latest', atLeast: () => true };
  }
  const own = [Number(match[1]), Number(match[2]), match[3] === undefined ? 0 : Number(match[3])] as const;
  return {
    text: text ?? 'latest',
    atLeast: (major, minor, patch = 0) => {
      if (own[0] !== major) return own[0] > major;
      if (own[1] !== minor) return own[1] > minor;
      return own[2] >= patch;
    },
  };
}
