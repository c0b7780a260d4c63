import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  FileChangeType,
  type FileEvent,
} from 'vscode-languageserver/node';
import { baseName, directoryOf, isPath, keyOfUri, uriOfPath } from '../project/files.ts';
import type { Workspace } from '../project/workspace.ts';

/**
 * What a project can consist of: metadata, configuration, snapshots, schemas, SQL; and folders that vanish as a whole, each
 * migration's own among them.
 */
const patterns = [
  '**/{.env,*.yaml,*.yml,*.json,*.graphql,*.graphqls,*.gql,*.sql}',
  '**/{metadata,databases,tables,schema,migrations}',
  '**/migrations/**',
];

/** Asks the client to tell of files that change on disk. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: patterns.map((globPattern) => ({ globPattern })),
  });
}

/** Has the client watch files that lie in no folder of the workspace. */
export class OutsideWatchers {
  readonly #connection: Connection;
  #watched = '';
  #registered: Promise<Disposable | undefined> = Promise.resolve(undefined);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async watch(paths: readonly string[]): Promise<void> {
    const key = JSON.stringify(paths);
    if (key === this.#watched || (this.#watched === '' && paths.length === 0)) return;
    this.#watched = key;
    const before = this.#registered;
    this.#registered = this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: paths.map((path) => ({
        globPattern: { baseUri: uriOfPath(directoryOf(path)), pattern: escaped(baseName(path)) },
      })),
    });
    (await before)?.dispose();
    await this.#registered;
  }
}

/** A name as a pattern that fits nothing else. */
function escaped(name: string): string {
  return name.replaceAll(/[*?{}[\]]/g, '?');
}

/** Passes the client's events on; false when none of them is of interest. */
export function filesChanged(workspace: Workspace, events: readonly FileEvent[]): boolean {
  let any = false;
  for (const { uri, type } of events) {
    const path = workspace.key(uri);
    if (!isPath(path) || /\/(?:node_modules|\.git)\//.test(path)) continue;
    const cameOrWent = type !== FileChangeType.Changed;
    workspace.fileChanged(path, cameOrWent);
    // How a file is spelled may be what changed.
    const written = keyOfUri(uri);
    if (cameOrWent && written !== path) workspace.fileChanged(written, true);
    any = true;
  }
  return any;
}
