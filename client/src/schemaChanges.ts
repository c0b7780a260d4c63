import { execFile } from 'node:child_process';
import { type Disposable, type LogOutputChannel, type TextDocument, Uri, workspace } from 'vscode';
import { boundedList } from '../../common/src/boundedText.ts';
import { type FileStatus, statusRequest } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { display } from './ui/displayText.ts';
import { openPlace } from './ui/fileRange.ts';
import { tell } from './ui/messages.ts';
import { pick } from './ui/quickPick.ts';

/** A relationship that `check` finds broken. */
interface Broken {
  readonly name: string;
  /** `table users of source default` */
  readonly owner: string;
  readonly reasons: readonly string[];
  /** Below the folder of the project. */
  readonly file: string;
  readonly line: number;
}

/** What runs `check` in the folder of a project: what it prints as JSON; `undefined` where it can't say, as without Git. */
export type RunCheck = (folder: string) => Promise<string | undefined>;

/** The longest that a check may take. */
const patience = 60_000;

/** By the command line, which reads the state of the last commit from Git. */
export function checkBy(commandLine: string): RunCheck {
  const args = [commandLine, 'check', '--against-revision', 'HEAD', '--format', 'json'];
  return (folder) =>
    new Promise((resolve) => {
      // It asks no endpoint, and needs no secret.
      const { HASURA_GRAPHQL_ADMIN_SECRET: _, HASURA_GRAPHQL_ACCESS_KEY: __, ...others } = process.env;
      const options = {
        cwd: folder,
        // In a desktop VS Code what runs extensions is no Node unless it is told.
        env: { ...others, ELECTRON_RUN_AS_NODE: '1' },
        timeout: patience,
        maxBuffer: 64 * 1024 * 1024,
        windowsHide: true,
      };
      execFile(process.execPath, args, options, (_error, stdout) => resolve(stdout || undefined));
    });
}

/** Says which relationships break since the last commit, once a schema file is saved; in trusted workspaces alone. */
export class SchemaChanges implements Disposable {
  readonly #server: Pick<LanguageServerClient, 'ask'>;
  readonly #check: RunCheck;
  readonly #log: Pick<LogOutputChannel, 'debug'>;
  readonly #saved: Disposable;
  /** By the folder of a project: what was told last. */
  readonly #told = new Map<string, string>();
  /** Folders of projects that are checked now; true: once more after that. */
  readonly #running = new Map<string, boolean>();

  constructor(
    server: Pick<LanguageServerClient, 'ask'>,
    check: RunCheck,
    log: Pick<LogOutputChannel, 'debug'>,
  ) {
    this.#server = server;
    this.#check = check;
    this.#log = log;
    this.#saved = workspace.onDidSaveTextDocument((document) => {
      this.#look(document).catch((error: unknown) => log.debug(`No check of schemas: ${String(error)}`));
    });
  }

  dispose(): void {
    this.#saved.dispose();
  }

  async #look({ uri }: TextDocument): Promise<void> {
    if (!workspace.isTrusted || !/\.(?:graphqls?|gql|json|sql)$/i.test(uri.path)) return;
    if (!workspace.getConfiguration('remoteRelationships', uri).get('schemaChanges', true)) return;
    const status = await this.#server.ask(statusRequest, { uri: uri.toString() });
    if (!status?.project || !isInUse(status, uri)) return;
    await this.#checkProject(status.project.uri);
  }

  async #checkProject(folder: string): Promise<void> {
    if (this.#running.has(folder)) {
      this.#running.set(folder, true);
      return;
    }
    try {
      do {
        this.#running.set(folder, false);
        const printed = await this.#check(Uri.parse(folder).fsPath);
        if (printed !== undefined) this.#tell(folder, brokenIn(printed));
      } while (this.#running.get(folder) === true);
    } finally {
      this.#running.delete(folder);
    }
  }

  /** What was told is not told again, until it is mended. */
  #tell(folder: string, broken: readonly Broken[]): void {
    const told = JSON.stringify(broken.map(({ name, owner, reasons }) => [name, owner, reasons]));
    if (this.#told.get(folder) === told) return;
    this.#told.set(folder, told);
    this.#log.debug(`${broken.length} relationships break since the last commit.`);
    if (broken.length === 0) return;
    const names = boundedList(broken.map(({ name, owner }) => `${name} (${owner})`));
    const message =
      broken.length === 1
        ? display`1 relationship breaks since the last commit: ${names}`
        : display`${broken.length} relationships break since the last commit: ${names}`;
    tell('warning', message, { title: display`Show`, run: () => this.#show(folder, broken) });
  }

  async #show(folder: string, broken: readonly Broken[]): Promise<void> {
    const entries = broken.map((each) => ({
      label: display(each.name),
      description: display`${each.owner}, ${each.file}:${each.line}`,
      detail: display(each.reasons.join(' ')),
      broken: each,
    }));
    const chosen = await pick(entries, { title: display`Broken since the last commit` });
    if (chosen === undefined) return;
    const start = { line: chosen.broken.line - 1, character: 0 };
    const uri = Uri.joinPath(Uri.parse(folder), chosen.broken.file);
    await openPlace({ uri, range: { start, end: start } });
  }
}

/** Whether a file is a schema or snapshot that counts, or a migration of a source that is known by those. */
function isInUse({ sources, remoteSchemas }: FileStatus, { path }: Uri): boolean {
  return [...sources, ...remoteSchemas].some(
    ({ uri, origin }) =>
      (uri !== null && Uri.parse(uri).path === path) || (origin === 'migrations' && /\.sql$/i.test(path)),
  );
}

function brokenIn(printed: string): readonly Broken[] {
  const { relationships } = JSON.parse(printed) as {
    readonly relationships: readonly (Broken & { readonly verdict: string })[];
  };
  return relationships.filter(({ verdict }) => verdict === 'breaks');
}
