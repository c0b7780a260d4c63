import { localized } from '../../localized.ts';
import type { ServerVersion } from '../../serverVersion.ts';
import {
  type Command,
  getSourceTables,
  getTableInfos,
  inspectBigQuery,
  introspectRemoteSchema,
  runSql,
} from '../document/commands.ts';
import { isJsonArray, isJsonObject, type Json, member } from '../document/json.ts';
import type { MetadataDocument } from '../document/metadataDocument.ts';
import { isDataConnector, isPostgresLike } from '../document/sourceKinds.ts';
import type { HttpClient } from '../http/http.ts';
import { describeFailure, type FailedResult } from '../http/httpResult.ts';
import {
  cockroachColumns,
  mssqlColumns,
  postgresColumns,
  postgresForeignKeys,
  postgresFunctions,
} from './catalogueQueries.ts';
import { addComputedFields, computedFieldsOf } from './computedFields.ts';
import {
  addBigQueryInspection,
  addColumnRows,
  addForeignKeyRows,
  addTableInfo,
  addTableNames,
  readRows,
  SnapshotBuilder,
  type SnapshotTable,
} from './snapshot.ts';

/** One question to the server, and what its answer adds to the snapshot. */
export interface PullStep {
  /** `columns`, `foreign keys`: for progress and messages. */
  readonly what: string;
  readonly command: Command;
  /** Without it the way fails as a whole; the others only add to it. */
  readonly required: boolean;
  /** False: the answer has not the shape it should have. */
  readonly read: (builder: SnapshotBuilder, answer: Json) => boolean;
}

/** The ways to learn the tables of a source (spec 7.1), the best first; the next is tried when one fails. */
export interface SourcePull {
  readonly source: string;
  readonly kind: string;
  /** Empty: this server can't tell. */
  readonly ways: readonly (readonly PullStep[])[];
}

/** What to ask for every source. */
export function planPull(document: MetadataDocument, version: ServerVersion): readonly SourcePull[] {
  return [...document.sources].map(([source, kind]) => ({
    source,
    kind,
    ways: waysFor(source, kind, document, version),
  }));
}

function waysFor(
  source: string,
  kind: string,
  document: MetadataDocument,
  version: ServerVersion,
): SourcePull['ways'] {
  const names = version.atLeast(2, 23) ? [namesStep(kind, source)] : [];
  const required = names.map((step) => ({ ...step, required: true }));
  const infos = infoSteps(source, kind, document, version);
  const ways: (readonly PullStep[])[] = [];
  if (kind === 'postgres' || kind === 'citus') {
    ways.push([
      sqlStep(kind, source, localized`columns`, postgresColumns, addColumnRows),
      optional(sqlStep(kind, source, localized`foreign keys`, postgresForeignKeys, addForeignKeyRows)),
      ...computedFieldSteps(kind, source, document),
    ]);
  } else if (kind === 'cockroach') {
    ways.push([sqlStep(kind, source, localized`columns`, cockroachColumns, addColumnRows)]);
  } else if (kind === 'mssql') {
    ways.push([sqlStep(kind, source, localized`columns`, mssqlColumns, addColumnRows)], required);
  } else if (kind === 'bigquery') {
    const read = addBigQueryInspection;
    ways.push([{ what: 'columns', command: inspectBigQuery(source), required: true, read }], required);
  }
  if (infos.length > 0) ways.push([...names, ...infos]);
  return ways.filter((steps) => steps.length > 0);
}

function sqlStep(
  kind: string,
  source: string,
  what: string,
  sql: string,
  add: (builder: SnapshotBuilder, rows: readonly (readonly Json[])[]) => void,
): PullStep {
  return {
    what,
    command: runSql(kind, source, sql),
    required: true,
    read: (builder, answer) => {
      const rows = readRows(answer);
      if (rows !== undefined) add(builder, rows);
      return rows !== undefined;
    },
  };
}

function optional(step: PullStep): PullStep {
  return { ...step, required: false };
}

function computedFieldSteps(kind: string, source: string, document: MetadataDocument): readonly PullStep[] {
  const declared = computedFieldsOf(document, source);
  if (declared.length === 0) return [];
  const sql = postgresFunctions(declared.map((field) => field.function));
  return [
    optional(
      sqlStep(kind, source, localized`computed fields`, sql, (builder, rows) =>
        addComputedFields(builder, declared, rows),
      ),
    ),
  ];
}

