import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import { boundedList } from '../../../common/src/boundedText.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import type { FileStatus, SchemaStatus } from '../../../common/src/protocol.ts';
import { isPath } from '../project/files.ts';
import type { Workspace } from '../project/workspace.ts';
import { fileStatus } from './status.ts';

/** Says once of each project what is not known of it, for editors that show no status: silence would look like health. */
export class Announcements {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #quiet: boolean;
  readonly #said = new Set<string>();

  /** `quiet`: in the log alone. */
  constructor(connection: Connection, workspace: Workspace, quiet: boolean) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#quiet = quiet;
  }

  /** Looks at what is open. */
  async say(): Promise<void> {
    for (const key of this.#workspace.documents.openKeys().filter(isPath)) {
      const status = fileStatus(this.#workspace, this.#workspace.uri(key));
      const project = status.project?.uri ?? '';
      const message = this.#said.has(project) ? undefined : announcementOf(status);
      if (message === undefined) continue;
      this.#said.add(project);
      if (this.#quiet) this.#connection.console.warn(message);
      else {
        const type = MessageType.Warning;
        await this.#connection.sendNotification(ShowMessageNotification.type, { type, message });
      }
    }
  }
}

/** What is not known, in the user's words; `undefined` when all is. */
export function announcementOf({
  recognised,
  project,
  sources,
  remoteSchemas,
}: FileStatus): string | undefined {
  if (!recognised) return undefined;
  if (project === null) {
    return 'This file does not belong to a Hasura project, so little of it is checked. Open the folder of config.yaml, or put remote-relationships.config.json beside it.';
  }
  const missing = [...missingOf('source', sources), ...missingOf('remote schema', remoteSchemas)];
  if (missing.length === 0) return undefined;
  return `Not everything in ${quoted(project.name)} is checked: nothing is known of ${missing.join(' and ')}. Name their files in remote-relationships.config.json, or run "remote-relationships pull".`;
}

function missingOf(what: string, schemas: readonly SchemaStatus[]): readonly string[] {
  const names = schemas.filter(({ state }) => state === 'missing').map(({ name }) => quoted(name));
  if (names.length === 0) return [];
  return [`the ${what}${names.length === 1 ? '' : 's'} ${boundedList(names)}`];
}
