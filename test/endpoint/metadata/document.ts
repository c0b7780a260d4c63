import type { At } from '../at.ts';
import { byText, type Json, type JsonObject, kindOf, withoutDefaults } from '../json.ts';
import { kindOfName } from '../kinds.ts';
import { Refusal } from '../refusal.ts';
import type { Release } from '../release.ts';
import type { Metadata, SourceEntry, TableEntry } from './metadata.ts';
import { readRemoteSchemaEntry, remoteSchemaJson } from './remoteSchemaEntry.ts';
import { readTableEntry, refuseDoubles, tableEntryJson } from './tableEntry.ts';

const otherKeys = [
  'actions',
  'custom_types',
  'cron_triggers',
  'allowlist',
  'query_collections',
  'inherited_roles',
  'rest_endpoints',
  'network',
  'api_limits',
  'metrics_config',
  'graphql_schema_introspection',
  'backend_configs',
  'opentelemetry',
];

const otherSourceKeys = [
  'functions',
  'customization',
  'query_tags',
  'health_check',
  'logical_models',
  'native_queries',
  'stored_procedures',
];

/** A document that was read but, being of version 1 or 2, may still need the source its tables go to (R44). */
export type ReadDocument = (current: Metadata) => Metadata;

/** Reads a metadata document of any version (spec 1.1). */
export function readDocument(at: At, release: Release): ReadDocument {
  const version = at.optional('version');
  const number = version ? version.value : 1;
  if (typeof number !== 'number') {
    return (version ?? at).fail(`parsing Integer failed, expected Number, but encountered ${kindOf(number)}`);
  }
  if (number !== 1 && number !== 2 && number !== 3) {
    return (version ?? at).fail(`expected 1, 2 or 3, encountered ${JSON.stringify(number)}`);
  }
  const shared = {
    others: withoutDefaults(pick(at, otherKeys)),
    remoteSchemas: lastOf(
      (at.optional('remote_schemas')?.list() ?? []).map((item) => readRemoteSchemaEntry(item, release)),
    ),
  };
  const doubled = (at.optional('remote_schemas')?.list() ?? []).map((item) => ({
    name: item.required('name').string(),
  }));
  refuseDoubles(at, 'remote schemas', doubled, release);

  if (number === 3) {
    const sources = lastOf(
      at
        .required('sources')
        .list()
        .map((item) => readSource(item, release)),
    );
    return () => ({ ...shared, sources });
  }
  const postgres = kindOfName('postgres', false);
  const tables = lastTables(
    at
      .required('tables')
      .list()
      .map((item) => readTableEntry(item, postgres, release)),
  );
  const functions = at.optional('functions')?.value ?? [];
  return (current) => {
    const source = current.sources.find(({ name }) => name === 'default');
    if (!source) {
      throw new Refusal(
        'not-supported',
        'cannot import metadata without sources since no default source is defined',
      );
    }
    return { ...shared, sources: [{ ...source, tables, others: { ...source.others, functions } }] };
  };
}

/** An entry of `sources`. */
function readSource(at: At, release: Release): SourceEntry {
  const kind = kindOfName(at.optional('kind')?.string() ?? 'postgres', release.before(2, 26, 0));
  return {
    name: at.required('name').nonEmptyString(),
    kind,
    tables: lastTables(
      at
        .required('tables')
        .list()
        .map((item) => readTableEntry(item, kind, release)),
    ),
    configuration: at.required('configuration').value,
    others: pick(at, otherSourceKeys),
  };
}

function pick(at: At, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const found = at.optional(key);
      return found ? [[key, found.value]] : [];
    }),
  );
}

/** Doubled sources and tables are merged by "last wins" (R43). */
function lastOf<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}

function lastTables(tables: readonly TableEntry[]): readonly TableEntry[] {
  return [...new Map(tables.map((table) => [table.table.key, table])).values()];
}

/** The document `export_metadata` answers: always of version 3, sorted, without defaults (spec 6.5). */
export function documentJson(metadata: Metadata): JsonObject {
  const sources = metadata.sources.toSorted((a, b) => byText(a.name, b.name)).map(sourceJson);
  const remoteSchemas = metadata.remoteSchemas.toSorted((a, b) => byText(a.name, b.name));
  return {
    version: 3,
    sources,
    ...withoutDefaults({ remote_schemas: remoteSchemas.map(remoteSchemaJson), ...metadata.others }),
  };
}

function sourceJson(source: SourceEntry): JsonObject {
  const tables: Json = source.tables
    .toSorted((a, b) => byText(a.table.text, b.table.text))
    .map(tableEntryJson);
  return {
    name: source.name,
    kind: source.kind.name,
    tables,
    ...withoutDefaults(source.others, { customization: {} }),
    configuration: source.configuration,
  };
}
