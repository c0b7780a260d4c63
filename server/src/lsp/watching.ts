import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
} from 'vscode-languageserver/node';
import { pathOfUri } from '../project/files.ts';
import type { Workspace } from '../project/workspace.ts';

/** What a project can consist of: metadata, configuration, snapshots, schemas; and folders that vanish as a whole. */
const patterns = ['**/*.{yaml,yml,json,graphql,graphqls,gql}', '**/{metadata,databases,tables,schema}'];

/** Asks the client to tell of files that change on disk. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: patterns.map((globPattern) => ({ globPattern })),
  });
}

/** Passes the client's events on; false when none of them is of interest. */
export function filesChanged(workspace: Workspace, events: readonly FileEvent[]): boolean {
  let any = false;
  for (const { uri, type } of events) {
    const path = pathOfUri(uri);
    if (path === undefined || /\/(?:node_modules|\.git)\//.test(path)) continue;
    workspace.fileChanged(path, type !== FileChangeType.Changed);
    any = true;
  }
  return any;
}
