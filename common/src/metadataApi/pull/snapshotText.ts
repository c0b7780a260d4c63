import { stringify as stringifyYaml } from 'yaml';
import { attempt } from '../../attempt.ts';
import { errorMessage } from '../../errorMessage.ts';
import { localized } from '../../localized.ts';
import { yamlValue } from '../../yamlValue.ts';
import { isJsonArray, isJsonObject, type Json, member } from '../document/json.ts';
import { parseJson } from '../http/httpAnswer.ts';
import type { PartResult } from './pullAll.ts';
import { remoteSchemaAsJson, remoteSchemaAsSdl } from './remoteSchemaText.ts';
import { formatSnapshot, formatSnapshots, type SnapshotTable } from './snapshot.ts';

export type Pulled = Exclude<PartResult, { readonly outcome: 'failed' }>;

export interface SnapshotPlace {
  readonly source: string;
  readonly path: string;
  readonly shared: boolean;
  /** What the file says now; `undefined` when there is none. */
  readonly before: string | undefined;
}

/**
 * The text of a snapshot file, for the ending of its name.
 * @throws Error with the reason, in the user's words, when there is none
 */
export function snapshotText(pulled: Pulled, place: SnapshotPlace): string {
  const { path, before } = place;
  if (pulled.outcome === 'introspection') {
    if (/\.json$/i.test(path)) return remoteSchemaAsJson(pulled.introspection);
    try {
      return remoteSchemaAsSdl(pulled.introspection);
    } catch (error) {
      const reason = errorMessage(error);
      throw new Error(
        localized`the remote server describes itself in a way that can't be written as SDL (${reason}); name a .json file for it in the configuration file`,
      );
    }
  }
  if (!pulled.columnsKnown && before !== undefined && /\bcolumns\b/.test(before)) {
    const reasons = pulled.notes.map((note) => ` ${note}`).join('');
    throw new Error(
      localized`only the names of its tables could be read, so the file keeps the columns it has.${reasons}`,
    );
  }
  const kept = keptSources(place);
  const text =
    kept === undefined
      ? formatSnapshot(pulled.tables)
      : formatSnapshots(new Map([...kept, [place.source, pulled.tables]]));
  return /\.json$/i.test(path) ? text : stringifyYaml(JSON.parse(text), { lineWidth: 0 });
}

/** What the file has by source; `undefined` when it is of one source only. */
function keptSources({ before, shared }: SnapshotPlace): Map<string, readonly SnapshotTable[]> | undefined {
  const document = before === undefined ? undefined : read(before);
  const keyed =
    isJsonObject(document) && member(document, 'tables') === undefined
      ? (member(document, 'sources') ?? document)
      : undefined;
  if (!shared && !hasSources(keyed)) return undefined;
  const kept = new Map<string, readonly SnapshotTable[]>();
  for (const [name, value] of Object.entries(isJsonObject(keyed) ? keyed : {})) {
    const tables = member(value, 'tables') ?? value;
    // What is no list is none of a source's: the head of the file.
    if (isJsonArray(tables)) kept.set(name, tables.filter(isJsonObject).map(asTable));
  }
  return kept;
}

function hasSources(keyed: Json | undefined): boolean {
  return (
    isJsonObject(keyed) && Object.values(keyed).some((value) => isJsonArray(member(value, 'tables') ?? value))
  );
}

/** It is written again as it stands, whatever it is. */
function asTable(table: unknown): SnapshotTable {
  return table as SnapshotTable;
}

/** JSON is YAML, too, but a long file is read many times faster as JSON. */
function read(text: string): Json | undefined {
  return parseJson(text) ?? attempt(() => yamlValue(text));
}