function namesStep(kind: string, source: string): PullStep {
  return {
    what: localized`table names`,
    command: getSourceTables(kind, source),
    required: false,
    read: addTableNames,
  };
}

/** Tables asked for in one request. */
const atOnce = 200;

/** `get_table_info` for every tracked table (since 2.26 for data connectors, 2.27 for the Postgres family). */
function infoSteps(
  source: string,
  kind: string,
  document: MetadataDocument,
  version: ServerVersion,
): readonly PullStep[] {
  const known =
    (isPostgresLike(kind) && version.atLeast(2, 27)) || (isDataConnector(kind) && version.atLeast(2, 26));
  if (!known) return [];
  const tables = document
    .tablesOf(source)
    .map(({ entry }) => member(entry, 'table'))
    .filter((table) => table !== undefined);
  const steps: PullStep[] = [];
  for (let from = 0; from < tables.length; from += atOnce) {
    const part = tables.slice(from, from + atOnce);
    steps.push({
      what: 'columns',
      command: getTableInfos(kind, source, part, true),
      required: true,
      read: (builder, answer) => {
        if (!isJsonArray(answer)) return false;
        const read = answer.map((info) => addTableInfo(builder, info));
        return read.length === 0 || read.some(Boolean);
      },
    });
  }
  return steps;
}

export type PullResult =
  | {
      readonly outcome: 'pulled';
      readonly tables: readonly SnapshotTable[];
      /** What could not be learned, in the user's words. */
      readonly notes: readonly string[];
    }
  | { readonly outcome: 'failed'; readonly message: string; readonly cancelled: boolean };

/** Asks for the tables of one source. Never rejects. */
export async function pullSource(
  client: HttpClient,
  pull: SourcePull,
  signal?: AbortSignal,
): Promise<PullResult> {
  const failures: string[] = [];
  for (const steps of pull.ways) {
    const result = await takeWay(client, pull.kind, steps, signal);
    if (result.outcome === 'pulled') {
      return { ...result, notes: [...new Set([...failures, ...result.notes])] };
    }
    if (result.cancelled) return result;
    failures.push(result.message);
  }
  if (pull.ways.length === 0) {
    failures.push(localized`This server can't list the tables of a source of kind ${pull.kind}.`);
  }
  return { outcome: 'failed', message: [...new Set(failures)].join(' '), cancelled: false };
}

async function takeWay(
  client: HttpClient,
  kind: string,
  steps: readonly PullStep[],
  signal: AbortSignal | undefined,
): Promise<PullResult> {
  const builder = new SnapshotBuilder(kind);
  const notes: string[] = [];
  for (const step of steps) {
    const result = await client.send(step.command, signal);
    if (result.outcome === 'cancelled') {
      return { outcome: 'failed', message: describeFailure(result, client.host), cancelled: true };
    }
    if (result.outcome === 'answered' && step.read(builder, result.json)) continue;
    const why =
      result.outcome === 'answered'
        ? localized`the answer has an unknown shape`
        : reasonOf(result, client.host);
    const message = localized`The ${step.what} could not be read: ${why}`;
    if (step.required) return { outcome: 'failed', message, cancelled: false };
    notes.push(message);
  }
  return { outcome: 'pulled', tables: builder.tables(), notes };
}

function reasonOf(failure: FailedResult, host: string): string {
  return describeFailure(failure, host);
}

export type IntrospectionResult =
  | { readonly outcome: 'pulled'; readonly introspection: Json }
  | { readonly outcome: 'failed'; readonly message: string; readonly cancelled: boolean };

/** The introspection of a remote schema, as `{ "__schema": … }`, with the names of the remote server itself (spec 7.2). */
export async function pullRemoteSchema(
  client: HttpClient,
  name: string,
  signal?: AbortSignal,
): Promise<IntrospectionResult> {
  const result = await client.send(introspectRemoteSchema(name), signal);
  if (result.outcome !== 'answered') {
    const message = describeFailure(result, client.host);
    return { outcome: 'failed', message, cancelled: result.outcome === 'cancelled' };
  }
  const data = member(result.json, 'data') ?? result.json;
  if (isJsonObject(member(data, '__schema'))) return { outcome: 'pulled', introspection: data };
  const message = localized`What ${client.host} returns for remote schema "${name}" is not an introspection result.`;
  return { outcome: 'failed', message, cancelled: false };
}
