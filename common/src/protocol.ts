/**
 * What client and server say to each other beyond the language server protocol. Plain data: everything survives JSON.
 */

/** Request with `StatusParams`, answered with `FileStatus`. */
export const statusRequest = 'remoteRelationships/status';

/** Notification to the client, without parameters: what `statusRequest` answers may have changed. */
export const statusChangedNotification = 'remoteRelationships/statusChanged';

/** Section of the settings: `sources`, `remoteSchemas`, `serverVersion`, `rules`. */
export const settingsSection = 'remoteRelationships';

/** `initializationOptions` of the server; everything is optional. */
export interface InitializationOptions {
  /** False when another extension already reports YAML syntax errors; true unless said. */
  readonly reportYamlSyntax?: boolean;
  /** The client has VS Code's `editor.action.triggerSuggest`; false unless said. */
  readonly asksAgain?: boolean;
}

export interface StatusParams {
  readonly uri: string;
}

/** Where a fact comes from; the first of the four that has an answer wins. */
export type Origin = 'configuration' | 'settings' | 'convention' | 'metadata';

export interface SchemaStatus {
  readonly name: string;
  /** `failed`: there is a file, but it is broken or can't be read; the last good state stays in use. */
  readonly state: 'loaded' | 'failed' | 'missing';
  /** The file it was read from. */
  readonly uri: string | null;
  readonly origin: Origin | null;
  /** When what is in use was read, in milliseconds since 1970; `null` when nothing is in use. */
  readonly since: number | null;
  /** What is wrong, in the user's words. */
  readonly problem: string | null;
}

export interface FileStatus {
  /** Whether the document is one of Hasura's. */
  readonly recognised: boolean;
  /** `null`: the document belongs to no project and is read alone. */
  readonly project: {
    readonly name: string;
    /** The project's folder. */
    readonly uri: string;
    readonly configurationUri: string | null;
  } | null;
  /** The version checked against: as configured, or `latest`. */
  readonly serverVersion: string;
  readonly sources: readonly SchemaStatus[];
  readonly remoteSchemas: readonly SchemaStatus[];
  /** Settings of the editor that can't be read, in the user's words. */
  readonly problems: readonly string[];
}
