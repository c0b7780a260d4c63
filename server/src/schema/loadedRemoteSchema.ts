import type { Location } from '../syntax/location.ts';
import type { RemoteSchema } from './remoteSchema.ts';

/** A file a remote schema is read from. */
export interface SchemaFile {
  readonly uri: string;
  readonly text: string;
  /** Where all of it is said to stand, when it is a part of another file. */
  readonly place?: Location;
}

/** Something wrong with such a file, at its place (UTF-16). With an error there is no schema. */
export interface SchemaFileProblem {
  readonly uri: string;
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  readonly severity: 'error' | 'warning' | 'hint';
}

/** What came of reading the files of one remote schema: `schema` is `undefined` when one of them is broken. */
export interface LoadedRemoteSchema {
  readonly schema: RemoteSchema | undefined;
  readonly problems: readonly SchemaFileProblem[];
}
