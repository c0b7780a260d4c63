import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { pull } from '../../server/src/cli/pull.ts';
import { normalisePath } from '../../server/src/project/files.ts';
import type { Workspace } from '../../server/src/project/workspace.ts';
import type { Finding } from '../../server/src/rules/rule.ts';
import { isObject } from '../contract/difference.ts';
import { command, type Target } from '../contract/target.ts';
import type { Json, JsonObject } from '../endpoint/endpoint.ts';
import { TemporaryFolder, workspaceOf } from '../unit/project/temporaryFolder.ts';
import type { Case, Verdict } from './case.ts';
import { objects } from './facts.ts';

export interface Findings extends Verdict {
  /** Those that say the server refuses it. */
  readonly refusals: readonly Finding[];
  /** Codes of the others. */
  readonly warnings: readonly string[];
}

const metadataFile = 'metadata.json';

/** The language service in a project that has everything the server knows, pulled from it. */
export class LanguageService {
  /** The server's metadata as its project has it. */
  readonly metadata: JsonObject;
  readonly #folder: TemporaryFolder;
  readonly #workspace: Workspace;
  #version = 1;

  private constructor(metadata: JsonObject, folder: TemporaryFolder, workspace: Workspace) {
    this.metadata = metadata;
    this.#folder = folder;
    this.#workspace = workspace;
  }

  static async open(target: Target): Promise<LanguageService> {
    const exported = await command(target, 'export_metadata', {}, { version: 2 });
    const metadata = isObject(exported) ? exported['metadata'] : undefined;
    if (!isObject(metadata)) throw new Error('The export holds no metadata.');
    const folder = new TemporaryFolder({ [metadataFile]: JSON.stringify(metadata) });
    await pullInto(folder, target);
    const workspace = await workspaceOf([normalisePath(folder.path)]);
    return new LanguageService(metadata, folder, workspace);
  }

  /** The server version it checks against from now on. */
  setServerVersion(serverVersion: string): void {
    this.#workspace.setSettings(this.#folder.path, { serverVersion });
  }

  /** What the language service says of a case, written as JSON or as YAML. */
  ask({ form, document }: Case, language: 'json' | 'yaml'): Findings {
    // The project's own metadata is a file of one name.
    if (form === 'metadata') return this.#findings(metadataFile, JSON.stringify(document, null, 2));
    return this.#findings(
      `requests/request.${language}`,
      language === 'json'
        ? JSON.stringify(document, null, 2)
        : stringify(document, { aliasDuplicateObjects: false }),
    );
  }

  /** The columns of a table as they were pulled; none when it is not there. */
  columnsOf(source: string, table: Json): readonly string[] {
    const text = readFileSync(this.#folder.file(`schema/${source}.tables.json`), 'utf8');
    const { tables } = JSON.parse(text) as JsonObject;
    const found = objects(tables).find((each) => isSameTable(each, table));
    return objects(found?.['columns']).map(({ name }) => String(name));
  }

  #findings(name: string, text: string): Findings {
    const uri = this.#folder.uri(name);
    const key = this.#folder.file(name);
    this.#workspace.open(uri, name.endsWith('json') ? 'json' : 'yaml', this.#version++, text);
    const { findings } = this.#workspace.findings(key);
    this.#workspace.close(uri);
    const refusals = findings.filter(saysRefused);
    return {
      refused: refusals.length > 0,
      refusals,
      warnings: findings.filter((finding) => !saysRefused(finding)).map(({ code }) => code),
      texts: refusals.flatMap(({ serverMessage }) => serverMessage ?? []),
    };
  }
}

function isSameTable(pulled: JsonObject, table: Json): boolean {
  if (!isObject(table)) return JSON.stringify(pulled['table'] ?? pulled['name']) === JSON.stringify(table);
  return Object.entries(table).every(([key, part]) => pulled[key] === part);
}

/** Whether a finding says that the server refuses it, rather than that it is not what was meant. */
function saysRefused({ severity, serverMessage }: Finding): boolean {
  return severity === 'error' || serverMessage !== undefined;
}

async function pullInto(folder: TemporaryFolder, { url, adminSecret }: Target): Promise<void> {
  const said: string[] = [];
  const code = await pull({
    endpoint: url,
    project: folder.path,
    sources: [],
    remoteSchemas: [],
    dryRun: false,
    force: false,
    timeout: undefined,
    workingDirectory: folder.path,
    environment: { HASURA_GRAPHQL_ADMIN_SECRET: adminSecret },
    fetch,
    consent: { of: async () => ({ given: true }) },
    signal: undefined,
    print: (line) => said.push(line),
    note: (message) => said.push(message),
  });
  if (code !== 0) throw new Error(`The project could not be pulled: ${said.join('\n')}`);
}
