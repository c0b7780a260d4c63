import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../common/src/metadataApi/document/json.ts';
import {
  readMetadataDocument,
  type ServerRelationship,
} from '../common/src/metadataApi/document/metadataDocument.ts';
import { createHttpClient } from '../common/src/metadataApi/http/http.ts';
import { planApply } from '../common/src/metadataApi/plan/applyPlan.ts';
import { executePlan } from '../common/src/metadataApi/plan/executePlan.ts';
import { readServerState } from '../common/src/metadataApi/plan/serverState.ts';
import { type PullOptions, pull } from '../server/src/cli/pull.ts';
import { type CannedAnswers, startCannedServer } from './cannedServer.ts';
import { type GeneratedTable, generateTable, generateYamlExport, githubSdl } from './generate.ts';
import { median } from './statistics.ts';

/** A figure for the table of `run.ts`. */
export interface Measured {
  readonly what: string;
  readonly values: readonly number[];
  /** What the same requests take by themselves. */
  readonly floor: number;
  readonly of: string;
  /** In units of the floor. */
  readonly goal: number;
  /** What was not as it should be. */
  readonly wrong: string | undefined;
}

/** What applying and pulling take besides the requests they send, on a server with 1,000 tables. */
export async function measureEndpoint(rounds: number, folder: string): Promise<readonly Measured[]> {
  const tables = Array.from({ length: 1000 }, (_, index) => generateTable(index, 1000, false));
  const metadata = parse(generateYamlExport(tables).get('metadata.yaml') ?? '') as JsonObject;
  const relationships = readMetadataDocument(metadata)?.relationships ?? [];
  const all = { what: `${thousands(relationships.length)} relationships at once`, goal: 20 };
  const tableAims = { what: '1,000 tables', goal: 4, sources: ['default'], remoteSchemas: [] };
  return [
    await measureApply({ what: 'one relationship', goal: 4 }, metadata, relationships.slice(0, 1), rounds),
    await measureApply(all, metadata, relationships, rounds),
    await measurePull(tableAims, tableAnswers(metadata, tables), rounds, folder),
    await measureSchemaPull(metadata, rounds, folder),
  ];
}

type Aim = Pick<Measured, 'what' | 'goal'>;

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

// ---- apply -----------------------------------------------------------------------------------------------------

/** Reads, plans, writes and reads again; counted is what is beyond the same requests by a bare `fetch`. */
async function measureApply(
  { what, goal }: Aim,
  metadata: JsonObject,
  wanted: readonly ServerRelationship[],
  rounds: number,
): Promise<Measured> {
  const inconsistent = JSON.stringify({ is_consistent: true, inconsistent_objects: [] });
  const server = await startCannedServer({
    first: {
      version: '{"version":"v2.48.0"}',
      export_metadata: exported(without(metadata, wanted), 7),
      get_inconsistent_metadata: inconsistent,
      pg_create_remote_relationship: '{"message":"success"}',
      bulk: JSON.stringify(wanted.map(() => ({ message: 'success' }))),
    },
    later: { export_metadata: exported(metadata, 8) },
  });
  try {
    const sent: Sent[] = [];
    const client = createHttpClient({ endpoint: server.url, fetch: recording(sent) });
    const apply = async (): Promise<string | undefined> => {
      sent.length = 0;
      const read = await readServerState(client);
      if (read.outcome !== 'read') return `not read: ${read.failure.outcome}`;
      const outcome = await executePlan(client, planApply(wanted, read.state), read.state, {
        mayReplaceAll: async () => false,
      });
      const verdicts = outcome.outcome === 'done' ? outcome.verdicts : [];
      const good = verdicts.filter((verdict) => verdict.outcome === 'applied').length;
      return good === wanted.length ? undefined : `${good} of ${wanted.length} applied`;
    };
    const { values, floor, wrong } = await compare(rounds, apply, () => repeat(sent, async () => undefined));
    return {
      what: `1,000 tables: apply ${what}, beyond its 6 requests`,
      values: values.map((value) => value - floor),
      floor,
      of: 'bare requests',
      goal,
      wrong,
    };
  } finally {
    await server.stop();
  }
}

function exported(metadata: Json, resourceVersion: number): string {
  return JSON.stringify({ resource_version: resourceVersion, metadata });
}

/** The metadata as it is before the relationships are there. */
function without(metadata: JsonObject, relationships: readonly ServerRelationship[]): Json {
  const gone = new Set(relationships.map(({ path }) => path.join('/')));
  const walk = (value: Json, path: string): Json => {
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      return items.flatMap((item, index) => {
        const place = `${path}${index}`;
        return gone.has(place) ? [] : [walk(item, `${place}/`)];
      });
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, `${path}${key}/`)]),
    );
  };
  return walk(metadata, '');
}

