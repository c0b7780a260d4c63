/** Kinds of names that relationships use, and what they are checked against, in the order both are listed. */
export const nameKinds = ['table', 'column', 'remote field', 'argument'] as const;
export const evidences = ['snapshot', 'migrations', 'schema', 'metadata', 'nothing'] as const;

export type NameKind = (typeof nameKinds)[number];

/**
 * What a name was checked against: a table snapshot, SQL migrations, the schema of a remote schema, the metadata alone, or nothing.
 */
export type Evidence = (typeof evidences)[number];

/** How many of them are checked, in percent, rounded down: 100 is all of it. */
export function checkedShare(names: readonly { readonly against: Evidence }[]): {
  readonly checked: number;
  readonly percent: number;
} {
  const checked = names.filter(({ against }) => against !== 'nothing').length;
  const percent = names.length === 0 ? 100 : Math.floor((checked / names.length) * 1000) / 10;
  return { checked, percent };
}
