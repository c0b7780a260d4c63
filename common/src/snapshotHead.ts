/** What a snapshot says of itself, beside the tables or the names of sources. */
export const snapshotHeadKeys: ReadonlySet<string> = new Set(['$schema', 'version', 'takenAt', 'origin']);
