import type { ConfigurationEdit } from '../../../../common/src/protocol.ts';

/** Edits of another file than the one that is looked at, which may have to be made. */
export type FileChange = Exclude<ConfigurationEdit, { readonly obstacle: string }>;