// ---- pull ------------------------------------------------------------------------------------------------------

function tableAnswers(metadata: JsonObject, tables: readonly GeneratedTable[]): CannedAnswers {
  const columns = ['created_at', 'id', 'login', 'owner', 'parent_id', 'repository', 'updated_at'];
  const rows = tables.flatMap(({ name }) =>
    columns.map((column) => ['public', name, column, 'text', 'false']),
  );
  const keys = tables.map(({ name }) => ['public', name, `${name}_parent`, 'parent_id', 'public', name]);
  const answer = (result: readonly (readonly string[])[]) =>
    JSON.stringify({ result_type: 'TuplesOk', result });
  return {
    first: {
      version: '{"version":"v2.48.0"}',
      export_metadata: exported(metadata, 7),
      columns: answer([['nspname', 'relname', 'attname', 'format_type', 'text'], ...rows]),
      'foreign keys': answer([['nspname', 'relname', 'conname', 'attname', 'nspname', 'relname'], ...keys]),
    },
  };
}

function measureSchemaPull(metadata: JsonObject, rounds: number, folder: string): Promise<Measured> {
  const introspection = introspectionFromSchema(buildSchema(githubSdl()));
  const answers = {
    first: {
      version: '{"version":"v2.48.0"}',
      export_metadata: exported(metadata, 7),
      introspect_remote_schema: JSON.stringify({ data: introspection }),
    },
  };
  const types = thousands(introspection.__schema.types.length);
  const aim = {
    what: `remote schema of ${types} types`,
    goal: 5,
    sources: [],
    remoteSchemas: ['github'],
  };
  return measurePull(aim, answers, rounds, folder);
}

/** The command `pull` in this process, to the written file, in a project that has nothing else. */
async function measurePull(
  { what, goal, ...only }: Aim & Pick<PullOptions, 'sources' | 'remoteSchemas'>,
  answers: CannedAnswers,
  rounds: number,
  folder: string,
): Promise<Measured> {
  const project = join(folder, 'pull');
  const server = await startCannedServer(answers);
  try {
    const sent: Sent[] = [];
    const notes: string[] = [];
    const run = async (): Promise<string | undefined> => {
      sent.length = 0;
      const code = await pull({
        endpoint: server.url,
        project,
        ...only,
        dryRun: false,
        force: false,
        timeout: undefined,
        workingDirectory: folder,
        environment: {},
        fetch: recording(sent),
        consent: { of: async () => ({ given: true }) },
        signal: undefined,
        print: () => undefined,
        note: (message) => notes.push(message),
      });
      return code === 0 ? undefined : `pull of ${what} ended with ${code}: ${notes.join(' ')}`;
    };
    const prepare = () => {
      rmSync(project, { recursive: true, force: true });
      mkdirSync(join(project, 'metadata'), { recursive: true });
      writeFileSync(join(project, 'config.yaml'), 'version: 3\nmetadata_directory: metadata\n');
    };
    const { values, floor, wrong } = await compare(
      rounds,
      run,
      () => repeat(sent, async (response) => JSON.parse(await response.text())),
      prepare,
    );
    return { what: `pull of ${what}`, values, floor, of: 'fetch and JSON', goal, wrong };
  } finally {
    await server.stop();
  }
}

// ---- measuring -------------------------------------------------------------------------------------------------

type Sent = readonly [url: string, init: RequestInit];

function recording(sent: Sent[]) {
  return (url: string, init: RequestInit): Promise<Response> => {
    const { signal: _, ...rest } = init;
    sent.push([url, rest]);
    return fetch(url, init);
  };
}

/** The same requests once more, and nothing else. */
async function repeat(sent: readonly Sent[], read: (response: Response) => Promise<unknown>): Promise<void> {
  for (const [url, init] of sent) {
    const response = await fetch(url, init);
    await read(response);
    if (!response.bodyUsed) await response.arrayBuffer();
  }
}

/** Both in turn, so that what the machine does besides strikes both; the first rounds only warm up. */
async function compare(
  rounds: number,
  work: () => Promise<string | undefined>,
  bare: () => Promise<void>,
  prepare: () => void = () => undefined,
): Promise<{ values: number[]; floor: number; wrong: string | undefined }> {
  const [values, floors]: [number[], number[]] = [[], []];
  let wrong: string | undefined;
  const time = async (what: () => Promise<unknown>): Promise<number> => {
    globalThis.gc?.();
    const begin = performance.now();
    await what();
    return performance.now() - begin;
  };
  for (let round = -2; round < rounds; round++) {
    prepare();
    const value = await time(async () => {
      wrong ??= await work();
    });
    const floor = await time(bare);
    if (round < 0) continue;
    values.push(value);
    floors.push(floor);
  }
  return { values, floor: median(floors), wrong };
}
